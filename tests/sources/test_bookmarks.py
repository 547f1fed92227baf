"""Pages of links and browsers' own files give addresses with their folders, tags and dates."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.sources.bookmarks import read_bookmarks, read_browser_json

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Source

URL, OLD = "https://ledger.example/ferry", "https://ledger.example/old"
SAVED = datetime(2024, 9, 6, 6, 13, tzinfo=UTC)
NETSCAPE = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks Menu</H1>\n"
POCKET = "<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>"


def links(tmp_path: Path, content: str) -> list[Source] | None:
    path = tmp_path / "bookmarks.html"
    path.write_text(content, encoding="utf-8")
    found = read_bookmarks(path)
    return None if found is None else list(found)


@pytest.mark.parametrize(
    ("body", "tags", "title", "saved"),
    [
        pytest.param(
            f'<DL><p><DT><A HREF="{URL}" ADD_DATE="1725603180">Ferry</A></DL><p>', (), "Ferry", SAVED, id="at the top"
        ),
        pytest.param(
            f'<DL><p><DT><H3>Weekend</H3><DL><p><DT><A HREF="{URL}">Ferry</A></DL></DL>', ("Weekend",), "Ferry", None,
            id="in a folder",
        ),
        pytest.param(
            f'<DL><p><DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bookmarks Bar</H3><DL><p><DT><A HREF="{URL}">F</A></DL>',
            (), "F", None, id="in a folder that every browser has",
        ),
        pytest.param(
            f'<DL><p><DT><H3>A</H3><DL><p><DT><H3>B</H3><DL><p></DL><DT><A HREF="{URL}">F</A></DL></DL>', ("A",), "F",
            None, id="after a folder in the folder",
        ),
        pytest.param(
            f'<DL><p><DT><H3>A</H3><DL><p></DL><DT><A HREF="{URL}">F</A></DL>', (), "F", None, id="after a folder"
        ),
        pytest.param(
            f'<DL><p><DT><H3>News</H3><DL><p><DT><A HREF="{URL}" TAGS="ships, ,News">F</A></DL>', ("ships", "News"),
            "F", None, id="tags and a folder",
        ),
        pytest.param(f'<dl><dt><a href="{URL}">A &amp; B&#39;s</a></dl>', (), "A & B's", None, id="entities"),
        pytest.param(f'<dl><dt><a href=" {URL} "><b>Fe</b>rry</a></dl>', (), "Ferry", None, id="marks in a title"),
        pytest.param(f'<dl><dt><a href="{URL}">{URL}</a></dl>', (), "", None, id="the address as title"),
        pytest.param(f'<dl><dt><a href="{URL}" add_date="0">F</a></dl>', (), "F", None, id="never"),
        pytest.param(f'<a href="{URL}">F</a>', (), "F", None, id="no list around it"),
    ],
)  # fmt: skip
def test_a_link_has_its_folder_and_its_tags(
    tmp_path: Path, body: str, tags: tuple[str, ...], title: str, saved: datetime | None
) -> None:
    [source] = links(tmp_path, NETSCAPE + body) or []
    assert (source.url, source.tags, source.title, source.saved, source.read) == (URL, tags, title, saved, None)


@pytest.mark.parametrize("url", ["javascript:void(0)", "place:sort=8", "about:config", "file:///a.html", "", "#top"])
def test_what_cannot_be_fetched_is_passed_over(tmp_path: Path, url: str) -> None:
    assert links(tmp_path, f'{NETSCAPE}<DL><DT><A HREF="{url}">x</A></DL>') == []


@pytest.mark.parametrize(
    ("heading", "was_read"), [("Unread", False), ("Read Archive", True), ("READ ARCHIVE", True)], ids=str
)
def test_pockets_lists_are_what_was_read_and_what_not(tmp_path: Path, heading: str, was_read: bool) -> None:
    item = f'<li><a href="{URL}" time_added="1725603180" tags="ships,local news">Ferry</a></li>'
    [source] = links(tmp_path, f"{POCKET}<h1>{heading}</h1><ul>{item}</ul></body></html>") or []
    assert (source.read, source.tags, source.saved) == (was_read, ("ships", "local news"), SAVED)


@pytest.mark.parametrize(
    "content",
    ["", "<p>The ferry left.", f'<!DOCTYPE html><title>Links</title><a href="{URL}">Ferry</a>', " " * 2000 + NETSCAPE],
    ids=["empty", "text", "a page with links", "too late"],
)
def test_a_page_of_another_kind_is_no_list(tmp_path: Path, content: str) -> None:
    assert links(tmp_path, content) is None


def chrome(*children: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "roots": {"bookmark_bar": {"name": "Bookmarks bar", "type": "folder", "children": children}}}


def firefox(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text/x-moz-place-container", "title": "", "children": children}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            chrome({"type": "url", "name": "Ferry", "url": URL, "date_added": "13370076780000000"}),
            [(URL, "Ferry", (), SAVED)],
            id="chrome",
        ),
        pytest.param(
            chrome({"name": "Weekend", "children": [{"name": "Old", "url": OLD}]}, {"name": "F", "url": URL}),
            [(OLD, "Old", ("Weekend",), None), (URL, "F", (), None)],
            id="chrome's folders",
        ),
        pytest.param(chrome({"name": "x", "url": "chrome://settings"}), [], id="chrome's own pages"),
        pytest.param({"roots": {"sync": "x", "other": {"children": []}}}, [], id="chrome's odds and ends"),
        pytest.param(
            firefox({"title": "Ferry", "uri": URL, "tags": "ships,towns", "dateAdded": 1725603180000000}),
            [(URL, "Ferry", ("ships", "towns"), SAVED)],
            id="firefox",
        ),
        pytest.param(
            firefox({"title": "menu", "children": [{"title": "Weekend", "children": [{"title": "Old", "uri": OLD}]}]}),
            [(OLD, "Old", ("Weekend",), None)],
            id="firefox's folders",
        ),
        pytest.param(firefox({"title": None, "uri": "place:type=6"}), [], id="firefox's own queries"),
    ],
)
def test_browsers_own_files_are_read(tmp_path: Path, data: dict[str, Any], expected: list[object]) -> None:
    path = tmp_path / "bookmarks.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    sources = list(read_browser_json(path) or ())
    assert [(source.url, source.title, source.tags, source.saved) for source in sources] == expected


@pytest.mark.parametrize("data", [[], {}, {"roots": []}, {"type": "text/x-moz-place"}, 7, None], ids=repr)
def test_json_of_another_kind_is_no_browsers(tmp_path: Path, data: object) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(data))
    assert read_browser_json(path) is None


@pytest.mark.parametrize("section", ["<![if x]>", "<![The ice>", "<![endif", "<![CDATA[x]]>", "<![ ", "<!x [<![y]>"])
def test_sections_of_another_time_hide_no_link_before_them(tmp_path: Path, section: str) -> None:
    found = links(tmp_path, f'{NETSCAPE}<DL><DT><A HREF="{URL}">Ferry</A>{section}</DL>')
    assert [source.url for source in found or ()] == [URL]
