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
