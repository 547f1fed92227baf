"""Each service's JSON is known by its keys, and what it leaves out or writes its own way is understood."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.sources.services import read_json, sources_of

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Source

URL = "https://ledger.example/ferry"
SAVED = datetime(2024, 9, 6, 6, 13, tzinfo=UTC)
DAY = datetime(2024, 9, 5, 18, tzinfo=UTC)
OMNIVORE: dict[str, Any] = {
    "id": "1", "slug": "ferry-1", "title": "The ferry", "url": URL, "state": "Active", "labels": ["ships"],
    "savedAt": "2024-09-06T06:13:00.000Z", "publishedAt": "2024-09-05T18:00:00.000Z",
}  # fmt: skip
WALLABAG: dict[str, Any] = {
    "id": 17, "title": "The ferry", "url": URL, "is_archived": 0, "is_starred": 0, "tags": ["ships"],
    "content": "<p>The ferry left.</p>", "created_at": "2024-09-06T06:13:00+0000",
    "published_at": "2024-09-05T18:00:00+0000", "published_by": ["Mira Tolland"], "language": "en_GB",
}  # fmt: skip
KARAKEEP: dict[str, Any] = {
    "createdAt": 1725603180, "title": "The ferry", "tags": ["ships"], "archived": False, "note": None,
    "content": {"type": "link", "url": URL},
}  # fmt: skip
READECK: dict[str, Any] = {
    "id": "GX1", "href": "https://my.example/api/bookmarks/GX1", "url": URL, "title": "The ferry", "labels": ["ships"],
    "is_archived": False, "created": "2024-09-06T06:13:00Z", "published": "2024-09-05T18:00:00Z", "authors": ["Mira"],
}  # fmt: skip


def one(entry: dict[str, Any], *, wrapped: bool = False) -> list[Source]:
    return list(sources_of({"bookmarks": [entry]} if wrapped else [entry], "export.json") or ())


@pytest.mark.parametrize(
    ("entry", "wrapped", "published"),
    [
        pytest.param(OMNIVORE, False, DAY, id="omnivore"),
        pytest.param(WALLABAG, False, DAY, id="wallabag"),
        pytest.param(READECK, False, DAY, id="readeck"),
        pytest.param(KARAKEEP, True, None, id="karakeep"),
        pytest.param(KARAKEEP, False, None, id="karakeep, unwrapped"),
    ],
)
def test_an_entry_is_an_article_with_what_was_known(
    entry: dict[str, Any], wrapped: bool, published: datetime | None
) -> None:
    [source] = one(entry, wrapped=wrapped)
    assert (source.url, source.title, source.tags) == (URL, "The ferry", ("ships",))
    assert (source.saved, source.published, source.read) == (SAVED, published, False)


@pytest.mark.parametrize(
    ("entry", "changes", "was_read"),
    [
        (OMNIVORE, {"state": "Archived"}, True),
        (OMNIVORE, {"state": "ARCHIVED"}, True),
        (OMNIVORE, {"state": None}, False),
        (WALLABAG, {"is_archived": 1}, True),
        (WALLABAG, {"is_archived": True}, True),
        (WALLABAG, {"is_archived": "1"}, True),
        (WALLABAG, {"is_archived": "true"}, True),
        (WALLABAG, {"is_archived": "false"}, False),
        (WALLABAG, {"is_archived": None}, False),
        (KARAKEEP, {"archived": True}, True),
        (KARAKEEP, {"archived": None}, False),
        (READECK, {"is_archived": True}, True),
    ],
)
def test_what_was_archived_was_read(entry: dict[str, Any], changes: dict[str, Any], was_read: bool) -> None:
    assert [source.read for source in one({**entry, **changes})] == [was_read]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["ships", "towns"], ("ships", "towns")),
        (["ships", "ships", ""], ("ships",)),
        ([{"label": "ships", "slug": "ships"}, {"name": "towns"}], ("ships", "towns")),
        ([{"slug": "ships"}], ()),
        ("ships, towns,", ("ships", "towns")),
        ("", ()),
        (None, ()),
        ({}, ()),
    ],
)
def test_tags_are_read_however_they_are_written(tags: object, expected: tuple[str, ...]) -> None:
    assert [source.tags for source in one({**WALLABAG, "tags": tags})] == [expected]
    assert [source.tags for source in one({**OMNIVORE, "labels": tags})] == [expected]


@pytest.mark.parametrize(
    "entry",
    [
        {**OMNIVORE, "url": None},
        {**OMNIVORE, "url": "file:///home/mira/ferry.pdf"},
        {**WALLABAG, "url": None, "content": ""},
        {**WALLABAG, "url": "ferry", "content": None},
        {**READECK, "url": "urn:isbn:1"},
        {**KARAKEEP, "content": None},
        {**KARAKEEP, "content": {"type": "asset", "assetId": "1"}},
        {**KARAKEEP, "content": {"type": "text", "text": " \n\n "}},
        {**KARAKEEP, "content": {"type": "text", "text": None}},
        {**KARAKEEP, "content": {"type": "link", "url": None, "text": None}},
    ],
    ids=lambda entry: json.dumps(entry)[:60],
)
def test_an_entry_with_neither_address_nor_text_is_passed_over(entry: dict[str, Any]) -> None:
    assert one(entry) == []


@pytest.mark.parametrize(
    ("changes", "held", "missed"),
    [
        pytest.param({}, '<meta name="author" content="Mira Tolland">', "None", id="author"),
        pytest.param({"published_by": None}, "<p>The ferry left.</p>", 'name="author"', id="nobody"),
        pytest.param({"published_by": [None, "Mira"]}, 'content="Mira"', "None", id="one of two"),
        pytest.param({"published_by": "Mira Tolland"}, 'content="Mira Tolland"', 'content="M"', id="a text"),
        pytest.param({}, '<html lang="en-GB">', "en_GB", id="language"),
        pytest.param({"language": None}, "<html>", "lang=", id="no language"),
        pytest.param({"title": None}, "<p>The ferry left.</p>", "<title>", id="no title"),
        pytest.param({"title": "Ships & <b>"}, "<h1>Ships &amp; &lt;b&gt;</h1>", "<b>", id="a title with marks"),
        pytest.param({"content": "<h1>Own</h1><p>x</p>"}, "<h1>Own</h1>", "<h1>The ferry</h1>", id="its own heading"),
    ],
)
def test_wallabags_text_becomes_a_page(changes: dict[str, Any], held: str, missed: str) -> None:
    [source] = one({**WALLABAG, **changes})
    assert source.name == "export.json#17"
    assert held in str(source.document)
    assert missed not in str(source.document)


def test_wallabag_has_the_address_it_was_given_where_it_found_no_other() -> None:
    [source] = one({**WALLABAG, "url": None, "given_url": URL, "content": ""})
    assert (source.name, source.document) == (URL, None)


def test_a_text_without_an_address_is_kept() -> None:
    [source] = one({**WALLABAG, "url": ""})
    assert (source.url, source.name) == ("", "export.json#17")
    assert "The ferry left." in str(source.document)


@pytest.mark.parametrize(
    "data",
    [None, [], {}, 3, "text", [1, 2], [{"url": URL}], {"bookmarks": {}}, {"bookmarks": [3]}, [{"slug": "x"}]],
    ids=repr,
)
def test_json_of_another_kind_is_not_ours(data: object) -> None:
    assert sources_of(data, "export.json") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1, 2"], ids=repr)
def test_a_file_that_is_no_json_is_not_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    assert read_json(tmp_path / "x.json") is None


def test_json_may_begin_with_a_mark_of_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xef\xbb\xbf" + json.dumps([READECK]).encode())
    assert [source.url for source in read_json(tmp_path / "x.json") or ()] == [URL]


def test_entries_of_no_kind_among_others_are_passed_over() -> None:
    assert len(list(sources_of([WALLABAG, None, "x", {**WALLABAG, "id": 18}], "export.json") or ())) == 2
