"""Lists of addresses, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Bytes that are looked at to tell a list of addresses from a text.
_PEEK = 8192


def is_address(text: str) -> bool:
    """Return whether *text* is one address that can be fetched.

    >>> is_address("https://news.example/a"), is_address("javascript:void(0)"), is_address("see https://a.example")
    (True, False, False)
    """
    return text.startswith(("http://", "https://")) and " " not in text and len(text) > len("https://")


def read_addresses(path: Path) -> Iterator[Source] | None:
    """Read a text file in which every line is an address; blank lines and those that start with # are passed over."""
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
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            address = line.strip()
            if is_address(address):
                yield Source(address, url=address)
