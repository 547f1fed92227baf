"""News of each language in whole sentences: what must be said otherwise, and what must be left as it is."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise

import pytest

from audiogen import normalize
from audiogen.narration.packs import load_pack
from audiogen.narration.speaking import spoken_and_aligned

MODULES = {
    "uk": "ukrainian",
    "ru": "russian",
    "pl": "polish",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "pt-BR": "brazilian",
}
TABLES = {tag: import_module(f"tests.narration.languages.news.{name}") for tag, name in MODULES.items()}
SPOKEN = [
    pytest.param(tag, written, spoken, id=f"{tag} {written}")
    for tag, table in TABLES.items()
    for written, spoken in table.SPOKEN
]


@pytest.mark.parametrize(("language", "written", "spoken"), SPOKEN)
def test_a_news_sentence_is_said_as_a_newsreader_does(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize("language", TABLES)
def test_plain_prose_is_said_as_it_is_printed(language: str) -> None:
    expected = {line: normalize(line, language) for line in getattr(TABLES[language], "PLAIN", [])}
    assert {line: spoken for line, spoken in expected.items() if spoken != line} == {}


@pytest.mark.parametrize("language", TABLES)
def test_what_is_said_of_the_news_is_said_again_the_same(language: str) -> None:
    changed = {spoken: normalize(spoken, language) for _, spoken in TABLES[language].SPOKEN}
    assert {spoken: again for spoken, again in changed.items() if spoken != again} == {}


@pytest.mark.parametrize("language", TABLES)
def test_the_news_of_a_language_have_enough_cases_and_none_twice(language: str) -> None:
    written = [written for written, _ in TABLES[language].SPOKEN]
    assert len(set(written)) == len(written)
    assert len(written) >= (20 if language == "pt-BR" else 90)
    if language != "pt-BR":
        assert len(set(TABLES[language].PLAIN)) == len(TABLES[language].PLAIN) >= 50


@pytest.mark.parametrize("language", TABLES)
def test_every_spoken_word_of_the_news_is_tied_to_written_ones(language: str) -> None:
    pack = load_pack(language)
    assert pack is not None
    for written, _ in TABLES[language].SPOKEN:
        spoken, spans, _ = spoken_and_aligned(written, pack)
        assert [spoken[span.spoken_start : span.spoken_end] for span in spans] == spoken.split()
        assert all(0 <= span.written_start < span.written_end <= len(written) for span in spans)
        assert all(a.written_start <= b.written_start for a, b in pairwise(spans))


@pytest.mark.parametrize("language", TABLES)
def test_what_is_left_as_it_is_printed_is_tied_letter_by_letter(language: str) -> None:
    pack = load_pack(language)
    assert pack is not None
    for line in getattr(TABLES[language], "PLAIN", []):
        spoken, spans, _ = spoken_and_aligned(line, pack)
        assert spoken == line
        assert [(span.written_start, span.written_end) for span in spans] == [
            (span.spoken_start, span.spoken_end) for span in spans
        ]
