"""How the command line words a number of things."""

from __future__ import annotations


def counted(number: int, one: str, more: str = "") -> str:
    """Say how many there are, *more* where the plural has not just an s.

    >>> counted(1, "file"), counted(2_500, "file"), counted(0, "address", "addresses")
    ('1 file', '2,500 files', '0 addresses')
    """
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
