"""Parses the dates in exports of services."""

from __future__ import annotations

from datetime import UTC, datetime

#: Unix times above these are in milliseconds and microseconds; in seconds, they would be after the year 5138.
_MILLISECONDS, _MICROSECONDS = 1e11, 1e14
#: Seconds from 1601, where Chrome's times begin, to 1970.
_CHROME_EPOCH = 11_644_473_600


def moment(value: object) -> datetime | None:
    """Parse Unix seconds, milliseconds or microseconds, or ISO 8601 (UTC without a zone).

    None if it is none of these.

    >>> moment("1700000000") == moment(1700000000000) == moment("2023-11-14T22:13:20Z")
    True
    >>> moment("2024-01-15 10:00:00+00:00").isoformat()
    '2024-01-15T10:00:00+00:00'
    >>> moment("soon") is None
    True
    """
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip()
    try:
        return _unix(float(text))
    except ValueError:
        return _iso(text)


def chrome_moment(value: object) -> datetime | None:
    """Parse Chrome's microseconds since 1601; None if it is not a number.

    >>> chrome_moment("13344473600000000").isoformat()
    '2023-11-14T22:13:20+00:00'
    """
    try:
        return _unix(int(str(value)) / 1e6 - _CHROME_EPOCH)
    except ValueError:
        return None


def _unix(number: float) -> datetime | None:
    """Return the time of a Unix timestamp in s, ms or µs; None for 0 and for one out of range."""
    if number > _MICROSECONDS:
        number /= 1e6
    elif number > _MILLISECONDS:
        number /= 1e3
    try:
        # Zero is how some services write "never".
        return datetime.fromtimestamp(number, UTC) if number > 0 else None
    except (OverflowError, OSError, ValueError):
        return None


def _iso(text: str) -> datetime | None:
    """Parse ISO 8601, in UTC without a zone; None if it is something else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
