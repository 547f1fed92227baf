"""Czech, after the rules of the language advice service of the Ústav pro jazyk český."""

from __future__ import annotations

from audiogen.narration.languages.cs.czech import Czech, ordinal_rules, special_rules
from audiogen.narration.languages.european.pack import pack_of

LANGUAGE = Czech("cs", __file__)
#: "do 6. září": a number with a stop that is an ordinal rather than the end of a sentence.
PACK = pack_of(
    LANGUAGE,
    special_rules=special_rules(LANGUAGE),
    ordinal_rules=ordinal_rules(LANGUAGE),
    ordinals=[str(day) for day in range(1, 32)],
)
