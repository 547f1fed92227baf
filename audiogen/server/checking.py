"""Runs `audiogen check` on the library in a process of its own, when a user asks for it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds after which the check is aborted; it decodes up to ten thousand episodes.
_LONGEST = 4 * 3600.0


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a check."""

    #: When it ended, in seconds since 1970.
    at: float
    #: Why the check failed; "" if it did not.
    fault: str = ""
    episodes: int = 0
    unchanged: int = 0
    #: Faults: pairs of a slug ("" for the library itself) and a message.
    faults: tuple[tuple[str, str], ...] = ()
    #: Episodes worth listening to: pairs of a slug and a message.
    remarks: tuple[tuple[str, str], ...] = ()


class Checker:
    """Checks the library, once at a time, and keeps the last result in memory."""

    def __init__(self, library: Path | str) -> None:
        """Create a checker of the library at a folder or address."""
        self._library = library
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.result: Result | None = None

    @property
    def is_running(self) -> bool:
        """Whether a check is running."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Start a check, unless one is running."""
        with self._lock:
            if not self.is_running:
                self._thread = threading.Thread(target=self._run, name="audiogen-check", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        """Run `audiogen check` in a process of its own, and keep its result."""
        command = [sys.executable, "-m", "audiogen", "check", str(self._library), "--json"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
            self.result = result_of(json.loads(done.stdout))
        except (OSError, subprocess.TimeoutExpired) as error:
            self.result = Result(time.time(), f"It could not be run ({type(error).__name__}).")
        except (ValueError, KeyError, TypeError):
            self.result = Result(time.time(), " ".join(done.stderr.split())[-500:] or "It gave no report.")


def result_of(report: dict[str, Any]) -> Result:
    """Parse the output of `audiogen check --json`."""
    verdicts = report["verdicts"]
    return Result(
        time.time(),
        episodes=len(verdicts),
        unchanged=report["unchanged"],
        faults=(
            *((verdict["slug"], fault["message"]) for verdict in verdicts for fault in verdict["faults"]),
            *(("", fault["message"]) for fault in report["strays"]),
        ),
        remarks=tuple(
            (verdict["slug"], remark) for verdict in verdicts for remark in (*verdict["remarks"], *verdict["edits"])
        ),
    )
