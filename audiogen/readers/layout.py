"""Converts printed pages (lines with positions) to blocks: columns, headings, paragraphs; without running heads.

PDF and OCR give a set of lines with positions. A page is cut at blank areas, alternately from side to side and from top
to bottom (the recursive XY cut, Nagy and Seth 1984), which puts columns in order. Lines become paragraphs by their
distances, indents and sizes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from audiogen.model import Block, BlockKind, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Share of a page's height, at top and bottom, that may hold running heads and feet.
MARGIN = 0.12
#: Minimum size of a heading, and maximum size of a note, relative to the text.
LARGER, SMALLER = 1.12, 0.93
#: Minimum gap between cells or columns, and between paragraphs, relative to the text's size.
GUTTER, APART = 1.0, 1.45
#: Minimum number of lines of a column, and median length of its lines in characters; smaller ones are of a table.
COLUMN_LINES, COLUMN_LETTERS = 3, 14
_NUMBER = re.compile(
    r"(?i)\W*(?:(?:page|seite|p\.|str\.|стр\.|с\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})"
    r"(?:\s*(?:/|of|von|de|sur|из|з)\s*\d{1,4})?\W*\Z"
)
_BULLET = re.compile(r"[•◦▪‣●○■–*·]\s+(?=\S)")
_ITEM = re.compile(r"(?:[•◦▪‣●○■*·–]|\(?(?:\d{1,2}|[a-z])[.)])\s")
#: The first number of tables, above those of blocks.
_TABLES = 1_000_000
#: Dot leaders and a page number in a table of contents.
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d+\s*\Z")
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?[.)]?|[*†‡§¹²³⁴⁵⁶⁷⁸⁹]+)\s*\S")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)\]]*\Z")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text on one line of a page; y grows downwards, in points or pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size, and its lines in any order."""

    width: float
    height: float
    lines: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Paragraph:
    """Lines that become one block."""

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    marks: dict[str, float] = field(default_factory=dict)
    level: int = 0
    text: str = ""
    #: Whether its first line is indented, and whether its last line reaches the right edge of justified text.
    indented: bool = False
    full: bool = False


def read_sheets(sheets: Sequence[Sheet]) -> list[Block]:
    """Return the blocks of pages in reading order.

    Running heads, feet and notes are marked, because they are not spoken.
    """
    body = _body_size(sheets)
    furniture = _furniture(sheets, body)
    words = Counter(word for sheet in sheets for line in sheet.lines for word in _WORD.findall(line.text.lower()))
    paragraphs: list[_Paragraph] = []
    for number, sheet in enumerate(sheets):
        aside = [line for line in sheet.lines if (number, line) in furniture]
        lines = [line for line in sheet.lines if (number, line) not in furniture]
        found = [part for column in _columns(lines, body) for part in _of_column(column, body, sheet)]
        paragraphs += [_Paragraph([line], marks={"furniture": 1.0}) for line in aside]
        paragraphs += _with_tables(found, number)
    _set_levels(paragraphs)
    return [_block(part, index) for index, part in enumerate(_joined(paragraphs, words), 2) if part.text]


def _body_size(sheets: Sequence[Sheet]) -> float:
    """Return the type size of most characters, rounded to half a point; 1.0 if the sheets have no text."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] or 1.0 if sizes else 1.0


def _furniture(sheets: Sequence[Sheet], body: float) -> set[tuple[int, Line]]:
    """Return the running heads and feet: rows in the margins, from the edge inwards, that occur on several pages.

    Page numbers belong to them, and a single row of small print at the edge that is far from the next row.
    """
    margins = ({_folded(line) for line in sheet.lines if _in_margin(line, sheet)} for sheet in sheets)
    seen = Counter(text for margin in margins for text in margin)
    repeated = {text for text, count in seen.items() if count > 1 and count >= 0.2 * len(sheets)}
    found: set[tuple[int, Line]] = set()
    for number, sheet in enumerate(sheets):
        rows = [[line for line in row if line.text] for row in _rows(list(sheet.lines))]
        for inwards in (rows, rows[::-1]):
            for index, row in enumerate(inwards):
                margin = all(_in_margin(line, sheet) for line in row)
                known = all(_folded(line) in repeated or _NUMBER.match(line.text) for line in row)
                if not margin or not (known or (index == 0 and _stands_apart(row, inwards[1:2], body))):
                    break
                found |= {(number, line) for line in row}
    return found


def _in_margin(line: Line, sheet: Sheet) -> bool:
    """Return whether a line is in the top or bottom margin."""
    return line.bottom < MARGIN * sheet.height or line.top > (1 - MARGIN) * sheet.height


def _stands_apart(row: list[Line], following: list[list[Line]], body: float) -> bool:
    """Return whether a row is small print more than two lines away from the next row."""
    size, words = max(line.size for line in row), sum(len(line.text.split()) for line in row)
    return (
        size < SMALLER * body
        and words <= 12
        and all(abs(line.top - row[0].top) > 3 * size for other in following for line in other)
    )


def _folded(line: Line) -> tuple[str, int]:
    """Return a line's text without numbers and its size, by which running heads of different pages are equal."""
    return re.sub(r"\d+", "#", line.text.lower()), round(line.size)


def _columns(lines: list[Line], body: float) -> Iterator[list[Line]]:
    """Yield the parts of a page in reading order (recursive XY cut); *body* is the text's size."""
    waiting = [lines]
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        if halves := _cut_upright(part, body) or _cut_across(part, body):
            waiting += reversed(halves)
        else:
            yield sorted(part, key=lambda line: (round(line.top / max(1.0, line.size / 2)), line.left))


def _cut_upright(lines: list[Line], body: float) -> tuple[list[Line], list[Line]] | None:
    """Return the lines on both sides of the widest vertical gap between columns; None if there is none."""
    gaps = []
    ordered = sorted(lines, key=lambda line: line.left)
    reach = ordered[0].right
    for line in ordered[1:]:
        if line.left - reach >= GUTTER * body:
            gaps.append((line.left - reach, line.left))
        reach = max(reach, line.right)
    for _, edge in sorted(gaps, reverse=True):
        left, right = [x for x in lines if x.left < edge], [x for x in lines if x.left >= edge]
        if all(len(side) >= COLUMN_LINES and _is_prose(side) for side in (left, right)):
            return left, right
    return None


def _is_prose(lines: list[Line]) -> bool:
    """Return whether lines are long enough for prose."""
    return median(len(line.text) for line in lines) >= COLUMN_LETTERS


def _cut_across(lines: list[Line], body: float) -> tuple[list[Line], list[Line]] | None:
    """Return the lines above and below the widest horizontal gap, if one part may have columns; otherwise None."""
    ordered = sorted(lines, key=lambda line: line.top)
    rows = sum(later.top > line.top + 0.5 * line.height for line, later in pairwise(ordered)) + 1
    if len(lines) < rows + COLUMN_LINES - 1:
        return None
    gaps, reach = [], ordered[0].bottom
    for line in ordered[1:]:
        if line.top - reach > 0.1 * body:
            gaps.append((line.top - reach, line.top))
        reach = max(reach, line.bottom)
    if not gaps:
        return None
    parts = (([x for x in lines if x.top < edge], [x for x in lines if x.top >= edge]) for _, edge in gaps)
    # Below a headline that runs across, the columns begin; else the widest white parts what belongs together least.
    below = next((part for part in parts if _cut_upright(part[1], body)), None)
    if below is not None:
        return below
    _, edge = max(gaps)
    return [line for line in lines if line.top < edge], [line for line in lines if line.top >= edge]


def _rows(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines that are beside each other, from left to right."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        if row and (line.top + line.bottom) / 2 > row[0].bottom - 0.2 * row[0].height:
            yield sorted(row, key=lambda cell: cell.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda cell: cell.left)


def _paragraphs(lines: list[Line], body: float, sheet: Sheet) -> list[_Paragraph]:
    """Return the paragraphs, headings, items, notes and table rows of a column."""
    rows = list(_rows(lines))
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = [two[0].top - one[0].top for one, two in pairwise(rows) if two[0].size == one[0].size]
    # Most lines are a paragraph's; where half of them are paragraphs of one line, a quarter still is.
    step = sorted(steps)[len(steps) // 4] if steps else body * 1.2
    parts: list[_Paragraph] = []
    last: Line | None = None
    for cells in rows:
        line = _merged(cells)
        if len(cells) > 1 and _is_row(cells, body):
            parts.append(_Paragraph([line], BlockKind.TABLE))
        elif last is None or parts[-1].kind is BlockKind.TABLE or _begins(line, last, parts[-1], step, (left, right)):
            parts.append(_started(line, body, sheet))
        else:
            parts[-1].lines.append(line)
        last = line
    justified = sum(line.right > right - 0.2 * body for line in lines) > 0.6 * len(lines) > 3
    for part in parts:
        part.indented = part.lines[0].left > left + 0.8 * body
        part.full = justified and part.lines[-1].right > right - 0.2 * body
    return [_settled(part, body) for part in parts]


def _with_tables(parts: list[_Paragraph], page: int) -> list[_Paragraph]:
    """Return the parts with table numbers for the rows of tables; a single row is a paragraph."""
    for is_table, group in groupby(enumerate(parts), key=lambda each: each[1].kind is BlockKind.TABLE):
        rows = list(group) if is_table else []
        for _, row in rows:
            row.kind = BlockKind.TABLE if len(rows) > 1 else BlockKind.PARAGRAPH
            row.marks = {"table": _TABLES + 1000.0 * page + rows[0][0]} if len(rows) > 1 else {}
    return parts


def _of_column(lines: list[Line], body: float, sheet: Sheet) -> list[_Paragraph]:
    """Return a column's paragraphs; only the last one may continue in the next column."""
    parts = _paragraphs(lines, body, sheet)
    for part in parts[:-1]:
        part.full = False
    return parts


def _merged(cells: list[Line]) -> Line:
    """Return the cells of a row as one line."""
    widest = max(cells, key=lambda cell: len(cell.text))
    return replace(
        widest, text=" ".join(cell.text for cell in cells), left=cells[0].left, right=cells[-1].right,
        top=min(cell.top for cell in cells), bottom=max(cell.bottom for cell in cells),
    )  # fmt: skip


def _is_row(cells: list[Line], body: float) -> bool:
    """Return whether the parts of a line are cells of a table, and not widely spaced words, or a bullet and text."""
    wide = [two.left - one.right for one, two in pairwise(cells)]
    return (
        (len(cells) > 2 or max(wide) > 1.5 * body) and not _ITEM.match(f"{cells[0].text} ") and len(cells[0].text) > 1
    )


def _begins(line: Line, last: Line, part: _Paragraph, step: float, sides: tuple[float, float]) -> bool:
    """Return whether a line begins a paragraph, after *last*, the last line of *part*.

    *step* is the usual distance of lines, *sides* are the left and right edge of the column.
    """
    left, right = sides
    other = abs(line.size - last.size) > 0.08 * last.size or (line.bold != last.bold and len(part.lines) < 3)
    far = line.top - last.top > APART * max(step, last.size)
    first = part.lines[0]
    indent = line.left - min(last.left, *(one.left for one in part.lines)) if len(part.lines) > 1 else line.left - left
    hanging = _ITEM.match(first.text) or "footnote" in part.marks
    indented = 0.8 * line.size < indent < 0.25 * (right - left) and not hanging
    ended = _SENTENCE_END.search(last.text) and last.right < right - 0.12 * (right - left)
    return bool(other or far or _ITEM.match(line.text) or indented or ended)


def _started(line: Line, body: float, sheet: Sheet) -> _Paragraph:
    """Return a paragraph that begins with a line, marked if it is a note."""
    note = line.size < SMALLER * body and line.top > 0.5 * sheet.height and _NOTE.match(line.text)
    return _Paragraph([line], marks={"footnote": 1.0} if note else {})


def _settled(part: _Paragraph, body: float) -> _Paragraph:
    """Return the paragraph as a heading or list item if it looks like one."""
    first, words = part.lines[0], sum(len(line.text.split()) for line in part.lines)
    if part.marks or part.kind is not BlockKind.PARAGRAPH:
        return part
    if _LEADERS.search(first.text):
        part.marks["contents"] = 1.0
        return part
    large = first.size > LARGER * body
    bold = all(line.bold for line in part.lines) and words <= 20 and len(part.lines) <= 2
    if (large and words <= 40) or (bold and not _SENTENCE_END.search(part.lines[-1].text)):
        part.kind = BlockKind.HEADING
    elif _BULLET.match(first.text):
        part.kind, part.level = BlockKind.LIST_ITEM, 1
        part.lines[0] = replace(first, text=_BULLET.sub("", first.text, count=1))
    elif first.size < SMALLER * body and words < 60:
        part.marks["small"] = 1.0
    return part


def _set_levels(parts: Sequence[_Paragraph]) -> None:
    """Set the levels of headings by their sizes, 1 for the largest."""
    sizes = sorted({round(part.lines[0].size) for part in parts if part.kind is BlockKind.HEADING}, reverse=True)
    for part in parts:
        if part.kind is BlockKind.HEADING:
            part.level = min(6, sizes.index(round(part.lines[0].size)) + 1)


def _joined(parts: Iterable[_Paragraph], words: Counter[str]) -> list[_Paragraph]:
    """Return the paragraphs with the text of their lines; one that continues in the next column or page is joined."""
    kept: list[_Paragraph] = []
    open_: _Paragraph | None = None
    for part in parts:
        part.text = _text(part.lines, words)
        if part.kind is not BlockKind.PARAGRAPH or part.marks:
            kept.append(part)
            continue
        if open_ is not None and _goes_on(open_, part):
            open_.lines += part.lines
            open_.full = part.full
            open_.text = _text([replace(open_.lines[0], text=open_.text), *part.lines], words)
            continue
        kept.append(part)
        open_ = part
    return kept


def _goes_on(part: _Paragraph, following: _Paragraph) -> bool:
    """Return whether *following* continues the paragraph."""
    start = following.text.lstrip("\"'“‘„«(")[:1]
    return (start.islower() and not _SENTENCE_END.search(part.text)) or (part.full and not following.indented)


def _text(lines: Sequence[Line], words: Counter[str]) -> str:
    """Return the text of lines; hyphens at line ends are removed unless they belong to the word."""
    text = ""
    for line in lines:
        following = " ".join(line.text.split())
        found = _HYPHEN.search(text)
        if found and following[:1].islower():
            text = text[:-1] + ("-" if _keeps_hyphen(found[1], following, words) else "") + following
        else:
            text = f"{text} {following}" if text else following
    return text


def _keeps_hyphen(before: str, after: str, words: Counter[str]) -> bool:
    """Return whether a hyphen at a line's end belongs to the word, by the spellings elsewhere in the document."""
    found = _WORD.match(after)
    second = found[0].lower() if found else ""
    whole, compound = before.lower() + second, f"{before.lower()}-{second}"
    return words[compound] > words[whole]


def _block(part: _Paragraph, index: int) -> Block:
    """Return the block of a paragraph, with the path that it would have on a page; table rows share their table."""
    table = int(part.marks.get("table", 0))
    path = ("body", "table", "tr") if table else ("body", "p")
    elements = (1, table, index) if table else (1, index)
    return Block(part.text, part.kind, part.level, evidence=Evidence(path, marks=part.marks, elements=elements))
