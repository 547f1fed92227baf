"""Nynorsk is read with the pack of Bokmål: its numbers, dates and units differ little."""

from __future__ import annotations

from audiogen.narration.languages.nb import PACK

__all__ = ["PACK"]
