"""pyttsx3 with one of its own drivers, and workarounds for its faults; runs in the speaking child.

It speaks with the voices of Windows (`sapi5`) and macOS (`nsss`), and with `espeak` if audiogen's own driver does not
fit the installed pyttsx3. Sound is returned in a file, without word times.

Most of pyttsx3's problems are caused by its busy flag. `runAndWait` queues an end-of-loop command after the utterance
and starts the driver's loop; commands run whenever the flag is not set. It is set when the engine is created and
cleared after each loop, but no driver works in both states:

- `espeak` with the flag set: the loop's first step runs utterance and end together, and the loop ends before there is
  any sound. The flag must be cleared, so that both run before the loop begins.
- `sapi5` with the flag cleared: utterance and end run before the loop begins, which then never ends.
- `nsss` with the flag cleared: speech starts before the loop; its first step clears the flag and runs the end, which
  cuts the speech.
"""

from __future__ import annotations

import os
import wave
from contextlib import suppress
from importlib import import_module
from typing import Any

from audiogen.engines.pyttsx3.espeak import UnknownVoice, load_bindings

#: Whether pyttsx3's busy flag is set when an utterance is queued, by driver.
BUSY_BEFORE = {"espeak": False, "sapi5": True, "nsss": True}
#: Suffix of the files of a driver that does not write WAV.
SUFFIXES = {"nsss": ".aiff"}
#: Drivers that support pitch; the others print a warning.
PITCHED = ("espeak",)
#: The text of the trial that determines the sample rate.
TRIAL = "One."


class StockSpeech:
    """pyttsx3 with the driver *driver*, which writes its sound into *folder*."""

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
        """Return the voices as (id, name, language)."""
        return [
            (str(voice.id), str(voice.name or ""), str(voice.languages[0]) if voice.languages else "")
            for voice in self._engine.getProperty("voices")
        ]

    def speak(self, pieces: list[tuple[int, str]], settings: dict[str, Any]) -> tuple[bytes, list[Any]]:
        """Speak the pieces with the settings.

        Return sound, and an empty list of words, as these drivers report none.
        """
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
        """Speak one piece into a file; return its PCM and sample rate."""
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
        """Record an error; pyttsx3 calls it."""
        self._errors.append(exception)


def read_wav(path: str) -> tuple[bytes, int]:
    """Return the samples and the rate of a mono 16-bit WAV file.

    Raises:
        RuntimeError: It has another format.
    """
    with wave.open(path, "rb") as sound:
        if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
            raise RuntimeError("the sound file is not mono with 16 bits")
        return sound.readframes(sound.getnframes()), sound.getframerate()


def read_aiff(path: str) -> tuple[bytes, int]:
    """Return the samples, as 16-bit little-endian PCM, and the rate of an AIFF file of macOS.

    Raises:
        RuntimeError: It is not a sound file, or not mono.
    """
    import soundfile

    samples, rate = soundfile.read(path, dtype="int16")
    if samples.ndim != 1:
        raise RuntimeError("the sound file is not mono")
    return samples.astype("<i2").tobytes(), rate
