"""Limits how often something may be tried. The counts are in memory, and use the monotonic clock."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Maximum number of clients or names of each kind; the one with the oldest try is forgotten first.
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """A limit: a number of tries in a number of seconds."""

    tries: int
    seconds: float


#: The limits. Wrong passwords count for the client and for the user's name, with a limit high enough that one client
#: cannot lock out a user; wrong tokens count for the client.
RATES = {
    "password": Rate(5, 300.0),
    "password of": Rate(100, 3600.0),
    "token": Rate(20, 300.0),
}


class Rates:
    """Counts failed tries. Threads may share it."""

    def __init__(self, rates: Mapping[str, Rate] = RATES) -> None:
        """Take the limits by kind."""
        self._rates = rates
        self._lock = threading.Lock()
        self._tries: dict[str, OrderedDict[str, list[float]]] = {kind: OrderedDict() for kind in rates}

    def wait(self, kind: str, who: str, now: float | None = None) -> float:
        """Return the seconds after which *who* may try again; 0 means now."""
        now, rate = time.monotonic() if now is None else now, self._rates[kind]
        with self._lock:
            tries = [at for at in self._tries[kind].get(who, []) if at > now - rate.seconds]
        return max(0.0, tries[-rate.tries] + rate.seconds - now) if len(tries) >= rate.tries else 0.0

    def count(self, kind: str, who: str, now: float | None = None) -> None:
        """Record a failed try."""
        now = time.monotonic() if now is None else now
        with self._lock:
            known = self._tries[kind]
            known[who] = [*known.pop(who, [])[1 - self._rates[kind].tries :], now]
            while len(known) > _REMEMBERED:
                known.popitem(last=False)

    def forget(self, kind: str, who: str) -> None:
        """Reset the count of *who*, after a successful try."""
        with self._lock:
            self._tries[kind].pop(who, None)


def network_of(address: str) -> str:
    """Return the key that an address is counted under: itself, or the /64 network of an IPv6 address.

    >>> network_of("203.0.113.7"), network_of("2001:db8:1:2:3:4:5:6")
    ('203.0.113.7', '2001:db8:1:2::/64')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((parsed, 64), strict=False))
