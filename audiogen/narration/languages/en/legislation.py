"""Rules for the numbers of bills, resolutions, dockets and law reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.languages.en.designations import say_model
from audiogen.narration.languages.en.letters import spell
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

_HOUSES = {"H": "House", "S": "Senate"}
_KINDS = {"Con": "Concurrent ", "J": "Joint ", None: ""}


def _resolution(match: re.Match[str]) -> str:
    """Return "H. Con. Res. 14" in words."""
    return f"{_HOUSES[match['house']]} {_KINDS[match['kind']]}Resolution {say_model(match['number'])}"


def _bill(match: re.Match[str]) -> str:
    """Return "H.R. 1234" in words."""
    return f"{spell(match['house'].replace('.', '').replace(' ', ''))} {say_model(match['number'])}"


def _docket_number(match: re.Match[str]) -> str:
    """Return "No. 21-1234" in words."""
    return f"number {say_model(match['year'])} {say_model(match['number'])}"


def _report(match: re.Match[str]) -> str:
    """Return a volume and page of the U.S. Reports ("410 U.S. 113") in words."""
    return f"{say_model(match['volume'])} U S {say_model(match['page'])}"


RULES = (
    Rule(
        "resolution",
        ["h", "s"],
        r"(?P<house>[HS])\.\s?(?:(?P<kind>Con|J)\.\s?)?Res\.\s?(?P<number>\d{1,4})(?!\w)",
        _resolution,
        ". end",
    ),
    Rule("bill", ["h", "s"], r"(?P<house>H\.\s?R\.|S\.)\s?(?P<number>\d{1,4})(?![\w,.:/-]\w|\w)", _bill, ". end"),
    Rule(
        "docket",
        ["no"],
        # "Nos. 10-12" and "No. 3-5" are ranges; a docket has its year and three digits or more.
        r"No\.\s?(?P<year>\d\d)[-–](?P<number>\d{3,4})(?![\w–-])",
        _docket_number,
        "end",
    ),
    Rule(
        "law report",
        [DIGIT],
        r"(?P<volume>\d{1,3})\sU\.\s?S\.\s(?P<page>\d{1,4})(?=\s\(|[,.;)]|\s?\Z)(?![.,]\d)",
        _report,
        "_A",
    ),
)
