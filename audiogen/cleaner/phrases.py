"""The words of appeals, captions and labels, by language: `phrases/<language>.toml`.

A file has a table for each `Reason` it knows words for, named as the reason is ("call_to_action"):

    [call_to_action]
    whole    = ["subscribe( now)?"]          # the line is this and nothing else
    start    = ["sign up (for|to) our"]      # the line begins with it
    anywhere = ["has no paywall"]            # it stands anywhere in the line
    hint     = ["newsletter"]                # anywhere, and only evidence: an article may say it
    head     = ["more stories"]              # the line is the head of a list of such lines
    words    = 60                            # longest line, in words, that `start` and `anywhere` may judge

and tables `[refusal.<kind>]` with the same keys for pages that are no article, and `[vocabulary]` with the words that
bylines and dates are made of. Every entry is a regular expression, matched without regard to case against the line as
`make_plain` gives it: typographic quotes and dashes made plain, list markers and outer punctuation taken off. An entry
ends at the border of a word by itself; `<names>` in it stands for people's names. `whole`, `start` and `anywhere` are
sure enough to remove a line; `hint` is not.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.language.tags import list_tag
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FOLDER = Path(__file__).with_name("phrases")
#: Where in a line an entry has to match, in the order in which they are tried: the surest first.
ANCHORS = ("whole", "head", "start", "anywhere")
#: The regular expression around the entries of each anchor.
_PATTERNS = {
    "whole": r"\A(?:{})\Z",
    "head": r"\A(?:{})\Z",
    "start": r"\A(?:{})(?!\w)",
    "anywhere": r"(?<!\w)(?:{})(?!\w)",
    "hint": r"(?<!\w)(?:{})(?!\w)",
}
#: Longest line, in words, that `start` and `anywhere` judge where the file does not say.
_WORDS = 60
#: No line is searched further than this, in characters: what a label says, it says early.
_REACH = 2000
#: What `<names>` stands for in an entry: words with capitals, and the small words between names.
_CAPITAL = "[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻČŠŽА-ЯІЇЄҐЁ]"
_SMALL = "and|und|et|y|e|i|и|і|та|й|&|de|del|da|di|du|la|le|van|von|der|den|dos|für|pour|para|per|dla|для"
_NAMES = rf"(?-i:{_CAPITAL}[\w.'-]*(?:,? (?:{_CAPITAL}[\w.'-]*|{_SMALL})){{0,9}})"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
                        "»": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "…": "...",
                        "İ": "I"})  # fmt: skip
_OUTER = re.compile(r"\A[\s*•·▪►▶»>|+\-–—_#:.,!?/\\\[\]\"'→↓←]+|[\s*•·|+\-–—_#:.,;!?/\\\[\]\"'→↓←›»>]+\Z")


def make_plain(text: str) -> str:
    """Make *text* plain for matching.

    >>> make_plain("* “Don’t miss” — our newsletter! »")
    'Don\\'t miss" - our newsletter'
    """
    return _OUTER.sub("", " ".join(text[:_REACH].translate(_PLAIN).split()))


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that was found in a line."""

    reason: Reason
    #: One of `ANCHORS`.
    anchor: str
    #: "phrases.en.call_to_action.start", for the ledger.
    rule: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    reason: Reason
    anchor: str
    rule: str
    expression: re.Pattern[str]
    words: int
    #: Whether it is matched against the line in small letters, which is twice as fast as matching in either.
    small: bool = True

    def stands_in(self, plain: str, small: str) -> bool:
        """Return whether it is found in a folded line, given besides in small letters."""
        return self.expression.search(small if self.small else plain) is not None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language, with the English ones behind them: foreign pages keep English labels."""

    language: str
    patterns: tuple[_Pattern, ...]
    hints: Mapping[Reason, tuple[_Pattern, ...]]
    refusals: Mapping[str, tuple[_Pattern, ...]]
    #: Lists of words by name: "by", "months", "updated"…
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def match(self, text: str) -> Match | None:
        """Return the surest entry that judges *text*, or nothing."""
        plain = make_plain(text)
        small, length = plain.lower(), plain.count(" ") + 1
        for pattern in self.patterns:
            if _applies(pattern, length) and pattern.stands_in(plain, small):
                return Match(pattern.reason, pattern.anchor, pattern.rule)
        return None

    def hint(self, text: str) -> frozenset[Reason]:
        """Return the reasons *text* sounds like, which an article's own sentence may do as well."""
        plain = make_plain(text)
        small = plain.lower()
        return frozenset(
            reason for reason, all_ in self.hints.items() if any(each.stands_in(plain, small) for each in all_)
        )

    def refusal(self, text: str) -> str:
        """Return the kind of page that says *text* ("paywall", "bot check"…), or nothing."""
        plain = make_plain(text)
        small, length = plain.lower(), plain.count(" ") + 1
        for kind, patterns in self.refusals.items():
            if any(_applies(pattern, length) and pattern.stands_in(plain, small) for pattern in patterns):
                return kind
        return ""


def _applies(pattern: _Pattern, length: int) -> bool:
    return pattern.anchor in ("whole", "head") or length <= pattern.words


def languages() -> tuple[str, ...]:
    """Name the languages that have a file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def phrases(language: str = "en") -> Phrases:
    """Load the words of *language*, a BCP 47 tag; an unknown one has the English words."""
    known = languages()
    name = list_tag(language)
    names = [n for n in dict.fromkeys((name, "en")) if n in known]
    return _merge(name if name in known else "en", names)


@cache
def all_phrases() -> Phrases:
    """Load the words of every language at once, for a line whose language is not known yet."""
    return _merge("", languages())


@cache
def _load(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _merge(language: str, names: Sequence[str]) -> Phrases:
    """Load the phrases of several files into one object."""
    patterns = sorted((p for name in names for p in _patterns(name)), key=lambda pattern: ANCHORS.index(pattern.anchor))
    hints: dict[Reason, tuple[_Pattern, ...]] = {}
    refusals: dict[str, tuple[_Pattern, ...]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for name in names:
        for reason, known in _hints(name).items():
            hints[reason] = (*hints.get(reason, ()), *known)
        for kind, found in _refusals(name).items():
            refusals[kind] = (*refusals.get(kind, ()), *found)
        for key, value in _load(name).get("vocabulary", {}).items():
            words[key] = (*words.get(key, ()), *_strings(value))
    return Phrases(language, tuple(patterns), hints, refusals, words)


@cache
def _patterns(name: str) -> tuple[_Pattern, ...]:
    """Compile the tables of one file; several languages share the English ones."""
    file = _load(name)
    keys = [(reason, reason.name.lower()) for reason in Reason]
    return tuple(p for reason, key in keys if key in file for p in _table(name, key, reason, file[key]))


@cache
def _hints(name: str) -> dict[Reason, tuple[_Pattern, ...]]:
    tables = {reason: _load(name).get(reason.name.lower()) for reason in Reason}
    return {
        reason: tuple(_compiled(reason, "hint", "", entries, _WORDS))
        for reason, table in tables.items()
        if (entries := _entries(table, "hint"))
    }


@cache
def _refusals(name: str) -> dict[str, tuple[_Pattern, ...]]:
    tables = _load(name).get("refusal", {}).items()
    return {
        kind.replace("_", " "): tuple(_table(name, f"refusal.{kind}", Reason.BOILERPLATE, table))
        for kind, table in tables
    }


def _table(name: str, key: str, reason: Reason, table: object) -> Iterable[_Pattern]:
    words = table.get("words", _WORDS) if isinstance(table, dict) else _WORDS
    for anchor in ANCHORS:
        if entries := _entries(table, anchor):
            yield from _compiled(reason, anchor, f"phrases.{name}.{key}.{anchor}", entries, words)


def _compiled(reason: Reason, anchor: str, rule: str, entries: Sequence[str], words: int) -> Iterable[_Pattern]:
    """Compile entries, those that look at capitals apart from the others."""
    for small in (True, False):
        chosen = [entry for entry in entries if _is_small(entry) is small]
        if chosen:
            yield _Pattern(reason, anchor, rule, _compile(anchor, chosen, small), words, small)


def _is_small(entry: str) -> bool:
    """Return whether an entry has no letter whose size matters; the capital of an escape is none."""
    plain = re.sub(r"\\.", "", entry)
    return "<names>" not in plain and "(?-i:" not in plain and plain == plain.lower()


def _entries(table: object, anchor: str) -> tuple[str, ...]:
    return _strings(table.get(anchor, ())) if isinstance(table, dict) else ()


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _compile(anchor: str, entries: Iterable[str], small: bool) -> re.Pattern[str]:
    expression = _PATTERNS[anchor].format("|".join(entries)).replace("<names>", _NAMES)
    return re.compile(expression, re.NOFLAG if small else re.IGNORECASE)
