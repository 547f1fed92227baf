"""The base class of languages: number words, inflected nouns, dates, clock times and names of letters.

`Language` has two forms of a noun and two genders; language families and languages override its methods. Number words
come from num2words, which is imported when the first number is converted.
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


#: Aspect ratios of screens. They take the word of ratios even in languages that say scores without one.
_SCREENS = frozenset({(16, 9), (21, 9), (16, 10)})


class Language:
    """A language's data, from the TOML files of its pack, and the methods that the rules call to put numbers into
    words.
    """

    #: Name of the language in num2words.
    library = ""
    #: A lookahead pattern that must match after a unit.
    after_unit = r"(?![\w²³/'])"

    def __init__(self, tag: str, *packs: str) -> None:
        """Load the tables beside each module of *packs* (its `__file__`); later packs override earlier ones."""
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
        """The characters that may stand between thousands."""
        marks: str = self.numbers["grouping"]
        return marks

    @cached_property
    def number(self) -> str:
        """The regular expression of a number."""
        return number_pattern(self.grouping)

    @cached_property
    def percent(self) -> Noun:
        """The noun for percent."""
        return noun_of(self.numbers["percent"])

    @cached_property
    def months(self) -> dict[str, int]:
        """The months, 1 to 12, by every written form, in lower case and without a full stop."""
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
        """The names of the months in the form that dates use."""
        return tuple(forms.split()[0] for forms in self.calendar["months"])

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words in capitals that are pronounced as words."""
        return words(self.words["said"])

    @cached_property
    def spelled(self) -> frozenset[str]:
        """Words in capitals that are spelled although they could be pronounced."""
        return words(self.words["spelled"])

    @cached_property
    def openers(self) -> frozenset[str]:
        """Words that begin sentences, in lower case; a full stop before one ends a sentence, even after an
        abbreviation.
        """
        return words(self.words["openers"])

    # Numbers

    def num2words(self, number: int, **options: str) -> str:
        """Return what num2words makes of *number*, without the commas between groups; *options* are passed on."""
        return _library_words(self.library, number, tuple(options.items()))

    def cardinal(self, number: int, form: Form = PLAIN) -> str:
        """Return a cardinal number in words ("three"), in the case and gender of *form*."""
        if len(str(number)) > LONGEST:
            return self.digits(str(number))
        return self.num2words(number)

    def ordinal(self, number: int, form: Form = PLAIN) -> str:
        """Return an ordinal number in words ("third"), in the case and gender of *form*."""
        return self.num2words(number, to="ordinal")

    def is_ordinal(self, before: str, number: str, after: str) -> bool:
        """Return whether a number with a full stop, between the words *before* and *after*, is an ordinal.

        *after* begins with a capital. Days are ordinals in any case; they are among the pack's abbreviations.
        """
        return False

    def digits(self, text: str) -> str:
        """Return the digits of *text* in words, one by one; other characters are dropped."""
        return " ".join(self.cardinal(int(character)) for character in text if character.isdecimal())

    def figures(self, group: str) -> str:
        """Return one group of a telephone number in words."""
        return self.digits(group)

    def decimal(self, number: Number, form: Form = PLAIN) -> str:
        """Return a decimal number in words."""
        whole = self.cardinal(number.whole)
        return f"{whole} {self.numbers['comma']} {self.decimals(number.decimals)}"

    def decimals(self, digits: str) -> str:
        """Return the digits after the decimal comma in words: zeros, then the rest as one number; more than three
        digits one by one.
        """
        if len(digits) > 3 or self.numbers.get("decimals") == "digits":
            return self.digits(digits)
        zeros = len(digits) - len(digits.lstrip("0"))
        rest = [self.cardinal(int(digits))] if zeros < len(digits) else []
        return " ".join([self.cardinal(0)] * zeros + rest)

    def quantity(self, number: Number, form: Form = PLAIN) -> str:
        """Return a number in words, without a noun."""
        return self.decimal(number, form) if number.decimals else self.cardinal(number.whole, form)

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Return a number and its noun in words, in agreement with each other."""
        spoken = self.quantity(number, Form(form.case, noun.gender))
        return f"{spoken} {noun.one if self.is_one(number) else noun.many}"

    def fraction(self, match: re.Match[str], written: str) -> str | None:
        """Return a fraction ("3/4") in words if the table `fractions` has it; otherwise None."""
        known: str | None = self.numbers["fractions"].get(written)
        return known

    def half_of(self, match: re.Match[str], noun: Noun) -> str | None:
        """Return half of a unit in words; None if the table `part_of` has the words."""
        return None

    def one_of(self, noun: Noun) -> str:
        """Return the form of the noun after "per": "pro Quadratmeter"."""
        return noun.one

    def per(self, noun: Noun) -> str:
        """Return the denominator of a rate in words: "pro Kilogramm"."""
        return f"{self.numbers['per']} {self.one_of(noun)}"

    def is_one(self, number: Number) -> bool:
        """Return whether a noun after this number is in the singular."""
        return number.whole == 1 and not number.decimals

    def many_of(self, magnitude: str, noun: Noun) -> str:
        """Join a magnitude in words and the noun that it counts: "deux millions d'euros"."""
        return f"{magnitude} {noun.many}"

    def range(self, first: str, last: str, form: Form = PLAIN) -> str:
        """Return a range in words: *first*, the word for "to", *last*; both are in words already."""
        return f"{first} {self.numbers['to']} {last}"

    def range_form(self, form: Form) -> Form:
        """Return the form of the two ends of a range that as a whole has the form *form*."""
        return form

    def labelled(self, match: re.Match[str]) -> bool:
        """Return whether the word before a number is a label that the number belongs to: "№ 2", "ст. 21"."""
        return search_before(match, self._label) is not None

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """The pattern of the labels that stand before numbers."""
        forms = [form for key in self.words["before_number"] for form in key.split(", ")]
        return re.compile(rf"(?<!\w){choice(forms)}(?:[ ]?:)?\s*\Z")

    def form_of_word(self, match: re.Match[str], forms: list[str]) -> str:
        """Return the one of *forms* of an expanded abbreviation that the context asks for; languages without cases have
        only one.
        """
        return forms[0]

    def score(self, first: int, last: int) -> str:
        """Return the score of a match, or a ratio, in words."""
        word = self.numbers["ratio"] or (self.numbers["by"] if (first, last) in _SCREENS else "")
        return " ".join(filter(None, (self.cardinal(first), word, self.cardinal(last))))

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number by the words around the match."""
        return PLAIN

    # Years, dates, times

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words."""
        return self.cardinal(number)

    def is_year(self, match: re.Match[str]) -> bool:
        """Return whether four digits without a word of time are a year, in languages that say years otherwise than
        numbers.
        """
        return False

    def date_of(self, match: re.Match[str], days: str, month: int, year: int | None) -> str:
        """Return a date in words; *days* come from `day` or `days`, *month* counts from 1."""
        parts = [days, self.month_names[month - 1], *([] if year is None else [self.year(year)])]
        return str(self.calendar.get("date_separator", " ")).join(parts)

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words."""
        return self.cardinal(day)

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days of a date in words."""
        return self.range(self.day(first, match), self.day(last, match))

    def clock(self, match: re.Match[str], hour: int, minute: int | None, marked: str) -> str | None:
        """Return a time of day in words, or None if it is not one; *marked* is the written word or letter for the hour,
        or "".
        """
        raise NotImplementedError(self.tag)

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], marked: str) -> str | None:
        """Return a range of times of day in words, or None; *first* and *last* are hour and minute."""
        times = [self.clock(match, hour, minute, marked) for hour, minute in (first, last)]
        return self.range(times[0], times[1]) if times[0] and times[1] else None

    # Words

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return a Roman numeral of *value* in words if the words around it show that it is one; otherwise None."""
        return None

    def prefix_form(self, number: int) -> str | None:
        """Return a number as the first part of a word ("10-jährig"); None if the language makes no such words."""
        return None

    def lower(self, word: str) -> str:
        """Return a word in lower case."""
        return word.lower()

    def spell(self, letters: str) -> str:
        """Return the names of the letters; a letter without a name stays as it is."""
        names: dict[str, str] = self.words["letters"]
        return " ".join(names.get(letter.upper(), letter) for letter in letters)


@lru_cache(maxsize=4096)
def _library_words(language: str, number: int, options: tuple[tuple[str, str], ...]) -> str:
    """Return what num2words makes of *number*; results are cached, because num2words is slow."""
    from num2words import num2words

    spoken: str = num2words(number, lang=language, **dict(options))
    return spoken.replace(",", "")


def _lay_over(table: dict[str, Any], other: dict[str, Any]) -> None:
    """Merge *other* into *table*, nested tables key by key. *other* is shared with other packs and is not changed."""
    for key, value in other.items():
        if isinstance(value, dict):
            _lay_over(table.setdefault(key, {}), value)
        else:
            table[key] = value
