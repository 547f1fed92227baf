"""Addresses of pages and people: URLs, e-mail, handles, hashtags, files."""

from __future__ import annotations

import pytest

from audiogen import normalize
from tests.narration.casefiles import cases

#: Alone or with little around it.
FORMS = cases(
    ("example.com", "example dot com"),
    ("www.example.com", "example dot com"),
    ("https://www.example.com/", "example dot com"),
    ("https://example.com/news/article-12345?x=1", "example dot com"),
    ("npr.org", "N P R dot org"),
    ("bbc.co.uk", "B B C dot co dot U K"),
    ("visit example.com/tips.", "visit example dot com slash tips."),
    ("jane.doe@example.org", "jane dot doe at example dot org"),
    ("a_b+c@mail.example.net", "a b plus c at mail dot example dot net"),
    ("@POTUS", "at POTUS"),
    ("@nytimes", "at nytimes"),
    ("@user_name", "at user underscore name"),
    ("#MeToo", "hashtag Me Too"),
    ("#BuildBackBetter", "hashtag Build Back Better"),
    ("#COP28", "hashtag COP twenty-eight"),
    ("#1", "number one"),
    ("Node.js", "Node dot J S"),
    ("file.pdf", "file dot P D F"),
    ("X.com", "X dot com"),
    ("Amazon.com Inc.", "Amazon dot com Incorporated."),
    ("He left.Then she came.", "He left.Then she came."),
    ("end.the", "end.the"),
)

#: In the middle of the news.
POINTS = cases(
    ("they use .NET", "they use dot net"),
    ("ASP.NET and Node.js", "A S P dot net and Node dot J S"),
    ("the .uk domain", "the dot U K domain"),
    ("a .pdf file", "a dot P D F file"),
    ("the .com boom", "the dot com boom"),
    ("the end .Next", "the end. Next"),
    ("it ended.The next", "it ended.The next"),
)
SENTENCES = cases(
    ("Write to news@example.org today.", "Write to news at example dot org today."),
    ("See https://www.example.com/help for more.", "See example dot com slash help for more."),
    ("Visit example.co.uk now.", "Visit example dot co dot U K now."),
    ("Follow @NewsDesk on X.", "Follow at News Desk on X."),
    ("It was tagged #ClimateAction.", "It was tagged hashtag Climate Action."),
    ("Call 555-0199.", "Call five five five, zero one nine nine."),
    ("Call 1-800-555-0100 now.", "Call one, eight hundred, five five five, zero one zero zero now."),
    ("Dial 911.", "Dial nine one one."),
    ("Dial 999.", "Dial nine nine nine."),
    ("Call 988 for help.", "Call nine eight eight for help."),
    ("Ring +44 20 7946 0958.", "Ring plus four four, two zero, seven nine four six, zero nine five eight."),
)


@pytest.mark.parametrize(("written", "spoken"), [*FORMS, *SENTENCES, *POINTS])
def test_an_address_is_said_part_by_part(written: str, spoken: str) -> None:
    assert normalize(written) == spoken
