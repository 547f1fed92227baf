"""`audiogen lexicon`, run as its users run it."""

from __future__ import annotations

import json
import tomllib
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


def test_check_lists_doubtful_words_and_exits_with_one(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", story)
    assert done.returncode == 1
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["2", "Rzeszów", "name"] in [line[:3] for line in lines]
    assert ["1", "UNIDO", "initialism"] in [line[:3] for line in lines]


def test_check_searches_a_folder_and_prints_json(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", story.parent, "--json")
    rows = json.loads(done.stdout)
    row = next(row for row in rows if row["written"] == "Rzeszów")
    assert (row["count"], row["kind"], row["spoken"]) == (2, "name", "Rzeszów")
    assert "the mayor of Rzeszów and officials" in row["context"]


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
    (story.parent / "ours.toml").write_text("[[entry]]\n", encoding="utf-8")
    done = audiogen("lexicon", "check", story, "--lexicon", "ours.toml")
    assert done.returncode != 0
    assert "no written form" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_source_is_told_and_the_others_are_checked(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", "none.txt", story)
    assert done.returncode == 2
    assert "none.txt" in done.stderr
    assert "Rzeszów" in done.stdout


def test_a_folder_alone_is_searched(audiogen: Run, story: Path) -> None:
    done = audiogen("lexicon", "check", story.parent)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Rzeszów" in done.stdout


def test_listen_makes_a_sound_of_each_word(audiogen: Run, story: Path) -> None:
    target = story.parent / "words.mp3"
    done = audiogen("lexicon", "check", story, "--listen", target)
    assert done.stdout.splitlines()[-1] == str(target)
    assert target.stat().st_size > 10_000


def test_listen_into_a_place_that_cannot_be_written_is_told(audiogen: Run, story: Path) -> None:
    (story.parent / "taken").write_text("a file")
    done = audiogen("lexicon", "check", story, "--listen", "taken/words.mp3")
    assert done.returncode == 1
    assert "taken/words.mp3 cannot be written" in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in story.parent.iterdir()) == ["story.txt", "taken"]


def test_where_nothing_is_doubtful_no_sound_is_made(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(STORY.replace("Rzeszów", "the town").replace("UNIDO", "the office"))
    words = [row["written"] for row in json.loads(audiogen("lexicon", "check", "plain.txt", "--json").stdout)]
    for word in words:
        audiogen("lexicon", "add", word, "something")
    done = audiogen("lexicon", "check", "plain.txt", "--listen", "words.mp3")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "words.mp3").exists()


def test_a_clean_check_prints_an_empty_list_as_json(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = audiogen("lexicon", "check", "none", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_check_takes_a_list_of_another_name(audiogen: Run, story: Path) -> None:
    audiogen("lexicon", "add", "UNIDO", "you need oh", "--lexicon", "ours.toml")
    usual, ours = (audiogen("lexicon", "check", story, *flags).stdout for flags in ((), ("--lexicon", "ours.toml")))
    assert "UNIDO  " in usual
    assert "UNIDO  " not in ours


def test_without_a_place_the_users_own_list_is_written_and_heeded(audiogen: Run, story: Path) -> None:
    from audiogen.settings import user_folder

    before = sorted(story.parent.iterdir())
    done = audiogen("lexicon", "add", "UNIDO", "you need oh")
    assert done.stdout.startswith(str(user_folder() / "lexicon.toml"))
    assert sorted(story.parent.iterdir()) == before
    assert "UNIDO  " not in audiogen("lexicon", "check", story).stdout


def test_a_librarys_list_is_written_and_heeded_where_it_is_named(audiogen: Run, story: Path, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    assert audiogen("lexicon", "add", "UNIDO", "you need oh", "-o", "library").returncode == 0
    assert (tmp_path / "library" / "lexicon.toml").is_file()
    usual, ours = (audiogen("lexicon", "check", story, *flags).stdout for flags in ((), ("-o", "library")))
    assert "UNIDO  " in usual
    assert "UNIDO  " not in ours


def test_a_document_on_stdin_is_checked(audiogen: Run) -> None:
    done = audiogen("lexicon", "check", "-", stdin=STORY)
    assert done.returncode == 1
    assert "Rzeszów" in done.stdout


def test_an_article_of_another_language_is_passed_over(audiogen: Run, tmp_path: Path) -> None:
    lines = "<p>Der Bürgermeister sprach am Montag lange über den Fluss und die neue Brücke.</p>" * 9
    page = (
        f"<!DOCTYPE html><html lang='de'><head><title>Ein Tag am Fluss</title></head><body><article>{lines}</article>"
    )
    (tmp_path / "tag.html").write_text(page, encoding="utf-8")
    done = audiogen("lexicon", "check", "tag.html")
    assert (done.returncode, done.stdout) == (0, "")
    assert "its language is de" in done.stderr


def test_hidden_files_of_a_folder_are_passed_over(audiogen: Run, story: Path) -> None:
    story.rename(story.with_name(".story.txt"))
    done = audiogen("lexicon", "check", story.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_add_changes_what_is_there_and_keeps_the_rest(audiogen: Run, tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text("# The desk's list.\n", encoding="utf-8")
    for written, spoken in (("Kyiv", "Kiev"), ("Lviv", "L'viv"), ("Kyiv", "Keeyiv")):
        assert audiogen("lexicon", "add", written, spoken, "-o", tmp_path).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# The desk's list.")
    assert tomllib.loads(text)["entry"] == [
        {"written": "Kyiv", "say": "Keeyiv"},
        {"written": "Lviv", "say": "L'viv"},
    ]


@pytest.mark.parametrize("word", ['say "aye"', "back\\slash", "naïve", "日本", "AT&T"])
def test_any_word_can_be_put_down_and_is_read_back(audiogen: Run, tmp_path: Path, word: str) -> None:
    done = audiogen("lexicon", "add", word, f"{word.lower()}!", "--lexicon", "lexicon.toml")
    assert done.returncode == 0, done.stderr
    assert tomllib.loads((tmp_path / "lexicon.toml").read_text(encoding="utf-8")) == {
        "entry": [{"written": word, "say": f"{word.lower()}!"}]
    }


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "Missing argument"),
        (("Kyiv",), 2, "Missing argument"),
        (("", "nothing"), 2, "needs a written form"),
        (("Kyiv", " "), 2, "needs a written form"),
        (("Kyiv", "kee-YIV"), 2, "in capitals, which voices spell: write 'yiv'"),
        (("IAEA", "IAEA"), 2, "'I A E A' where letters are meant"),
        (("two\nlines", "two lines"), 2, "a line break"),
        (("Kyiv", "kee\x01yiv"), 2, "cannot be seen"),
        (("Kyiv", "123"), 2, "needs a written form"),
        (("--", "-", "dash"), 2, "needs a written form"),
        (("Kyiv", "Keeyiv", "-o", "nowhere"), 2, "no library in nowhere"),
        (("Kyiv", "Keeyiv", "-o", "folder", "--user"), 2, "Name one list"),
        (("Kyiv", "Keeyiv", "--lexicon", "folder"), 2, "is a directory"),
        (("Kyiv", "Keeyiv", "--lexicon", "taken/x.toml"), 2, "cannot be written"),
        (("IAEA", "something", "--lexicon", "rich.toml"), 2, "more than a respelling"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_put_down_is_told_and_changes_nothing(
    audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "taken").write_text("a file")
    (tmp_path / "rich.toml").write_text('[[entry]]\nwritten = "IAEA"\nletters = true\n')
    before = {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()}
    done = audiogen("lexicon", "add", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("check",), "Missing argument"), (("chek", "x"), "No such command"), (("check", "x", "--lisen", "y"), "No such")],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_is_a_fault_of_usage(audiogen: Run, arguments: tuple[str, ...], says: str) -> None:
    done = audiogen("lexicon", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


@pytest.mark.parametrize("command", [("lexicon",), ("lexicon", "check"), ("lexicon", "add")])
def test_help_shows_an_example(audiogen: Run, command: tuple[str, ...]) -> None:
    assert "audiogen lexicon" in audiogen(*command, "--help").stdout
