"""`audiogen cookies`: add, list and remove, and no value is ever shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SECRET = "hunter2swordfish"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDIOGEN_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_cookies_are_added_listed_and_removed_without_being_shown(audiogen: Run) -> None:
    added = audiogen("cookies", "add", "paper.example", stdin=f"Cookie: sid={SECRET}; theme=dark\n")
    assert (added.returncode, added.stdout, added.stderr) == (0, "", "2 kept for paper.example.\n")
    listed = audiogen("cookies", "list")
    assert listed.stdout.startswith("paper.example\t2\tsince ")
    [result] = json.loads(audiogen("cookies", "list", "--json").stdout)
    assert (result["host"], result["cookies"], result["expires"]) == ("paper.example", 2, "")
    removed = audiogen("cookies", "remove", "paper.example")
    again = audiogen("cookies", "remove", "paper.example")
    assert (removed.returncode, again.returncode, audiogen("cookies", "list").stdout) == (0, 2, "")
    assert SECRET not in "".join(done.stdout + done.stderr for done in (added, listed, removed, again))


@pytest.mark.parametrize(("host", "text"), [("com", f"sid={SECRET}"), ("paper.example", SECRET), ("paper.example", "")])
def test_what_cannot_be_kept_ends_with_a_sentence_that_repeats_nothing(audiogen: Run, host: str, text: str) -> None:
    done = audiogen("cookies", "add", host, stdin=text)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert SECRET not in done.stderr
