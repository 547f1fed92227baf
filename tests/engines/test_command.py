"""Any program as an engine: a small one of our own that misbehaves at will, and real ones where they are installed."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from audiogen.engines.command import Command
from audiogen.engines.voices import find_voice, load_cards
from audiogen.errors import EngineMissingError, SettingsError, SpeechError
from audiogen.model import Voice
from tests.engines.conftest import SENTENCES, say

if TYPE_CHECKING:
    from pathlib import Path

#: Speaks 0.05 seconds for each letter it gets, by stdin, argument or file, to stdout or a file.
PROGRAM = """
import sys, time, wave, io
how, source, target, *rest = sys.argv[1:]
if source == "-": text = sys.stdin.buffer.read().decode()
elif source[0] == "@": text = open(source[1:], encoding="utf-8").read()
else: text = source
if how == "hang": time.sleep(60)
if how == "fail": sys.exit("cannot speak " + text)
sound = io.BytesIO()
with wave.open(sound, "wb") as file:
    file.setnchannels(2 if how == "stereo" else 1)
    file.setsampwidth(2)
    file.setframerate(16000)
    file.writeframes(b"\\1\\2" * (800 * len(text) * (2 if how == "stereo" else 1)))
data = sound.getvalue()
if how == "cut": data = data[:-1000]
if how == "text": data = b"hello"
if how == "none": data = b""
print(*rest, file=sys.stderr)
(sys.stdout.buffer if target == "-" else open(target, "wb")).write(data)
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bin") / "speak.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def card(program: Path, *arguments: str, **options: int) -> Voice:
    return Voice("own", "command", "v1", options={"command": (sys.executable, str(program), *arguments), **options})


@pytest.mark.parametrize("source", ["-", "{text}", "@{text_file}"], ids=["stdin", "argument", "file"])
@pytest.mark.parametrize("target", ["-", "{sound_file}"], ids=["stdout", "file"])
def test_text_and_sound_go_whichever_way_the_card_says(program: Path, source: str, target: str) -> None:
    text = 'Під’їзд; rm -rf $HOME `true` "x"'
    with Command() as engine:
        clip = engine.speak(say(text), card(program, "fine", source, target))
    assert clip.sample_rate == 16_000
    assert clip.duration == pytest.approx(0.05 * len(text))


def test_two_channels_are_mixed_into_one(program: Path) -> None:
    clip = Command().speak(say("four"), card(program, "stereo", "-", "-"))
    assert clip.duration == pytest.approx(0.2)


def test_a_long_text_is_given_in_pieces_and_comes_back_as_one(program: Path) -> None:
    text = "One sentence. " * 50
    clip = Command().speak(say(text), card(program, "fine", "-", "-", longest=100))
    assert clip.duration == pytest.approx(0.05 * len(text))


@pytest.mark.parametrize(
    ("how", "spoken"),
    [
        ("fail", "status 1: cannot speak Hello."),
        ("cut", "cut short: 1000 bytes"),
        ("text", "no sound file"),
        ("none", "no sound file"),
        ("hang", "not done within 0.5 seconds"),
    ],
)
@pytest.mark.parametrize("target", ["-", "{sound_file}"])
def test_a_program_that_fails_is_named_with_its_reason(program: Path, how: str, spoken: str, target: str) -> None:
    patience = 0.5 if how == "hang" else 60
    sentence = say("Hello.")
    with pytest.raises(SpeechError, match=spoken) as caught:
        Command(patience=patience).speak(sentence, card(program, how, "-", target))
    assert caught.value.subject is sentence


@pytest.mark.parametrize("options", [{}, {"command": "flite"}, {"command": ()}, {"command": ("flite", "{vioce}")}])
def test_a_card_without_a_sound_command_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"command|placeholder"):
        Command().speak(say("Hello."), Voice("own", "command", options=options))


def test_a_program_that_is_not_installed_is_an_error_that_says_so() -> None:
    voice = Voice("own", "command", options={"command": ("no-such-program-of-ours",)})
    with pytest.raises(EngineMissingError, match="no-such-program-of-ours is not installed"):
        Command().speak(say("Hello."), voice)


def test_nothing_to_say_calls_no_program(program: Path) -> None:
    assert Command().speak(say("…"), card(program, "fail", "-", "-")).pcm == b""


def test_several_programs_run_at_once_and_their_clips_stay_in_order(program: Path) -> None:
    utterances = [say("x" * length) for length in (5, 1, 9, 3)]
    durations = [clip.duration for clip in Command(workers=3).speak_all(utterances, card(program, "fine", "-", "-"))]
    assert durations == pytest.approx([0.25, 0.05, 0.45, 0.15])


def test_another_build_of_a_program_has_another_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "say-it"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    voice = Voice("own", "command", options={"command": (str(path),)})
    before = Command().fingerprint(voice)
    path.write_text("#!/bin/sh\ntrue\n")
    assert Command().fingerprint(voice) != before


def test_every_ready_card_has_a_sound_command() -> None:
    ready = [card.voice for card in load_cards().values() if card.voice.engine == "command"]
    assert {str(voice.options["command"][0]) for voice in ready} == {  # type: ignore[index]
        "espeak-ng",
        "flite",
        "RHVoice-test",
        "pico2wave",
        "say",
    }


@pytest.mark.parametrize(("name", "program"), [("espeak-command", "espeak-ng"), ("flite", "flite")])
def test_the_ready_card_speaks_with_the_real_program(name: str, program: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    with Command() as engine:
        voice = find_voice(name)
        assert voice in engine.voices()
        clips = list(engine.speak_all([say(sentence) for sentence in SENTENCES], voice))
        long = engine.speak(say(" ".join(SENTENCES) * 2), voice)
    assert all(1.0 < clip.duration < 10 for clip in clips if clip is not clips[3])
    assert long.duration == pytest.approx(2 * sum(clip.duration for clip in clips), rel=0.25)
