"""Spanish: "un" before nouns, "-cientas", "primer", hours with "la" and "las"."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.parts import words_after
from audiogen.narration.languages.european.romance import Romance
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Corrections of num2words' ordinals, in this order, to the spelling of the Real Academia Española.
_ORDINALS = (
    ("décimoprimero", "undécimo"),
    ("décimosegundo", "duodécimo"),
    (r"décimo ?(?=\w)", "decimo"),
    ("moo", "mo"),
    ("quadragés", "cuadragés"),
    ("cuadrigent", "cuadringent"),
    ("septigent", "septingent"),
    ("octigent", "octingent"),
)
_DAY_PARTS = ((6, "de la madrugada"), (12, "de la mañana"), (20, "de la tarde"), (24, "de la noche"))


class Spanish(Romance):
    """The number words, dates and clock times of Spanish."""

    library = "es"

    def num2words(self, number: int, **options: str) -> str:
        """Return the words of num2words; "uno" becomes "un" before "mil" and "millones"."""
        spoken = Romance.num2words(self, number, **options)
        return re.sub(r"\bveintiuno(?= mil)", "veintiún", re.sub(r"\buno(?= mil)", "un", spoken))

    def fraction(self, match: re.Match[str], written: str) -> str | None:
        """Return a fraction in words; before "partes" it is feminine: "tres cuartas partes"."""
        after, known = words_after(match), self.numbers["fractions"].get(written)
        if known and after and after[0] in ("parte", "partes") and not match["whole"]:
            known = known.replace("tercio", "tercero")
            return re.sub(r"o(s?)\Z", r"a\1", known.replace("un ", "una "))
        return super().fraction(match, written)

    def in_gender(self, spoken: str, gender: str) -> str:
        """Return number words in a gender: masculine "un" before a noun, feminine "una" and "doscientas"."""
        if gender == "m":
            return re.sub(r"\buno\Z", "un", re.sub(r"veintiuno\Z", "veintiún", spoken))
        if gender == "f":
            millions, mark, rest = spoken.rpartition("mill")
            return millions + mark + re.sub("uno\\Z", "una", re.sub("ientos", "ientas", rest))
        return spoken

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words: "undécimo", "decimotercero"."""
        spoken = Romance.num2words(self, number, to="ordinal")
        for wrong, right in _ORDINALS:
            spoken = re.sub(wrong, right, spoken)
        return re.sub(r"o\b", "a", spoken) if form.gender == "f" else spoken

    def ordinal_for_noun(self, value: int, form: Form, *, before_noun: bool) -> str:
        """Return an ordinal in words; before a masculine noun it is shortened: "primer", "tercer"."""
        spoken = self.ordinal(value, form)
        return re.sub(r"(primer|tercer)o\Z", r"\1", spoken) if before_noun and form.gender == "m" else spoken

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words; "primero" only if it is written as an ordinal."""
        return "primero" if day == 1 and match["mark"] else self.cardinal(day)

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days in words: "seis al ocho"."""
        return f"{self.cardinal(first)} al {self.cardinal(last)}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words ("dieciocho treinta"), with "horas" if it is written."""
        form = Form(gender="f")
        spoken = self.cardinal(hour, form)
        if minute and "mark" in match.re.groupindex and -1 < match.start("mark") < match.start("minute"):
            return f"{spoken} hora{'s' if hour != 1 else ''} {self.cardinal(minute)}"
        if minute:
            spoken += f" {'cero ' if minute < 10 else ''}{self.cardinal(minute)}"
        if not hour_word:
            return spoken
        return f"{spoken} hora{'s' if hour != 1 or minute else ''}"


def _half_day(language: Spanish, match: re.Match[str]) -> str | None:
    """Return "3:30 p. m." with the part of the day: "tres treinta de la tarde"; None if the hour is over 12."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not 1 <= hour <= 12:
        return None
    of_day = hour % 12 + (12 if match["half"] in "pP" else 0)
    spoken = language.clock(match, hour, minute, "")
    part = "del mediodía" if of_day == 12 else next(part for end, part in _DAY_PARTS if of_day < end)
    ends = not match.string[match.end() : match.end() + 3].strip() and match[0].endswith(".")
    return f"{spoken} {part}{'.' if ends else ''}"


def special_rules(language: Spanish) -> Iterator[Rule]:
    """Yield the rules of Spanish, which are tried before the shared ones."""
    yield Rule("and before i", ["&"], r"&(?=\s*(?:[iIíÍ]|[hH][iIíÍ](?!e)))", lambda match: "e")
    yield Rule(
        "half of the day",
        [DIGIT],
        r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?[ ]?(?P<half>[apAP])\.?[ ]?[mM](?:\.|\b)",
        partial(_half_day, language),
    )
