"""Chapters and verses of the Bible."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: In the middle of the news.
SENTENCES = cases(
    ("He read Gen. 1:1-3 aloud.", "He read Genesis one one to three aloud."),
    ("Gen. Zaluzhny spoke first.", "General Zaluzhny spoke first."),
    ("She quoted John 3:16 at the rally.", "She quoted John three sixteen at the rally."),
    ("The sign cited Rom. 8:28.", "The sign cited Romans eight twenty-eight."),
    ("See 1 Cor. 13:4-7 for the text.", "See First Corinthians thirteen four to seven for the text."),
    ("The verse is Matt. 5:9.", "The verse is Matthew five nine."),
    ("Psalm 23 was read.", "Psalm twenty-three was read."),
    ("Ps. 23:1 opens the hymn.", "Psalm twenty-three one opens the hymn."),
    ("The reading was Isa. 40:31.", "The reading was Isaiah forty thirty-one."),
    ("He chose Exod. 20:3.", "He chose Exodus twenty, three."),
    ("2 Tim. 4:7 was on the stone.", "Second Timothy four seven was on the stone."),
    (
        "The Book of Revelation, Rev. 21:4, closed the service.",
        "The Book of Revelation, Revelation twenty-one four, closed the service.",
    ),
    ("Rev. Miller led the service.", "Reverend Miller led the service."),
    ("It is from Deut. 6:5.", "It is from Deuteronomy six five."),
    ("They turned to Acts 2:38.", "They turned to Acts two thirty-eight."),
)


#: What is near it, and what is not it.
NEAR = cases(
    ("He cited Gen 1:1.", "He cited Genesis one one."),
    ("John 3:16 was on the sign.", "John three sixteen was on the sign."),
    ("Mark came at 3:16 p.m.", "Mark came at three sixteen P M."),
    ("Luke 10:30-37 was read.", "Luke ten thirty to thirty-seven was read."),
    ("Exodus 20:3 was read.", "Exodus twenty, three was read."),
    ("They read Pss. 1:1, 2.", "They read Psalms one one and two."),
    ("At 3:16 John came.", "At three sixteen John came."),
    ("Rev. Lee cited Rev. 3:20.", "Reverend Lee cited Revelation three twenty."),
)


@pytest.mark.parametrize(("written", "spoken"), [*NEAR, *SENTENCES])
def test_a_verse_is_said_with_its_book(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
