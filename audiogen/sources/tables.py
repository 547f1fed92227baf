"""Reads exports as CSV, which hold addresses and facts about each.

- Pocket: `title,url,time_added,tags,status`, older ones without `status`. Tags `a|b`, Unix seconds, "unread" or
  "archive"; the title is the address if it was unknown.
- Instapaper: `URL,Title,Selection,Folder,Timestamp`, since 2024 with `Tags` as a JSON list. Unix seconds; the folder is
  "Unread", "Archive", "Starred" or one that the user made.
- Readwise Reader: `Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen`. Tags as a Python list, ISO
  dates, location "new", "later", "shortlist", "archive" or "feed".
- Raindrop: `id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite`. Tags `a, b`, ISO dates, nested
  folders as `a/b`; notes and highlights contain line breaks.
- Matter: `Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,…`. Tags `a;b`.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.errors import ReadError
from audiogen.model import Source
from audiogen.sources.addresses import is_address
from audiogen.sources.moments import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a service's export; column names are in lower case."""

    #: Columns that identify the service.
    marks: frozenset[str]
    saved: str
    tags: Callable[[Row], list[str]]
    read: Callable[[Row], bool | None]


#: A quoted string and an escape sequence in the syntax of Python.
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)


def _split(text: str, mark: str) -> list[str]:
    """Return the parts of *text* between *mark*, stripped, without empty ones."""
    return [tag.strip() for tag in text.split(mark) if tag.strip()]


def _literal(text: str) -> list[str]:
    """Parse a list in JSON or Python syntax; other text is split at commas.

    >>> _literal('["a", "b"]'), _literal("['a']"), _literal("[]"), _literal("a, b"), _literal("")
    (['a', 'b'], ['a'], [], ['a', 'b'], [])
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = _python_list(text)
    if isinstance(found, list):
        return [str(tag).strip() for tag in found if str(tag).strip()]
    return _split(text, ",")


def _python_list(text: str) -> list[str] | None:
    r"""Parse a list of strings in Python syntax, without evaluating it; None if it is something else.

    >>> _python_list(r"['tea', 'caf\xe9', 'a\\b']"), _python_list("[f(1)]")
    (['tea', 'café', 'a\\b'], None)
    """
    if not re.fullmatch(r"\[[\s,]*\]", _QUOTED.sub("", text.strip())):
        return None
    items, end = [""], 0
    for match in _QUOTED.finditer(text):
        if "," in text[end : match.start()]:
            items.append("")
        # Texts without a comma between them are one.
        items[-1] += _ESCAPE.sub(_unescape, match[1] or match[2] or "")
        end = match.end()
    return items


def _unescape(escape: re.Match[str]) -> str:
    """Return the character of a Python escape sequence."""
    code, letter = escape[1] or escape[2] or escape[3], escape[4]
    if code:
        number = int(code, 16)
        return chr(number) if number <= sys.maxunicode else "\ufffd"
    return {"n": "\n", "t": "\t", "r": "\r"}.get(letter, letter)


def _folder(row: Row, *usual: str) -> list[str]:
    """Return the innermost folder as a tag, unless it is one of the service's default folders (*usual*)."""
    folder = row.get("folder", "").rpartition("/")[2].strip()
    return [folder] if folder and folder.lower() not in usual else []


def _flag(row: Row, column: str) -> bool | None:
    """Return the value of a column with "true" or "false"; None for other values."""
    return {"true": True, "false": False}.get(row.get(column, "").lower())


def _archived(row: Row, column: str) -> bool | None:
    """Return whether the column says "archive"; None if it is empty."""
    return row[column].strip().lower() == "archive" if row.get(column) else None


TABLES = (
    Table(
        frozenset(("url", "time_added", "tags")),
        "time_added",
        lambda row: _split(row["tags"], "|"),
        lambda row: _archived(row, "status"),
    ),
    Table(
        frozenset(("url", "selection", "folder", "timestamp")),
        "timestamp",
        lambda row: _literal(row.get("tags", "")) + _folder(row, "unread", "archive", "starred"),
        lambda row: _archived(row, "folder"),
    ),
    Table(
        frozenset(("url", "document tags", "saved date", "location")),
        "saved date",
        lambda row: _literal(row["document tags"]),
        lambda row: _archived(row, "location"),
    ),
    Table(
        frozenset(("url", "folder", "tags", "created")),
        "created",
        lambda row: _split(row["tags"], ",") + _folder(row, "unsorted"),
        lambda row: None,
    ),
    Table(
        frozenset(("url", "publisher", "tags", "in queue")),
        "last interaction date",
        lambda row: _split(row["tags"], ";"),
        lambda row: _flag(row, "read"),
    ),
)


def read_table(path: Path) -> Iterator[Source] | None:
    """Return the articles of an export as CSV; None if the columns are of no known service."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            header = next(csv.reader(file), [])
        except csv.Error:
            return None
    columns = {name.strip().lower() for name in header}
    for table in TABLES:
        if table.marks <= columns:
            return _rows(path, table)
    return None


def _rows(path: Path, table: Table) -> Iterator[Source]:
    """Yield the sources of all rows; ReadError at a broken row."""
    # Raindrop's notes and highlights run to more than the 128 KiB that csv allows a field.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader(file)
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        try:
            for row in rows:
                yield from _source({name: value or "" for name, value in row.items() if isinstance(name, str)}, table)
        except csv.Error as error:
            raise ReadError(path, f"{path} is broken at line {rows.line_num}: {error}.") from error


def _source(row: Row, table: Table) -> Iterator[Source]:
    """Yield the source of a row if it has an address."""
    url = row["url"].strip()
    if is_address(url):
        yield Source(
            url,
            url=url,
            # Pocket writes the address where it knew no title.
            title="" if is_address(row.get("title", "")) else row.get("title", "").strip(),
            tags=tuple(dict.fromkeys(table.tags(row))),
            saved=moment(row.get(table.saved, "")),
            read=table.read(row),
        )
