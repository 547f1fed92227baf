"""`audiogen watch`: a file is dropped, an episode is there, and the feed has it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.batch.conftest import assert_whole
from tests.batch.pile import make_pile, page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_what_is_dropped_becomes_an_episode_and_the_feed_is_renewed(tmp_path: Path) -> None:
    inbox, library = make_pile(tmp_path / "inbox", 1), tmp_path / "library"
    library.mkdir()
    (library / "audiogen.toml").write_text(
        '[show]\ntitle = "Heard"\ndescription = "Stories."\nauthor = "Mira"\nemail = "mira@ledger.example"\nbase_url = "https://ledger.example/p"\n'
    )
    command = [
        sys.executable,
        "-m",
        "audiogen",
        "watch",
        str(inbox),
        "-o",
        str(library),
        "--voice",
        "tone",
        "--jobs",
        "1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as watch:
        assert watch.stdout
        assert watch.stdout.readline().startswith("new\t")
        # The watch begins after what was there is done.
        time.sleep(1)
        draft = tmp_path / "draft.html"
        draft.write_text(page(5), encoding="utf-8")
        draft.rename(inbox / "dropped.html")
        assert "dropped.html" in watch.stdout.readline()
        (inbox / "empty.html").write_bytes(b"")
        assert watch.stdout.readline().startswith("failed\t")
        (inbox / "another.html").write_text(page(6), encoding="utf-8")
        assert "another.html" in watch.stdout.readline()
        time.sleep(2)
        watch.send_signal(signal.SIGINT)
        watch.communicate(timeout=20)
    assert len(assert_whole(library)) == 3
    feed = (library / "feed.xml").read_text(encoding="utf-8")
    assert all(f"House {number} " in feed for number in (0, 5, 6))
