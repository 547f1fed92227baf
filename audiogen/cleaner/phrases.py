"""Loads the phrases of appeals, captions and labels by language: `phrases/<language>.toml`.

A file has a table for each `Reason` with phrases, under the reason's name ("call_to_action"):

    [call_to_action]
    whole    = ["subscribe( now)?"]          # the whole line
    start    = ["sign up (for|to) our"]      # the beginning of the line
    anywhere = ["has no paywall"]            # any part of the line
    hint     = ["newsletter"]                # any part of the line, and only a sign: an article may have it
    head     = ["more stories"]              # the whole line, which is the heading of a list of such lines
    words    = 60                            # most words of a line for `start` and `anywhere`

It also has tables `[refusal.<kind>]` with the same keys for pages that are no article, and `[vocabulary]` with words of
bylines and dates. Every entry is a regular expression. It is matched without regard to case against the line as
`make_plain` returns it: with typographic quotes and dashes replaced, without list markers and outer punctuation. An
entry matches whole words only; `<names>` in it matches names of people. `whole`, `start` and `anywhere` are reliable
enough to drop a line; `hint` is not.
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
#: The positions in a line at which an entry must match, in the order in which they are tried.
ANCHORS = ("whole", "head", "start", "anywhere")
#: The regular expression around the entries of each anchor.
_PATTERNS = {
    "whole": r"\A(?:{})\Z",
    "head": r"\A(?:{})\Z",
    "start": r"\A(?:{})(?!\w)",
    "anywhere": r"(?<!\w)(?:{})(?!\w)",
    "hint": r"(?<!\w)(?:{})(?!\w)",
}
#: Default for `words`.
_MAX_WORDS = 60
#: Number of characters from a line's beginning that are searched.
_MAX_LENGTH = 2000
#: The expression for `<names>` in an entry: capitalized words, and the small words between names.
_CAPITAL = "[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻČŠŽА-ЯІЇЄҐЁ]"
_SMALL = "and|und|et|y|e|i|и|і|та|й|&|de|del|da|di|du|la|le|van|von|der|den|dos|für|pour|para|per|dla|для"
_NAMES = rf"(?-i:{_CAPITAL}[\w.'-]*(?:,? (?:{_CAPITAL}[\w.'-]*|{_SMALL})){{0,9}})"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"',
                        "»": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "…": "...",
                        "İ": "I"})  # fmt: skip
_OUTER = re.compile(r"\A[\s*•·▪►▶»>|+\-–—_#:.,!?/\\\[\]\"'→↓←]+|[\s*•·|+\-–—_#:.,;!?/\\\[\]\"'→↓←›»>]+\Z")


def make_plain(text: str) -> str:
    """Return *text* for matching: plain quotes and dashes, single spaces, no list marker and no outer punctuation.

    >>> make_plain("* “Don’t miss” — our newsletter! »")
    'Don\\'t miss" - our newsletter'
    """
    return _OUTER.sub("", " ".join(text[:_MAX_LENGTH].translate(_PLAIN).split()))


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase that matched a line."""

    reason: Reason
    #: One of `ANCHORS`.
    anchor: str
    #: "phrases.en.call_to_action.start", for the ledger.
    rule: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The compiled entries of one anchor in a table of a phrase file."""

    reason: Reason
    anchor: str
    rule: str
    expression: re.Pattern[str]
    words: int
    #: Whether it is matched against the line in lower case, which is twice as fast as matching without regard to case.
    is_lower: bool = True

    def is_in(self, plain: str, lower: str) -> bool:
        """Return whether the pattern matches a line, given as *plain* text and in lower case."""
        return self.expression.search(lower if self.is_lower else plain) is not None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a language, and after them the English ones, as pages in other languages have English labels."""

    language: str
    patterns: tuple[_Pattern, ...]
    hints: Mapping[Reason, tuple[_Pattern, ...]]
    refusals: Mapping[str, tuple[_Pattern, ...]]
    #: Lists of words by name: "by", "months", "updated".
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def match(self, text: str) -> Match | None:
        """Return the first phrase that matches *text*; None if there is none."""
        plain = make_plain(text)
        lower, length = plain.lower(), plain.count(" ") + 1
        for pattern in self.patterns:
            if _is_short_enough(pattern, length) and pattern.is_in(plain, lower):
                return Match(pattern.reason, pattern.anchor, pattern.rule)
        return None

    def hint(self, text: str) -> frozenset[Reason]:
        """Return the reasons with hints in *text*. An article's own sentence may have such hints, too."""
        plain = make_plain(text)
        lower = plain.lower()
        return frozenset(
            reason for reason, all_ in self.hints.items() if any(each.is_in(plain, lower) for each in all_)
        )

    def refusal(self, text: str) -> str:
        """Return the kind of page ("paywall", "bot check") on which *text* is written; "" if it is none of them."""
        plain = make_plain(text)
        lower, length = plain.lower(), plain.count(" ") + 1
        for kind, patterns in self.refusals.items():
            if any(_is_short_enough(pattern, length) and pattern.is_in(plain, lower) for pattern in patterns):
                return kind
        return ""


def _is_short_enough(pattern: _Pattern, length: int) -> bool:
    """Return whether a pattern is used for a line of *length* words: `start` and `anywhere` have a limit."""
    return pattern.anchor in ("whole", "head") or length <= pattern.words


def languages() -> tuple[str, ...]:
    """Return the languages that have a file."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def phrases(language: str = "en") -> Phrases:
    """Return the phrases of *language*, a BCP 47 tag; the English ones if it has no file."""
    known = languages()
    name = list_tag(language)
    names = [n for n in dict.fromkeys((name, "en")) if n in known]
    return _merge(name if name in known else "en", names)


@cache
def all_phrases() -> Phrases:
    """Return the phrases of all languages, for lines in an unknown language."""
    return _merge("", languages())


@cache
def _load(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _merge(language: str, names: Sequence[str]) -> Phrases:
    """Return the phrases of several files as one object."""
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
    """Return the compiled phrases of one file; cached, because several languages use the English ones."""
    file = _load(name)
    keys = [(reason, reason.name.lower()) for reason in Reason]
    return tuple(p for reason, key in keys if key in file for p in _read_table(name, key, reason, file[key]))


@cache
def _hints(name: str) -> dict[Reason, tuple[_Pattern, ...]]:
    """Return the compiled hints of one file by reason."""
    tables = {reason: _load(name).get(reason.name.lower()) for reason in Reason}
    return {
        reason: tuple(_compile_entries(reason, "hint", "", entries, _MAX_WORDS))
        for reason, table in tables.items()
        if (entries := _entries(table, "hint"))
    }


@cache
def _refusals(name: str) -> dict[str, tuple[_Pattern, ...]]:
    """Return the compiled phrases of one file for pages that are no article, by kind of page."""
    tables = _load(name).get("refusal", {}).items()
    return {
        kind.replace("_", " "): tuple(_read_table(name, f"refusal.{kind}", Reason.BOILERPLATE, table))
        for kind, table in tables
    }


def _read_table(name: str, key: str, reason: Reason, table: object) -> Iterable[_Pattern]:
    """Yield the compiled phrases of one table of a file, for all anchors."""
    words = table.get("words", _MAX_WORDS) if isinstance(table, dict) else _MAX_WORDS
    for anchor in ANCHORS:
        if entries := _entries(table, anchor):
            yield from _compile_entries(reason, anchor, f"phrases.{name}.{key}.{anchor}", entries, words)


def _compile_entries(reason: Reason, anchor: str, rule: str, entries: Sequence[str], words: int) -> Iterable[_Pattern]:
    """Yield the compiled entries, those that depend on case apart from the others."""
    for is_lower in (True, False):
        chosen = [entry for entry in entries if _is_lower_case(entry) is is_lower]
        if chosen:
            yield _Pattern(reason, anchor, rule, _compile(anchor, chosen, is_lower), words, is_lower)


def _is_lower_case(entry: str) -> bool:
    """Return whether an entry can be matched with a line in lower case: no capitals except in escapes, no `<names>`."""
    plain = re.sub(r"\\.", "", entry)
    return "<names>" not in plain and "(?-i:" not in plain and plain == plain.lower()


def _entries(table: object, anchor: str) -> tuple[str, ...]:
    return _strings(table.get(anchor, ())) if isinstance(table, dict) else ()


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _compile(anchor: str, entries: Iterable[str], is_lower: bool) -> re.Pattern[str]:
    """Return the pattern of *entries*, with the expression of *anchor* around them."""
    expression = _PATTERNS[anchor].format("|".join(entries)).replace("<names>", _NAMES)
    return re.compile(expression, re.NOFLAG if is_lower else re.IGNORECASE)
