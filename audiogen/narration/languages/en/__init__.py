"""English: what a newsreader says."""

from __future__ import annotations

from audiogen.narration.languages.en import (
    clock, dates, designations, letters, money, phones, places, quantities, roman, symbols, titles, web,
)  # fmt: skip
from audiogen.narration.packs import Pack

#: All rules, in the order in which they are tried where several may start.
RULES = (
    *web.RULES,
    *phones.RULES,
    *money.RULES,
    *clock.RULES,
    *dates.RULES,
    *places.RULES,
    *titles.RULES,
    *symbols.RULES,
    *designations.FIRST_RULES,
    *quantities.RULES,
    *roman.RULES,
    *designations.RULES,
    *letters.RULES,
    *quantities.LAST_RULES,
    *symbols.LAST_RULES,
)

PACK = Pack(tag="en", rules=RULES, unshout=letters.unshout)
