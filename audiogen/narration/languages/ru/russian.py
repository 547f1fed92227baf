"""Russian: cases of number words, gender by the noun's ending, clock times such as "восемнадцать тридцать"."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form, Noun
from audiogen.narration.languages.european.parts import word_before
from audiogen.narration.languages.european.slavic import Slavic
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

#: num2words' names of the cases; the accusative of numbers of inanimate things is the nominative.
_CASES = {"n": "n", "g": "g", "d": "d", "a": "n", "i": "i", "l": "p"}


class Russian(Slavic):
    """The number words, dates and clock times of Russian."""

    library = "ru"
    prefix_changes = ((r"одного\Z", "одно"), (r"девяноста", "девяносто"), (r"(?<!\w)ста", "сто"))

    def half(self, noun: str) -> str:
        """Return "half" and *noun* as one word, with a hyphen before a vowel or "л": "пол-литра", "полстакана"."""
        return f"пол{'-' if noun[0] in 'аеёиоуыэюял' else ''}{noun}"

    def half_of(self, match: Match[str], noun: Noun) -> str:
        """Return half of a unit in words: "пол-литра", "половина столовой ложки"."""
        one = noun.forms[3]
        return f"половина {one}" if " " in one else self.half(one)

    def inflected(self, number: int, form: Form) -> str:
        """Return a number in words in a case and gender; one thousand is said without "one"."""
        gender = form.gender if form.gender in "mfn" and form.gender else "m"
        millions = number - number % 1_000_000
        # The library gives the millions the gender of what is counted.
        spoken = self.num2words(millions, case=_CASES[form.case], gender="m") if millions else ""
        if number % 1_000_000 or not number:
            spoken = f"{spoken} {self.num2words(number % 1_000_000, case=_CASES[form.case], gender=gender)}".lstrip()
        if form.case == "a":
            spoken = re.sub(r"\bодна(?= тысяча\b|\Z)", "одну", spoken).replace("тысяча", "тысячу")
        return re.sub(r"^одн\w+ (?=тысяч)", "", spoken)

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words in a case and gender; the feminine accusative has its own form."""
        case = "a" if form.case == "a" and form.gender == "f" else _CASES[form.case]
        options = {"plural": "True"} if form.gender == "p" else {"gender": form.gender or "m"}
        spoken = self.num2words(number, to="ordinal", case=case, **options)
        return re.sub(r"^одна (?=тысяча)", "", spoken)

    def gender_of(self, noun: str, number: int) -> str:
        """Return the gender of a noun after two by its genitive."""
        if noun in self.counted_together:
            return "c"
        return "f" if noun.endswith(("ы", "и")) and noun not in ("пути", "времени", "имени") else "m"

    def noun_form_of_hour(self, hour: int, case: str) -> str:
        """Return the word for hour after *hour*, in the genitive or nominative."""
        if case == "g":
            return "часа" if self.plural(hour) == 0 else "часов"
        return ("час", "часа", "часов")[self.plural(hour)]

    def clock(self, match: Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "в восемнадцать тридцать", "до восемнадцати тридцати", "к девяти часам"."""
        case = self.governed(word_before(match))
        case = {"?": "g" if word_before(match) in ("с", "со") else "n", "a": "n"}.get(case, case)
        spoken = self.cardinal(hour, Form(case))
        if minute:
            return f"{spoken} {'ноль ' if minute < 10 else ''}{self.cardinal(minute, Form(case))}"
        return f"{spoken} {'часам' if case == 'd' else self.noun_form_of_hour(hour, case)}"

    def hour_from(self, hour: int, minute: int) -> str:
        """Return the time at which something begins or ends in words, in the genitive."""
        spoken = self.cardinal(hour, Form("g"))
        return f"{spoken} {self.cardinal(minute, Form('g'))}" if minute else spoken


def _half(language: Russian, match: Match[str]) -> str | None:
    """Return "1/2 литра" or "½ стакана" as one word; None where a preposition asks for another case of "половина"."""
    return language.half(match["noun"]) if language.prepositions.get(word_before(match), "n") in "na?" else None


def _so_called(language: Russian, match: Match[str]) -> str:
    """Return "т. н." in full, in agreement with its noun; the adjective has the endings of an ordinal."""
    form = language.singular(language.prepositions.get(word_before(match), "n"), match["noun"].lower())
    spoken = "называем" + language.ordinal(1, form)[4:]
    return f"{'Так' if match[0][0] == 'Т' else 'так'} {spoken}"


def special_rules(language: Russian) -> Iterator[Rule]:
    """Yield the rules of Russian, which are tried before the shared ones."""
    half = r"(?<!\d[ ])(?:1/2|½)[ ](?P<noun>[а-яё]{3,})(?!\w)"
    yield Rule("half of a noun", [DIGIT, "½"], half, partial(_half, language))
    so_called = r"[Тт]\.[ ]?н\.(?=[ ]\"?(?P<noun>[^\W\d_]+))"
    yield Rule("so-called", ["т"], so_called, partial(_so_called, language))
