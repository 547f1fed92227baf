"""Italian: "un", "uno", "una" and "un'", ordinals of rulers and centuries, hours with "e"."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import Form
from audiogen.narration.languages.european.parts import word_before, words_after
from audiogen.narration.languages.european.romance import Romance
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACED = re.compile(
    r"(?:arrivat|giunt|classificat|finit|piazzat|chius)([oa])|chiude|arriva|arrivò|finisce|finì|giunse"
)
_IMPURE = re.compile(r"(?:s[^aeiou]|z|gn|ps|x|y)", re.IGNORECASE)


class Italian(Romance):
    """The number words, dates and clock times of Italian."""

    library = "it"

    def context(self, match: re.Match[str], number: int) -> Form:
        """Return the form of a number, with the gender of the noun after it.

        "z" is a masculine noun that takes "uno".
        """
        form = Romance.context(self, match, number)
        after = words_after(match)
        return Form(gender="z") if form.gender == "m" and after and _IMPURE.match(after[0]) else form

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Return a Roman numeral in words; None for "I" in "I secoli", which is an article."""
        if match["numeral"] == "I" and words_after(match)[:1] == ["secoli"]:
            return None
        return super().roman(match, value)

    def num2words(self, number: int, **options: str) -> str:
        """Return the words of num2words, without "e" after millions and with the accent of a final "-tré"."""
        spoken = Romance.num2words(self, number, **options).replace(" e ", " ").replace("dicott", "diciott")
        return re.sub(r"(?<=\w)tre\b", "tré", spoken)

    def in_gender(self, spoken: str, gender: str) -> str:
        """Return number words in a gender: only "uno" has others, "un" and "una"."""
        return {"m": "un", "f": "una"}.get(gender, "uno") if spoken == "uno" else spoken

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words; the first is an ordinal, except after an article: "l'uno"."""
        elided = match.string[max(0, match.start() - 1) : match.start()] == "'"
        return "primo" if day == 1 and not elided else self.cardinal(day)

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Return a range of days in words ("sei al sette"); before a vowel with "all'"."""
        spoken = self.day(last, match)
        return f"{self.day(first, match)} {'all' + chr(39) if last in (8, 11) else 'al '}{spoken}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "diciotto e trenta"; None for a duration, "12 h" without a word for a time."""
        timed = word_before(match) in self.calendar["clock_before"].split()
        if hour_word == "h" and not timed and (minute is None or match[0].endswith("min")):
            return None
        spoken = self.cardinal(hour, Form(gender="f"))
        return f"{spoken} e {self.cardinal(minute)}" if minute else spoken

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], hour_word: str) -> str | None:
        """Return a range of times in words: "dalle nove alle diciannove e trenta".

        Without "dalle" if it is written before.
        """
        start, end = self.clock(match, *first, hour_word), self.clock(match, *last, hour_word)
        return f"{'' if word_before(match) == 'dalle' else 'dalle '}{start} alle {end}"

    def numbered(self, value: int, gender: str) -> str:
        """Return the number of a century or a chapter in words, an ordinal."""
        return self.ordinal(value, Form(gender=gender))

    def ruler(self, value: int, gender: str) -> str:
        """Return a ruler's number in words, an ordinal."""
        return self.ordinal(value, Form(gender=gender))


def _joined(language: Italian, match: re.Match[str]) -> str:
    """Return a word that begins with a number: "15mila", "34enne"."""
    spoken, tail = language.cardinal(int(match["number"])), match["tail"]
    return spoken.rstrip("aeioé") + tail if tail.startswith("enn") else spoken + tail


def _minute(language: Italian, match: re.Match[str]) -> str:
    """Return the minute of a match ("al 90'") as an ordinal."""
    return language.ordinal(int(match["number"]))


def _ordinal_before_preposition(language: Italian, match: re.Match[str]) -> str | None:
    """Return "2°" after a word of arrival as an ordinal ("arrivato secondo al traguardo"); otherwise None."""
    found = _PLACED.fullmatch(word_before(match))
    return language.ordinal(int(match["number"]), Form(gender="f" if found[1] == "a" else "m")) if found else None


def special_rules(language: Italian) -> Iterator[Rule]:
    """Yield the rules of Italian, which are tried before the shared ones."""
    yield Rule("one o'clock", [DIGIT], r"(?<=l')1(?=\s(?:di|del)\s(?:notte|mattin|pomerig))", lambda match: "una")
    yield Rule("minute of a match", [DIGIT], r"(?<=l\s)(?P<number>\d{1,3})'(?!\d|\w)", partial(_minute, language))
    before_preposition = r"(?P<number>\d{1,2})°(?=\s(?:al|alla|in|nel|nella|su)\s)"
    yield Rule(
        "ordinal before a preposition", [DIGIT], before_preposition, partial(_ordinal_before_preposition, language)
    )
    joined = r"(?P<number>\d{1,3})-?(?P<tail>mila|enn[ei])(?!\w)"
    yield Rule("number in a word", [DIGIT], joined, partial(_joined, language))
