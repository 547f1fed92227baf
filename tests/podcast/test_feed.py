"""The feed keeps the rules of those who read it, by a checklist and by two parsers that share no code with it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import podcastparser  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from audiogen.episodes.library import Library
from audiogen.podcast import publish
from audiogen.podcast.entries import read_index
from audiogen.podcast.feed import build_feed, build_item, describe, format_duration
from audiogen.podcast.paging import FeedPage
from audiogen.podcast.show import channel_of
from audiogen.production import EpisodeMaker, make_in_library
from tests.podcast.checklist import NS, faults
from tests.podcast.libraries import SHOW, SOUND, files_of, manifest, settings, shelve

if TYPE_CHECKING:
    from audiogen.model import Article
    from audiogen.settings import Settings

CHANNEL = channel_of(SHOW, cover="cover.jpg")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library of one episode."""
    shelve(tmp_path / "library", "the-dam-closes")
    return tmp_path / "library"


def feed_of(root: Path) -> bytes:
    """The feed of a library, written without its pages."""
    [entries] = [read_index(root).entries]
    items = {entry.slug: build_item(CHANNEL, entry) for entry in entries}
    page = FeedPage("feed.xml", entries, {"self": "feed.xml"})
    return build_feed(CHANNEL, page, items, guid="9b024349-ccf0-5f69-a609-6b82873eab3c")


def item_of(feed: bytes) -> etree._Element:
    item = etree.fromstring(feed).find("channel/item")
    assert item is not None
    return item


def test_a_feed_keeps_every_rule(root: Path) -> None:
    assert faults(feed_of(root)) == []


@pytest.mark.parametrize(
    ("whole", "broken", "rule"),
    [
        (b"<itunes:explicit>false", b"<itunes:explicit>no", "itunes:explicit"),
        (b'length="256"', b'length="0"', "enclosure"),
        (b'isPermaLink="false"', b'isPermaLink="true"', "guid"),
        (b' rel="self"', b' rel="alternate"', "atom:link self"),
        (b'text="News"', b'text="news"', "itunes:category"),
        (b'purpose="ai-content">true', b'purpose="ai-content">maybe', "podcast:txt"),
        (b"?>\n", b" ?>\n", "declaration"),
    ],
)
def test_the_checklist_sees_a_fault(root: Path, whole: bytes, broken: bytes, rule: str) -> None:
    feed = feed_of(root)
    assert whole in feed
    assert any(rule in fault for fault in faults(feed.replace(whole, broken)))


def test_feedparser_reads_what_was_written(root: Path) -> None:
    read = feedparser.parse(io.BytesIO(feed_of(root)))
    assert not read.bozo
    assert (read.feed.title, read.feed.language) == (SHOW.title, "en")
    [entry] = read.entries
    data = manifest("the-dam-closes")
    assert (entry.id, entry.title) == (data["guid"], "The dam closes")
    assert entry.enclosures == [
        {
            "href": "https://audio.ledger.example/reach/episodes/the-dam-closes.mp3",
            "length": str(len(SOUND)),
            "type": "audio/mpeg",
        }
    ]
    assert entry.published_parsed[:5] == (2026, 9, 14, 6, 30)
    assert entry.itunes_duration == "492"


def test_podcastparser_reads_what_was_written(root: Path) -> None:
    read = podcastparser.parse("https://audio.ledger.example/reach/feed.xml", io.BytesIO(feed_of(root)))
    assert (read["title"], read["itunes_author"], read["explicit"]) == (SHOW.title, SHOW.author, False)
    assert read["itunes_categories"] == [["News", "News Commentary"]]
    [episode] = read["episodes"]
    assert (episode["guid"], episode["total_time"]) == (manifest("the-dam-closes")["guid"], 492)
    [enclosure] = episode["enclosures"]
    assert (enclosure["file_size"], enclosure["mime_type"]) == (len(SOUND), "audio/mpeg")
    assert "This audio is created with AI assistance." in episode["description"]


def test_the_namespace_says_who_wrote_it_what_it_says_and_what_made_it(root: Path) -> None:
    item = item_of(feed_of(root))
    people = [(person.text, dict(person.attrib)) for person in item.findall("podcast:person", NS)]
    author = {"group": "writing", "role": "author"}
    assert people == [("Ada Merrin", author), ("Tomas Hale", author)]
    [transcript] = item.findall("podcast:transcript", NS)
    assert transcript.get("url") == "https://audio.ledger.example/reach/episodes/the-dam-closes.vtt"
    assert transcript.get("language") == "en"
    assert item.find("podcast:chapters", NS) is not None


def test_a_second_format_is_offered_with_its_digest(root: Path) -> None:
    (root / "episodes" / "the-dam-closes.opus").write_bytes(b"OggS")
    feed = feed_of(root)
    assert faults(feed) == []
    first, second = item_of(feed).findall("podcast:alternateEnclosure", NS)
    assert (first.get("type"), first.get("default")) == ("audio/mpeg", "true")
    assert (second.get("type"), second.get("length"), second.get("default")) == ("audio/ogg", "4", None)
    integrity = second.find("podcast:integrity", NS)
    assert integrity is not None
    digest = integrity.get("value", "").removeprefix("sha256-")
    assert base64.b64decode(digest) == hashlib.sha256(b"OggS").digest()


def test_a_reading_without_chapters_offers_none(tmp_path: Path) -> None:
    data = manifest("plain")
    data["script"] = [line for line in data["script"] if line["role"] not in ("title", "heading")]
    shelve(tmp_path, "plain", data)
    assert item_of(feed_of(tmp_path)).find("podcast:chapters", NS) is None


def test_the_length_is_that_of_the_file_as_it_lies_there(root: Path) -> None:
    (root / "episodes" / "the-dam-closes.mp3").write_bytes(SOUND + b"signed")
    enclosure = item_of(feed_of(root)).find("enclosure")
    assert enclosure is not None
    assert enclosure.get("length") == str(len(SOUND) + 6)


def test_the_same_library_gives_the_same_bytes(root: Path) -> None:
    assert feed_of(root) == feed_of(root)


def test_a_private_show_keeps_out_of_directories(root: Path) -> None:
    publish(root, settings(replace(SHOW, private=True)), pages=False)
    channel = etree.parse(root / "feed.xml").getroot().find("channel")
    assert channel is not None
    assert (channel.findtext("itunes:block", "", NS), channel.findtext("podcast:block", "", NS)) == ("Yes", "yes")


def test_an_undated_article_has_the_date_of_its_audio(tmp_path: Path) -> None:
    shelve(tmp_path, "undated", published=None)
    date = item_of(feed_of(tmp_path)).findtext("pubDate", "")
    assert parsedate_to_datetime(date).isoformat() == "2026-10-01T08:00:00+00:00"


def test_dates_may_be_those_of_the_audio(root: Path) -> None:
    publish(root, settings(dates="created"), pages=False)
    date = item_of((root / "feed.xml").read_bytes()).findtext("pubDate", "")
    assert parsedate_to_datetime(date).isoformat() == "2026-10-01T08:00:00+00:00"


# What strangers write.

HOSTILE = {
    "markup": "<script>alert(1)</script><b>bold & brash</b>",
    "end of CDATA": "]]> <!-- ]]]]><![CDATA[>",
    "control characters": "a\x00b\x08c\x1bd\x7f\x85e\ufffe",
    "surrogates": "half \ud800 a pair",
    "overrides of direction": "abc \u202egpj.exe\u202c \u2066isolated\u2069",
    "ten thousand characters": "long " * 2000,
    "one long word": "x" * 10_000,
    "four bytes each": "𝔘" * 5000,
    "entities": "&lt;&amp;amp;&#0;&nbsp;",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "only blanks": " \t\n\u2003 ",
    "line breaks": "one\r\ntwo\u2028three",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_metadata_stays_well_formed_and_harmless(tmp_path: Path, text: str) -> None:
    data = manifest("hostile", title=text, dek=text, authors=[text, text], site=text, tags=[text], language=text)
    data["article"]["url"] = f"javascript:{text}"
    data["disclosure"]["text"] = f"This audio is created with AI assistance. {text}"
    for line in data["script"]:
        line["written"] = text
    path = tmp_path / "episodes" / "hostile.json"
    shelve(tmp_path, "hostile")
    path.write_bytes(json.dumps(data).encode())
    index = read_index(tmp_path)
    if "\ud800" in text:
        assert "cannot be read" in index.broken[0].reason
        return
    feed = feed_of(tmp_path)
    assert faults(feed) == []
    read = feedparser.parse(io.BytesIO(feed))
    assert not read.bozo
    assert len(read.entries) == 1
    notes = etree.fromstring(f"<div>{item_of(feed).findtext('description')}</div>")
    assert {element.tag for element in notes.iter()} <= {"div", "p", "a"}
    assert "javascript:" not in "".join(notes.xpath("//@href"))  # type: ignore[arg-type]  # of attributes, texts


@given(st.text(max_size=3000), st.text(max_size=3000))
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_a_feed_that_keeps_the_rules(
    tmp_path_factory: pytest.TempPathFactory, title: str, dek: str
) -> None:
    root = tmp_path_factory.mktemp("any")
    shelve(root, "any", manifest("any", title=title, dek=dek, authors=[title]))
    assert faults(feed_of(root)) == []


@given(st.lists(st.text(max_size=200), max_size=200), st.text(max_size=9000))
@hypothesis_settings(max_examples=60, deadline=None)
def test_show_notes_never_pass_apples_limit(chapters: list[str], dek: str) -> None:
    entry = replace(_entry(), dek=dek, chapters=tuple((float(place), name) for place, name in enumerate(chapters)))
    assert len(describe(entry).encode()) <= 4000


def _entry() -> Any:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        shelve(Path(folder), "one")
        return read_index(Path(folder)).entries[0]


def test_show_notes_list_three_chapters_and_more_from_zero() -> None:
    assert "<p>00:00:00 The dam closes</p><p>00:00:10 A quiet machine</p>" in describe(_entry())
    two = replace(_entry(), chapters=((0.0, "One"), (9.0, "Two")))
    assert "00:00:00" not in describe(two)


@pytest.mark.parametrize(("seconds", "expected"), [(0, "0:00"), (59.9, "0:59"), (600, "10:00"), (36_000, "10:00:00")])
def test_times_are_written_for_people(seconds: float, expected: str) -> None:
    assert format_duration(seconds) == expected


# What must not change.


def test_a_guid_outlives_voice_title_host_and_file_name(article: Article, tones: Settings, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")

    def spoken(given: Article, how: Settings, base: str) -> tuple[str, str]:
        with EpisodeMaker(how) as episode_maker:
            make_in_library(library, episode_maker, given)
        show = replace(SHOW, base_url=base)
        publish(library.root, replace(how, show=show), pages=False)
        item = item_of((library.root / "feed.xml").read_bytes())
        enclosure = item.find("enclosure")
        assert enclosure is not None
        return item.findtext("guid", ""), enclosure.get("url", "").rpartition("/")[2]

    guid, file = spoken(article, tones, "https://one.example")
    again = spoken(replace(article, title="Another title"), tones, "https://two.example/show")
    louder = spoken(article, tones.with_flags(audio__loudness=-19.0), "https://one.example")
    assert {guid} == {again[0], louder[0]}
    assert len({file, again[1], louder[1]}) == 3


def test_a_published_episode_is_true_to_its_file(article: Article, tones: Settings, tmp_path: Path) -> None:
    from mutagen.mp3 import MP3

    with EpisodeMaker(tones) as episode_maker:
        episode = make_in_library(Library(tmp_path), episode_maker, article)
    publish(tmp_path, replace(tones, show=SHOW), pages=False)
    feed = (tmp_path / "feed.xml").read_bytes()
    assert faults(feed) == []
    item = item_of(feed)
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert int(enclosure.get("length", "")) == Path(episode.audio).stat().st_size
    heard = MP3(episode.audio).info
    assert heard is not None
    assert int(item.findtext("itunes:duration", "", NS)) == pytest.approx(heard.length, abs=1)


def test_nothing_in_the_library_is_touched_by_looking(root: Path) -> None:
    before = files_of(root)
    feed_of(root)
    assert files_of(root) == before
