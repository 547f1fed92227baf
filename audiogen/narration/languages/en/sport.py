"""Rules for sport: formations, odds, cricket scores, minutes of a match, and the 49ers."""

from __future__ import annotations

import re

from audiogen.narration.data import words
from audiogen.narration.languages.en.numbers import cardinal, number, ordinal
from audiogen.narration.languages.en.parts import stop_after, word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, Rule

#: The sum of the lines of a football formation: the players without the goalkeeper.
_OUTFIELD = 10
#: Words after which three numbers are matches won, lost and drawn.
_RECORD_AFTER = words("record went go goes is are was were improved fell")


def _formation(match: re.Match[str]) -> str | None:
    """Return a football formation ("4-3-3") in words; None if the lines do not make a team, or if it is a record."""
    lines = [int(line) for line in re.findall(r"\d", match[0])]
    if sum(lines) != _OUTFIELD or word_after(match) == "record" or word_before(match) in _RECORD_AFTER:
        return None
    return " ".join(map(cardinal, lines))


def _forty_niners(match: re.Match[str]) -> str:
    """Return "49ers" and similar names in words."""
    spoken = cardinal(int(match["number"]))
    if spoken.endswith("y"):
        spoken = f"{spoken[:-1]}i"
    return spoken + ("rs" if spoken.endswith("e") else "ers")


_ODDS_BEFORE = late(r"\b(?:odds(?:\s\w+)?|priced at|favou?rites? at|outsiders? at|backed at)\s\Z", re.IGNORECASE)
_ODDS_AFTER = words("favourite favourites favorite favorites shot outsider outsiders")


def _odds(match: re.Match[str]) -> str | None:
    """Return betting odds in words; None if no word announces them."""
    labelled = search_before(match, _ODDS_BEFORE)
    if not labelled and word_after(match) not in _ODDS_AFTER:
        return None
    return f"{cardinal(int(match['first']))} to {cardinal(int(match['last']))}"


def _innings(match: re.Match[str]) -> str:
    """Return a cricket score, "287/6 at stumps", in words: runs for wickets."""
    return f"{number(match['runs'])} for {number(match['wickets'])}"


def _minute(match: re.Match[str]) -> str:
    """Return the minute of a match as an ordinal."""
    return f"{ordinal(int(match['number']))} minute{stop_after(match)}"


#: What follows the runs and wickets of an innings.
_PLAYED = r"(?=\s(?:at\s(?:stumps|lunch|tea|(?:the\s)?close)|declared|(?:in|after|off|from)\s[\d.]+\sovers)\b)"

RULES = (
    Rule("innings", [DIGIT], r"(?P<runs>\d{1,3})[/-](?P<wickets>\d)(?:\sdec\b\.?)?" + _PLAYED, _innings, "/ -"),
    Rule("minute of a match", [DIGIT], r"(?P<number>\d{1,3})(?:st|nd|rd|th)\smin\b\.?", _minute, "x"),
    Rule("formation", [DIGIT], r"[3-5](?:[-–][1-6]){2,3}(?![\w-]|–\d)", _formation, "-"),
    Rule("team named for a year", [DIGIT], r"(?P<number>\d\d)ers(?!\w)", _forty_niners, "x"),
    Rule("odds", [DIGIT], r"(?P<first>\d{1,3})/(?P<last>\d{1,2})(?![\w/])", _odds, "/"),
)
