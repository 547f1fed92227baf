"""Where a written text may be cut for reading."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.packs import SILENT, load_pack
from audiogen.narration.sentences import sentences

PACK = load_pack("en") or SILENT


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, PACK)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It rained.", "The match went on."),
        ("Did it rain?", "It did."),
        ("It rained!", "Nobody left."),
        ('"It rained," he said.', '"So what?"'),
        ('She said "no."', "Then she left."),
        ("He paid $3.50.", "She paid nothing."),
        ("They left in 2019.", "Others stayed."),
        ("It ended at 5 p.m.", "The hall was empty."),
        ("He lives in the U.S.", "But he works in Canada."),
        ("They sell nuts, bolts, etc.", "The shop is old."),
        ("He works for Acme Inc.", "It pays well."),
        ("It began in Sept.", "Then it stopped."),
        ("Wait...", "What was that?"),
        ("Wait…", "Nothing."),
        ("(It was late.)", "They went home."),
        ("It was he and I.", "Nobody else came."),
        ("It grew 3.5%.", "Costs fell."),
        ("Plan B.", "The plan failed."),
        ("The phone sold well.", "iPhone sales rose."),
        ("He came in.", "She went out."),
        ("No.", "He had not seen it."),
        ("It is 5 km.", "They ran it."),
        ("Really?!", "Yes."),
        ("He paused. . . .", "The clock struck."),
        ("He paused . . .", "The clock struck."),
        ("“Is it open?”", "Jones said he had not looked."),
        ('"Come in!"', "The door opened."),
    ],
)
def test_a_sentence_ends_before_the_next(first: str, second: str) -> None:
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Smith met Sen. Jones and Lt. Col. Brown.",
        "James T. Kirk and J. K. Rowling spoke.",
        "the U.S. Navy and the U.N. Security Council met.",
        "It cost $3.50 or 2.5 percent.",
        "On Sept. 6 and Jan. 7 it rained.",
        "St. Louis and Mt. Everest are far apart.",
        "He asked for No. 5 and no. 6 on p. 7.",
        "Smith vs. Jones, i.e. the case, e.g. this one.",
        "At 6 p.m. Tuesday the doors open.",
        "Apple Inc. and Acme Corp. merged.",
        '"Why?" he asked.',
        '"Stop!" cried the man.',
        "Visit example.com for more.",
        "It was... well, odd.",
        "1. Introduction",
        "J. Smith won.",
        "A. Introduction to it",
        "Miami, Fla. Mayor Lee spoke.",
        "He met Dr. Martin Luther King Jr. Wednesday.",
        "The Ph.D. Committee met.",
        '"Is it open?" Jones asked.',
        "“Run!” Mary Ann Hill shouted at them.",
        "“Who knows?” J. B. Stone said in the yard.",
        "She spoke . . . and left.",
        "The bills, S. Con. Res. 9 and H. Res. 12, passed.",
    ],
)
def test_a_sentence_goes_on(text: str) -> None:
    assert cut(text) == [text]


def test_white_space_around_is_left_out() -> None:
    assert cut("  One.  Two.  ") == ["One.", "Two."]


@pytest.mark.parametrize("nothing", ["", " ", "\n"])
def test_nothing_has_no_sentence(nothing: str) -> None:
    assert cut(nothing) == []


def test_without_a_pack_capitals_and_marks_decide() -> None:
    text = "Han kom. Hon gick. ok."
    assert [text[a:b] for a, b in sentences(text, SILENT)] == ["Han kom.", "Hon gick. ok."]


@given(st.text(alphabet="ab .!?…\"') A1U.S", max_size=60))
def test_every_character_but_space_is_in_one_sentence(text: str) -> None:
    spans = list(sentences(text, PACK))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
