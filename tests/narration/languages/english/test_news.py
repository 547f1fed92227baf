"""What a newsreader says: sentences in the style of wire copy, and prose that is left alone."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import HERE, sentences


@pytest.mark.parametrize(("written", "spoken"), sentences("news"))
def test_sentences_of_the_news(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize("line", (HERE / "plain.txt").read_text(encoding="utf-8").splitlines())
def test_plain_prose_comes_through_unchanged(line: str) -> None:
    assert normalize(line) == line
