"""A language as its pack knows it: number words, nouns that agree, dates, clock times, letters.

`Language` is the plain case, with two forms of a noun and two genders; a family or a language overrides what it does
otherwise. Number words come from num2words, which is loaded with the first number that is said.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.european.forms import LONGEST, PLAIN, Form, Noun, Number, noun_of, number_pattern
from audiogen.narration.patterns import choice, search_before

#: Names of the data files of a pack.
TABLES = ("numbers", "calendar", "words")


#: Shapes of screens, which are ratios where scores have no word between their numbers.
_SCREENS = frozenset({(16, 9), (21, 9), (16, 10)})


class Language:
    """What the rules must know of a language; data from the TOML files beside the pack."""

    #: Name of the language in num2words.
    library = ""
    #: What may not follow a unit, as a pattern.
    after_unit = r"(?![\w²³/'])"

    def __init__(self, tag: str, *packs: str) -> None:
        """Load the tables beside each module of *packs* (its `__file__`), the later over the earlier."""
        self.tag = tag
        self.numbers: dict[str, Any] = {}
        self.calendar: dict[str, Any] = {}
        self.words: dict[str, Any] = {}
        for pack in packs:
            for name in TABLES:
                if (Path(pack).parent / f"{name}.toml").exists():
                    _lay_over(getattr(self, name), load_table(pack, f"{name}.toml"))

    # Data

    @property
    def grouping(self) -> str:
        """Marks between thousands."""
        marks: str = self.numbers["grouping"]
        return marks

    @cached_property
    def number(self) -> str:
        """The pattern of a number."""
        return number_pattern(self.grouping)

    @cached_property
    def percent(self) -> Noun:
        """The noun for a hundredth."""
        return noun_of(self.numbers["percent"])

    @cached_property
    def months(self) -> dict[str, int]:
        """Months, 1 to 12, by every form they are written in, in lower case and without a full stop."""
        return {form: month for month, forms in enumerate(self.calendar["months"], start=1) for form in forms.split()}

    @cached_property
    def month_abbreviations(self) -> frozenset[str]:
        """The forms of `months` that another form of the month begins with: "dez"."""
        forms = [months.split() for months in self.calendar["months"]]
        return frozenset(
            form
            for month in forms
            for form in month
            if any(form != other and other.startswith(form) for other in month)
        )

    @cached_property
    def month_names(self) -> tuple[str, ...]:
        """Months as they stand in a date."""
        return tuple(forms.split()[0] for forms in self.calendar["months"])

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words in capitals that are said as words."""
        return words(self.words["said"])

    @cached_property
    def spelled(self) -> frozenset[str]:
        """Words in capitals that are spelled though they could be said."""
        return words(self.words["spelled"])

    @cached_property
    def openers(self) -> frozenset[str]:
        """Words that open a sentence, in lower case: after an abbreviation they tell that one ended."""
        return words(self.words["openers"])

    # Numbers

    def num2words(self, number: int, **options: str) -> str:
        """Ask the library; commas between the groups of a number are left out."""
        return _library_words(self.library, number, tuple(options.items()))

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Say how many."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        return self.num2words(number)

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Say which one."""
        return self.num2words(number, to="ordinal")

    def is_ordinal(self, before: str, number: str, after: str) -> bool:
        """Return whether a number with a full stop, between the words *before* and *after*, is an ordinal.

        *after* begins with a capital. Days are ordinals in any case; they are among the pack's abbreviations.
        """
        return False

    def digits(self, text: str) -> str:
        """Say digit by digit; what is no digit is left out."""
        return " ".join(self.cardinal(int(character)) for character in text if character.isdecimal())

    def figures(self, group: str) -> str:
        """Say a group of a telephone number."""
        return self.digits(group)

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Say a number with what is after its comma."""
        whole = self.cardinal(number.whole)
        return f"{whole} {self.numbers['comma']} {self.decimals(number.decimals)}"

    def decimals(self, digits: str) -> str:
        """Say the digits after a comma: as a number after its zeros, or one by one where there are many."""
        if len(digits) > 3 or self.numbers.get("decimals") == "digits":
            return self.digits(digits)
        zeros = len(digits) - len(digits.lstrip("0"))
        rest = [self.cardinal(int(digits))] if zeros < len(digits) else []
        return " ".join([self.cardinal(0)] * zeros + rest)

    def quantity(self, number: Number, form: Form = PLAIN) -> str:
        """Say a number that counts nothing in sight."""
        return self.decimal(number, form) if number.decimals else self.cardinal(number.whole, form)

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Say a number and what it counts, in agreement."""
        spoken = self.quantity(number, Form(form.case, noun.gender))
        return f"{spoken} {noun.one if self.is_one(number) else noun.many}"

    def fraction(self, match: re.Match[str], written: str) -> str | None:
        """Say a fraction that the table knows ("3/4")."""
        known: str | None = self.numbers["fractions"].get(written)
        return known

    def half_of(self, match: re.Match[str], noun: Noun) -> str | None:
        """Say half of one of a unit; None if the table `part_of` tells how."""
        return None

    def one_of(self, noun: Noun) -> str:
        """Say what something is measured by one of: "pro Quadratmeter"."""
        return noun.one

    def per(self, noun: Noun) -> str:
        """Say what stands after the slash of a rate: "pro Kilogramm"."""
        return f"{self.numbers['per']} {self.one_of(noun)}"

    def is_one(self, number: Number) -> bool:
        """Return whether what is counted stands in the singular."""
        return number.whole == 1 and not number.decimals

    def many_of(self, magnitude: str, noun: Noun) -> str:
        """Join a magnitude in words and what it counts: "deux millions d'euros"."""
        return f"{magnitude} {noun.many}"

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Say from one number to the other."""
        return f"{first} {self.numbers['to']} {last}"

    def range_form(self, form: Form) -> Form:
        """Tell in which form the ends of a range stand, where the whole stands in *form*."""
        return form

    def labelled(self, match: re.Match[str]) -> bool:
        """Return whether a number only names what it stands after: "№ 2", "ст. 21"."""
        return search_before(match, self._label) is not None

    @cached_property
    def _label(self) -> re.Pattern[str]:
        forms = [form for key in self.words["before_number"] for form in key.split(", ")]
        return re.compile(rf"(?<!\w){choice(forms)}(?:[ ]?:)?\s*\Z")

    def form_of_word(self, match: re.Match[str], forms: list[str]) -> str:
        """Choose the form of a word that is written short; only languages with cases have more than one."""
        return forms[0]

    def score(self, first: int, last: int) -> str:
        """Say the score of a match or a ratio."""
        word = self.numbers["ratio"] or (self.numbers["by"] if (first, last) in _SCREENS else "")
        return " ".join(filter(None, (self.cardinal(first), word, self.cardinal(last))))

    def context(self, match: re.Match[str], number: int) -> Form:
        """Read from the words around a number in which form it stands."""
        return PLAIN

    # Years, dates, times

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Say a year."""
        return self.cardinal(number)

    def is_year(self, match: re.Match[str]) -> bool:
        """Return whether four digits, where no word says so, are a year that is said unlike a number."""
        return False

    def date_of(self, match: re.Match[str], days: str, month: int, year: int | None) -> str:
        """Say a date: its day or days as said by `day` or `days`, the month from 1."""
        parts = [days, self.month_names[month - 1], *([] if year is None else [self.year(year)])]
        return str(self.calendar.get("date_separator", " ")).join(parts)

    def day(self, day: int, match: re.Match[str]) -> str:
        """Say the day of a date."""
        return self.cardinal(day)

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Say the days from first to last of a date."""
        return self.range(self.day(first, match), self.day(last, match))

    def clock(self, match: re.Match[str], hour: int, minute: int | None, marked: str) -> str | None:
        """Say a time of day; *marked* is the written word or letter for the hour, if there is one."""
        raise NotImplementedError(self.tag)

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], marked: str) -> str | None:
        """Say from one time of day to another; each is hour and minute."""
        times = [self.clock(match, hour, minute, marked) for hour, minute in (first, last)]
        return self.range(times[0], times[1]) if times[0] and times[1] else None

    # Words

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Say a Roman numeral where the words around it tell that it is one."""
        return None

    def prefix_form(self, number: int) -> str | None:
        """Say the number that begins a word ("10-jährig"), or None if the language makes no such words."""
        return None

    def lower(self, word: str) -> str:
        """Write a word in small letters."""
        return word.lower()

    def spell(self, letters: str) -> str:
        """Name the letters; one without a name stands for itself."""
        names: dict[str, str] = self.words["letters"]
        return " ".join(names.get(letter.upper(), letter) for letter in letters)


@lru_cache(maxsize=4096)
def _library_words(language: str, number: int, options: tuple[tuple[str, str], ...]) -> str:
    """Ask num2words, which is slow to load and to speak, and remember what it said."""
    from num2words import num2words

    spoken: str = num2words(number, lang=language, **dict(options))
    return spoken.replace(",", "")


def _lay_over(table: dict[str, Any], other: dict[str, Any]) -> None:
    """Lay *other* over *table*, table by table; what was loaded is shared with other packs, and stays as it is."""
    for key, value in other.items():
        if isinstance(value, dict):
            _lay_over(table.setdefault(key, {}), value)
        else:
            table[key] = value
