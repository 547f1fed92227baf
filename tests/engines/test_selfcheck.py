"""Was the whole utterance spoken, as far as its sound can tell?"""

from __future__ import annotations

import re

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.pyttsx3 import Pyttsx3
from audiogen.engines.samples import sample_text
from audiogen.engines.selfcheck import MARGIN, USUAL_PACE, SelfCheck, weight_of
from audiogen.engines.voices import find_voice
from audiogen.model import Clip, WordTime
from tests.engines.conftest import SENTENCES, say

RATE = 8_000
LONG = "The captain said the crossing would take forty minutes longer than usual."


def sound(seconds: float, peak: int = 5_000) -> Clip:
    samples = numpy.full(round(seconds * RATE), peak, "<i2")
    samples[1::2] = -peak
    return Clip(samples.tobytes(), RATE)


def taught(pace: float) -> SelfCheck:
    """A check that has heard a voice of this pace."""
    check = SelfCheck()
    for number in range(20):
        text = LONG + " and more" * number
        assert not check.judge(say(text), sound(MARGIN + weight_of(text) / pace))
    return check


@pytest.mark.parametrize(
    ("clip", "fault"),
    [
        (Clip(b"", RATE), "no sound"),
        (Clip(b"\1\2\3", RATE), "half a sample"),
        (sound(5, peak=3), "silence"),
        (sound(5, peak=32_767), "clipped"),
        (sound(0.5), "0.50 seconds of sound for what should take about"),
        (sound(60), "60.00 seconds of sound"),
        (sound(5), ""),
    ],
    ids=["none", "half a sample", "silence", "clipping", "cut", "babble", "good"],
)
def test_each_fault_is_named(clip: Clip, fault: str) -> None:
    said = SelfCheck().judge(say(LONG), clip)
    assert fault in said
    assert bool(said) is bool(fault)


def test_a_few_full_samples_are_loud_not_broken() -> None:
    samples = numpy.frombuffer(sound(5).pcm, "<i2").copy()
    samples[:100] = 32_767
    assert not SelfCheck().judge(say(LONG), Clip(samples.tobytes(), RATE))


@pytest.mark.parametrize("pace", [8.0, 15.0, 28.0])
def test_the_pace_of_a_voice_is_learned(pace: float) -> None:
    check = taught(pace)
    assert check.learned
    assert check.pace == pytest.approx(pace, rel=0.02)
    whole = weight_of(LONG) / pace + MARGIN
    assert not check.judge(say(LONG), sound(whole))
    assert check.judge(say(LONG), sound(whole / 2))


def test_before_it_is_learned_the_usual_pace_counts_and_little_is_refused() -> None:
    check = SelfCheck()
    assert check.pace == USUAL_PACE
    assert not check.judge(say(LONG), sound(weight_of(LONG) / USUAL_PACE * 0.5))


def test_a_clip_that_was_refused_teaches_nothing() -> None:
    check = taught(15.0)
    pace = check.pace
    check.judge(say(LONG), sound(0.2))
    assert check.pace == pace


def test_word_times_that_stop_early_tell_of_a_cut() -> None:
    whole = tuple(WordTime(match, match + 3, 0.1) for match in range(0, len(LONG) - 3, 4))
    clip = sound(5)
    assert not SelfCheck().judge(say(LONG), Clip(clip.pcm, RATE, whole))
    assert "left after “The captain said" in SelfCheck().judge(say(LONG), Clip(clip.pcm, RATE, whole[:5]))


def test_what_has_no_words_may_sound_like_anything() -> None:
    assert not SelfCheck().judge(say("…"), Clip(b"", RATE))
    assert not SelfCheck().judge(say("😀"), Clip(b"", RATE))


@pytest.mark.parametrize(("light", "heavy"), [("five", "5555"), ("dollar", "$$$$$$"), ("ka", "漢字"), ("abc", "abcd")])
def test_what_takes_longer_to_say_weighs_more(light: str, heavy: str) -> None:
    assert weight_of(light) < weight_of(heavy)


@given(st.text(), st.text())
def test_weight_adds_up(first: str, second: str) -> None:
    assert weight_of(first + second) == pytest.approx(weight_of(first) + weight_of(second))


def test_real_speech_passes_and_its_halves_do_not() -> None:
    check = SelfCheck()
    sentences = [say(sentence) for sentence in SENTENCES * 4]
    with Pyttsx3() as engine:
        clips = list(engine.speak_all(sentences, find_voice("english")))
    assert [check.judge(sentence, clip) for sentence, clip in zip(sentences, clips, strict=True)] == [""] * 20
    for sentence, clip in zip(sentences, clips, strict=True):
        if len(sentence.spoken) > 40:
            half = Clip(clip.pcm[: len(clip.pcm) // 4 * 2], clip.sample_rate)
            assert check.judge(sentence, half)


@pytest.mark.parametrize("language", ["en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"])
def test_real_speech_of_every_language_passes(language: str) -> None:
    check = SelfCheck()
    parts = [part.strip() for part in re.split(r"(?<=[.?!])", sample_text(language)) if part.strip()]
    texts = [*parts, *parts, " ".join(parts), "7", "1984", parts[0], "10 000 €", *parts, *parts, parts[1] * 3]
    utterances = [say(text) for text in texts]
    with Pyttsx3() as engine:
        clips = engine.speak_all(utterances, find_voice(None, language))
        faults = [check.judge(utterance, clip) for utterance, clip in zip(utterances, clips, strict=True)]
    assert faults == [""] * len(texts)
    assert check.learned
    assert 10 < check.pace < 25
