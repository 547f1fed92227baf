"""pyttsx3 with one of its own drivers, its faults worked around; runs in the speaking child.

It speaks with the voices of Windows (`sapi5`) and macOS (`nsss`), and with `espeak` where our own driver does not fit
the pyttsx3 that is installed. Sound comes through a file, without word times.

The fault behind most of pyttsx3's troubles is its busy flag. `runAndWait` puts an end-of-loop command behind the
utterance and starts the driver's loop; commands run whenever the flag is down. It is up when the engine is made and
down after each loop, but no driver is ready for both:

- `espeak` with the flag up: the loop's first step runs utterance and end together, and the loop is left before there
  is any sound. The flag must be down, so that both run before the loop begins.
- `sapi5` with the flag down: utterance and end run before the loop begins, which then never ends.
- `nsss` with the flag down: speech starts before the loop, whose first step lowers the flag and runs the end, which
  cuts the speech.
"""

from __future__ import annotations

import os
import wave
from contextlib import suppress
from importlib import import_module
from typing import Any

from audiogen.engines.pyttsx3.espeak import UnknownVoice, load_bindings

#: Whether pyttsx3's busy flag is up when an utterance is queued, by driver.
BUSY_BEFORE = {"espeak": False, "sapi5": True, "nsss": True}
#: What a driver writes, by driver; the others write WAV.
SUFFIXES = {"nsss": ".aiff"}
#: Drivers that know pitch; the others print that they don't.
PITCHED = ("espeak",)
#: What is spoken to see that the driver speaks, and at which rate.
TRIAL = "One."


class StockSpeech:
    """pyttsx3 with the driver called *driver*, which writes its sound into *folder*."""

    def __init__(self, driver: str, folder: str, library: str = "", data: str = "") -> None:
        if driver == "espeak":
            load_bindings(library, data)
        self._driver = driver
        self._engine = import_module("pyttsx3").init(driver)
        self._errors: list[Exception] = []
        self._engine.connect("error", self._note)
        self._path = os.path.join(folder, "speech" + SUFFIXES.get(driver, ".wav"))  # noqa: PTH118
        self._ids = {identifier.lower() for identifier, _, _ in self.voices()}
        self._set: dict[str, Any] = {}
        self.description = f"its own driver {driver}"
        _, self.sample_rate = self._speak_piece(TRIAL)

    def voices(self) -> list[tuple[str, str, str]]:
        """List the voices as (id, name, language)."""
        return [
            (str(voice.id), str(voice.name or ""), str(voice.languages[0]) if voice.languages else "")
            for voice in self._engine.getProperty("voices")
        ]

    def speak(self, pieces: list[tuple[int, str]], settings: dict[str, Any]) -> tuple[bytes, list[Any]]:
        """Speak the pieces with the settings; returns sound, and no words: these drivers don't time them."""
        if settings["voice"].partition("+")[0].lower() not in self._ids:
            raise UnknownVoice(settings["voice"])
        for name, value in settings.items():
            if self._set.get(name) != value and (name != "pitch" or self._driver in PITCHED):
                self._engine.setProperty(name, value)
        self._set = dict(settings)
        sounds = []
        for _, text in pieces:
            sound, rate = self._speak_piece(text)
            if rate != self.sample_rate:
                raise RuntimeError(f"the sample rate changed from {self.sample_rate} to {rate}")
            sounds.append(sound)
        return b"".join(sounds), []

    def _speak_piece(self, text: str) -> tuple[bytes, int]:
        """Let pyttsx3's own driver speak one piece into a file; return its PCM and sample rate."""
        with suppress(FileNotFoundError):
            os.unlink(self._path)  # noqa: PTH108
        with suppress(AttributeError):
            self._engine.proxy.setBusy(BUSY_BEFORE.get(self._driver, True))
        self._engine.save_to_file(text, self._path)
        self._engine.runAndWait()
        if self._errors:
            errors, self._errors[:] = list(self._errors), []
            raise errors[0]
        if not os.path.exists(self._path):  # noqa: PTH110
            raise RuntimeError("no sound file was written")
        return read_aiff(self._path) if self._path.endswith(".aiff") else read_wav(self._path)

    def _note(self, name: str | None, exception: Exception) -> None:
        self._errors.append(exception)


def read_wav(path: str) -> tuple[bytes, int]:
    """Read a mono 16-bit WAV file: samples and rate.

    Raises:
        RuntimeError: it is of another kind.
    """
    with wave.open(path, "rb") as sound:
        if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
            raise RuntimeError("the sound file is not mono with 16 bits")
        return sound.readframes(sound.getnframes()), sound.getframerate()


def read_aiff(path: str) -> tuple[bytes, int]:
    """Read the AIFF file that macOS writes: samples as 16-bit little-endian, and rate.

    Raises:
        RuntimeError: it is no sound file, or not mono.
    """
    import soundfile

    samples, rate = soundfile.read(path, dtype="int16")
    if samples.ndim != 1:
        raise RuntimeError("the sound file is not mono")
    return samples.astype("<i2").tobytes(), rate
