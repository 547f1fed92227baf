"""From a language to its pack: the rules in the order in which they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.continental.clock import clock
from audiogen.narration.continental.dates import dates
from audiogen.narration.continental.parts import spread
from audiogen.narration.continental.quantities import figures, measures, sums
from audiogen.narration.continental.symbols import symbols
from audiogen.narration.continental.words import words
from audiogen.narration.packs import Pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.narration.continental.language import Language
    from audiogen.narration.rewriting import Rule


def pack_of(language: Language, own: Iterable[Rule] = (), ordinals: Iterable[str] = ()) -> Pack:
    """Make the pack of *language*; its *own* rules come first, *ordinals* are words before a stop that ends nothing."""
    rules = (
        *own,
        *sums(language),
        *clock(language),
        *dates(language),
        *measures(language),
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
    )


def _stems(forms: Iterable[str]) -> frozenset[str]:
    """Take from each abbreviation what stands before its last full stop, as the splitter of sentences looks for it."""
    last = [form[:-1].split(" ")[-1] for form in forms if form.endswith(".")]
    return frozenset(last) | {word[0].upper() + word[1:] for word in last}
