"""What many tests stand on: an article of our own, a voice that can be measured, and folders that are nobody's."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from audiogen.engines import fallback
from audiogen.engines.fallback import first_that_speaks
from audiogen.model import Article, Block, BlockKind
from audiogen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# Time is measured in benchmarks, not in tests. CI tries the same examples each time: a change is judged by what it
# changed, and what chance finds is found at the desk, where each run tries other examples, and fewer.
hypothesis_settings.register_profile("desk", deadline=None, max_examples=40)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "desk")

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders, one after another. pytest's own are numbered by a look at all that are there, which grows long."""
    parent = tmp_path_factory.mktemp("homes")
    return (parent / str(number) for number in count())


@pytest.fixture(autouse=True)
def nobodys_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: no settings, cards, models or kept speech of the person who runs the tests."""
    home = next(homes)
    home.mkdir()
    for name, folder in {
        "HOME": "",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_CACHE_HOME": "cache",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    for name in ("AUDIOGEN_VOICE", "AUDIOGEN_SPEECH_VOICE"):
        monkeypatch.delenv(name, raising=False)
    # Servers of tests are on this machine.
    monkeypatch.setenv("AUDIOGEN_FETCH_PRIVATE", "true")
    # A neural voice takes seconds to load: where it is not the subject, its fallback speaks. (Not in other processes.)
    monkeypatch.setattr(fallback, "first_that_speaks", lambda voices: next(v for v in voices if v.engine != "hibari"))
    return home


@pytest.fixture
def real_defaults(nobodys_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default voices that people have."""
    monkeypatch.setattr(fallback, "first_that_speaks", first_that_speaks)


@pytest.fixture
def article() -> Article:
    """A short article, cleaned."""
    return Article(
        title="The ferry to Ostrand sails again",
        dek="A storm had kept it in port for nine days.",
        authors=("Mira Tolland", "Jonas Reeve"),
        published=datetime(2026, 9, 6, 6, 13, tzinfo=UTC),
        site="The Harbor Ledger",
        url="https://harborledger.example/ferry",
        language="en",
        blocks=(
            Block("The ferry left at noon. Nobody cheered, but nobody stayed on the quay either."),
            Block("What comes next", BlockKind.HEADING, 2),
            Block("The line will run twice a day until the spring."),
        ),
        cleaned=True,
    )


@pytest.fixture
def tones() -> Settings:
    """Settings under which the engine `tone` speaks and nothing is kept."""
    return Settings().with_flags(speech__voice="tone", speech__cache=False)
