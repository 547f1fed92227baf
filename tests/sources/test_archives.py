"""Zips are opened as the service packed them; what is in them has the same name in every run."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.errors import ReadError
from audiogen.sources import archives, find
from tests.readers.saved import lie

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audiogen.model import Source

URL = "https://ledger.example/ferry"
PAGE = "<!DOCTYPE html><p>The ferry left.</p>"
OMNIVORE = {"slug": "ferry-1", "title": "Ferry", "url": URL, "labels": ["ships"], "savedAt": "2024-09-06T06:13:00Z"}
READECK = {"url": URL, "title": "Ferry", "labels": [], "is_archived": False, "authors": [], "lang": "en"}
WALLABAG = [{"id": 17, "title": "Ferry", "url": URL, "is_archived": 0, "content": "<p>The ferry left.</p>"}]
MBOX = "From r@x.example Wed Jan 24 07:00:00 2024\nFrom: Ruth <r@x.example>\nSubject: Ice\n\nIt froze.\n"
FEED = "<rss><channel><title>T</title><item><title>F</title><description>x</description></item></channel></rss>"


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def inner(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def found_in(path: Path) -> list[tuple[str, str, bool]]:
    """Name, address and whether there is a text, of each source; names without the folder of the test."""
    return [
        (source.name.removeprefix(f"{path.parent}/"), source.url, source.document is not None)
        for source in find([path])
    ]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(
            {"a.html": PAGE, "b.txt": "Text."}, [("x.zip#a.html", "", True), ("x.zip#b.txt", "", True)], id="pages"
        ),
        pytest.param({"deep/er/a.md": "# A"}, [("x.zip#deep/er/a.md", "", True)], id="in folders"),
        pytest.param({"picture.png": b"x", "notes.xlsx": b"x"}, [], id="what is no article"),
        pytest.param({".hidden.html": PAGE, "__MACOSX/._a.html": b"\x00"}, [], id="what systems leave behind"),
        pytest.param({}, [], id="nothing"),
        pytest.param(
            {"part_000000.csv": f"title,url,time_added,tags,status\nF,{URL},0,,unread\n"},
            [(URL, URL, False)],
            id="pocket",
        ),
        pytest.param({"list.txt": f"{URL}\n"}, [(URL, URL, False)], id="a list of addresses"),
        pytest.param({"table.csv": "a,b\n"}, [], id="another table"),
        pytest.param({"wallabag.json": json.dumps(WALLABAG)}, [("x.zip#wallabag.json#17", URL, True)], id="wallabag"),
        pytest.param({"all/feed.xml": FEED}, [("x.zip#all/feed.xml#1", "", True)], id="a feed"),
        pytest.param(
            {"a.json": json.dumps({"title": "Ice", "text": "It froze."})}, [("x.zip#a.json", "", True)], id="a CMS's"
        ),
        pytest.param({"a.mbox": MBOX}, [("x.zip#a.mbox#1", "", True)], id="a mailbox"),
        pytest.param({"in.zip": inner({"a.html": PAGE})}, [("x.zip#in.zip#a.html", "", True)], id="a zip in the zip"),
        pytest.param(
            {"in.zip": inner({"1/info.json": json.dumps(READECK), "1/article.html": PAGE})},
            [("x.zip#in.zip#1", URL, True)],
            id="an export in the zip",
        ),
        pytest.param(
            {"a/x.json": json.dumps(WALLABAG), "b/x.json": json.dumps(WALLABAG)},
            [("x.zip#a/x.json#17", URL, True), ("x.zip#b/x.json#17", URL, True)],
            id="two of one name",
        ),
    ],
)  # fmt: skip
def test_a_zip_gives_what_is_in_it(
    tmp_path: Path, files: dict[str, str | bytes], found: list[tuple[str, str, bool]]
) -> None:
    path = zipped(tmp_path / "x.zip", files)
    assert found_in(path) == found
    assert found_in(path) == found, "names are the same in the next run"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(
            {"metadata_0_to_1.json": json.dumps([OMNIVORE]), "content/ferry-1.html": PAGE},
            [("x.zip#content/ferry-1.html", URL, True)],
            id="omnivore",
        ),
        pytest.param({"metadata_0_to_1.json": json.dumps([OMNIVORE])}, [(URL, URL, False)], id="omnivore, no texts"),
        pytest.param(
            {"export/metadata_0_to_1.json": json.dumps([OMNIVORE]), "export/content/ferry-1.html": PAGE},
            [("x.zip#export/content/ferry-1.html", URL, True)],
            id="omnivore in a folder",
        ),
        pytest.param(
            {"metadata_0_to_1.json": json.dumps([OMNIVORE]), "content/ferry-1.pdf": b"%PDF"},
            [(URL, URL, False)],
            id="omnivore's PDF",
        ),
        pytest.param(
            {"b/1/info.json": json.dumps(READECK), "b/1/article.html": "<p>x"}, [("x.zip#b/1", URL, True)], id="readeck"
        ),
        pytest.param({"b/1/info.json": json.dumps(READECK)}, [(URL, URL, False)], id="readeck without a text"),
        pytest.param(
            {"b/1/info.json": json.dumps(READECK), "b/1/c.zip": inner({"index.html": "<p>x"})},
            [("x.zip#b/1", URL, True)],
            id="readeck, each text in a zip",
        ),
        pytest.param(
            {"b/1/info.json": json.dumps({**READECK, "url": "my own"}), "b/1/article.html": "<p>x"}, [], id="no address"
        ),
    ],
)  # fmt: skip
def test_a_services_zip_is_known_by_what_is_in_it(
    tmp_path: Path, files: dict[str, str | bytes], found: list[tuple[str, str, bool]]
) -> None:
    assert found_in(zipped(tmp_path / "x.zip", files)) == found


def trouble(found: Iterable[Source]) -> str:
    """What the last of the sources says of why it could not be opened; whoever works through them goes on after it."""
    error = list(found)[-1].error
    assert isinstance(error, ReadError)
    return str(error)


@pytest.mark.parametrize(
    "files",
    [
        {"metadata_0_to_1.json": "{", "content/a.html": PAGE},
        {"b/1/info.json": "no JSON"},
        {"b/1/info.json": "[]"},
        {"metadata_0_to_1.json": "[3]", "content/a.html": PAGE},
        {"b/1/info.json": json.dumps(READECK), "b/1/c.zip": b"no zip"},
    ],
    ids=["omnivore", "readeck", "a list", "no entry", "a zip in the zip"],
)
def test_a_services_zip_that_is_broken_is_named(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    path = zipped(tmp_path / "x.zip", files)
    assert "x.zip" in trouble(find([path]))


def test_what_unpacks_to_more_than_a_page_can_be_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_LARGEST", 10)
    assert "larger than" in trouble(find([zipped(tmp_path / "x.zip", {"a.html": PAGE})]))


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_whose_size_is_a_lie_is_not_unpacked_and_the_others_are(tmp_path: Path, packed: int) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packed) as archive:
        archive.writestr("a.html", " " * 3_000_000)
    path = zipped(tmp_path / "x.zip", {"in.zip": lie(held.getvalue(), "a.html"), "z.html": PAGE})
    tracemalloc.start()
    try:
        lying, good = find([path])
        assert tracemalloc.get_traced_memory()[1] < 2_500_000
    finally:
        tracemalloc.stop()
    assert (good.document, good.error) == (PAGE.encode(), None)
    assert "a.html could not be unpacked" in str(lying.error)


@pytest.mark.parametrize(("size", "fits"), [(len(json.dumps([OMNIVORE])), True), (20, False)])
def test_json_in_a_zip_is_smaller_than_a_page_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, fits: bool
) -> None:
    monkeypatch.setattr(archives, "LARGEST_JSON", size)
    files: dict[str, str | bytes] = {"metadata_0_to_1.json": json.dumps([OMNIVORE]), "content/ferry-1.html": PAGE}
    [source] = find([zipped(tmp_path / "x.zip", files)])
    assert (source.error is None, "is larger than" in str(source.error)) == (fits, not fits)


def swollen(files: dict[str, str | bytes]) -> bytes:
    """Pack files together with one that packs to a thousandth."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, "z.bin": b"x" * 100_000}.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(("small", "fits"), [(50_000, False), (200_000, True)])
@pytest.mark.parametrize(
    "outer",
    [
        lambda data: {"in.zip": data},
        lambda data: {"b/1/info.json": json.dumps(READECK), "b/1/c.zip": data},
    ],
    ids=["a zip in a zip", "a bookmark's zip"],
)
def test_a_zip_in_a_zip_is_held_to_the_ratio_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outer: Any, small: int, fits: bool
) -> None:
    monkeypatch.setattr(archives, "SMALL_INNER", small)
    [source] = find([zipped(tmp_path / "x.zip", outer(swollen({"index.html": PAGE})))])
    assert (source.error is None, "200 times" in str(source.error)) == (fits, not fits)


def test_a_bookmarks_zip_that_holds_a_zip_is_opened_once(tmp_path: Path) -> None:
    nested = inner({"c.zip": inner({"d.zip": inner({"index.html": PAGE})})})
    [source] = find([zipped(tmp_path / "x.zip", {"b/1/info.json": json.dumps(READECK), "b/1/c.zip": nested})])
    assert source.document is None


def damaged(path: Path, files: dict[str, str | bytes], name: str) -> Path:
    """Pack the files, then flip a byte of the packed content of the one called *name*."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in files.items():
            archive.writestr(each, content)
        at = archive.getinfo(name).header_offset + 30 + len(name)
    packed = bytearray(path.read_bytes())
    packed[at] ^= 0x55
    path.write_bytes(packed)
    return path


INFO = json.dumps(READECK)


@pytest.mark.parametrize(
    ("files", "broken", "found"),
    [
        pytest.param(
            {"a.html": PAGE, "b.html": PAGE, "c.txt": "Text."}, "b.html", ["#a.html", "!#b.html", "#c.txt"], id="a page"
        ),
        pytest.param(
            {"a.html": PAGE, "b.json": json.dumps(WALLABAG), "c.txt": "Text."},
            "b.json",
            ["#a.html", "!#b.json", "#c.txt"],
            id="a list",
        ),
        pytest.param(
            {"a.zip": inner({"x.html": PAGE}), "b.html": PAGE}, "a.zip", ["!#a.zip", "#b.html"], id="a zip in the zip"
        ),
        pytest.param(
            {"a.html": PAGE, "b.zip": b"no zip", "c.html": PAGE}, "", ["#a.html", "!#b.zip", "#c.html"], id="no zip"
        ),
        pytest.param(
            {"1/info.json": INFO, "1/article.html": PAGE, "2/info.json": INFO, "2/article.html": PAGE},
            "1/article.html",
            ["!#1", "#2"],
            id="readeck's text",
        ),
        pytest.param(
            {"1/info.json": "{", "2/info.json": INFO, "2/article.html": PAGE}, "", ["!#1", "#2"], id="readeck's JSON"
        ),
        pytest.param(
            {
                "metadata_0_to_1.json": json.dumps([OMNIVORE, {**OMNIVORE, "slug": "ferry-2"}]),
                "content/ferry-1.html": PAGE,
                "content/ferry-2.html": PAGE,
            },
            "content/ferry-1.html",
            ["!#content/ferry-1.html", "#content/ferry-2.html"],
            id="omnivore's text",
        ),
        pytest.param(
            {
                "metadata_0_to_1.json": "{",
                "metadata_1_to_2.json": json.dumps([OMNIVORE]),
                "content/ferry-1.html": PAGE,
            },
            "",
            ["!#metadata_0_to_1.json", "#content/ferry-1.html"],
            id="omnivore's part",
        ),
    ],
)  # fmt: skip
def test_what_is_broken_in_a_zip_is_named_and_what_follows_is_taken(
    tmp_path: Path, files: dict[str, str | bytes], broken: str, found: list[str]
) -> None:
    path = damaged(tmp_path / "x.zip", files, broken) if broken else zipped(tmp_path / "x.zip", files)
    found_in = [f"{'!' if source.error else ''}#{source.name.partition('#')[2]}" for source in find([path])]
    assert found_in == found
    for source in find([path]):
        assert source.error is None or (isinstance(source.error, ReadError) and source.name in str(source.error))


def test_an_unpacked_export_with_a_broken_part_gives_the_other(tmp_path: Path) -> None:
    (tmp_path / "metadata_1_to_2.json").write_text(json.dumps([OMNIVORE]))
    broken, whole = unpacked(tmp_path, "[{", **{"ferry-1": PAGE})
    assert isinstance(broken.error, ReadError)
    assert whole.name == str(tmp_path / "content" / "ferry-1.html")


def test_an_encrypted_zip_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a.html": PAGE})
    content = bytearray(path.read_bytes())
    # Bit 0 of the flags, in the file's own header and in the list at the end (APPNOTE 4.4.4).
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "encrypted" in trouble(find([path]))


def unpacked(folder: Path, metadata: str, **content: str) -> list[Source]:
    (folder / "content").mkdir(parents=True)
    (folder / "metadata_0_to_1.json").write_text(metadata)
    for slug, text in content.items():
        (folder / "content" / f"{slug}.html").write_text(text)
    return list(find([folder]))


def test_an_unpacked_export_that_is_broken_is_named_and_not_passed_over(tmp_path: Path) -> None:
    assert "metadata_0_to_1" in trouble(unpacked(tmp_path / "omnivore", "[{"))


@pytest.mark.parametrize("slug", ["../../secret", "/etc/passwd", "..", ""])
def test_a_slug_that_leads_out_of_the_export_finds_nothing_there(tmp_path: Path, slug: str) -> None:
    (tmp_path / "secret.html").write_text("secret")
    entry: dict[str, Any] = {**OMNIVORE, "slug": slug}
    [source] = unpacked(tmp_path / "omnivore", json.dumps([entry]), other=PAGE)
    assert (source.path, source.document, source.url) == (None, None, URL)


def link(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("a.html")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("../../b.html", PAGE)
        archive.writestr("/c.html", PAGE)
    return path


def test_links_are_left_and_a_name_that_leads_out_is_only_a_name(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "er"
    place.mkdir(parents=True)
    found = list(find([link(place / "x.zip")]))
    assert [source.name.rpartition("#")[2] for source in found] == ["../../b.html", "/c.html"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["x.zip"]


def test_a_zip_in_a_zip_in_a_zip_stays_closed(tmp_path: Path) -> None:
    deep = inner({"deep.zip": inner({"a.html": PAGE}), "b.html": PAGE})
    assert [name for name, _, _ in found_in(zipped(tmp_path / "x.zip", {"in.zip": deep}))] == ["x.zip#in.zip#b.html"]


BOUNDS = {"MOST_ENTRIES": 1, "MOST_UNPACKED": 100, "MOST_RATIO": 2}


@pytest.mark.parametrize(("bound", "value"), BOUNDS.items())
@pytest.mark.parametrize("nested", [False, True])
def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, nested: bool
) -> None:
    bomb: dict[str, str | bytes] = {"a.html": PAGE * 400, "b.html": PAGE}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in bomb.items():
            archive.writestr(name, content)
    path = tmp_path / "x.zip"
    path.write_bytes(inner({"in.zip": held.getvalue()}) if nested else held.getvalue())
    assert len(list(find([path]))) == 2
    monkeypatch.setattr(archives, bound, value)
    monkeypatch.setattr(archives, "SMALL", 10)
    monkeypatch.setattr(archives, "SMALL_INNER", 10)
    assert "could not be unpacked" in trouble(find([path]))
