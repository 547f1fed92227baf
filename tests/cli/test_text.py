"""`audiogen text`: what would be read, and what not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.conftest import EXAMPLES

if TYPE_CHECKING:
    from tests.cli.conftest import Run

PAGE = EXAMPLES / "harbor-ledger.html"


def test_the_heard_text_is_printed_as_written(audiogen: Run) -> None:
    lines = audiogen("text", PAGE).stdout.splitlines()
    assert lines[0].startswith("Grain ships leave Veldmark 'at last'")
    assert lines[-1].endswith("the next review is due on Oct. 1.")
    assert not [line for line in lines if "member" in line]


def test_the_spoken_text_has_neither_digit_nor_symbol(audiogen: Run) -> None:
    spoken = audiogen("text", PAGE, "--spoken").stdout
    assert "September sixth" in spoken
    assert "four point five billion dollars" in spoken
    assert not set(spoken) & set("0123456789$%&€£")


def test_explain_shows_the_page_in_its_order_with_reason_and_rule(audiogen: Run) -> None:
    lines = audiogen("text", PAGE, "--explain").stdout.splitlines()
    appeal = next(number for number, line in enumerate(lines) if "Ten years of reporting" in line)
    caption = next(number for number, line in enumerate(lines) if "Jonas Reeve/Harbor Ledger" in line)
    first = next(number for number, line in enumerate(lines) if line.startswith("The first grain ships"))
    assert appeal < caption < first
    assert "[call to action: " in lines[appeal]
    assert "[caption: " in lines[caption]


def test_json_lists_what_is_heard_and_what_is_not(audiogen: Run) -> None:
    listed = json.loads(audiogen("text", PAGE, "--json").stdout)
    assert listed["article"]["authors"] == ["Mira Tolland"]
    assert [block["kind"] for block in listed["heard"]].count("heading") == 1
    assert all(entry["reason"] and entry["rule"] for entry in listed["removed"])


def test_a_missing_file_exits_with_1(audiogen: Run) -> None:
    done = audiogen("text", "missing.html")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no file missing.html" in done.stderr
