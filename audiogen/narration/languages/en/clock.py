"""Rules for clock times, durations and time zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.numbers import cardinal, digits, number
from audiogen.narration.languages.en.parts import TO, stop_after, word_before
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

_ZONES = load_table(__file__, "calendar.toml")["zones"]
if TYPE_CHECKING:
    import re

#: Spoken names of time zones by their abbreviations.
ZONES = {letters: " ".join(letters) for letters in _ZONES["spelled"].split()} | pairs(_ZONES["words"])

_HALF = r"(?:(?P<half>(?i:[ap]))(?:\.\s?[mM]\.?|(?i:m)\b))"
_ZONE = (
    rf"(?:\s?\(?(?P<zone>{choice(z for z in ZONES if len(z) > 1)}|(?i:est|edt|pst|pdt|cst|gmt|utc|bst)|Z)(?![\w])\)?)?"
)


def clock(hour: int, minute: int | None, half: str = "") -> str:
    """Return a time of day in words; *half* is "a", "p" or "" for times of 24 hours.

    >>> clock(6, 13, "a"), clock(9, 0, "p"), clock(10, 5), clock(14, 0), clock(7, 0), clock(0, 30)
    ('six thirteen A M', 'nine P M', 'ten oh five', 'fourteen hundred', "seven o'clock", 'zero thirty')
    """
    end = f" {half.upper()} M" if half else ""
    if not minute:
        if half or minute is None:
            return cardinal(hour) + end
        return f"{cardinal(hour)} hundred" if hour > 12 or hour == 0 else f"{cardinal(hour)} o'clock"
    return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}{end}"


def _time(match: re.Match[str]) -> str | None:
    """Return a time of day with its seconds and time zone in words; None if it is not a time."""
    hour, minute = int(match["hour"]), match["minute"]
    half = (match["half"] or "").lower()
    if not match["half"] and len(match["hour"]) == 2 and match.string[match.end("hour")].isdecimal():
        return f"{clock_of_day(hour, int(minute))} {ZONES[match['zone'].upper()]}"
    if hour > 24 or (half and hour > 12 and not minute):
        return None
    spoken = clock(hour, int(minute) if minute else None, half if hour <= 12 else "")
    if match["second"]:
        spoken += f" and {cardinal(int(match['second']))} seconds"
    if match["zone"]:
        zone = match["zone"].upper()
        return f"{spoken} {ZONES[zone]}"
    return spoken + (stop_after(match) if half else "")


def _duration(match: re.Match[str]) -> str | None:
    """Return a finishing time in words: "2:03:23" with units, "3:59.4" as race times are; otherwise None."""
    if match["fraction"] and not match["hour"]:
        seconds = int(match["second"])
        zero = "oh " if seconds < 10 else ""
        return f"{cardinal(int(match['minute']))} {zero}{cardinal(seconds)} point {digits(match['fraction'])}"
    if not match["hour"]:
        return None
    parts = [
        (int(match["hour"]), "hour"),
        (int(match["minute"]), "minute"),
        (0 if match["fraction"] else int(match["second"]), "second"),
    ]
    spoken = [f"{cardinal(count)} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    if match["fraction"]:
        spoken.append(f"{cardinal(int(match['second']))} point {digits(match['fraction'])} seconds")
    return f"{', '.join(spoken[:-1])} and {spoken[-1]}" if len(spoken) > 1 else "".join(spoken) or "zero seconds"


def _military(match: re.Match[str]) -> str | None:
    """Return "0900" or "0630" as a time if the word before announces one; otherwise None."""
    if word_before(match) not in _TIME_PREPOSITIONS:
        return None
    return clock_of_day(int(match["hour"]), int(match["minute"]))


_TIME_PREPOSITIONS = words("at by from until till around about before after")


def clock_of_day(hour: int, minute: int) -> str:
    """Return a time of 24 hours in words, as it is said when written with four digits.

    >>> clock_of_day(9, 0), clock_of_day(14, 30), clock_of_day(0, 5)
    ('oh nine hundred', 'fourteen thirty', 'zero hundred five')
    """
    first = f"oh {cardinal(hour)}" if 0 < hour < 10 else cardinal(hour)
    if not minute:
        return f"{first} hundred"
    return f"{first} {'oh ' if minute < 10 else ''}{cardinal(minute)}" if hour else f"zero hundred {cardinal(minute)}"


def _hours_and_minutes(match: re.Match[str]) -> str:
    """Return a duration such as "2h 30m" in words."""
    counts = ((int(match["hours"]), "hour"), (int(match["minutes"]), "minute"))
    return " ".join(f"{cardinal(count)} {unit}{'' if count == 1 else 's'}" for count, unit in counts)


def _race_time(match: re.Match[str]) -> str:
    """Return a duration such as "4m 12.5s" in words."""
    minutes, seconds = match["minutes"], match["seconds"]
    return (
        f"{number(minutes)} minute{'' if minutes == '1' else 's'} "
        f"{number(seconds)} second{'' if seconds == '1' else 's'}"
    )


def _hours_from_to(match: re.Match[str]) -> str | None:
    """Return a range of times with a.m. or p.m. in words."""
    half, first_half = (match["half"] or "").lower(), (match["first_half"] or "").lower()
    first = clock(int(match["hour"]), _minutes(match["minute"]), first_half)
    last = clock(int(match["until"]), _minutes(match["until_minute"]), half)
    zone = f" {ZONES[match['zone'].upper()]}" if match["zone"] else ""
    return f"{first} to {last}{zone}" + ("" if zone else stop_after(match))


def _day_hours(match: re.Match[str]) -> str:
    """Return a range of 24-hour times in words."""
    zone = f" {ZONES[match['zone'].upper()]}" if match["zone"] else ""
    ends = ((int(match["hour"]), int(match["minute"])), (int(match["until"]), int(match["until_minute"])))
    late = any(hour > 12 for hour, _ in ends)
    return " to ".join(clock_of_day(*end) if late and not end[1] else clock(*end) for end in ends) + zone


def _military_hours(match: re.Match[str]) -> str | None:
    """Return "0430 hrs" in words; None for "1200 hours" if the word before does not announce a time."""
    if match["unit"] == "hours" and match["hour"][0] != "0" and word_before(match) not in _TIME_PREPOSITIONS:
        return None
    return f"{clock_of_day(int(match['hour']), int(match['minute']))} hours" + stop_after(match)


def _countdown(match: re.Match[str]) -> str:
    """Return "T+8:30", the hours or minutes since a start, in words."""
    spoken = number(match["first"])
    for part in (match["second"], match["third"]):
        spoken += f" {'oh ' if part[0] == '0' else ''}{number(part)}" if part else ""
    return f"{match['letter']} {'plus' if match['sign'] == '+' else 'minus'} {spoken}"


def _minutes(text: str | None) -> int | None:
    """Return the minutes as a number; None if there are none or they are zero."""
    return int(text) or None if text else None


RULES = (
    Rule(
        "hours from to",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d))?(?:\s?(?P<first_half>(?i:[ap]))\.?m\b\.?)? {TO}
        (?P<until>[01]?\d|2[0-3])(?::(?P<until_minute>[0-5]\d))? \s? {_HALF} {_ZONE}""",
        _hours_from_to,
        ": - x . _a _A _o",
    ),
    Rule(
        "time",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?
        \s? {_HALF} (?!\w) {_ZONE}""",
        _time,
        ": . x _a _A",
    ),
    Rule(
        "hours of the day from to",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d) {TO} (?P<until>[01]?\d|2[0-4]):(?P<until_minute>[0-5]\d)
        (?![\d:]|\.\d) {_ZONE}""",
        _day_hours,
        ":",
    ),
    Rule(
        "time with an h",
        [DIGIT],
        r"(?P<hour>[01]?\d|2[0-4])h(?P<minute>[0-5]\d)(?!\w)",
        lambda m: clock_of_day(int(m["hour"]), int(m["minute"])),
        "x",
    ),
    Rule(
        "minutes and seconds",
        [DIGIT],
        r"(?P<minutes>\d{1,2})m\s?(?P<seconds>\d{1,2}(?:\.\d+)?)s(?!\w)",
        _race_time,
        "x",
    ),
    Rule("twelve", [DIGIT], r"12:00(?=\s(?:noon|midnight)\b)", lambda m: "twelve", ":"),
    Rule(
        "hours of soldiers",
        [DIGIT],
        r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s?(?P<unit>hrs\b\.?|h\b|hours\b)",
        _military_hours,
        "x _a",
    ),
    Rule("hours and minutes", [DIGIT], r"(?P<hours>\d{1,2})h\s?(?P<minutes>[0-5]?\d)m(?!\w)", _hours_and_minutes, "x"),
    Rule(
        "duration",
        [DIGIT],
        r"(?:(?P<hour>\d{1,2}):(?=\d\d:))?(?P<minute>\d{1,2}):(?P<second>[0-5]\d)(?:\.(?P<fraction>\d+))?(?![\w:])",
        _duration,
        ":",
    ),
    Rule(
        "time of 24 hours",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?P<second>)(?P<half>)(?![\d:]|\.\d|-\d) {_ZONE}""",
        _time,
        ":",
    ),
    Rule(
        "time with a point",
        [DIGIT],
        r"(?P<hour>1?\d)\.(?P<minute>[0-5]\d)(?P<second>)(?P<half>)(?P<zone>)(?=\sin\sthe\s(?:morning|afternoon|evening)\b)",
        _time,
        ".",
    ),
    Rule(
        "countdown",
        ["t", "l"],
        r"(?P<letter>[TL])(?P<sign>[+-])(?P<first>\d{1,3})(?::(?P<second>\d\d)(?::(?P<third>\d\d))?|(?<=\+\d)|(?<=\+\d\d))(?![\w:])",
        _countdown,
        "o -",
    ),
    Rule("time of four digits", [DIGIT], r"(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w.,:-])", _military, "_a _A end"),
    Rule(
        "time with a zone",
        [DIGIT],
        r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>)(?P<half>)\s?(?P<zone>GMT|UTC|BST|CET|EST|EDT)\b",
        _time,
        "x _A",
    ),
)
