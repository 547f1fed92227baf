"""The log has a line for each article that was worked on, and the trace of every fault."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from audiogen.batch.batch_log import BatchLog
from audiogen.errors import CrashError, NotAnArticleError, ReadError
from audiogen.model import Episode, Outcome

if TYPE_CHECKING:
    from pathlib import Path

EPISODE = Episode("ferry", "s3://b/ferry.mp3", "s3://b/ferry.json", "The ferry", 90.4, 5, 5)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        pytest.param(
            Outcome("a.html", EPISODE, None, "new", work=1.25),
            "new       a.html -> ferry (90 s of sound in 1.2 s)",
            id="new",
        ),
        pytest.param(Outcome("a.html", EPISODE, None, "done"), "done      a.html", id="done"),
        pytest.param(
            Outcome("a.html", EPISODE, None, "duplicate", "the same story as b.html"),
            "duplicate a.html: the same story as b.html",
            id="duplicate",
        ),
        pytest.param(
            Outcome("a.html", None, ReadError("a.html", "There is no text."), "failed"),
            "failed    a.html: There is no text.",
            id="failed",
        ),
        pytest.param(
            Outcome("a.html", None, NotAnArticleError("a.html", "listing", "40 links"), "refused"),
            "refused   a.html: This is not an article but a listing: 40 links. To narrate it anyway: --force.",
            id="refused",
        ),
        pytest.param(
            Outcome("a.html", None, CrashError("a.html", "A fault.", "Traceback:\n  line 1\n"), "failed"),
            "failed    a.html: A fault.\n    Traceback:\n      line 1",
            id="with its trace",
        ),
        pytest.param(Outcome("caf\udce9.html", None, None, "done"), "done      caf\\udce9.html", id="no encoding"),
    ],
)
def test_a_line_tells_when_and_what(tmp_path: Path, outcome: Outcome, message: str) -> None:
    path = tmp_path / ".audiogen" / "batch.log"
    with BatchLog(path) as log:
        log.write(outcome)
    when, _, rest = path.read_text(encoding="utf-8").partition(" ")
    assert datetime.fromisoformat(when).tzinfo
    assert rest == f"{message}\n"


def test_lines_are_added_to_those_of_earlier_batches_and_are_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "batch.log"
    for number in range(2):
        with BatchLog(path) as log:
            log.write(Outcome(f"{number}.html", status="failed"))
            assert len(path.read_text(encoding="utf-8").splitlines()) == number + 1


def test_a_batch_with_nothing_to_tell_makes_no_log(tmp_path: Path) -> None:
    with BatchLog(tmp_path / "batch.log"):
        pass
    with BatchLog(tmp_path / "batch.log", quiet=True) as log:
        log.write(Outcome("a.html", status="failed"))
    assert list(tmp_path.iterdir()) == []


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    with BatchLog(tmp_path / "in-the-way" / "batch.log") as log:
        log.write(Outcome("a.html", status="failed"))
