"""Portuguese of Europe, after the Ciberdúvidas and the style books of Público and RTP."""

from __future__ import annotations

from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.pt.portuguese import Portuguese

LANGUAGE = Portuguese("pt", __file__)
PACK = pack_of(LANGUAGE, special_rules=romance.special_rules(LANGUAGE), ordinal_rules=romance.ordinal_rules(LANGUAGE))
