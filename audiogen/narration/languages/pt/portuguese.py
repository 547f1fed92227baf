"""What Portuguese does of its own: "duas", "duzentas", dates with "de", hours with "e"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.romance import Romance

if TYPE_CHECKING:
    from re import Match


class Portuguese(Romance):
    """Portuguese as the rules need it; the Brazilian differs in data and in the number words of its library."""

    library = "pt"

    def in_gender(self, spoken: str, gender: str) -> str:
        """Say "uma", "duas" and "duzentas" before a feminine noun; millions stay as they are."""
        if gender != "f":
            return spoken
        start = max(spoken.rfind("lh"), spoken.rfind("bili")) + 1
        millions, rest = spoken[:start], spoken[start:]
        for masculine, feminine in (("entos", "entas"), (r"\bum\b", "uma"), (r"\bdois\b", "duas")):
            rest = re.sub(masculine, feminine, rest)
        return millions + rest

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Say which one; some hundreds as the dictionaries have them."""
        return re.sub(r"(sept|oct)ig(?=entés)|(quadr)ig(?=entés)", r"\1\2ing", Romance.ordinal(self, number, form))

    def day(self, day: int, match: Match[str]) -> str:
        """Say the day of a date; an ordinal where it is written as one, or where Brazil always says it."""
        first = day == 1 and (
            self.calendar.get("first_is_ordinal") or ("mark" in match.re.groupindex and match["mark"])
        )
        return "primeiro" if first else self.cardinal(day)

    def clock(self, match: Match[str], hour: int, minute: int | None, marked: str) -> str | None:
        """Say "dezoito horas e trinta"."""
        spoken = f"{self.cardinal(hour, Form(gender='f'))} hora{'s' if hour != 1 else ''}"
        return f"{spoken} e {self.cardinal(minute)}" if minute else spoken
