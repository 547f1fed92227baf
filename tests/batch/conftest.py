"""A pile, a library, and a way to work through the one into the other in this process."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import produce_all
from audiogen.batch import work
from audiogen.episodes.library import Library
from tests.batch.pile import make_pile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audiogen.model import Outcome
    from audiogen.settings import Settings

    Run = Callable[..., list[Outcome]]


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    return make_pile(tmp_path / "pile", 3)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def run(tones: Settings, library: Path) -> Iterator[Run]:
    """Work through sources in a thread of this process, with tones."""
    with runs_into(library, tones) as go:
        yield go


@contextmanager
def runs_into(library: Path, tones: Settings) -> Iterator[Run]:
    """Work through sources into a library in a thread of this process."""
    with ThreadPoolExecutor(1) as executor:

        def go(*sources: Any, **options: Any) -> list[Outcome]:
            settings = tones.with_flags(audio__quality="small")
            return list(produce_all(sources, library, executor, **({"settings": settings} | options)))

        yield go
        executor.submit(work.close).result()


def statuses(outcomes: list[Outcome]) -> dict[str, str]:
    """The status of each source, by the name of its file."""
    return {outcome.source.replace("\\", "/").rpartition("/")[2]: outcome.status for outcome in outcomes}


def snapshot(folder: Path) -> dict[str, str]:
    """Every file below *folder* with the digest of its bytes and its time of change."""
    return {
        str(path.relative_to(folder)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_whole(library: Path) -> list[str]:
    """Hold that every episode there is has all its files, and that its sound is the one its manifest tells of."""
    slugs = []
    episodes = library / "episodes"
    for manifest in Library(library).manifests():
        audio = episodes / manifest["audio"]["file"]
        assert hashlib.sha256(audio.read_bytes()).hexdigest() == manifest["audio"]["sha256"]
        assert manifest["utterances"]["spoken"] == manifest["utterances"]["total"] > 0
        for suffix in (".vtt", ".chapters.json"):
            assert (episodes / f"{manifest['slug']}{suffix}").is_file()
        slugs.append(manifest["slug"])
    return slugs
