"""Spanish, after the Real Academia Española and Fundéu."""

from __future__ import annotations

from audiogen.narration.languages.es.spanish import Spanish, special_rules
from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of

LANGUAGE = Spanish("es", __file__)
PACK = pack_of(
    LANGUAGE,
    special_rules=[*special_rules(LANGUAGE), *romance.special_rules(LANGUAGE)],
    ordinal_rules=romance.ordinal_rules(LANGUAGE),
)
