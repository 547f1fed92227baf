"""`audiogen watch`: a file is dropped, an episode is there, and the feed has it."""

from __future__ import annotations

import signal
import subprocess
import sys
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING

import pytest

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
def test_what_is_dropped_becomes_an_episode_and_the_feed_is_renewed(tmp_path: Path) -> None:
    inbox, library = make_pile(tmp_path / "inbox", 1), tmp_path / "library"
    library.mkdir()
    (library / "audiogen.toml").write_text(
        '[show]\ntitle = "Heard"\ndescription = "Stories."\nauthor = "Mira"\nemail = "mira@ledger.example"\n'
        'base_url = "https://ledger.example/p"\n'
    )
    command = [sys.executable, "-m", "audiogen", "watch", str(inbox), "-o", str(library)]
    command += ["--voice", "tone", "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout
        lines = lines_of(watch.stdout)
        try:
            assert lines.get(timeout=60).startswith("new\t")
            draft = tmp_path / "draft.html"
            draft.write_text(page(5), encoding="utf-8")
            draft.rename(inbox / "dropped.html")
            assert "dropped.html" in lines.get(timeout=60)
            (inbox / "empty.html").write_bytes(b"")
            assert lines.get(timeout=60).startswith("failed\t")
            (inbox / "another.html").write_text(page(6), encoding="utf-8")
            assert "another.html" in lines.get(timeout=60)
            (inbox / "empty.html").write_text("still nothing of an article", encoding="utf-8")
            lines.get(timeout=60)
            watch.send_signal(signal.SIGINT)
            watch.wait(timeout=60)
        finally:
            watch.kill()
    assert watch.returncode == 0
    assert len(assert_whole(library)) >= 3
    feed = (library / "feed.xml").read_text(encoding="utf-8")
    assert all(f"House {number} " in feed for number in (0, 5, 6))
