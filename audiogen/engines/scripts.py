"""Determines the script of a text, and the script of a language."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category, name

if TYPE_CHECKING:
    from collections.abc import Mapping

LATIN = "LATIN"
#: Scripts that are mixed in one text and are treated as one.
_JOINED = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "BOPOMOFO": "CJK", "KATAKANA-HIRAGANA": "CJK"}
#: First words of Unicode names that stand for Latin letters: 𝒜, or a full-width A.
_LATIN_TOO = frozenset(
    {"FULLWIDTH", "MATHEMATICAL", "DOUBLE-STRUCK", "SCRIPT", "BLACK-LETTER", "FEMININE", "MASCULINE", "MODIFIER"}
)


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Return a letter's script, the first word of its Unicode name; "" for another character.

    >>> [script_of(character) for character in "aЖ字か7."]
    ['LATIN', 'CYRILLIC', 'CJK', 'CJK', '', '']
    """
    if category(character)[0] != "L":
        return ""
    first = name(character, "UNKNOWN").partition(" ")[0]
    return LATIN if first in _LATIN_TOO else _JOINED.get(first, first)


def main_script(text: str) -> str:
    """Return the script of most letters; "" if there are no letters."""
    counts = Counter(map(script_of, text))
    del counts[""]
    return counts.most_common(1)[0][0] if counts else ""


def home_script(language: str) -> str:
    """Return the script of a language; Latin if the table does not list it.

    >>> home_script("uk"), home_script("sr-Latn"), home_script("en-GB")
    ('CYRILLIC', 'LATIN', 'LATIN')
    """
    primary, *rest = language.lower().replace("_", "-").split("-")
    return LATIN if "latn" in rest else _homes().get(primary, LATIN)


def usual_language(script: str) -> str:
    """Return the language whose voice reads a script by default; "" if unknown."""
    return next(iter(_table().get(script, ())), "")


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Return the languages by script."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["scripts"]
    return {script: tuple(languages) for script, languages in table.items()}


@cache
def _homes() -> Mapping[str, str]:
    """Return the script by language."""
    return {language: script for script, languages in _table().items() for language in languages}
