"""Words of a text found in the sounds of a phonemizer that joins and splits them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.alignment import PhonemeTime, word_starts


def sounds_of(spoken: str) -> list[PhonemeTime]:
    """Give each character a tenth of a second."""
    return [PhonemeTime(sound, place / 10, (place + 1) / 10) for place, sound in enumerate(spoken)]


@pytest.mark.parametrize(
    ("text", "spoken", "starts"),
    [
        ("the ferry left", "ðə fˈɛɹi lˈɛft", [0.0, 0.3, 0.9]),
        ("top of the bill", "tˈɑp ʌvðə bˈɪl", [0.0, 0.5, 0.7, 1.1]),
        ("in 1984 it rained", "ɪn nˈaɪntiːn ˈeɪɾifˈɔːɹ ɪt ɹˈeɪnd", [0.0, 0.3, 2.4, 2.7]),
        ("— so, then", "— sˈoʊ, ðˈɛn", [0.2, 0.8]),
    ],
)
def test_words_begin_where_they_are_heard(text: str, spoken: str, starts: list[float]) -> None:
    words = [word.strip(",") for word in text.split() if word != "—"]
    assert word_starts(words, sounds_of(spoken)) == pytest.approx(starts, abs=0.15)


def test_stress_marks_and_points_are_no_words() -> None:
    assert word_starts(["no"], sounds_of("ˈ . nˈoʊ .")) == [0.4]


@pytest.mark.parametrize(("words", "spoken"), [(["word"], ""), ([], "sˈaʊnd"), (["word"], " , ")])
def test_nothing_is_told_where_there_is_nothing_to_tell(words: list[str], spoken: str) -> None:
    assert word_starts(words, sounds_of(spoken)) == []


@given(st.lists(st.text("abcde", min_size=1, max_size=9), min_size=1, max_size=12), st.text("abʃ ", max_size=60))
def test_times_are_in_order_and_one_for_each_word_or_none(words: list[str], spoken: str) -> None:
    starts = word_starts(words, sounds_of(spoken))
    assert len(starts) in (0, len(words))
    assert starts == sorted(starts)
