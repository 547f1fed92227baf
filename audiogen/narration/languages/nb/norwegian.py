"""Norwegian: years in two halves, days as ordinals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.germanic import Germanic

if TYPE_CHECKING:
    import re


class Norwegian(Germanic):
    """The number words, dates and clock times of Norwegian."""

    def before_thousand(self, count: str, number: int) -> str:
        """Return *count* as a neuter, because the word for thousand is one: "tjueett tusen"."""
        return self.in_gender(count, number, "n")

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in two halves ("nitten åttini", "nitten null fem"), also from 2010 on: "tjue tjuefire"."""
        hundreds, rest = divmod(number, 100)
        if not (11 <= hundreds <= 19 or 2010 <= number < 2100) or not rest:
            return self.below_million(number)
        zero = self.cardinal(0) + " " if rest < 10 else ""
        return f"{self.below_million(hundreds)} {zero}{self.below_million(rest)}"

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words, an ordinal: "sjette september"."""
        return self.ordinal(day)
