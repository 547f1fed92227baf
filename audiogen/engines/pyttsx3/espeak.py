"""eSpeak NG through pyttsx3 at full speed: bindings on a chosen library, and a driver of audiogen's own.

This runs in the speaking child. It depends on pyttsx3's bindings in `pyttsx3.drivers._espeak` and on the methods of
drivers that pyttsx3 calls; if a later pyttsx3 has changed them, `stock` is used instead.
"""

from __future__ import annotations

import ctypes
import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

#: Length of eSpeak NG's sound buffer in milliseconds; 200 to 1,000 are the fastest.
BUFFER_MS = 200
#: The name of audiogen's driver in pyttsx3.
DRIVER = "audiogen_espeak"
#: The voice of the trial at the start.
FIRST_VOICE = "en"


class UnknownVoice(Exception):
    """The engine has no such voice."""


def load_bindings(library: str, data: str) -> Any:
    """Import pyttsx3's eSpeak bindings for the library at *library*; if that is empty, for one that they find.

    The bindings try a list of names and fixed paths that does not include wheels. While they are imported, all these
    names are resolved to the chosen library.
    """
    if not library:
        return import_module("pyttsx3.drivers._espeak")
    os.environ["ESPEAK_DATA_PATH"] = data
    chosen = ctypes.CDLL(library)
    usual = ctypes.cdll.LoadLibrary
    ctypes.cdll.LoadLibrary = lambda name: chosen  # type: ignore[method-assign]
    try:
        return import_module("pyttsx3.drivers._espeak")
    finally:
        ctypes.cdll.LoadLibrary = usual  # type: ignore[method-assign]


class EspeakDriver:
    """A pyttsx3 driver that speaks synchronously into memory, at eSpeak NG's full speed.

    The stock driver polls every ten milliseconds, copies all sound so far for each buffer, reads past the end of the
    text, and returns from its first loop before the sound is ready. This driver has no loop: `save_to_file` returns
    when all is spoken. Sound and word times are collected in memory.
    """

    def __init__(self, proxy: Any, bindings: Any, data: str) -> None:
        self._proxy = proxy
        self._bindings = bindings
        self._chunks: list[bytes] = []
        self._words: list[tuple[int, int, int]] = []
        self.rate = bindings.Initialize(bindings.AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS, data.encode() or None)
        if self.rate <= 0:
            raise RuntimeError("eSpeak found no voices" + (f" in {data}" if data else ""))
        bindings.SetSynthCallback(self._collect)

    def save_to_file(self, text: str, filename: str) -> None:
        """Speak the text, with phonemes in [[...]], into memory; *filename* is ignored."""
        self._chunks.clear()
        self._words.clear()
        flags = self._bindings.CHARS_UTF8 | self._bindings.PHONEMES | self._bindings.ENDPAUSE
        status = self._bindings.Synth(text.encode("utf-8", "replace"), flags=flags)
        if status != self._bindings.EE_OK:
            raise RuntimeError(f"eSpeak returned {status}")

    def take(self) -> tuple[bytes, list[tuple[int, int, int]]]:
        """Return the sound and the words, as (offset, length, milliseconds), of the last text."""
        sound, words = b"".join(self._chunks), list(self._words)
        self._chunks.clear()
        self._words.clear()
        return sound, words

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        """Collect samples and word events; the callback of eSpeak NG."""
        if count > 0:
            self._chunks.append(ctypes.string_at(samples, 2 * count))
        index = 0
        while (event := events[index]).type != self._bindings.EVENT_LIST_TERMINATED:
            if event.type == self._bindings.EVENT_WORD:
                self._words.append((event.text_position - 1, event.length, event.audio_position))
            index += 1
        return 0

    def getProperty(self, name: str) -> Any:
        """Return the current voice, or the available voices as (id, name, language); pyttsx3 calls it."""
        if name == "voice":
            voice = self._bindings.GetCurrentVoice()
            return voice.contents.identifier.decode() if voice else ""
        if name == "voices":
            return [
                (voice.identifier.decode(), voice.name.decode(), voice.languages[1:].decode("utf-8", "replace"))
                for voice in self._bindings.ListVoices(None)
            ]
        raise KeyError(name)

    def setProperty(self, name: str, value: Any) -> None:
        """Set voice, rate (words a minute) or pitch (0 to 100)."""
        if name == "voice":
            self._set_voice(value)
        else:
            self._bindings.SetParameter({"rate": self._bindings.RATE, "pitch": self._bindings.PITCH}[name], value, 0)

    def _set_voice(self, name: str) -> None:
        """Select a voice, and check that it is selected: eSpeak NG silently ignores an unknown variant."""
        status = self._bindings.SetVoiceByName(name.encode())
        variant = name.partition("+")[2]
        if status != self._bindings.EE_OK or not self.getProperty("voice").endswith(variant):
            raise UnknownVoice(name)

    def startLoop(self) -> None:
        """Let pyttsx3 execute its queue; each command is complete when it returns."""
        self._proxy.setBusy(False)

    def endLoop(self) -> None:
        """Do nothing, because no loop is running."""

    def stop(self) -> None:
        """Do nothing, because no speech is running."""

    def destroy(self) -> None:
        """Do nothing: eSpeak NG can be started once in a process, and ends with it."""


class FastSpeech:
    """pyttsx3 with audiogen's own driver."""

    def __init__(self, library: str, data: str) -> None:
        bindings = load_bindings(library, data)
        self.description = "eSpeak NG " + bindings.Info(None).decode()
        drivers: list[EspeakDriver] = []

        def build(proxy: Any) -> EspeakDriver:
            drivers.append(EspeakDriver(proxy, bindings, data))
            return drivers[-1]

        module = ModuleType(f"pyttsx3.drivers.{DRIVER}")
        module.buildDriver = build  # type: ignore[attr-defined]
        sys.modules[module.__name__] = module
        self._errors: list[Exception] = []
        self._engine = import_module("pyttsx3").init(DRIVER)
        self._engine.connect("error", lambda name, exception: self._errors.append(exception))
        (self._driver,) = drivers
        self.sample_rate: int = self._driver.rate
        self._set: dict[str, Any] = {}
        if not self.speak([(0, "One.")], {"voice": FIRST_VOICE})[0]:
            raise RuntimeError("eSpeak gave no sound")

    def voices(self) -> list[tuple[str, str, str]]:
        """Return the voices as (id, name, language)."""
        voices: list[tuple[str, str, str]] = self._engine.getProperty("voices")
        return voices

    def speak(
        self, pieces: list[tuple[int, str]], settings: dict[str, Any]
    ) -> tuple[bytes, list[tuple[int, int, int]]]:
        """Speak the pieces with the settings; return sound, and words with offsets in the whole text."""
        sounds: list[bytes] = []
        words: list[tuple[int, int, int]] = []
        frames = 0
        for offset, text in pieces:
            sound, spoken = self._speak_piece(text, settings)
            late = frames * 1000 // self.sample_rate
            words += [(offset + start, length, time + late) for start, length, time in spoken]
            sounds.append(sound)
            frames += len(sound) // 2
        return b"".join(sounds), words

    def _speak_piece(self, text: str, settings: dict[str, Any]) -> tuple[bytes, list[tuple[int, int, int]]]:
        """Speak one piece with these settings; return its PCM and the word events of the driver."""
        if settings.get("voice") != self._set.get("voice"):
            self._set.clear()  # a voice brings a rate and a pitch of its own
        for name, value in settings.items():
            if self._set.get(name) != value:
                self._engine.setProperty(name, value)
        self._engine.save_to_file(text, "-")
        self._engine.runAndWait()
        if self._errors:
            self._set.clear()
            errors, self._errors[:] = list(self._errors), []
            raise errors[0]
        self._set = dict(settings)
        return self._driver.take()
