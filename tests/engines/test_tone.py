"""The engine of tones: what tests measure in finished sound must be exact here."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines import tone
from audiogen.engines.tone import CARD, SAMPLE_RATE, Tone, frequency_of, seconds_of
from audiogen.engines.voices import speaks
from tests.engines.conftest import SENTENCES, say

# What is measured is the pace of a calm reader.
pytestmark = pytest.mark.usefixtures("calm_tones")


def loudest_frequency(pcm: bytes) -> float:
    samples = numpy.frombuffer(pcm, "<i2").astype(float)
    spectrum = numpy.abs(numpy.fft.rfft(samples * numpy.hanning(len(samples))))
    return float(numpy.argmax(spectrum) * SAMPLE_RATE / len(samples))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_tone_has_the_pitch_and_length_its_text_foretells(sentence: str) -> None:
    clip = Tone().speak(say(sentence), CARD)
    assert clip.duration == pytest.approx(seconds_of(sentence), abs=1 / SAMPLE_RATE)
    assert loudest_frequency(clip.pcm) == pytest.approx(frequency_of(sentence), abs=SAMPLE_RATE / (len(clip.pcm) / 2))


def test_neighbouring_sentences_differ_in_pitch() -> None:
    assert len({frequency_of(sentence) for sentence in SENTENCES}) == len(SENTENCES)


def test_there_is_no_silence_in_a_tone() -> None:
    samples = numpy.frombuffer(Tone().speak(say(SENTENCES[0]), CARD).pcm, "<i2")
    block = 2 * max(tone.PERIODS)
    blocks = samples[: len(samples) // block * block].reshape(-1, block)
    assert abs(blocks).max(axis=1).min() > tone.AMPLITUDE * 0.9


@given(st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text))))
def test_a_tone_is_as_long_as_its_words(text: str) -> None:
    clip = Tone().speak(say(text), CARD)
    assert clip.duration == pytest.approx(tone.WORD_SECONDS * max(1, len(clip.words)), abs=0.003)
    assert all(0 <= word.start < word.end <= len(text) for word in clip.words)


def test_nothing_to_say_gives_an_empty_clip() -> None:
    assert Tone().speak(say("…"), CARD).pcm == b""


def test_the_same_text_always_gives_the_same_bytes() -> None:
    assert Tone().speak(say("Again."), CARD) == Tone().speak(say("Again."), CARD)


def test_words_follow_one_another_at_an_even_pace() -> None:
    text = "It's 3.5 km to the mill."
    clip = Tone().speak(say(text), CARD)
    assert [text[word.start : word.end] for word in clip.words] == ["It's", "3.5", "km", "to", "the", "mill"]
    assert [word.time for word in clip.words] == pytest.approx([0.3 * place for place in range(6)])


def test_a_symbol_with_a_name_sounds_though_it_is_no_word() -> None:
    clip = Tone().speak(say("€"), CARD)
    assert clip.words == ()
    assert clip.duration == pytest.approx(tone.WORD_SECONDS, abs=0.003)


@given(st.text())
def test_every_pitch_is_one_that_can_be_told_apart(text: str) -> None:
    """Between 368 and 1,838 Hz: far over what a limiter moves, far under what a low rate cuts off."""
    assert tone.period_of(text) in tone.PERIODS
    assert 367 < frequency_of(text) < 1_839


def test_a_tone_begins_and_ends_without_a_step() -> None:
    samples = numpy.frombuffer(Tone().speak(say(SENTENCES[0]), CARD).pcm, "<i2").astype(int)
    step = abs(numpy.diff(samples)).max()
    assert abs(samples[0]) <= step
    assert abs(samples[-1]) <= step
    assert samples.max() == tone.AMPLITUDE


def test_its_one_voice_reads_every_language() -> None:
    with Tone() as engine:
        (voice,) = engine.voices()
    assert (voice.engine, voice.language) == ("tone", "")
    assert speaks(voice, "tlh")
