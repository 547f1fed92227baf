"""What each service writes is understood, with its oddities: the fixtures follow the services' own formats."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import ReadError, UnsupportedSourceError
from audiogen.sources import Found, find
from audiogen.sources.moments import chrome_moment, moment

if TYPE_CHECKING:
    from audiogen.model import Source

EXPORTS = Path(__file__).parent / "exports"
FERRY, OLD = "https://ledger.example/ferry", "https://ledger.example/old"
SAVED = datetime(2024, 9, 6, 6, 13, tzinfo=UTC)
LONG_AGO = datetime(2015, 3, 6, 0, 53, tzinfo=UTC)
TAGS = ("ships", "local news")


def read(name: str) -> dict[str, Source]:
    """The sources of an export by address, each found by the export's name."""
    sources = list(find([EXPORTS / name]))
    assert {source.origin for source in sources} == {str(EXPORTS / name)}
    return {source.url: source for source in sources}


@pytest.mark.parametrize(
    ("name", "tags", "title", "saved", "was_read"),
    [
        ("pocket.html", TAGS, "The ferry & the storm", SAVED, False),
        ("pocket-without-status.csv", ("ships",), "The ferry to Ostrand sails again", SAVED, None),
        ("instapaper.csv", TAGS, "The ferry", SAVED, False),
        ("instapaper-without-tags.csv", (), "The ferry", SAVED, False),
        ("readwise.csv", TAGS, "The ferry", SAVED, False),
        ("raindrop.csv", (*TAGS, "Harbours"), "The ferry", SAVED, None),
        ("matter.csv", TAGS, "The ferry", SAVED, False),
        ("omnivore.json", TAGS, "The ferry", SAVED, False),
        ("wallabag.json", TAGS, "The ferry", SAVED, False),
        ("wallabag-1.json", TAGS, "The ferry", None, True),
        ("karakeep.json", TAGS, "The ferry", SAVED, False),
        ("readeck.json", TAGS, "The ferry", SAVED.replace(microsecond=500_000), False),
        ("bookmarks.html", TAGS, "The ferry & the storm", SAVED, None),
        ("chrome.json", (), "The ferry", SAVED, None),
        ("firefox.json", TAGS, "The ferry", SAVED, None),
        ("addresses.txt", (), "", None, None),
        ("feed.atom", ("ships",), "The ferry", None, None),
    ],
)
def test_what_a_service_knew_comes_along(
    name: str, tags: tuple[str, ...], title: str, saved: datetime | None, was_read: bool | None
) -> None:
    source = read(name)[FERRY]
    assert (source.tags, source.title, source.saved, source.read) == (tags, title, saved, was_read)


@pytest.mark.parametrize(
    ("name", "saved", "was_read", "tags"),
    [
        ("pocket.html", datetime(2015, 3, 6, 0, 53, tzinfo=UTC), True, ()),
        ("instapaper.csv", LONG_AGO, True, ()),
        ("readwise.csv", datetime(2015, 3, 6, tzinfo=UTC), True, ()),
        ("raindrop.csv", LONG_AGO, None, ()),
        ("matter.csv", LONG_AGO, True, ()),
        ("omnivore.json", LONG_AGO, True, ()),
        ("karakeep.json", datetime(2024, 9, 6, 6, 13, 10, tzinfo=UTC), True, ()),
        ("readeck.json", LONG_AGO, True, ()),
        ("bookmarks.html", LONG_AGO, None, ("Weekend",)),
        ("chrome.json", None, None, ("Weekend",)),
        ("firefox.json", LONG_AGO, None, ("Weekend",)),
    ],
)
def test_an_archived_story_is_one_that_was_read(
    name: str, saved: datetime | None, was_read: bool | None, tags: tuple[str, ...]
) -> None:
    source = read(name)[OLD]
    assert (source.saved, source.read, source.tags) == (saved, was_read, tags)


def test_pocket_writes_the_address_where_it_knew_no_title() -> None:
    sources = read("pocket.csv")
    assert sources["https://ledger.example/untitled"].title == ""
    assert sources["https://ledger.example/untitled"].read is True
    assert sources["https://ledger.example/quotes"].title == 'A title, with "quotes" and a comma'
    assert len(sources) == 3


def test_folders_of_the_persons_own_are_tags() -> None:
    sources = read("instapaper.csv")
    assert sources["https://ledger.example/own"].tags == ("Weekend",)
    assert sources["https://ledger.example/star"].tags == ()
    assert len(sources) == 4


def test_a_folder_of_bookmarks_ends_where_it_ends() -> None:
    sources = read("bookmarks.html")
    assert sources["https://ledger.example/after"].tags == ()
    assert sources["https://ledger.example/after"].saved == datetime(2024, 9, 6, 6, 13, 20, tzinfo=UTC)
    assert len(sources) == 3


def test_only_what_can_be_fetched_is_taken() -> None:
    assert set(read("readwise.csv")) == {FERRY, OLD, "https://ledger.example/feed"}
    assert set(read("firefox.json")) == {FERRY, OLD}


@pytest.mark.parametrize("broken", [{"content": 5}, {"content": "x"}, {"content": ["a note"]}])
def test_an_entry_that_is_not_as_its_service_writes_it_leaves_the_others(
    tmp_path: Path, broken: dict[str, object]
) -> None:
    good = {"createdAt": 1725603180, "title": "The ferry", "tags": [], "content": {"type": "link", "url": FERRY}}
    export = {"bookmarks": [good, good | broken, good | {"content": {"type": "link", "url": OLD}}]}
    (tmp_path / "karakeep.json").write_text(json.dumps(export), encoding="utf-8")
    first, second, third = find([tmp_path / "karakeep.json"])
    assert (first.url, third.url) == (FERRY, OLD)
    assert str(second.error).startswith(f"Entry 2 of {tmp_path / 'karakeep.json'} is not written as its service does")


def test_wallabag_brings_the_text_but_not_the_note_that_it_has_none() -> None:
    sources = read("wallabag.json")
    ferry, gone = sources[FERRY], sources["https://ledger.example/gone"]
    assert isinstance(ferry.document, str)
    assert "<p>Nobody cheered.</p>" in ferry.document
    assert '<html lang="en-GB">' in ferry.document
    assert '<meta name="author" content="Mira Tolland">' in ferry.document
    assert ferry.published == datetime(2024, 9, 5, 18, tzinfo=UTC)
    assert ferry.name.endswith("wallabag.json#17")
    assert (gone.document, gone.tags, gone.read, gone.name) == (None, ("towns",), True, gone.url)
    assert gone.saved == LONG_AGO


def test_karakeeps_notes_are_articles_of_plain_text() -> None:
    [note] = [source for source in find([EXPORTS / "karakeep.json"]) if source.document]
    assert isinstance(note.document, str)
    assert "<p>First &lt;thought&gt;.</p>\n<p>Second thought.</p>" in note.document
    assert note.title == "A note"


def test_a_feed_brings_whole_stories_and_addresses_of_the_others(tmp_path: Path) -> None:
    whole = "<p>Sentence after sentence of the whole story.</p>" * 40
    path = tmp_path / "feed.xml"
    path.write_text((EXPORTS / "feed.xml").read_text(encoding="utf-8").replace("<p>WHOLE</p>", whole), encoding="utf-8")
    ferry, story, unaddressed = list(find([path]))
    assert (ferry.name, ferry.document, ferry.tags) == (FERRY, None, ("ships",))
    assert ferry.published == SAVED
    assert isinstance(story.document, str)
    assert whole in story.document
    assert "The Harbor Ledger" in story.document
    assert story.published == datetime(2024, 9, 5, 18, 13, tzinfo=UTC)
    assert (unaddressed.name, unaddressed.url) == (f"{path}#3", "")
    assert isinstance(unaddressed.document, str)
    assert "Nothing to fetch." in unaddressed.document


def omnivore(folder: Path) -> Path:
    """Omnivore's export as it came: metadata in parts, texts in a folder, one of them missing."""
    folder.mkdir()
    (folder / "content").mkdir()
    first, second = json.loads((EXPORTS / "omnivore.json").read_text(encoding="utf-8"))
    (folder / "metadata_0_to_1.json").write_text(json.dumps([first]), encoding="utf-8")
    (folder / "metadata_1_to_2.json").write_text(json.dumps([second]), encoding="utf-8")
    (folder / "content" / "ferry-191b.html").write_text("<p>The ferry left.</p>", encoding="utf-8")
    (folder / "highlights").mkdir()
    (folder / "highlights" / "ferry-191b.md").write_text("> The ferry left.", encoding="utf-8")
    return folder


@pytest.mark.parametrize("packed", [False, True], ids=["unpacked", "zip"])
def test_omnivores_texts_come_with_it(tmp_path: Path, packed: bool) -> None:
    path = omnivore(tmp_path / "omnivore")
    if packed:
        path = Path(shutil.make_archive(str(path), "zip", path))
    ferry, old = list(find([path]))
    content = ferry.path.read_bytes() if ferry.path else str(ferry.document).encode()
    assert content == b"<p>The ferry left.</p>"
    assert (ferry.url, ferry.tags, ferry.saved) == (FERRY, TAGS, SAVED)
    assert (old.url, old.path, old.document, old.read) == (OLD, None, None, True)


@pytest.mark.parametrize("nested", [False, True], ids=["files", "a zip in the zip"])
def test_readecks_texts_come_with_it(tmp_path: Path, nested: bool) -> None:
    [first, _] = json.loads((EXPORTS / "readeck.json").read_text(encoding="utf-8"))
    inner = tmp_path / "container.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("index.html", "<p>The ferry left.</p>")
    path = tmp_path / "readeck.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bookmarks/GX1/info.json", json.dumps(first))
        if nested:
            archive.write(inner, "bookmarks/GX1/container.zip")
        else:
            archive.writestr("bookmarks/GX1/article.html", "<p>The ferry left.</p>")
    [ferry] = find([path])
    assert isinstance(ferry.document, str)
    assert "<p>The ferry left.</p>" in ferry.document
    assert "Mira Tolland" in ferry.document
    assert (ferry.url, ferry.tags, ferry.published) == (FERRY, TAGS, datetime(2024, 9, 5, 18, tzinfo=UTC))


def test_a_zip_of_pages_and_lists_is_taken_as_a_folder_would_be(tmp_path: Path) -> None:
    path = tmp_path / "saved.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("saved/page.html", "<p>A page.</p>")
        archive.writestr("saved/picture.png", b"\x89PNG")
        archive.writestr("__MACOSX/saved/._page.html", b"\x00")
        archive.write(EXPORTS / "pocket.csv", "part_000000.csv")
    sources = list(find([path]))
    assert [source.name for source in sources if source.document] == [f"{path}#saved/page.html"]
    assert len(sources) == 4


def test_a_zip_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK not really")
    [source] = find([path])
    assert isinstance(source.error, ReadError)
    assert "broken.zip" in str(source.error)


@pytest.mark.parametrize(
    ("name", "content"),
    [("table.csv", "a,b\n1,2\n"), ("data.json", '{"some": "thing"}'), ("empty.csv", ""), ("broken.json", "{")],
)
def test_a_table_of_another_kind_is_named_when_asked_for_and_left_when_found(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UnsupportedSourceError, match="no export"):
        list(find([tmp_path / name]))
    found = Found()
    assert list(find([tmp_path], found)) == []
    assert sum(found.left.values()) == 1


def test_every_export_lies_in_a_folder_and_is_found_there() -> None:
    found = Found()
    sources = list(find([EXPORTS], found))
    assert len(found.lists) == len(list(EXPORTS.iterdir()))
    assert min(found.lists.values()) >= 1
    assert {source.origin for source in sources} == {str(EXPORTS)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (1725603180, SAVED),
        ("1725603180.0", SAVED),
        ("2024-09-06", datetime(2024, 9, 6, tzinfo=UTC)),
        ("0", None),
        ("", None),
        (None, None),
        (True, None),
        ("99999999999999999999999", None),
        ("nan", None),
    ],
)
def test_a_moment_is_read_or_left_out(text: object, expected: date | None) -> None:
    assert moment(text) == expected


def test_chromes_years_begin_in_1601() -> None:
    assert chrome_moment("13370076780000000") == SAVED
    assert chrome_moment("0") is None
    assert chrome_moment(None) is None
