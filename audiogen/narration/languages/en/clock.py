"""Clock times and their zones."""

from __future__ import annotations

import re

from audiogen.narration.data import load_table
from audiogen.narration.languages.en.numbers import cardinal
from audiogen.narration.languages.en.parts import TO, choice, stop_after
from audiogen.narration.rewriting import DIGIT, Rule

_ZONES = load_table(__file__, "calendar.toml")["zones"]
#: Zones by their letters, as they are said.
ZONES = {letters: " ".join(letters) for letters in _ZONES["spelled"].split()} | _ZONES["words"]

_HALF = r"(?:(?P<half>(?i:[ap]))(?:\.\s?[mM]\.?|(?i:m)\b))"
_ZONE = rf"(?:\s?\(?(?P<zone>{choice(z for z in ZONES if len(z) > 1)}|(?i:est|edt|pst|pdt|cst|gmt|utc|bst)|Z)(?![\w])\)?)?"
_NOON = {("12", "a"): "midnight", ("12", "p"): "noon"}


def clock(hour: int, minute: int | None, half: str = "") -> str:
    """Say a time of day.

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
    hour, minute = int(match["hour"]), match["minute"]
    half = (match["half"] or "").lower()
    if hour > 24 or half and hour > 12 and not minute:
        return None
    said = clock(hour, int(minute) if minute else None, half if hour <= 12 else "")
    if match["second"]:
        said += f" and {cardinal(int(match['second']))} seconds"
    if match["zone"]:
        zone = match["zone"].upper()
        return f"{said} {ZONES[zone]}"
    return said + (stop_after(match) if half else "")


def _hours_from_to(match: re.Match[str]) -> str | None:
    half, first_half = (match["half"] or "").lower(), (match["first_half"] or "").lower()
    first = clock(int(match["hour"]), _minutes(match["minute"]), first_half)
    last = clock(int(match["until"]), _minutes(match["until_minute"]), half)
    zone = f" {ZONES[match['zone'].upper()]}" if match["zone"] else ""
    return f"{first} to {last}{zone}" + ("" if zone else stop_after(match))


def _minutes(text: str | None) -> int | None:
    return int(text) if text else None


RULES = (
    Rule(
        "hours from to",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d))?(?:\s?(?P<first_half>(?i:[ap]))\.?m\b\.?)? {TO}
        (?P<until>[01]?\d|2[0-3])(?::(?P<until_minute>[0-5]\d))? \s? {_HALF} {_ZONE}""",
        _hours_from_to,
    ),
    Rule(
        "time",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)? \s? {_HALF} (?!\w) {_ZONE}""",
        _time,
    ),
    Rule(
        "time of 24 hours",
        [DIGIT],
        rf"""(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?P<second>)(?P<half>)(?![\d:]|\.\d|-\d) {_ZONE}""",
        _time,
    ),
    Rule(
        "time with a zone",
        [DIGIT],
        rf"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?P<second>)(?P<half>)\s?(?P<zone>GMT|UTC|BST|CET|EST|EDT)\b",
        _time,
    ),
)
