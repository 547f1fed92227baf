"""Ukrainian, after the orthography of 2019 and the usage of Suspilne."""

from __future__ import annotations

from audiogen.narration.languages.european import slavic_rules
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.uk.ukrainian import Ukrainian, special_rules

LANGUAGE = Ukrainian("uk", __file__)
PACK = pack_of(LANGUAGE, special_rules=[*special_rules(LANGUAGE), *slavic_rules.special_rules(LANGUAGE)])
