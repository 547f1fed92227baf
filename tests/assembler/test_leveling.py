"""The gain is found in a few trials, whatever the limiter takes away."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.assembler import QUALITIES, Sound
from audiogen.assembler.encoding import FORMATS
from audiogen.assembler.leveling import Levels, Trial, after_decoding, ceiling, find_gain, next_gain, target_loudness
from tests.assembler.sounds import babble, sine

RATE = 22_050


@given(st.floats(-40, -10), st.floats(-23, -14), st.floats(1, 12))
def test_a_sound_that_bends_is_brought_to_any_loudness_below_its_limit(
    start: float, wanted: float, softness: float
) -> None:
    """Loudness rises with the gain and bends towards -12, as under a limiter."""

    def loudness(gain: float) -> float:
        return -12 - softness * math.log1p(math.exp((-12 - (start + gain)) / softness))

    trials = [Trial(0.0, loudness(0.0))]
    while abs(trials[-1].loudness - wanted) > 0.05 and len(trials) < 15:
        gain = next_gain(trials, wanted)
        trials.append(Trial(gain, loudness(gain)))
    assert trials[-1].loudness == pytest.approx(wanted, abs=0.05)


def test_the_first_step_takes_a_decibel_for_a_decibel() -> None:
    assert next_gain([Trial(0.0, -21.0)], -16.0) == 5.0


def test_a_later_step_reckons_with_what_the_last_one_brought() -> None:
    assert next_gain([Trial(0.0, -21.0), Trial(5.0, -18.5)], -16.0) == pytest.approx(10.0)


def test_between_too_quiet_and_too_loud_it_takes_the_line() -> None:
    assert next_gain([Trial(0.0, -20.0), Trial(10.0, -15.0)], -16.0) == pytest.approx(8.0)


@pytest.mark.parametrize("level", [-30.0, -12.0, -1.0])
def test_a_sample_is_brought_to_the_aim(level: float) -> None:
    sample = babble(6, RATE, level=level)
    gain = find_gain(sample, RATE, Sound())
    assert find_gain(sample * 10 ** (-6 / 20), RATE, Sound()) == pytest.approx(gain + 6, abs=0.2)


def test_silence_needs_no_gain() -> None:
    assert find_gain(sine(0.1, RATE), RATE, Sound()) == 0
    assert find_gain(babble(2, RATE) * 0, RATE, Sound()) == 0


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("name", FORMATS)
def test_what_an_encoder_does_is_reckoned_with_on_both_sides(name: str, quality: str) -> None:
    sound = Sound(encoding=QUALITIES[quality], format=name)
    heard = after_decoding(Levels(target_loudness(sound), ceiling(sound)), sound)
    assert (heard.loudness, heard.peak) == pytest.approx((sound.loudness, sound.peak))
    assert ceiling(sound) < sound.peak + 0.5
