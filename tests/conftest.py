"""What many tests stand on: an article of our own, a voice that can be measured, and folders that are nobody's."""

from __future__ import annotations

import gc
import importlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.doctest import DoctestModule
from _pytest.runner import runtestprotocol
from hypothesis import settings as hypothesis_settings

from audiogen import artwork
from audiogen.engines import fallback
from audiogen.engines.fallback import first_that_speaks
from audiogen.episodes import covers
from audiogen.model import Article, Block, BlockKind
from audiogen.settings import Settings
from tests.tones import CALM, SHORT, set_tones, tones_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# Time is measured in benchmarks, not in tests. CI tries the same examples each time: a change is judged by what it
# changed, and what chance finds is found at the desk, where each run tries other examples.
hypothesis_settings.register_profile("desk", deadline=None, max_examples=40)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, max_examples=40)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "desk")

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Collect without looking for garbage: there is none, and looking for it took a quarter of the time."""
    gc.disable()
    try:
        _import_share(session.config)
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        # And look for it less often: most of what tests make goes without.
        gc.set_threshold(10_000)


def _import_share(config: pytest.Config) -> None:
    """In a worker of pytest-xdist, import every third module first, or whatever the share of one worker is.

    Workers collect the same modules in the same order. In a new checkout each would compile all of them, which takes
    as long as collecting; so each finds what the others have compiled.
    """
    worker = getattr(config, "workerinput", None)
    if worker is None:
        return
    roots = {config.rootpath / argument.partition("::")[0] for argument in config.args}
    found = sorted({path for root in roots for path in (root.rglob("test_*.py") if root.is_dir() else [root])})
    for path in found[int(worker["workerid"].removeprefix("gw")) :: worker["workercount"]]:
        # What can't be imported is told when it is collected.
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(path.relative_to(config.rootpath).with_suffix("").parts))


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for examples in docstrings of tests only where there are any: each look goes through the whole module."""
    collectors = yield
    if b">>> " in file_path.read_bytes():
        return collectors
    return [collector for collector in collectors if not isinstance(collector, DoctestModule)]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Give `-n auto` a worker more than there are cores: tests wait for browsers, servers and other processes."""
    return (os.cpu_count() or 1) + 1


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """In a worker of pytest-xdist, send what came of a test, and not besides that its setup and teardown passed.

    Each report costs both processes a third of a millisecond, and there are tens of thousands. `--durations` and
    `--junit-xml` get them all.
    """
    option = item.config.option
    if not hasattr(item.config, "workerinput") or option.durations is not None or option.xmlpath:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


class _Homes:
    """Folders, one after another. pytest's own are numbered by a look at all that are there, which grows long."""

    def __init__(self, parent: Path) -> None:
        self._folders = (parent / str(number) for number in count())
        self.home = self._next()

    def _next(self) -> Path:
        home = next(self._folders)
        home.mkdir()
        for name, folder in {
            "HOME": "",
            "XDG_CONFIG_HOME": "config",
            "XDG_DATA_HOME": "data",
            "XDG_CACHE_HOME": "cache",
        }.items():
            os.environ[name] = str(home / folder)
        return home

    def empty(self) -> Path:
        """Give a home that is empty: the last one, if no test has put anything into it."""
        with os.scandir(self.home) as entries:
            is_used = next(entries, None) is not None
        if is_used:
            self.home = self._next()
        return self.home


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Homes]:
    """What is the same for all tests: nothing of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, "")  # so that it is put back
        for name in ("AUDIOGEN_VOICE", "AUDIOGEN_SPEECH_VOICE"):
            patch.delenv(name, raising=False)
        # Servers of tests are on this machine.
        patch.setenv("AUDIOGEN_FETCH_PRIVATE", "true")
        # A neural voice takes seconds to load: where it is not the subject, its fallback speaks. (Not in other
        # processes.)
        patch.setattr(fallback, "first_that_speaks", lambda voices: next(v for v in voices if v.engine != "hibari"))
        # Most tests publish the same shows: a cover is drawn once, which takes a tenth of a second.
        draw = lru_cache(64)(artwork.draw)
        for module in (artwork, covers):
            patch.setattr(module, "draw", draw)
        with tones_of(SHORT):
            yield _Homes(tmp_path_factory.mktemp("homes"))


@pytest.fixture(autouse=True)
def nobodys_home(_homes: _Homes) -> Path:
    """A home of the test's own: no settings, cards, models or kept speech of the person who runs the tests."""
    return _homes.empty()


@pytest.fixture
def real_defaults(nobodys_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default voices that people have."""
    monkeypatch.setattr(fallback, "first_that_speaks", first_that_speaks)


@pytest.fixture
def calm_tones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tones at the pace of a calm reader, as other processes have them.

    They are set by the test's own monkeypatch: with another, the one that is undone last would win, and a test that
    patches the traits of a tone would leave these to all tests after it.
    """
    set_tones(monkeypatch, CALM)


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
