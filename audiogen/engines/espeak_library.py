"""Finds the library of eSpeak NG in the package espeakng-loader."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def espeak_of_wheel() -> tuple[str, str]:
    """Return library and data folder of eSpeak NG in espeakng-loader; empty strings if that is not installed.

    The package is found but not imported: that would cost more than speaking a sentence.
    """
    spec = find_spec("espeakng_loader")
    if spec is None or spec.origin is None:
        return "", ""
    folder = Path(spec.origin).parent
    name = {"win32": "espeak-ng.dll", "darwin": "libespeak-ng.dylib"}.get(sys.platform, "libespeak-ng.so")
    library, data = folder / name, folder / "espeak-ng-data"
    return (str(library), str(data)) if library.is_file() and data.is_dir() else ("", "")
