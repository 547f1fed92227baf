"""Dutch: ones before tens, halves as one word, "uur" after the hour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form, Noun, Number
from audiogen.narration.languages.european.germanic import Germanic
from audiogen.narration.languages.european.parts import stop_after, word_before
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Dutch(Germanic):
    """The number words, dates and clock times of Dutch."""

    def join_ones(self, ten: str, one: str) -> str:
        """Join ones and tens; after an e the linking syllable has a diaeresis: "tweeëntwintig"."""
        return f"{one.replace('é', 'e')}{'ën' if one in ('twee', 'drie') else 'en'}{ten}"

    def below_million(self, number: int) -> str:
        """Return a number below a million in words; only "één" alone keeps its accents."""
        spoken = super().below_million(number)
        return spoken if number == 1 else spoken.replace("één", "een")

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Return a number and its noun in words.

        Halves have their own words: "anderhalf miljoen", "tweeënhalve meter".
        """
        if number.decimals != "5" or not 0 < number.whole < 13:
            return super().counted(number, noun, form)
        whole = self.cardinal(number.whole)
        half = "half" if noun.gender == "n" else "halve"
        linker = "ën" if whole.endswith("e") else "en"
        return f"ander{half} {noun.one}" if number.whole == 1 else f"{whole}{linker}{half} {noun.one}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, hour_word: str) -> str | None:
        """Return a time of day in words: "achttien uur dertig"."""
        spoken = f"{self.cardinal(hour)} uur"
        return f"{spoken} {self.cardinal(minute)}" if minute else spoken

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], hour_word: str) -> str | None:
        """Return a range of times in words, without "van", which may be written before."""
        return f"{self.clock(match, *first, 'uur')} tot {self.clock(match, *last, 'uur')}"


def _decade(language: Dutch, match: re.Match[str]) -> str | None:
    """Return the number of "jaren '80" or "jaren 90" in words; None without "jaren" before it."""
    return language.cardinal(int(match["number"])) if word_before(match) == "jaren" else None


def _no_cents(language: Dutch, match: re.Match[str]) -> str:
    """Return "€ 5,-" and "5,- euro" in words."""
    figures = match["figures"] or match["sum"].lstrip("€ ")
    return language.cardinal(int(figures)) + (" euro" if match["sum"] else "")


def special_rules(language: Dutch) -> Iterator[Rule]:
    """Yield the rules of Dutch, which are tried before the shared ones."""
    minute = r"(?:(?<=\de[ ])|(?<=\dste[ ])|(?<=\dde[ ]))min\.(?!\w)"
    yield Rule("minute of a match", ["min"], minute, lambda match: "minuut" + stop_after(match, language.openers))
    yield Rule("up to", ["t"], r"(?<=[\w.][ ])t/m(?=[ ]\d)", lambda match: "tot en met")
    between = rf"(?P<first>\d{{1,4}})[ ]?t/m(?=[ ]?\d+(?![ ](?:{choice(language.month_names)})))"
    yield Rule("up to", [DIGIT], between, lambda match: f"{language.cardinal(int(match['first']))} tot en met ")
    no_cents = r"(?P<sum>€[ ]?\d{1,4}),[-–—](?![\d])|(?P<figures>\d{1,4}),[-–—](?=[ ]?(?:€|euro))"
    yield Rule("no cents", ["€", DIGIT], no_cents, partial(_no_cents, language))
    yield Rule("decade", [DIGIT, "'"], r"'?(?P<number>[1-9]0)(?!\w|[.,]\d)", partial(_decade, language))
