"""French: ordinals with "er" and "e", rulers' numerals, hours."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.parts import spread, stop_after, words_after
from audiogen.narration.languages.european.romance import Romance
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


class French(Romance):
    """The number words, dates and clock times of French."""

    library = "fr"

    def in_gender(self, spoken: str, gender: str) -> str:
        """Return number words in a gender: the feminine of "un" is "une", as in "vingt et une"."""
        return re.sub(r"\bun\Z", "une", spoken) if gender == "f" else spoken

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal in words.

        Only "premier" has a feminine. num2words keeps the plural -s of "cents" and "vingts", which is removed.
        """
        if number == 1:
            return "première" if form.gender == "f" else "premier"
        return re.sub(r"(?<=cent|ingt)s(?=ième)", "", self.num2words(number, to="ordinal"))

    def figures(self, group: str) -> str:
        """Return a pair of digits as a number, one with a leading zero digit by digit: "zéro un"."""
        return self.cardinal(int(group)) if len(group) == 2 and group[0] != "0" else self.digits(group)

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words; only the first is an ordinal."""
        return "premier" if day == 1 else self.cardinal(day)

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days in words: "six au huit"."""
        return f"{self.day(first, match)} au {self.day(last, match)}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "dix-huit heures trente"."""
        spoken = f"{self.cardinal(hour, Form(gender='f'))} heure{'s' if hour > 1 else ''}"
        return f"{spoken} {self.cardinal(minute)}" if minute else spoken

    def ruler(self, value: int, gender: str) -> str:
        """Return a ruler's number in words, a cardinal: "Louis quatorze"."""
        return self.cardinal(value)

    def numbered(self, value: int, gender: str) -> str:
        """Return the number of a chapter in words: "premier", otherwise a cardinal."""
        return "premier" if value == 1 else self.cardinal(value)


def _ordinal(language: French, match: re.Match[str]) -> str | None:
    """Return "1er", "2e", "XXIe" or "Ier" as an ordinal; None if it is another word."""
    value = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not value:
        return None
    mark = match["mark"].rstrip("s")
    spoken = {"nd": "second", "d": "second", "nde": "seconde", "de": "seconde"}.get(mark)
    if spoken is None:
        spoken = language.ordinal(value, Form(gender="f" if mark in ("re", "ère") else "m"))
    return spoken + ("s" if match["mark"].endswith("s") else "")


def _rate(language: French, match: re.Match[str]) -> str:
    """Return "24h/24" and "7j/7" in words."""
    number, noun = int(match["number"]), "heures" if match["letter"] == "h" else "jours"
    return f"{language.cardinal(number)} {noun} sur {language.cardinal(int(match['of']))}"


def _part(language: French, match: re.Match[str]) -> str:
    """Return a fraction such as "1/10e" in words."""
    part = int(match["part"])
    return f"{language.cardinal(part)} {language.ordinal(int(match['whole']))}{'s' if part > 1 else ''}"


def _elided_one(language: French, match: re.Match[str]) -> str | None:
    """Return "de 1 million" as "d'un million"; None before a unit, or if the next word is not a noun."""
    gender = language.context(match, 1).gender
    unit = words_after(match)[0] in spread(language.numbers["units"])
    return f"{match['of'][0]}'{language.cardinal(1, Form(gender=gender))}" if gender and not unit else None


def _article(language: French, match: re.Match[str]) -> str:
    """Return the number of an article with a point, "49.3", as two numbers."""
    return f"{language.cardinal(int(match['article']))} {language.cardinal(int(match['part']))}"


def _half(language: French, match: re.Match[str]) -> str | None:
    """Return "1/2 litre" as "un demi-litre", in the gender of the noun; None if it is not a noun."""
    gender = language.gender_of(match["noun"])
    return f"{language.cardinal(1, Form(gender=gender))} demi-{match['noun']}" if gender else None


def _century(match: re.Match[str]) -> str:
    """Return "siècle" or "siècles" for "s." in "XIXe s." and "XVe-XVIe s."."""
    return ("siècles" if search_before(match, _CENTURIES) else "siècle") + stop_after(match)


_CENTURIES = re.compile(r"[IVX]+(?:e|er)(?:[ ]?[-–/][ ]?|[ ](?:et|ou|au|-|–)[ ])[IVX]+e[ ]\Z")


def special_rules(language: French) -> Iterator[Rule]:
    """Yield the rules of French, which are tried before the shared ones."""
    half = r"(?<!\d[ ])(?:1/2|½)[ ](?P<noun>[^\W\d_]{4,})"
    yield Rule("half of a noun", [DIGIT, "½"], half, partial(_half, language))
    yield Rule("century", ["s"], r"(?:(?<=[IVX]e[ ])|(?<=Ier[ ]))s\.(?!\w)", _century)
    yield Rule("elided one", ["de"], r"(?P<of>[dD]e)[ ]1(?=[ ][^\W\d_])", partial(_elided_one, language))
    article = r"(?<=rticle[ ])(?P<article>\d{1,4})[.-](?P<part>\d{1,3})(?!\d|[.,]\d)"
    yield Rule("article", [DIGIT], article, partial(_article, language))
    rate = r"(?P<number>24|7)[ ]?(?P<letter>[hj])(?:eures|ours)?[ ]?/[ ]?(?P<of>24|7)(?!\d)"
    yield Rule("rate", [DIGIT], rate, partial(_rate, language))
    yield Rule("part", [DIGIT], r"(?P<part>\d{1,2})/(?P<whole>\d{1,4})e(?!\w)", partial(_part, language))


def ordinal_rules(language: French) -> Iterator[Rule]:
    """Yield the rules for ordinals in figures and in Roman numerals."""
    mark = r"(?P<mark>(?:er|ers|re|res|ère|ères|e|es|è|ème|èmes|ième|nd|nde|d|de)(?!\w))"
    number = r"(?P<number>\d{1,4}|[IVX]|[IVXLC]{2,})"
    # Capital and small letters alone look like a plain word, which is no trigger unless it is listed.
    plain = [f"{numeral}{ending}" for numeral in "ivx" for ending in ("e", "er", "re", "ère", "ème", "è")]
    yield Rule("ordinal", [DIGIT, WORD, *plain], rf"{number}{mark}", partial(_ordinal, language))
    # As an ordinal, "quatre-vingt" has no plural.
    decade = r"(?<=nnées[ ])(?:1\d)?80(?!\d|[.,]\d)"
    yield Rule("decade", [DIGIT], decade, lambda match: language.cardinal(int(match[0])).removesuffix("s"))
