"""Italian, after the Accademia della Crusca and the style books of the dailies."""

from __future__ import annotations

from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.it.italian import Italian, own

LANGUAGE = Italian("it", __file__)
PACK = pack_of(LANGUAGE, own=[*own(LANGUAGE), *romance.own(LANGUAGE)], places=romance.places(LANGUAGE))
