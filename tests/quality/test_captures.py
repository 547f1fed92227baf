"""Captures written for the project: each heard to the line, and nothing of them lost from sight."""

from __future__ import annotations

import pytest

from audiogen.readers import read
from tests.quality import scores

CAPTURES = scores.cases("text")


@pytest.mark.parametrize("case", CAPTURES, ids=lambda case: case.name)
def test_a_capture_is_heard_to_the_line(case: scores.Case) -> None:
    result = scores.judge(case.path)
    assert (result.leaks, result.lost, result.misnamed) == ((), (), ())
    assert result.title
    assert result.dek


def test_captures_of_every_language_are_among_them() -> None:
    languages = {read(case.path).language for case in CAPTURES}
    assert languages == {"en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"}
