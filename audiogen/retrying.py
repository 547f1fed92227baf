"""The policy by which failed requests to servers are repeated, for pages and for speech."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

#: Statuses after which a later try may succeed: too many requests, and errors of the server.
TRANSIENT_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """The number of tries of a request, and the wait between two tries."""

    tries: int
    #: Seconds before the second try; each later wait is twice as long.
    backoff: float
    #: Most seconds to wait, even if the server asks for more.
    longest_wait: float

    def is_last(self, attempt: int) -> bool:
        """Return whether no try follows *attempt*, which is counted from 0."""
        return attempt + 1 >= self.tries

    def wait(self, attempt: int, asked: float | None = None) -> float:
        """Return the seconds before the next try: what the server *asked* for, or the backoff, whichever is longer.

        The backoff is multiplied by a random factor of 0.5 to 1.5, so that refused requests are not repeated all at
        once.
        """
        backoff: float = self.backoff * (1 << attempt) * random.uniform(0.5, 1.5)
        return min(self.longest_wait, max(backoff, asked or 0.0))


def retry_after(header: str | None) -> float | None:
    """Return the seconds that a `Retry-After` header asks for (RFC 9110, 10.2.3); None if it is missing or invalid.

    >>> retry_after("7"), retry_after("Sat, 01 Jan 2000 00:00:00 GMT"), retry_after("soon"), retry_after("²")
    (7.0, 0.0, None, None)
    """
    from email.utils import parsedate_to_datetime

    header = (header or "").strip()
    if header.isdecimal():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
