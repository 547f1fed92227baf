"""`audiogen cache`: what speech is kept, and throwing it away."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from audiogen.engines.speechcache import USUAL_LIMIT, SpeechCache
from audiogen.model import Clip
from tests.cli.pages import write_page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def kept() -> SpeechCache:
    """Three clips of a megabyte, used one after another."""
    kept = SpeechCache()
    for number in range(3):
        key = f"{number:064x}"
        kept.put(key, Clip(bytes(1_000_000), 22_050))
        os.utime(kept._path(key), (1_000_000 + number, 1_000_000 + number))
    return kept


def test_what_is_kept_is_counted(audiogen: Run, kept: SpeechCache) -> None:
    done = audiogen("cache")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"3 clips, 3 MB of at most {USUAL_LIMIT // 1_000_000 + 1} MB\n{kept.folder}\n"


def test_json_has_the_same_figures(audiogen: Run, kept: SpeechCache) -> None:
    report = json.loads(audiogen("cache", "--json").stdout)
    assert report["clips"] == 3
    assert 3_000_000 < report["size"] < 3_001_000
    assert (report["limit"], report["folder"]) == (USUAL_LIMIT, str(kept.folder))


def test_where_nothing_was_ever_kept_there_is_nothing(audiogen: Run) -> None:
    assert audiogen("cache").stdout.startswith("0 clips, 0 MB of at most")
    assert audiogen("cache", "prune").stdout == "0.0 MB freed\n"


def test_what_was_used_longest_ago_goes_first(audiogen: Run, kept: SpeechCache) -> None:
    """Two megabytes are kept at most, and a fifth of them is left free, so that not every run prunes."""
    assert audiogen("cache", "prune", "--keep", "2").stdout == "2.0 MB freed\n"
    assert [kept.has(f"{number:064x}") for number in range(3)] == [False, False, True]


@pytest.mark.parametrize("keep", ["4", "1000000"])
def test_what_fits_stays(audiogen: Run, kept: SpeechCache, keep: str) -> None:
    assert audiogen("cache", "prune", "--keep", keep).stdout == "0.0 MB freed\n"
    assert kept.usage().clips == 3


@pytest.mark.parametrize("flags", [(), ("--keep", "0")], ids=["no flag", "0"])
def test_everything_goes_where_nothing_is_to_be_kept(audiogen: Run, kept: SpeechCache, flags: tuple[str, ...]) -> None:
    assert audiogen("cache", "prune", *flags).stdout == "3.0 MB freed\n"
    assert kept.usage().clips == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("prune", "--keep", "-1"), "'-1' is not a whole number, at least 0"),
        (("prune", "--keep", "1.5"), "'1.5' is not a whole number"),
        (("prune", "now"), "unexpected extra argument"),
        (("prun",), "No such command"),
        (("--jsn",), "No such option"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_throws_nothing_away(
    audiogen: Run, kept: SpeechCache, arguments: tuple[str, ...], says: str
) -> None:
    done = audiogen("cache", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert kept.usage().clips == 3


def test_an_article_is_kept_as_speech_unless_told_otherwise(audiogen: Run, tmp_path: Path) -> None:
    page = write_page(tmp_path)
    cheaply = ("--voice", "tone", "--quality", "small")
    assert audiogen("narrate", page, *cheaply, "--no-cache").returncode == 0
    assert SpeechCache().usage().clips == 0
    assert audiogen("narrate", page, *cheaply).returncode == 0
    assert SpeechCache().usage().clips == 5
    assert audiogen("narrate", page, *cheaply).returncode == 0
    assert SpeechCache().usage().clips == 5


@pytest.mark.parametrize("command", [("cache",), ("cache", "prune")], ids=" ".join)
def test_help_shows_an_example(audiogen: Run, command: tuple[str, ...]) -> None:
    assert f"audiogen {' '.join(command)}" in audiogen(*command, "--help").stdout.partition("Example:")[2]
