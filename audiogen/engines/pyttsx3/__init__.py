"""The default engine: pyttsx3 in a child process of its own, on eSpeak NG wherever that can be had."""

from __future__ import annotations

from audiogen.engines.pyttsx3.engine import Pyttsx3

__all__ = ["Pyttsx3"]
