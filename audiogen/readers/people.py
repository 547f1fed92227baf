"""Names of authors: "By Ana Ruiz and Tom Lee, Staff Writers" holds two people.

What a byline names is a person, a news agency, or a group (an outlet, its staff, a firm). People are authors; an agency
is one too, also beside people; a group stands for the authors where the page knows nobody else.
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
    return "|".join(rule for name in rules for rule in _RULES[name])


#: What stands before the names.
LEAD = re.compile(rf"(?:{_any('lead')})(?:\b|(?<=[者文]))\s*[:：]?\s*", re.I)
#: "ByAna Ruiz": a label and a name that only the page's style keeps apart.
GLUED = re.compile(r"\A(By|Von|Par|Por|Di)(?=[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ])")
#: Names of people who worked on an article and did not write it.
HELPERS = re.compile(rf"(?:{_any('helpers')})", re.I)
#: What a person is, after a name: ", Home and Garden Editor".
ROLE = re.compile(
    rf",\s*[^,;|]*?\b(?:{_any('roles')})\b"
    r"(?:[- ]in[- ]chief)?(?: (?:of|at|for) [^,;|&]+?(?= and |[,;|&]|\Z))?",
    re.I,
)
#: A role that follows a name without a mark: "Ana Ruiz Harbour Reporter".
GLUED_ROLE = re.compile(rf"\s(?:{_any('roles')})\Z", re.I)
NOT_NAME = re.compile(rf"\A(?:{_any('not_names')})|(?:{_any('not_name_ends')})\Z", re.I)
REST = re.compile(rf"\s*(?:{_any('rest')})", re.I)
#: Words of a REST that make a group of a single word before them: "Quay staff".
STAFF = re.compile(r"\s*(?:staff|contribut|senior)", re.I)
SEPARATORS = re.compile(
    rf"\s*(?:[;/&、，]|,(?!\s*(?:jr|sr|ph\.?d|m\.?d)\b)|\b(?:{'|'.join(sorted(_WORDS['conjunctions']))})\b)\s*(?=\S)"
)
ADDRESS = re.compile(r"(?:https?:|www\.|/|@\w+$|\S+\.(?:com|org|net)\b)", re.I)
#: An outlet's address that stands for its name.
DOMAIN = re.compile(r"(?!www\.)[a-z][\w-]+(?:\.[\w-]+)*\.[a-z]{2,5}", re.I)
#: A postal address of the net, also with its name glued to another word; in capitals it may be the person's own.
MAIL = re.compile(r"\S*@[\w-]+\.[\w.-]+")
#: Letters after a name: "Ana Ruiz, MS, RD".
DEGREE = re.compile(r"(?:[A-Z][A-Za-z]?\.?){1,4}(?:-[A-Z]{1,4})?(?: \d+)?")
TITLE = re.compile(r"\A(?:mr|mrs|ms|mme|herr|frau|señor|señora)\.?\s+(?=\w)", re.I)
GROUP = re.compile(_any("groups"), re.I)
NOBODY = re.compile(_any("nobody"), re.I)
#: Names of two letters are whole ones in Chinese, Japanese and Korean.
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PARTICLES = frozenset(
    {"de", "del", "da", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "y", "zu", "af"}
)
#: Longest name, in characters and in words.
LONGEST, MOST_WORDS = 60, 6
#: Most names that are taken from a page.
MOST = 12


class Kind(Enum):
    """What a name in a byline is that of."""

    PERSON = "person"
    #: A news agency, or a group that is credited as people are.
    AGENCY = "agency"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a byline."""

    text: str
    kind: Kind = Kind.PERSON


def people(texts: Iterable[str]) -> tuple[str, ...]:
    """Find the people named in *texts*, in order, each once.

    >>> people(["By Ana Ruiz and Tom Lee | 4 May 2021", "https://example.org/ana"])
    ('Ana Ruiz', 'Tom Lee')
    """
    return tuple(name.text for name in named(texts) if name.kind is Kind.PERSON)


def named(texts: Iterable[str]) -> tuple[Name, ...]:
    """Find whom *texts* name, people, agencies and groups, in order, each once."""
    names: dict[str, Name] = {}
    for text in texts:
        for name in _names(text):
            names.setdefault(name.text.casefold(), name)
    return tuple(names.values())[:MOST]


def credited(names: Iterable[Name]) -> tuple[str, ...]:
    """Return the names that an article is credited to: people and agencies, or else groups.

    >>> credited(named(["By Ana Ruiz, AFP", "Quay Staff"]))
    ('Ana Ruiz', 'AFP')
    >>> credited(named(["Quay Staff"]))
    ('Quay Staff',)
    """
    names = tuple(names)
    people = tuple(name.text for name in names if name.kind is not Kind.GROUP)
    return people or tuple(name.text for name in names)


def without_outlet(names: Iterable[str], site: str) -> tuple[str, ...]:
    """Remove the outlet's name after a name in a byline, and from a list of people.

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
    found = LEAD.match(text)
    return text[found.end() :].lstrip(" :：") if found else text


def _kinds(parts: list[str]) -> Iterator[Name]:
    """Tell people, agencies and groups among the *parts* of a byline; a lone word behind a group is its place."""
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
    """Take off a role that is glued on behind a first name and a surname: "Ana Ruiz Harbour Reporter"."""
    words = name.split()
    if len(words) < 3 or not GLUED_ROLE.search(name):
        return name
    end = 2
    while end < len(words) - 1 and (words[end - 1].casefold() in PARTICLES or words[end - 1].endswith(".")):
        end += 1
    return " ".join(words[:end])


def _cased(name: str) -> str:
    """Write names that are in capitals, whole or the surname alone, as names are written."""
    words = name.split()
    if len(words) < 2 or len(name) <= 4:
        return name
    if name.isupper():
        return name.title()
    return " ".join(word.title() if word.isupper() and len(word) > 3 and word.isalpha() else word for word in words)
