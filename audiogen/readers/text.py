"""Plain-text captures."""

from __future__ import annotations

from audiogen.model import Article, Block


def read_text(document: str, url: str | None = None) -> Article:
    """Read a capture: a block for each line that is not empty."""
    blocks = tuple(Block(" ".join(line.split())) for line in document.splitlines() if line.strip())
    return Article(blocks=blocks, url=url or "", format="text")
