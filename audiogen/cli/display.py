"""What a batch shows on a terminal while it runs: how far the pile is, and a line for each worker with its article."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiogen.cli.verbosity import is_quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console, RenderableType

    from audiogen.batch.scheduler import Activity, Batch

#: Lines of the display besides those of workers: the bar, the counts, and the cursor's own.
_OTHER_LINES = 3
#: Columns of a worker's line before what it works on: "  12  speaking  ".
_INDENT = 16


class WorkerLines:
    """Gives each worker a line that what it has in hand does not leave: lines that jump cannot be read."""

    def __init__(self, size: int) -> None:
        """Take the number of workers."""
        self._lines: list[Activity | None] = [None] * size

    def assign(self, activities: Sequence[Activity]) -> list[Activity | None]:
        """Return the activity of each line, None for an idle worker; an activity keeps its line while it lasts."""
        new = list(activities)
        for index, activity in enumerate(self._lines):
            if activity in new:
                new.remove(activity)
            else:
                self._lines[index] = None
        for index, activity in enumerate(self._lines):
            if activity is None and new:
                self._lines[index] = new.pop(0)
        return list(self._lines)


@contextmanager
def display(
    batch: Batch, total: int, counted: Callable[[], str], near: Callable[[str], str]
) -> Iterator[Callable[[], None]]:
    """Show a batch of *total* sources on stderr where that is a terminal; give what is called after each of them.

    *counted* says what became of those so far, *near* shortens a source's name.
    """
    if not sys.stderr.isatty() or is_quiet() or not total:
        yield lambda: None
        return
    from rich.console import Console, Group
    from rich.live import Live
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("ETA"), TimeRemainingColumn())
    progress = Progress(*columns, console=console)
    task, lines = progress.add_task("", total=total), WorkerLines(batch.size)

    def picture() -> RenderableType:
        activities = lines.assign(batch.activities)
        return Group(progress, Text(counted()), *_activity_lines(activities, near, console, batch.progress))

    with Live(get_renderable=picture, console=console, refresh_per_second=4, transient=True):
        yield lambda: progress.advance(task)


def _activity_lines(
    activities: Sequence[Activity | None],
    near: Callable[[str], str],
    console: Console,
    spoken: Callable[[str], tuple[int, int] | None],
) -> Iterator[RenderableType]:
    """Write a line for each worker, as many as the terminal has room for.

    *spoken* tells of an article how many of how many utterances are.
    """
    from rich.text import Text

    room = max(1, console.height - _OTHER_LINES)
    for number, activity in enumerate(activities[:room], 1):
        step, name = activity or ("waiting", "")
        counts = spoken(name) if step == "speaking" else None
        share = f"  {counts[0]}/{counts[1]}" if counts else ""
        shown = _end_of(near(name), console.width - _INDENT - len(share))
        yield Text(f"  {number:>2}  {step:<8}  {shown}{share}", style="dim", no_wrap=True)


def _end_of(name: str, width: int) -> str:
    """Cut a name from its beginning: of paths and addresses the end tells more.

    >>> _end_of("pile/story-1.html", 20), _end_of("pile/story-1.html", 10)
    ('pile/story-1.html', '…ry-1.html')
    """
    return name if len(name) <= width else f"…{name[len(name) - max(1, width) + 1 :]}"
