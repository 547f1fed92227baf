"""What an option or argument takes is told where something else is given, and nothing is made."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

PAGE = (
    "<title>Ice</title><article><h1>Ice</h1>"
    "<p>The harbour froze in the third week of January, and stayed so for nine days, so no ferry left the quay.</p>"
    "<p>Those who had to cross walked with a rope and a lantern, as their grandparents had done before the war.</p>"
    "<p>Nobody under sixty had seen it, said the keeper of the lock, who took turns with her sons to look at it.</p>"
    "</article>"
)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("narrate", "page.html", "--rate", "fast"), "'fast' is not a whole number, from 80 to 450."),
        (("narrate", "page.html", "--rate", "79"), "'79' is not a whole number, from 80 to 450."),
        (("narrate", "page.html", "--rate", "451"), "'451' is not a whole number, from 80 to 450."),
        (("narrate", "page.html", "--rate", "90.5"), "'90.5' is not a whole number, from 80 to 450."),
        (("batch", "page.html", "-o", "library", "--jobs", "0"), "'0' is not a whole number, at least 1."),
        (("watch", "folder", "-o", "library", "--jobs", "two"), "'two' is not a whole number, at least 1."),
        (("queue", "folder", "--minutes", "none"), "'none' is not a number, above 0."),
        (("queue", "folder", "--minutes", "0"), "'0' is not a number, above 0."),
        (("move", "folder", "ice", "first"), "'first' is not a whole number, at least 1."),
        (("serve", "folder", "--port", "-1"), "'-1' is not a whole number, from 0 to 65535."),
        (("text", "page.html", "--url", "news.example"), "'news.example' is no address of a page, such as https://"),
        (("narrate", "page.html", "--url", "ftp://news.example/a"), "is no address of a page, such as https://"),
        (("text", "page.html", "--url", "https://"), "'https://' is no address of a page, such as https://"),
        (("text", "page.html", "--url", "https://[news/"), "is no address of a page, such as https://"),
        (("batch", "page.html", "-o", "page.html"), "page.html is a file. Name a folder."),
        (("init", "page.html", "--yes"), "page.html is a file. Name a folder."),
        (("check", "page.html"), "page.html is a file. Name a folder."),
        (("watch", "page.html", "-o", "library"), "page.html is a file. Name a folder."),
        (("watch", "gone", "-o", "library"), "The folder gone does not exist. Make it, or name another one."),
        (("batch", "--retry", "-o", "library"), "There is nothing to try again: the folder library does not exist."),
        (("batch", "page.html"), "Missing option '-o' / '--output'. The library's folder or address."),
        (("trust", "gone"), "The folder gone does not exist, so it cannot be allowed."),
        (("narrate", "page.html", "--voice", "englsh"), "Did you mean english or"),
        (("narrate", "page.html", "--voice", "xqz"), "no voice called 'xqz'. `audiogen voices` lists those there are."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_value_is_told_with_what_is_taken(
    audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = audiogen(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "page.html"]


@pytest.mark.parametrize("rate", ["80", "450"])
def test_the_ends_of_a_range_are_in_it(audiogen: Run, tmp_path: Path, rate: str) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = audiogen("narrate", "page.html", "--voice", "tone", "--rate", rate)
    assert (done.returncode, done.stdout) == (0, "ice.mp3\n")


@pytest.mark.parametrize("address", ["https://news.example/ice", "HTTP://news.example"])
def test_an_address_of_the_web_is_taken(audiogen: Run, tmp_path: Path, address: str) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert audiogen("text", "page.html", "--url", address).returncode == 0


def test_a_library_that_is_gone_can_be_allowed_no_longer(audiogen: Run) -> None:
    assert audiogen("trust", "--remove", "gone").returncode == 0


def test_a_port_that_another_program_uses_is_told(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = audiogen("serve", "folder", "--host", "127.0.0.1", "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "another program uses this port. Try another --port, or --port 0 for a free one." in done.stderr


@pytest.mark.parametrize(
    ("name", "command", "says"),
    [
        ("library/audiogen.toml", ("batch", "page.html", "-o", "library"), "audiogen.toml are not in UTF-8. Save"),
        ("library/lexicon.toml", ("lexicon", "check", "page.html", "-o", "library"), "lexicon.toml is not in UTF-8."),
        ("library/sites/a.toml", ("batch", "page.html", "-o", "library"), "a.toml is no site file: it is not in UTF-8"),
    ],
)
def test_a_file_in_another_encoding_is_told(
    audiogen: Run, tmp_path: Path, name: str, command: tuple[str, ...], says: str
) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes('title = "Häfen"'.encode("latin-1"))
    done = audiogen(*command)
    assert done.returncode == 2
    assert says in done.stderr


def test_music_that_is_not_there_is_told_by_its_name(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "audiogen.toml").write_text('[audio]\nintro = "gone.mp3"\n', encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = audiogen("batch", "page.html", "-o", "library", "--voice", "tone", "--jobs", "1")
    assert done.returncode == 1
    assert "gone.mp3 does not exist. Correct its name in the settings." in done.stderr
