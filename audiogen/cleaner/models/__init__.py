"""The trained models of the cleaner, and the code that evaluates them."""

from __future__ import annotations

from pathlib import Path

#: The model files of web pages and of plain-text captures.
HTML = Path(__file__).with_name("html.json")
TEXT = Path(__file__).with_name("text.json")
