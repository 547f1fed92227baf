"""The default engine: pyttsx3 in a child process of its own, on eSpeak NG wherever that can be had."""

from __future__ import annotations

from audiogen.engines.pyttsx3.engine import Nsss, Pyttsx3, Sapi5

__all__ = ["Nsss", "Pyttsx3", "Sapi5"]
