"""Swedish: years by hundreds, days as ordinals."""

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
    """The number words, dates and clock times of Swedish."""

    def before_thousand(self, count: str, number: int) -> str:
        """Return *count* without its last t if a third would follow: "tjugoettusen"."""
        return count.removesuffix("t") if count.endswith("tt") else count

    def year(self, number: int, form: Form = PLAIN) -> str:
        """Return a year in words: "nittonhundraåttionio", from 2010 "tjugohundratio", as Språkrådet recommends."""
        if not 2010 <= number < 2100:
            return super().year(number, form)
        return f"tjugohundra{self.below_million(number - 2000)}"

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words, an ordinal: "den sjätte september"."""
        return self.ordinal(day)


def _of_law(language: Swedish, match: re.Match[str]) -> str:
    """Return "8 kap." or "5 §" as an ordinal with its noun, as laws are cited."""
    spoken = language.ordinal(int(match["number"]))
    letter = f" {match['letter']}" if match["letter"] else ""
    return f"{spoken}{letter} {'kapitlet' if match['part'][0] == 'k' else 'paragrafen'}"


def special_rules(language: Swedish) -> Iterator[Rule]:
    """Yield the rules of Swedish, which are tried before the shared ones."""
    part = r"(?P<number>\d{1,3})(?:[ ](?P<letter>[a-z]))?[ ](?P<part>kap\.|§(?!§))(?![ ]?\d+[ ]§§)"
    yield Rule("part of a law", [DIGIT], part, partial(_of_law, language))
