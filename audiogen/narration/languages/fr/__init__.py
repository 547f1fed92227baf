"""French, after the manual of the Imprimerie nationale and the agencies."""

from __future__ import annotations

from audiogen.narration.continental import romance
from audiogen.narration.continental.pack import pack_of
from audiogen.narration.languages.fr.french import French, places

LANGUAGE = French("fr", __file__)
PACK = pack_of(LANGUAGE, own=romance.own(LANGUAGE), places=places(LANGUAGE))
