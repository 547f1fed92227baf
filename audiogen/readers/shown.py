"""Finds author and date in the visible lines around the headline: "By Ana Ruiz", "Updated 4 May 2021".

Machine-readable metadata is often wrong or missing; these lines are what the outlet shows its readers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from audiogen.readers.dates import find_date
from audiogen.readers.people import LEAD, Kind, credited, named, people, without_outlet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

#: Number of blocks above and below the headline that are examined.
ABOVE, BELOW = 5, 14
#: Number of blocks below it that may hold an unlabelled date; dates further down are part of the article.
DAYS_BELOW = 8
#: Number of lines directly below it in which a bare name is the byline.
NEXT = 3
#: Maximum number of words of a line that is a byline or a date.
LONGEST = 24
#: Maximum number of words beside a date in the line of the page's date: "Published on … in Corporate training".
BESIDE = 6
UPDATED = re.compile(
    r"\b(?:(?:last\s+)?(?:updated?|modified|edited|reviewed)|aktualisiert|stand|mise? à jour|actualizado|atualizado|"
    r"aggiornato|aktualizacja|обновлено|оновлено)\b",
    re.I,
)
PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|veröffentlicht|publié|publicado|pubblicato|opublikowano|опубликовано|"
    r"опубліковано)\b",
    re.I,
)
#: Maximum length, in characters, of a line with a label and a date.
LONGEST_LABELLED = 60
#: Maximum length, in characters, of a date with the weekday: "Wednesday, September 14, 2024".
LONGEST_DAY = 30
#: A label on a line above the name.
LABEL = re.compile(
    r"(?:(?:words |text |story |article |posted |published |written )?by|authors?|writer|von|autor(?:in|a|e)?|"
    r"par|por|di|autore|przez|автор)\s*:?",
    re.I,
)
#: "ByAna Ruiz": a label and a name that only the page's style separates.
GLUED = re.compile(r"\ABy(?=[A-Z][a-z]+ [A-Z])")
SIGNED = re.compile(r"(?:written|posted|words|story|text) by\b", re.I)
#: A role in the line below a name.
ROLE = re.compile(
    r"\b(?:writer|editor|author|reporter|correspondent|director|manager|founder|co-founder|ceo|head of|specialist|"
    r"analyst|strategist|journalist|columnist|contributor|marketer|min(?:ute)?s? read)\b",
    re.I,
)
NAME = re.compile(r"[A-ZÀ-ÞА-ЯІЇЄҐ][\w.'’-]*(?: (?:[a-z]{1,3} )?[A-ZÀ-ÞА-ЯІЇЄҐ][\w.'’-]*){1,3}")
#: "by ada": a label and a user name, and nothing else on the line.
NICKNAME = re.compile(r"by\s+([^\W\d][\w.-]{2,30})", re.I)
#: Maximum difference between visible and machine-readable dates that time zones explain.
ZONES = timedelta(days=1)
#: Time after publication in which an update is a correction; later ones are new versions.
CORRECTED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """The visible facts around the headline; empty if there are none."""

    authors: tuple[str, ...] = ()
    #: An agency, the outlet's staff or a firm after a "by", if no person is named.
    groups: tuple[str, ...] = ()
    published: datetime | date | None = None
    modified: datetime | date | None = None


def find_shown(lines: Sequence[str], index: int | None) -> Shown:
    """Return author and dates in the lines around the headline at *index*; the nearest line below it comes first.

    >>> find_shown(["The clock is right", "By Ana Ruiz", "Updated 4 May 2021"], 0).authors
    ('Ana Ruiz',)
    """
    if index is None:
        return Shown()
    near = [*lines[index + 1 : index + 1 + BELOW], "", *lines[max(0, index - ABOVE) : index]]
    near = [line if len(line.split()) <= LONGEST else "" for line in near]
    labelled = [line for line in near[DAYS_BELOW:BELOW] if UPDATED.match(line) or PUBLISHED.match(line)]
    days = list(_days([*near[:DAYS_BELOW], *labelled, *near[BELOW:]]))
    return Shown(
        authors=_beside(near[:NEXT], lines) or _authors(near) or _beside(near[:DAYS_BELOW], lines),
        groups=_groups(near),
        published=next((day for day, fresh in days if not fresh), None),
        modified=next((day for day, fresh in days if fresh), None),
    )


def choose_authors(
    declared: tuple[str, ...], shown: tuple[str, ...], elsewhere: tuple[str, ...] = (), *, site: str = ""
) -> tuple[str, ...]:
    """Return the authors in the metadata, those at the headline, or those in bylines elsewhere.

    The *declared* authors of the metadata win over those *shown* at the headline. But a single declared word is often a
    user name, and the outlet's own name a placeholder; then the shown ones win. *site* is the outlet's name.
    """
    weak = len(declared) == 1 and (" " not in declared[0] or declared[0].casefold() == site.casefold())
    return without_outlet((shown if weak else ()) or declared or shown or elsewhere, site)


def choose_date(
    declared: datetime | date | None, shown: Shown, *, structured_data_only: bool = False
) -> datetime | date | None:
    """Return the publication date, from the one in the metadata (*declared*) and those that the page shows.

    The shown date wins if it is more than a day earlier: an article cannot be published after the date that it shows,
    and a site that moves to other software often gets new dates in its metadata. If both differ only in the order of
    day and month, the declared date stays. If the page shows only the date of an update, that date wins only if the
    declared one is from structured data alone (*structured_data_only*) and the update is more than a correction.
    """
    if declared is None:
        return shown.published or shown.modified
    if shown.published is None:
        return (
            shown.modified
            if structured_data_only and shown.modified and _is_updated_later(declared, shown.modified)
            else declared
        )
    one, two = _day(declared), _day(shown.published)
    swapped = (one.year, one.month, one.day) == (two.year, two.day, two.month)
    return shown.published if one - two > ZONES and not swapped else declared


def _is_updated_later(published: datetime | date, changed: datetime | date) -> bool:
    """Return whether a page was updated later than a correction would be: more than `CORRECTED` after publication.

    An update before the publication counts as well, because then the date of publication is wrong.
    """
    return not timedelta(0) <= _day(changed) - _day(published) <= CORRECTED


def signed(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the names in the first line "Written by …", anywhere on the page."""
    return next(
        filter(None, (people([line]) for line in lines if len(line) < LONGEST_LABELLED and SIGNED.match(line))), ()
    )


def labelled_day(lines: Iterable[str]) -> datetime | date | None:
    """Return the date in the first short line with a label such as "Published", anywhere on the page."""
    short = (line for line in lines if len(line) < LONGEST_LABELLED)
    return next(filter(None, (find_date(line) for line in short if UPDATED.match(line) or PUBLISHED.match(line))), None)


def signed_day(lines: Sequence[str], authors: Iterable[str]) -> datetime | date | None:
    """Return the date in one of the two lines after an author's name, anywhere on the page."""
    names = set(authors)
    for i, line in enumerate(lines if names else ()):
        if len(line) < LONGEST_LABELLED and not names.isdisjoint(people([line])):
            for day in lines[i + 1 : i + 3]:
                if len(day.split()) <= BESIDE and (found := find_date(day)):
                    return found
    return None


def _day(moment: datetime | date) -> date:
    """Return the date of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def _days(lines: Iterable[str]) -> Iterator[tuple[datetime | date, bool]]:
    """Yield each date in the lines, and whether it is that of an update."""
    before = ""
    for line in lines:
        fresh = UPDATED.search(line)
        first, rest = (line[: fresh.start()], line[fresh.start() :]) if fresh else (line, "")
        if published := PUBLISHED.search(rest):
            first, rest = rest[published.start() :], rest[: published.start()]
        for part, changed in ((first, False), (rest, True)):
            day = find_date(part) if _tells_the_day(part) else None
            if day is not None:
                yield day, changed or (UPDATED.search(before) is not None and find_date(before) is None)
        before = line


def _tells_the_day(text: str) -> bool:
    """Return whether a line with a date states the page's date: it has few other words, or a label before the date."""
    return len(re.findall(r"[^\W\d_]+", text)) <= BESIDE or (len(text) < 120 and PUBLISHED.search(text) is not None)


def _authors(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the first line with a "by", or below a label."""
    before = ""
    for line in lines:
        text = GLUED.sub("By ", line)
        labelled = LABEL.fullmatch(before.strip()) and not LEAD.match(text)
        if LEAD.match(text) or labelled:
            found = tuple(name for name in people([text]) if NAME.fullmatch(name))
            if found or ((nickname := NICKNAME.fullmatch(text)) and (found := people([nickname[1]]))):
                return found
        before = line
    return ()


def _groups(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the group or agency in the first line with a "by", or an agency above a date."""
    credits_ = (credited(named([GLUED.sub("By ", line)])) for line in lines if LEAD.match(line))
    return next(filter(None, credits_), ()) or next(filter(None, map(_agency, lines, lines[1:])), ())


def _agency(line: str, below: str) -> tuple[str, ...]:
    """Return the agency in a line that has nothing else, if the line below it begins with a date."""
    names = named([line]) if " " in line and _begins_with_a_day(below) else ()
    return credited(names) if [name.kind for name in names] == [Kind.AGENCY] else ()


def _beside(near: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """Return a bare name beside a date or a role, unless the page also uses its words as normal words."""
    for one, two in pairwise(near):
        for name, other in ((one, two), (two, one)):
            bare = NAME.fullmatch(name) and " " in name
            is_credit = bare and ((len(other.split()) <= BESIDE and ROLE.search(other)) or _begins_with_a_day(other))
            if is_credit and not _are_usual(name, lines) and (found := people([name])):
                return found
    return ()


def _begins_with_a_day(line: str) -> bool:
    """Return whether a line begins with a date: "4 May 2021 | 6 min read"."""
    short = line if len(line.split()) <= BESIDE else line[:LONGEST_DAY]
    return find_date(short) is not None


def _are_usual(name: str, lines: Sequence[str]) -> bool:
    """Return whether a word of the name occurs in lower case in the lines."""
    return not set(name.lower().split()).isdisjoint(word for line in lines for word in line.split())
