"""Captures that are no article are refused by their kind; short notes and articles are not."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.errors import NotAnArticleError
from audiogen.readers.text import read_text

HEADLINES = [
    "Harbour freezes for the first time in thirty years", "Herring prices double in a week on the islands",
    "Council puts off its vote on the new school", "Lighthouse keeper retires after forty-one years",
    "Ferry company counts its losses after the frost", "Bridge at Westerby hums again in the wind",
    "Museum of stopped clocks needs a warmer home", "Five soups for a long winter on the coast",
    "Nine voters decide on the future of a village", "Eels found in a bend of the river again",
]  # fmt: skip
PAGES = {
    "listing": "\n".join(["Northern Post", "Skip to content", "* Home", *HEADLINES, "© 2024 Northern Post"]),
    "login page": "Northern Post\nLog in\nEmail address\nPassword\nForgot your password?\nDon't have an account?",
    "bot check": "Just a moment...\nVerify you are human\nexample.org needs to review the security of your connection.",
    "error page": "Northern Post\n* Home\nPage not found\nBack to home\n© 2024 Northern Post",
    "cookie wall": "Before you continue\nWe use cookies and data to deliver our services.\nAccept all\nReject all",
    "paywall stub": (
        "Northern Post\nHarbour freezes for the first time in thirty years\nBy Ada Lind\n"
        "The harbour froze in the third week of January, and no ferry has left it since Tuesday, they said on…\n"
        "Subscribe to continue reading\nAlready a subscriber? Log in"
    ),
    "teaser": "\n".join(["Home", "News", "Sport", "Weather", "Contact", "About us", "Privacy"] * 5),
}


@pytest.mark.parametrize(("kind", "page"), PAGES.items(), ids=PAGES)
def test_a_capture_without_an_article_is_refused_by_its_kind(kind: str, page: str) -> None:
    with pytest.raises(NotAnArticleError) as caught:
        clean(read_text(page))
    assert caught.value.kind == kind
    assert caught.value.evidence


@pytest.mark.parametrize("kind", PAGES)
def test_what_there_is_can_be_had_by_force(kind: str) -> None:
    assert clean(read_text(PAGES[kind]), force=True).cleaned


def test_a_note_of_one_sentence_is_an_article() -> None:
    sentence = "The harbour froze in the third week of January, and no ferry left it."
    article = clean(read_text(sentence))
    assert [block.text for block in article.blocks] == [sentence]
    assert article.title == ""
