"""The language pack of Nynorsk is that of Bokmål: their numbers, dates and units differ little."""

from __future__ import annotations

from audiogen.narration.languages.nb import PACK

__all__ = ["PACK"]
