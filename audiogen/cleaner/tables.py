"""Small tables as sentences: each row with its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Block, Removed

#: A table is read where it is no larger, its headings not counted: a listener keeps that much in mind.
MOST_COLUMNS, MOST_ROWS = 4, 12
#: Longest cell that is read, in words.
CELL_WORDS = 30
#: Share of the cells inside links from which a table is a menu.
LINKED = 0.5

#: The cells of a row by column, from 1.
Row = dict[int, str]


def read_rows(entries: Sequence[Removed]) -> tuple[str, ...]:
    """Return a text for each row of a small table; nothing of a larger one, or if its columns are unknown.

    With headings, each cell follows its column's: "Year: 2024; Cost: two million." Without, the first cell names the
    row: "2024: two million."
    """
    rows = _rows(entries)
    head, body = _parted(rows)
    columns = max((column for row, _ in rows for column in row), default=0)
    if not body or not 2 <= columns <= MOST_COLUMNS or len(body) > MOST_ROWS or _is_menu(entries):
        return ()
    if any(text.count(" ") >= CELL_WORDS for row in body for text in row.values()):
        return ()
    return tuple(_spoken_row(row, head) for row in body)


def _rows(entries: Sequence[Removed]) -> list[tuple[Row, bool]]:
    """Return the rows with their cells, and whether each is of headings only; nothing if a cell has no column."""
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


def _parted(rows: Sequence[tuple[Row, bool]]) -> tuple[Row, list[Row]]:
    """Part the first row, where it holds headings, from the others."""
    if rows and rows[0][1] and len(rows[0][0]) > 1:
        return rows[0][0], [row for row, _ in rows[1:]]
    return {}, [row for row, _ in rows]


def _spoken_row(row: Row, head: Row) -> str:
    cells = sorted(row.items())
    if not head:
        (_, first), *others = cells
        spoken = f"{_bare(first)}: {', '.join(_bare(text) for _, text in others)}" if others else _bare(first)
    else:
        spoken = "; ".join(f"{_bare(head[c])}: {_bare(text)}" if c in head else _bare(text) for c, text in cells)
    return spoken if spoken.endswith((".", "!", "?", "…")) else f"{spoken}."


def _bare(text: str) -> str:
    return text.strip().rstrip(":;,.") or text


def _is_heading(block: Block) -> bool:
    path = block.evidence.path if block.evidence else ()
    return any(segment.partition(".")[0].partition("#")[0] in {"th", "thead"} for segment in path)


def _is_menu(entries: Sequence[Removed]) -> bool:
    linked = sum(entry.block.evidence.link_density for entry in entries if entry.block.evidence)
    return linked > LINKED * len(entries)


def row_of(block: Block) -> int:
    """Return the number of the row's element that a cell stands in; 0 if it is not known."""
    evidence = block.evidence
    if evidence is None:
        return 0
    pairs = zip(reversed(evidence.path[: len(evidence.elements)]), reversed(evidence.elements), strict=False)
    return next(
        (element for segment, element in pairs if segment == "tr" or segment.startswith(("tr.", "tr#", "tr@"))), 0
    )
