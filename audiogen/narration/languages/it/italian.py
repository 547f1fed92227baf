"""What Italian does of its own: "un", "uno", "una" and "un'", ordinals for all rulers and centuries, hours with "e"."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form, Noun, Number
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
    """Italian as the rules need it."""

    library = "it"

    def context(self, match: re.Match[str], number: int) -> Form:
        """Read the gender of what is counted; "z" is a masculine noun that asks for "uno"."""
        form = Romance.context(self, match, number)
        after = words_after(match)
        return Form(gender="z") if form.gender == "m" and after and _IMPURE.match(after[0]) else form

    def roman(self, match: re.Match[str], value: int) -> str | None:
        """Say a Roman numeral; "I secoli" begins with an article, for a first century is one."""
        if match["numeral"] == "I" and words_after(match)[:1] == ["secoli"]:
            return None
        return super().roman(match, value)

    def num2words(self, number: int, **options: str) -> str:
        """Ask the library; after millions the rest follows without "e", and a final -tre has its accent."""
        spoken = Romance.num2words(self, number, **options).replace(" e ", " ").replace("dicott", "diciott")
        return re.sub(r"(?<=\w)tre\b", "tré", spoken)

    def in_gender(self, spoken: str, gender: str) -> str:
        """Only one has a gender: "un", "uno", "una"."""
        return {"m": "un", "f": "una"}.get(gender, "uno") if spoken == "uno" else spoken

    def counted(self, number: Number, noun: Noun, form: Form = PLAIN) -> str:
        """Say a number and what it counts; "k" joins its number: "cinquemila"."""
        if noun.one == "mila" and not number.decimals:
            return self.cardinal(number.whole * 1000)
        return Romance.counted(self, number, noun, form)

    def day(self, day: int, match: re.Match[str]) -> str:
        """Say the day of a date: only the first is an ordinal, but "l'uno"."""
        elided = match.string[max(0, match.start() - 1) : match.start()] == "'"
        return "primo" if day == 1 and not elided else self.cardinal(day)

    def days(self, match: re.Match[str], first: int, last: int) -> str:
        """Say "sei al otto" with the article it asks for: "all'otto", "all'undici"."""
        spoken = self.day(last, match)
        return f"{self.day(first, match)} {'all' + chr(39) if last in (8, 11) else 'al '}{spoken}"

    def clock(self, match: re.Match[str], hour: int, minute: int | None, marked: str) -> str | None:
        """Say "diciotto e trenta"."""
        spoken = self.cardinal(hour, Form(gender="f"))
        return f"{spoken} e {self.cardinal(minute)}" if minute else spoken

    def hours(self, match: re.Match[str], first: tuple[int, int], last: tuple[int, int], marked: str) -> str | None:
        """Say "dalle nove alle diciannove e trenta"; "dalle" may stand there already."""
        start, end = self.clock(match, *first, marked), self.clock(match, *last, marked)
        return f"{'' if word_before(match) == 'dalle' else 'dalle '}{start} alle {end}"

    def numbered(self, value: int, gender: str) -> str:
        """Say the number of a century or a chapter: an ordinal."""
        return self.ordinal(value, Form(gender=gender))

    def ruler(self, value: int, gender: str) -> str:
        """Say the number of a ruler, always an ordinal."""
        return self.ordinal(value, Form(gender=gender))


def _joined(language: Italian, match: re.Match[str]) -> str:
    """Say a number that begins a word: "15mila", "34enne"."""
    spoken, tail = language.cardinal(int(match["number"])), match["tail"]
    return spoken.rstrip("aeioé") + tail if tail.startswith("enn") else spoken + tail


def _minute(language: Italian, match: re.Match[str]) -> str:
    """Say "al 90'" of a match."""
    return language.ordinal(int(match["number"]))


def _ordinal_before_preposition(language: Italian, match: re.Match[str]) -> str | None:
    """Say "2°" after what tells that somebody came in: "arrivato secondo al traguardo"."""
    found = _PLACED.fullmatch(word_before(match))
    return language.ordinal(int(match["number"]), Form(gender="f" if found[1] == "a" else "m")) if found else None


def special_rules(language: Italian) -> Iterator[Rule]:
    """Rules of Italian alone."""
    yield Rule("one o'clock", [DIGIT], r"(?<=l')1(?=\s(?:di|del)\s(?:notte|mattin|pomerig))", lambda match: "una")
    yield Rule("minute of a match", [DIGIT], r"(?<=l\s)(?P<number>\d{1,3})'(?!\d|\w)", partial(_minute, language))
    before_preposition = r"(?P<number>\d{1,2})°(?=\s(?:al|alla|in|nel|nella|su)\s)"
    yield Rule(
        "ordinal before a preposition", [DIGIT], before_preposition, partial(_ordinal_before_preposition, language)
    )
    joined = r"(?P<number>\d{1,3})-?(?P<tail>mila|enn[ei])(?!\w)"
    yield Rule("number in a word", [DIGIT], joined, partial(_joined, language))
