"""What `--verbose` adds to stderr: what audiogen logs as it works."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiogen.untrusted import visible, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lines(logging.Formatter):
    """Writes a record as one line with the time; a title that a stranger wrote breaks none."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        told = visible(without_secrets(record.getMessage()))
        return f"{time.strftime('%H:%M:%S', time.localtime(record.created))} {told}"


@contextmanager
def logging_to_stderr() -> Iterator[None]:
    """Write what audiogen logs to stderr meanwhile."""
    logger, handler = logging.getLogger("audiogen"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
