"""Builds the pack of a language: its rules in the order in which they are tried, and its abbreviations."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.clock import clock
from audiogen.narration.languages.european.dates import dates
from audiogen.narration.languages.european.figures import figures, telephones
from audiogen.narration.languages.european.fractions import parts_of_units
from audiogen.narration.languages.european.parts import spread
from audiogen.narration.languages.european.quantities import measures, sums
from audiogen.narration.languages.european.symbols import symbols
from audiogen.narration.languages.european.weekdays import Weekdays, weekdays
from audiogen.narration.languages.european.words import words
from audiogen.narration.packs import Pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.narration.languages.european.language import Language
    from audiogen.narration.rewriting import Rule

#: A capital letter with a full stop.
_INITIAL = re.compile(r"[^\W\d_a-zà-öø-ÿа-яіїєґ]\.")


def pack_of(
    language: Language,
    special_rules: Iterable[Rule] = (),
    ordinal_rules: Iterable[Rule] = (),
    ordinals: Iterable[str] = (),
) -> Pack:
    """Return the pack of *language*; *special_rules* are tried first, *ordinal_rules* ("20.", "5e") after measures.

    *ordinals* are words after which a full stop does not end the sentence.
    """
    rules = (
        *parts_of_units(language),
        *special_rules,
        *telephones(language),
        *sums(language),
        *clock(language),
        *dates(language),
        *weekdays(language),
        *measures(language),
        *ordinal_rules,
        *words(language),
        *figures(language),
        *symbols(language),
    )
    final = _stems(_may_end(language))
    return Pack(
        tag=language.tag,
        rules=rules,
        abbreviations=(_elided(_stems(_going_on(language)), language) - final) | frozenset(ordinals),
        final_abbreviations=final,
        counted=language.month_abbreviations,
        starters=frozenset(word[0].upper() + word[1:] for word in language.openers),
        unshout=partial(unshout, language),
        is_ordinal=language.is_ordinal,
    )


def _going_on(language: Language) -> list[str]:
    """Return the abbreviations that never end a sentence."""
    tables = ("before_name", "before_number", "anywhere", "century")
    return [form for name in tables for form in spread(language.words.get(name, {}))]


def _may_end(language: Language) -> list[str]:
    """Return the abbreviations that may end a sentence: "etc.", units, currencies, and abbreviated years and days."""
    numbers = language.numbers
    tables = [language.words.get("final", {}), *(numbers[name] for name in ("units", "currencies", "magnitudes"))]
    return [
        *(form for table in tables for form in spread(table)),
        *language.calendar.get("year_words", ()),
        *(f"{form}." for form in Weekdays(language).abbreviations),
    ]


def _stems(forms: Iterable[str]) -> frozenset[str]:
    """Return the abbreviated words without their full stops, as the sentence splitter looks them up.

    Those that begin a sentence have a capital. A capital letter alone is left out unless it is the whole abbreviation:
    it may be an initial, or the end of a sentence ("Vitamin E."), which the splitter decides by the next word.
    """
    stems = {
        part.rstrip(".")
        for form in forms
        if form.endswith(".")
        for part in form.split(" ")
        if part.endswith(".") and (part == form or not _INITIAL.fullmatch(part))
    }
    return frozenset(stems | {stem[0].upper() + stem[1:] for stem in stems if len(stem) > 1})


def _elided(stems: frozenset[str], language: Language) -> frozenset[str]:
    """Return *stems* and their forms after an elided article: "l'on." is "onorevole", too."""
    elisions = language.words.get("elisions", "").split()
    return stems | {f"{elision}{mark}{stem}" for elision in elisions for mark in "'’" for stem in stems}


def unshout(language: Language, headline: str) -> str:
    """Return a headline in capitals as a normal sentence; initialisms that the tables list stay as they are.

    Headlines of fewer than nine characters stay as they are, because they may be an unlisted initialism.
    """
    if len(headline) < 9:
        return headline
    return headline[0] + re.sub(r"[^\W\d_]+", lambda word: _quiet(language, word[0]), headline)[1:]


def _quiet(language: Language, word: str) -> str:
    """Return a word in lower case, unless it is a listed initialism or the lower case has another length."""
    tables = language.words
    small = language.lower(word)
    listed = word in language.acronyms or word in language.spelled or word in tables["other"]
    return word if listed or len(word) != len(small) else small
