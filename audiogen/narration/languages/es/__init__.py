"""Spanish, after the Real Academia Española and Fundéu."""

from __future__ import annotations

from audiogen.narration.continental import romance
from audiogen.narration.continental.pack import pack_of
from audiogen.narration.languages.es.spanish import Spanish, own

LANGUAGE = Spanish("es", __file__)
PACK = pack_of(LANGUAGE, own=[*own(LANGUAGE), *romance.own(LANGUAGE)], places=romance.places(LANGUAGE))
