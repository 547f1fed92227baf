"""The disclosure exists in every language we clean, and its machine-readable kind follows the voice."""

from __future__ import annotations

import pytest

from audiogen.disclosure import disclosure, source_type
from audiogen.model import Synthesis

NINE = ("en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl")


@pytest.mark.parametrize("language", NINE)
def test_every_language_of_ours_has_a_sentence_of_its_own(language: str) -> None:
    assert disclosure(language).endswith(".")
    assert (disclosure(language) == disclosure("en")) == (language == "en")


@pytest.mark.parametrize(("language", "same_as"), [("pt-BR", "pt"), ("EN-gb", "en"), ("xx", "en"), ("", "en")])
def test_a_region_takes_the_language_and_the_unknown_takes_english(language: str, same_as: str) -> None:
    assert disclosure(language) == disclosure(same_as)


def test_a_shows_own_sentence_wins() -> None:
    assert disclosure("de", "Spoken by a machine.") == "Spoken by a machine."


@pytest.mark.parametrize(
    ("kinds", "name"),
    [
        ({Synthesis.RULES}, "algorithmicMedia"),
        ({Synthesis.TRAINED}, "trainedAlgorithmicMedia"),
        ({Synthesis.TRAINED, Synthesis.RULES}, "compositeWithTrainedAlgorithmicMedia"),
        ({Synthesis.RECORDINGS}, "compositeSynthetic"),
        ({Synthesis.RULES, Synthesis.RECORDINGS}, "compositeSynthetic"),
    ],
)
def test_the_kind_of_voice_decides_the_digital_source_type(kinds: set[Synthesis], name: str) -> None:
    assert source_type(kinds) == f"http://cv.iptc.org/newscodes/digitalsourcetype/{name}"
