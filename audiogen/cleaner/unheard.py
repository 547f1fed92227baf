"""The older name of `placeholders.Placeholders`, for scripts that import it."""

from audiogen.cleaner.placeholders import MANNERS, READ, SAY, SKIP
from audiogen.cleaner.placeholders import Placeholders as Unheard

__all__ = ["MANNERS", "READ", "SAY", "SKIP", "Unheard"]
