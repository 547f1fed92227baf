"""Russian, after the academic rules and the usage of radio."""

from __future__ import annotations

from audiogen.narration.languages.european import slavic_rules
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.ru.russian import Russian, own

LANGUAGE = Russian("ru", __file__)
PACK = pack_of(LANGUAGE, own=[*own(LANGUAGE), *slavic_rules.own(LANGUAGE)])
