"""From a language to its pack: the rules in the order in which they are tried."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.continental.clock import clock
from audiogen.narration.continental.dates import dates
from audiogen.narration.continental.parts import spread
from audiogen.narration.continental.quantities import figures, measures, sums, telephones
from audiogen.narration.continental.symbols import symbols
from audiogen.narration.continental.words import words
from audiogen.narration.packs import Pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.narration.continental.language import Language
    from audiogen.narration.rewriting import Rule


def pack_of(
    language: Language, own: Iterable[Rule] = (), places: Iterable[Rule] = (), ordinals: Iterable[str] = ()
) -> Pack:
    """Make the pack of *language*; its *own* rules come first, *places* ("20.", "5e") behind measures.

    *ordinals* are words before a full stop that ends nothing.
    """
    rules = (
        *own,
        *telephones(language),
        *sums(language),
        *clock(language),
        *dates(language),
        *measures(language),
        *places,
        *words(language),
        *figures(language),
        *symbols(language),
    )
    tables = language.words
    going_on = [form for name in ("before_name", "before_number", "anywhere") for form in spread(tables.get(name, {}))]
    return Pack(
        tag=language.tag,
        rules=rules,
        abbreviations=_stems(going_on) | frozenset(ordinals),
        final_abbreviations=_stems(spread(tables.get("final", {}))),
        unshout=partial(unshout, language),
    )


def _stems(forms: Iterable[str]) -> frozenset[str]:
    """Take from each abbreviation what stands before its last full stop, as the splitter of sentences looks for it."""
    last = [form[:-1].split(" ")[-1] for form in forms if form.endswith(".")]
    return frozenset(last) | {word[0].upper() + word[1:] for word in last}


def unshout(language: Language, headline: str) -> str:
    """Write a headline in capitals as a sentence; initialisms the tables know stay as they are.

    A text of one or two short words may be an initialism nobody listed, and is left alone.
    """
    if len(headline) < 9:
        return headline
    written = re.sub(r"[^\W\d_]+", lambda word: _quiet(language, word[0]), headline)
    return written[0] + written[1:] if not written[0].isalpha() else written[0].upper() + written[1:]


def _quiet(language: Language, word: str) -> str:
    tables = language.words
    if word in language.said or word in language.spelled or word in tables["other"] or len(word) != len(word.lower()):
        return word
    return word.lower()
