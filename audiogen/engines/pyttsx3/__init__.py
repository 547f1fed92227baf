"""The engine `pyttsx3`, in a child process, with eSpeak NG if available."""

from __future__ import annotations

from audiogen.engines.pyttsx3.engine import Nsss, Pyttsx3, Sapi5

__all__ = ["Nsss", "Pyttsx3", "Sapi5"]
