"""What a batch shows on a terminal: a bar, the counts, and a line for each worker."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import redirect_stderr
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TextIO

import pytest

from audiogen.batch import open_batch, work
from audiogen.cli.display import WorkerLines, display
from audiogen.sources import find
from tests.batch.pile import make_pile, page, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audiogen.batch.scheduler import Activity
    from audiogen.model import Outcome
    from audiogen.settings import Settings

ONE, TWO, THREE = ("reading", "one"), ("speaking", "two"), ("reading", "three")


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        pytest.param([[]], [None, None], id="nothing to do"),
        pytest.param([[ONE]], [ONE, None], id="one for two workers"),
        pytest.param([[ONE, TWO]], [ONE, TWO], id="one each"),
        pytest.param([[ONE, TWO], [TWO]], [None, TWO], id="what stays keeps its line"),
        pytest.param([[ONE, TWO], [TWO, THREE]], [THREE, TWO], id="what is new takes the free line"),
        pytest.param([[ONE, TWO], [("speaking", "one"), TWO]], [("speaking", "one"), TWO], id="the next step"),
        pytest.param([[ONE, ONE], [ONE]], [ONE, None], id="the same twice is two"),
        pytest.param([[ONE, TWO, THREE]], [ONE, TWO], id="no more lines than workers"),
    ],
)
def test_what_a_worker_has_in_hand_stays_on_its_line(steps: list[list[Activity]], lines: list[Activity | None]) -> None:
    worker_lines = WorkerLines(2)
    for hands in steps:
        settled = worker_lines.assign(hands)
    assert settled == lines


class Patient(Executor):
    """Two workers that begin nothing until they are told to."""

    _max_workers = 2

    def __init__(self) -> None:
        self._held: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._held.put((future, lambda: fn(*args, **kwargs)))
        return future

    def go_on(self) -> None:
        future, step = self._held.get(timeout=20)
        future.set_result(step())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let nobody wait for what is not begun."""
        while not self._held.empty():
            self._held.get()[0].set_exception(RuntimeError("the workers went home"))


class Screen:
    """The far end of a pseudo-terminal, 24 lines of 60 columns."""

    def __init__(self, end: int, terminal: TextIO) -> None:
        self._end, self.terminal, self.shown = end, terminal, ""

    def wait_for(self, pattern: str) -> None:
        """Read what is written until *pattern* was on the screen since the last time."""
        while not re.search(pattern, self.shown):
            ready, _, _ = select.select([self._end], [], [], 10)
            if not ready or len(self.shown) > 20_000:
                pytest.fail(f"{pattern!r} never came; there is {self.shown[-2000:]!r}")
            # Escape sequences move the cursor and colour the text; carriage returns end the terminal's lines.
            self.shown += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", os.read(self._end, 65536).decode("utf-8", "replace"))
        self.shown = ""


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    pty = pytest.importorskip("pty", reason="pseudo-terminals are of Unix")
    import fcntl
    import struct
    import termios

    end, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    for name, value in {"TERM": "xterm", "COLUMNS": "60", "LINES": "24"}.items():
        monkeypatch.setenv(name, value)
    with os.fdopen(terminal, "w", encoding="utf-8") as stderr:
        yield Screen(end, stderr)
    os.close(end)


def test_each_worker_has_a_line_that_tells_its_step_and_its_article(
    screen: Screen, tmp_path: Path, tones: Settings
) -> None:
    pile, workers = make_pile(tmp_path / "pile", 2), Patient()
    sources = list(find([pile]))
    done: list[Outcome] = []
    settings = tones.with_flags(audio__quality="small")
    with (
        redirect_stderr(screen.terminal),
        ThreadPoolExecutor(1) as aside,
        open_batch(tmp_path / "library", workers, settings=settings) as batch,
        display(batch, 2, lambda: f"{len(done)} new", lambda name: name.rpartition(os.sep)[2]) as step,
        workers,
    ):

        def run() -> None:
            for outcome in batch.run(sources):
                done.append(outcome)
                step()

        running = aside.submit(run)
        screen.wait_for(r"0/2.*\n0 new\n +1  reading   story-00000\.html\n +2  reading   story-00001\.html")
        workers.go_on()
        screen.wait_for(r" 1  speaking  story-00000\.html\n +2  reading   story-00001\.html")
        workers.go_on()
        screen.wait_for(r" 1  speaking  story-00000\.html\n +2  speaking  story-00001\.html")
        workers.go_on()
        screen.wait_for(r"1/2.*\n1 new\n +1  waiting +\n +2  speaking  story-00001\.html")
        workers.go_on()
        running.result(timeout=60)
        screen.wait_for(r"2/2.*\n2 new\n +1  waiting +\n +2  waiting")
    work.close()


def test_a_long_name_is_cut_where_it_tells_least(screen: Screen, tmp_path: Path, tones: Settings) -> None:
    pile, workers = make_pile(tmp_path / ("a-folder-with-a-long-name-" * 3), 1), Patient()
    with (
        redirect_stderr(screen.terminal),
        open_batch(tmp_path / "library", workers, settings=tones) as batch,
        display(batch, 1, lambda: "", lambda name: name),
        ThreadPoolExecutor(1) as aside,
        workers,
    ):
        running = aside.submit(next, batch.run(find([pile])))
        screen.wait_for(r" 1  reading   ….{20,43}/story-00000\.html\n")
        workers.go_on()
        workers.go_on()
        running.result(timeout=60)
    work.close()


def test_workers_of_a_large_cluster_do_not_overflow_the_screen(screen: Screen, tmp_path: Path, tones: Settings) -> None:
    with (
        redirect_stderr(screen.terminal),
        open_batch(tmp_path / "library", Patient(), settings=tones, jobs=500) as batch,
        display(batch, 1, lambda: "", lambda name: name),
    ):
        screen.wait_for(r"20  waiting +\n +21  waiting +(?!\n)")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "shows"),
    [
        pytest.param(("narrate",), r"\b\d+/\d{3,}\b", id="narrate"),
        pytest.param(("batch", "--jobs", "1"), r" 1  speaking  .*story\.html  \d+/\d{3,}", id="batch"),
    ],
)
def test_a_terminal_sees_how_far_an_article_is(
    screen: Screen, tmp_path: Path, command: tuple[str, ...], shows: str
) -> None:
    (tmp_path / "story.html").write_text(page(1, text=paragraphs(1, 400)), encoding="utf-8")
    name, *options = command
    run = [sys.executable, "-m", "audiogen", name, "story.html", *options, "-o", "out", "--voice", "tone", "--no-cache"]
    with subprocess.Popen(run, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=screen.terminal) as running:
        try:
            screen.wait_for(shows)
        finally:
            running.terminate()
            running.wait(timeout=60)


def test_nothing_is_shown_where_nobody_looks(
    tmp_path: Path, tones: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        open_batch(tmp_path / "library", Patient(), settings=tones) as batch,
        display(batch, 1, lambda: "1 new", lambda name: name) as step,
    ):
        step()
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", "")
