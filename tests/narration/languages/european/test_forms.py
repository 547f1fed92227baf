"""Numbers as written, and nouns as data."""

from __future__ import annotations

import re

import pytest

from audiogen.narration.languages.european.forms import Number, noun_of, number_pattern, read_number


@pytest.mark.parametrize(
    ("written", "grouping", "number"),
    [
        ("12", ". '", Number(12)),
        ("1.200", ". '", Number(1200)),
        ("1 200 000", ". '", Number(1_200_000)),
        ("1'200", ". '", Number(1200)),
        ("1.200,50", ". '", Number(1200, "50")),
        ("4,5", " ", Number(4, "5")),
        ("4.5", ". '", Number(4, "5")),
        ("3.500", " ", Number(3, "500")),
        ("1,200.50", ". '", Number(1200, "50")),
        ("1,200,000", " ", Number(1_200_000)),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(written: str, grouping: str, number: Number) -> None:
    assert re.fullmatch(number_pattern(grouping), written)
    assert read_number(written, grouping) == number


def test_a_group_of_four_figures_is_no_group_of_thousands() -> None:
    found = re.match(number_pattern(". "), "1 2024")
    assert found is not None
    assert found[0] == "1"


def test_a_noun_has_its_gender_and_its_forms() -> None:
    noun = noun_of("f гривня|гривні|гривень|гривні")
    assert (noun.gender, noun.one, noun.many) == ("f", "гривня", "гривень")
    assert noun_of("m Euro|Euro").many == "Euro"
    assert noun_of("m Euro|Euros").one == "Euro"
    assert noun_of("m zloty|zlote|zlotych").many == "zlotych"
