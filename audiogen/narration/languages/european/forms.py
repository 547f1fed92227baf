"""Numbers as written, and what a language needs to inflect: cases, genders, counted nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Form(NamedTuple):
    """The form in which a number word stands."""

    #: "n" nominative, "g" genitive, "d" dative, "a" accusative, "i" instrumental, "l" locative.
    case: str = "n"
    #: "m" masculine, "f" feminine, "n" neuter, "p" plural, "v" masculine personal (Polish: "pięciu żołnierzy"),
    #: "c" children (Polish: "dwoje dzieci"), "" a number that counts nothing in sight.
    gender: str = ""


#: A number that counts nothing in sight, as it stands in a dictionary.
PLAIN = Form()


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted: a currency, a unit, a magnitude."""

    gender: str
    #: One and many; in Slavic languages one, few, many, and the one that parts are of ("п'ять десятих гривні").
    forms: tuple[str, ...]

    @property
    def one(self) -> str:
        """The form after one."""
        return self.forms[0]

    @property
    def many(self) -> str:
        """The form after many: the genitive plural of Slavic languages."""
        return self.forms[min(2, len(self.forms) - 1)]


def noun_of(text: str) -> Noun:
    """Read a noun from its line in a data file: gender, then its forms; one that begins with a space has no gender.

    >>> noun_of("f libra|libras").many
    'libras'
    """
    gender, _, forms = text.partition(" ")
    return Noun(gender, tuple(forms.split("|")))


class Number(NamedTuple):
    """A number as written: its whole part, and the digits after the comma."""

    whole: int
    decimals: str = ""


#: More digits than these are said one by one: num2words knows no Portuguese beyond.
LONGEST = 15


def number_pattern(grouping: str) -> str:
    """Make the pattern of a number whose thousands are parted by any mark of *grouping*.

    A point that does not part thousands is a decimal one: programmers and agencies write "4.5" in every language.
    """
    marks = "".join(re.escape(mark) for mark in grouping)
    point = r"\.\d{1,2}(?!\d)" if "." in grouping else r"\.\d+"
    grouped = rf"\d{{1,3}}(?:[{marks}]\d{{3}})+(?!\d)|\d{{1,3}}(?:,\d{{3}}){{2,}}(?!\d)"
    american = r"\d{1,3}(?:,\d{3})+\.\d{1,2}(?!\d)"
    return rf"(?:{american}|(?:{grouped}|\d+)(?:,\d+|{point})?)"


def read_number(text: str, grouping: str) -> Number:
    """Read a number that matched `number_pattern`.

    >>> read_number("1.200,50", ". "), read_number("1.200", ". "), read_number("4.5", " ")
    (Number(whole=1200, decimals='50'), Number(whole=1200, decimals=''), Number(whole=4, decimals='5'))
    """
    if text.count(",") > 1 or re.fullmatch(r"\d{1,3},\d{3}\.\d{1,2}", text):
        text = text.replace(",", "")
    if "." in grouping:
        text = re.sub(r"\.(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"[^\d,.]", "", text)
    whole, _, decimals = text.replace(",", ".").partition(".")
    return Number(int(whole or 0), decimals)
