"""The languages, a folder each: data files and, where data is not enough, rules. See docs/languages.md."""
