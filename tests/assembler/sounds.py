"""Sounds made for the tests, and other people's meters to hold ours against."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import re
import shutil
import subprocess
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from audiogen.model import Clip

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FFMPEG = shutil.which("ffmpeg")
FFPROBE = shutil.which("ffprobe")
LIBEBUR128 = ctypes.util.find_library("ebur128")


def decibels(level: float) -> float:
    return float(10 ** (level / 20))


def sine(seconds: float, rate: int, *, frequency: float = 1000.0, level: float = -20.0, phase: float = 0.0) -> Samples:
    """A sine whose peak is at *level* dBFS; the phase in degrees."""
    time = np.arange(round(seconds * rate)) / rate
    wave = decibels(level) * np.sin(2 * np.pi * frequency * time + np.radians(phase))
    return np.asarray(wave, dtype=np.float32)


def babble(seconds: float, rate: int, *, seed: int = 1, level: float = -12.0) -> Samples:
    """Something with speech's shape: pulses through resonances, in syllables and phrases, peak at *level* dBFS."""
    return _babble(seconds, rate, seed, level).copy()


@lru_cache(maxsize=64)
def _babble(seconds: float, rate: int, seed: int, level: float) -> Samples:
    chance = np.random.default_rng(seed)
    time = np.arange(round(seconds * rate)) / rate
    pitch = 110 + 25 * np.sin(2 * np.pi * 0.4 * time) + 10 * np.sin(2 * np.pi * 2.3 * time)
    pulses = np.diff(np.floor(np.cumsum(pitch) / rate), prepend=0.0) + 0.02 * chance.standard_normal(time.size)
    spectrum = np.fft.rfft(pulses)
    frequencies = np.fft.rfftfreq(time.size, 1 / rate)
    shape = sum(gain / (1 + ((frequencies - f) / 90) ** 2) for f, gain in ((500, 1.0), (1500, 0.5), (2500, 0.25)))
    # Real voices do not have all their partials in phase; without this, peaks would stand 25 dB over the loudness.
    smeared = np.exp(1j * 40 * np.sin(frequencies / 150))
    voice = np.fft.irfft(spectrum * shape * smeared, time.size)
    syllables = np.clip(np.sin(2 * np.pi * 4.1 * time) + 0.4, 0, 1) * (np.sin(2 * np.pi * 0.31 * time + 1) > -0.8)
    voice *= syllables
    return np.asarray(voice * (decibels(level) / np.abs(voice).max()), dtype=np.float32)


def clip_of(samples: Samples, rate: int) -> Clip:
    return Clip(np.rint(samples * 32767).astype("<i2").tobytes(), rate)


def write_wav(path: Path, samples: Samples, rate: int) -> Path:
    soundfile.write(path, samples, rate, subtype="FLOAT")
    return path


def decode(path: Path) -> tuple[Samples, int]:
    """The sound of a finished file, by ffmpeg where it is there, else by libsndfile."""
    if FFMPEG is None:
        samples, rate = soundfile.read(path, dtype="float32")
        return samples, rate
    command = [FFMPEG, "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-"]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(data, dtype="<f4"), int(probe(path)["streams"][0]["sample_rate"])


def probe(path: Path) -> dict[str, list[dict[str, str]]]:
    assert FFPROBE
    command = [FFPROBE, "-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", str(path)]
    found: dict[str, list[dict[str, str]]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def ffmpeg_levels(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak as ffmpeg's ebur128 tells them, to a tenth."""
    assert FFMPEG
    command = [FFMPEG, "-nostats", "-hide_banner", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = report.rpartition("Summary:")[2]
    loudness = re.search(r"I:\s+(-?[\d.]+|-inf) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    assert loudness
    assert peak
    return float(loudness[1]), float(peak[1])


def libebur128_levels(samples: Samples, rate: int) -> tuple[float, float]:
    """Integrated loudness and true peak as libebur128 tells them."""
    assert LIBEBUR128
    library = ctypes.CDLL(LIBEBUR128)
    library.ebur128_init.restype = ctypes.c_void_p
    integrated, true_peak = 1 << 2 | 1, 1 << 5 | 1 << 4 | 1
    state = ctypes.c_void_p(library.ebur128_init(1, ctypes.c_ulong(rate), integrated | true_peak))
    data = np.ascontiguousarray(samples, dtype=np.float32)
    pointer = data.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
    assert library.ebur128_add_frames_float(state, pointer, ctypes.c_size_t(data.size)) == 0
    loudness, peak = ctypes.c_double(), ctypes.c_double()
    library.ebur128_loudness_global(state, ctypes.byref(loudness))
    library.ebur128_true_peak(state, 0, ctypes.byref(peak))
    library.ebur128_destroy(ctypes.byref(state))
    return loudness.value, float(20 * np.log10(max(peak.value, 1e-9)))


def sounding(samples: Samples, rate: int, *, floor: float = -45.0, least: float = 0.06) -> list[tuple[float, float]]:
    """Stretches of sound over *floor* dBFS, in seconds; silences under *least* seconds do not part them."""
    loud = np.flatnonzero(np.abs(samples) > decibels(floor))
    if not loud.size:
        return []
    breaks = np.flatnonzero(np.diff(loud) > least * rate)
    starts = np.concatenate((loud[:1], loud[breaks + 1]))
    ends = np.concatenate((loud[breaks], loud[-1:]))
    return [(float(a) / rate, float(b) / rate) for a, b in zip(starts, ends, strict=True)]
