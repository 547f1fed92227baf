"""Data types for numbers as written, and for inflection: cases, genders and counted nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Form(NamedTuple):
    """The grammatical form of a number word: its case and its gender."""

    #: "n" nominative, "g" genitive, "d" dative, "a" accusative, "i" instrumental, "l" locative.
    case: str = "n"
    #: "m" masculine, "f" feminine, "n" neuter, "p" plural, "v" masculine personal (Polish: "pięciu żołnierzy"),
    #: "c" children (Polish: "dwoje dzieci"), "" a number that counts nothing in sight.
    gender: str = ""


#: The form of a number without a noun after it, as in a dictionary.
PLAIN = Form()


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that numbers count: a currency, a unit or a magnitude, with its gender and its forms."""

    gender: str
    #: One and many; in Slavic languages one, few, many, and the one that parts are of ("п'ять десятих гривні").
    forms: tuple[str, ...]

    @property
    def one(self) -> str:
        """The form after the number one."""
        return self.forms[0]

    @property
    def many(self) -> str:
        """The form after large numbers; in Slavic languages the genitive plural."""
        return self.forms[min(2, len(self.forms) - 1)]


def noun_of(text: str) -> Noun:
    """Parse a noun from a line of a data file: its gender, a space, and its forms separated by "|".

    A line that begins with a space has no gender.

    >>> noun_of("f libra|libras").many
    'libras'
    """
    gender, _, forms = text.partition(" ")
    return Noun(gender, tuple(forms.split("|")))


class Number(NamedTuple):
    """A parsed number: its whole part, and the digits after the decimal comma as text."""

    whole: int
    decimals: str = ""


#: Longer numbers are read digit by digit, because num2words raises an error for them in Portuguese.
LONGEST = 15


def number_pattern(grouping: str) -> str:
    """Return the pattern of a number with any character of *grouping* between its thousands.

    A point that does not separate thousands is a decimal point, because "4.5" is common in texts of every language.
    """
    marks = "".join(re.escape(mark) for mark in grouping)
    point = r"\.\d{1,2}(?!\d)" if "." in grouping else r"\.\d+"
    grouped = rf"\d{{1,3}}(?:[{marks}]\d{{3}}){{1,300}}(?!\d)|\d{{1,3}}(?:,\d{{3}}){{2,300}}(?!\d)"
    american = r"\d{1,3}(?:,\d{3}){1,300}\.\d{1,2}(?!\d)"
    # Python reads no number of more than 4,300 digits; the last rule says those figure by figure.
    return rf"(?:(?!\d{{1001}})(?:{american}|(?:{grouped}|\d+)(?:,\d+|{point})?))"


def read_number(text: str, grouping: str) -> Number:
    """Parse a number that matched `number_pattern`; *grouping* holds the characters between thousands.

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
