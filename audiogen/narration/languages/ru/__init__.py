"""Russian, after the academic rules and the usage of radio."""

from __future__ import annotations

from audiogen.narration.languages.european import slavic_rules
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.ru.russian import Russian, special_rules

LANGUAGE = Russian("ru", __file__)
PACK = pack_of(LANGUAGE, special_rules=[*special_rules(LANGUAGE), *slavic_rules.special_rules(LANGUAGE)])
