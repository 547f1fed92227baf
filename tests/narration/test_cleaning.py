"""Odd Unicode is made plain, and its places are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.cleaning import to_plain


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("It’s ‘fine’", "It's 'fine'"),
        ("“quoted” «too»", '"quoted" "too"'),
        ("5\u00a0km\u2009on", "5 km on"),
        ("−5 and well‑known", "-5 and well-known"),
        ("ﬁne ﬂow", "fine flow"),
        ("ＡＢＣ１２３", "ABC123"),
        ("CO₂ H₂O", "CO2 H2O"),
        ("Ⅳ", "IV"),
        ("①", "1"),
        ("㎞", "km"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("cafe\u0301", "café"),
        ("𝐁𝐨𝐥𝐝", "Bold"),
        ("½ and ² stay", "½ and ² stay"),
        ("Łódź, naïve, मराठी", "Łódź, naïve, मराठी"),
        ("a\tb\nc", "a b c"),
        ("", ""),
    ],
)
def test_odd_characters_are_made_plain(odd: str, plain: str) -> None:
    assert to_plain(odd).text == plain


def test_plain_text_is_given_back_as_it_is() -> None:
    text = "Nothing odd here."
    assert to_plain(text).text is text
    assert to_plain(text).written_range(3, 7) == (3, 7)


def test_places_are_those_of_the_written_text() -> None:
    text = "a soft\u00adhyphen and a ﬁnd"
    cleaned = to_plain(text)
    start = cleaned.text.index("softhyphen")
    assert text[slice(*cleaned.written_range(start, start + 10))] == "soft\u00adhyphen"
    start = cleaned.text.index("find")
    assert text[slice(*cleaned.written_range(start, start + 4))] == "ﬁnd"


@given(st.text(alphabet="ab ﬁ\u00ad₂é\u0301’\u200b—1", max_size=30))
def test_every_place_is_in_the_text_and_in_order(text: str) -> None:
    cleaned = to_plain(text)
    places = [cleaned.written_range(at, at)[0] for at in range(len(cleaned.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(text)


@given(st.text(max_size=40))
def test_what_is_plain_stays(text: str) -> None:
    once = to_plain(text).text
    assert to_plain(once).text == to_plain(to_plain(once).text).text
