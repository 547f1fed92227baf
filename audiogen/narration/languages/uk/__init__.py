"""Ukrainian, after the orthography of 2019 and the usage of Suspilne."""

from __future__ import annotations

from audiogen.narration.languages.european import slavic_rules
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.uk.ukrainian import Ukrainian, own

LANGUAGE = Ukrainian("uk", __file__)
PACK = pack_of(LANGUAGE, own=[*own(LANGUAGE), *slavic_rules.own(LANGUAGE)])
