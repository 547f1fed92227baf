"""A library of three episodes, which stand for real ones where nobody listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.podcast.libraries import manifest, shelve

if TYPE_CHECKING:
    from pathlib import Path

#: Slug and when it was added, in the order of the queue.
EPISODES = (("ferry", "2026-10-01"), ("mud", "2026-10-02"), ("quay", "2026-10-03"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    for slug, day in EPISODES:
        shelve(root, slug, manifest(slug, title=f"The {slug}") | {"added": f"{day}T08:00:00+00:00"})
    return root
