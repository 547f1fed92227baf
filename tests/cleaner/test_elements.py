"""Elements are known by their names, as a file says them."""

from __future__ import annotations

import pytest

from audiogen.cleaner.elements import FORMS, is_called, named_elements, read_elements
from audiogen.model import Reason

FILE = """
[[element]]
reason = "feed"
names = ["tide-table"]
begins = ["quay_"]
words = ["bell(?:s|book)?"]

[[element]]
reason = "biography"
least = 0.9
names = ["keeper"]
"""
CALLED = {
    "a class": ("div.tide-table", True),
    "an id": ("div#tide-table", True),
    "a role": ("div@tide-table", True),
    "with a number": ("div.tide-table-12", True),
    "in capitals": ("div.Tide-Table", True),
    "a longer name": ("div.tide-tables", False),
    "a part of a name": ("div.my-tide-table", False),
    "how it begins": ("li.quay_12", True),
    "how it begins, and letters": ("li.quay_list", False),
    "a word of a name": ("p.old-bell_small", True),
    "a word by itself": ("p.bells", True),
    "a word inside of a word": ("p.bellows", False),
    "a tag": ("bell", False),
}


@pytest.mark.parametrize(("segment", "is_it"), CALLED.values(), ids=CALLED)
def test_an_element_is_known_by_its_names(segment: str, is_it: bool) -> None:
    assert is_called(read_elements(FILE)[0], ["html", segment]) is is_it


def test_an_entry_says_why_and_from_when_it_is_heard() -> None:
    assert [(each.reason, each.least) for each in read_elements(FILE)] == [
        (Reason.FEED, None),
        (Reason.BIOGRAPHY, 0.9),
    ]


WRONG = {
    "a key that is not known": '[[element]]\nreason = "feed"\nname = ["tide"]',
    "a reason that is not known": '[[element]]\nreason = "tide"\nnames = ["tide"]',
    "no name": '[[element]]\nreason = "feed"',
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_an_entry_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"tide|feed"):
        read_elements(text)


def test_the_packages_file_is_read() -> None:
    assert {each.reason for each in named_elements()} >= {Reason.COMMENTS, Reason.FEED, Reason.BIOGRAPHY}
    assert set(FORMS) == {"names", "begins", "words"}
