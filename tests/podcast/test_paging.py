"""A long feed is cut so that a new episode changes its first page alone, and an app finds its way through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.podcast.entries import read_index
from audiogen.podcast.paging import MAIN, FeedPage, pages, selections
from audiogen.settings import Feed
from tests.podcast.libraries import shelve

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.podcast.entries import Entry


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    shelve(tmp_path, "dam")
    (entry,) = read_index(tmp_path).entries
    return entry


def numbers(count: int) -> Any:
    """Stand-ins of episodes, which are not looked at: the newest, the highest, first."""
    return list(range(count, 0, -1))


def cut(count: int, size: int) -> list[FeedPage]:
    """Cut a feed."""
    return pages("feed.xml", numbers(count), size)


@pytest.mark.parametrize(
    ("count", "size", "lengths"),
    [
        pytest.param(0, 3, [0], id="none"),
        pytest.param(2, 3, [2], id="fewer than a page"),
        pytest.param(3, 3, [3], id="a page"),
        pytest.param(5, 3, [5], id="more than one, fewer than two"),
        pytest.param(6, 3, [3, 3], id="two"),
        pytest.param(8, 3, [5, 3], id="two and some"),
        pytest.param(9, 3, [3, 3, 3], id="three"),
        pytest.param(10, 1, [1] * 10, id="pages of one"),
        pytest.param(10, 0, [10], id="never cut"),
    ],
)
def test_a_feed_is_cut_when_its_first_page_has_grown_to_two(count: int, size: int, lengths: list[int]) -> None:
    assert [len(page.entries) for page in cut(count, size)] == lengths


@given(count=st.integers(0, 200), size=st.integers(0, 40))
def test_no_episode_is_lost_or_given_twice(count: int, size: int) -> None:
    assert [number for page in cut(count, size) for number in page.entries] == numbers(count)


@given(count=st.integers(1, 200), size=st.integers(1, 40))
def test_a_new_episode_leaves_every_archive_its_name_and_episodes(count: int, size: int) -> None:
    before = {page.path: page.entries for page in cut(count, size)[1:]}
    after = {page.path: page.entries for page in cut(count + 1, size)[1:]}
    assert before.items() <= after.items()


@given(count=st.integers(1, 200), size=st.integers(1, 40))
def test_next_leads_through_all_pages_and_prev_back(count: int, size: int) -> None:
    found = cut(count, size)
    by_path = {page.path: page for page in found}
    way = [found[0]]
    while "next" in way[-1].links:
        way.append(by_path[way[-1].links["next"]])
    assert way == found
    back = [way[-1]]
    while "prev" in back[-1].links:
        back.append(by_path[back[-1].links["prev"]])
    assert back == found[::-1]


def test_pages_are_related_as_rfc_5005_says() -> None:
    first, middle, last = cut(9, 3)
    assert first.links == {
        "self": "feed.xml",
        "first": "feed.xml",
        "last": "feed-archive-1.xml",
        "next": "feed-archive-2.xml",
        "prev-archive": "feed-archive-2.xml",
    }
    assert middle.links == {
        "self": "feed-archive-2.xml",
        "first": "feed.xml",
        "last": "feed-archive-1.xml",
        "next": "feed-archive-1.xml",
        "prev-archive": "feed-archive-1.xml",
        "prev": "feed.xml",
        "current": "feed.xml",
    }
    assert last.links == {
        "self": "feed-archive-1.xml",
        "first": "feed.xml",
        "last": "feed-archive-1.xml",
        "prev": "feed-archive-2.xml",
        "current": "feed.xml",
        "next-archive": "feed-archive-2.xml",
    }
    assert [page.archive for page in (first, middle, last)] == [False, True, True]


def test_a_whole_feed_names_itself_alone() -> None:
    (page,) = cut(2, 3)
    assert page.links == {"self": "feed.xml"}
    assert not page.archive


def test_archives_stand_beside_their_feed() -> None:
    _, archive = pages("feeds/tag-rivers.xml", numbers(4), 2)
    assert archive.path == "feeds/tag-rivers-archive-1.xml"


@pytest.mark.parametrize(
    ("feed", "paths"),
    [
        pytest.param(Feed(), [MAIN], id="the main one alone"),
        pytest.param(Feed(latest=1), [MAIN, "feeds/latest.xml"], id="latest"),
        pytest.param(Feed(sites=True), [MAIN, "feeds/site-the-harrow-ledger.xml"], id="sites"),
        pytest.param(Feed(languages=True), [MAIN, "feeds/language-en.xml", "feeds/language-uk.xml"], id="languages"),
        pytest.param(Feed(tags=True), [MAIN, "feeds/tag-energy.xml", "feeds/tag-rivers.xml"], id="tags"),
    ],
)
def test_a_library_gives_the_feeds_that_are_asked_for(entry: Entry, feed: Feed, paths: list[str]) -> None:
    entries = [entry, replace(entry, slug="weir", language="uk", tags=("Energy", "Rivers"), site="")]
    assert [selection.path for selection in selections(entries, feed)] == paths


def test_the_latest_are_the_first(entry: Entry) -> None:
    entries = [replace(entry, slug=str(number)) for number in range(5)]
    _, latest = selections(entries, Feed(latest=2))
    assert [found.slug for found in latest.entries] == ["0", "1"]


def test_names_that_give_one_address_share_a_feed_and_an_episode_is_in_it_once(entry: Entry) -> None:
    entries = [replace(entry, tags=("Zürich", "zurich")), replace(entry, slug="weir", tags=("ZURICH",))]
    _, feed = selections(entries, Feed(tags=True))
    assert feed.path == "feeds/tag-zurich.xml"
    assert feed.label == "Zürich"
    assert [found.slug for found in feed.entries] == ["dam", "weir"]


@pytest.mark.parametrize(
    ("tag", "path"),
    [
        ("R&D", "feeds/tag-r-d.xml"),
        ("Україна", "feeds/tag-ukraina.xml"),
        ("../../etc/passwd", "feeds/tag-etc-passwd.xml"),
        ("!!!", "feeds/tag-other.xml"),
        ("x" * 300, f"feeds/tag-{'x' * 60}.xml"),
    ],
)
def test_a_feeds_address_is_plain_whatever_its_name(entry: Entry, tag: str, path: str) -> None:
    _, feed = selections([replace(entry, tags=(tag,))], Feed(tags=True))
    assert feed.path == path


def test_a_feed_of_a_language_is_named_in_it(entry: Entry) -> None:
    _, feed = selections([replace(entry, language="de")], Feed(languages=True))
    assert feed.label == "Deutsch"
