"""A list of capitals and how they are said, and how many of them English gets right.

`letters_or_words.tsv` names for each its source: the American lexicon of misaki (an entry in capitals that is a word),
the Carnegie Mellon Pronouncing Dictionary (an entry that is said by the names of its letters), or common usage.
"""

from __future__ import annotations

import pytest

from audiogen.narration.languages.en.letters import pronounceable, say_initialism
from tests.narration.casefiles import HERE

ROWS = [line.split("\t")[:3] for line in (HERE / "letters_or_words.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def test_the_list_holds_five_hundred_of_both_kinds() -> None:
    assert len(ROWS) == len({capitals for capitals, _, _ in ROWS}) == 500
    assert {spoken for _, spoken, _ in ROWS} == {"word", "letters"}


@pytest.mark.parametrize(("half", "least"), [("training", 230), ("held out", 259)])
def test_capitals_are_said_as_people_say_them(half: str, least: int) -> None:
    result = [(capitals, spoken) for capitals, spoken, other in ROWS if other == half]
    wrong = [capitals for capitals, spoken in result if (" " in say_initialism(capitals)) == (spoken == "word")]
    assert len(result) - len(wrong) >= least, wrong


@pytest.mark.parametrize("capitals", ["USPTO", "UNWTO", "USCIS"])
def test_an_office_whose_letters_run_against_english_is_spelled(capitals: str) -> None:
    assert not pronounceable(capitals)


@pytest.mark.parametrize("capitals", ["ANDREW", "EXTRA", "ARCTIC", "SANDRA"])
def test_a_name_with_consonants_that_divide_is_a_word(capitals: str) -> None:
    assert pronounceable(capitals)
