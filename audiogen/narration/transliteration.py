"""Transliterates words in another script, for voices that read only their own: "Київ" becomes "Kiiv"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.language.scripts import script_of_letter, written_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.model import Pronunciation, Span

#: Fewest letters of a word in these scripts, else two. A single letter of an alphabet is a symbol that voices can name.
MIN_LETTERS = {"Hani": 1, "Kana": 1, "Hang": 1}


def in_latin_letters(
    spoken: str, spans: tuple[Span, ...], language: str, pronunciations: tuple[Pronunciation, ...] = ()
) -> tuple[str, tuple[Span, ...], tuple[Pronunciation, ...]]:
    """Return *spoken* with words of other scripts in Latin letters, and the other arguments with ranges shifted.

    This is done only for languages in Latin letters; voices of other languages can read Latin words.
    """
    if spoken.isascii() or written_in(language) != {"Latn"}:
        return spoken, spans, pronunciations
    runs = [(start, end, _transliterate(spoken[start:end])) for start, end in _foreign_words(spoken)]
    if not runs:
        return spoken, spans, pronunciations
    return _replace_runs(spoken, runs), *_shift_ranges(spans, pronunciations, runs)


def _foreign_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of words in other scripts."""
    at = 0
    while at < len(text):
        script = script_of_letter(text[at])
        end = at + 1
        while end < len(text) and (script_of_letter(text[end]) == script or not _is_apart(text[end])):
            end += 1
        if script not in ("", "Latn") and end - at >= MIN_LETTERS.get(script, 2):
            yield at, end
        at = end


def _is_apart(letter: str) -> bool:
    """Return whether a character ends a word; combining marks do not."""
    import unicodedata

    return unicodedata.category(letter)[0] != "M"


def _transliterate(word: str) -> str:
    """Return a word in Latin letters."""
    from anyascii import anyascii

    return anyascii(word).strip() or word


def _replace_runs(text: str, runs: list[tuple[int, int, str]]) -> str:
    """Return a text with ranges replaced; *runs* are start, end and replacement."""
    at, parts = 0, []
    for start, end, latin in runs:
        parts += [text[at:start], latin]
        at = end
    return "".join([*parts, text[at:]])


def _shift_ranges(
    spans: tuple[Span, ...], pronunciations: tuple[Pronunciation, ...], runs: list[tuple[int, int, str]]
) -> tuple[tuple[Span, ...], tuple[Pronunciation, ...]]:
    """Return spans and pronunciations with their offsets in the transliterated text."""
    from bisect import bisect_right
    from dataclasses import replace
    from itertools import accumulate

    ends = [end for _, end, _ in runs]
    shifts = list(accumulate((len(latin) - (end - start) for start, end, latin in runs), initial=0))

    def shift(offset: int) -> int:
        before = bisect_right(ends, offset)
        if before < len(runs) and offset > (start := runs[before][0]):
            return start + shifts[before] + len(runs[before][2])
        return offset + shifts[before]

    return (
        tuple(
            replace(span, spoken_start=shift(span.spoken_start), spoken_end=shift(span.spoken_end)) for span in spans
        ),
        tuple(
            replace(pronunciation, start=shift(pronunciation.start), end=shift(pronunciation.end))
            for pronunciation in pronunciations
        ),
    )
