"""Converts a written text to the spoken one: replaces unusual characters, applies the rules, and aligns both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.cleaning import PlainText, to_plain
from audiogen.narration.late import late
from audiogen.narration.packs import SILENT, load_pack
from audiogen.narration.pronouncing import pronunciations
from audiogen.narration.rewriting import Piece, join_pieces, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audiogen.model import Pronunciation, Span
    from audiogen.narration.packs import Pack
    from audiogen.narration.rewriting import Grammar


def say(text: str, language: str = "en") -> str:
    """Return *text* in spoken words, without any lexicon; see `audiogen.normalize`.

    The function is idempotent: the rules are applied until the text does not change, as a symbol may have been before a
    word ("€5WSJ").
    """
    pack = load_pack(language) or SILENT
    text = text.strip()
    for _ in range(_MAX_PASSES):
        plain = _plain(to_plain(text).text, pack)
        pieces = list(rewrite(plain, pack.grammar))
        spoken = "".join([piece.spoken for piece in join_pieces(plain, pieces)]).strip()
        if spoken == text or not pieces:
            return spoken
        text = spoken
    return text


#: Most times that the rules are applied; no known text needs more.
_MAX_PASSES = 6


def spoken_and_aligned(
    text: str, pack: Pack, grammar: Grammar | None = None, marks: Mapping[str, str] | None = None
) -> tuple[str, tuple[Span, ...], tuple[Pronunciation, ...]]:
    """Return the spoken text, its alignment with the written words, and its pronunciations.

    Args:
        text: a sentence as written.
        pack: the rules and word lists of its language.
        grammar: rules instead of the pack's own (those of a lexicon before them).
        marks: the punctuation that replaces "dash", "bracket", "colon" and "ellipsis".
    """
    plain_text, cover = _plain_pieces(text, pack, grammar or pack.grammar)
    if marks:
        cover = [_with_marks(plain_text.text, piece, marks) for piece in cover]
    spoken = "".join([piece.spoken for piece in cover]).strip()
    return spoken, tuple(_spans(plain_text, cover)), tuple(pronunciations(plain_text.text, cover))


def _plain_pieces(text: str, pack: Pack, grammar: Grammar) -> tuple[PlainText, list[Piece]]:
    """Return *text* in plain characters, and the pieces that cover it after the rules."""
    plain_text = to_plain(text)
    plain = _plain(plain_text.text, pack)
    return plain_text, join_pieces(plain, rewrite(plain, grammar))


def _plain(text: str, pack: Pack) -> str:
    """Return a text; one in capitals gets small letters by the rules of the language."""
    return pack.unshout(text) if text.isupper() else text


def _with_marks(text: str, piece: Piece, marks: Mapping[str, str]) -> Piece:
    """Return a piece with the default punctuation of pauses replaced by that in *marks*."""
    spoken = piece.spoken
    if spoken.strip() == ",":
        kind = "bracket" if text[piece.start : piece.end].strip()[:1] in _BRACKETS else "dash"
        return piece._replace(spoken=spoken.replace(",", marks.get(kind, ",")))
    if ":" in spoken and marks.get("colon", ":") != ":":
        spoken = _COLON.sub(marks["colon"], spoken)
    if "..." in spoken:
        spoken = spoken.replace("...", marks.get("ellipsis", "..."))
    return piece._replace(spoken=spoken)


_BRACKETS = tuple("()[]{}")
_COLON = late(r":(?=\s)")


_WORD = late(r"\S+")


def _spans(plain_text: PlainText, cover: list[Piece]) -> Iterator[Span]:
    """Yield the alignment: the ranges of spoken words, each with its range of written words.

    Copied text is aligned word by word, a rewritten piece as a whole. If two pieces meet inside a word ("155mm" and
    "-acre"), the word is aligned with both.
    """
    from audiogen.model import Span  # `normalize` does without the model, and is loaded sooner

    at = 0
    open_span: Span | None = None
    for start, end, spoken, _ in cover:
        stretch = plain_text.text[start:end]
        first, last = start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
        copied = stretch.strip().casefold() == spoken.strip().casefold()
        shift = first - (len(spoken) - len(spoken.lstrip()))
        for word in _WORD.finditer(spoken):
            written = (shift + word.start(), shift + word.end()) if copied else (first, max(first, last))
            span = Span(at + word.start(), at + word.end(), *plain_text.written_range(*written))
            if open_span is not None and open_span.spoken_end == span.spoken_start:
                span = Span(open_span.spoken_start, span.spoken_end, open_span.written_start, span.written_end)
            elif open_span is not None:
                yield open_span
            open_span = span
        at += len(spoken)
    if open_span is not None:
        yield open_span
