"""German, after the rules of the Duden and the German-language news agencies."""

from __future__ import annotations

from audiogen.narration.languages.de.german import German
from audiogen.narration.languages.de.rules import ordinal_rules, special_rules
from audiogen.narration.languages.european.pack import pack_of

LANGUAGE = German("de", __file__)
#: "am 6. September": a number with a stop that is an ordinal rather than the end of a sentence.
PACK = pack_of(
    LANGUAGE,
    special_rules=special_rules(LANGUAGE),
    ordinal_rules=ordinal_rules(LANGUAGE),
    ordinals=[str(day) for day in range(1, 32)],
)
