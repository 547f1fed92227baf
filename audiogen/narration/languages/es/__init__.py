"""Spanish, after the Real Academia Española and Fundéu."""

from __future__ import annotations

from audiogen.narration.languages.es.spanish import Spanish, own
from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of

LANGUAGE = Spanish("es", __file__)
PACK = pack_of(LANGUAGE, own=[*own(LANGUAGE), *romance.own(LANGUAGE)], places=romance.places(LANGUAGE))
