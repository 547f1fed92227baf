"""HTML pages."""

from __future__ import annotations

from audiogen.model import Article


def read_html(document: str, url: str | None = None) -> Article:
    """Read a page."""
    raise NotImplementedError
