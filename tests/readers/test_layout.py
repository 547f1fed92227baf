"""Lines with places become paragraphs in reading order; each threshold has a case on both sides."""

from __future__ import annotations

import pytest

from audiogen.model import Block, BlockKind
from audiogen.readers.layout import Line, Sheet, read_sheets

WIDTH, HEIGHT = 600.0, 800.0
WORDS = "the harbour froze and no ferry left it for nine days"


def line(text: str, top: float, *, left: float = 60.0, size: float = 10.0, bold: bool = False) -> Line:
    return Line(text, left, top, left + 0.5 * size * len(text), top + size, size, bold)


def sheet(*lines: Line) -> Sheet:
    return Sheet(WIDTH, HEIGHT, lines)


def described(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if not (block.evidence and block.evidence.marks)]


def page(number: int, head: str = "", foot: str = "") -> Sheet:
    body = [line(f"{chr(97 + number)}{row} {WORDS}", 100 + 12 * row) for row in range(10)]
    around = [line(head, 30)] * bool(head) + [line(foot, 770)] * bool(foot)
    return sheet(*body, *around)


HEADS = {
    "a head on every page": (["Quay Post"] * 4, [""] * 4, 4),
    "numbers": ([""] * 4, ["1", "2", "3", "4"], 4),
    "numbers of so many": ([""] * 4, [f"Page {n} of 4" for n in range(1, 5)], 4),
    "heads that take turns": (["Quay Post", "Ice", "Quay Post", "Ice"], [""] * 4, 4),
    "another line on each": (["One day", "Two nights", "Three weeks", "No more"], [""] * 4, 0),
}


@pytest.mark.parametrize(("heads", "feet", "count"), HEADS.values(), ids=HEADS)
def test_what_stands_on_several_pages_is_set_aside(heads: list[str], feet: list[str], count: int) -> None:
    blocks = read_sheets([page(n, head, foot) for n, (head, foot) in enumerate(zip(heads, feet, strict=True))])
    assert sum("furniture" in block.evidence.marks for block in blocks if block.evidence) == count


GAPS = {"a line's distance": (12, 1), "half a line more": (19, 2)}


@pytest.mark.parametrize(("gap", "count"), GAPS.values(), ids=GAPS)
def test_white_parts_paragraphs(gap: int, count: int) -> None:
    lines = [line(f"So {WORDS}.", 100 + 12 * n) for n in range(4)]
    lines += [line(f"So {WORDS}.", 136 + gap + 12 * n) for n in range(4)]
    assert len(read_sheets([sheet(*lines)])) == count


INDENTS = {"none": (0, 1), "less than a letter": (5, 1), "an indent": (14, 2)}


@pytest.mark.parametrize(("indent", "count"), INDENTS.values(), ids=INDENTS)
def test_an_indent_begins_a_paragraph(indent: int, count: int) -> None:
    lines = [line(f"So {WORDS}.", 100 + 12 * n, left=60 + indent * (n == 3)) for n in range(6)]
    assert len(read_sheets([sheet(*lines)])) == count


SIZES = {"the text's size": (10.0, False, BlockKind.PARAGRAPH), "a little more": (11.0, False, BlockKind.PARAGRAPH),
         "larger": (11.5, False, BlockKind.HEADING), "bold": (10.0, True, BlockKind.HEADING)}  # fmt: skip


@pytest.mark.parametrize(("size", "bold", "kind"), SIZES.values(), ids=SIZES)
def test_a_large_or_bold_line_is_a_heading(size: float, bold: bool, kind: BlockKind) -> None:
    lines = [line(f"{WORDS} {n}", 160 + 12 * n) for n in range(6)]
    assert read_sheets([sheet(line("The ice", 120, size=size, bold=bold), *lines)])[0].kind is kind


def column(left: float, name: str, rows: int = 6) -> list[Line]:
    return [line(f"{name}{row} a ferry left the quay", 200 + 12 * row, left=left) for row in range(rows)]


def test_columns_are_read_one_after_the_other_also_below_a_line_that_runs_across() -> None:
    across = line("A headline that runs across both of the columns of this page", 150, size=16)
    text = " ".join(described(read_sheets([sheet(*column(330, "b"), across, *column(60, "a"))])))
    assert text.index("headline") < text.index("a0") < text.index("a5") < text.index("b0") < text.index("b5")


def test_cells_are_rows_and_no_columns() -> None:
    cells = [line(text, 200 + 14 * row, left=left) for row in range(5) for left, text in ((60, "North"), (250, "40"))]
    lines = [line(f"{WORDS} {n}", 100 + 12 * n) for n in range(6)]
    blocks = read_sheets([sheet(*lines, *cells)])
    assert [block.text for block in blocks if block.kind is BlockKind.TABLE] == ["North 40"] * 5
    assert (
        len({block.evidence.marks["table"] for block in blocks if block.evidence and block.kind is BlockKind.TABLE})
        == 1
    )


JOINED = {
    "a word that goes on": ("it lay in the har-", "bour for weeks", "it lay in the harbour for weeks"),
    "a sentence that goes on": ("it lay on the", "quay for weeks", "it lay on the quay for weeks"),
    "a sentence that ended": ("it lay there.", "the quay was empty", ""),
    "a name that may begin one": ("it lay on the", "Quay for weeks", ""),
}


@pytest.mark.parametrize(("before", "after", "joined"), JOINED.values(), ids=JOINED)
def test_a_paragraph_goes_on_on_the_next_page_where_its_sentence_does(before: str, after: str, joined: str) -> None:
    blocks = described(read_sheets([sheet(line(before, 300)), sheet(line(after, 120))]))
    assert blocks == ([joined] if joined else [before, after])


NOTES = {"small and low": (8.0, 700, True), "small and high": (8.0, 200, False), "low": (10.0, 700, False)}


@pytest.mark.parametrize(("size", "top", "set_aside"), NOTES.values(), ids=NOTES)
def test_a_note_is_small_low_and_numbered(size: float, top: float, set_aside: bool) -> None:
    lines = [line(f"{WORDS} {n}", 300 + 12 * n) for n in range(8)]
    blocks = read_sheets([sheet(*lines, line("1 Harbour office, in the year 1924.", top, size=size))])
    notes = [block for block in blocks if block.evidence and "footnote" in block.evidence.marks]
    assert bool(notes) is set_aside


def test_the_contents_are_set_aside() -> None:
    lines = [line(f"{n} The ice . . . . . . . . . . {n}", 300 + 30 * n) for n in range(3)]
    assert described(read_sheets([sheet(*lines)])) == []
