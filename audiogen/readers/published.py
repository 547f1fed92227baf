"""Finds the date of publication in meta tags, JSON-LD, the page's address, and dates in its elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from audiogen.readers.dates import find_date, month_number
from audiogen.readers.jsonld import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from lxml import html

SPACES = re.compile(r"\s+")
#: Meta tags with the date of publication, in letters only, the best first.
DAY_TAGS = (
    "articlepublishedtime", "parselypubdate", "sailthrudate", "pubdate", "publishdate", "publisheddate",
    "dcdateissued", "dctermsissued", "dctermscreated", "dcdate", "dctermsdate", "date", "ogpublishedtime",
    "ogpublishdate", "articlepublished", "articlepublisheddate", "articlepublishdate", "published", "publishedat",
    "publicationdate", "citationpublicationdate", "citationonlinedate", "ptime", "cxenseparserecspublishtime",
    "cxenseparsepublishtime", "originalpublicationdate", "articledateoriginal",
)  # fmt: skip
NO_LETTERS = re.compile(r"[^a-z]+")
NOT_DATE = re.compile(r"comment|related|recent|sidebar|widget|updated|modif|event|countdown|footer", re.I)
DATE_CLASS = re.compile(
    r"(?<![a-z])date(?!d|base)|publish|posted|pubdate|timestamp|post-meta|entry-meta|byline|datum|fecha|meta-date|article-info",
    re.I,
)
#: Dates in addresses: /2016/10/13/, 2016-10-13, 20161013, /2016/oct/13/.
URL_DATES = (
    re.compile(r"/(20[0-3]\d|19[89]\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$)"),
    re.compile(r"(?<!\d)(20[0-3]\d|19[89]\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(20[0-3]\d|19[89]\d)/([a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?:/|$)", re.I),
)


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication, and whether its only source is structured data."""

    day: datetime | date | None = None
    #: Whether it is only in JSON-LD or microdata, and neither in a meta tag, nor the address, nor visible.
    structured_data_only: bool = False


def find_published(
    root: html.HtmlElement,
    meta: Mapping[str, str],
    article: Mapping[str, Any],
    things: Sequence[Mapping[str, Any]],
    url: str,
) -> Published:
    """Return the date of publication, with time and zone if stated.

    Args:
        root: The page.
        meta: Its meta tags by name.
        article: The article in its JSON-LD, if there is one.
        things: All objects in its JSON-LD.
        url: Its address.
    """
    named, tagged = find_date(text_of(article.get("datePublished"))), _tagged(meta)
    microdata, address = find_date(meta.get("datepublished")), day_in(url)
    if day := named or tagged or microdata:
        return Published(day, structured_data_only=tagged is None and address is None)
    day = _past(*_dated(root)) or address or _past(text_of(article.get("dateCreated")), *_visible_dates(root))
    if day is not None:
        return Published(day)
    return Published(find_date(*(text_of(thing.get("datePublished")) for thing in things)), structured_data_only=True)


def _tagged(meta: Mapping[str, str]) -> datetime | date | None:
    """Return the date of publication in the meta tags; None if there is none."""
    letters: dict[str, str] = {}
    for name, content in meta.items():
        letters.setdefault(NO_LETTERS.sub("", name), content)
    return find_date(*(letters.get(name) for name in DAY_TAGS))


def _dated(root: html.HtmlElement) -> Iterator[str]:
    """Yield the values of elements with a machine-readable date of publication."""
    for element in root.iter():
        if element.get("itemprop") in {"datePublished", "dateCreated"} or element.get("pubdate") is not None:
            yield (
                element.get("datetime") or element.get("content") or element.get("title") or "".join(element.itertext())
            )
    for element in root.iter("time", "abbr"):
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else "") or ""
        if value and not NOT_DATE.search(around(element)):
            yield value
    for element in root.iter("time"):
        if not NOT_DATE.search(around(element)):
            yield " ".join(element.itertext())


def _visible_dates(root: html.HtmlElement) -> Iterator[str]:
    """Yield the texts of elements that are marked as dates by their class or id."""
    for element in root.iter("span", "p", "div", "li", "small", "em", "td", "h6", "h5", "strong", "i", "a"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(marks) > 3 and DATE_CLASS.search(marks) and not NOT_DATE.search(marks) and len(element) < 10:
            text = SPACES.sub(" ", " ".join(element.itertext())).strip()
            if 6 < len(text) < 200:
                yield text


def day_in(url: str) -> date | None:
    """Return the date in an address's path; None if there is none, or if it is in the future.

    >>> day_in("https://example.org/harbour/20161013-clock")
    datetime.date(2016, 10, 13)
    """
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    for pattern in URL_DATES:
        for found in pattern.finditer(path):
            year, month, day = (part for part in found.groups() if part.isalnum())
            number = int(month) if month.isdigit() else month_number(month)
            try:
                found_day = date(int(year), number, int(day))
            except ValueError:
                continue
            if found_day <= _tomorrow():
                return found_day
    return None


def _tomorrow() -> date:
    """Return tomorrow's date: in eastern time zones it is today."""
    return date.today() + timedelta(days=1)


def _past(*texts: str) -> datetime | date | None:
    """Return the first date of *texts* that is not in the future, because pages also show dates of events."""
    days = (find_date(text) for text in texts)
    return next((day for day in days if day and (day.year, day.month, day.day) <= _tomorrow().timetuple()[:3]), None)


def around(element: html.HtmlElement) -> str:
    """Return the classes and ids of an element and its parent."""
    parent = element.getparent()
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return names if parent is None else f"{names} {parent.get('class') or ''} {parent.get('id') or ''}"
