"""Speaks ahead of the caller in several threads, for engines whose `speak` may be called from any thread."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from audiogen.model import Clip, Utterance, Voice


def speak_ahead(
    speak: Callable[[Utterance, Voice], Clip], utterances: Iterable[Utterance], voice: Voice, workers: int
) -> Iterator[Clip]:
    """Yield the clips of the utterances in order; the workers are at most two clips each ahead of the caller.

    If one fails, or the caller stops, those that have not begun are dropped.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="audiogen-speech")
    waiting: deque[Future[Clip]] = deque()
    try:
        for utterance in utterances:
            waiting.append(pool.submit(speak, utterance, voice))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
