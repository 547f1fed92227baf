"""Turns small tables into sentences, one for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Block, Removed

#: Largest table that is read, without headings: more is hard to remember for a listener.
MAX_COLUMNS, MAX_ROWS = 4, 12
#: Words of a cell from which the table is not read.
MAX_CELL_WORDS = 30
#: Largest share of linked cells; a table with more is a menu.
MAX_LINKED = 0.5

#: The cells of a row by column number, from 1.
Row = dict[int, str]


def read_rows(entries: Sequence[Removed]) -> tuple[str, ...]:
    """Return a sentence for each row of a small table; () for a larger one, or if its columns are unknown.

    With headings, each cell follows its column's: "Year: 2024; Cost: two million." Without, the first cell names the
    row: "2024: two million."
    """
    rows = _rows(entries)
    head, body = _split_head(rows)
    columns = max((column for row, _ in rows for column in row), default=0)
    if not body or not 2 <= columns <= MAX_COLUMNS or len(body) > MAX_ROWS or _is_menu(entries):
        return ()
    if any(text.count(" ") >= MAX_CELL_WORDS for row in body for text in row.values()):
        return ()
    return tuple(_spoken_row(row, head) for row in body)


def _rows(entries: Sequence[Removed]) -> list[tuple[Row, bool]]:
    """Return the rows with their cells, and whether each has only headings; [] if the column of a cell is unknown."""
    rows: dict[int, Row] = {}
    heads: dict[int, bool] = {}
    for entry in entries:
        number = row_of(entry.block)
        column = int(entry.block.evidence.marks.get("column", 0)) if entry.block.evidence else 0
        if not number or not column:
            return []
        cells = rows.setdefault(number, {})
        cells[column] = f"{cells[column]} {entry.block.text}" if column in cells else entry.block.text
        heads[number] = heads.get(number, True) and _is_heading(entry.block)
    return [(cells, heads[number]) for number, cells in rows.items()]


def _split_head(rows: Sequence[tuple[Row, bool]]) -> tuple[Row, list[Row]]:
    """Return the first row if it has headings, else {}, and the other rows."""
    if rows and rows[0][1] and len(rows[0][0]) > 1:
        return rows[0][0], [row for row, _ in rows[1:]]
    return {}, [row for row, _ in rows]


def _spoken_row(row: Row, head: Row) -> str:
    """Return the sentence for a row."""
    texts = {column: _trim(text) for column, text in sorted(row.items())}
    if head:
        spoken = "; ".join(f"{_trim(head[c])}: {text}" if c in head else text for c, text in texts.items())
    else:
        first, *others = texts.values()
        spoken = f"{first}: {', '.join(others)}" if others else first
    return spoken if spoken.endswith((".", "!", "?", "…")) else f"{spoken}."


def _trim(text: str) -> str:
    """Return a cell's text without punctuation at its end, unless it is only punctuation."""
    return text.strip().rstrip(":;,.") or text


def _is_heading(block: Block) -> bool:
    """Return whether a cell is in a `th` or `thead` element."""
    path = block.evidence.path if block.evidence else ()
    return any(segment.partition(".")[0].partition("#")[0] in {"th", "thead"} for segment in path)


def _is_menu(entries: Sequence[Removed]) -> bool:
    """Return whether most of the cells are links."""
    linked = sum(entry.block.evidence.link_density for entry in entries if entry.block.evidence)
    return linked > MAX_LINKED * len(entries)


def row_of(block: Block) -> int:
    """Return the number of the table row element around a cell; 0 if it is unknown."""
    evidence = block.evidence
    if evidence is None:
        return 0
    pairs = zip(reversed(evidence.path[: len(evidence.elements)]), reversed(evidence.elements), strict=False)
    return next(
        (element for segment, element in pairs if segment == "tr" or segment.startswith(("tr.", "tr#", "tr@"))), 0
    )
