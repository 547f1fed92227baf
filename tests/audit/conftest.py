"""A good library with two episodes, signed and published, to plant faults in."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.audit import Fault, Report, audit, listening
from audiogen.episodes.library import Library
from audiogen.model import Article, Block, BlockKind
from audiogen.podcast import publish
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings
from tests.certificates import make_chain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.audit.listening import Heard

ARTICLE = Article(
    title="The ferry to Ostrand sails again",
    dek="A storm had kept it in port for nine days.",
    authors=("Mira Tolland", "Jonas Reeve"),
    published=datetime(2026, 9, 6, 6, 13, tzinfo=UTC),
    site="The Harbor Ledger",
    url="https://harborledger.example/ferry",
    language="en",
    blocks=(
        Block("The ferry left at noon. Nobody cheered, but nobody stayed on the quay either, and the band played on."),
        Block("What comes next", BlockKind.HEADING, 2),
        Block("The line will run twice a day until the spring & then some."),
    ),
    cleaned=True,
)
SECOND = replace(
    ARTICLE, title="A quiet day at the lock", url="https://harborledger.example/lock", blocks=ARTICLE.blocks[:1]
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library under test."""

    root: Path
    settings: Settings
    slug: str

    def path(self, suffix: str) -> Path:
        return self.root / "episodes" / f"{self.slug}{suffix}"

    def manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads(self.path(".json").read_text(encoding="utf-8"))
        return manifest

    def change(self, edit: Callable[[dict[str, Any]], None]) -> None:
        """Change the manifest."""
        manifest = self.manifest()
        edit(manifest)
        self.path(".json").write_text(json.dumps(manifest), encoding="utf-8")

    def trust_file(self) -> None:
        """Make the manifest tell of the sound file as it now is, so that other checks must find what was done to it."""
        import hashlib

        data = self.path(".mp3").read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        self.change(lambda manifest: manifest["audio"].update(bytes=len(data), sha256=digest))

    def audit(self) -> Report:
        return audit(self.root, self.settings)

    def faults(self, report: Report | None = None) -> list[Fault]:
        report = report or self.audit()
        found = [fault for audit in report.verdicts if audit.slug == self.slug for fault in audit.faults]
        return [*found, *report.strays]


def make_shelf(root: Path, settings: Settings) -> Shelf:
    with EpisodeMaker(settings, folder=root) as episode_maker:
        make_in_library(Library(root), episode_maker, SECOND)
        slug = make_in_library(Library(root), episode_maker, ARTICLE).slug
    publish(root, settings)
    return Shelf(root, settings, slug)


@pytest.fixture(scope="session")
def good_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    root = tmp_path_factory.mktemp("good") / "library"
    root.mkdir()
    (root / "keys").mkdir()
    make_chain(root / "keys")
    settings = Settings().with_flags(
        speech__voice="tone",
        speech__cache=False,
        audio__quality="small",
        show__title="Harbor Audio",
        show__author="The Harbor Ledger",
        show__email="audio@harborledger.example",
        show__description="The Harbor Ledger, read aloud.",
        show__base_url="https://audio.example",
        c2pa__certificate="keys/chain.pem",
        c2pa__key="keys/leaf.key",
        c2pa__anchors="keys/root.pem",
    )
    return make_shelf(root, settings)


@pytest.fixture
def shelf(good_shelf: Shelf, tmp_path: Path, good_ears: None) -> Shelf:
    """A copy of the good library, to break."""
    root = tmp_path / "library"
    shutil.copytree(good_shelf.root, root)
    return replace(good_shelf, root=root)


@pytest.fixture(scope="session")
def heard() -> dict[bytes, Heard]:
    """What was heard of each file, by its bytes."""
    return {}


@pytest.fixture
def good_ears(heard: dict[bytes, Heard], monkeypatch: pytest.MonkeyPatch) -> None:
    """Listen to the same bytes once: most faults that are planted leave the sound alone."""
    listen = listening.listen

    def remembering(path: Path) -> Heard:
        content = path.read_bytes() if path.is_file() else b""
        if not content:
            return listen(path)
        if content not in heard:
            heard[content] = listen(path)
        return heard[content]

    monkeypatch.setattr(listening, "listen", remembering)
