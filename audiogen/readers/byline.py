"""Finds authors, dates, outlet and tags in the lines of a text capture, around the headline and at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from audiogen.readers.dates import find_date
from audiogen.readers.people import LEAD, people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

#: Number of lines above the first paragraph that may hold the byline.
_ABOVE = 14
#: Maximum number of words of a line that is a byline or a date.
_LONGEST = 22
#: Minimum number of words of a paragraph.
_PARAGRAPH = 18
#: Number of lines over which the density of paragraphs is measured.
_STRETCH = 15
_END = re.compile(r"[.!?…][\"'”’»)]*\Z")
_UPDATED = re.compile(
    r"\b(?:updated?|modified|edited|aktualisiert|stand|mis à jour|actualizado|atualizado|aggiornato|aktualizacja|"
    r"обновлено|оновлено)\b",
    re.I,
)
#: A name and nothing else: two to four words with capitals, which may have a particle between them.
_NAME = re.compile(
    r"[^\W\d_a-zа-яіїєґ][\w.'’-]+"
    r"(?: (?:(?:de|del|da|di|du|la|le|van|von|der|den|bin|al|el|y) )*[^\W\d_a-zа-яіїєґ][\w.'’-]*){1,3}"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©]*(?:\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d|present))?)?"
    r"[\s,.:–-]*(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.|•·©,;:–]{1,48}?)(?=\s*(?:[.|•·,;:–]|all rights|\d|\Z))",
    re.I,
)
_COMPANY = re.compile(
    r"[\s,]+(?:inc|llc|ltd|limited|gmbh|ag|s\.?a|plc|co|corp|corporation|company|pty|sp\. z o\.o)\.?\Z", re.I
)
_NOT_A_NAME = re.compile(
    r"\b(?:rights|reserved|policy|privacy|terms|getty|reuters|afp|theme|wordpress|powered|copyright|unless|material|content|or|and)\b",
    re.I,
)
_TAGS = re.compile(
    r"\A(?:article |post |related )?(?:tags?|topics|keywords|filed under|schlagw[oö]rter|schlagworte|mots[- ]clés|"
    r"etiquetas|palavras-chave|tag|tagi|теги|теми|темы|мітки|метки)\s*:?\s*(?P<list>.*)\Z",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Credits:
    """The facts that a capture states about its article."""

    authors: tuple[str, ...] = ()
    published: datetime | date | None = None
    modified: datetime | date | None = None
    site: str = ""
    tags: tuple[str, ...] = ()


def find_credits(lines: Sequence[str]) -> Credits:
    """Return the author, dates, outlet and tags in *lines*, all lines of a capture."""
    start = _first_paragraph(lines)
    above = [line for line in lines[max(0, start - _ABOVE) : start] if len(line.split()) <= _LONGEST]
    dated = [line for line in reversed(above) if find_date(line) is not None]
    fresh = [line for line in dated if _UPDATED.search(line)]
    return Credits(
        authors=_authors(above, lines),
        published=find_date(*(line for line in dated if line not in fresh)) or find_date(*fresh),
        modified=find_date(*fresh),
        site=_site(lines),
        tags=_tags(lines[start:]),
    )


def _first_paragraph(lines: Sequence[str]) -> int:
    """Return the index of the line where running text begins: the first paragraph of the densest part."""
    size = [len(line.split()) if _END.search(line) else 0 for line in lines]
    long = [i for i, words in enumerate(size) if words >= _PARAGRAPH]
    follows = {i: sum(words for words in size[i : i + _STRETCH] if words >= _PARAGRAPH) for i in long}
    most = max(follows.values(), default=0)
    return next((i for i in long if follows[i] >= 0.8 * most), len(lines))


def _authors(above: Sequence[str], text: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a line with "by", the one nearest to the text first; or a bare name beside a date."""
    for line in reversed(above):
        if LEAD.match(line) and (found := people([line])):
            return found
    usual = {word for line in text for word in line.split() if word.islower()}
    for one, two in pairwise(above):
        for name, other in ((one, two), (two, one)):
            bare = _NAME.fullmatch(name) and not usual & set(name.lower().split()) and find_date(other) is not None
            if bare and (found := people([name])):
                return found
    return ()


def _site(lines: Sequence[str]) -> str:
    """Return the name in the copyright line at the foot."""
    for line in reversed(lines):
        found = _COPYRIGHT.search(line) if len(line) < 400 else None
        if found and found["name"][0].isupper() and not _NOT_A_NAME.search(found["name"]):
            return _COMPANY.sub("", found["name"].strip())
    return ""


def _tags(below: Sequence[str]) -> tuple[str, ...]:
    """Return the subjects in a line "Tags: …", or the short lines below a heading "Tags"."""
    for i, line in enumerate(below):
        found = _TAGS.match(line)
        if found and len(line) < 300 and (found["list"] or line.rstrip(" :").count(" ") <= 1):
            given = found["list"].split(",") if found["list"] else _run_of_short(below[i + 1 : i + 11])
            tags = tuple(tag.strip(" #.,") for tag in given if tag.strip(" #.,"))
            if tags and all(len(tag.split()) <= 5 for tag in tags):
                return tags
    return ()


def _run_of_short(lines: Sequence[str]) -> list[str]:
    """Return the lines up to the first long one."""
    run: list[str] = []
    for line in lines:
        if len(line.split()) > 3 or _END.search(line):
            break
        run.append(line)
    return run
