"""What a batch would take is reckoned from what the library's own episodes took."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.batch import work
from audiogen.batch.forecast import Forecast, estimate
from audiogen.batch.index import Index, Note
from audiogen.batch.work import Task, prepare
from audiogen.model import Source
from tests.batch.pile import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.settings import Settings


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """Notes of a library in which `tone` spoke 1,000 words in 400 seconds of sound and 8 of work."""
    with Index(tmp_path / "notes") as index:
        index.write(Note("a", "done", voice="tone", words=1000, seconds=400.0, work=8.0))
        yield index


def prepared(words: int, voice: str = "tone", *, remote: bool = False, cost: float = 0.0) -> Any:
    return SimpleNamespace(words=words, voice=voice, remote=remote, cost=cost, article=None)


@pytest.mark.parametrize(
    ("articles", "size", "seconds", "seconds_of_work"),
    [
        pytest.param([], 1, 0.0, 0.0, id="nothing"),
        pytest.param([prepared(1000)], 1, 400.0, 8.0, id="as much again"),
        pytest.param([prepared(500), prepared(250), prepared(250)], 1, 400.0, 8.0, id="in parts"),
        pytest.param([prepared(2000)], 4, 800.0, 4.0, id="by four workers"),
        pytest.param([prepared(320, "server", remote=True)], 1, 120.0, None, id="of a server nothing is known"),
        pytest.param(
            [prepared(1000), prepared(320, "server", remote=True)], 1, 520.0, None, id="one known and one not"
        ),
    ],
)
def test_sound_and_work_grow_with_the_words(
    tones: Settings, index: Index, articles: list[Any], size: int, seconds: float, seconds_of_work: float | None
) -> None:
    forecast = Forecast()
    for article in articles:
        forecast.add(article)
    with ThreadPoolExecutor(1) as executor:
        result = estimate(forecast, Task("library", tones), index, executor, size)
    assert result.seconds == pytest.approx(seconds)
    assert result.work == (None if seconds_of_work is None else pytest.approx(seconds_of_work))


@pytest.mark.parametrize("quality", ["small", "speech", "podcast"])
def test_megabytes_follow_the_bit_rate(tones: Settings, index: Index, quality: str) -> None:
    from audiogen.assembler import QUALITIES

    forecast = Forecast()
    forecast.add(prepared(1000))
    settings = tones.with_flags(audio__quality=quality)
    with ThreadPoolExecutor(1) as executor:
        result = estimate(forecast, Task("library", settings), index, executor, 1)
    assert result.bytes == 400 * QUALITIES[settings.audio.quality].bitrate * 1000 / 8


def test_what_costs_money_and_what_is_not_fetched_is_told(tones: Settings, index: Index) -> None:
    forecast = Forecast()
    forecast.add(prepared(10, cost=0.25))
    forecast.add(prepared(10, cost=0.5))
    forecast.unfetched = 7
    with ThreadPoolExecutor(1) as executor:
        result = estimate(forecast, Task("library", tones), index, executor, 1)
    assert (result.cost, result.unfetched) == (0.75, 7)


def test_a_voice_nobody_has_heard_makes_one_article_on_trial(tones: Settings, tmp_path: Path) -> None:
    task = Task(str(tmp_path / "library"), tones.with_flags(audio__quality="small"))
    article = prepare(task, Source("0.html", document=page(0)))
    forecast = Forecast()
    forecast.add(article)
    forecast.add(article)
    with ThreadPoolExecutor(1) as executor, Index(tmp_path / "notes") as index:
        result = estimate(forecast, task, index, executor, 1)
        executor.submit(work.close).result()
    work.close()
    assert 15 < result.seconds < 30, "two articles of ten seconds"
    assert result.work
    assert result.work > 0
    assert not (tmp_path / "library").exists(), "it was only on trial"
