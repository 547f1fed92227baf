"""pyttsx3's own drivers: its busy flag, and the files they write.

The drivers of Windows and macOS can't be loaded here; drivers of the same shape, as read in pyttsx3's sources, stand
in for them under pyttsx3's own engine and proxy.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import wave
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy
import pytest
import pyttsx3
import soundfile

from audiogen.engines.espeak_library import espeak_of_wheel
from audiogen.engines.pyttsx3.engine import Pyttsx3
from audiogen.engines.pyttsx3.espeak import UnknownVoice
from audiogen.engines.pyttsx3.stock import BUSY_BEFORE, StockSpeech, read_aiff, read_wav
from audiogen.engines.voices import find_voice
from audiogen.errors import UnknownVoiceError
from audiogen.model import Voice
from tests.engines.conftest import SENTENCES, say


class SpeaksAtOnce:
    """Shaped like the driver of SAPI 5: `save_to_file` returns when all is spoken, and the loop ends when told to."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._looping = False

    def save_to_file(self, text: str, filename: str) -> None:
        write_wav(Path(filename), len(text) * 100)

    def startLoop(self) -> None:
        first = self._looping = True
        while self._looping:
            if first:
                self._proxy.setBusy(False)
                first = False
            time.sleep(0.01)

    def endLoop(self) -> None:
        self._looping = False

    def stop(self) -> None:
        pass

    def getProperty(self, name: str) -> Any:
        return [
            SimpleNamespace(id="One", name="Voice one", languages=["en-US"]),
            SimpleNamespace(id="Two", name=None, languages=[]),
        ]

    def setProperty(self, name: str, value: Any) -> None:
        assert name != "pitch", "this driver knows no pitch"


class SpeaksInTheLoop(SpeaksAtOnce):
    """Shaped like the driver of NSSpeechSynthesizer: speech goes on in the loop, and `stop` cuts it."""

    _left: tuple[str, Path] | None = None

    def save_to_file(self, text: str, filename: str) -> None:
        self._proxy.setBusy(True)
        self._left = text, Path(filename)

    def startLoop(self) -> None:
        self._looping = True
        self._proxy.setBusy(False)
        while self._looping:
            if self._left:
                text, path = self._left
                self._left = None
                write_aiff(path, [0] * 100 * len(text))
                self._proxy.setBusy(False)

    def stop(self) -> None:
        self._left = None


def write_wav(path: Path, frames: int, channels: int = 1, width: int = 2) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(22_050)
        sound.writeframes(bytes(frames * channels * width))


def write_aiff(path: Path, samples: list[int], channels: int = 1) -> None:
    frames = numpy.array(samples, "int16").reshape(-1, channels)
    soundfile.write(path, frames, 22_050, subtype="PCM_16", format="AIFF")


def install(monkeypatch: pytest.MonkeyPatch, name: str, driver: type) -> None:
    module = ModuleType(f"pyttsx3.drivers.{name}")
    module.buildDriver = driver  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    pyttsx3._activeEngines.clear()  # it hands out the engine of an earlier test while that lives


@pytest.mark.parametrize(("name", "driver"), [("sapi5", SpeaksAtOnce), ("nsss", SpeaksInTheLoop)])
def test_every_utterance_is_spoken_whole_whatever_the_drivers_manners(
    name: str, driver: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, name, driver)
    speech = StockSpeech(name, str(tmp_path))
    for sentence in SENTENCES:
        sound, words = speech.speak([(0, sentence)], {"voice": "one", "rate": 175, "pitch": 50})
        assert len(sound) == 2 * 100 * len(sentence)
        assert words == []


def test_each_stock_driver_has_its_own_need_of_the_busy_flag() -> None:
    assert BUSY_BEFORE == {"espeak": False, "sapi5": True, "nsss": True}


def test_an_unknown_voice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "sapi5", SpeaksAtOnce)
    speech = StockSpeech("sapi5", str(tmp_path))
    assert speech.voices() == [("One", "Voice one", "en-US"), ("Two", "", "")]
    with pytest.raises(UnknownVoice):
        speech.speak([(0, "Hello.")], {"voice": "three", "rate": 175, "pitch": 50})


class Fails(SpeaksAtOnce):
    def save_to_file(self, text: str, filename: str) -> None:
        if "fail" in text:
            raise OSError("the disk is full")
        if "nothing" not in text:
            super().save_to_file(text, filename)


@pytest.mark.parametrize(("text", "spoken"), [("fail", "disk is full"), ("nothing", "no sound file")])
def test_an_error_pyttsx3_would_swallow_is_raised(
    text: str, spoken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, "sapi5", Fails)
    speech = StockSpeech("sapi5", str(tmp_path))
    settings = {"voice": "one", "rate": 175, "pitch": 50}
    with pytest.raises((OSError, RuntimeError), match=spoken):
        speech.speak([(0, text)], settings)
    assert speech.speak([(0, "fine")], settings)[0]


def test_aiff_is_read_into_little_endian(tmp_path: Path) -> None:
    write_aiff(tmp_path / "speech.aiff", [1, -2, 256])
    assert read_aiff(str(tmp_path / "speech.aiff")) == (struct.pack("<3h", 1, -2, 256), 22_050)


def test_aiff_of_two_channels_is_refused(tmp_path: Path) -> None:
    write_aiff(tmp_path / "speech.aiff", [1, 2, 3, 4], channels=2)
    with pytest.raises(RuntimeError, match="mono"):
        read_aiff(str(tmp_path / "speech.aiff"))


def test_what_is_no_aiff_is_refused(tmp_path: Path) -> None:
    (tmp_path / "speech.aiff").write_bytes(b"FORM0000AIFF")
    with pytest.raises(RuntimeError):
        read_aiff(str(tmp_path / "speech.aiff"))


def test_wav_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "speech.wav"
    write_wav(path, 10, channels=2)
    with pytest.raises(RuntimeError, match="16 bits"):
        read_wav(str(path))


def test_the_stock_espeak_driver_speaks_its_first_utterance_whole() -> None:
    """Left alone, pyttsx3 2.99 gives no sound at all for a first utterance of this length."""
    text = SENTENCES[2] * 5
    with Pyttsx3(driver="espeak") as engine:
        first = engine.speak(say(text), find_voice("english")).duration
        second = engine.speak(say(text), find_voice("english")).duration
        with pytest.raises(UnknownVoiceError):
            engine.speak(say(text), Voice("v", "pyttsx3", "gmw/en-ux"))
    assert first == pytest.approx(second, rel=0.02)
    assert first > 15


def test_the_wheel_of_espeak_is_found_without_importing_it() -> None:
    library, data = espeak_of_wheel()
    assert os.path.isfile(library)  # noqa: PTH113
    assert "en_dict" in os.listdir(data)  # noqa: PTH208
    code = (
        "import sys; from audiogen.engines.espeak_library import espeak_of_wheel; "
        "assert espeak_of_wheel()[0]; assert 'espeakng_loader' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
