"""Symbols: said where they mean a word, a pause where they are punctuation, nothing where they are decoration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.rewriting import SYMBOL, Rule

if TYPE_CHECKING:
    import re

SAID = {
    "&": "and", "@": "at", "+": "plus", "=": "equals", "%": "percent", "§": "section", "#": "number", "×": "times",
    "÷": "divided by", "±": "plus or minus", "≈": "about", "~": "about", "≤": "at most", "≥": "at least", "<": "less than",
    ">": "greater than", "√": "square root of", "∞": "infinity", "°": "degrees", "€": "euros", "£": "pounds", "$": "dollar",
    "¥": "yen", "₹": "rupees", "/": "slash", "\\": "backslash", "^": "to the", "µ": "micro", "½": "half", "…": "...",
}  # fmt: skip
_PAUSES = frozenset("()[]{}–—―•·|")


def _symbol(match: re.Match[str]) -> str:
    symbol = match[0].strip()
    text, start, end = match.string, match.start(), match.end()
    if symbol[0] in _PAUSES or symbol.startswith("-"):
        return _pause(text, start, end)
    said = SAID.get(symbol, "")
    if not said:
        return ""
    before = " " if start and not text[start - 1].isspace() else ""
    after = " " if end < len(text) and text[end].isalnum() else ""
    return f"{before}{said}{after}"


def _pause(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if not before or not after or before[-1] in ",.;:?!([{—–" or after[0] in ",.;:?!)]}'\"":
        return ""
    return ", "


RULES = (
    Rule("dots", [SYMBOL], r"\.{2,}", lambda m: "..."),
    Rule("slash between words", ["/"], r"/(?=[^\W\d_])", lambda m: " slash " if m.start() == 0 else " "),
    Rule("pause", [*_PAUSES, "-"], r"[()\[\]{}–—―•·|-]+[ ]*", _symbol),
    Rule("symbol", [SYMBOL], r"[^\w\s]|_", _symbol),
)
