"""Texts as they are to be heard, and where each character is written."""

from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.narrated import Edit, apply_edits


def test_a_heard_stretch_knows_its_written_one() -> None:
    narrated = apply_edits("a vote12 in May", [Edit(6, 8, ""), Edit(12, 15, "the month of May")])
    assert narrated.text == "a vote in the month of May"
    assert narrated.written_range(10, 13) == (12, 15)
    assert narrated.written_range(2, 6) == (2, 6)


def test_a_cut_covers_the_marks_behind_it() -> None:
    narrated = apply_edits("He left.12 It rained.", [Edit(8, 10, "")])
    assert narrated.part(0, 8).original == "He left.12"
    assert narrated.part(9, len(narrated.text)).original == "It rained."


def test_breaks_move_with_the_text_before_them() -> None:
    narrated = apply_edits("one12 two", [Edit(3, 5, "")], [5])
    assert narrated.breaks == (3,)


def test_breaks_of_a_part_are_those_inside_it() -> None:
    for edits in ((), [Edit(0, 1, "o")]):
        narrated = apply_edits("one two three", edits, [3, 7])
        assert narrated.part(2, 9).breaks == (1, 5)
        assert narrated.part(3, 7).breaks == ()
        assert narrated.part(4, 13).text == "two three"
        assert narrated.part(4, 13).breaks == (3,)


def test_what_is_written_and_heard_are_found_by_each_other() -> None:
    same, other = apply_edits("a vote in May"), apply_edits("a vote12 in May", [Edit(6, 8, "")])
    assert same.written_range(2, 6) == same.narrated_range(2, 6) == same.written_sentence_range(2, 6) == (2, 6)
    assert other.narrated_range(9, 11) == (7, 9)
    assert other.narrated_range(0, 15) == (0, 13)
    assert other.written_range(13, 13) == (15, 15)
    assert other.written_sentence_range(0, 13) == (0, 15)
    assert other.written_sentence_range(2, 6) == (2, 8)


@given(
    st.text("abc 12", max_size=40),
    st.integers(0, 40),
    st.integers(0, 40),
    st.text("xy ", max_size=5),
    st.integers(0, 45),
)
def test_parts_together_hold_the_whole_written_text(text: str, one: int, two: int, spoken: str, cut: int) -> None:
    start, end = min(one, two, len(text)), min(max(one, two), len(text))
    narrated = apply_edits(text, [Edit(start, end, spoken)])
    cut = min(cut, len(narrated.text))
    parts = [narrated.part(0, cut), narrated.part(cut, len(narrated.text))] if cut else [narrated]
    assert "".join(part.original for part in parts) == text
