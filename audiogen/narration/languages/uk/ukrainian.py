"""Ukrainian: endings of ordinals, corrections of num2words' cases, clock times."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.parts import stop_after, word_before
from audiogen.narration.languages.european.slavic import CASES, Slavic
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

_NAMES = dict(zip(CASES, ("nominative", "genitive", "dative", "nominative", "instrumental", "locative"), strict=True))
#: Corrections of num2words by case: "двохсот", "дев'яноста", "п'ятьма мільйонами".
_CORRECTIONS = {
    "g": ((r"(?<=х)ста\b", "сот"), (r"иста\b", "исот"), (r"(тися)чами?\b", r"\1ч")),
    "l": ((r"\bстах\b", "ста"),),
    "i": ((r"\b(сорок|дев'яност|ст)ами\b", r"\1а"), (r"(мільйон|мільярд|трильйон)ів\b", r"\1ами")),
}
#: Endings of verbs, pronouns and particles, after which a century is in the nominative.
_NO_NOUNS = ("ло", "ла", "лося", "ється", "ться", "це", "і", "й", "та", "а", "що", "як", "вже", "уже", "наше")
#: Endings of ordinals by gender, in the order of the cases; hard, and soft for "третій".
_HARD = {
    "m": "ий ого ому ий им ому",
    "n": "е ого ому е им ому",
    "f": "а ої ій у ою ій",
    "p": "і их им і ими их",
}
_SOFT = {
    "m": "ій ього ьому ій ім ьому",
    "n": "є ього ьому є ім ьому",
    "f": "я ьої ій ю ьою ій",
    "p": "і іх ім і іми іх",
}


class Ukrainian(Slavic):
    """The number words, dates and clock times of Ukrainian."""

    library = "uk"
    prefix_changes = (
        (r"одного\Z", "одно"),
        (r"двох\Z", "дво"),
        (r"трьох\Z", "три"),
        (r"чотирьох\Z", "чотири"),
        (r"дев'яноста", "дев'яносто"),
        (r"(?<!\w)ста", "сто"),
    )

    @cached_property
    def known_nouns(self) -> frozenset[str]:
        """Feminine nouns in the plural."""
        return words(load_table(__file__, "nouns.toml")["feminine"])

    @cached_property
    def _feminine_endings(self) -> tuple[str, ...]:
        """Endings of feminine nouns in the plural."""
        return tuple(load_table(__file__, "nouns.toml")["feminine_endings"].split())

    def inflected(self, number: int, form: Form) -> str:
        """Return a number in words in a case and gender, with num2words' errors corrected."""
        case, gender = form
        spoken = self.num2words(number, case=_NAMES[case], gender="feminine" if gender == "f" else "masculine")
        for wrong, right in _CORRECTIONS.get(case, ()):
            spoken = re.sub(wrong, right, spoken)
        spoken = re.sub(r"\bтисячи\b", "тисячі", spoken)
        spoken = re.sub(r"^одн(?:а|ієї|ій|ією|ою) (?=тисяч)", "", spoken)
        if case == "a":
            spoken = re.sub(r"\bодна(?= тисяча\b)", "одну", spoken).replace("тисяча", "тисячу")
        if not number:
            return "нул" + {"g": "я", "d": "ю", "i": "ем", "l": "і"}.get(case, "ь")
        if gender == "n" and case in "na":
            spoken = re.sub(r"\bодин\Z", "одне", spoken)
        if gender == "f":
            spoken = _feminine_one(spoken, case)
        return spoken

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words, its last word in the case and gender of *form*."""
        spoken = re.sub(r"^одна (?=тисяча)", "", self.num2words(number, to="ordinal"))
        stem, endings = (spoken[:-2], _SOFT) if spoken.endswith("третій") else (spoken[:-2], _HARD)
        return stem + endings[form.gender or "m"].split()[CASES.index(form.case)]

    def gender_of(self, noun: str, number: int) -> str:
        """Return the gender of a noun after two by list and ending."""
        if noun in self.counted_together:
            return "c"
        return "f" if noun in self.known_nouns or noun.endswith(self._feminine_endings) else "m"

    def form_of(self, match: Match[str], text: str) -> Form:
        """Parse a form; if nominative and genitive are alike, it is the genitive after a noun: "кінця XVI століття"."""
        form, before = Slavic.form_of(self, match, text), word_before(match)
        is_genitive = form.case == "n" and text.startswith("ng") and before and not before.endswith(_NO_NOUNS)
        return Form("g", form.gender) if is_genitive else form

    def clock(self, match: Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words ("о вісімнадцятій тридцять"); a full hour with the word for hour."""
        before = word_before(match)
        case = {"о": "l", "об": "l", "на": "a", "за": "a"}.get(before, self.governed(before))
        if case == "?":
            case = "g"
        spoken = self.ordinal(hour, Form(case, "f")) if hour else {"l": "нуль", "g": "нуль"}.get(case, "нуль")
        if minute:
            return f"{spoken} {'нуль ' if minute < 10 else ''}{self.cardinal(minute, Form(gender='f'))}"
        word = {"l": "годині", "d": "годині", "g": "години", "a": "годину", "i": "годиною"}.get(case, "година")
        return f"{spoken} {word if hour else 'годин'}"

    def hour_from(self, hour: int, minute: int) -> str:
        """Return the time at which something begins or ends in words, in the genitive."""
        spoken = self.ordinal(hour, Form("g", "f"))
        return (
            f"{spoken} {'нуль ' if minute < 10 else ''}{self.cardinal(minute, Form(gender='f'))}" if minute else spoken
        )


def _feminine_one(spoken: str, case: str) -> str:
    """Return number words with a feminine final "one".

    num2words leaves it masculine in all cases but the nominative.
    """
    form = {"a": "одну", "g": "однієї", "d": "одній", "l": "одній", "i": "однією"}.get(case)
    return re.sub(r"\bодн(?:ого|ому|им|а)\Z", form, spoken) if form else spoken


def _at_hour(language: Ukrainian, match: Match[str]) -> str | None:
    """Return "о 18 год. 30 хв." in words, in the case of a time."""
    minute = int(match["minute"] or 0)
    spoken = language.clock(match, int(match["hour"]), None, "год") or ""
    if minute:
        form = ("хвилина", "хвилини", "хвилин")[language.plural(minute)]
        spoken += f" {language.cardinal(minute, Form(gender='f'))} {form}"
    return spoken + stop_after(match, language.openers)


def _so_called(language: Ukrainian, match: Match[str]) -> str:
    """Return "т. зв." in full, in agreement with its noun."""
    form = language.singular(language.prepositions.get(word_before(match), "n"), match["noun"].lower())
    ending = _HARD[form.gender or "m"].split()[CASES.index(form.case)]
    return f"{'Так' if match[0][0] == 'Т' else 'так'} зван{ending}"


def special_rules(language: Ukrainian) -> Iterator[Rule]:
    """Yield the rules of Ukrainian, which are tried before the shared ones."""
    so_called = r"[Тт]\.[ ]?зв\.(?=[ ]\"?(?P<noun>[^\W\d_]+))"
    yield Rule("so-called", ["т"], so_called, partial(_so_called, language))
    at_hour = (
        r"(?:(?<=\b[оО][ ])|(?<=\b[оО]б[ ]))(?P<hour>1?\d|2[0-4])[ ]?год\b\.?(?:[ ](?P<minute>[0-5]?\d)[ ]?хв\b\.?)?"
    )
    yield Rule("hour and minute", [DIGIT], at_hour, partial(_at_hour, language))
