"""Turkish, after the rules of the Türk Dil Kurumu and the stylebook of the Anadolu Ajansı."""

from __future__ import annotations

from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.tr.turkish import Turkish, ordinal_rules, special_rules, with_endings

LANGUAGE = Turkish("tr", __file__)
#: "19. yüzyıl": a number with a stop that is an ordinal rather than the end of a sentence.
PACK = with_endings(
    pack_of(
        LANGUAGE,
        special_rules=special_rules(LANGUAGE),
        ordinal_rules=ordinal_rules(LANGUAGE),
        ordinals=[str(index) for index in range(1, 32)],
    )
)
