"""What is heard of a plain-text capture."""
