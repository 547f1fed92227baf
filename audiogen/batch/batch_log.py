"""The log of a library's batches: a line for each article, with the traceback of each crash."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from audiogen.errors import CrashError
from audiogen.untrusted import visible, without_secrets

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from audiogen.model import Outcome


class BatchLog:
    """A log file that is opened at the first line, so that a run with nothing to do changes nothing."""

    def __init__(self, path: Path, *, quiet: bool = False) -> None:
        """Take the file's path; if *quiet*, nothing is written."""
        self._path, self._quiet = path, quiet
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, outcome: Outcome) -> None:
        """Write the line of an outcome."""
        if self._quiet:
            return
        # A log that cannot be written must not stop the work.
        with suppress(OSError):
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
            self._file.write(without_secrets(_line(outcome)))


def _line(outcome: Outcome) -> str:
    """Return the log line of an outcome, with the traceback of a crash."""
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    text = f"{now} {outcome.status:<9} {visible(outcome.source)}"
    if outcome.episode and outcome.work:
        text += f" -> {outcome.episode.slug} ({outcome.episode.duration:.0f} s of sound in {outcome.work:.1f} s)"
    elif outcome.error or outcome.note:
        text += f": {visible(outcome.note or str(outcome.error))}"
    if isinstance(outcome.error, CrashError) and outcome.error.trace:
        text += "\n" + "\n".join(f"    {line}" for line in outcome.error.trace.rstrip().splitlines())
    return text + "\n"
