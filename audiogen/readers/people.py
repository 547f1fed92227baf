"""Parses names of authors: "By Ana Ruiz and Tom Lee, Staff Writers" contains two people.

A name in a byline is that of a person, a news agency, or a group (an outlet, its staff, a firm). People are authors; so
is an agency, even beside people; a group is credited only if the page names no one else.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SPACES = re.compile(r"\s+")
_RULES = tomllib.loads(Path(__file__).with_name("people.toml").read_text("utf-8"))
_WORDS = {name: frozenset(words) for name, words in _RULES["words"].items()}


def _any(*rules: str) -> str:
    """Return a pattern for any of the patterns in the lists *rules* of people.toml."""
    return "|".join(rule for name in rules for rule in _RULES[name])


#: Words before the names, such as "By".
LEAD = re.compile(rf"(?:{_any('lead')})(?:\b|(?<=[者文]))\s*[:：]?\s*", re.I)
#: "ByAna Ruiz": a label and a name that only the page's style separates.
GLUED = re.compile(r"\A(By|Von|Par|Por|Di)(?=[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ])")
#: Words before names of people who worked on an article but did not write it.
HELPERS = re.compile(rf"(?:{_any('helpers')})", re.I)
#: A role after a name: ", Home and Garden Editor".
ROLE = re.compile(
    rf",\s*[^,;|]*?\b(?:{_any('roles')})\b"
    r"(?:[- ]in[- ]chief)?(?: (?:of|at|for) [^,;|&]+?(?= and |[,;|&]|\Z))?",
    re.I,
)
#: A role after a name without punctuation: "Ana Ruiz Harbour Reporter".
GLUED_ROLE = re.compile(rf"\s(?:{_any('roles')})\Z", re.I)
NOT_NAME = re.compile(rf"\A(?:{_any('not_names')})|(?:{_any('not_name_ends')})\Z", re.I)
REST = re.compile(rf"\s*(?:{_any('rest')})", re.I)
#: Words of `REST` that make the word before them a group: "Quay staff".
STAFF = re.compile(r"\s*(?:staff|contribut|senior)", re.I)
SEPARATORS = re.compile(
    rf"\s*(?:[;/&、，]|,(?!\s*(?:jr|sr|ph\.?d|m\.?d)\b)|\b(?:{'|'.join(sorted(_WORDS['conjunctions']))})\b)\s*(?=\S)"
)
ADDRESS = re.compile(r"(?:https?:|www\.|/|@\w+$|\S+\.(?:com|org|net)\b)", re.I)
#: An outlet's address in place of its name.
DOMAIN = re.compile(r"(?!www\.)[a-z][\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}", re.I)
#: An e-mail address, also one joined to another word.
MAIL = re.compile(r"\S*@[\w-]+\.[\w.-]+")
#: Letters after a name: "Ana Ruiz, MS, RD".
DEGREE = re.compile(r"(?:[A-Z][A-Za-z]?\.?){1,4}(?:-[A-Z]{1,4})?(?: \d+)?")
TITLE = re.compile(r"\A(?:mr|mrs|ms|mme|herr|frau|señor|señora)\.?\s+(?=\w)", re.I)
GROUP = re.compile(_any("groups"), re.I)
NOBODY = re.compile(_any("nobody"), re.I)
#: Chinese, Japanese and Korean letters, of which two make a complete name.
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PARTICLES = frozenset(
    {"de", "del", "da", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "y", "zu", "af"}
)
#: Maximum length of a name, in characters and in words.
LONGEST, MOST_WORDS = 60, 6
#: Maximum number of names from a page.
MAX_NAMES = 12


class Kind(Enum):
    """The kinds of names in a byline."""

    PERSON = "person"
    #: A news agency, or a group that is credited like people.
    AGENCY = "agency"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a byline."""

    text: str
    kind: Kind = Kind.PERSON


def people(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the people named in *texts*, in order, without duplicates.

    >>> people(["By Ana Ruiz and Tom Lee | 4 May 2021", "https://example.org/ana"])
    ('Ana Ruiz', 'Tom Lee')
    """
    return tuple(name.text for name in named(texts) if name.kind is Kind.PERSON)


def named(texts: Iterable[str]) -> tuple[Name, ...]:
    """Return the people, agencies and groups named in *texts*, in order, without duplicates."""
    names: dict[str, Name] = {}
    for text in texts:
        for name in _names(text):
            names.setdefault(name.text.casefold(), name)
    return tuple(names.values())[:MAX_NAMES]


def credited(names: Iterable[Name]) -> tuple[str, ...]:
    """Return the names that an article is credited to: people and agencies, or, if there are none, groups.

    >>> credited(named(["By Ana Ruiz, AFP", "Quay Staff"]))
    ('Ana Ruiz', 'AFP')
    >>> credited(named(["Quay Staff"]))
    ('Quay Staff',)
    """
    names = tuple(names)
    people = tuple(name.text for name in names if name.kind is not Kind.GROUP)
    return people or tuple(name.text for name in names)


def without_outlet(names: Iterable[str], site: str) -> tuple[str, ...]:
    """Return the names without the outlet's name, after a name in a byline or as an item of the list.

    >>> without_outlet(["Ana Ruiz The Quay Post"], "The Quay Post")
    ('Ana Ruiz',)
    >>> without_outlet(["Ana Ruiz", "Quay Post Health"], "Quay Post")
    ('Ana Ruiz',)
    """
    if not site:
        return tuple(names)
    behind = re.compile(rf"(?<=\w)\W+{re.escape(site)}\Z", re.I)
    outlets = re.compile(rf"{re.escape(site)}\b", re.I)
    kept = tuple(behind.sub("", name) for name in names)
    return tuple(name for name in kept if not outlets.match(name)) or kept


def _names(text: str) -> Iterator[Name]:
    """Yield the names in a byline."""
    text = MAIL.sub(" ", GLUED.sub(r"\1 ", SPACES.sub(" ", text).strip()))
    if DOMAIN.fullmatch(text):
        yield Name(text, Kind.GROUP)
        return
    if ADDRESS.match(text) or HELPERS.match(text) or text.startswith(","):
        return
    while (shorter := _led(text)) != text:
        text = shorter
    if NOT_NAME.match(text):
        return
    found = REST.search(text, 1) if text else None
    if found:
        if STAFF.match(text, found.start()) and " " not in text[: found.start()].strip():
            yield from (Name(part, Kind.GROUP) for part in [text.strip(" |-–—")] if _is_credit(part))
            return
        text = text[: found.start()]
    yield from _kinds([part.strip(" ,.:;|-–—/\"'“”()") for part in SEPARATORS.split(ROLE.sub("", text))])


def _led(text: str) -> str:
    """Return a byline without its first lead, such as "By" or "Text:"; unchanged if it has none."""
    found = LEAD.match(text)
    return text[found.end() :].lstrip(" :：") if found else text


def _kinds(parts: list[str]) -> Iterator[Name]:
    """Yield the *parts* of a byline as people, agencies or groups; a single word after a group is its place."""
    grouped = False
    for part in parts:
        if part.casefold() in _WORDS["agencies"]:
            yield Name(part, Kind.AGENCY)
        elif not _is_credit(part) or DEGREE.fullmatch(part):
            continue
        elif GROUP.search(part) or DOMAIN.fullmatch(part):
            grouped = True
            yield Name(part, Kind.GROUP)
        elif not grouped or " " in part:
            yield Name(_cased(_without_role(TITLE.sub("", part))))


def _is_credit(text: str) -> bool:
    """Return whether a part of a byline has the shape of a name."""
    words = text.split()
    return (
        (3 if not CJK.search(text) else 2) <= len(text) <= LONGEST
        and len(words) <= MOST_WORDS
        and any(c.isalpha() for c in text)
        and not HELPERS.match(text)
        and not NOBODY.search(text)
        and not NOT_NAME.search(text)
        and not all(word.strip(".,:").casefold() in _WORDS["no_name"] for word in words)
    )


def _without_role(name: str) -> str:
    """Return a name without a role that follows it without punctuation: "Ana Ruiz Harbour Reporter"."""
    words = name.split()
    if len(words) < 3 or not GLUED_ROLE.search(name):
        return name
    end = 2
    while end < len(words) - 1 and (words[end - 1].casefold() in PARTICLES or words[end - 1].endswith(".")):
        end += 1
    return " ".join(words[:end])


def _cased(name: str) -> str:
    """Return a name in normal case if it, or only the surname, is in capitals."""
    words = name.split()
    if len(words) < 2 or len(name) <= 4:
        return name
    if name.isupper():
        return name.title()
    return " ".join(word.title() if word.isupper() and len(word) > 3 and word.isalpha() else word for word in words)
