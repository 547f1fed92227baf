"""Symbols: said where they mean a word, a pause where they are punctuation, nothing if they are decoration."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.parts import rule
from audiogen.narration.patterns import TAG
from audiogen.narration.rewriting import SYMBOL, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from audiogen.narration.languages.european.language import Language

_PAUSES = "()[]{}–—•·|"
_PAUSE_PATTERN = r"[()\[\]{}–—•·|-]+"
_NO_PAUSE_AFTER = ",.;:?!([{—–"
_NO_PAUSE_BEFORE = ",.;:?!)]}'\"…"


def _pause(language: Language, match: re.Match[str]) -> str:
    """Return a comma in the place of a bracket or dash; nothing, or a space, next to punctuation or at an end."""
    text = match.string
    before, after = (
        text[max(0, match.start() - 9) : match.start()].rstrip(),
        text[match.end() : match.end() + 9].lstrip(),
    )
    if not before or not after or before[-1] in _NO_PAUSE_AFTER or after[0] in _NO_PAUSE_BEFORE:
        return " " if before and after and before[-1] in ",.;:?!" and not match[0][-1:].isspace() else ""
    return ", "


def _between_words(language: Language, match: re.Match[str]) -> str:
    """Return a space in the place of a dash or slash that joins two words."""
    return " "


def _symbol(language: Language, match: re.Match[str]) -> str:
    """Return a symbol's word with spaces around it; nothing for a symbol without one."""
    symbol, text = match[0], match.string
    if unicodedata.category(symbol) in ("Mn", "Mc") or symbol in language.words.get("kept", ""):
        return symbol
    spoken = (
        language.cardinal(unicodedata.digit(symbol)) if symbol in "²³" else language.words["symbols"].get(symbol, "")
    )
    if not spoken:
        return ""
    start, end = match.span()
    before = " " if start and not text[start - 1].isspace() else ""
    after = " " if text[end : end + 1].isalnum() else ""
    return f"{before}{spoken}{after}"


def symbols(language: Language) -> Iterator[Rule]:
    """Rules for symbols; after the last none is left."""
    notes = r"(?<=\S)\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\]"
    yield rule("footnote mark", ["["], notes, lambda language, match: "", language)
    yield rule("tag", ["<"], TAG, lambda language, match: match["name"], language)
    yield rule("stop out of place", ["."], r"\.(?=[^\W\d_])", lambda language, match: ". ", language)
    yield rule("dots", [SYMBOL, "…"], r"(?:\.{2,}|…)\.*", lambda language, match: "...", language)
    yield rule("slash between words", ["/"], r"/(?=[^\W\d_])", _between_words, language)
    yield rule("dash between words", ["–", "—"], r"(?<=\w)[–—](?=\w)", _between_words, language)
    yield rule("pause", [*_PAUSES, "-"], rf"(?P<mark>{_PAUSE_PATTERN})[ ]*", _pause, language)
    yield rule("symbol", [SYMBOL], r"[^\w\s]|[_¼-¾⅐-⅞²³¹⁰⁴-⁹]", _symbol, language)
