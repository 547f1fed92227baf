"""Rules for clock times of 24 hours, with a colon, a point or a letter between hour and minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import Number, noun_of
from audiogen.narration.languages.european.parts import GAP, TO, rule, spread, stop_after, word_before, words_after
from audiogen.narration.patterns import END
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from audiogen.narration.languages.european.language import Language

_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTE = r"[0-5]\d"


def _time(language: Language, match: re.Match[str]) -> str | None:
    """Return a single clock time in words; None if the language does not take it for a time."""
    minute = match["minute"]
    seconds = match["seconds"] if "seconds" in match.re.groupindex else None
    if seconds and not match["mark"] and word_before(match) not in language.calendar["clock_before"].split():
        lasting = _lasting(language, match["hour"], minute, seconds)
        if lasting:
            return lasting
    spoken = language.clock(match, int(match["hour"]), int(minute) if minute else None, (match["mark"] or "").strip())
    return spoken + stop_after(match) if spoken else None


def _time_by_point(language: Language, match: re.Match[str]) -> str | None:
    """Return "18.30" as a clock time if the word before it announces one (`clock_before`); otherwise None."""
    if word_before(match) not in language.calendar["clock_before"].split():
        return None
    if any(word in language.calendar.get("clock_not_before", "").split() for word in words_after(match)[:1]):
        return None
    return language.clock(match, int(match["hour"]), int(match["minute"]), "")


def _hours(language: Language, match: re.Match[str]) -> str | None:
    """Return a range of clock times, such as "9:00–17:30", in words."""
    first = (int(match["hour"]), int(match["minute"]))
    return language.hours(
        match, first, (int(match["until"]), int(match["until_minute"])), (match["mark"] or "").strip()
    )


def _mixed_hours(language: Language, match: re.Match[str]) -> str | None:
    """Return "9–17.30 Uhr" in words: a word tells that they are times, and one of them is a full hour."""
    told = match["mark"] or word_before(match) in language.calendar["clock_before"].split()
    if not told or bool(match["minute"]) == bool(match["until_minute"]):
        return None
    first = (int(match["hour"]), int(match["minute"] or 0))
    last = (int(match["until"]), int(match["until_minute"] or 0))
    return language.hours(match, first, last, (match["mark"] or "").strip())


def _hours_by_letter(language: Language, match: re.Match[str]) -> str | None:
    """Return "9h–17h30" as a range of clock times; None if one of the two is not a time."""
    times = [
        language.clock(match, int(match[hour]), int(match[minute]) if match[minute] else None, "h")
        for hour, minute in (("hour", "minute"), ("until", "until_minute"))
    ]
    return language.range(times[0], times[1]) if times[0] and times[1] else None


#: Minutes, as the languages of `numbers.toml` write them behind a race time.
_MINUTES = "min|мин|хв|dk"

#: Units of hours, minutes and seconds, as tables of languages write them.
_LASTING = (("h", "uur", "ч", "год", "sa"), ("min", "мин", "хв", "dk"), ("s", "с", "sn"))


def _lasting(language: Language, *figures: str | None) -> str | None:
    """Return hours, minutes and seconds as how long something takes; None if a unit is unknown to the language."""
    units = spread(language.numbers["units"])
    spoken = []
    for figure, names in zip(figures, _LASTING, strict=True):
        noun = next((noun_of(units[name]) for name in names if name in units), None)
        if noun is None:
            return None
        if figure:
            spoken.append(language.counted(Number(int(figure)), noun))
    return " ".join(spoken)


def _marked_time(language: Language, match: re.Match[str]) -> str | None:
    """Return "3'35"2" and "9"58" in words; seconds alone are said only with their parts, for a quote may end there."""
    if not (match["minute"] or match["part"]):
        return None
    spoken = _lasting(language, match["hour"], match["minute"], match["seconds"])
    parts = f" {language.decimals(match['part'])}" if match["part"] else ""
    return f"{spoken}{parts}" if spoken else None


def _race_time(language: Language, match: re.Match[str]) -> str:
    """Return a race time, "4:02,35" or "1:32.608 min", in words: minutes, seconds and their decimals."""
    second = int(match["second"] or match["second_by_point"])
    if match["unit"]:
        noun = noun_of(spread(language.numbers["units"])[match["unit"]])
        seconds = language.decimal(Number(second, match["part"]))
        return f"{language.counted(Number(int(match['minute'])), noun)} {seconds}"
    parts = f"{language.numbers['comma']} {language.decimals(match['part'])}"
    zero = f"{language.cardinal(0)} " if second < 10 else ""
    return f"{language.cardinal(int(match['minute']))} {zero}{language.cardinal(second)} {parts}"


def clock(language: Language) -> Iterator[Rule]:
    """Yield the rules for clock times and race times."""
    mark = rf"{GAP}(?:{language.calendar['clock_mark']})"
    first, last = rf"(?P<hour>{_HOUR})", rf"(?P<until>{_HOUR})(?P=sep)(?P<until_minute>{_MINUTE})"
    minute = rf"(?P<minute>{_MINUTE})"
    # Where a comma parts decimals, points may part hours and minutes without a word that says so.
    unmarked = "" if "hours_by_point" in language.calendar else r"(?<!\.\d\d)"
    hours = rf"{first}(?P<sep>[:.]){minute}{TO}{last}(?:(?P<mark>{mark})|{unmarked}(?![\w%])){END}"
    yield rule("hours from to", [DIGIT], hours, _hours, language)
    until = rf"(?P<until>{_HOUR})(?:[:.](?P<until_minute>{_MINUTE}))?"
    mixed = rf"{first}(?:[:.]{minute})?{TO}{until}(?P<mark>{mark})?(?!\w|[.,:]?\d|[ ]?[%€$])"
    yield rule("hours and minutes from to", [DIGIT], mixed, _mixed_hours, language)
    marked = r"""(?:(?P<hour>\d)[ ]?h[ ]?)?(?:(?P<minute>\d{1,2})['’′])?(?P<seconds>[0-5]?\d)(?:["”″]|'')"""
    sport = rf"{marked}(?P<part>\d{{1,2}})?(?!\w)"
    yield rule("time of a race with its marks", [DIGIT], sport, _marked_time, language)
    second = r"(?::(?P<second>[0-5]\d)[.,]|\.(?P<second_by_point>[0-5]\d),)"
    lap = rf"(?P<minute>\d{{1,2}}){second}(?P<part>\d{{1,3}})(?![.,:]?\d)(?!\w)(?:{GAP}(?P<unit>{_MINUTES})(?!\w))?"
    yield rule("time of a race", [DIGIT], lap, _race_time, language)
    span = r"(?:[ ]?(?:Std\.|Stunden|h)(?!\w))"
    yield rule(
        "time", [DIGIT], rf"{first}:{minute}(?::(?P<seconds>[0-5]\d){span}?)?(?P<mark>{mark})?{END}", _time, language
    )
    yield rule("time with its word", [DIGIT], rf"{first}\.{minute}(?P<mark>{mark}){END}", _time, language)
    yield rule("time by point", [DIGIT], rf"{first}\.{minute}{END}", _time_by_point, language)
    if "hour_letter" in language.calendar:
        yield from _by_letter(language)


def _by_letter(language: Language) -> Iterator[Rule]:
    """Yield the rules for times with a letter between hour and minute: "18h30"."""
    letter = f"(?:{language.calendar['hour_letter']})"
    first, last = (rf"(?:{GAP}(?P<{group}>{_MINUTE})(?!\d))?" for group in ("minute", "until_minute"))
    hours = rf"(?P<hour>{_HOUR}){GAP}{letter}{first}{TO}(?P<until>{_HOUR}){GAP}(?P<mark>{letter}){last}(?!\w)"
    yield rule("hours by letter", [DIGIT], hours, _hours_by_letter, language)
    minutes = rf"(?:{GAP}(?P<minute>{_MINUTE})(?!\d)(?:{GAP}m(?:in)?\b(?:\.(?=[,;]))?)?)?"
    time = rf"(?P<hour>{_HOUR}){GAP}(?P<mark>{letter}){minutes}(?!\w)"
    yield rule("time by letter", [DIGIT], time, _time, language)
