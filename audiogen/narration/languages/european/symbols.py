"""Rules for symbols: a word for those that stand for one, a pause for punctuation, nothing for decoration."""

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
    """Return a comma for a bracket or dash; "" or a space beside other punctuation and at the ends of the text."""
    text = match.string
    before, after = (
        text[max(0, match.start() - 9) : match.start()].rstrip(),
        text[match.end() : match.end() + 9].lstrip(),
    )
    if not before or not after or before[-1] in _NO_PAUSE_AFTER or after[0] in _NO_PAUSE_BEFORE:
        return " " if before and after and before[-1] in ",.;:?!" and not match[0][-1:].isspace() else ""
    return ", "


def _between_words(language: Language, match: re.Match[str]) -> str:
    """Return a space for a dash or slash between two words."""
    return " "


def _symbol(language: Language, match: re.Match[str]) -> str:
    """Return the word of a symbol with spaces around it; "" if it has none."""
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
    """Yield the rules for symbols; the last rule matches every remaining symbol."""
    notes = r"(?<=\S)\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\]"
    yield rule("footnote mark", ["["], notes, lambda language, match: "", language)
    yield rule("tag", ["<"], TAG, lambda language, match: match["name"], language)
    yield rule("stop out of place", ["."], r"\.(?=[^\W\d_])", lambda language, match: ". ", language)
    yield rule("dots", [SYMBOL, "…"], r"(?:\.{2,}|…)\.*", lambda language, match: "...", language)
    yield rule("slash between words", ["/"], r"/(?=[^\W\d_])", _between_words, language)
    yield rule("dash between words", ["–", "—"], r"(?<=\w)[–—](?=\w)", _between_words, language)
    yield rule("pause", [*_PAUSES, "-"], rf"(?P<mark>{_PAUSE_PATTERN})[ ]*", _pause, language)
    yield rule("symbol", [SYMBOL], r"[^\w\s]|[_¼-¾⅐-⅞²³¹⁰⁴-⁹]", _symbol, language)
