"""Norwegian without its standard is read as Bokmål."""

from __future__ import annotations

from audiogen.narration.languages.nb import PACK

__all__ = ["PACK"]
