"""Where marked stretches stand once the white space of a text is collapsed."""

from hypothesis import given
from hypothesis import strategies as st

from audiogen.model import SpanKind
from audiogen.readers.spans import text_spans

PIECES = st.lists(st.text("ab1 \n\u200b\v²é", max_size=6), min_size=1, max_size=12)


@given(PIECES, st.data())
def test_spans_lie_inside_the_text_and_hold_what_was_marked(pieces: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(pieces)))
    last = data.draw(st.integers(first, len(pieces)))
    text = " ".join("".join(pieces).replace("\u200b", "").split())
    for span in text_spans(pieces, [(first, last, (SpanKind.RAISED, ""))]):
        assert 0 <= span.start < span.end <= len(text)
        inside = " ".join("".join(pieces[first:last]).replace("\u200b", "").split())
        assert text[span.start : span.end] == inside


@given(PIECES)
def test_a_line_break_is_the_space_between_two_words(pieces: list[str]) -> None:
    broken = [*pieces, "\v", *pieces]
    text = " ".join("".join(broken).replace("\u200b", "").split())
    for span in text_spans(broken, [(len(pieces), len(pieces) + 1, (SpanKind.LINE_BREAK, ""))]):
        assert text[span.start : span.end] == " "


def test_a_formula_without_a_character_keeps_its_place() -> None:
    found = text_spans(["so ", "", " is"], [(1, 2, (SpanKind.FORMULA, "x"))])
    assert [(span.start, span.end) for span in found] == [(2, 2)]
