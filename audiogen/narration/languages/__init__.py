"""The language packs, one package per language: data files, and rules where data is not enough.

docs/languages.md describes how to add one.
"""
