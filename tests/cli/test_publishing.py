"""`audiogen init`, `feed` and `serve`: from an empty folder to a phone."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tomllib
import urllib.request
from typing import TYPE_CHECKING

import pytest

from audiogen.cli.nearby import reachable
from audiogen.cli.serve import _print_addresses
from audiogen.podcast.show import show_guid
from audiogen.settings import load_settings
from tests.podcast.checklist import faults
from tests.podcast.libraries import SOUND, shelve

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FLAGS = (
    "--title",
    "The Reach",
    "--author",
    "Ada",
    "--description",
    "River towns.",
    "--base-url",
    "https://a.example/x",
)


def test_init_writes_a_file_that_feed_understands(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    made = audiogen("init", "library", *FLAGS, "--yes")
    assert (made.returncode, made.stdout.strip()) == (0, "library/audiogen.toml")
    done = audiogen("feed", "library")
    assert (done.returncode, done.stdout) == (0, "https://a.example/x/feed.xml\n")
    assert faults((tmp_path / "library" / "feed.xml").read_bytes()) == []


def test_init_explains_every_key_of_the_show_and_the_feed(audiogen: Run, tmp_path: Path) -> None:
    audiogen("init", "library", *FLAGS, "--yes")
    text = (tmp_path / "library" / "audiogen.toml").read_text(encoding="utf-8")
    show, feed = load_settings(tmp_path / "library").show, load_settings().feed
    for name in (*show.__dataclass_fields__, *feed.__dataclass_fields__):
        assert re.search(rf"^(# )?{name} = ", text, re.MULTILINE), name
    assert show.guid == show_guid("https://a.example/x/feed.xml")
    # What stands behind a # is the default, as the file says: without the signs it means the same.
    bare = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)
    result = tomllib.loads(bare)
    assert result["feed"] == {name: getattr(feed, name) for name in feed.__dataclass_fields__} | {"dates": "added"}


def test_a_new_library_puts_what_was_added_last_on_top_and_an_older_one_stays_as_it_was(
    audiogen: Run, tmp_path: Path
) -> None:
    audiogen("init", "new", *FLAGS, "--yes")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "audiogen.toml").write_text("[show]\n", encoding="utf-8")
    assert [load_settings(tmp_path / name).feed.dates for name in ("new", "old")] == ["added", "published"]


def test_init_asks_for_what_no_flag_tells_and_again_for_what_is_wrong(audiogen: Run, tmp_path: Path) -> None:
    answers = 'A "good" show\n\nAbout rivers.\nnonsense\nhttps://a.example\n\nEnglish\nen\nnews\nNews\n'
    done = audiogen("init", "library", stdin=answers)
    assert done.returncode == 0, done.stderr
    assert "must be an ASCII address" in done.stderr
    assert "did you mean 'News'?" in done.stderr
    show = load_settings(tmp_path / "library").show
    assert (show.title, show.description, show.base_url) == ('A "good" show', "About rivers.", "https://a.example")


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--category", "Newz"), "show.category"),
        (("--base-url", "nowhere"), "show.base_url"),
        (("--title", ""), "show.title"),
    ],
)
def test_init_refuses_a_wrong_flag(audiogen: Run, tmp_path: Path, flags: tuple[str, ...], says: str) -> None:
    done = audiogen("init", "library", "--yes", *flags)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (tmp_path / "library").exists()


def test_init_keeps_what_is_there(audiogen: Run, tmp_path: Path) -> None:
    path = tmp_path / "library" / "audiogen.toml"
    path.parent.mkdir()
    path.write_text("[show]\ntitle = 'mine'\n")
    assert audiogen("init", "library", "--yes").returncode == 2
    assert path.read_text() == "[show]\ntitle = 'mine'\n"
    assert audiogen("init", "library", "--yes", "--force").returncode == 0


def test_feed_names_the_key_that_is_missing(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    done = audiogen("feed", "library")
    assert (done.returncode, done.stdout) == (2, "")
    assert "show.title" in done.stderr
    (tmp_path / "library" / "audiogen.toml").write_text(
        "[show]\ntitle = 'x'\ndescription = 'y'\nbase_url = 'nowhere'\n"
    )
    done = audiogen("feed", "library")
    assert done.returncode == 2
    assert "show.base_url (library/audiogen.toml) is 'nowhere'" in done.stderr.replace("\\", "/")
    (tmp_path / "library" / "audiogen.toml").write_text("[show]\ntitle = 'x'\ndescription = 'y'\n")
    assert audiogen("feed", "library", "--base-url", "https://a.example").returncode == 0


def test_init_that_asks_nothing_leaves_a_library_whose_feed_can_be_written(audiogen: Run, tmp_path: Path) -> None:
    """The address is the one that `serve` answers at; it is no show's identity, for other networks have it as well."""
    library = tmp_path / "library"
    shelve(library, "river")
    assert audiogen("init", "library", "--yes").returncode == 0
    done = audiogen("feed", "library")
    assert (done.returncode, done.stdout) == (0, f"http://{reachable()}:8000/feed.xml\n")
    assert "show.base_url in library/audiogen.toml" in done.stderr
    feed = (library / "feed.xml").read_bytes()
    assert faults(feed) == []
    assert f'url="http://{reachable()}:8000/episodes/river.mp3"'.encode() in feed
    assert b"<itunes:block>" in feed
    assert not (library / ".audiogen" / "feed-guids.json").exists()
    assert audiogen("feed", "library").stdout == done.stdout
    assert (library / "feed.xml").read_bytes() == feed


def test_a_library_gets_its_identity_with_its_first_address_of_its_own(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    audiogen("init", "library", "--yes")
    audiogen("feed", "library")
    assert audiogen("feed", "library", "--base-url", "https://a.example/x").returncode == 0
    assert show_guid("https://a.example/x/feed.xml").encode() in (tmp_path / "library" / "feed.xml").read_bytes()
    assert show_guid("https://a.example/x/feed.xml") in (tmp_path / "library/.audiogen/feed-guids.json").read_text()


def test_feed_tells_as_json_what_it_did(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    shelve(tmp_path / "library", "lost")
    (tmp_path / "library" / "episodes" / "lost.mp3").unlink()
    audiogen("init", "library", *FLAGS, "--yes")
    done = audiogen("feed", "library", "--no-pages", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["episodes"] == 1
    assert "feed.xml" in report["written"]
    assert report["broken"] == [{"episode": "lost", "reason": "its sound file lost.mp3 is missing"}]
    assert "lost is not in the feed" in done.stderr
    assert not (tmp_path / "library" / "index.html").exists()


@pytest.mark.parametrize("asked", [True, False], ids=["after an answer", "at once"])
def test_serve_tells_its_address_and_gives_what_is_there(tmp_path: Path, asked: bool) -> None:
    shelve(tmp_path / "library", "river")
    command = [
        sys.executable,
        "-m",
        "audiogen",
        "serve",
        str(tmp_path / "library"),
        "--host",
        "127.0.0.1",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/feed\.xml", address)
            if asked:
                with urllib.request.urlopen(address.replace("feed.xml", "episodes/river.mp3"), timeout=30) as answer:
                    assert answer.read() == SOUND
        finally:
            server.send_signal(signal.SIGINT)
    assert server.returncode == 0, "Ctrl-C is how it is ended, and no failure"


def test_serve_says_that_an_address_is_taken(audiogen: Run, tmp_path: Path) -> None:
    import socket

    (tmp_path / "library").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = audiogen("serve", "library", "--host", "127.0.0.1", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "Try another --port" in done.stderr


@pytest.mark.parametrize(
    ("flag", "value", "key"),
    [
        ("--title", 'A "good" show', "title"),
        ("--author", "Mira & Jonas", "author"),
        ("--description", "Rivers, and\nwhat they carry.", "description"),
        ("--base-url", "https://audio.example/reach", "base_url"),
        ("--email", "audio@ledger.example", "email"),
        ("--language", "pt-BR", "language"),
        ("--category", "News > Politics", "category"),
    ],
)
def test_init_writes_what_a_flag_tells(audiogen: Run, tmp_path: Path, flag: str, value: str, key: str) -> None:
    assert audiogen("init", "library", "--yes", flag, value).returncode == 0
    assert getattr(load_settings(tmp_path / "library").show, key) == value


def test_init_can_keep_a_show_private(audiogen: Run, tmp_path: Path) -> None:
    for name, flags in (("open", ()), ("closed", ("--private",))):
        audiogen("init", name, "--yes", *flags)
        assert load_settings(tmp_path / name).show.private is bool(flags)


def test_init_replaces_a_file_only_with_force_and_leaves_the_episodes(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    audiogen("init", "library", "--yes", "--title", "First")
    audiogen("init", "library", "--yes", "--title", "Second", "--force")
    assert load_settings(tmp_path / "library").show.title == "Second"
    assert (tmp_path / "library" / "episodes" / "river.mp3").read_bytes() == SOUND


def test_init_takes_what_usually_stands_there_where_nobody_answers(audiogen: Run, tmp_path: Path) -> None:
    """A script that gives the flags of the README must not be left without a library."""
    done = audiogen("init", "library", stdin="Only a title\n")
    assert done.returncode == 0
    show = tomllib.loads((tmp_path / "library" / "audiogen.toml").read_text(encoding="utf-8"))["show"]
    assert (show["title"], show["description"], show["language"]) == ("Only a title", "Articles, read aloud.", "en")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("init",), 2, "Missing argument"),
        (("init", "file"), 2, "is a file"),
        (("init", "file/below", "--yes"), 1, "cannot be written"),
        (("init", "library", "--yes", "--email", "nobody"), 2, "show.email is 'nobody'; it must be an e-mail."),
        (("init", "library", "--yes", "--language", "English"), 2, "show.language is 'English'"),
        (("init", "library", "--yes", "--description", " "), 2, "show.description is missing"),
        (("feed",), 2, "Missing argument"),
        (("feed", "gone"), 2, "does not exist"),
        (("feed", "file"), 2, "is a file"),
        (("feed", "empty", "--base-url", "nowhere"), 2, "show."),
        (("feed", "empty", "--page"), 2, "No such option"),
        (("serve",), 2, "Missing argument"),
        (("serve", "gone"), 2, "does not exist"),
        (("serve", "empty", "--port", "65536"), 2, "'65536' is not a whole number, from 0 to 65535"),
        (("serve", "empty", "--port", "http"), 2, "'http' is not a whole number, from 0 to 65535"),
        (("serve", "empty", "--host", "no.such.host.invalid"), 1, "Try --host 0.0.0.0 for all of its addresses."),
        (("serve", "broken"), 2, "did you mean show.title?"),
        (("feed", "broken"), 2, "did you mean show.title?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_is_told_and_makes_nothing(
    audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "audiogen.toml").write_text("[show]\ntitel = 'x'")
    before = sorted(tmp_path.rglob("*"))
    done = audiogen(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_feed_writes_pages_unless_told_not_to(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    audiogen("init", "library", *FLAGS, "--yes")
    audiogen("feed", "library", "--no-pages")
    assert not list((tmp_path / "library").rglob("*.html"))
    done = audiogen("feed", "library", "--pages")
    assert {path.name for path in (tmp_path / "library").rglob("*.html")} >= {"index.html", "river.html"}
    assert re.search(r"^1 episode; \d+ files written, 0 removed\.$", done.stderr.strip())
    again = audiogen("feed", "library")
    assert again.stderr == "1 episode; 0 files written, 0 removed.\n"


def test_feed_takes_another_address_for_once(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    audiogen("init", "library", *FLAGS, "--yes")
    done = audiogen("feed", "library", "--base-url", "https://other.example/y")
    assert done.stdout == "https://other.example/y/feed.xml\n"
    assert load_settings(tmp_path / "library").show.base_url == "https://a.example/x"


@pytest.mark.parametrize(
    ("host", "message"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("phone.example", "phone.example")]
)
def test_serve_tells_the_address_as_a_browser_takes_it(host: str, message: str) -> None:
    assert reachable(host) == message


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_serve_tells_an_address_that_others_can_reach(host: str) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\.\d+", reachable(host))
    assert reachable(host) != "0.0.0.0"


def test_serve_shows_the_address_as_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    _print_addresses("http://192.0.2.7:8000/")
    output = capsys.readouterr()
    assert output.out == "http://192.0.2.7:8000/feed.xml\n"
    assert "█" in output.err or "▀" in output.err
    assert "subscribe to http://192.0.2.7:8000/feed.xml; Ctrl-C ends." in output.err


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("init", "title author description base-url email language category private yes force"),
        ("feed", "base-url pages no-pages json"),
        (
            "serve",
            "host port workers scheduler read-only allow-host allow-origin proxy set-password log-format verbose quiet",
        ),
    ],
)
def test_help_shows_an_example_and_every_option(audiogen: Run, command: str, options: str) -> None:
    output = audiogen(command, "--help").stdout
    assert f"audiogen {command} ~/Podcasts/articles" in output
    assert [option for option in options.split() if f"--{option}" not in output] == []
