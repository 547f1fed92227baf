"""Near-duplicates are found, and only they."""

from __future__ import annotations

import pytest

from audiogen.batch.near_duplicates import NearDuplicates, sign
from tests.batch.pile import paragraphs

STORY = " ".join(paragraphs(1, 8))


def without(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: round(len(words) * (1 - share))])


def edited(text: str, every: int) -> str:
    words = text.split()
    words[::every] = [f"{word}ish" for word in words[::every]]
    return " ".join(words)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (STORY, True),
        (STORY.upper(), True),
        (STORY.replace(",", ""), True),
        (f"{STORY} Reporting by the wire's staff in three towns, editing by a fourth.", True),
        (without(STORY, 0.2), True),
        (edited(STORY, 30), True),
        (without(STORY, 0.7), False),
        (edited(STORY, 4), False),
        (" ".join(paragraphs(2, 8)), False),
        ("Too short.", False),
        ("", False),
    ],
    ids=[
        "same", "capitals", "commas", "credit", "a fifth cut", "touched up", "a third left", "rewritten", "another",
        "short", "empty",
    ],
)  # fmt: skip
def test_a_text_is_alike_or_not(other: str, alike: bool) -> None:
    near_duplicates = NearDuplicates([("first", sign(STORY))])
    assert near_duplicates.find("second", sign(other)) == ("first" if alike else None)


def test_a_story_is_not_its_own_twin() -> None:
    near_duplicates = NearDuplicates([("first", sign(STORY))])
    assert near_duplicates.find("first", sign(STORY)) is None


def test_the_most_alike_is_named() -> None:
    near_duplicates = NearDuplicates(
        [("cut", sign(without(STORY, 0.3))), ("whole", sign(STORY)), ("touched", sign(edited(STORY, 30)))]
    )
    assert near_duplicates.find("new", sign(STORY)) == "whole"


def test_a_story_that_was_dropped_is_met_no_more() -> None:
    near_duplicates = NearDuplicates([("first", sign(STORY))])
    near_duplicates.drop("first")
    assert near_duplicates.find("second", sign(STORY)) is None
    near_duplicates.add("first", sign(STORY))
    assert near_duplicates.find("second", sign(STORY)) == "first"


def test_no_two_of_many_stories_of_one_make_are_taken_for_each_other() -> None:
    near_duplicates = NearDuplicates()
    for number in range(300):
        signature = sign(" ".join(paragraphs(number, 6)))
        assert near_duplicates.find(str(number), signature) is None
        near_duplicates.add(str(number), signature)


def test_a_signature_nobody_can_read_is_passed_over() -> None:
    near_duplicates = NearDuplicates([("old", b"of another version")])
    assert near_duplicates.find("new", sign(STORY)) is None
    assert near_duplicates.find("new", b"of another version") is None
