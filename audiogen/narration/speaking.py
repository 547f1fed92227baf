"""One text, written to spoken: cleaned, rewritten, put together, with its alignment where it is wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.model import Span
from audiogen.narration.cleaning import Cleaned, clean
from audiogen.narration.rewriting import Piece, joined, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.packs import Pack


def spoken_of(text: str, pack: Pack) -> str:
    """Say *text* in words."""
    _, cover = _said(text, pack)
    return "".join([piece.spoken for piece in cover]).strip()


def spoken_and_aligned(text: str, pack: Pack) -> tuple[str, tuple[Span, ...]]:
    """Say *text*, and tie each spoken word to the written ones it stands for."""
    cleaned, cover = _said(text, pack)
    return "".join([piece.spoken for piece in cover]).strip(), tuple(_spans(cleaned, cover))


def _said(text: str, pack: Pack) -> tuple[Cleaned, list[Piece]]:
    cleaned = clean(text)
    plain = cleaned.text
    if plain.isupper():
        plain = pack.unshout(plain)
    return cleaned, joined(plain, rewrite(plain, pack.grammar))


_WORD = re.compile(r"\S+")


def _spans(cleaned: Cleaned, cover: list[Piece]) -> Iterator[Span]:
    """Tie the spoken words of each stretch to their written ones.

    A copied stretch is tied word by word, a rewritten one as a whole. Where stretches meet inside a word ("155mm" and
    "-acre"), the word is tied to both.
    """
    at = 0
    open_span: Span | None = None
    for start, end, spoken in cover:
        copied = cleaned.text[start:end].casefold() == spoken.casefold()
        for word in _WORD.finditer(spoken):
            first, last = (start + word.start(), start + word.end()) if copied else (start, end)
            span = Span(at + word.start(), at + word.end(), *cleaned.written(first, last))
            if open_span is not None and open_span.spoken_end == span.spoken_start:
                span = Span(open_span.spoken_start, span.spoken_end, open_span.written_start, span.written_end)
            elif open_span is not None:
                yield open_span
            open_span = span
        at += len(spoken)
    if open_span is not None:
        yield open_span
