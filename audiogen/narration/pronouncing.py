"""Finds the pronunciations of ranges of a spoken text: spelled letters, and entries of lexicons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audiogen.model import Pronunciation
    from audiogen.narration.rewriting import Piece

#: Letters separated by spaces, or a single one.
_LETTERS = late(r"(?<![\w'’.-])[^\W\d_](?: [^\W\d_](?![\w]))*(?![\w])")


def pronunciations(text: str, cover: Iterable[Piece]) -> Iterator[Pronunciation]:
    """Yield the pronunciations in the spoken text of *cover*, the pieces that cover all of *text*.

    A single capital in the result of a rule is spelled ("A-10" is "A ten"), unless *text* has it as a word. Copied
    pieces have no pronunciations.
    """
    at = 0
    for piece in cover:
        written = text[piece.start : piece.end]
        if piece.entry is not None:
            yield from _entry_pronunciations(piece, at)
        elif piece.spoken != written:
            yield from _spelled_pronunciations(piece.spoken, written, at)
        at += len(piece.spoken)


def _entry_pronunciations(piece: Piece, at: int) -> Iterator[Pronunciation]:
    """Yield the pronunciation that a lexicon's entry sets for a piece at offset *at* of the spoken text."""
    from audiogen.model import Pronunciation, Saying  # `normalize` does without the model, and is loaded sooner

    entry, spoken = piece.entry, piece.spoken
    assert entry is not None
    start, end = at + len(spoken) - len(spoken.lstrip()), at + len(spoken.rstrip())
    phonemes = tuple(sorted(entry.phonemes.items()))
    if entry.ipa or phonemes:
        yield Pronunciation(start, end, Saying.IPA, entry.written, entry.ipa, phonemes)
    elif entry.letters:
        yield Pronunciation(start, end, Saying.LETTERS)
    elif entry.say:
        yield from _spelled_pronunciations(spoken, spoken, at)
        if not _LETTERS.search(spoken):
            yield Pronunciation(start, end, Saying.RESPELLED, entry.written)


def _spelled_pronunciations(spoken: str, written: str, at: int) -> Iterator[Pronunciation]:
    """Yield the pronunciations of spelled letters in a piece at offset *at* of the spoken text."""
    from audiogen.model import Pronunciation, Saying

    for run in _LETTERS.finditer(spoken):
        letters = run[0]
        if letters.isupper() and (len(letters) > 1 or letters not in written.split()):
            yield Pronunciation(at + run.start(), at + run.end(), Saying.LETTERS)
