"""Pauses and times are the script's."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from audiogen.assembler.joining import LEAD_IN, Joiner
from audiogen.errors import AssemblyError
from audiogen.model import Clip, Cue, Utterance, WordTime
from tests.assembler.sounds import babble, clip_of, sine, sounding

RATE = 22_050


def line(pause: float = 0.5, spoken: str = "Words.") -> Utterance:
    return Utterance(spoken, spoken, pause)


def tone(seconds: float = 0.4, before: float = 0.0, after: float = 0.0, rate: int = RATE) -> Clip:
    gap = [np.zeros(round(length * rate), dtype=np.float32) for length in (before, after)]
    return clip_of(np.concatenate((gap[0], sine(seconds, rate, frequency=441, level=-6), gap[1])), rate)


def join(utterances: list[Utterance], clips: list[Clip], begin: int = 0) -> tuple[np.ndarray, list[Cue]]:
    joiner = Joiner(RATE, begin)
    samples = np.concatenate(list(joiner.join(tuple(utterances), clips)))
    return samples, joiner.cues


@pytest.mark.parametrize("padding", [(0, 0), (0.3, 0), (0, 0.4), (0.25, 0.25)], ids=str)
@pytest.mark.parametrize("pause", [0.05, 0.3, 1.0, 2.5])
def test_a_pause_is_counted_from_sound_to_sound(pause: float, padding: tuple[float, float]) -> None:
    samples, cues = join([line(pause)] * 3, [tone(0.4, *padding)] * 3)
    heard = sounding(samples, RATE, floor=-40, least=0.01)
    assert len(heard) == 3
    for (_, end), (start, _) in pairwise(heard):
        assert start - end == pytest.approx(pause, abs=0.008)
    for (start, end), cue in zip(heard, cues, strict=True):
        assert (cue.start, cue.end) == pytest.approx((start, end), abs=0.005)


def test_no_pause_is_shorter_than_the_margins_and_they_are_short() -> None:
    samples, _ = join([line(0.0)] * 2, [tone(0.4, 0.2, 0.2)] * 2)
    (_, end), (start, _) = sounding(samples, RATE, floor=-40, least=0.005)
    assert 0 < start - end <= 0.03


def test_the_recording_begins_with_a_breath_and_ends_with_the_last_pause() -> None:
    samples, cues = join([line(0.8)], [tone(0.4)])
    assert cues[0].start == pytest.approx(LEAD_IN, abs=0.003)
    assert samples.size / RATE == pytest.approx(LEAD_IN + 0.4 + 0.8, abs=0.003)


def test_silence_that_carries_its_doubt_is_a_pause_and_the_cue_carries_it_on() -> None:
    silent = Clip(bytes(2 * RATE), RATE, doubt="no speech")
    _, cues = join([line(0.5), line(0.25), line()], [tone(), silent, tone()])
    assert [cue.doubt for cue in cues] == ["", "no speech", ""]
    assert cues[1].start == cues[1].end == pytest.approx(cues[0].end + 0.5, abs=0.002)
    assert cues[2].start - cues[0].end == pytest.approx(1.75, abs=0.002)


def test_a_line_with_nothing_to_say_adds_its_pause_and_an_empty_cue() -> None:
    _, cues = join([line(0.5), line(0.25, "…"), line()], [tone(), Clip(b"", RATE), tone()])
    assert cues[1].start == cues[1].end == pytest.approx(cues[0].end + 0.5, abs=0.002)
    assert cues[2].start - cues[0].end == pytest.approx(0.75, abs=0.002)


def test_words_keep_their_place_in_the_sound() -> None:
    clip = tone(0.6, before=0.3)
    words = (WordTime(0, 3, 0.3), WordTime(4, 7, 0.5), WordTime(8, 11, 0.1), WordTime(12, 15, 5.0))
    _, cues = join([line()], [Clip(clip.pcm, RATE, words)])
    times = [word.time - cues[0].start for word in cues[0].words]
    assert times[:2] == pytest.approx([0.0, 0.2], abs=0.004)
    assert times[2] == 0, "a time before the sound is its beginning"
    assert cues[0].words[3].time == cues[0].end, "a time after the sound is its end"


def test_times_begin_after_what_comes_before() -> None:
    _, cues = join([line()], [tone()], begin=RATE * 3)
    assert cues[0].start == pytest.approx(3 + LEAD_IN, abs=0.003)


def test_a_clip_of_another_rate_is_brought_to_the_recording_s() -> None:
    _, cues = join([line()] * 2, [tone(), tone(rate=48_000)])
    assert cues[1].end - cues[1].start == pytest.approx(0.4, abs=0.006)


@pytest.mark.parametrize(
    ("clips", "complaint"),
    [
        ([tone()], "Only 1 of 2"),
        ([tone(), tone(), tone()], "more than the script's 2"),
        ([tone(), Clip(b"", RATE)], "no sound for “Words.”"),
        ([tone(), Clip(bytes(20_000), RATE)], "no sound for “Words.”"),
    ],
    ids=["too few", "too many", "an empty one", "a silent one"],
)
def test_nothing_is_lost_without_a_word(clips: list[Clip], complaint: str) -> None:
    with pytest.raises(AssemblyError, match=complaint):
        join([line()] * 2, clips)


def test_joins_have_no_click() -> None:
    """A click is a step: between two samples nothing moves faster at the joins than inside the sounds."""
    clips = [clip_of(babble(0.7, RATE, seed=seed)[1000:] + 0.05, RATE) for seed in range(4)]
    samples, cues = join([line(0.1)] * 4, clips)
    steps = np.abs(np.diff(samples))
    inside = max(steps[round(c.start * RATE) + 150 : round(c.end * RATE) - 150].max() for c in cues)
    edges = [round(time * RATE) for cue in cues for time in (cue.start, cue.end)]
    assert max(steps[max(0, edge - 150) : edge + 150].max() for edge in edges) <= inside
