"""What Swedish does of its own: years by hundreds, days as ordinals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import PLAIN, Form
from audiogen.narration.languages.european.germanic import Germanic
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Swedish(Germanic):
    """Swedish as the rules need it."""

    def before_thousand(self, count: str, number: int) -> str:
        """Leave out one of three t: "tjugoettusen"."""
        return count.removesuffix("t") if count.endswith("tt") else count

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Say a year: "nittonhundraåttionio", and from 2010 "tjugohundratio", as Språkrådet recommends."""
        if not 2010 <= number < 2100:
            return super().year(number, form)
        return f"tjugohundra{self.below_million(number - 2000)}"

    def day(self, day: int, match: re.Match[str]) -> str:
        """Say the day of a date, an ordinal: "den sjätte september"."""
        return self.ordinal(day)


def _of_law(language: Swedish, match: re.Match[str]) -> str:
    """Say "8 kap." and "5 §" as the eighth chapter and the fifth paragraph, as laws are cited."""
    spoken = language.ordinal(int(match["number"]))
    letter = f" {match['letter']}" if match["letter"] else ""
    return f"{spoken}{letter} {'kapitlet' if match['part'][0] == 'k' else 'paragrafen'}"


def special_rules(language: Swedish) -> Iterator[Rule]:
    """Rules of Swedish alone, tried before those it shares."""
    part = r"(?P<number>\d{1,3})(?:[ ](?P<letter>[a-z]))?[ ](?P<part>kap\.|§(?!§))(?![ ]?\d+[ ]§§)"
    yield Rule("part of a law", [DIGIT], part, partial(_of_law, language))
