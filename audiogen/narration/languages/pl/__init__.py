"""Polish, after the rules of the Rada Języka Polskiego and the advice service of the PWN."""

from __future__ import annotations

from audiogen.narration.languages.european import slavic_rules
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.pl.polish import Polish, ordinal_rules, special_rules

LANGUAGE = Polish("pl", __file__)
PACK = pack_of(
    LANGUAGE,
    special_rules=[*special_rules(LANGUAGE), *slavic_rules.special_rules(LANGUAGE)],
    ordinal_rules=ordinal_rules(LANGUAGE),
)
