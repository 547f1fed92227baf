"""The trained models: small data files, and what asks them."""

from __future__ import annotations

from pathlib import Path

#: The models of pages and of captures.
HTML = Path(__file__).with_name("html.json")
TEXT = Path(__file__).with_name("text.json")
