"""Silences loggers of other libraries during calls, and restores them."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Number of calls that silence a logger now, and its level before the first of them.
_calls: Counter[str] = Counter()
_levels: dict[str, int] = {}
_lock = Lock()
#: Above every level that a record can have.
_SILENT = logging.CRITICAL + 1


@contextmanager
def silenced(name: str) -> Iterator[None]:
    """Silence a logger and its children during the block, because their messages about a page do not help users.

    Several threads may do so at the same time; the last one restores the level.
    """
    logger = logging.getLogger(name)
    with _lock:
        if not _calls[name]:
            _levels[name] = logger.level
            logger.setLevel(_SILENT)
        _calls[name] += 1
    try:
        yield
    finally:
        with _lock:
            _calls[name] -= 1
            if not _calls[name]:
                level = _levels.pop(name)
                # A library may have given its own logger a level meanwhile.
                logger.setLevel(level if logger.level == _SILENT else logger.level)
