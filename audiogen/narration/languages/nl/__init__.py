"""Dutch, after the rules of the Taalunie and the stylebooks of the Dutch and Flemish press."""

from __future__ import annotations

from audiogen.narration.languages.european import germanic
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.nl.dutch import Dutch, special_rules

LANGUAGE = Dutch("nl", __file__)
PACK = pack_of(LANGUAGE, special_rules=[*special_rules(LANGUAGE), *germanic.special_rules(LANGUAGE)])
