"""English: what a newsreader says."""

from __future__ import annotations

from audiogen.narration.languages.en import clock, dates, letters, money, quantities, roman, symbols, titles
from audiogen.narration.packs import Pack

#: All rules, in the order in which they are tried where several may start.
RULES = (
    *money.RULES,
    *clock.RULES,
    *dates.RULES,
    *titles.RULES,
    *quantities.RULES,
    *roman.RULES,
    *letters.RULES,
    *symbols.RULES,
)

PACK = Pack(tag="en", rules=RULES)
