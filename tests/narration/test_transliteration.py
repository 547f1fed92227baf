"""Words of another script inside a sentence."""

from __future__ import annotations

import pytest

from audiogen.model import Span
from audiogen.narration.transliteration import in_latin_letters


@pytest.mark.parametrize(
    ("spoken", "language", "expected"),
    [
        ("From Київ to Rome.", "en", "From Kiiv to Rome."),
        ("In 北京 it rained.", "de", "In BeiJing it rained."),
        ("The α of it.", "en", "The α of it."),
        ("From Kyiv to Łódź.", "en", "From Kyiv to Łódź."),
        ("Із Москвы до 北京.", "uk", "Із Москвы до 北京."),
        ("A 北 there.", "en", "A Bei there."),
        ("A カ there.", "en", "A ka there."),
        ("A 한 there.", "en", "A Han there."),
        ("An Щ there.", "en", "An Щ there."),
    ],
)
def test_a_word_is_written_in_the_letters_of_the_voice(spoken: str, language: str, expected: str) -> None:
    assert in_latin_letters(spoken, (), language)[0] == expected


def test_the_alignment_moves_along() -> None:
    spans = (Span(0, 4, 0, 4), Span(5, 11, 5, 11), Span(12, 14, 12, 14))
    spoken, moved, _ = in_latin_letters("From Щукіно on", spans, "en")
    assert [spoken[span.spoken_start : span.spoken_end] for span in moved] == ["From", spoken.split()[1], "on"]
    assert [span.written_start for span in moved] == [0, 5, 12]


def test_the_alignment_of_several_words_moves_along_word_by_word() -> None:
    written = "From Щукіно to Яремче and back"
    starts = [0, *(at + 1 for at, letter in enumerate(written) if letter == " ")]
    spans = tuple(
        Span(at, at + len(word), at, at + len(word)) for at, word in zip(starts, written.split(), strict=True)
    )
    spoken, moved, _ = in_latin_letters(written, spans, "en")
    assert [spoken[span.spoken_start : span.spoken_end] for span in moved] == spoken.split()
    middle, last = written.index("Щ") + 2, len(written)
    _, (inside, end), _ = in_latin_letters(written, (Span(middle, middle + 1, 0, 1), Span(last, last, 0, 1)), "en")
    assert inside.spoken_start == inside.spoken_end == len("From ") + len(spoken.split()[1]), "a word moves as a whole"
    assert end.spoken_start == len(spoken)
