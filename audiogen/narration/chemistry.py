"""Formulas of compounds that are written as plain words: H2SO4, CaCO3, Ca(OH)2, NaCl.

A word with figures is a formula if it consists of symbols of at least two elements, one of them with two letters or
followed by a figure inside the word, and if no figure is 1: "H1N1" is a virus, "COP28" a conference. Formulas without
figures are in a list. A formula is read letter by letter, as chemists do.
"""

from __future__ import annotations

import re
from functools import cache

from audiogen.language.tags import list_tag
from audiogen.narration.data import load_table, words
from audiogen.narration.late import late

#: The pattern of a possible formula, for rules: capitals and figures, brackets around a group.
PATTERN = r"(?:[A-Z][a-z]?\d{0,2}|\((?:[A-Z][a-z]?\d{0,2}){1,4}\)\d{1,2})+x?(?![\w(])"
_SYMBOL = late(r"[A-Z][a-z]?")
_RUN = late(r"[A-Z][a-z]?|\d+")


def elements(language: str) -> dict[str, str]:
    """Return the names of elements with isotopes and ions in the news, by symbol; {} for most languages."""
    names: dict[str, str] = load_table(__file__, "chemistry.toml")["elements"].get(list_tag(language), {})
    return names


@cache
def symbols() -> frozenset[str]:
    """Return the symbols of all elements."""
    return words(load_table(__file__, "chemistry.toml")["symbols"]["all"])


@cache
def _compounds() -> frozenset[str]:
    return words(load_table(__file__, "chemistry.toml")["compounds"])


def is_compound(name: str) -> bool:
    """Return whether *name* is the formula of a compound.

    >>> [is_compound(name) for name in ("H2SO4", "Ca(OH)2", "NaCl", "NaN", "H1N1", "Fe2", "COP28")]
    [True, True, True, False, False, False, False]
    """
    if name.isalpha():
        return name in _compounds()
    elements = _SYMBOL.findall(name)
    counts = [int(run) for run in _RUN.findall(name) if run[0].isdecimal()]
    if len(set(elements)) < 2 or min(counts, default=0) < 2 or not symbols().issuperset(elements):
        return False
    return any(len(element) > 1 for element in elements) or not name.rstrip("0123456789").isalpha()


def runs_of(name: str) -> list[str]:
    """Return the parts of a formula that are spoken one by one: its letters as capitals, and its numbers.

    >>> runs_of("CaCO3")
    ['C', 'A', 'C', 'O', '3']
    """
    return re.findall(r"[A-Za-z]|\d+", name.upper())
