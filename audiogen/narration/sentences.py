"""Sentences: where a written text may be cut for reading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.packs import Pack

#: A mark that may end a sentence, what closes behind it, and the space.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?P<gap>\s+)")
_LAST_WORD = re.compile(r"[\w.&'’-]*\Z")


def sentences(text: str, pack: Pack | None) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of *text*."""
    start = 0
    for found in _END.finditer(text):
        if _ends(text, found, pack):
            yield start, found.start("gap")
            start = found.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _ends(text: str, found: re.Match[str], pack: Pack | None) -> bool:
    after = text[found.end() : found.end() + 2].lstrip("\"'“‘«([")
    if after[:1].islower():
        return False
    if found[0][0] != "." or found[0].startswith(".."):
        return True
    last = _LAST_WORD.search(text, max(0, found.start() - 40), found.start())
    word = last[0] if last else ""
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    return not (pack and word in pack.abbreviations)
