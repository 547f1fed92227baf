"""Sentences in the shape of each language's press, written before what was said of them was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiogen import normalize

FOLDER = Path(__file__).with_name("press")
CASES = [
    pytest.param(path.stem, *line.split(" | "), id=f"{path.stem} {line.split(' | ')[0]}")
    for path in sorted(FOLDER.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "written", "spoken"), CASES)
def test_a_sentence_of_the_press_is_said_as_a_newsreader_does(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


def test_there_are_some_hundred_sentences_of_each_language() -> None:
    lengths = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in FOLDER.glob("*.txt")}
    assert len(lengths) == 8
    assert min(lengths.values()) >= 98
