"""The older name of `audiogen.placeholders.Placeholders`, for scripts that import it."""

from audiogen.placeholders import MANNERS, READ, SAY, SKIP
from audiogen.placeholders import Placeholders as Unheard

__all__ = ["MANNERS", "READ", "SAY", "SKIP", "Unheard"]
