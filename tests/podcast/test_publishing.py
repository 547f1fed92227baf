"""Publishing writes what changed, each file whole, and takes away what is no longer so."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree, html

from audiogen.errors import FeedError, LibraryError, SettingsError
from audiogen.podcast import publish
from audiogen.podcast.entries import index_path, read_index
from audiogen.podcast.show import show_guid
from tests.podcast.checklist import NS, faults
from tests.podcast.libraries import SHOW, files_of, manifest, settings, shelve

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library of three episodes."""
    root = tmp_path / "library"
    shelve(root, "first", published="2026-01-01", tags=["Rivers", "Energy"])
    shelve(root, "second", published="2026-02-01", site="Степовий вісник", language="uk", tags=["Книжки"])
    shelve(root, "third", published="2026-03-01", tags=["rivers"])
    return root


def titles(path: Path) -> list[str]:
    return [guid.text or "" for guid in etree.parse(path).getroot().findall("channel/item/guid")]


def test_a_library_becomes_a_feed_and_pages(root: Path) -> None:
    done = publish(root, settings())
    assert done.feeds == ("https://audio.ledger.example/reach/feed.xml",)
    assert (done.episodes, done.broken, done.removed) == (3, (), ())
    assert faults((root / "feed.xml").read_bytes()) == []
    for name in ("index.html", "episodes/first.html", "episodes/first.embed.html", "oembed/first.json"):
        assert name in done.written
        assert (root / name).is_file()


def test_unchanged_input_writes_nothing(root: Path) -> None:
    publish(root, settings(sites=True, tags=True, languages=True, latest=2))
    before = files_of(root)
    done = publish(root, settings(sites=True, tags=True, languages=True, latest=2))
    assert (done.written, done.removed) == ((), ())
    assert files_of(root) == before


def test_without_its_notes_the_same_files_come_out(root: Path) -> None:
    publish(root, settings())
    for note in (root / ".audiogen").iterdir():
        note.unlink()
    assert publish(root, settings()).written == ()


def test_a_damaged_note_costs_time_and_nothing_else(root: Path) -> None:
    publish(root, settings())
    for note in (root / ".audiogen").iterdir():
        note.write_bytes(b'{"index": 1, "entries": [[]]}')
    assert publish(root, settings()).written == ()


def test_a_new_episode_changes_its_own_pages_and_the_lists(root: Path) -> None:
    publish(root, settings())
    shelve(root, "fourth", published="2026-04-01")
    assert set(publish(root, settings()).written) == {
        "episodes/fourth.html", "episodes/fourth.embed.html", "oembed/fourth.json", "index.html",
        "assets/episodes.js", "feed.xml",
    }  # fmt: skip


def test_an_episode_that_is_gone_leaves_nothing_behind(root: Path) -> None:
    publish(root, settings())
    for path in (root / "episodes").glob("first.*"):
        if not path.name.endswith(".html"):
            path.unlink()
    done = publish(root, settings())
    assert done.removed == ("episodes/first.embed.html", "episodes/first.html", "oembed/first.json")
    assert list(root.rglob("first*")) == []


def test_a_file_that_publishing_did_not_write_is_never_removed(root: Path) -> None:
    publish(root, settings(latest=2))
    (root / "feeds" / "own.xml").write_text("mine")
    (root / "episodes" / "own.html").write_text("mine")
    assert publish(root, settings()).removed == ("feeds/latest.xml",)
    assert (root / "feeds" / "own.xml").read_text() == (root / "episodes" / "own.html").read_text() == "mine"


def test_a_show_that_changes_changes_every_page(root: Path) -> None:
    publish(root, settings())
    written = publish(root, settings(replace(SHOW, title="Another name"))).written
    for name in ("index.html", "feed.xml", "episodes/first.html", "episodes/third.embed.html"):
        assert name in written


def test_a_page_that_somebody_removed_comes_back(root: Path) -> None:
    publish(root, settings())
    (root / "episodes" / "first.html").unlink()
    assert publish(root, settings()).written == ("episodes/first.html",)


def test_without_pages_those_of_before_stay(root: Path) -> None:
    publish(root, settings())
    shelve(root, "fourth")
    done = publish(root, settings(), pages=False)
    assert (done.written, done.removed) == (("feed.xml",), ())


def test_a_spoken_anew_episode_keeps_its_guid_and_address_and_has_a_new_file(root: Path) -> None:
    publish(root, settings())
    data = manifest("first", published="2026-01-01")
    data["revision"] = 2
    data["audio"]["file"] = "first.v2.mp3"
    (root / "episodes" / "first.mp3").unlink()
    shelve(root, "first", data)
    publish(root, settings())
    [item] = [
        item
        for item in etree.parse(root / "feed.xml").getroot().findall("channel/item")
        if item.findtext("guid") == data["guid"]
    ]
    enclosure, transcript = item.find("enclosure"), item.find("podcast:transcript", NS)
    assert enclosure is not None
    assert transcript is not None
    assert enclosure.get("url", "").endswith("/episodes/first.v2.mp3")
    assert transcript.get("url", "").endswith("/episodes/first.vtt?v=2")
    assert item.findtext("link", "").endswith("/episodes/first.html")


def test_the_newest_comes_first(root: Path) -> None:
    publish(root, settings())
    assert titles(root / "feed.xml") == [manifest(slug)["guid"] for slug in ("third", "second", "first")]


def test_by_when_it_was_added_an_old_article_is_the_newest_in_every_feed(tmp_path: Path) -> None:
    for day, (slug, published) in enumerate({"new": "2026-09-14", "old": "2016-10-13", "undated": None}.items(), 1):
        shelve(tmp_path, slug, manifest(slug, published=published) | {"added": f"2026-09-2{day}T20:00:00+00:00"})
    publish(tmp_path, settings(dates="added", tags=True, latest=2, page_size=1))
    order = [manifest(slug)["guid"] for slug in ("undated", "old", "new")]
    for feed in ("feed", "feeds/tag-rivers"):
        names = [f"{feed}.xml", f"{feed}-archive-2.xml", f"{feed}-archive-1.xml"]
        assert [guid for name in names for guid in titles(tmp_path / name)] == order
    assert titles(tmp_path / "feeds/latest.xml") == order[:1]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    places = [page.index(f"episodes/{slug}.html") for slug in ("undated", "old", "new")]
    assert places == sorted(places)


def test_one_library_gives_several_feeds(root: Path) -> None:
    done = publish(root, settings(sites=True, tags=True, languages=True, latest=2))
    paths = [address.removeprefix("https://audio.ledger.example/reach/") for address in done.feeds]
    assert paths == [
        "feed.xml", "feeds/latest.xml", "feeds/site-stepoviy-visnik.xml", "feeds/site-the-harrow-ledger.xml",
        "feeds/language-en.xml", "feeds/language-uk.xml", "feeds/tag-energy.xml", "feeds/tag-knizhki.xml",
        "feeds/tag-rivers.xml",
    ]  # fmt: skip
    assert all(faults((root / path).read_bytes()) == [] for path in paths)
    assert len(titles(root / "feeds/tag-rivers.xml")) == 2
    assert len(titles(root / "feeds/latest.xml")) == 2
    channels = [etree.parse(root / path).getroot().find("channel") for path in paths]
    guids = [channel.findtext("podcast:guid", "", NS) for channel in channels if channel is not None]
    assert len(set(guids)) == len(paths)
    named = channels[5]
    assert named is not None
    assert named.findtext("title") == "The Reach, Read Aloud: Українська"


def test_the_shows_guid_is_made_once_and_outlives_its_address(root: Path) -> None:
    def guid() -> str:
        return etree.parse(root / "feed.xml").getroot().findtext("channel/podcast:guid", "", NS)

    publish(root, settings())
    first = guid()
    assert first == show_guid("https://audio.ledger.example/reach/feed.xml")
    publish(root, settings(replace(SHOW, base_url="https://elsewhere.example")))
    assert guid() == first
    own = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    publish(root, settings(replace(SHOW, guid=own)))
    assert guid() == own


def test_what_cannot_be_published_is_named_and_the_rest_is(root: Path) -> None:
    (root / "episodes" / "first.mp3").unlink()
    (root / "episodes" / "second.json").write_text('{"format": 1, "article"')
    shelve(root, "newer", manifest("newer") | {"format": 99})
    shelve(root, "twin", manifest("twin", published="2026-05-01") | {"guid": manifest("third")["guid"]})
    done = publish(root, settings())
    reasons = {lost.slug: lost.reason for lost in done.broken}
    assert done.episodes == 1
    assert "first.mp3 is missing" in reasons["first"]
    assert "cannot be read" in reasons["second"]
    assert "newer audiogen" in reasons["newer"]
    assert reasons["third"] == "it has the GUID of twin"


@pytest.mark.parametrize("name", ["../outside.mp3", "/etc/passwd", "second.mp3", ""])
def test_a_manifest_that_names_a_file_of_others_is_broken(root: Path, name: str) -> None:
    (root / "outside.mp3").write_bytes(b"x")
    data = manifest("first")
    data["audio"]["file"] = name
    (root / "episodes" / "first.json").write_text(json.dumps(data))
    assert [lost.slug for lost in read_index(root).broken] == ["first"]


def test_a_folder_without_episodes_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="no episodes"):
        publish(tmp_path, settings())


def test_a_library_that_cannot_be_written_is_said_so(root: Path) -> None:
    publish(root, settings())
    (root / "feeds").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        publish(root, settings(latest=1))


def test_a_missing_key_is_named_before_anything_is_written(root: Path) -> None:
    before = files_of(root)
    with pytest.raises(SettingsError, match=r"show\.base_url is missing") as caught:
        publish(root, settings(replace(SHOW, base_url="")))
    assert caught.value.subject == "show.base_url"
    assert files_of(root) == before


def test_the_index_is_used_until_the_manifest_changes(root: Path) -> None:
    publish(root, settings())
    path = root / "episodes" / "first.json"
    stat = path.stat()
    result = path.read_text(encoding="utf-8")
    path.write_text(result.replace("The dam closes", "The dam CLOSES"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert {entry.title for entry in read_index(root).entries} == {"The dam closes"}
    os.utime(path)
    assert {entry.title for entry in read_index(root).entries} == {"The dam closes", "The dam CLOSES"}
    assert index_path(root).is_file()


# Paging (RFC 5005).


def test_a_long_feed_is_cut_in_pages_that_lead_from_one_to_the_next(tmp_path: Path) -> None:
    for number in range(11):
        shelve(tmp_path, f"episode-{number:02}", published=f"2026-01-{number + 1:02}")
    publish(tmp_path, settings(page_size=3), pages=False)
    seen: list[str] = []
    path = "feed.xml"
    while path:
        feed = (tmp_path / path).read_bytes()
        assert faults(feed) == []
        seen += titles(tmp_path / path)
        root = etree.fromstring(feed)
        links = {link.get("rel"): link.get("href", "") for link in root.findall("channel/atom:link", NS)}
        assert links["self"].endswith(path)
        assert links["first"].endswith("/feed.xml")
        assert links.get("next") == links.get("prev-archive")
        path = links.get("next", "").rpartition("/")[2]
    assert seen == [manifest(f"episode-{number:02}")["guid"] for number in range(10, -1, -1)]


def test_a_new_episode_leaves_the_archives_as_they_are(tmp_path: Path) -> None:
    for number in range(11):
        shelve(tmp_path, f"episode-{number:02}", published=f"2026-01-{number + 1:02}")
    publish(tmp_path, settings(page_size=3), pages=False)
    shelve(tmp_path, "episode-11", published="2026-01-12")
    written = publish(tmp_path, settings(page_size=3), pages=False).written
    assert [path for path in written if "archive-1." in path or path == "archive-2.xml"] == []
    assert "feed.xml" in written


def test_every_file_that_pages_and_feeds_name_is_there(root: Path) -> None:
    publish(root, settings(latest=2))
    for page in [*root.glob("*.html"), *root.glob("episodes/*.html")]:
        for _, _, link, _ in html.parse(page).getroot().iterlinks():
            target = link.partition("?")[0].partition("#")[0].removeprefix("https://audio.ledger.example/reach/")
            if target.startswith(("http", "mailto:")) or "://" in target or not target:
                continue
            base = root if link.startswith("https:") else page.parent
            assert (base / target).exists(), (page.name, link)


def test_no_page_asks_anything_of_anyone_else(root: Path) -> None:
    publish(root, settings())
    for page in [*root.glob("*.html"), *root.glob("episodes/*.html")]:
        tree = html.parse(page).getroot()
        loaded = tree.xpath(
            "//script/@src | //img/@src | //audio/@src | //link[@rel='stylesheet' or @rel='icon']/@href"
        )
        assert loaded
        assert all("//" not in address for address in loaded)
        assert tree.xpath("//*[@style] | //style | //script[not(@src) and @type!='application/ld+json']") == []
        assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
