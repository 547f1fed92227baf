"""A small soak: the whole of it is `python -m benchmarks.soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.soak import soak


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds processes as Linux tells them")
def test_a_batch_comes_to_its_end_whatever_happens(tmp_path: Path) -> None:
    assert soak(tmp_path, articles=20, kills=2, seed=1) == []
