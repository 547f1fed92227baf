"""Names of people in what pages give as authors: "By Ana Ruiz and Tom Lee, Staff Writers" holds two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACES = re.compile(r"\s+")
#: What stands before the names; English, German, French, Spanish, Portuguese, Italian, Polish, Ukrainian, Russian.
LEAD = re.compile(
    r"^(?:(?:th(?:is|e) )?(?:(?:blog )?post|article|story|guide|piece|blog|column) (?:was |is )?written by|"
    r"(?:posted|written|reported|published|story|text|words)(?:\s+(?:on|in)\s+[^,|"
    r"]{4,30})?\s+by|by|author|authors|"
    r"von|text|autor(?:en|in)?|par|por|autora?|di|autore|przez|autorka|автор[иы]?|текст)\b\s*:?\s*",
    re.I,
)
#: Names of people who worked on an article and did not write it.
HELPERS = re.compile(
    r"(?:(?:medically|expertly|clinically|last)\s+)?(?:reviewed|updated|edited|fact[- ]checked|approved|translated|"
    r"photos?|photographs?|photography|illustrations?|illustrated|video|modified)(?:\s+by\b|\s*:)",
    re.I,
)
#: What a person is, after a name: ", Home and Garden Editor".
ROLE = re.compile(
    r",\s*[^,;|]*?\b(?:experts?|editors?|writers?|analyst|specialist|reporters?|correspondents?|director|manager|"
    r"founder|co-founder|ceo|cto|cmo|president|professor|scientist|engineer|strategist|consultant|journalist|"
    r"columnist|critic|author|researcher|fellow|marketer|blogger|producer|host|dietitian|nutritionist|attorney)\b"
    r"(?:[- ]in[- ]chief)?(?: (?:of|at|for) [^,;|&]+?(?= and |[,;|&]|\Z))?",
    re.I,
)
#: Words of labels, days and prose, of which no name is made.
NO_NAME = re.compile(
    r"\A(?:(?:mon|tues?|wed|thu|thurs?|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"undefined|null|none|home|share|size|comments?|by|from|and|the|me|us|you)\.?\Z|"
    r"(?:last\s+)?(?:updated|published|posted|written|modified|insights|about|more|share|full bio|"
    r"read (?:more|full)|view|learn|see (?:more|all))\b)|\b(?:from|by|the|in)\Z",
    re.I,
)
#: Words after which the rest tells of the person or the day, not the name.
REST = re.compile(
    r"\s*(?:[|•·⋅∙‧●@(\[–—]|\s-\s|\b(?:published|posted|updated|last updated|on\s+(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?\s+\d|"
    r"\d|https?:|www\.|follow|staff|contributor|senior|special to|for\s+the|min read|view all|see more|read "
    r"more|about|view\s+in|(?:medically\s+)?(?:reviewed|edited|fact[- ]checked)\s+by|and last updated))",
    re.I,
)
SEPARATORS = re.compile(r"\s*(?:[;/&]|,(?!\s*(?:jr|sr|ph\.?d|m\.?d)\b)|\b(?:and|und|et|y|e|i|и|та|with)\b)\s*(?=\S)")
ADDRESS = re.compile(r"(?:https?:|www\.|/|\S+@\S+$|@\w+$|\S+\.(?:com|org|net)\b)", re.I)
#: Letters after a name: "Ana Ruiz, MS, RD".
DEGREE = re.compile(r"(?:[A-Z][A-Za-z]?\.?){1,4}(?:-[A-Z]{1,4})?(?: \d+)?")
#: A group, a role or a page's own name rather than a person's.
NOBODY = re.compile(
    r"\b(?:staff|team|editors?|editorial|redaktion|redacci[oó]n|r[ée]daction|redazione|redakcja|редакц\w+|"
    r"admin(?:istrator)?|guest|"
    r"contributors?|newsroom|news desk|desk|webmaster|anonymous|unknown|press|reuters|afp|dpa|associated press|"
    r"ap|bbc|cnn|"
    r"inc|llc|gmbh|ltd|media|magazine|blog|support|marketing|user|author|agency|company|university|clinic|foundation|institute|hospital|association|council|society|ministry|department|"
    r"bureau|group|network|"
    r"sponsored|content|website|online|service)\b|\.com\b|\.org\b|\w{3}\.(?:net|in|io|co|info)\b|https?:|@|[<>{}=_]",
    re.I,
)


def people(texts: Iterable[str]) -> tuple[str, ...]:
    """Find the people named in *texts*, in order, each once.

    >>> people(["By Ana Ruiz and Tom Lee | 4 May 2021", "https://example.org/ana"])
    ('Ana Ruiz', 'Tom Lee')
    """
    names: dict[str, str] = {}
    for text in texts:
        for name in _names(text):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:12]


def without_outlet(names: Iterable[str], site: str) -> tuple[str, ...]:
    """Take the outlet's name off the names it stands behind in a byline, and out of a list of people.

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


def _names(text: str) -> list[str]:
    text = SPACES.sub(" ", text).strip()
    if ADDRESS.match(text) or HELPERS.match(text) or text.startswith(","):
        return []
    while (shorter := LEAD.sub("", text, count=1).lstrip(" :")) != text:
        text = shorter
    found = REST.search(text, 1) if text else None
    if found:
        text = text[: found.start()]
    text = ROLE.sub("", text)
    parts = (part.strip(" ,.:;|-–—\"'“”") for part in SEPARATORS.split(text))
    return [_cased(part) for part in parts if _is_name(part) and not DEGREE.fullmatch(part)]


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        3 <= len(text) <= 60
        and len(words) <= 6
        and any(c.isalpha() for c in text)
        and not NOBODY.search(text)
        and not NO_NAME.search(text)
    )


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 and " " in name else name
