"""`audiogen init`, `feed` and `serve`: from an empty folder to a phone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import urllib.request
from typing import TYPE_CHECKING

import pytest

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
    told = tomllib.loads(bare)
    assert told["feed"] == {name: getattr(feed, name) for name in feed.__dataclass_fields__}


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
    audiogen("init", "library", "--yes", "--title", "x")
    done = audiogen("feed", "library")
    assert done.returncode == 2
    assert "show.base_url is missing" in done.stderr
    assert audiogen("feed", "library", "--base-url", "https://a.example").returncode == 0


def test_feed_tells_as_json_what_it_did(audiogen: Run, tmp_path: Path) -> None:
    shelve(tmp_path / "library", "river")
    shelve(tmp_path / "library", "lost")
    (tmp_path / "library" / "episodes" / "lost.mp3").unlink()
    audiogen("init", "library", *FLAGS, "--yes")
    done = audiogen("feed", "library", "--no-pages", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["episodes"] == 1
    assert "feed.xml" in told["written"]
    assert told["broken"] == [{"episode": "lost", "reason": "its sound file lost.mp3 is missing"}]
    assert "lost is not in the feed" in done.stderr
    assert not (tmp_path / "library" / "index.html").exists()


def test_serve_tells_its_address_and_gives_what_is_there(tmp_path: Path) -> None:
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
            with urllib.request.urlopen(address.replace("feed.xml", "episodes/river.mp3"), timeout=30) as answer:
                assert answer.read() == SOUND
        finally:
            server.terminate()


def test_serve_says_that_an_address_is_taken(audiogen: Run, tmp_path: Path) -> None:
    import socket

    (tmp_path / "library").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = audiogen("serve", "library", "--host", "127.0.0.1", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "Try another --port" in done.stderr
