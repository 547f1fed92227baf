"""A maker of tones, and a library to put its episodes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.library import Library
from audiogen.production import EpisodeMaker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.settings import Settings


@pytest.fixture
def episode_maker(tones: Settings) -> Iterator[EpisodeMaker]:
    with EpisodeMaker(tones) as episode_maker:
        yield episode_maker


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def voice_card(folder: Path, name: str, text: str) -> None:
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    (folder / "voices" / f"{name}.toml").write_text(text, encoding="utf-8")
