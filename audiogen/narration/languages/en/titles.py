"""Abbreviations with a full stop: titles before names, common words, and what only stands before a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table
from audiogen.narration.languages.en.parts import choice, stop_after
from audiogen.narration.rewriting import Rule

if TYPE_CHECKING:
    import re

_DATA = load_table(__file__, "abbreviations.toml")
TITLES: dict[str, str] = _DATA["titles"]
WORDS: dict[str, str] = _DATA["words"]
COUNTED: dict[str, str] = _DATA["counted"]


def _title(match: re.Match[str]) -> str:
    return TITLES[match[0]]


def _word(match: re.Match[str]) -> str:
    return WORDS[match[0]] + stop_after(match)


def _counted(match: re.Match[str]) -> str:
    return COUNTED[match["word"]] + " "


def first_words(forms: dict[str, str]) -> set[str]:
    """List the words that trigger the forms: what stands before the first mark or space, in lower case."""
    return {form.replace("'", ".").replace("/", ".").split(".")[0].split(" ")[0].lower() for form in forms}



RULES = (
    Rule("before a number", first_words(COUNTED), rf"(?P<word>{choice(COUNTED)})\s?(?=\d)", _counted),
    Rule("title", first_words(TITLES), rf"{choice(TITLES)}(?=\s*[A-Z(\"]|-[A-Za-z]|\s*\Z)(?<!Gen\.\Z)", _title),
    Rule("abbreviation", first_words(WORDS), rf"{choice(WORDS)}(?!\w)", _word),
)
