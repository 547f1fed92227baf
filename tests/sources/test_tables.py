"""Each service's table is known by its columns, and each row says what the service meant by it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from audiogen.sources.tables import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Source

URL = "https://ledger.example/ferry"
SAVED = datetime(2024, 9, 6, 6, 13, tzinfo=UTC)
POCKET = "title,url,time_added,tags,status"
INSTAPAPER = "URL,Title,Selection,Folder,Timestamp,Tags"
READWISE = "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen"
RAINDROP = "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite"
MATTER = "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date"


def read(tmp_path: Path, *lines: str, newline: str = "\n", start: str = "") -> list[Source] | None:
    path = tmp_path / "export.csv"
    path.write_bytes((start + newline.join(lines) + newline).encode())
    found = read_table(path)
    return None if found is None else list(found)


@pytest.mark.parametrize(
    ("columns", "row", "title", "tags", "saved", "was_read"),
    [
        pytest.param(POCKET, f"Ferry,{URL},1725603180,a|b c,unread", "Ferry", ("a", "b c"), SAVED, False, id="pocket"),
        pytest.param(POCKET, f"Ferry,{URL},1725603180,,archive", "Ferry", (), SAVED, True, id="pocket: archived"),
        pytest.param(POCKET, f"{URL},{URL},1725603180,,unread", "", (), SAVED, False, id="pocket: no title"),
        pytest.param(POCKET, f"Ferry,{URL},,,unread", "Ferry", (), None, False, id="pocket: no date"),
        pytest.param(POCKET, f"Ferry,{URL},1725603180,a||a|,", "Ferry", ("a",), SAVED, None, id="pocket: tags twice"),
        pytest.param(POCKET, f"Ferry,{URL},1725603180", "Ferry", (), SAVED, None, id="pocket: a short row"),
        pytest.param(POCKET, f"Ferry,{URL},1725603180,a,unread,more,x", "Ferry", ("a",), SAVED, False, id="a long row"),
        pytest.param(POCKET, f'"A ""quoted"" title",{URL},0,,unread', 'A "quoted" title', (), None, False, id="quotes"),
        pytest.param(
            INSTAPAPER, f'{URL},Ferry,,Unread,1725603180,"[""a"", ""b""]"', "Ferry", ("a", "b"), SAVED, False,
            id="instapaper",
        ),
        pytest.param(INSTAPAPER, f"{URL},Ferry,,Archive,1725603180,[]", "Ferry", (), SAVED, True, id="its archive"),
        pytest.param(INSTAPAPER, f"{URL},Ferry,,Starred,1725603180,[]", "Ferry", (), SAVED, False, id="its stars"),
        pytest.param(
            INSTAPAPER, f"{URL},Ferry,,Weekend,1725603180,[]", "Ferry", ("Weekend",), SAVED, False, id="its own folder"
        ),
        pytest.param(
            INSTAPAPER, f'{URL},Ferry,"two\nlines",Unread,1725603180,', "Ferry", (), SAVED, False, id="its selection"
        ),
        pytest.param(
            READWISE, f"""Ferry,{URL},01h,"['a', 'it''s']",2024-09-06 06:13:00+00:00,0.4,new,True""", "Ferry",
            ("a", "its"), SAVED, False, id="readwise",
        ),
        pytest.param(
            READWISE, f'''Ferry,{URL},01h,"['a', ""it's""]",2024-09-06 06:13:00+00:00,0.4,later,True''', "Ferry",
            ("a", "it's"), SAVED, False, id="readwise: an apostrophe",
        ),
        pytest.param(
            READWISE, f"Ferry,{URL},01h,,2024-09-06 06:13:00+00:00,1,archive,True", "Ferry", (), SAVED, True,
            id="readwise: archived",
        ),
        pytest.param(
            RAINDROP, f'1,Ferry,,,{URL},Unsorted,"a, b",2024-09-06T06:13:00.000Z,,,false', "Ferry", ("a", "b"), SAVED,
            None, id="raindrop",
        ),
        pytest.param(
            RAINDROP, f"1,Ferry,,,{URL},News/Ports/North,a,2024-09-06T06:13:00.000Z,,,false", "Ferry", ("a", "North"),
            SAVED, None, id="raindrop: folders in folders",
        ),
        pytest.param(
            RAINDROP, f'1,Ferry,"a note\nof lines",,{URL},Unsorted,,2024-09-06T06:13:00.000Z,,"High:x\n\nNote",true',
            "Ferry", (), SAVED, None, id="raindrop: notes in lines",
        ),
        pytest.param(
            MATTER, f"Ferry,Mira,Ledger,{URL},a;b,900,True,False,False,0,2024-09-06T06:13:00Z", "Ferry", ("a", "b"),
            SAVED, False, id="matter",
        ),
        pytest.param(
            MATTER, f"Ferry,,,{URL},,900,False,False,True,0,", "Ferry", (), None, True, id="matter: read",
        ),
    ],
)  # fmt: skip
def test_a_row_says_what_its_service_meant(
    tmp_path: Path,
    columns: str,
    row: str,
    title: str,
    tags: tuple[str, ...],
    saved: datetime | None,
    was_read: bool | None,
) -> None:
    [source] = read(tmp_path, columns, row) or []
    assert (source.name, source.url) == (URL, URL)
    assert (source.title, source.tags, source.saved, source.read) == (title, tags, saved, was_read)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "with a mark of its encoding"])
def test_tables_come_from_every_system(tmp_path: Path, newline: str, start: str) -> None:
    sources = read(tmp_path, POCKET, f"Łódź,{URL},1725603180,a,unread", newline=newline, start=start)
    assert [(source.title, source.read) for source in sources or []] == [("Łódź", False)]


@pytest.mark.parametrize(
    "url", ["", "ferry", "mailto:mira@ledger.example", "reader-forwarded-email://1", "https://", "file:///etc/passwd"]
)
def test_a_row_without_an_address_is_passed_over(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, POCKET, f"Ferry,{url},1725603180,a,unread") == []


@pytest.mark.parametrize(
    "columns",
    ["", "a,b", "url", "url,title", "url,time_added", "Title;URL;Tags;Created", "URL\tFolder\tTags\tCreated"],
)
def test_a_table_of_another_kind_is_not_ours(tmp_path: Path, columns: str) -> None:
    assert read(tmp_path, columns, f"x,{URL}") is None


def test_columns_may_stand_in_any_order_and_case(tmp_path: Path) -> None:
    [source] = read(tmp_path, "Tags, STATUS ,Url,Time_Added,Title", f"a,archive,{URL},1725603180,Ferry") or []
    assert (source.title, source.tags, source.read) == ("Ferry", ("a",), True)


def test_a_highlight_may_be_as_long_as_a_book(tmp_path: Path) -> None:
    sources = read(tmp_path, RAINDROP, f'1,Ferry,"{"long " * 40_000}",,{URL},Unsorted,,,,,false')
    assert [source.title for source in sources or []] == ["Ferry"]


def test_a_table_without_lines_is_not_ours(tmp_path: Path) -> None:
    """Some programs name anything `.csv`; what csv calls too long a field must not end the search."""
    assert read(tmp_path, "x" * 200_000) is None
