"""What a newsreader says: English by kinds, and in sentences in the style of wire copy."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import HERE, sentences, table


@pytest.mark.parametrize(("written", "spoken"), table("money"))
def test_money(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("dates"))
def test_dates(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("clock"))
def test_times_of_day(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("quantities"))
def test_quantities(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("letters"))
def test_initialisms_and_acronyms(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("designations"))
def test_designations(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("places"))
def test_places_and_parties(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("titles"))
def test_titles_and_abbreviations(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("roman"))
def test_roman_numerals(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("web"))
def test_addresses(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("phones"))
def test_telephone_numbers(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("symbols"))
def test_symbols(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), table("mixed"))
def test_old_books_and_new_pages(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), sentences("news"))
def test_sentences_of_the_news(written: str, spoken: str) -> None:
    assert normalize(written) == spoken


@pytest.mark.parametrize("line", (HERE / "plain.txt").read_text(encoding="utf-8").splitlines())
def test_plain_prose_comes_through_unchanged(line: str) -> None:
    assert normalize(line) == line


def test_every_case_is_written_once() -> None:
    for path in HERE.glob("*.txt"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if " => " in line]
        assert len({line.split(" => ")[0] for line in lines}) == len(lines), path.name
