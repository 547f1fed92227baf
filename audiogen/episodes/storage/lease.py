"""A lock in a bucket: an object that names the holder, and the time until which the lock is held.

A store has no locks that become free when their holder dies. So a holder writes a time of expiry, renews it while it
works, and counts as dead after it. Machines whose clocks differ by more than a minute should not share a library.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from audiogen.episodes.storage.objects import Objects

#: Seconds from a renewal to the expiry.
LENGTH = 90.0
#: Seconds between two checks of a lock that another holds.
LOOK = 2.0


class Lease:
    """One holder's lock on one name."""

    def __init__(self, store: Objects, name: str) -> None:
        """Take the name of the object that is the lock."""
        self._store, self._name = store, name
        self._holder = uuid.uuid4().hex
        self._released = threading.Event()
        self._renewal: threading.Thread | None = None

    def take(self) -> bool:
        """Take the lock, if it is free or its holder is dead."""
        if not self._store.create(self._name, self._content()) and not self._take_over():
            return False
        self._renewal = threading.Thread(target=self._renew, name="audiogen-lease", daemon=True)
        self._renewal.start()
        return True

    def release(self) -> None:
        """Release the lock."""
        self._released.set()
        if self._renewal is not None:
            # A renewal after the removal would lock the name once more.
            self._renewal.join()
            self._store.remove(self._name)

    def _take_over(self) -> bool:
        """Take over from a dead holder: claim the object that follows its own, while it is still the holder."""
        holder, until = self._read(self._name)
        if not holder or until > time.time():
            return False
        claim = f"{self._name}.after-{holder}"
        if not self._store.create(claim, self._content()):
            if self._read(claim)[1] < time.time():
                # The process that claimed it died as well; the next check finds it free.
                self._store.remove(claim)
            return False
        mine = self._read(self._name)[0] == holder
        if mine:
            self._store.write(self._name, self._content())
        self._store.remove(claim)
        return mine

    def _renew(self) -> None:
        while not self._released.wait(LENGTH / 3):
            # If one renewal fails, the next one follows soon.
            with suppress(LibraryError):
                self._store.write(self._name, self._content())

    def _content(self) -> bytes:
        return json.dumps({"holder": self._holder, "until": time.time() + LENGTH}).encode()

    def _read(self, name: str) -> tuple[str, float]:
        """Return the holder of a lock and its time of expiry; "" if nobody holds it."""
        content = self._store.read(name)
        if content is None:
            return "", 0.0
        try:
            data = json.loads(content)
            return str(data.get("holder", "")), float(data.get("until", 0.0))
        except (ValueError, AttributeError, TypeError):
            # Another program wrote it; a holder's name is needed for the claim.
            return "nobody", 0.0
