"""The sound that the README offers: a minute of the example with its disclosure, and the same each time it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3

from examples.sample import SAMPLE, make
from tests.hearing import length_of

if TYPE_CHECKING:
    from pathlib import Path

README = SAMPLE.parent.parent / "README.md"


def test_the_sample_is_a_minute_small_and_tells_that_it_is_synthetic() -> None:
    assert 50 < length_of(SAMPLE) < 75
    assert SAMPLE.stat().st_size <= 700_000
    assert "AI assistance" in "".join(str(frame) for frame in ID3(SAMPLE).values())


def test_the_first_screen_of_the_readme_links_it() -> None:
    assert "(docs/sample.mp3)" in "".join(README.read_text(encoding="utf-8").splitlines()[:25])


@pytest.mark.slow
def test_the_sample_is_the_same_each_time(tmp_path: Path) -> None:
    once, again = tmp_path / "once.mp3", tmp_path / "again.mp3"
    make(once)
    make(again)
    assert once.read_bytes() == again.read_bytes()
    assert length_of(once) == pytest.approx(length_of(SAMPLE), abs=1.0)
