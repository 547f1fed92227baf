"""The bar of `narrate` and `voices install`: there for eyes, absent from pipes."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from audiogen.cli.progress import NoBar, open_bar

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with open_bar() as bar:
        assert isinstance(bar, NoBar)
        step = bar.start("A title")
        step(1, 2)
        bar.end()
    assert pipe.getvalue() == ""


def test_a_terminal_sees_title_and_share_and_then_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with open_bar() as bar:
        step = bar.start("A title with [brackets] in it")
        step(1, 2)
        bar._progress.refresh()  # type: ignore[attr-defined]  # else it waits a tenth of a second
        bar.end()
    shown = screen.getvalue()
    assert "A title with [brackets] in it" in shown
    assert "50%" in shown
    assert shown.rstrip().endswith(("\x1b[2K", "\x1b[?25h")), "the line is cleared"


def test_a_title_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "200")
    with open_bar() as bar:
        bar.start("x" * 500)(0, 1)
        bar._progress.refresh()  # type: ignore[attr-defined]  # else it waits a tenth of a second
    assert "x" * 60 in screen.getvalue()
    assert "x" * 61 not in screen.getvalue()
