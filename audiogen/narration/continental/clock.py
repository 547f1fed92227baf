"""Clock times: of twenty-four hours, with a colon, a point or a letter between hour and minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.continental.parts import END, GAP, TO, rule, word_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from audiogen.narration.continental.language import Language

_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTE = r"[0-5]\d"


def _time(language: Language, match: re.Match[str]) -> str | None:
    minute = match["minute"]
    return language.clock(match, int(match["hour"]), int(minute) if minute else None, (match["mark"] or "").strip())


def _time_by_point(language: Language, match: re.Match[str]) -> str | None:
    """Say "18.30" where the word before tells that it is a time."""
    if word_before(match) not in language.calendar["clock_before"].split():
        return None
    return language.clock(match, int(match["hour"]), int(match["minute"]), "")


def _hours(language: Language, match: re.Match[str]) -> str | None:
    first = (int(match["hour"]), int(match["minute"]))
    return language.hours(
        match, first, (int(match["until"]), int(match["until_minute"])), (match["mark"] or "").strip()
    )


def _hours_by_letter(language: Language, match: re.Match[str]) -> str | None:
    """Say "9h–17h30" as from one time to the other."""
    said = [
        language.clock(match, int(match[hour]), int(match[minute]) if match[minute] else None, "h")
        for hour, minute in (("hour", "minute"), ("until", "until_minute"))
    ]
    return language.range(said[0], said[1]) if said[0] and said[1] else None


def clock(language: Language) -> Iterator[Rule]:
    """Rules for clock times."""
    mark = language.calendar["clock_mark"]
    yield rule(
        "hours from to",
        [DIGIT],
        rf"""(?P<hour>{_HOUR})(?P<sep>[:.])(?P<minute>{_MINUTE}){TO}(?P<until>{_HOUR})(?P=sep)(?P<until_minute>{_MINUTE})
        (?:(?P<mark>{GAP}(?:{mark}))|(?<!\.\d\d)(?![\w%])){END}""",
        _hours,
        language,
    )
    yield rule(
        "time",
        [DIGIT],
        rf"(?P<hour>{_HOUR}):(?P<minute>{_MINUTE})(?::\d\d)?(?P<mark>{GAP}(?:{mark}))?{END}",
        _time,
        language,
    )
    yield rule(
        "time with its word",
        [DIGIT],
        rf"(?P<hour>{_HOUR})\.(?P<minute>{_MINUTE})(?P<mark>{GAP}(?:{mark})){END}",
        _time,
        language,
    )
    yield rule("time by point", [DIGIT], rf"(?P<hour>{_HOUR})\.(?P<minute>{_MINUTE}){END}", _time_by_point, language)
    if "hour_letter" in language.calendar:
        letter = f"(?:{language.calendar['hour_letter']})"
        minutes = rf"(?:{GAP}(?P<minute>{_MINUTE})(?!\d))?"
        yield rule(
            "hours by letter",
            [DIGIT],
            rf"""(?P<hour>{_HOUR}){GAP}{letter}{minutes}{TO}(?P<until>{_HOUR}){GAP}(?P<mark>{letter})
            {minutes.replace("minute", "until_minute")}(?!\w)""",
            _hours_by_letter,
            language,
        )
        yield rule(
            "time by letter",
            [DIGIT],
            rf"(?P<hour>{_HOUR}){GAP}(?P<mark>{letter})(?:{GAP}(?P<minute>{_MINUTE})(?!\d)(?:{GAP}min\b)?)?(?!\w)",
            _time,
            language,
        )
