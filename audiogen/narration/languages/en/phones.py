"""Rules for telephone numbers and other numbers that are said digit by digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.en.letters import say_initialism
from audiogen.narration.languages.en.numbers import digits
from audiogen.narration.languages.en.parts import word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

_CALLING = words("call dial phone tel telephone at text fax number hotline ring on or mobile cell line is")
_GROUP = late(r"\d+|[A-Z]+")
#: Emergency and service numbers.
_HELP = "911|999|988|311|211|811|112|111|101"


def _groups(text: str) -> str:
    """Return the groups of a telephone number in words, with commas between them."""
    return ", ".join(_group(group) for group in _GROUP.findall(text))


def _group(text: str) -> str:
    """Return one group of a telephone number in words; "800" is "eight hundred"."""
    if text.isalpha():
        return say_initialism(text)
    return "eight hundred" if text == "800" else digits(text)


#: Minimum number of digits of a telephone number with a country code.
_MIN_DIGITS = 8


def _phone(match: re.Match[str]) -> str | None:
    """Return a full telephone number in words; None if one with a "+" has too few digits."""
    if match[0].startswith("+") and sum(map(str.isdecimal, match[0])) < _MIN_DIGITS:
        return None
    plus = "plus " if match[0].startswith("+") else ""
    return plus + _groups(match[0])


def _local(match: re.Match[str]) -> str | None:
    """Return a telephone number without area code in words; None if no word announces one."""
    if not match[0].startswith("555") and word_before(match) not in _CALLING:
        return None
    return _groups(match[0])


def _help(match: re.Match[str]) -> str | None:
    """Return an emergency number digit by digit.

    None for those other than 911 without a verb of calling before them.
    """
    if match[0] != "911" and word_before(match) not in (
        "call",
        "dial",
        "text",
        "calling",
        "dialing",
        "dialling",
        "called",
        "dialed",
        "rang",
        "ring",
    ):
        return None
    return None if word_before(match) == "porsche" else digits(match[0])


def _address(match: re.Match[str]) -> str:
    """Return an IP address in words."""
    return " dot ".join(digits(group) for group in match[0].split("."))


_AFTER = r"(?![\w])(?!-\d)(?!\.\d)"

#: Names of codes that are said digit by digit.
_CODE = late(r"\b(?i:isbn(?:-1[03])?|zip|(?:zip|area|country|postal|dialing|access|pin) codes?)(?: is| of| was|:)? \Z")


_CODE_ENDS = ("code ", "codes ", "isbn ", "zip ", " is ", " of ", " was ", ": ", "-10 ", "-13 ")


def _code(match: re.Match[str]) -> str | None:
    """Return a code after its name ("ISBN", "zip code") digit by digit; otherwise None."""
    if not match.string[max(0, match.start() - 6) : match.start()].lower().endswith(_CODE_ENDS):
        return None
    labelled = search_before(match, _CODE)
    return digits(match[0]) + (" X" if match[0].endswith("X") else "") if labelled else None


RULES = (
    Rule("code told by figures", [DIGIT], r"\d(?:[\d-]{1,16}[\dX])(?![\w%])(?![.,-]\d)", _code, "end - _a _A _o ,"),
    Rule("international number", ["+"], rf"\+\d{{1,3}}(?:[ .-]?\(?\d{{1,5}}\)?){{2,5}}{_AFTER}", _phone),
    Rule("number with an area code", ["("], rf"\(\d{{3,5}}\)[ .-]?\d{{3,4}}[ .-]?\d{{3,4}}{_AFTER}", _phone),
    Rule(
        "american number",
        [DIGIT],
        r"""(?:1[ .-])? (?: \d{3}-\d{3}-\d{4}(?:-\d+)? | \d{3}\.\d{3}\.\d{4}
        | (?:800|888|877|866|900)-[A-Z]+(?:-[A-Z\d]+)* ) (?!\w)""",
        _phone,
        "- _0 .",
    ),
    Rule("social security number", [DIGIT], rf"\d{{3}}-\d{{2}}-\d{{4}}{_AFTER}", _phone, "-"),
    Rule("british number", [DIGIT], rf"0\d{{2,4}}[ ]\d{{3,4}}[ ]?\d{{3,4}}{_AFTER}", _phone, "_0"),
    Rule("local number", [DIGIT], rf"\d{{3}}-\d{{4}}{_AFTER}", _local, "-"),
    Rule("number for help", [DIGIT], rf"(?:{_HELP})(?![\w,])(?!\.\d)", _help, "end _a _A _o"),
    Rule("internet address", [DIGIT], r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w])", _address, "."),
)
