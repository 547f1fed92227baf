"""Texts as they are to be heard, and where each character is written."""

from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.heard import Edit, heard_text


def test_a_heard_stretch_knows_its_written_one() -> None:
    heard = heard_text("a vote12 in May", [Edit(6, 8, ""), Edit(12, 15, "the month of May")])
    assert heard.text == "a vote in the month of May"
    assert heard.written(10, 13) == (12, 15)
    assert heard.written(2, 6) == (2, 6)


def test_a_cut_covers_the_marks_behind_it() -> None:
    heard = heard_text("He left.12 It rained.", [Edit(8, 10, "")])
    assert heard.part(0, 8).original == "He left.12"
    assert heard.part(9, len(heard.text)).original == "It rained."


def test_breaks_move_with_the_text_before_them() -> None:
    heard = heard_text("one12 two", [Edit(3, 5, "")], [5])
    assert heard.breaks == (3,)


def test_breaks_of_a_part_are_those_inside_it() -> None:
    for edits in ((), [Edit(0, 1, "o")]):
        heard = heard_text("one two three", edits, [3, 7])
        assert heard.part(2, 9).breaks == (1, 5)
        assert heard.part(3, 7).breaks == ()
        assert heard.part(4, 13).text == "two three"
        assert heard.part(4, 13).breaks == (3,)


def test_what_is_written_and_heard_are_found_by_each_other() -> None:
    same, other = heard_text("a vote in May"), heard_text("a vote12 in May", [Edit(6, 8, "")])
    assert same.written(2, 6) == same.heard(2, 6) == same.covered(2, 6) == (2, 6)
    assert other.heard(9, 11) == (7, 9)
    assert other.heard(0, 15) == (0, 13)
    assert other.written(13, 13) == (15, 15)
    assert other.covered(0, 13) == (0, 15)
    assert other.covered(2, 6) == (2, 8)


@given(
    st.text("abc 12", max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.text("xy ", max_size=5),
    st.integers(0, 45),
)
def test_parts_together_hold_the_whole_written_text(text: str, one: int, two: int, spoken: str, cut: int) -> None:
    start, end = min(one, two, len(text)), min(max(one, two), len(text))
    heard = heard_text(text, [Edit(start, end, spoken)])
    cut = min(cut, len(heard.text))
    parts = [heard.part(0, cut), heard.part(cut, len(heard.text))] if cut else [heard]
    assert "".join(part.original for part in parts) == text
