"""Judges the utterances of an episode by both checks, and decides how far the recogniser can be trusted.

A recogniser that recognises few sentences of a language completely does not understand the language, or the voice. What
it misses is then no fault, unless it recognises the same words in new speech of the sentence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from audiogen.listening import Finding
from audiogen.listening.comparing import compare
from audiogen.listening.hearing import differences, words_of
from audiogen.listening.opinions import MIN_WORDS, Mismatch, Opinion, are_adjacent, mismatch_message, opinion_of
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

#: A published sound is altered if the spectra differ by more than this over the length of a short word,
MAX_DIFFERENCE = 1.15
#: or if one of the recordings has a longer sound, in seconds, that the other does not have.
MAX_EXTRA_SOUND = 0.05
#: Least share of an episode's lines (or all but one) that must sound the same when spoken again, so that another line
#: is a fault. Voices that speak a text differently each time, or music under the voice, fail this; then only the
#: recogniser is used.
MIN_STEADY_SHARE = 0.8
#: Least share of the sentences of a language that must be recognised completely, so that garbled sentences are
#: reported, and so that single words are.
MIN_UNDERSTOOD, MIN_RELIABLE = 0.25, 0.6
#: Fewest sentences in a language for a remark that the recogniser does not understand it.
MIN_LINES = 3
#: Most sentences that are spoken again to find out whether the recogniser or the published sound is at fault.
MAX_TRIED = 6


class Fresh(NamedTuple):
    """New speech of a line."""

    #: At the recogniser's rate.
    samples: Samples
    #: Words that may differ from the published sound without a fault (see `again.may_differ`).
    may_differ: frozenset[str] = frozenset()
    #: Whether the voice got the same input for both recordings.
    same: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """The findings for an episode."""

    findings: tuple[Finding, ...] = ()
    #: A message for each language that the recogniser does not understand.
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """The results for a line, before it is known how well the recogniser understands its language."""

    number: int
    #: Its words.
    expected: tuple[str, ...]
    #: The difference from new speech; None if there is none, or if it means nothing for this voice.
    divergence: Divergence | None = None
    #: Whether the voice was given the same for both.
    same: bool = False
    #: None if the recogniser was not used.
    opinion: Opinion | None = None

    @property
    def is_altered(self) -> bool:
        """Return whether the sound differs from new speech of the same input.

        False also if there is no such comparison: see `is_as_spoken` for the opposite.
        """
        return self.same and self.divergence is not None and is_apart(self.divergence)

    @property
    def is_as_spoken(self) -> bool:
        """Return whether the sound is the same as that of new speech."""
        return self.divergence is not None and not is_apart(self.divergence)


def listen(manifest: Mapping[str, Any], audio: Path, recogniser: Recogniser, speak: Speak | None = None) -> Judgement:
    """Check an episode's sound file, utterance by utterance; *speak* returns new speech of a line.

    Raises:
        AssemblyError: the file cannot be read.
    """
    script, language = manifest["script"], str(manifest["article"].get("language") or "en")
    lines: dict[str, list[_Line]] = defaultdict(list)
    for line, line_language in _lines(
        script, language, audio, recogniser, _divergences(script, audio, speak) if speak else {}
    ):
        lines[line_language].append(line)
    groups = [_LanguageGroup(line_language, of_it, script, recogniser, speak) for line_language, of_it in lines.items()]
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
    """Yield each line with words, with the recogniser's result, and its language."""
    for number, samples in windows(audio, script):
        entry = script[number]
        if not is_pause(entry):
            line_language = str(entry.get("language") or language)
            line = _Line(number, words_of(entry["spoken"], line_language), *divergences.get(number, (None, False)))
            yield replace(line, opinion=_opinion(line, samples, line_language, recogniser)), line_language


def is_pause(line: Mapping[str, Any]) -> bool:
    """Return whether a pause replaces the line, according to its entry in the manifest."""
    return str(line.get("doubtful") or "").startswith("no speech")


def _divergences(script: Sequence[Mapping[str, Any]], audio: Path, speak: Speak) -> dict[int, tuple[Divergence, bool]]:
    """Return by line its difference from new speech, and whether both had the same input.

    The result is empty if too few lines are the same, as then a difference means nothing.
    """
    found = {}
    for number, samples in windows(audio, script):
        fresh = speak(script[number])
        if fresh is not None and fresh.samples.size:
            found[number] = compare(samples, fresh.samples), fresh.same
    compared = [one for one, same in found.values() if same] or [one for one, _ in found.values()]
    apart = sum(map(is_apart, compared))
    return found if apart < len(compared) and apart <= max(1, (1 - MIN_STEADY_SHARE) * len(compared)) else {}


def is_apart(divergence: Divergence) -> bool:
    """Return whether two recordings are not the same speech."""
    return divergence.difference > MAX_DIFFERENCE or max(divergence.extra, divergence.missing) > MAX_EXTRA_SOUND


def _opinion(line: _Line, samples: Samples, language: str, recogniser: Recogniser) -> Opinion | None:
    """Return the recogniser's result; None if it does not know the language, or if the words are too few."""
    if not recogniser.knows(language) or (len(line.expected) < MIN_WORDS and not line.is_altered):
        return None
    if not line.is_altered:
        return opinion_of(samples, line.expected, language, recogniser)
    # That there is a fault is known; it is only to be named.
    heard = recogniser.recognise(samples, language, careful=True)
    found = differences(line.expected, words_of(heard, language))
    return Opinion(line.expected, found, found, heard)


class _LanguageGroup:
    """A judge of the lines of an episode in one language."""

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
        """Return the faults by line number."""
        found = {}
        for line in self._lines:
            if line.is_altered:
                found[line.number] = self._describe_alteration(line)
            elif (opinion := line.opinion) and (lost := self._faults(line, opinion)):
                found[line.number] = Mismatch(lost[0].kind, opinion.heard, mismatch_message(lost, opinion.heard))
        return found

    def remark(self) -> str:
        """Return a message if the recogniser does not understand the language, or the voice in it; else ""."""
        number = sum(len(line.expected) >= MIN_WORDS for line in self._lines)
        if number < MIN_LINES or self.understanding >= MIN_UNDERSTOOD:
            return ""
        compared = any(line.divergence for line in self._lines)
        rest = "they were only compared with a fresh speech" if compared else "nobody has listened to them"
        if not self._recogniser.knows(self._language):
            return f"The recogniser does not know the language “{self._language}” of {number} sentences, so {rest}."
        heard = sum(not line.opinion.lost for line in self._judged_lines if line.opinion)
        what = f"hears {heard} of {len(self._judged_lines)} sentences in “{self._language}” whole"
        return f"The recogniser {what}, too few to be believed of the others, so {rest}."

    @property
    def _judged_lines(self) -> list[_Line]:
        return [line for line in self._lines if line.opinion and not line.is_altered]

    @cached_property
    def understanding(self) -> float:
        """Return the share of sentences that are recognised completely, or would be in new speech.

        A few sentences that are not, and that may differ from new speech, are spoken again.
        """
        judged = self._judged_lines
        if not judged:
            return 0.0
        share = sum(not line.opinion.lost for line in judged if line.opinion) / len(judged)
        suspects = [line for line in judged if line.opinion and line.opinion.lost and not line.is_as_spoken]
        if share >= MIN_RELIABLE or not suspects:
            return share
        tried = [self._recognise_again(line.number) for line in suspects[:: -(-len(suspects) // MAX_TRIED)]]
        heard_whole = [not opinion.lost for opinion, _ in filter(None, tried)]
        return share + (sum(heard_whole) / len(heard_whole) * len(suspects) / len(judged) if heard_whole else 0.0)

    def _recognise_again(self, number: int) -> tuple[Opinion, frozenset[str]] | None:
        """Return the recogniser's result for new speech of a line, and the words that may be read differently.

        None if the line cannot be spoken again.
        """
        if number not in self._fresh:
            fresh = self._speak(self._script[number]) if self._speak else None
            expected = words_of(self._script[number]["spoken"], self._language)
            self._fresh[number] = None
            if fresh is not None and fresh.samples.size:
                opinion = opinion_of(fresh.samples, expected, self._language, self._recogniser)
                self._fresh[number] = opinion, fresh.may_differ
        return self._fresh[number]

    def _faults(self, line: _Line, opinion: Opinion) -> list[Difference]:
        """Return the differences in a line that are faults, as far as the recogniser is trusted."""
        lost = opinion.lost
        if not lost or self.understanding < MIN_UNDERSTOOD:
            return []
        if line.is_as_spoken:
            return lost if opinion.is_garbled else []
        sharp = self.understanding >= MIN_RELIABLE
        anew = self._recognise_again(line.number)
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

    def _describe_alteration(self, line: _Line) -> Mismatch:
        """Return the mismatch of an altered line: the recognised difference, or the time of the altered sound."""
        assert line.divergence is not None
        opinion = line.opinion
        if opinion and opinion.lost and self.understanding >= MIN_UNDERSTOOD:
            return Mismatch(opinion.lost[0].kind, opinion.heard, mismatch_message(opinion.lost, opinion.heard))
        where = f"The sound {line.divergence.time:.1f} s into it is not what the voice says."
        return Mismatch("altered", opinion.heard if opinion else "", where)


def judge(
    samples: Samples, spoken: str, language: str, recogniser: Recogniser, divergence: Divergence | None = None
) -> Mismatch | None:
    """Return the fault of one utterance in a language that the recogniser understands; None if there is none.

    *divergence* is its difference from new speech, if that is known and means something.
    """
    line = _Line(0, words_of(spoken, language), divergence, same=True)
    line = replace(line, opinion=_opinion(line, samples, language, recogniser))
    group = _LanguageGroup(language, [line], [{"spoken": spoken}], recogniser, None)
    group.understanding = 1.0
    return group.mismatches().get(0)
