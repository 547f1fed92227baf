"""Portuguese: "duas", "duzentas", dates with "de", hours with "e"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.romance import Romance

if TYPE_CHECKING:
    from re import Match


class Portuguese(Romance):
    """The number words, dates and clock times of Portuguese; Brazil has other data and another locale of num2words."""

    library = "pt"

    def in_gender(self, spoken: str, gender: str) -> str:
        """Return number words in a gender: "uma", "duas" and "duzentas" before a feminine noun.

        Millions do not change.
        """
        if gender != "f":
            return spoken
        start = max(spoken.rfind("lh"), spoken.rfind("bili")) + 1
        millions, rest = spoken[:start], spoken[start:]
        for masculine, feminine in (("entos", "entas"), (r"\bum\b", "uma"), (r"\bdois\b", "duas")):
            rest = re.sub(masculine, feminine, rest)
        return millions + rest

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words; num2words' spelling of some hundreds is corrected."""
        return re.sub(r"(sept|oct)ig(?=entés)|(quadr)ig(?=entés)", r"\1\2ing", Romance.ordinal(self, number, form))

    def day(self, day: int, match: Match[str]) -> str:
        """Return the day of a date in words; "primeiro" if it is written as an ordinal, in Brazil always."""
        first = day == 1 and (
            self.calendar.get("first_is_ordinal") or ("mark" in match.re.groupindex and match["mark"])
        )
        return "primeiro" if first else self.cardinal(day)

    def clock(self, match: Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "dezoito horas e trinta"."""
        spoken = f"{self.cardinal(hour, Form(gender='f'))} hora{'s' if hour != 1 else ''}"
        return f"{spoken} e {self.cardinal(minute)}" if minute else spoken
