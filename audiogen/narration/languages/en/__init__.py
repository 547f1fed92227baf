"""The language pack of English, which speaks as newsreaders do."""

from __future__ import annotations

from audiogen.narration.languages.en import (
    clock,
    dates,
    designations,
    legislation,
    letters,
    marks,
    measures,
    money,
    phones,
    places,
    quantities,
    roman,
    scripture,
    spacing,
    sport,
    sterling,
    symbols,
    titles,
    versions,
    web,
)  # fmt: skip
from audiogen.narration.languages.en.parts import NEVER_FINAL, SOMETIMES_FINAL, SPEECH_VERBS, STARTERS
from audiogen.narration.packs import Pack

#: All rules, in the order in which they are tried where several may start.
RULES = (
    *web.RULES,
    *phones.RULES,
    *scripture.RULES,
    *sterling.RULES,
    *spacing.RULES,
    *money.RULES,
    *versions.RULES,
    *designations.EARLY_RULES,
    *marks.FIRST_RULES,
    *clock.RULES,
    *sport.RULES,
    *legislation.RULES,
    *dates.RULES,
    *marks.RULES,
    *places.RULES,
    *titles.RULES,
    *symbols.RULES,
    *designations.FIRST_RULES,
    *measures.RULES,
    *quantities.RULES,
    *roman.RULES,
    *designations.RULES,
    *letters.RULES,
    *quantities.LAST_RULES,
    *symbols.LAST_RULES,
)

PACK = Pack(
    tag="en",
    rules=RULES,
    article_rules=letters.ARTICLE_RULES,
    abbreviations=frozenset(form.rstrip(".") for form in titles.TITLES) - SOMETIMES_FINAL | NEVER_FINAL,
    final_abbreviations=SOMETIMES_FINAL
    | frozenset(form.rstrip(".") for form in places.ABBREVIATED)
    | frozenset(form.title() for form in (*dates.MONTHS, *dates.WEEKDAYS) if len(form) < 6),
    counted=frozenset(form.rstrip(".").lower() for form in (*titles.COUNTED, *scripture.SHORT, "Rs")),
    starters=STARTERS,
    speech_verbs=SPEECH_VERBS,
    unshout=letters.unshout,
)
