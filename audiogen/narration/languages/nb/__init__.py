"""Norwegian, bokmål, after the rules of Språkrådet and the stylebooks of NTB and NRK."""

from __future__ import annotations

from audiogen.narration.languages.european import germanic
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.nb.norwegian import Norwegian

LANGUAGE = Norwegian("nb", __file__)
#: "den 6. september": a number with a stop that is an ordinal rather than the end of a sentence.
PACK = pack_of(
    LANGUAGE,
    special_rules=germanic.special_rules(LANGUAGE),
    ordinal_rules=germanic.ordinal_rules(LANGUAGE),
    ordinals=[str(day) for day in range(1, 32)],
)
