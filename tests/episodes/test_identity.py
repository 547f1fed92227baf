"""What ties an article to its episode: never a title, and never a guess."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.episodes.identity import (
    Marks,
    clean_address,
    contradicts,
    first_guid_of,
    guid_of,
    guid_of_file,
    is_same_text,
    keys_of,
    keys_of_manifest,
    marks_of,
    says_the_same,
)
from audiogen.model import Article, Block

FERRY = (
    "The ferry to Ostrand sails again after nine days in port.",
    "A storm had broken two of its rails, and the smith was ill.",
    "Tickets are sold at the pier from six in the morning on.",
    "The harbour master expects four hundred people on Saturday.",
)
CLOCK = (
    "Forty-one wheels turn in the town clock, and none is missing.",
    "It was cleaned for the first time since the great flood.",
    "A boy found a coin from another century under its weights.",
)


def article(*texts: str, **fields: Any) -> Article:
    return Article(**({"title": "Morning Briefing"} | fields), blocks=tuple(map(Block, texts)))


def manifest(*lines: str, **fields: Any) -> dict[str, Any]:
    script = [{"written": "Morning Briefing", "role": "title", "block": -1}]
    script += [{"written": line, "role": "paragraph", "block": place} for place, line in enumerate(lines)]
    script += [{"written": "This audio is created with AI assistance.", "role": "disclosure", "block": -1}]
    return {"article": {"title": "Morning Briefing", "dek": "", "url": ""} | fields, "script": script}


# GUIDs.


@pytest.mark.parametrize(
    ("fields", "guid"),
    [
        ({"url": "https://ledger.example/ferry"}, "urn:uuid:8f37783e-8a35-5bd1-a048-fd22717f98e1"),
        ({"url": "https://ledger.example/ferry", "title": "x", "external_id": "y", "document": "z"},
         "urn:uuid:8f37783e-8a35-5bd1-a048-fd22717f98e1"),
    ],
)  # fmt: skip
def test_the_guid_is_that_of_the_address_as_found_whatever_else_is_told(fields: dict[str, Any], guid: str) -> None:
    assert guid_of(article(*FERRY, **fields)) == guid


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://ledger.example/ferry?utm_source=mail"},
        {"external_id": "urn:x:1"},
        {"document": "sha256:1"},
        {"blocks": (Block(CLOCK[0]),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_title_makes_no_guid(change: dict[str, Any]) -> None:
    assert guid_of(replace(article(*FERRY), **change)) != guid_of(article(*FERRY))


def test_the_guid_of_a_document_is_the_same_however_it_is_read() -> None:
    first, better = article(*FERRY, document="sha256:1"), article(*CLOCK, document="sha256:1", title="x", site="Ledger")
    assert guid_of(first) == guid_of(better)


def test_the_first_version_s_formula_is_kept() -> None:
    result = Article(title="The ferry", dek="Nine days.", site="Ledger", published=None)
    assert first_guid_of(result) == first_guid_of(replace(result, dek="x", url="https://a.example/x"))
    briefing = article(*FERRY)
    assert first_guid_of(briefing) == "urn:uuid:e974ca0f-b167-5ed0-8ab2-b090e20e99c3"


def test_a_single_file_is_known_by_its_place_until_something_better_tells() -> None:
    one, corrected = article(*FERRY, document="sha256:1"), article(*CLOCK, document="sha256:2")
    assert guid_of_file(one, "/a/briefing.txt") == guid_of_file(corrected, "/a/briefing.txt")
    assert guid_of_file(one, "/a/briefing.txt") != guid_of_file(one, "/b/briefing.txt")
    addressed = replace(one, url="https://ledger.example/ferry")
    assert guid_of_file(addressed, "/a/briefing.txt") == guid_of(addressed)
    assert guid_of_file(one, "") == guid_of(one)


# Addresses and ids.


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://ledger.example/ferry", "http://www.ledger.example/ferry/", True),
        ("https://ledger.example/ferry", "https://ledger.example/ferry?utm_source=mail&fbclid=1#top", True),
        ("https://ledger.example/ferry", "https://LEDGER.example:443/ferry", True),
        ("https://ledger.example/ferry", "https://ledger.example/Ferry", False),
        ("https://ledger.example/?p=1", "https://ledger.example/?p=2", False),
        ("https://ledger.example/ferry/\x85#top", "https://ledger.example/ferry", True),
        ("https://ledger.example/ferry\xa0x", "https://ledger.example/ferry", False),
        ("https://ledger.example/?p=1&utm_medium=rss", "https://ledger.example/?p=1", True),
        ("https://ledger.example/#!/ferry", "https://ledger.example/#!/clock", False),
        ("https://ledger.example:8000/ferry", "https://ledger.example/ferry", False),
        ("https://ledger.example/ferry", "https://other.example/ferry", False),
        ("file:///home/ferry.html", "file:///home/clock.html", False),
    ],
)
def test_addresses_of_one_page_are_one(one: str, other: str, same: bool) -> None:
    assert (clean_address(one) == clean_address(other)) is same


@pytest.mark.parametrize(
    "url", ["", "https://ledger.example", "https://ledger.example/", "https://ledger.example/#top"]
)
def test_a_front_page_is_no_article_s_address(url: str) -> None:
    assert clean_address(url) == ""
    assert guid_of(article(url=url, document="sha256:1")) != guid_of(article(url=url, document="sha256:2"))


@given(st.text())
def test_cleaning_an_address_never_fails_and_is_done_once(url: str) -> None:
    clean = clean_address(f"https://ledger.example/{url}")
    assert clean_address(f"https://{clean}" if clean.startswith("ledger") else clean) == clean
    clean_address(url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("<a@mail.example>", ""), ("<a@mail.example>", "https://x.example/1"), True),
        (("https://ledger.example/?p=7", ""), ("https://ledger.example/?p=7", "https://x.example/1"), True),
        (("7", "https://ledger.example/a"), ("7", "https://www.ledger.example/b"), True),
        (("7", "https://ledger.example/a"), ("7", "https://x.example/a"), False),
        (("7", "https://ledger.example/a"), ("8", "https://ledger.example/a"), False),
    ],
)
def test_a_short_id_is_unique_only_within_its_outlet(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    first, second = (keys_of(Article(external_id=own, url=url))["id"] for own, url in (one, other))
    assert (first == second) is same


def test_a_short_id_of_nobody_ties_nothing() -> None:
    assert "id" not in keys_of(Article(external_id="7"))


def test_a_manifest_has_the_keys_of_its_article() -> None:
    result = Article(url="https://ledger.example/ferry?utm_source=x", external_id="7", document="sha256:1")
    written = {
        "article": {"url": result.url, "external_id": "7", "site": ""},
        "digests": {"document": "sha256:1"},
    }
    assert keys_of_manifest(written) == keys_of(result)
    assert keys_of_manifest({}) == {}


# Texts.


@pytest.mark.parametrize(
    ("texts", "same"),
    [
        (FERRY, True),
        (tuple(text.upper() for text in FERRY), True),
        ((" ".join(FERRY),), True),
        ((*FERRY, CLOCK[0]), True),
        (FERRY[:3], True),
        (FERRY[:1], False),
        ((*FERRY, *CLOCK, *(f"{number} other things were said there that day." for number in range(9))), False),
        (CLOCK, False),
        ((), False),
    ],
)
def test_a_text_is_the_same_where_most_of_both_is_shared(texts: tuple[str, ...], same: bool) -> None:
    assert is_same_text(manifest(*FERRY), article(*texts)) is same


def test_two_without_a_body_are_compared_by_their_titles() -> None:
    assert is_same_text(manifest(), article())
    assert not is_same_text(manifest(), article(title="Evening Briefing"))


@pytest.mark.parametrize(
    ("texts", "fields", "seen", "other"),
    [
        pytest.param(FERRY, {"title": "Another"}, "", False, id="another title over the same text"),
        pytest.param(CLOCK, {}, "", False, id="the same title over another text"),
        pytest.param(CLOCK, {"title": "Another"}, "", True, id="another title over another text"),
        pytest.param((*CLOCK, FERRY[0]), {"title": "Another"}, "", False, id="some text is left"),
        pytest.param(CLOCK, {"url": "https://ledger.example/b"}, "", True, id="another address"),
        pytest.param((*CLOCK, FERRY[0]), {"url": "https://ledger.example/b"}, "", True, id="and little left"),
        pytest.param(FERRY, {"url": "https://ledger.example/b"}, "", False, id="and all left"),
        pytest.param(CLOCK, {"url": "http://ledger.example/a/"}, "", False, id="the same address"),
        pytest.param(CLOCK, {"document": "sha256:1"}, "sha256:1", True, id="a document that has not changed"),
        pytest.param(CLOCK, {"document": "sha256:1"}, "sha256:2", False, id="a document that has"),
        pytest.param(FERRY, {"document": "sha256:1"}, "sha256:1", False, id="unchanged, and the same text"),
    ],
)
def test_a_tie_is_contradicted_by_another_text_with_something_else(
    texts: tuple[str, ...], fields: dict[str, Any], seen: str, other: bool
) -> None:
    assert contradicts(manifest(*FERRY, url="https://ledger.example/a"), article(*texts, **fields), seen) is other


@pytest.mark.parametrize(
    ("texts", "fields", "same"),
    [
        (FERRY, {}, True),
        (FERRY, {"authors": ("Mira Tolland",)}, True),
        (FERRY, {"title": "morning briefing!"}, True),
        (FERRY, {"title": "Evening Briefing"}, False),
        (FERRY, {"dek": "Nine days."}, False),
        (FERRY[1:], {}, False),
        ((*FERRY, CLOCK[0]), {}, False),
    ],
)
def test_the_same_is_said_where_every_word_is_there(texts: tuple[str, ...], fields: dict[str, Any], same: bool) -> None:
    assert says_the_same(manifest(*FERRY), article(*texts, **fields)) is same


def test_texts_are_found_again_by_their_marks() -> None:
    marks = Marks({"ferry": marks_of(" ".join(FERRY)), "clock": marks_of(" ".join(CLOCK)), "none": marks_of("")})
    assert marks.find(article("Cookies are used here.", *FERRY)) == ["ferry"]
    assert marks.find(article(*CLOCK, "More of the same paper is below.")) == ["clock"]
    assert marks.find(article("Nothing of all this.")) == []
    assert marks.find(article()) == []


def test_a_text_of_a_few_words_has_a_mark() -> None:
    assert Marks({"short": marks_of("It rains.")}).find(article("It rains.")) == ["short"]
