"""A question to be answered by yes or no rises; others, and statements, are said as the voice says them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler.clip_edges import trim
from audiogen.engines.hibari import Hibari, _rises
from audiogen.engines.questions import MAX_RAISE, MAX_RISE, MIN_RISE, TARGET, raise_pitch
from audiogen.model import Role, Voice
from tests.engines.conftest import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from audiogen.model import Clip

HEART = Voice("v", "hibari", "heart", "en")
FRAME = 0.0125


@pytest.fixture(scope="module")
def engine() -> Iterator[Hibari]:
    with Hibari(workers=1) as engine:
        yield engine


@pytest.mark.parametrize(
    ("text", "rising"),
    [
        ("Will the harbor open on Monday?", True),
        ("The talks have failed?", True),
        ("It rained. Did the ferry sail?", True),
        ("He asked: “Did the ferry sail?”", True),
        ("Is that not what they asked for?", True),
        ("Who will pay?", False),
        ("But why now?", False),
        ("And at what price?", False),
        ("“Where,” she asked, “will they go?”", False),
        ("He asked: “Why did the ferry sail?”", False),
        ("Was it the wind or the tide?", False),
        ("“Did the ferry sail?” she asked.", False),
        ("The ferry sailed.", False),
        ("", False),
    ],
)
def test_what_asks_for_yes_or_no_rises(text: str, rising: bool) -> None:
    assert _rises(text) is rising


def bend(pitch: NDArray[np.float32], begin: float) -> NDArray[np.float32]:
    return np.asarray(raise_pitch(pitch, np.zeros(len(pitch), np.float32), begin, FRAME))


def test_a_pitch_ends_above_the_usual_one_and_begins_as_it_was() -> None:
    flat = np.full(160, 200.0, np.float32)
    bent = bend(flat, 1.6)
    assert bent[:128] == pytest.approx(200.0)
    assert np.all(np.diff(bent) >= 0)
    assert 12 * np.log2(bent[-1] / 200) == pytest.approx(TARGET)


@pytest.mark.parametrize(("begin", "seconds"), [(0.0, MAX_RISE), (1.99, MIN_RISE)])
def test_a_rise_is_no_longer_and_no_shorter_than_its_limits(begin: float, seconds: float) -> None:
    bent = bend(np.full(160, 200.0, np.float32), begin)
    assert np.count_nonzero(bent > 200.01) * FRAME == pytest.approx(seconds, abs=2 * FRAME)


def test_no_pitch_is_raised_beyond_all_measure_and_no_tone_is_made() -> None:
    pitch = np.concatenate([np.full(100, 200.0), np.full(20, 50.0), np.zeros(20)]).astype(np.float32)
    bent = bend(pitch, 1.0)
    assert bent[119] == pytest.approx(50.0 * 2 ** (MAX_RAISE / 12))
    assert np.array_equal(bent[120:], pitch[120:])
    assert np.array_equal(bend(np.zeros(10, np.float32), 0.0), np.zeros(10))


def final_pitch(clip: Clip) -> float:
    """Measure the sound's last pitch against its usual one, in semitones, by autocorrelation."""
    piece, rate = trim(clip), clip.sample_rate
    samples, width = piece.samples, round(0.04 * rate)
    pitches = []
    for start in range(0, samples.size - width, round(0.01 * rate)):
        part = samples[start : start + width]
        likeness = np.correlate(part, part, "full")[width - 1 :]
        low, high = rate // 450, rate // 90
        # Twice the period is as like: the first that is nearly as like as any is taken.
        near = np.flatnonzero(likeness[low:high] > 0.9 * likeness[low:high].max())
        ahead = next((place for place in near if likeness[low + place] >= likeness[low + place + 1]), near[-1])
        lag = low + int(ahead)
        if np.abs(part).max() > 0.05 * np.abs(samples).max() and likeness[lag] > 0.5 * likeness[0]:
            pitches.append(rate / lag)
    return float(12 * np.log2(np.median(pitches[-6:]) / np.median(pitches)))


def test_a_question_is_heard_to_rise_and_the_same_words_as_a_statement_are_not(engine: Hibari) -> None:
    questions = ("The harbor will open on Monday?", "They have signed the agreement?")
    for text in questions:
        question, statement = (engine.speak(say(spoken), HEART) for spoken in (text, text.replace("?", ".")))
        assert final_pitch(question) > max(1.0, final_pitch(statement) + 1.5), text
        assert [word.time for word in question.words] == pytest.approx([word.time for word in statement.words], abs=0.1)


@pytest.mark.parametrize("role", [Role.TITLE, Role.DEK, Role.HEADING, Role.QUOTE, Role.LIST_ITEM])
def test_headline_standfirst_quotation_and_list_are_read_more_slowly(engine: Hibari, role: Role) -> None:
    text = "The channel is open, and it will stay open."
    plain, slow = say(text), replace(say(text), role=role)
    ratio = engine.speak(slow, HEART).words[-1].time / engine.speak(plain, HEART).words[-1].time
    assert 1.01 < ratio < 1.15
    assert engine.given(slow, HEART) != engine.given(plain, HEART) == text


def test_a_question_that_rises_is_another_thing_to_speak(engine: Hibari) -> None:
    assert engine.given(say("Did it sail?"), HEART) != "Did it sail?"
    assert engine.given(say("Why did it sail?"), HEART) == "Why did it sail?"


def test_no_sentence_begins_or_ends_clipped(engine: Hibari) -> None:
    for text in ("Every ship that leaves is bread.", "Half of the fish swam off.", "She thinks.", "Will it stop?"):
        clip = engine.speak(say(text), HEART)
        piece, rate = trim(clip), clip.sample_rate
        whole = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / 32768
        peak, end = np.abs(whole).max(), piece.skipped + piece.samples.size
        short = round(0.002 * rate)
        # At the cuts there is next to nothing left: -55 dB under the peak, faded.
        assert max(np.abs(piece.samples[:short]).max(), np.abs(piece.samples[-short:]).max()) < peak * 10 ** (-55 / 20)
        # What was cut off is no speech: -48 dB is the limit of `trim`.
        assert np.abs(whole[: piece.skipped]).max() <= peak * 10 ** (-47 / 20), text
        assert np.abs(whole[end:]).max() <= peak * 10 ** (-47 / 20), text
