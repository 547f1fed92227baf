"""Each language: the files beside this one list what its words must know and what they must leave."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from audiogen.cleaner.phrases import fold, languages, phrases
from audiogen.model import Reason

CASES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in Path(__file__).with_name("phrases").glob("*.toml")
}


def rows(table: str) -> list[Any]:
    """List (language, name, line) of a table in all the files."""
    return [
        pytest.param(language, name, line, id=f"{language}: {line}")
        for language, file in sorted(CASES.items())
        for name, lines in file[table].items()
        for line in lines
    ]


@pytest.mark.parametrize(("language", "reason", "line"), rows("phrases"))
def test_a_phrase_is_known_by_its_reason(language: str, reason: str, line: str) -> None:
    match = phrases(language).match(line)
    assert match is not None
    assert match.reason is Reason(reason)


@pytest.mark.parametrize(("language", "kind", "line"), rows("sentences"))
def test_a_sentence_of_an_article_is_left(language: str, kind: str, line: str) -> None:
    match = phrases(language).match(line)
    assert match is None, match


@pytest.mark.parametrize(("language", "kind", "line"), rows("refusals"))
def test_a_page_without_an_article_is_known_by_its_kind(language: str, kind: str, line: str) -> None:
    assert phrases(language).refusal(line) == kind


def test_every_language_but_english_has_its_cases() -> None:
    assert set(CASES) | {"en"} == set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_language_knows_the_words_that_bylines_and_the_model_need(language: str) -> None:
    vocabulary = phrases(language).vocabulary
    assert {"by", "and", "months", "common", "you", "we"} <= set(vocabulary)
    assert len(vocabulary["months"]) % 12 == 0
    assert len(fold("Ж" * 5000)) <= 2000
