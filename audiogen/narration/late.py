"""Regular expressions that are compiled when they are first used.

A text needs few of the package's patterns, and to compile them all takes longer than anything else in the first text.
"""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "split")


class _Late:
    """A proxy of a pattern, which is compiled when one of its methods is first used."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, verb: str) -> object:
        """Compile the pattern, and keep its methods as attributes, so that they are found directly afterwards."""
        if verb not in _METHODS:
            raise AttributeError(verb)
        compiled = re.compile(self.pattern, self.flags)
        for known in _METHODS:
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, verb)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled on its first use.

    >>> late(r"[a-z]+").match("said so")[0]
    'said'
    """
    return cast("re.Pattern[str]", _Late(pattern, flags))
