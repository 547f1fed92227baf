"""What was cut out of a published sound, said twice in it or replaced is found; what is whole is not complained of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.listening.comparing import Departure, depart
from audiogen.listening.hearing import differences, words_of
from audiogen.listening.judging import DIFFERENT, STRETCH, is_apart, judge

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000
SAID = "The night ferry leaves the harbour at noon."


class Ear:
    """A recogniser that hears what it is told to, one answer after another."""

    name = "ear"

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[bool] = []

    def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
        self.asked.append(careful)
        return self.answers.pop(0)


def speech(*pitches: int) -> NDArray[np.float32]:
    """A word of 0.2 s at each pitch, rich in overtones."""
    time = np.arange(RATE // 5) / RATE
    words = [sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 20)) for pitch in pitches]
    return np.concatenate(words).astype(np.float32) * np.float32(0.1)


WHOLE = (110, 180, 260, 140, 330, 210, 160)


@pytest.mark.parametrize(
    ("published", "apart"),
    [
        (WHOLE, False),
        (WHOLE[:2] + WHOLE[3:], True),
        (WHOLE[:3] + WHOLE[2:], True),
        ((*WHOLE[:3], 520, *WHOLE[4:]), True),
    ],
    ids=["whole", "cut out", "doubled", "replaced"],
)
def test_a_word_that_is_not_where_the_voice_says_it_shows_in_the_sound(published: tuple[int, ...], apart: bool) -> None:
    noise = np.random.default_rng(1).normal(0, 1e-4, len(published) * RATE // 5).astype(np.float32)
    assert is_apart(depart(speech(*published) * np.float32(0.5) + noise, speech(*WHOLE))) is apart


@pytest.mark.parametrize(
    ("departure", "apart"),
    [
        (Departure(DIFFERENT, STRETCH, STRETCH, 0.0), False),
        (Departure(DIFFERENT + 0.01, 0.0, 0.0, 0.0), True),
        (Departure(0.0, STRETCH + 0.01, 0.0, 0.0), True),
        (Departure(0.0, 0.0, STRETCH + 0.01, 0.0), True),
    ],
)
def test_a_limit_has_two_sides(departure: Departure, apart: bool) -> None:
    assert is_apart(departure) is apart


@pytest.mark.parametrize(
    ("heard", "kind", "said", "found"),
    [
        ("The night ferry leaves the harbour at.", "missing", "noon", ""),
        ("The night night ferry leaves the harbour at noon.", "doubled", "", "night"),
        ("The night ferry leaves the orchestra at noon.", "garbled", "harbour", "orchestra"),
    ],
)
def test_what_is_heard_otherwise_is_named(heard: str, kind: str, said: str, found: str) -> None:
    (one,) = differences(words_of(SAID, "en"), words_of(heard, "en"))
    assert (one.kind, one.said, one.heard) == (kind, said, found)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("It cost three dollars.", "It cost $3."),
        ("The U S and the colour.", "The US and the color."),
        ("Their lean fire went out.", "There leanfire went out."),
        ("In twenty twenty-four it rose.", "In 2024, it rose."),
    ],
)
def test_what_a_recogniser_only_spells_otherwise_is_heard(said: str, heard: str) -> None:
    assert differences(words_of(said, "en"), words_of(heard, "en")) == ()


def test_only_what_is_missed_twice_is_a_fault() -> None:
    short = "The night ferry leaves the harbour at."
    assert judge(speech(200), SAID, "en", Ear(short, SAID)) is None
    found = judge(speech(200), SAID, "en", ear := Ear(short, short))
    assert found is not None
    assert (found.kind, found.message) == ("missing", f"“noon” is missing. Heard: “{short}”.")
    assert ear.asked == [False, True]


def test_a_word_misheard_where_the_sound_is_the_voices_own_is_no_fault() -> None:
    odd = "The night ferry leaves the orchestra at noon."
    same = Departure(0.2, 0.0, 0.0, 0.0)
    assert judge(speech(200), SAID, "en", Ear(odd, odd), same) is None
    assert judge(speech(200), SAID, "en", Ear(odd, odd)) is not None


def test_a_sound_that_is_not_the_voices_own_is_a_fault_even_where_every_word_is_heard() -> None:
    found = judge(speech(200), SAID, "en", Ear(SAID), Departure(0.2, 0.3, 0.0, 1.5))
    assert found is not None
    assert found.kind == "altered"
