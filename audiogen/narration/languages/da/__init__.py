"""Danish, after the rules of Dansk Sprognævn and the stylebook of Ritzau."""

from __future__ import annotations

from audiogen.narration.languages.da.danish import Danish, special_rules
from audiogen.narration.languages.european import germanic
from audiogen.narration.languages.european.pack import pack_of

LANGUAGE = Danish("da", __file__)
#: "den 6. september": a number with a stop that is an ordinal rather than the end of a sentence.
PACK = pack_of(
    LANGUAGE,
    special_rules=[*special_rules(LANGUAGE), *germanic.special_rules(LANGUAGE)],
    ordinal_rules=germanic.ordinal_rules(LANGUAGE),
    ordinals=[str(day) for day in range(1, 32)],
)
