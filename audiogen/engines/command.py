"""The engine `command`: any program that converts text to speech, called without a shell.

A card gives the program and its arguments:

    [options]
    command = ["espeak-ng", "-v", "{voice}", "-s", "{rate}", "--stdin", "--stdout"]

Placeholders: `{voice}` the card's id, `{language}`, `{rate}` words a minute, `{pitch}` 0 to 100; `{text_file}` a UTF-8
file with the text; `{text}` the text itself; `{sound_file}` where the program shall write. Without a placeholder for
it, the text goes to the program's stdin; without `{sound_file}`, its sound is read from stdout. Any sound file will do.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.engines.ahead import speak_ahead
from audiogen.engines.sound import read_sound, resample
from audiogen.engines.traits import Traits
from audiogen.engines.voices import load_cards
from audiogen.engines.words import cut, has_words, is_speakable
from audiogen.errors import EngineMissingError, SettingsError, SpeechError
from audiogen.model import Clip, Synthesis, Voice
from audiogen.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from audiogen.model import Utterance

#: Maximum number of characters for one call of a program, if its card does not set `longest`.
LONGEST_PIECE = 2_000
#: The values of `{rate}` and `{pitch}` if the card has none.
USUAL_RATE, USUAL_PITCH = 175, 50
#: Sample rate of an empty clip of a program that has not spoken yet.
USUAL_SAMPLE_RATE = 22_050
PLACEHOLDERS = ("voice", "language", "rate", "pitch", "text", "text_file", "sound_file")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Command:
    """Runs programs of the system, once for each piece of text.

    Args:
        patience: timeout of a program for one piece, in seconds.
        workers: programs running at once; as many as there are cores if it is not given.
    """

    name = "command"
    version = "1"
    traits = Traits(Synthesis.RULES, longest=LONGEST_PIECE, parallel=os.cpu_count() or 1, threads=True)

    def __init__(self, *, patience: float = 60.0, workers: int = 0) -> None:
        self._patience = patience
        self._workers = workers or os.cpu_count() or 1
        self._sample_rates: dict[tuple[str, ...], int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing, because no resource is open."""

    def fingerprint(self, voice: Voice) -> str:
        """Return a value that differs for each program and each build of it."""
        program = _program(_arguments(voice))
        status = Path(program).stat()
        return f"{program} {status.st_size} {status.st_mtime_ns}"

    def voices(self) -> Iterable[Voice]:
        """Return the voices of cards whose program is installed."""
        cards = (card.voice for card in load_cards().values() if card.voice.engine == self.name)
        return [voice for voice in cards if shutil.which(_arguments(voice)[0])]

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return what is spoken: the plain text."""
        return utterance.spoken

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance; may be called from several threads.

        Raises:
            SpeechError: a program failed, took too long, or gave no sound for text with words.
            EngineMissingError: the program is not installed.
            SettingsError: the card has no command, or an unknown placeholder.
        """
        arguments = _arguments(voice)
        if not is_speakable(utterance.spoken):
            return Clip(b"", self._sample_rates.get(arguments, USUAL_SAMPLE_RATE))
        longest = int(str(voice.options.get("longest", LONGEST_PIECE)))
        clips = [self._run(arguments, piece, utterance, voice) for _, piece in cut(utterance.spoken, longest)]
        rate = self._sample_rates.setdefault(arguments, clips[0].sample_rate)
        clip = Clip(b"".join(resample(clip, rate).pcm for clip in clips), rate)
        if has_words(utterance.spoken) and not clip.pcm:
            message = f"{arguments[0]} gave no sound for “{utterance.spoken[:120]}”."
            raise SpeechError(utterance, message, clip=clip)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Speak the utterances in order, several at once."""
        return speak_ahead(self.speak, utterances, voice, self._workers)

    def _run(self, arguments: tuple[str, ...], text: str, utterance: Utterance, voice: Voice) -> Clip:
        """Run the card's program for one piece of text, and read the sound that it gave."""
        with temporary_folder() as folder:
            text_file, sound_file = folder / "text.txt", folder / "speech.wav"
            text_file.write_text(text, encoding="utf-8")
            values = _values(voice) | {"text": text, "text_file": str(text_file), "sound_file": str(sound_file)}
            filled = [_PLACEHOLDER.sub(lambda match: values[match[1]], argument) for argument in arguments[1:]]
            by_stdin = not _uses(arguments, "text", "text_file")
            output = self._call([_program(arguments), *filled], text if by_stdin else "", utterance)
            if _uses(arguments, "sound_file"):
                output = sound_file.read_bytes() if sound_file.is_file() else b""
        try:
            return read_sound(output)
        except ValueError as error:
            raise SpeechError(
                utterance, f"{arguments[0]} did not speak “{utterance.spoken[:120]}”: {error}."
            ) from error

    def _call(self, command: list[str], text: str, utterance: Utterance) -> bytes:
        """Run a program; return its stdout, or raise an error with the last line of its stderr."""
        name = Path(command[0]).name
        try:
            done = subprocess.run(
                command, input=text.encode(), capture_output=True, timeout=self._patience, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise SpeechError(utterance, f"{name} was not done within {self._patience:g} seconds.") from error
        except OSError as error:
            raise SpeechError(utterance, f"{name} could not be run: {error}.") from error
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
            why = f": {lines[-1]}" if lines else ""
            raise SpeechError(utterance, f"{name} ended with status {done.returncode}{why}.")
        return done.stdout


def _arguments(voice: Voice) -> tuple[str, ...]:
    """Return the card's program and arguments.

    Raises:
        SettingsError: there are none, or a placeholder is unknown.
    """
    command = voice.options.get("command")
    if not isinstance(command, tuple) or not command:
        raise SettingsError(
            voice.name,
            f"The card '{voice.name}' needs a list called command under [options]: a program, its arguments.",
        )
    for argument in command:
        for name in _PLACEHOLDER.findall(argument):
            if name not in PLACEHOLDERS:
                raise SettingsError(
                    voice.name,
                    f"The card '{voice.name}' has an unknown placeholder {{{name}}}: use {', '.join(PLACEHOLDERS)}.",
                )
    return command


def _program(arguments: tuple[str, ...]) -> str:
    """Return the path of the program; EngineMissingError if it is not installed."""
    path = shutil.which(arguments[0])
    if path is None:
        raise EngineMissingError(
            "command", f"The program {arguments[0]} is not installed. `audiogen doctor` tells what brings it."
        )
    return path


def _values(voice: Voice) -> dict[str, str]:
    """Return the values of the placeholders that depend only on the voice."""
    return {
        "voice": voice.id,
        "language": voice.language,
        "rate": str(USUAL_RATE if voice.rate is None else voice.rate),
        "pitch": str(USUAL_PITCH if voice.pitch is None else voice.pitch),
    }


def _uses(arguments: tuple[str, ...], *names: str) -> bool:
    """Return whether the arguments contain one of these placeholders."""
    return any(f"{{{name}}}" in argument for argument in arguments for name in names)
