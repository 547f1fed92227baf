"""Swedish, after the rules of Språkrådet and TT-språket, the stylebook of the Swedish press."""

from __future__ import annotations

from audiogen.narration.languages.european import germanic
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.sv.swedish import Swedish, special_rules

LANGUAGE = Swedish("sv", __file__)
PACK = pack_of(LANGUAGE, special_rules=(*special_rules(LANGUAGE), *germanic.special_rules(LANGUAGE)))
