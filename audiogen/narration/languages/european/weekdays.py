"""Rules that expand abbreviated days of the week: "Mo.–Fr.", "lun. fermé", "ma t/m vr", "Sa 10–14 Uhr".

The calendar's `weekdays` has a line for each day: its spoken name, then its abbreviations (one in lower case also
matches with a capital). Many abbreviations are also words. So these rules expand a series of days ("Mo.–Fr.") only if
it has a full stop, if each abbreviation has three letters or more, or if hours, a date or a word for opening and
closing follow. They expand a single day only before such a word, hours or a date.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.parts import TO, first_words, stop_after, word_before
from audiogen.narration.patterns import choice, search_before
from audiogen.narration.rewriting import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.languages.european.language import Language

#: Minimum length, in letters, of abbreviations that need no other evidence in a range of days.
_SURE = 3
#: A time of day or a range of hours, a short word before it: "kl. 9–17", "von 9 bis", "9h".
_HOURS = r"[ :,]{1,3}(?:[^\W\d_]{1,7}\.?[ ])?\d{1,2}(?:[:.h]\d\d|[ ]?h(?!\w)|[ ]?[-–—][ ]?\d|[ ][^\W\d_]{1,4}[ ]\d)"
#: What stands before the first word of a clause.
_BEGINS = re.compile(r"(?:\A|[,;:(|/–—.\n]\s*)\Z")


class Weekdays:
    """The abbreviated days of one language, and the callbacks that expand them."""

    def __init__(self, language: Language) -> None:
        """Read the names and abbreviations from the calendar of *language*."""
        self.language = language
        calendar = language.calendar
        days = [day.split() for day in calendar["weekdays"]]
        forms = {form: index for index, (_, *short) in enumerate(days) for form in short}
        #: Number of the day, from 0, by abbreviation.
        self.indexes = forms | {form[0].upper() + form[1:]: index for form, index in forms.items()}
        self.names = [day[0] for day in days]
        self.first = calendar.get("weekdays_from", " ".join(self.names)).split()
        self.last = calendar.get("weekdays_until", " ".join(self.names)).split()
        self.objects = calendar.get("weekdays_object", " ".join(self.names)).split()
        self.template: str = calendar["weekday_range"]
        self.conjunctions = choice(calendar["weekday_conjunctions"].split(", "))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Abbreviations that are not also words, so a full stop after one may belong to it."""
        known = self.language.calendar["weekday_words"].split()
        return frozenset(form for form in self.indexes if form.lower() not in known and len(form) > 1)

    @cached_property
    def day(self) -> str:
        """The pattern of one abbreviation, with or without its full stop."""
        return rf"(?:{choice(self.indexes)})(?!\w)\.?"

    @cached_property
    def _tokens(self) -> re.Pattern[str]:
        """The pattern of the tokens of a series: a day, a comma, or a dash or word between two days."""
        return re.compile(
            rf"(?P<day>{choice(self.indexes)})(?!\w)\.?|(?P<comma>,)|(?P<to>{TO}|[^\W\d_/]+(?:/\w)?)", re.VERBOSE
        )

    @cached_property
    def _follows(self) -> re.Pattern[str]:
        """The pattern of the evidence for days: hours, a date, or a word for opening or closing after them."""
        calendar = self.language.calendar
        months = choice(sorted({*self.language.months, *(name.lower() for name in self.language.month_names)}))
        date = rf"[ ,]{{1,2}}\d{{1,2}}\.?[ ](?:de[ ])?(?i:{months})(?!\w)"
        followers = rf",?[ ](?:[–—-][ ])?{choice(calendar['weekday_followers'].split())}(?!\w)"
        return re.compile(rf"(?:{_HOURS}|{date}|(?P<follower>{followers}))", re.VERBOSE)

    def is_followed(self, match: re.Match[str]) -> bool:
        """Return whether hours, a date, or a word for opening or closing follows the match."""
        return self._follows.match(match.string, match.end()) is not None

    def single(self, match: re.Match[str]) -> str | None:
        """Return the full name of a single day; None if the abbreviation may be another word."""
        text, form = match.string, match[0].rstrip(".")
        found = self._follows.match(text, match.end())
        if found is None or len(form) == 1:
            return None
        begins = _BEGINS.search(text, max(0, match.start() - 3), match.start())
        # A number after a full stop may begin another sentence, and "mer fermée" is about the sea.
        if found["follower"] is None:
            if not begins and ("." not in match[0] or form not in self.abbreviations):
                return None
        elif "." not in match[0] and not (begins and _TEXT_ENDS.match(text, found.end())):
            return None
        return self._begun(match, self.names[self.indexes[form]])

    def _begun(self, match: re.Match[str], spoken: str) -> str:
        """Return the spoken days, capitalised if the written ones begin a sentence with a capital."""
        opened = search_before(match, _OPENED)
        return spoken[0].upper() + spoken[1:] if opened and match[0][0].isupper() else spoken

    def series(self, match: re.Match[str]) -> str | None:
        """Return a range or list of days in words; None if the abbreviations may be other words."""
        tokens = list(self._tokens.finditer(match[0]))
        days = [self.indexes[token["day"]] for token in tokens if token["day"]]
        shortest = min(len(token["day"]) for token in tokens if token["day"])
        separators = [token[0] for token in tokens if token["to"]]
        dashed = any(not separator.strip().isalpha() for separator in separators)
        sure = "." in match[0] or (dashed and shortest >= _SURE)
        ends = dashed and _TEXT_ENDS.match(match.string, match.end())
        if len(set(days)) < len(days) or not (sure or ends or self.is_followed(match)):
            return None
        spoken = self._begun(match, self._spoken(tokens, word_before(match)))
        # If only the last day has a full stop, the stop ends the sentence.
        return spoken + ("." if match[0].find(".") == len(match[0]) - 1 else stop_after(match, self.language.openers))

    def _spoken(self, tokens: list[re.Match[str]], before: str) -> str:
        """Return the tokens of a series in words; *before* is the word before the series."""
        calendar = self.language.calendar
        named = self.objects if before in calendar.get("weekday_in", "").split() else self.names
        spoken, at = "", 0
        while at < len(tokens):
            token = tokens[at]
            if at + 2 < len(tokens) and self._means_to(tokens[at + 1]):
                spoken += self._range((token, tokens[at + 1], tokens[at + 2]), "" if at else before)
                at += 3
                continue
            spoken += named[self.indexes[token["day"]]] if token["day"] else _spoken_separator(token)
            at += 1
        return spoken.strip()

    def _means_to(self, separator: re.Match[str]) -> bool:
        """Return whether a separator stands for "to": a dash, or a word of `weekday_to`."""
        written = separator[0].strip()
        words = self.language.calendar["weekday_to"].split()
        return bool(separator["to"]) and (not written.isalpha() or written in words)

    def _range(self, tokens: tuple[re.Match[str], re.Match[str], re.Match[str]], before: str) -> str:
        """Return a range of days in words, from its three tokens; *before* is the word before the series."""
        start, separator, end = tokens
        first, last = self.first[self.indexes[start["day"]]], self.last[self.indexes[end["day"]]]
        spoken = self.template.format(first=first, last=last)
        if before not in self.language.calendar.get("weekday_leads", "").split():
            return spoken
        # "Du lun. au ven." has the words "du" and "au" already.
        if separator[0].strip().isalpha():
            return f"{first}{_spoken_separator(separator)}{last}"
        return spoken[spoken.index(first) :]


def _spoken_separator(token: re.Match[str]) -> str:
    """Return a comma or a written word between two days, with its spaces."""
    return ", " if token["comma"] else f" {token[0].strip()} "


#: What stands before the first word of a sentence.
_OPENED = re.compile(r"(?:\A|[.!?\n]\s*)\Z")
_TEXT_ENDS = re.compile(r"\s*(?:\Z|[;:,.()|\n])")


def weekdays(language: Language) -> Iterator[Rule]:
    """Yield the rules that expand abbreviated days of the week."""
    days = Weekdays(language)
    starts = first_words(days.indexes)
    separator = rf"(?:{TO}|,[ ]|[ ]{days.conjunctions}[ ])"
    yield Rule("days of the week", starts, rf"{days.day}(?:{separator}{days.day})+(?!\w)", days.series)
    yield Rule("day of the week", starts, days.day, days.single)
