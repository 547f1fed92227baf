"""`audiogen lexicon`, run as its users run it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

STORY = """A visit to the old town

President Novak met the mayor of Rzeszów and officials of UNIDO on Monday, his office said in a statement to the press.

More than 20 people from Rzeszów came to the meeting in the old town hall, and the officials left without a word.

Nothing else was said there, and the reporters left the hall at 5 p.m. to file their stories about the visit.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_check_lists_doubtful_words_by_frequency_and_exits_with_one(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", story)
    assert done.returncode == 1
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0][:3] == ["2", "Rzeszów", "name"]
    assert ["1", "UNIDO", "initialism"] in [line[:3] for line in lines]


def test_check_searches_a_folder_and_prints_json(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", story.parent, "--json")
    rows = json.loads(done.stdout)
    assert rows[0] == {"written": "Rzeszów", "count": 2, "kind": "name", "spoken": "Rzeszów"}


def test_what_was_added_is_not_listed_again(audiogen: Run, story: Path) -> None:
    words = [row["written"] for row in json.loads(audiogen("lexicon", "check", story, "--json").stdout)]
    for word in words:
        assert audiogen("lexicon", "add", word, "something").returncode == 0
    done = audiogen("lexicon", "check", story)
    assert (done.returncode, done.stdout) == (0, "")


def test_add_writes_the_list_and_says_so(audiogen: Run, tmp_path: Path) -> None:
    done = audiogen(
        "lexicon", "add", "Rzeszów", "Zheshoof", "--lexicon", tmp_path / "ours.toml", "--source", "the town"
    )
    assert "Rzeszów is said Zheshoof" in done.stdout
    text = (tmp_path / "ours.toml").read_text(encoding="utf-8")
    assert 'say = "Zheshoof"' in text
    assert 'source = "the town"' in text


def test_a_list_with_a_fault_is_told(audiogen: Run, story: Path) -> None:
    (story.parent / "lexicon.toml").write_text("[[entry]]\n", encoding="utf-8")
    done = audiogen("lexicon", "check", story)
    assert done.returncode != 0
    assert "no written form" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_source_is_told_and_the_others_are_checked(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", "none.txt", story)
    assert "none.txt" in done.stderr
    assert "Rzeszów" in done.stdout


def test_listen_makes_a_sound_of_each_word(audiogen: Run, story: Path) -> None:
    target = story.parent / "words.mp3"
    done = audiogen("lexicon", "check", story, "--listen", target)
    assert done.stdout.splitlines()[-1] == str(target)
    assert target.stat().st_size > 10_000


@pytest.mark.parametrize("command", [("lexicon",), ("lexicon", "check"), ("lexicon", "add")])
def test_help_shows_an_example(audiogen: Run, command: tuple[str, ...]) -> None:
    assert "audiogen lexicon" in audiogen(*command, "--help").stdout
