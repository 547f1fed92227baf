"""Reads lists of addresses, one per line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Number of bytes that are examined to tell a list of addresses from a text.
_PEEK = 8192


def is_address(text: str) -> bool:
    """Return whether *text* is an HTTP address without spaces.

    >>> is_address("https://news.example/a"), is_address("javascript:void(0)"), is_address("see https://a.example")
    (True, False, False)
    """
    return text.startswith(("http://", "https://")) and " " not in text and len(text) > len("https://")


def read_addresses(path: Path) -> Iterator[Source] | None:
    """Return the addresses in a text file; None if a line is something else.

    Blank lines and lines that begin with "#" are ignored.
    """
    with path.open("rb") as file:
        peek = file.read(_PEEK)
    lines = peek.decode("utf-8-sig", "replace").splitlines()
    # The last line may be cut by the peek.
    seen = [line.strip() for line in (lines[:-1] if len(peek) == _PEEK else lines)]
    candidates = [line for line in seen if line and not line.startswith("#")]
    if not candidates or not all(is_address(line) for line in candidates):
        return None
    return _lines(path)


def _lines(path: Path) -> Iterator[Source]:
    """Yield a source for each address in the file."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            address = line.strip()
            if is_address(address):
                yield Source(address, url=address)
