"""A feed gives an article for each entry: its text where it brings it, else its address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import ReadError
from audiogen.sources import feeds
from audiogen.sources.feeds import feed_sources, is_feed

if TYPE_CHECKING:
    from audiogen.model import Source

HOME = "https://ledger.example/feed.xml"
URL = "https://ledger.example/ferry"
WHOLE = "<p>Sentence after sentence of the whole story.</p>" * 40


def rss(item: str, channel: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ledger</title>{channel}'
        f"<item>{item}</item></channel></rss>"
    ).encode()


def atom(entry: str, attributes: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>The Ledger</title>'
        f"<entry><title>Ferry</title>{entry}</entry></feed>"
    ).encode()


def one(content: bytes) -> Source:
    [source] = feed_sources(content, HOME)
    return source


@pytest.mark.parametrize(
    ("start", "reported"),
    [
        (b'<rss version="2.0">', True),
        (b'<?xml version="1.0"?>\n<!-- by hand -->\n<RSS>', True),
        (b'\n\n  <feed xmlns="http://www.w3.org/2005/Atom">', True),
        (b'<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/">', True),
        (b"<!DOCTYPE html><title>How to write an <rss> feed</title>", False),
        (b"<html><body><feed>", False),
        (b'<?xml version="1.0"?><opml version="2.0">', False),
        (b"The <rss> tag", False),
        (b"", False),
    ],
)
def test_a_feed_is_told_by_its_beginning(start: bytes, reported: bool) -> None:
    assert is_feed(start) is reported


@pytest.mark.parametrize(
    ("content", "url"),
    [
        pytest.param(rss(f"<title>F</title><link>{URL}</link>"), URL, id="rss"),
        pytest.param(rss("<title>F</title><link>/ferry</link>"), URL, id="rss: relative to the feed"),
        pytest.param(rss(f'<title>F</title><guid isPermaLink="true">{URL}</guid>'), URL, id="rss: only a permalink"),
        pytest.param(atom(f'<link href="{URL}"/>'), URL, id="atom"),
        pytest.param(
            atom(f'<link rel="self" href="https://x.example/e"/><link rel="alternate" href="{URL}"/>'), URL, id="of two"
        ),
        pytest.param(atom('<link href="ferry"/>', 'xml:base="https://ledger.example/"'), URL, id="atom: with a base"),
    ],
)
def test_an_entry_without_its_text_is_an_address(content: bytes, url: str) -> None:
    source = one(content)
    assert (source.name, source.url, source.document, source.path) == (url, url, None, None)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            rss(f"<title>Ferry</title><link>{URL}</link><content:encoded><![CDATA[{WHOLE}]]></content:encoded>"),
            id="rss",
        ),
        pytest.param(atom(f'<link href="{URL}"/><content type="html"><![CDATA[{WHOLE}]]></content>'), id="atom"),
        pytest.param(
            atom(
                f'<link href="{URL}"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{WHOLE}</div></content>'
            ),
            id="atom: xhtml",
        ),
    ],
)
def test_a_whole_story_comes_with_the_feed(content: bytes) -> None:
    source = one(content)
    assert source.document is not None
    assert str(source.document).count("Sentence after sentence") == 40
    assert "<h1>Ferry</h1>" in str(source.document)
    assert "The Ledger" in str(source.document)
    assert source.url == URL
    assert source.name.startswith(f"{HOME}#")


def test_a_teaser_is_not_the_story() -> None:
    teaser = f"<title>F</title><link>{URL}</link><content:encoded>Read more on our site.</content:encoded>"
    assert one(rss(teaser)).document is None
    assert one(rss(f"<title>F</title><link>{URL}</link><description>{'long ' * 500}</description>")).document is None


@pytest.mark.parametrize(
    ("item", "name", "text"),
    [
        ("<title>F</title><description>All there is.</description>", "#1", "All there is."),
        ("<title>F</title><guid isPermaLink='false'>id-7</guid><description>All.</description>", "#id-7", "All."),
        ("<title>Nothing else</title>", "#1", ""),
        ("<link>mailto:mira@ledger.example</link><title>F</title>", "#mailto:mira@ledger.example", ""),
    ],
)
def test_an_entry_without_an_address_is_not_lost(item: str, name: str, text: str) -> None:
    source = one(rss(item))
    assert source.name.endswith(name)
    assert source.url == ""
    assert source.document is not None
    assert text in str(source.document)


def test_what_a_feed_tells_of_an_entry_comes_along() -> None:
    result = one(
        rss(
            f"<title>A &amp;amp; B</title><link>{URL}</link><category>ships</category><category>towns</category>"
            "<category>ships</category><pubDate>Fri, 06 Sep 2024 08:13:00 +0200</pubDate>"
            f"<dc:creator>Mira Tolland</dc:creator><content:encoded><![CDATA[{WHOLE}]]></content:encoded>",
            "<language>en-gb</language>",
        )
    )
    assert result.tags == ("ships", "towns")
    assert result.published == datetime(2024, 9, 6, 6, 13, tzinfo=UTC)
    assert '<meta name="author" content="Mira Tolland">' in str(result.document)
    assert '<html lang="en-gb">' in str(result.document)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(rss(f"<link>{URL}</link><pubDate>Fri, 06 Sep 2024 06:13:00 GMT</pubDate>"), id="rss"),
        pytest.param(rss(f"<link>{URL}</link><dc:date>2024-09-06T06:13:00Z</dc:date>"), id="Dublin Core"),
        pytest.param(atom(f'<link href="{URL}"/><published>2024-09-06T06:13:00Z</published>'), id="atom"),
        pytest.param(atom(f'<link href="{URL}"/><updated>2024-09-06T06:13:00Z</updated>'), id="atom: only updated"),
        pytest.param(
            atom(f'<link href="{URL}"/><updated>2025-01-01</updated><published>2024-09-06T06:13:00Z</published>'),
            id="atom: the first of both",
        ),
    ],
)
def test_a_date_is_read_wherever_a_feed_has_it(content: bytes) -> None:
    assert one(content).published == datetime(2024, 9, 6, 6, 13, tzinfo=UTC)


@pytest.mark.parametrize("date", ["", "<pubDate>soon</pubDate>", "<pubDate></pubDate>"])
def test_a_date_nobody_can_read_is_none(date: str) -> None:
    assert one(rss(f"<title>F</title><link>{URL}</link>{date}")).published is None


def test_an_empty_feed_has_no_articles_and_a_broken_one_is_named() -> None:
    assert list(feed_sources(b'<rss version="2.0"><channel><title>T</title></channel></rss>', HOME)) == []
    with pytest.raises(ReadError, match="broken feed") as caught:
        list(feed_sources(b"<rss><channel><title>", HOME))
    assert caught.value.subject == HOME


def test_what_was_cut_off_in_the_middle_is_read_as_far_as_it_goes() -> None:
    whole = rss(f"<title>F</title><link>{URL}</link>")
    assert one(whole[: whole.index(b"</channel>")]).url == URL


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (rss(f"<link>{URL}</link><guid>tag:ledger.example,2026:7</guid>"), "tag:ledger.example,2026:7"),
        (atom(f'<id>urn:ledger:7</id><link href="{URL}"/>'), "urn:ledger:7"),
        (rss(f"<link>{URL}</link>"), ""),
    ],
)
def test_an_entry_has_the_id_that_its_feed_knows_it_by(content: bytes, message: str) -> None:
    assert one(content).external_id == message


@pytest.mark.parametrize(
    ("entries", "encoding", "fits"), [(5, "utf-8", True), (6, "utf-8", False), (6, "utf-16", False)]
)
def test_a_feed_of_more_entries_than_any_has_is_refused(
    entries: int, encoding: str, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 5)
    entry = "<item><title>Ice</title><link>https://ledger.example/ice</link></item>"
    content = f'<rss version="2.0"><channel><title>T</title>{entry * entries}</channel></rss>'.encode(encoding)
    if fits:
        assert len(list(feed_sources(content, HOME))) == entries
    else:
        with pytest.raises(ReadError, match="more than 5 entries"):
            feed_sources(content, HOME)
