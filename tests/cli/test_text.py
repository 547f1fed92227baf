"""`audiogen text`: what would be read, and what not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.pages import LOGIN, SENTENCES, make_page, write_page
from tests.conftest import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

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


def test_explain_loses_no_line_of_the_page(audiogen: Run, tmp_path: Path) -> None:
    """Each heard line stands bare, each other one under a dash with its reason."""
    lines = audiogen("text", write_page(tmp_path), "--explain").stdout.splitlines()
    assert [line for line in lines if not line.startswith("  - ")] == ["The lock opens", *SENTENCES]
    left = [line for line in lines if line.startswith("  - ")]
    assert [line.partition("  [")[0][4:] for line in left] == [
        "Home",
        "The lock opens",
        "Support our work: become a member today.",
    ]
    assert all(line.endswith("]") and ": " in line.partition("  [")[2] for line in left)


def test_nothing_is_coloured_in_a_pipe(audiogen: Run, tmp_path: Path) -> None:
    assert "\x1b" not in audiogen("text", write_page(tmp_path), "--explain").stdout


def test_json_lists_what_is_heard_and_what_is_not(audiogen: Run) -> None:
    listed = json.loads(audiogen("text", PAGE, "--json").stdout)
    assert listed["article"]["authors"] == ["Mira Tolland"]
    assert [block["kind"] for block in listed["heard"]].count("heading") == 1
    assert all(entry["reason"] and entry["rule"] for entry in listed["removed"])
    positions = [entry["position"] for entry in listed["removed"]]
    assert positions == sorted(set(positions))


def test_a_page_can_come_on_stdin(audiogen: Run) -> None:
    done = audiogen("text", "-", stdin=make_page())
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["The lock opens", *SENTENCES]


def test_the_address_can_be_told(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("The lock opens\n\n" + "\n\n".join(SENTENCES), encoding="utf-8")
    listed = json.loads(audiogen("text", "notes.txt", "--url", "https://harborledger.example/told", "--json").stdout)
    assert listed["article"]["url"] == "https://harborledger.example/told"


def test_what_is_no_article_is_shown_only_with_force(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "login.html").write_text(LOGIN, encoding="utf-8")
    refused = audiogen("text", "login.html")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "login page" in refused.stderr
    forced = audiogen("text", "login.html", "--force")
    assert (forced.returncode, forced.stderr) == (0, "")
    assert "Log in to go on" in forced.stdout


def test_the_opening_before_a_paywall_is_shown_with_a_word_of_it(audiogen: Run, tmp_path: Path) -> None:
    sold = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    text = "The board has met again, and again it has not agreed on the colour of the boats. " * 6
    page = f"<head><title>The boats</title>{sold}</head><body><article><h1>The boats</h1><p>{text} But all…</p>"
    (tmp_path / "boats.html").write_text(page, encoding="utf-8")
    shown = audiogen("text", "boats.html")
    assert shown.returncode == 0
    assert "the colour of the boats" in shown.stdout
    assert shown.stderr.startswith("Only the opening of the article is here: ")
    refused = audiogen("narrate", "boats.html")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "paywall stub" in refused.stderr
    assert not list(tmp_path.glob("*.mp3"))


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("missing.html",), 2, "There is no file or folder missing.html"),
        (("-",), 1, "Nothing came on stdin"),
        ((), 2, "Missing argument"),
        (("a.html", "b.html"), 2, "unexpected extra argument"),
        (("a.html", "--explian"), 2, "No such option"),
        (("a.html", "--url"), 2, "requires an argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_is_told_on_stderr(audiogen: Run, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = audiogen("text", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr


def test_a_wrong_setting_exits_with_2(audiogen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGEN_STAND_INS_TABLE", "sing")
    done = audiogen("text", write_page(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "say, skip, read" in done.stderr


def test_the_user_s_stand_ins_hold(audiogen: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small table is read, unless the user has it skipped."""
    rows = "".join(f"<tr><td>Day {n}</td><td>{n + 9}</td></tr>" for n in range(6))
    table = f"<table><tr><th>Day</th><th>Boats</th></tr>{rows}</table>"
    (tmp_path / "page.html").write_text(make_page().replace("<p>The line", f"{table}<p>The line"), encoding="utf-8")
    assert "Boats: 14" in audiogen("text", "page.html").stdout
    monkeypatch.setenv("AUDIOGEN_STAND_INS_TABLE", "skip")
    assert "Boats" not in audiogen("text", "page.html").stdout


def test_help_shows_an_example(audiogen: Run) -> None:
    done = audiogen("text", "--help")
    assert "audiogen text saved-page.html --explain" in done.stdout
    assert all(option in done.stdout for option in ("--explain", "--spoken", "--url", "--force", "--json"))
