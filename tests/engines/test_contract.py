"""One contract for every engine: what is asked of it is spoken whole or not at all, quietly, and at one rate."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.engines import ENGINES, open_engine, speak_all
from audiogen.engines.traits import Traits
from audiogen.engines.words import has_words
from audiogen.errors import SpeechError
from audiogen.model import Voice
from tests.engines.conftest import SENTENCES, say
from tests.engines.models import make_kokoro, make_piper
from tests.engines.speech_server import speech_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.engines import Engine

#: Speaks 0.06 seconds for each character of stdin.
PROGRAM = (
    "import sys, wave; text = sys.stdin.buffer.read().decode(); f = wave.open(sys.stdout.buffer, 'wb'); "
    "f.setnchannels(1); f.setsampwidth(2); f.setframerate(22050); "
    "f.writeframes(b'\\1\\2' * 1323 * len(text)); f.close()"
)
#: Engines that speak on this machine; those of other systems can't be held to anything here.
NAMES = [name for name in ENGINES if name not in ("sapi5", "nsss")]

#: Engines that know only the letters of their languages, and say so.
REFUSES_SCRIPTS = ("hibari",)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[dict[str, Any], Voice]]]:
    """Options and a voice for each engine."""
    folder = tmp_path_factory.mktemp("models")
    make_piper(folder / "piper")
    make_kokoro(folder / "kokoro")
    with speech_server() as server:
        server.rate = 8_000  # little to carry; clips come at the rate of every other voice all the same
        yield {
            "pyttsx3": ({}, Voice("v", "pyttsx3", "gmw/en-us", "en")),
            "tone": ({}, Voice("v", "tone", "tone")),
            "hibari": ({"models": str(folder / "hibari")}, Voice("v", "hibari", "heart", "en")),
            "piper": ({"models": str(folder / "piper")}, Voice("v", "piper", "en_XX-hum-tiny", "en")),
            "kokoro": ({"models": str(folder / "kokoro")}, Voice("v", "kokoro", "af_high", "en-US")),
            "http": ({"base_url": server.url}, Voice("v", "http", "alba")),
            "command": ({}, Voice("v", "command", options={"command": (sys.executable, "-S", "-c", PROGRAM)})),
        }


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest, prepared: dict[str, Any]) -> Iterator[tuple[Engine, Voice]]:
    name: str = request.param
    if name == "kokoro":
        pytest.importorskip("kokoro_onnx")  # it has no release for Python 3.14
    options, voice = prepared[name]
    with open_engine(name, options) as engine:
        yield engine, voice


@contextmanager
def quiet() -> Iterator[None]:
    """Fail if anything is written to the process's own stdout or stderr, by whomever."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.dup2(writer, 1)
    os.dup2(writer, 2)
    try:
        yield
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for end in (*kept, writer):
            os.close(end)
        with os.fdopen(reader, "rb") as heard:
            written = heard.read() or b""
    assert written == b""


def test_an_engine_says_what_it_is_and_what_it_can_stand(case: tuple[Engine, Voice]) -> None:
    engine, _ = case
    assert engine.name in ENGINES
    assert engine.version
    assert isinstance(engine.traits, Traits)
    assert engine.traits.parallel >= 1
    assert all(voice.engine == engine.name for voice in engine.voices())


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        "No.",
        "7",
        "A",
        "One line.\nAnother line.\tAnd a tab.",
        "<speak>not & a tag</speak> [[h@'loU]] {voice}",
        "Hello 😀 world",
        "naïve café — “déjà vu”…",
        "a" * 300,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_what_has_words_has_sound(case: tuple[Engine, Voice], text: str) -> None:
    engine, voice = case
    with quiet():
        clip = engine.speak(say(text), voice)
    assert len(clip.pcm) % 2 == 0
    assert clip.duration > 0.025
    assert clip.sample_rate == engine.speak(say(SENTENCES[0]), voice).sample_rate
    assert all(0 <= word.start < word.end <= len(text) and 0 <= word.time <= clip.duration for word in clip.words)


@pytest.mark.parametrize("text", ["Ну що ж, привіт!", "漢字とかな", "مرحبا بالعالم"], ids=ascii)
def test_another_script_is_spoken_or_refused(case: tuple[Engine, Voice], text: str) -> None:
    engine, voice = case
    word = text.rstrip("!").split()[0]
    with quiet():
        if engine.name in REFUSES_SCRIPTS:
            with pytest.raises(SpeechError, match=word):
                engine.speak(say(text), voice)
        else:
            assert engine.speak(say(text), voice).duration > 0.025


@pytest.mark.parametrize("text", ["", " ", "…", "“—”", "?!", "\u200b"], ids=ascii)
def test_nothing_to_say_gives_an_empty_clip_at_the_same_rate(case: tuple[Engine, Voice], text: str) -> None:
    engine, voice = case
    rate = engine.speak(say("Hello."), voice).sample_rate
    with quiet():
        clip = engine.speak(say(text), voice)
    assert (clip.pcm, clip.sample_rate, clip.words) == (b"", rate, ())


@pytest.mark.parametrize("text", ["😀", "€", "+"])
def test_symbols_alone_are_no_error(case: tuple[Engine, Voice], text: str) -> None:
    engine, voice = case
    assert not has_words(text)
    with quiet():
        clip = engine.speak(say(text), voice)
    assert len(clip.pcm) % 2 == 0


@pytest.mark.parametrize("characters", [2_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_a_long_text_is_whole(case: tuple[Engine, Voice], characters: int) -> None:
    engine, voice = case
    sentence = "Seventeen sheep stood on the hill and looked at the rain. "
    count = characters // len(sentence)
    with quiet():
        clip = engine.speak(say(sentence * count), voice)
        single = engine.speak(say(sentence), voice)
    assert clip.duration == pytest.approx(single.duration * count, rel=0.15)


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_many_utterances_come_in_order_at_one_rate(case: tuple[Engine, Voice], count: int) -> None:
    engine, voice = case
    if engine.name in ("command", "hibari"):
        count //= 2  # a Python program for each, and seconds of a neural voice
    lengths = [1 + (number * 7) % 5 for number in range(count)]
    with quiet():
        clips = list(speak_all(engine, [say("Sentence. " * length) for length in lengths], voice))
    assert len(clips) == count
    assert len({clip.sample_rate for clip in clips}) == 1
    shortest = min(clip.duration for clip in clips)
    assert [round(clip.duration / shortest / 1.5) for clip in clips[:5]] == [
        round(clips[number].duration / shortest / 1.5) for number in range(5, 10)
    ]
    for length, clip in zip(lengths, clips, strict=True):
        assert clip.duration == pytest.approx(clips[lengths.index(length)].duration, rel=0.1)


def test_leaving_half_way_leaves_an_engine_that_speaks(case: tuple[Engine, Voice]) -> None:
    engine, voice = case
    clips = speak_all(engine, [say(f"{number} {SENTENCES[1]}") for number in range(20)], voice)
    assert all(clip.pcm for clip in islice(clips, 3))
    clips.close()  # type: ignore[attr-defined]
    assert engine.speak(say("Hello."), voice).pcm


def test_two_engines_at_once_do_not_mix(case: tuple[Engine, Voice], prepared: dict[str, Any]) -> None:
    engine, voice = case
    utterances = [say("Short."), say("A much longer sentence than that. " * 3)]
    alone = [engine.speak(utterance, voice).duration for utterance in utterances]
    with open_engine(engine.name, prepared[engine.name][0]) as other:
        pairs = zip(speak_all(engine, utterances, voice), speak_all(other, utterances[::-1], voice), strict=True)
        together = [(first.duration, second.duration) for first, second in pairs]
    assert [first for first, _ in together] == pytest.approx(alone, rel=0.05)
    assert [second for _, second in together] == pytest.approx(alone[::-1], rel=0.05)


@pytest.mark.slow
def test_memory_does_not_grow(case: tuple[Engine, Voice]) -> None:
    engine, voice = case
    rounds = {"command": 4, "http": 12}.get(engine.name, 30)
    utterances = [say(sentence) for sentence in SENTENCES]

    def speak_a_while() -> int:
        for _ in range(rounds):
            for _clip in speak_all(engine, utterances, voice):
                pass
        gc.collect()
        return resident()

    before, growth = speak_a_while(), 0
    for _ in range(4):  # the allocator may take another arena; what is kept takes more each time
        after = speak_a_while()
        before, growth = after, after - before
        if growth < 8_000:  # KiB: far below what kept clips would take
            break
    assert growth < 8_000


def resident() -> int:
    """Return this process's resident memory in KiB."""
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())]))


def test_every_engine_of_ours_is_held_to_this(prepared: dict[str, Any]) -> None:
    assert set(prepared) == set(NAMES)
