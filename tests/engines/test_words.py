"""Is there something to say, where are the words, where may a text be cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.words import cut, for_espeak, has_words, is_speakable, pieces_for_espeak, word_spans


@pytest.mark.parametrize(
    ("text", "speakable", "words"),
    [
        ("Hello.", True, True),
        ("7", True, True),
        ("Привіт", True, True),
        ("漢字", True, True),
        ("€", True, False),
        ("😀", True, False),
        ("+", True, False),
        ("…", False, False),
        ("“—”", False, False),
        ("", False, False),
        ("\u200b \n", False, False),
    ],
)
def test_what_can_be_said_is_told_from_what_can_not(text: str, speakable: bool, words: bool) -> None:
    assert is_speakable(text) is speakable
    assert has_words(text) is words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's 3.5 km.", ["It's", "3.5", "km"]),
        ("state-of-the-art, isn’t it?", ["state-of-the-art", "isn’t", "it"]),
        ("...", []),
        ("Під’їзд №5", ["Під’їзд", "5"]),
    ],
)
def test_words_keep_what_holds_them_together(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words


@pytest.mark.parametrize(
    ("text", "longest", "pieces"),
    [
        ("One two three.", 20, ["One two three."]),
        ("One two. Three four.", 14, ["One two. ", "Three four."]),
        ("First part, second part", 16, ["First part, ", "second part"]),
        ("alpha beta gamma", 11, ["alpha beta ", "gamma"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("some of 1,234,567 people", 13, ["some of ", "1,234,567 ", "people"]),
        ("一二三。四五六", 5, ["一二三。", "四五六"]),
        ("", 5, [""]),
    ],
    ids=[
        "whole",
        "at a sentence",
        "at a clause",
        "at a space",
        "inside a word",
        "not in a number",
        "full-width",
        "nothing",
    ],
)
def test_a_text_is_cut_at_the_best_place(text: str, longest: int, pieces: list[str]) -> None:
    assert [piece for _, piece in cut(text, longest)] == pieces


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_cutting_loses_nothing_and_keeps_to_the_limit(text: str, longest: int) -> None:
    pieces = list(cut(text, longest))
    assert "".join(piece for _, piece in pieces) == text
    assert all(len(piece) <= longest for _, piece in pieces)
    assert all(text[offset : offset + len(piece)] == piece for offset, piece in pieces)


@given(st.lists(st.text("abc ", min_size=1, max_size=9), min_size=1))
def test_no_piece_but_an_empty_text_is_empty(words: list[str]) -> None:
    assert all(piece for _, piece in cut(" ".join(words), 10))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("This is created with A I assistance.", "This is created with A.I assistance."),
        ("at six A M on Sunday", "at six A.M on Sunday"),
        ("the U A E's and the A P's", "the U.A E's and the A-P's"),
        ("Plan A was I think right", "Plan A was I think right"),
        ("Vitamin C, D and E", "Vitamin C, D and E"),
        ("F sixteens", "F sixteens"),
    ],
)
def test_spelled_letters_are_joined_for_espeak_in_english_alone(text: str, read: str) -> None:
    assert for_espeak(text, "en-US") == read
    assert for_espeak(text, "pl") == text


@pytest.mark.parametrize(
    ("letters", "read"),
    [
        ("C N B C", "C.N.B.C"),
        ("A B C D E F G H", "A.B.C.D.E.F.G.H"),
        ("A B C D E F G H I", "A.B.C.D E.F.G.H.I"),
        ("A B C D E F G H I's", "A.B.C.D.E.F.G.H I's"),
    ],
)
def test_spelled_letters_are_joined_by_eight_at_most_and_none_is_left_alone(letters: str, read: str) -> None:
    assert for_espeak(letters, "en") == read


def test_what_ends_a_text_for_espeak_becomes_a_space() -> None:
    assert for_espeak("before\0after \ud800 \ue000 e\u0301 a\u200db", "pl") == "before after     e\u0301 a\u200db"


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", [63]),
        ("a" * 64, [64]),
        ("a" * 65, [64, 1]),
        ("7" * 24, [24]),
        ("7" * 25, [24, 1]),
        ("bcdfghjklm" * 3, [24, 6]),
        ("=" * 80, [80]),
        ("river-" * 20, [24, 24, 24, 24, 24]),
        ("e" + "\u0301" * 40, [24, 17]),
        ("1984 " * 19, [95]),
        ("1984 " * 30, [120, 30]),
        ("ሰላም " * 10, [40]),
        ("ሰላም " * 11, [40, 4]),
    ],
    ids=lambda value: ascii(value[:12]) if isinstance(value, str) else None,
)
def test_pieces_for_espeak_are_no_longer_than_it_says_whole(text: str, lengths: list[int]) -> None:
    pieces = pieces_for_espeak(text, "en", 800)
    assert [len(piece) for _, piece in pieces] == lengths
    assert "".join(piece for _, piece in pieces) == for_espeak(text, "en")


@given(st.text(), st.sampled_from(["en", "uk", "ja"]))
def test_pieces_for_espeak_lose_nothing(text: str, language: str) -> None:
    read = for_espeak(text, language)
    pieces = pieces_for_espeak(text, language, 60)
    assert "".join(piece for _, piece in pieces) == read
    assert all(read[offset : offset + len(piece)] == piece for offset, piece in pieces)


@given(st.text(alphabet="A IbU'’.S ", max_size=40))
def test_joining_letters_moves_no_place(text: str) -> None:
    joined = for_espeak(text, "en")
    assert len(joined) == len(text)
    assert [a for a, b in zip(text, joined, strict=True) if a != b] == [" "] * sum(
        a != b for a, b in zip(text, joined, strict=True)
    )
