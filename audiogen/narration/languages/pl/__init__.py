"""Polish, after the rules of the Rada Języka Polskiego and the advice service of the PWN."""

from __future__ import annotations

from audiogen.narration.languages.european import slavic_rules
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.pl.polish import Polish, own, places

LANGUAGE = Polish("pl", __file__)
PACK = pack_of(LANGUAGE, own=[*own(LANGUAGE), *slavic_rules.own(LANGUAGE)], places=places(LANGUAGE))
