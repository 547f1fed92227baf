"""The language pack of Italian, after the Accademia della Crusca and the style books of the daily newspapers."""

from __future__ import annotations

from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.it.italian import Italian, special_rules

LANGUAGE = Italian("it", __file__)
PACK = pack_of(
    LANGUAGE,
    special_rules=[*special_rules(LANGUAGE), *romance.special_rules(LANGUAGE)],
    ordinal_rules=romance.ordinal_rules(LANGUAGE),
)
