"""What is published of an episode is held against its manifest: feeds, size, and every layer of the disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.audit.publication import publication_faults, read_publication
from tests.podcast.libraries import manifest

if TYPE_CHECKING:
    from pathlib import Path

RIVER = manifest("river")
SENTENCE = RIVER["disclosure"]["text"]
BYTES = RIVER["audio"]["bytes"]
MARK = '<podcast:txt purpose="ai-content">true</podcast:txt>'


def item(
    *,
    guid: str = RIVER["guid"],
    text: str = SENTENCE,
    mark: str = MARK,
    enclosure: str = f'<enclosure length="{BYTES}"/>',
) -> str:
    return f"<item><guid>{guid}</guid><description>{text}</description>{mark}{enclosure}</item>"


def write_feed(root: Path, *items: str, name: str = "feed.xml") -> None:
    space = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    (root / name).write_text(f"<rss {space}><channel>{''.join(items)}</channel></rss>", encoding="utf-8")


def disclosed(root: Path) -> list[str]:
    return list(read_publication(root).disclosure_faults("river", RIVER))


def published(root: Path) -> list[str]:
    return list(publication_faults(read_publication(root), "river", RIVER))


def test_where_nothing_is_published_nothing_is_asked_of_it(tmp_path: Path) -> None:
    assert read_publication(tmp_path).items is None
    assert disclosed(tmp_path) == []
    assert published(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        f"A river town waits. {SENTENCE} Read on.",
        SENTENCE.replace(" ", "\n  "),
        f"&lt;p&gt;{SENTENCE}&lt;/p&gt;",
        f"<![CDATA[<p>A town.</p><p>{SENTENCE}</p>]]>",
    ],
    ids=["alone", "among others", "over lines", "as a paragraph", "in CDATA"],
)
def test_a_feed_that_discloses_has_no_fault(text: str, tmp_path: Path) -> None:
    write_feed(tmp_path, item(text=text))
    assert disclosed(tmp_path) == []
    assert published(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A river town waits.",
        SENTENCE[:-10],
        f"<![CDATA[<script>{SENTENCE}</script>]]>",
        f'<![CDATA[<b a="{SENTENCE}">]]>',
    ],
    ids=["empty", "another", "cut off", "in a script", "in an attribute"],
)
def test_a_sentence_that_nobody_sees_does_not_disclose(text: str, tmp_path: Path) -> None:
    write_feed(tmp_path, item(text=text))
    assert disclosed(tmp_path) == ["It is not in the feed's description."]


@pytest.mark.parametrize(
    "mark",
    [
        "",
        MARK.replace("true", "false"),
        MARK.replace("true", ""),
        MARK.replace("ai-content", "verify"),
        MARK.replace("podcast:txt", "txt"),
    ],
    ids=["none", "false", "empty", "another purpose", "another name"],
)
def test_a_mark_for_machines_is_asked_for(mark: str, tmp_path: Path) -> None:
    write_feed(tmp_path, item(mark=mark))
    assert disclosed(tmp_path) == ['The feed does not say <podcast:txt purpose="ai-content">true.']


def test_a_mark_among_others_is_found(tmp_path: Path) -> None:
    write_feed(tmp_path, item(mark=f'<podcast:txt purpose="verify">x</podcast:txt>{MARK}'))
    assert disclosed(tmp_path) == []


JSON_LD = '<script type="application/ld+json">{"digitalSourceType": "x"}</script>'


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"<p>{SENTENCE}</p>{JSON_LD}", []),
        (f"<p>{SENTENCE.replace(' ', '&#32;')}</p>{JSON_LD}", []),
        (f"<p>This audio is <em>created</em> with AI assistance.</p>{JSON_LD}", []),
        (f"<p>{SENTENCE}</p>{JSON_LD.replace('<script ', '<SCRIPT id=a ').replace('</script', '</SCRIPT')}", []),
        (f"<p>{SENTENCE}</p>", ["The page's JSON-LD has no digitalSourceType."]),
        (f"<p>{SENTENCE} digitalSourceType</p>", ["The page's JSON-LD has no digitalSourceType."]),
        (JSON_LD, ["It is not on the episode's page."]),
        (f"{JSON_LD}<style>{SENTENCE}</style>", ["It is not on the episode's page."]),
        ("", ["It is not on the episode's page.", "The page's JSON-LD has no digitalSourceType."]),
    ],
    ids=[
        "good",
        "entities",
        "marked up",
        "capitals",
        "no data",
        "data in the text",
        "no sentence",
        "in a style",
        "empty",
    ],
)
def test_a_page_discloses_to_people_and_to_machines(page: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "episodes").mkdir()
    (tmp_path / "episodes" / "river.html").write_text(page, encoding="utf-8")
    assert disclosed(tmp_path) == found


def test_an_episode_that_is_not_in_the_feed_is_told(tmp_path: Path) -> None:
    write_feed(tmp_path, item(guid="urn:uuid:another"))
    assert published(tmp_path) == ["It is not in the feed: run `audiogen feed`."]
    assert disclosed(tmp_path) == []


@pytest.mark.parametrize("enclosure", ['<enclosure length="0"/>', "<enclosure/>", ""], ids=["wrong", "untold", "none"])
def test_a_size_that_is_not_the_file_s_is_told(enclosure: str, tmp_path: Path) -> None:
    write_feed(tmp_path, item(enclosure=enclosure))
    (fault,) = published(tmp_path)
    assert fault.endswith(f"bytes; the file has {BYTES}: run `audiogen feed`.")


def test_an_archive_page_of_the_feed_counts(tmp_path: Path) -> None:
    write_feed(tmp_path, item(guid="urn:uuid:newer"))
    write_feed(tmp_path, item(guid=f" {RIVER['guid']}\n"), name="feed-2.xml")
    assert published(tmp_path) == []


def test_a_feed_of_a_tag_alone_is_no_publication(tmp_path: Path) -> None:
    write_feed(tmp_path, item(), name="feed-rivers.xml")
    assert read_publication(tmp_path).items is None


def test_where_a_feed_cannot_be_read_nobody_is_said_to_be_missing(tmp_path: Path) -> None:
    """The feed's fault is told once, not for every episode."""
    (tmp_path / "feed.xml").write_text("<rss>")
    publication = read_publication(tmp_path)
    assert publication.broken[0].startswith("feed.xml cannot be read: ")
    assert published(tmp_path) == []
