"""Prepares the text for an engine: the spoken text, with its pronunciations in the engine's own notation.

`stretches` returns the ranges with a pronunciation; `pieces` divides the text around them; `marked` inserts the
notation and records the offsets, so that word times refer to the spoken text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from audiogen.engines.phonemes import espeak, espeak_ipa, misaki, names_of_letters, with_ending
from audiogen.engines.words import SPELLED, for_espeak, pieces_for_espeak, word_spans
from audiogen.model import Pronunciation, Saying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from audiogen.model import Utterance

_ENDING = re.compile(r"['’]s(?!\w)")


class Stretch(NamedTuple):
    """A range of a text with a pronunciation; it includes a plural or possessive ending."""

    start: int
    end: int
    pronunciation: Pronunciation
    #: Whether "'s" ends it.
    ending: bool = False


class Piece(NamedTuple):
    """A piece of the spoken text, its offset, and its stretches, relative to the piece's start."""

    offset: int
    text: str
    stretches: tuple[Stretch, ...]

    def words(self) -> list[tuple[int, int]]:
        """Return the words, as offsets in the piece; a stretch is one word."""
        return word_spans(_masked(self.text, self.stretches))


def stretches(utterance: Utterance) -> tuple[Stretch, ...]:
    """Return the ranges of the utterance with a pronunciation, and spelled letters that it does not list.

    A pronunciation outside of the text, or one that overlaps the one before it, is ignored.
    """
    text = utterance.spoken
    found: list[Stretch] = []
    for pronunciation in sorted(utterance.pronunciations, key=lambda one: one.start):
        if (found[-1].end if found else 0) <= pronunciation.start < pronunciation.end <= len(text):
            found.append(_with_ending(text, pronunciation))
    taken = [range(stretch.start, stretch.end) for stretch in found]
    for run in SPELLED.finditer(text):
        if not any(run.start() < part.stop and part.start < run.end() for part in taken):
            found.append(_with_ending(text, Pronunciation(run.start(), run.end(), Saying.LETTERS)))
    return tuple(sorted(found, key=lambda stretch: stretch.start))


def part_of(utterance: Utterance, offset: int, text: str) -> Utterance:
    """Return an utterance of a part of the spoken text, which begins at *offset*, with its pronunciations."""
    end = offset + len(text)
    pronunciations = tuple(
        replace(part, start=part.start - offset, end=part.end - offset)
        for part in utterance.pronunciations
        if offset <= part.start and part.end <= end
    )
    return replace(utterance, spoken=text, pronunciations=pronunciations)


def _with_ending(text: str, pronunciation: Pronunciation) -> Stretch:
    """Return the stretch of a pronunciation, with a possessive ending after it."""
    ending = _ENDING.match(text, pronunciation.end)
    return Stretch(
        pronunciation.start, ending.end() if ending else pronunciation.end, pronunciation, ending is not None
    )


def pieces(text: str, found: Sequence[Stretch], language: str, longest: int) -> Iterator[Piece]:
    """Yield the text in pieces that eSpeak NG speaks completely, without dividing a stretch.

    A stretch that is longer than *longest* is treated as plain text. Around the stretches the text is converted by
    `for_espeak`, which keeps all offsets.
    """
    masked = _masked(text, found)
    read = list(for_espeak(masked, language))
    for stretch in found:
        read[stretch.start : stretch.end] = text[stretch.start : stretch.end]
    for offset, part in pieces_for_espeak(masked, language, longest):
        end = offset + len(part)
        yield Piece(
            offset,
            "".join(read[offset:end]),
            tuple(
                stretch._replace(start=stretch.start - offset, end=stretch.end - offset)
                for stretch in found
                if offset <= stretch.start and stretch.end <= end
            ),
        )


def _masked(text: str, found: Iterable[Stretch]) -> str:
    """Return the text with each stretch as one word of the same length."""
    masked = list(text)
    for stretch in found:
        masked[stretch.start : stretch.end] = "x" * (stretch.end - stretch.start)
    return "".join(masked)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in the notation of an engine."""

    text: str
    #: For each replaced stretch: start and end in `text`, start and end in the spoken text.
    shifts: tuple[tuple[int, int, int, int], ...] = ()

    def spoken(self, offset: int) -> int:
        """Return the offset in the spoken text of an offset in `text`.

        Inside a stretch, the beginning of the stretch.
        """
        shift = 0
        for start, end, spoken_start, spoken_end in self.shifts:
            if offset < start:
                break
            if offset < end:
                return spoken_start
            shift = spoken_end - end
        return offset + shift

    def spoken_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the spoken text of a range of `text`.

        A stretch that it touches is included completely.
        """
        begin, last = self.spoken(start), self.spoken(max(start, end - 1))
        inside = [spoken_end for begun, ended, _, spoken_end in self.shifts if begun < end <= ended]
        return begin, inside[0] if inside else last + (end > start)


def marked(text: str, found: Iterable[Stretch], written: Iterable[str]) -> Marked:
    """Return *text* with each stretch replaced by its *written* notation."""
    parts: list[str] = []
    shifts = []
    at = length = 0
    for stretch, given in zip(found, written, strict=True):
        parts += [text[at : stretch.start], given]
        length += stretch.start - at
        shifts.append((length, length + len(given), stretch.start, stretch.end))
        length += len(given)
        at = stretch.end
    return Marked("".join([*parts, text[at:]]), tuple(shifts))


def is_british(language: str) -> bool:
    """Return whether a language tag is British English."""
    return language.replace("_", "-").lower() == "en-gb"


def is_english(language: str) -> bool:
    """Return whether a language is English, the language of the sounds and letter names in `phonemes`."""
    return language.partition("-")[0].lower() == "en"


def ipa_of(plain: str, stretch: Stretch, *, british: bool = False) -> str:
    """Return the IPA of a stretch, with its ending; "" if only its respelling is known."""
    pronunciation = stretch.pronunciation
    if pronunciation.kind is Saying.LETTERS:
        letters = plain[:-2] if stretch.ending else plain
        ipa = names_of_letters(letters.upper(), british=british)
    else:
        ipa = pronunciation.ipa
    return with_ending(ipa) if ipa and stretch.ending else ipa


def misaki_of(plain: str, stretch: Stretch, engine: str, *, british: bool = False) -> str:
    """Return a stretch in misaki's alphabet: the lexicon's phonemes for *engine*, or those of its IPA."""
    return _engine_phonemes(stretch, engine) or misaki(ipa_of(plain, stretch, british=british), british=british)


def marked_for_espeak(
    utterance: Utterance, language: str, longest: int, inline: Callable[[str, Stretch], str] | None = None
) -> Iterator[tuple[int, Marked]]:
    """Yield the pieces of an utterance for eSpeak NG, each with its offset in the spoken text.

    Letters are joined, because eSpeak NG speaks them correctly then and the offsets stay.

    Args:
        utterance: The utterance.
        language: The voice's language.
        longest: Maximum number of characters of a piece.
        inline: Returns the phonemes of a stretch for the notation `[[...]]`, or "". With it, brackets of the text
            itself are replaced by round ones.
    """
    text, given = utterance.spoken, {}
    if inline is not None:
        text = text.translate(ROUND)
        given = {stretch: inline(text[stretch.start : stretch.end], stretch) for stretch in stretches(utterance)}
    found = [stretch for stretch, phonemes in given.items() if phonemes and not _is_joined(text, stretch)]
    for piece in pieces(text, found, language, longest):
        inside = [f"[[{given[stretch]}]]" for stretch in found if _is_in(stretch, piece)]
        yield piece.offset, marked(piece.text, piece.stretches, inside)


def _is_joined(text: str, stretch: Stretch) -> bool:
    """Return whether a stretch consists of spelled letters that are joined."""
    return stretch.pronunciation.kind is Saying.LETTERS and SPELLED.match(text, stretch.start) is not None


def _is_in(stretch: Stretch, piece: Piece) -> bool:
    """Return whether a stretch is in a piece."""
    return piece.offset <= stretch.start and stretch.end <= piece.offset + len(piece.text)


def mnemonics_of(language: str) -> Callable[[str, Stretch], str]:
    """Return a function that converts a stretch to mnemonics of eSpeak NG's voices.

    It needs English or phonemes of a lexicon.
    """
    if not is_english(language):
        return lambda plain, stretch: dict(stretch.pronunciation.phonemes).get("pyttsx3", "")
    british = is_british(language)
    return lambda plain, stretch: (
        _engine_phonemes(stretch, "pyttsx3") or espeak(ipa_of(plain, stretch, british=british))
    )


def sounds_of(language: str, engine: str) -> Callable[[str, Stretch], str]:
    """Return a function that converts a stretch to IPA of eSpeak NG's voices, which models trained on it need."""
    if not is_english(language):
        return lambda plain, stretch: _engine_phonemes(stretch, engine)
    british = is_british(language)
    return lambda plain, stretch: (
        _engine_phonemes(stretch, engine) or espeak_ipa(ipa_of(plain, stretch, british=british))
    )


def _engine_phonemes(stretch: Stretch, engine: str) -> str:
    """Return the phonemes that a lexicon has for *engine* only; "" if it has none."""
    phonemes = dict(stretch.pronunciation.phonemes).get(engine, "")
    return with_ending(phonemes) if phonemes and stretch.ending else phonemes


#: Brackets of the text itself must not be taken for markup.
ROUND = str.maketrans("[]", "()")


def _joined(letters: str, *, ending: bool) -> str:
    """Return spelled letters joined by full stops, so that eSpeak NG speaks them one by one."""
    text, end = (letters[:-2], letters[-2:]) if ending else (letters, "")
    if not ending:
        return text.replace(" ", ".")
    return (f"{text[:-2].replace(' ', '.')} {text[-1]}" if len(text) > 3 else text.replace(" ", "-")) + end
