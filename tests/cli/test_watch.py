"""`audiogen watch`: a file is dropped, an episode is there, and the feed has it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest

from audiogen.cli.watch import Tally
from audiogen.errors import ReadError
from audiogen.model import Episode, Outcome
from tests.batch.conftest import assert_whole
from tests.batch.pile import make_pile, page

if TYPE_CHECKING:
    from pathlib import Path


def lines_of(pipe: IO[str]) -> SimpleQueue[str]:
    """Give lines as they come, so that a line that never comes is a failure and not a wait for ever."""
    lines: SimpleQueue[str] = SimpleQueue()

    def take() -> None:
        for line in pipe:
            lines.put(line)

    Thread(target=take, daemon=True).start()
    return lines


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
def test_what_is_dropped_becomes_an_episode_and_the_feed_is_renewed(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    inbox, library = make_pile(tmp_path / "inbox", 1), tmp_path / "library"
    library.mkdir()
    (library / "audiogen.toml").write_text(
        '[show]\ntitle = "Heard"\ndescription = "Stories."\nauthor = "Mira"\nemail = "mira@ledger.example"\n'
        'base_url = "https://ledger.example/p"\n'
    )
    command = [sys.executable, "-m", "audiogen", "watch", str(inbox), "-o", str(library)]
    command += ["--voice", "tone", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watch:
        assert watch.stdout
        assert watch.stderr
        lines = lines_of(watch.stdout)
        try:
            assert lines.get(timeout=60).startswith("new\t")
            draft = tmp_path / "draft.html"
            draft.write_text(page(5), encoding="utf-8")
            draft.rename(inbox / "dropped.html")
            assert "dropped.html" in lines.get(timeout=60)
            (inbox / "empty.html").write_bytes(b"")
            assert lines.get(timeout=60).startswith("refused\t")
            (inbox / "another.html").write_text(page(6), encoding="utf-8")
            assert "another.html" in lines.get(timeout=60)
            (inbox / "empty.html").write_text("still nothing of an article", encoding="utf-8")
            lines.get(timeout=60)
            watch.send_signal(number)
            watch.wait(timeout=60)
            output = watch.stderr.read()
        finally:
            watch.kill()
    assert watch.returncode == code
    assert "Stopped" in output
    # A mended file is one more episode, if it was taken before the end.
    assert re.search(r"^[34] new, .*refused in ", output, re.M)
    assert "Traceback" not in output
    assert len(assert_whole(library)) >= 3
    feed = (library / "feed.xml").read_text(encoding="utf-8")
    assert all(f"House {number} " in feed for number in (0, 5, 6))


def test_what_a_watch_finds_again_counts_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tally, episode = Tally(), Episode("a", tmp_path / "a.mp3", tmp_path / "a.json", "A", 60.0, 9, 9, 100)
    made, there = Outcome("a.html", episode, None, "new", "", 1.0), Outcome("a.html", episode, None, "done")
    failed = Outcome("b.html", None, ReadError("b.html", "There is no text in it."), "failed")
    for outcome in (made, there, failed, there, failed, Outcome("a.html", episode, None, "changed", "", 1.0), there):
        tally.count(outcome)
    tally.total.broken_off(tmp_path, KeyboardInterrupt(), published=1)
    output = capsys.readouterr().err
    assert "1 new, 1 changed, 1 failed in " in output
    assert "done" not in output.splitlines()[1]
    assert "The feed does not have them yet" in output
