"""`audiogen trust`: what a library would do is told, and allowed or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.trust import trusted
from tests.cli.pages import write_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library" / "voices").mkdir(parents=True)
    (tmp_path / "library" / "voices" / "x.toml").write_text(
        'engine = "command"\nlanguage = "en"\ndefault = true\n[options]\ncommand = ["sh", "-c", "true"]\n', "utf-8"
    )
    (tmp_path / "library" / "audiogen.toml").write_text('[audio]\nintro = "/music.mp3"\n', encoding="utf-8")
    return tmp_path / "library"


def test_what_a_library_would_do_is_told_before_it_is_allowed(audiogen: Run, library: Path) -> None:
    done = audiogen("trust", "library", "--show")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "voices/x.toml runs a program: sh -c true",
        "audio.intro names a file outside of the library (/music.mp3)",
    ]
    assert trusted() == []


def test_a_library_is_allowed_and_not_any_more(audiogen: Run, library: Path) -> None:
    done = audiogen("trust", "library")
    assert done.stderr == "library is allowed.\n"
    assert audiogen("trust", "--list").stdout == f"{library.resolve()}\n"
    assert audiogen("trust", "library", "--remove").stderr == "library is no longer allowed.\n"
    assert audiogen("trust", "--list").stdout == ""


def test_a_batch_into_a_stranger_s_library_stops_with_the_command(audiogen: Run, library: Path, tmp_path: Path) -> None:
    (library / "audiogen.toml").unlink()
    page = write_page(tmp_path)
    done = audiogen("batch", page, "-o", "library")
    assert done.returncode == 2
    assert "runs a program, which a library may not do by itself" in done.stderr
    assert "`audiogen trust " in done.stderr


def test_without_a_library_it_says_what_it_wants(audiogen: Run) -> None:
    assert audiogen("trust").returncode == 2
