"""What Swedish does of its own: years by hundreds, days as ordinals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.germanic import Germanic

if TYPE_CHECKING:
    import re


class Swedish(Germanic):
    """Swedish as the rules need it."""

    def before_thousand(self, count: str, number: int) -> str:
        """Leave out one of three t: "tjugoettusen"."""
        return count.removesuffix("t") if count.endswith("tt") else count

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Say a year: "nittonhundraåttionio", and from 2010 "tjugohundratio", as Språkrådet recommends."""
        if not 2010 <= number < 2100:
            return super().year(number, form)
        return f"tjugohundra{self.below_million(number - 2000)}"

    def day(self, day: int, match: re.Match[str]) -> str:
        """Say the day of a date, an ordinal: "den sjätte september"."""
        return self.ordinal(day)
