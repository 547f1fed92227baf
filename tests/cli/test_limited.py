"""The commands that read documents keep to the limits of the settings."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from audiogen.cli.limited import open_limited
from audiogen.errors import CrashError, EmptyArticleError
from audiogen.readers import read
from audiogen.settings import Limits
from tests.cli.pages import write_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

READS = {"text": ("text",), "narrate": ("narrate", "--voice", "tone"), "lexicon": ("lexicon", "check")}

PAGE = b"<html><body><p>The lock opens.</p></body></html>"

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows does not tell another process's memory without a library"
)


@pytest.mark.slow
@pytest.mark.parametrize("command", READS.values(), ids=READS)
@pytest.mark.parametrize(("megabytes", "fails"), [("1", True), ("3000", False)])
def test_a_document_that_takes_more_memory_than_allowed_fails(
    command: tuple[str, ...],
    megabytes: str,
    fails: bool,
    audiogen: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AUDIOGEN_LIMITS_MEMORY", megabytes)
    page = write_page(tmp_path)
    result = audiogen(*command, page)
    # `lexicon check` counts a named document that it cannot read as a wrong call.
    assert bool(result.returncode) == fails
    assert (f"{page} took more than 1 MB of memory and was ended" in result.stderr) == fails
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_what_goes_wrong_in_the_process_is_raised_here() -> None:
    with open_limited(Limits()) as limited:
        with pytest.raises(EmptyArticleError):
            limited.do("nothing", read, b" ")
        assert limited.do("a page", read, PAGE).text == "The lock opens."
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_the_process_is_ended_where_the_command_is(tmp_path: Path) -> None:
    with pytest.raises(CrashError), open_limited(Limits()) as limited:
        raise CrashError(limited, "The command ends.")
    assert multiprocessing.active_children() == []


def test_without_limits_no_process_is_started() -> None:
    with open_limited(Limits(seconds=0, memory=0)) as limited:
        assert limited.do("a page", read, PAGE).text == "The lock opens."
        assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_no_process_outlives_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGEN_LIMITS_MEMORY", "3000")
    command = [sys.executable, "-m", "audiogen", "text", str(write_page(tmp_path))]
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE) as process:
        assert process.communicate()[0].startswith(b"The lock opens")
        assert process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
