"""A progress bar on stderr where that is a terminal, and nothing where it is not."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from audiogen.cli.verbosity import is_quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Bar(Protocol):
    """Something that shows how far an article is."""

    def start(self, title: str) -> Callable[[int, int], None]:
        """Begin with an article; return what is to be told each step as (done, total)."""
        ...

    def end(self) -> None:
        """Take the article's line away."""
        ...


class NoBar:
    """What a pipe sees."""

    def start(self, title: str) -> Callable[[int, int], None]:
        """Show nothing."""
        return lambda done, total: None

    def end(self) -> None:
        """Show nothing."""


@contextmanager
def open_bar(*, counted: bool = False) -> Iterator[Bar]:
    """Open a bar for as long as articles are made; rich is loaded only where somebody looks.

    *counted* shows how many steps of how many are done, too: utterances, but no bytes.
    """
    if not sys.stderr.isatty() or is_quiet():
        yield NoBar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        *((MofNCompleteColumn(),) if counted else ()),
        TextColumn("{task.percentage:3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _RichBar(progress)


class _RichBar:
    def __init__(self, progress: object) -> None:
        from rich.progress import Progress

        assert isinstance(progress, Progress)
        self._progress = progress

    def start(self, title: str) -> Callable[[int, int], None]:
        from rich.markup import escape

        task = self._progress.add_task(escape(title[:60]), total=None)
        return lambda done, total: self._progress.update(task, completed=done, total=total)

    def end(self) -> None:
        for task in self._progress.task_ids:
            self._progress.remove_task(task)
