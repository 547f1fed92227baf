"""What the tests of publishing share."""

from __future__ import annotations

from functools import cache

import pytest

from audiogen import artwork

_DRAWN = cache(artwork.draw)


@pytest.fixture(autouse=True)
def covers_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each cover once for all tests: most of them publish the same show, and a cover takes a third of a second."""
    monkeypatch.setattr(artwork, "draw", _DRAWN)
