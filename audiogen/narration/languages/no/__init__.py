"""The language pack of texts marked only as Norwegian is that of Bokmål."""

from __future__ import annotations

from audiogen.narration.languages.nb import PACK

__all__ = ["PACK"]
