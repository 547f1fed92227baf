"""Sentences as the news of each language writes them, what is said for them, and plain prose that is left alone."""
