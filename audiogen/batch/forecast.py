"""Estimates the result of a batch: hours of sound, megabytes, minutes of work on this machine, and its cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from audiogen.batch.index import Index
    from audiogen.batch.work import Prepared, Task


#: Assumed words per minute of a remote voice that has no episode in the library.
_USUAL_RATE = 160


@dataclass(slots=True)
class Forecast:
    """What a dry run collects."""

    #: Number of words of new or changed articles, by voice.
    words: Counter[str] = field(default_factory=Counter)
    #: An article for each voice, to measure this machine.
    samples: dict[str, Prepared] = field(default_factory=dict)
    #: Addresses that were not fetched.
    unfetched: int = 0
    #: In the currency of the voices' prices.
    cost: float = 0.0

    def add(self, prepared: Prepared) -> None:
        """Add an article that would be made."""
        self.words[prepared.voice] += prepared.words
        self.samples.setdefault(prepared.voice, prepared)
        self.cost += prepared.cost


@dataclass(frozen=True, slots=True)
class Estimate:
    """What would be made, and how long that would take."""

    #: Seconds of sound.
    seconds: float
    #: Bytes of sound files.
    bytes: int
    #: Seconds until all is made, with all workers; None if that could be measured only on a server.
    work: float | None
    cost: float
    unfetched: int


def estimate(forecast: Forecast, task: Task, index: Index, executor: Executor, size: int) -> Estimate:
    """Estimate by the library's episodes; for a voice without any, one article is made as a trial."""
    from audiogen.assembler import QUALITIES
    from audiogen.batch.work import measure

    seconds, work, untried = 0.0, 0.0, False
    for voice, words in forecast.words.items():
        known_words, known_seconds, known_work = index.speed(voice)
        sample = forecast.samples[voice]
        if not known_words and sample.remote:
            # A trial would send text to the server, and might cost money.
            seconds += words / _USUAL_RATE * 60
            untried = True
            continue
        if not known_words:
            known_words = sample.words
            known_seconds, known_work = executor.submit(measure, task, sample.article).result()
        share = words / max(1, known_words)
        seconds += share * known_seconds
        work += share * known_work
    bitrate = QUALITIES[task.settings.audio.quality].bitrate
    return Estimate(
        seconds, round(seconds * bitrate * 125), None if untried else work / size, forecast.cost, forecast.unfetched
    )
