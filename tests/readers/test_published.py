from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from audiogen.readers.metadata import find_metadata
from audiogen.readers.published import day_in
from audiogen.readers.tree import parse


def published(head: str = "", body: str = "") -> tuple[object, bool]:
    root = parse(f"<html><head>{head}</head><body>{body}<p>The clock is right.</p></body></html>")
    assert root is not None
    found = find_metadata(root, None)
    return found.published, found.structured_data_only


def ld(kind: str = "Article", **fields: str) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': kind} | fields)}</script>"


DAY, EARLY = date(2024, 3, 5), date(2019, 1, 2)
TAGS = [
    "article:published_time", "article:published", "article.published", "article:publish_date", "og:published_time",
    "og:publish_date", "published", "published_at", "published-date", "publish-date", "publish_date", "publishdate",
    "pubdate", "pub_date", "date", "dc.date", "DC.date.issued", "dcterms.issued", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "publication_date", "citation_publication_date", "cXenseParse:publishtime",
    "article_date_original",
]  # fmt: skip


@pytest.mark.parametrize("name", TAGS)
def test_a_tag_of_the_head_says_the_day(name: str) -> None:
    assert published(f'<meta name="{name}" content="2024-03-05">') == (DAY, False)


@pytest.mark.parametrize("name", ["article:modified_time", "updated", "uploadDate", "article:publisher", "expires"])
def test_other_tags_do_not(name: str) -> None:
    assert published(f'<meta name="{name}" content="2024-03-05">') == (None, True)


ARTICLE, TAG = ld(datePublished="2024-03-05"), '<meta property="article:published_time" content="2019-01-02">'
ADDRESS = '<link rel="canonical" href="https://quay.example/2019/01/02/clock">'
WITNESSES = {
    "JSON-LD": (ARTICLE, "", DAY, True),
    "JSON-LD before a tag": (ARTICLE + TAG, "", DAY, False),
    "JSON-LD before the address": (ARTICLE + ADDRESS, "", DAY, False),
    "a tag before microdata": (TAG, '<meta itemprop="datePublished" content="2024-03-05">', EARLY, False),
    "microdata": ("", '<meta itemprop="datePublished" content="2024-03-05">', DAY, True),
    "microdata that is shown": ("", '<span itemprop="datePublished">March 5, 2024</span>', DAY, False),
    "a time before the address": (ADDRESS, '<time datetime="2024-03-05">March 5</time>', DAY, False),
    "the address before a line": (ADDRESS, '<p class="post-date">March 5, 2024</p>', EARLY, False),
    "when the article was made": (ld(dateCreated="2024-03-05"), "", DAY, False),
    "another thing": (ld("VideoGame", datePublished="2024-03-05"), "", DAY, True),
    "the time of a related article": (
        "",
        '<div class="related"><time datetime="2024-03-05">x</time></div>',
        None,
        True,
    ),
    "nobody": ("", "", None, True),
}


@pytest.mark.parametrize(("head", "body", "day", "structured_data_only"), WITNESSES.values(), ids=WITNESSES)
def test_the_best_witness_says_the_day(head: str, body: str, day: date | None, structured_data_only: bool) -> None:
    assert published(head, body) == (day, structured_data_only)


def test_a_tag_keeps_its_time() -> None:
    head = '<meta property="article:published_time" content="2024-03-05T08:30:00Z">'
    assert published(head)[0] == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)


ADDRESSES = {
    "a folder for each": ("https://quay.example/2016/10/13/clock", date(2016, 10, 13)),
    "hyphens": ("https://quay.example/2016-10-13-clock", date(2016, 10, 13)),
    "eight figures": ("https://quay.example/news/20161013-clock", date(2016, 10, 13)),
    "eight figures at the end": ("https://quay.example/diary/20161013.html", date(2016, 10, 13)),
    "a month's name": ("https://quay.example/world/2016/oct/13/clock", date(2016, 10, 13)),
    "a number that is longer": ("https://quay.example/clock-201610134", None),
    "no day of the calendar": ("https://quay.example/20160231-clock", None),
    "a month alone": ("https://quay.example/2016/10/clock", None),
    "behind the path": ("https://quay.example/clock?from=20161013", None),
    "tomorrow": (f"https://quay.example/{date.today() + timedelta(days=1):%Y%m%d}-tide", date.today() + timedelta(1)),
    "a day to come": (f"https://quay.example/{date.today() + timedelta(days=2):%Y%m%d}-tide", None),
    "none": ("", None),
}


@pytest.mark.parametrize(("url", "day"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_holds_the_day(url: str, day: date | None) -> None:
    assert day_in(url) == day


def test_a_day_to_come_that_the_page_shows_is_an_events() -> None:
    to_come = date.today() + timedelta(days=30)
    assert published(body=f'<time datetime="{to_come}">x</time><time datetime="2024-03-05">x</time>')[0] == DAY
    assert published(body=f'<time datetime="{to_come}">x</time>')[0] is None
