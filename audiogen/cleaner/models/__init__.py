"""The trained models: small data files, and what asks them."""

from __future__ import annotations

from pathlib import Path

#: Where the models' files stand.
MODELS = Path(__file__).parent
