"""Numbers whose thousands are parted by spaces."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

KINDS = cases(
    ("It fell by 10 000 in May", "It fell by ten thousand in May"),
    ("It rose to 10 000, they said", "It rose to ten thousand, they said"),
    ("10 000 people", "ten thousand people"),
    ("10 000%", "ten thousand percent"),
    ("10 000 000 people", "ten million people"),
    ("10 000.5 people", "ten thousand point five people"),
    ("10 00 people", "ten zero zero people"),
    ("0 100 people", "zero one hundred people"),
    ("page 10 000", "page ten zero zero zero"),
    ("x/10 000 of it", "x ten zero zero zero of it"),
    ("a-10 000 of it", "a-ten zero zero zero of it"),
    ("+10 000", "plus ten zero zero zero"),
    ("by Smith 10 000 people", "by Smith ten zero zero zero people"),
    ("Smith 10 000 people", "Smith ten thousand people"),
    ("1 000 km", "one thousand kilometers"),
    ("1 000 Km", "one zero zero zero Km"),
    ("10 000 km²", "ten thousand square kilometers"),
    ("100 000 zebras", "one hundred thousand zebras"),
    ("100 000 Zebras", "one hundred zero zero zero Zebras"),
    ("$10 000", "ten thousand dollars"),
    ("€10 000 bn", "ten thousand billion euros"),
    ("a $10 000 bill", "a ten thousand dollar bill"),
    ("It was 9 000.", "It was nine thousand."),
)


@pytest.mark.parametrize(("written", "spoken"), KINDS)
def test_figures_with_spaces_are_one_number_where_they_count_something(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
