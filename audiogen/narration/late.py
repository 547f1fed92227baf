"""Regular expressions that are compiled when they are first used.

A text needs few of the package's patterns, and compiling all of them would take most of the time for the first text.
"""

from __future__ import annotations

import re
from typing import cast

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "split")


class _Late:
    """A proxy of a pattern, which is compiled at the first call of one of its methods."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, verb: str) -> object:
        """Return a method of the compiled pattern. All methods become attributes, so that later calls are direct."""
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
