"""Days of the week that are written short: "Mo.–Fr.", "lun. fermé", "ma t/m vr", "Sa 10–14 Uhr".

The calendar's `weekdays` are seven rows: the day as it is said, then its short forms, as they are written (a form in
small letters also with a capital). A row of days is said where a stop, a form of three letters or more, or what follows
tells that it is one; a single day only before what tells of opening hours or before a date, for many forms are words.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.parts import TO, first_words, stop_after, word_before
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.languages.european.language import Language

#: A form of so many letters is no word of another meaning, where another such stands beside it.
_SURE = 3
#: A time of day or a range of hours, a short word before it: "kl. 9–17", "von 9 bis", "9h".
_HOURS = r"[ :,]{1,3}(?:[^\W\d_]{1,7}\.?[ ])?\d{1,2}(?:[:.h]\d\d|[ ]?h(?!\w)|[ ]?[-–—][ ]?\d|[ ][^\W\d_]{1,4}[ ]\d)"
#: What a clause begins behind.
_BEGINS = re.compile(r"(?:\A|[,;:(|/–—.\n]\s*)\Z")


class Weekdays:
    """The days of a language by their short forms, and how a row of them is said."""

    def __init__(self, language: Language) -> None:
        self.language = language
        calendar = language.calendar
        rows = [row.split() for row in calendar["weekdays"]]
        forms = {form: place for place, (_, *short) in enumerate(rows) for form in short}
        self.places = forms | {form[0].upper() + form[1:]: place for form, place in forms.items()}
        self.names = [row[0] for row in rows]
        self.first = calendar.get("weekdays_from", " ".join(self.names)).split()
        self.last = calendar.get("weekdays_until", " ".join(self.names)).split()
        self.objects = calendar.get("weekdays_object", " ".join(self.names)).split()
        self.template: str = calendar["weekday_range"]
        self.joints = choice(calendar["weekday_joints"].split(", "))

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Short forms that are no words, so that a stop behind them may be their own."""
        known = self.language.calendar["weekday_words"].split()
        return frozenset(form for form in self.places if form.lower() not in known and len(form) > 1)

    @cached_property
    def day(self) -> str:
        """The pattern of one short form, with or without its stop."""
        return rf"(?:{choice(self.places)})(?!\w)\.?"

    @cached_property
    def _tokens(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<day>{choice(self.places)})(?!\w)\.?|(?P<joint>,)|(?P<to>{TO}|[^\W\d_/]+(?:/\w)?)", re.VERBOSE
        )

    @cached_property
    def _follows(self) -> re.Pattern[str]:
        """What tells that a day stands before: hours, a date, a word of opening and closing."""
        calendar = self.language.calendar
        months = choice(sorted({*self.language.months, *(name.lower() for name in self.language.month_names)}))
        date = rf"[ ,]{{1,2}}\d{{1,2}}\.?[ ](?:de[ ])?(?i:{months})(?!\w)"
        followers = rf",?[ ](?:[–—-][ ])?{choice(calendar['weekday_followers'].split())}(?!\w)"
        return re.compile(rf"(?:{_HOURS}|{date}|(?P<follower>{followers}))", re.VERBOSE)

    def tells(self, match: re.Match[str]) -> bool:
        """Return whether what follows the match tells that days stand there."""
        return self._follows.match(match.string, match.end()) is not None

    def single(self, match: re.Match[str]) -> str | None:
        """Say a day that stands alone."""
        text, form = match.string, match[0].rstrip(".")
        found = self._follows.match(text, match.end())
        if found is None or len(form) == 1:
            return None
        begins = _BEGINS.search(text, max(0, match.start() - 3), match.start())
        # A number behind a stop may begin another sentence, and "mer fermée" is the sea.
        if found["follower"] is None:
            if not begins and ("." not in match[0] or form not in self.abbreviations):
                return None
        elif "." not in match[0] and not (begins and _TEXT_ENDS.match(text, found.end())):
            return None
        return self._begun(match, self.names[self.places[form]])

    def _begun(self, match: re.Match[str], spoken: str) -> str:
        """Begin with a capital what was written with one at the beginning of a clause."""
        opened = _OPENED.search(match.string, max(0, match.start() - 3), match.start())
        return spoken[0].upper() + spoken[1:] if opened and match[0][0].isupper() else spoken

    def row(self, match: re.Match[str]) -> str | None:
        """Say days from to, or one after the other; those that are not sure to be days are left."""
        tokens = list(self._tokens.finditer(match[0]))
        days = [self.places[token["day"]] for token in tokens if token["day"]]
        short = min(len(token["day"]) for token in tokens if token["day"])
        joints = [token[0] for token in tokens if token["to"]]
        dashed = any(not joint.strip().isalpha() for joint in joints)
        sure = "." in match[0] or (dashed and short >= _SURE)
        ends = dashed and _TEXT_ENDS.match(match.string, match.end())
        if len(set(days)) < len(days) or not (sure or ends or self.tells(match)):
            return None
        spoken = self._begun(match, self._spoken(tokens, word_before(match)))
        # Where no other day has a stop, the last one's ends a sentence.
        return spoken + ("." if match[0].find(".") == len(match[0]) - 1 else stop_after(match, self.language.openers))

    def _spoken(self, tokens: list[re.Match[str]], before: str) -> str:
        calendar = self.language.calendar
        named = self.objects if before in calendar.get("weekday_in", "").split() else self.names
        spoken, at = "", 0
        while at < len(tokens):
            token = tokens[at]
            if at + 2 < len(tokens) and self._ranges(tokens[at + 1]):
                spoken += self._range((token, tokens[at + 1], tokens[at + 2]), "" if at else before)
                at += 3
                continue
            spoken += named[self.places[token["day"]]] if token["day"] else _joint(token)
            at += 1
        return spoken.strip()

    def _ranges(self, joint: re.Match[str]) -> bool:
        written = joint[0].strip()
        return bool(joint["to"]) and (not written.isalpha() or written in self.language.calendar["weekday_to"].split())

    def _range(self, tokens: tuple[re.Match[str], re.Match[str], re.Match[str]], before: str) -> str:
        start, joint, end = tokens
        first, last = self.first[self.places[start["day"]]], self.last[self.places[end["day"]]]
        spoken = self.template.format(first=first, last=last)
        if before not in self.language.calendar.get("weekday_leads", "").split():
            return spoken
        # "Du lun. au ven." has its words already.
        return f"{first}{_joint(joint)}{last}" if joint[0].strip().isalpha() else spoken[spoken.index(first) :]


def _joint(token: re.Match[str]) -> str:
    return ", " if token["joint"] else f" {token[0].strip()} "


#: What a sentence begins behind.
_OPENED = re.compile(r"(?:\A|[.!?\n]\s*)\Z")
_TEXT_ENDS = re.compile(r"\s*(?:\Z|[;:,.()|\n])")


def weekdays(language: Language) -> Iterator[Rule]:
    """Rules for days that are written short."""
    days = Weekdays(language)
    starts = first_words(days.places)
    joint = rf"(?:{TO}|,[ ]|[ ]{days.joints}[ ])"
    yield Rule("days of the week", starts, rf"{days.day}(?:{joint}{days.day})+(?!\w)", days.row)
    yield Rule("day of the week", starts, days.day, days.single)
