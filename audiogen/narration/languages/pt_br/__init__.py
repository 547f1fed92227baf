"""Portuguese of Brazil, after the Manual da Redação of the Folha and the VOLP."""

from __future__ import annotations

from audiogen.narration.continental import romance
from audiogen.narration.continental.pack import pack_of
from audiogen.narration.languages import pt
from audiogen.narration.languages.pt.portuguese import Portuguese


class Brazilian(Portuguese):
    """Portuguese with the number words of Brazil: "dezesseis", "um bilhão"."""

    library = "pt_BR"


LANGUAGE = Brazilian("pt-BR", pt.__file__, __file__)
PACK = pack_of(LANGUAGE, own=romance.own(LANGUAGE), places=romance.places(LANGUAGE))
