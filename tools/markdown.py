"""Pieces of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The first line of a page that nobody edits by hand.
MADE = "<!-- Made by `make docs-pages` of the source, and compared with it by a test. Edit the source. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    r"""Write the lines of a table.

    >>> list(table(("a", "b"), [("1", "x|y")]))
    ['| a | b |', '|---|---|', '| 1 | x\\|y |']
    """
    yield _row(head)
    yield "|" + "---|" * len(head)
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    escaped = [" ".join(cell.replace("|", r"\|").split()) for cell in cells]
    return f"| {' | '.join(escaped)} |"


def page(lines: Iterable[str]) -> str:
    """Join the lines of a made page."""
    return "\n".join([MADE, "", *lines]).rstrip() + "\n"
