"""Judges the utterances of an episode by both checks, and decides how far the recogniser can be trusted.

A recogniser that hears few sentences of a language whole does not understand that language, or the voice that speaks
it. What it misses is then no fault, unless it hears the very words in a fresh speech of the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from audiogen.listening import Finding
from audiogen.listening.comparing import compare
from audiogen.listening.hearing import differences, words_of
from audiogen.listening.opinions import FEWEST_WORDS, Mismatch, Opinion, are_adjacent, mismatch_message, opinion_of
from audiogen.listening.windows import windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from audiogen.listening.comparing import Divergence
    from audiogen.listening.hearing import Difference
    from audiogen.listening.recogniser import Recogniser

    Samples = NDArray[np.float32]
    #: Speaks a line of a manifest's script again; None if that is impossible.
    Speak = Callable[[Mapping[str, Any]], "Fresh | None"]

#: A published sound is not what its voice says where the spectra differ by more than this over a short word's time…
DIFFERENT = 1.15
#: …or where either has a stretch of sound, in seconds, that the other has not.
STRETCH = 0.05
#: Share of an episode's lines, or all but one, that must sound as they do when spoken again, before one that does not
#: is a fault. Voices that never say a text the same way twice, or music under it, fail this, and the recogniser alone
#: is heard.
STEADY = 0.8
#: Share of the sentences of a language that a recogniser must hear whole before it is believed of those that it hears
#: garbled; and before it is believed of single words.
UNDERSTOOD, SHARP = 0.25, 0.6
#: Sentences that tell whether a recogniser does not understand a language, and that are worth a remark.
FEWEST_LINES = 3
#: Sentences whose fresh speech is heard to see whether the recogniser or the published sound is to blame for many.
TRIED = 6


class Fresh(NamedTuple):
    """A fresh speech of a line."""

    #: At the recogniser's rate.
    samples: Samples
    #: Words that it may say otherwise than the published sound, and no fault of either.
    may_differ: frozenset[str] = frozenset()
    #: Whether the voice was given the very same for both.
    same: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of an episode."""

    findings: tuple[Finding, ...] = ()
    #: What the recogniser does not understand of it, a sentence for people for each language.
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """What is known of a line before the recogniser's understanding of its language is."""

    number: int
    #: Its words.
    expected: tuple[str, ...]
    #: From a fresh speech; None if there is none, or where that tells nothing.
    divergence: Divergence | None = None
    #: Whether the voice was given the same for both.
    same: bool = False
    #: None if the recogniser was not asked.
    opinion: Opinion | None = None

    @property
    def is_altered(self) -> bool:
        """Whether the sound is not what the voice says of the very same."""
        return self.same and self.divergence is not None and is_apart(self.divergence)

    @property
    def is_as_spoken(self) -> bool:
        """Whether the sound is what the voice says today."""
        return self.divergence is not None and not is_apart(self.divergence)


def listen(manifest: Mapping[str, Any], audio: Path, recogniser: Recogniser, speak: Speak | None = None) -> Judgement:
    """Listen to an episode's sound file, utterance by utterance; *speak* says its lines anew.

    Raises:
        AssemblyError: the file cannot be read.
    """
    script, language = manifest["script"], str(manifest["article"].get("language") or "en")
    lines: dict[str, list[_Line]] = defaultdict(list)
    for line, line_language in _lines(
        script, language, audio, recogniser, _divergences(script, audio, speak) if speak else {}
    ):
        lines[line_language].append(line)
    groups = [_Group(line_language, of_it, script, recogniser, speak) for line_language, of_it in lines.items()]
    found = {number: one for group in groups for number, one in group.mismatches().items()}
    findings = (
        Finding(number, script[number]["start"], one.kind, script[number]["spoken"], one.heard, one.message)
        for number, one in sorted(found.items())
    )
    return Judgement(tuple(findings), tuple(filter(None, (group.remark() for group in groups))))


def _lines(
    script: Sequence[Mapping[str, Any]],
    language: str,
    audio: Path,
    recogniser: Recogniser,
    divergences: Mapping[int, tuple[Divergence, bool]],
) -> Iterator[tuple[_Line, str]]:
    """Yield each line that is heard, with what the recogniser hears of it, and its language."""
    for number, samples in windows(audio, script):
        entry = script[number]
        if not is_pause(entry):
            line_language = str(entry.get("language") or language)
            line = _Line(number, words_of(entry["spoken"], line_language), *divergences.get(number, (None, False)))
            yield replace(line, opinion=_opinion(line, samples, line_language, recogniser)), line_language


def is_pause(line: Mapping[str, Any]) -> bool:
    """Return whether the line's own doubt says that a pause replaces it."""
    return str(line.get("doubtful") or "").startswith("no speech")


def _divergences(script: Sequence[Mapping[str, Any]], audio: Path, speak: Speak) -> dict[int, tuple[Divergence, bool]]:
    """Compare each line with a fresh recording of it; also return whether both were made of the same input.

    Nothing is told where too few are alike for that to mean anything.
    """
    found = {}
    for number, samples in windows(audio, script):
        fresh = speak(script[number])
        if fresh is not None and fresh.samples.size:
            found[number] = compare(samples, fresh.samples), fresh.same
    compared = [one for one, same in found.values() if same] or [one for one, _ in found.values()]
    apart = sum(map(is_apart, compared))
    return found if apart < len(compared) and apart <= max(1, (1 - STEADY) * len(compared)) else {}


def is_apart(divergence: Divergence) -> bool:
    """Return whether two sounds are not the same speech."""
    return divergence.difference > DIFFERENT or max(divergence.extra, divergence.missing) > STRETCH


def _opinion(line: _Line, samples: Samples, language: str, recogniser: Recogniser) -> Opinion | None:
    """Return the recogniser's opinion; None if it does not know the language, or the words are too few."""
    if not recogniser.knows(language) or (len(line.expected) < FEWEST_WORDS and not line.is_altered):
        return None
    if not line.is_altered:
        return opinion_of(samples, line.expected, language, recogniser)
    # That there is a fault is known; it is only to be named.
    heard = recogniser.recognise(samples, language, careful=True)
    found = differences(line.expected, words_of(heard, language))
    return Opinion(line.expected, found, found, heard)


class _Group:
    """Judges the lines of one language of an episode."""

    def __init__(
        self,
        language: str,
        lines: Sequence[_Line],
        script: Sequence[Mapping[str, Any]],
        recogniser: Recogniser,
        speak: Speak | None,
    ) -> None:
        self._language, self._lines, self._script = language, lines, script
        self._recogniser, self._speak = recogniser, speak
        self._fresh: dict[int, tuple[Opinion, frozenset[str]] | None] = {}

    def mismatches(self) -> dict[int, Mismatch]:
        """Find the faults, by the number of their line."""
        found = {}
        for line in self._lines:
            if line.is_altered:
                found[line.number] = self._altered(line)
            elif (opinion := line.opinion) and (lost := self._faults(line, opinion)):
                found[line.number] = Mismatch(lost[0].kind, opinion.heard, mismatch_message(lost, opinion.heard))
        return found

    def remark(self) -> str:
        """Say where the recogniser does not understand the language, or the voice in it."""
        number = sum(len(line.expected) >= FEWEST_WORDS for line in self._lines)
        if number < FEWEST_LINES or self.understanding >= UNDERSTOOD:
            return ""
        compared = any(line.divergence for line in self._lines)
        rest = "they were only compared with a fresh speech" if compared else "nobody has listened to them"
        if not self._recogniser.knows(self._language):
            return f"The recogniser does not know the language “{self._language}” of {number} sentences, so {rest}."
        heard = sum(not line.opinion.lost for line in self._judged if line.opinion)
        what = f"hears {heard} of {len(self._judged)} sentences in “{self._language}” whole"
        return f"The recogniser {what}, too few to be believed of the others, so {rest}."

    @property
    def _judged(self) -> list[_Line]:
        return [line for line in self._lines if line.opinion and not line.is_altered]

    @cached_property
    def understanding(self) -> float:
        """The share of the sentences that the recogniser hears whole, or would if they were spoken today.

        A few of those that it does not hear whole, and that may not be what the voice says, are spoken anew.
        """
        judged = self._judged
        if not judged:
            return 0.0
        share = sum(not line.opinion.lost for line in judged if line.opinion) / len(judged)
        suspects = [line for line in judged if line.opinion and line.opinion.lost and not line.is_as_spoken]
        if share >= SHARP or not suspects:
            return share
        tried = [self._heard_anew(line.number) for line in suspects[:: -(-len(suspects) // TRIED)]]
        heard_whole = [not opinion.lost for opinion, _ in filter(None, tried)]
        return share + (sum(heard_whole) / len(heard_whole) * len(suspects) / len(judged) if heard_whole else 0.0)

    def _heard_anew(self, number: int) -> tuple[Opinion, frozenset[str]] | None:
        """Have the recogniser hear a fresh recording of a line; also return the words that it may read differently."""
        if number not in self._fresh:
            fresh = self._speak(self._script[number]) if self._speak else None
            expected = words_of(self._script[number]["spoken"], self._language)
            self._fresh[number] = None
            if fresh is not None and fresh.samples.size:
                opinion = opinion_of(fresh.samples, expected, self._language, self._recogniser)
                self._fresh[number] = opinion, fresh.may_differ
        return self._fresh[number]

    def _faults(self, line: _Line, opinion: Opinion) -> list[Difference]:
        """Return what of the line is not heard as it should be, as far as the recogniser is believed."""
        lost = opinion.lost
        if not lost or self.understanding < UNDERSTOOD:
            return []
        if line.is_as_spoken:
            return lost if opinion.is_garbled else []
        sharp = self.understanding >= SHARP
        anew = self._heard_anew(line.number)
        if anew is None:
            return lost if sharp or opinion.is_garbled else []
        fresh, otherwise = anew
        if fresh.is_garbled:
            return lost if opinion.is_garbled and sharp else []
        ever = (*fresh.first, *fresh.second)
        lost = [one for one in lost if not any(are_adjacent(one, other) for other in ever)]
        lost = [
            one for one in lost if not otherwise.intersection(opinion.expected[max(0, one.start - 1) : one.end + 1])
        ]
        return lost if sharp or opinion.is_garbled else []

    def _altered(self, line: _Line) -> Mismatch:
        """Name what was changed by what the recogniser hears, or by the sound where it hears every word."""
        assert line.divergence is not None
        opinion = line.opinion
        if opinion and opinion.lost and self.understanding >= UNDERSTOOD:
            return Mismatch(opinion.lost[0].kind, opinion.heard, mismatch_message(opinion.lost, opinion.heard))
        where = f"The sound {line.divergence.time:.1f} s into it is not what the voice says."
        return Mismatch("altered", opinion.heard if opinion else "", where)


def judge(
    samples: Samples, spoken: str, language: str, recogniser: Recogniser, divergence: Divergence | None = None
) -> Mismatch | None:
    """Judge the sound of one utterance in a language that the recogniser understands; None if nothing is wrong.

    *divergence* tells how far it is from a fresh speech, where that is known to tell something.
    """
    line = _Line(0, words_of(spoken, language), divergence, same=True)
    line = replace(line, opinion=_opinion(line, samples, language, recogniser))
    group = _Group(language, [line], [{"spoken": spoken}], recogniser, None)
    group.understanding = 1.0
    return group.mismatches().get(0)
