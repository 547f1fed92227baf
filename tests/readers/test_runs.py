from __future__ import annotations

import pytest

from audiogen.readers.runs import Inline, Run

LINK = Inline.inside(None, "a", ("a", False, True))
AWAY = Inline.inside(None, "a", ("a", False, False))
BOLD = Inline.inside(None, "strong", ("strong", False, False))
ITALIC_IN_BOLD = Inline.inside(BOLD, "em", ("em", False, False))
BOLD_IN_LINK = Inline.inside(LINK, "b", ("b", False, False))
MARKS = {
    "plain": ([("abcd", [])], {"bold": 0.0, "italic": 0.0}),
    "half bold": ([("ab", [BOLD]), ("cd", [])], {"bold": 0.5, "italic": 0.0}),
    "italic inside bold": ([("ab", [BOLD, ITALIC_IN_BOLD]), ("cd", [BOLD])], {"bold": 1.0, "italic": 0.5}),
    "a link to the site": ([("ab", [LINK]), ("cd", [])], {"bold": 0.0, "italic": 0.0, "own_links": 0.5}),
    "a link to elsewhere": ([("ab", [AWAY]), ("cd", [])], {"bold": 0.0, "italic": 0.0}),
    "bold inside a link": ([("ab", [LINK, BOLD_IN_LINK])], {"bold": 1.0, "italic": 0.0, "own_links": 1.0}),
    "white space does not weigh": ([("  ab\n", [BOLD]), ("cd  ", [])], {"bold": 0.5, "italic": 0.0}),
    "nothing": ([], {"bold": 0.0, "italic": 0.0}),
}


@pytest.mark.parametrize(("pieces", "expected"), MARKS.values(), ids=MARKS)
def test_the_marks_are_shares_of_the_text(pieces: list[tuple[str, list[Inline]]], expected: dict[str, float]) -> None:
    run = Run()
    for text, inline in pieces:
        run.add(text, inline)
    assert run.marks() == expected


COMMON = {
    "one element": ([[BOLD]], ["strong"]),
    "the same around all": ([[BOLD, ITALIC_IN_BOLD], [BOLD]], ["strong"]),
    "a like one again": ([[BOLD], [Inline.inside(None, "strong", ("strong", False, False))]], ["strong"]),
    "different ones": ([[BOLD], [LINK]], []),
    "links that lead elsewhere": ([[LINK], [AWAY]], []),
    "bare text before": ([[], [BOLD]], []),
    "bare text after": ([[BOLD], []], []),
}


@pytest.mark.parametrize(("around", "expected"), COMMON.values(), ids=COMMON)
def test_only_what_holds_all_of_the_text_is_common(around: list[list[Inline]], expected: list[str]) -> None:
    run = Run()
    for inline in around:
        run.add("word", inline)
    assert [step for step, _, _ in run.common or []] == expected


def test_counts_stand_only_where_there_are_any() -> None:
    run = Run(links=2, before=1, inside=3)
    assert run.marks() == {
        "bold": 0.0, "italic": 0.0, "links": 2.0, "pictures_before": 1.0, "pictures_inside": 3.0,
    }  # fmt: skip
