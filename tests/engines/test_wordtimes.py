"""Words of a clip whose engine tells no times get times from its text and its sound."""

from __future__ import annotations

from array import array
from dataclasses import replace
from math import pi, sin

import numpy
import pytest

from audiogen.engines import open_engine, speak_all
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.engines.tone import Tone
from audiogen.engines.voices import find_voice
from audiogen.engines.words import word_spans
from audiogen.engines.wordtimes import SHORTEST_PAUSE, with_word_times
from audiogen.model import Clip, Script, Utterance, Voice
from tests.engines.conftest import say

RATE = 8_000
#: What a listener takes for "at the same time" when words light up as they are read.
NEAR = 0.25
NEWS = (
    "The council of Ostrand voted on Tuesday to keep the old ferry running for another two years.",
    "Nobody had expected the vote to be close; in the end, it was decided by a single hand.",
    "After the meeting, which lasted until midnight, the mayor said that the pier would be repaired first.",
    "The crew, most of them on board since spring, heard the news on the radio and sounded the horn.",
    "Tickets will cost three dollars and fifty cents, passengers under twelve go free, and dogs pay half.",
)


def sound(*stretches: tuple[float, bool]) -> Clip:
    """A clip of stretches of tone and silence, each with its seconds."""
    samples = array("h")
    for seconds, heard in stretches:
        samples.extend(int(8000 * sin(2 * pi * 200 * n / RATE)) * heard for n in range(round(seconds * RATE)))
    return Clip(samples.tobytes(), RATE)


def times(clip: Clip, text: str) -> list[float]:
    return [word.time for word in with_word_times(clip, text).words]


def test_every_word_has_its_time_and_is_marked_as_estimated() -> None:
    text = "One two, three."
    words = with_word_times(sound((1.5, True)), text).words
    assert [(word.start, word.end) for word in words] == word_spans(text)
    assert all(word.estimated for word in words)
    assert [word.time for word in words] == sorted(word.time for word in words)


def test_the_first_word_begins_with_the_sound() -> None:
    assert times(sound((0.4, False), (1.0, True), (0.5, False)), "Hello there.")[0] == pytest.approx(0.4, abs=0.02)


def test_a_silence_is_where_the_mark_is() -> None:
    clip = sound((1.0, True), (0.3, False), (1.0, True))
    assert times(clip, "Early that evening, nobody was there.")[3] == pytest.approx(1.3, abs=0.02)


@pytest.mark.parametrize(
    ("silence", "moved"),
    [(SHORTEST_PAUSE - 0.03, False), (SHORTEST_PAUSE + 0.03, True)],
    ids=["too short", "long enough"],
)
def test_a_closure_inside_a_word_is_no_pause(silence: float, moved: bool) -> None:
    """The comma is a little before the middle of the text, the silence at the middle of the sound."""
    clip = sound((1.2, True), (silence, False), (1.2, True))
    behind = times(clip, "One boat came in, then one went.")[4]
    assert (behind == pytest.approx(1.2 + silence, abs=0.02)) is moved


@pytest.mark.parametrize(
    "clip",
    [Clip(b"", RATE), sound((1.0, False)), Tone().speak(say("One two."), Voice("tone", "tone"))],
    ids=["empty", "silent", "with times"],
)
def test_a_clip_without_sound_or_with_times_stays_as_it_is(clip: Clip) -> None:
    assert with_word_times(clip, "One two.") is clip


def test_more_silences_than_words_are_survived() -> None:
    clip = sound(*[(0.1, True), (0.2, False)] * 12, (0.1, True))
    assert len(times(clip, "Only three words")) == 3


def test_a_text_of_two_thousand_characters_is_timed_whole() -> None:
    text = ", ".join(["a clause of some words"] * 90)
    clip = sound(*[(1.0, True), (0.15, False)] * 90)
    found = times(clip, text)
    assert len(found) == 450
    assert numpy.all(numpy.diff(found) >= 0)


def test_espeaks_own_times_are_met_where_they_are_hidden() -> None:
    voice = find_voice("english", "en")
    with open_engine(voice.engine) as engine:
        clips = list(speak_all(engine, [say(text) for text in NEWS], voice))
    for text, clip in zip(NEWS, clips, strict=True):
        found = {word.start: word.time for word in with_word_times(replace(clip, words=()), text).words}
        # It times "of Ostrand" as one word.
        off = {text[w.start :][:12]: round(found[w.start] - w.time, 2) for w in clip.words if w.start in found}
        assert len(off) > 10
        assert {word: by for word, by in off.items() if abs(by) > NEAR} == {}


def test_a_script_has_times_of_every_word_whatever_the_engine_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    result = Tone.speak
    monkeypatch.setattr(Tone, "speak", lambda self, line, voice: replace(result(self, line, voice), words=()))
    script = Script((Utterance("One two.", "One two."), Utterance("…", "…")))
    with ScriptSpeaker("tone") as script_speaker:
        clips = list(script_speaker.speak(script))
    assert [[word.estimated for word in clip.words] for clip in clips] == [[True, True], []]
