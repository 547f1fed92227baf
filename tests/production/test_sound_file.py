"""A folder that is no library gets a file, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import (
    LibraryError,
)
from audiogen.production import EpisodeMaker, write_sound_file

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.settings import Settings


def test_an_mp3_made_again_takes_the_place_of_the_old_one(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    first = write_sound_file(tmp_path, episode_maker, article).recording.path
    assert write_sound_file(tmp_path, episode_maker, article).recording.path == first
    other = write_sound_file(
        tmp_path, episode_maker, replace(article, url="https://elsewhere.example/ferry")
    ).recording.path
    assert other.name == f"{first.stem}-2.mp3"


def test_a_folder_that_cannot_be_written_is_named(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(LibraryError, match="Name another folder with -o"):
        write_sound_file(blocker / "below", episode_maker, article)


def test_a_draft_that_is_narrated_again_replaces_its_sound_and_no_other(tones: Settings, tmp_path: Path) -> None:
    result = [
        f"<html><h1>Morning Briefing</h1><p>The {name} sails at noon, and the pilots wait for it at the outer pier.</p>"
        for name in ("ferry", "dredger", "old ferry")
    ]
    first, other = tmp_path / "first.html", tmp_path / "other.html"
    with EpisodeMaker(tones) as episode_maker:
        files = []
        for path, text in ((first, result[0]), (other, result[1]), (first, result[2])):
            path.write_text(text, encoding="utf-8")
            files.append(
                write_sound_file(
                    tmp_path / "out", episode_maker, episode_maker.prepare(path, force=True)
                ).recording.path
            )
    assert files[0] == files[2] != files[1]
    assert len(list((tmp_path / "out").iterdir())) == 2
