"""Working ahead with several threads: in order, bounded, and over when somebody fails or leaves."""

from __future__ import annotations

import threading
import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.engines.ahead import speak_ahead
from audiogen.errors import SpeechError
from audiogen.model import Clip, Utterance, Voice
from tests.engines.conftest import say

if TYPE_CHECKING:
    from collections.abc import Iterator

VOICE = Voice("v", "tone")


def clip_of(utterance: Utterance, voice: Voice) -> Clip:
    return Clip(utterance.spoken.encode("utf-16-le"), 8_000)


@settings(max_examples=30)
@given(st.lists(st.text("abc", max_size=5), max_size=30), st.integers(1, 5))
def test_clips_come_in_the_order_of_their_utterances(texts: list[str], workers: int) -> None:
    def dawdle(utterance: Utterance, voice: Voice) -> Clip:
        time.sleep(0.0005 * (hash(utterance.spoken) % 3))
        return clip_of(utterance, voice)

    clips = speak_ahead(dawdle, [say(text) for text in texts], VOICE, workers)
    assert [clip.pcm.decode("utf-16-le") for clip in clips] == texts


def test_no_more_is_under_way_than_workers_and_no_more_waits_than_twice_that() -> None:
    lock = threading.Lock()
    counts = {"now": 0, "most": 0, "begun": 0}

    def count(utterance: Utterance, voice: Voice) -> Clip:
        with lock:
            counts["now"] += 1
            counts["begun"] += 1
            counts["most"] = max(counts["most"], counts["now"])
        time.sleep(0.005)
        with lock:
            counts["now"] -= 1
        return clip_of(utterance, voice)

    clips = speak_ahead(count, [say(str(number)) for number in range(50)], VOICE, 3)
    next(clips)
    time.sleep(0.1)
    assert counts["begun"] <= 7
    assert len(list(clips)) == 49
    assert counts["most"] == 3


def test_utterances_are_taken_as_they_are_needed() -> None:
    taken = []

    def many() -> Iterator[Utterance]:
        for number in range(1000):
            taken.append(number)
            yield say(str(number))

    clips = speak_ahead(clip_of, many(), VOICE, 2)
    assert len(list(islice(clips, 3))) == 3
    clips.close()  # type: ignore[attr-defined]
    assert len(taken) < 12


def test_an_error_comes_at_its_place_and_ends_the_rest() -> None:
    spoken = []

    def fail_at_five(utterance: Utterance, voice: Voice) -> Clip:
        if utterance.spoken == "5":
            raise SpeechError(utterance, "not this one")
        spoken.append(utterance.spoken)
        time.sleep(0.002)
        return clip_of(utterance, voice)

    clips = speak_ahead(fail_at_five, [say(str(number)) for number in range(100)], VOICE, 2)
    assert [clip.pcm.decode("utf-16-le") for clip in islice(clips, 5)] == list("01234")
    with pytest.raises(SpeechError, match="not this one"):
        next(clips)
    assert len(spoken) < 15
    assert list(clips) == []


def test_no_thread_is_left_behind() -> None:
    before = threading.active_count()
    clips = speak_ahead(clip_of, [say(str(number)) for number in range(20)], VOICE, 4)
    next(clips)
    clips.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
