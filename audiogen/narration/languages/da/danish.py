"""Danish: decades, and days as ordinals."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.germanic import Germanic
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


class Danish(Germanic):
    """The number words, dates and clock times of Danish."""

    def day(self, day: int, match: re.Match[str]) -> str:
        """Return the day of a date in words, an ordinal: "sjette september"."""
        return self.ordinal(day)


def _decade(language: Danish, match: re.Match[str]) -> str:
    """Return a decade in words: "80'erne" is "firserne", "1980'erne" is "nittenfirserne"."""
    hundreds = language.cardinal(int(match["hundreds"])) if match["hundreds"] else ""
    name: str = language.calendar["decades"][match["tens"]]
    return f"{hundreds}{name}{match['ending']}"


def special_rules(language: Danish) -> Iterator[Rule]:
    """Yield the rules of Danish, which are tried before the shared ones."""
    decade = r"(?P<hundreds>1[5-9]|20)?(?P<tens>[1-9]0)['-]?er(?P<ending>ne|nes|-?\w*)(?!\w)"
    yield Rule("decade", [DIGIT], decade, partial(_decade, language))
