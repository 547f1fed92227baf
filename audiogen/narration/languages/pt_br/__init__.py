"""The language pack of Brazilian Portuguese, after the Manual da Redação of the Folha and the VOLP."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.languages import pt
from audiogen.narration.languages.european import romance
from audiogen.narration.languages.european.pack import pack_of
from audiogen.narration.languages.pt.portuguese import Portuguese
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


_WEEKDAY = re.compile(r"(?i:segunda|terça|quarta|quinta|sexta|sábado|domingo)(?:-feira)?[ ,(]*\Z")


class Brazilian(Portuguese):
    """Portuguese with the number words of Brazil: "dezesseis", "um bilhão"."""

    library = "pt_BR"


def _day_and_month(language: Brazilian, match: re.Match[str]) -> str | None:
    """Return a day and month after a weekday, "quinta (7/3)", as a date; None without a weekday before it."""
    day, month = int(match["day"]), int(match["month"])
    known = search_before(match, _WEEKDAY)
    if not known or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return language.date_of(match, language.day(day, match), month, None)


#: Words of sport that announce a score.
_MATCH = re.compile(
    r"(?i:\bpor|venc\w+|ganh\w+|perd\w+|bate\w*|empat\w+|gole\w+|vitória|derrota|placar)\b[^.,;]{0,24}\Z"
)


def _score(language: Brazilian, match: re.Match[str]) -> str | None:
    """Return "2x0" as a score after a word of sport or between two names; otherwise None."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(0, start - 40) : start]
    sides = re.search(r"[A-ZÀ-Ý]\w+ \Z", before) and re.match(r" [A-ZÀ-Ý]", text[end : end + 2])
    is_score = sides or _MATCH.search(before)
    return language.score(int(match["first"]), int(match["last"])) if is_score else None


def special_rules(language: Brazilian) -> Iterator[Rule]:
    """Yield the rules of Brazilian Portuguese, which are tried before the shared ones."""
    score = r"(?P<first>\d{1,2})[ ]?[x×][ ]?(?P<last>\d{1,2})(?!\w)"
    yield Rule("score", [DIGIT], score, partial(_score, language))
    figures = r"(?P<day>\d\d?)/(?P<month>\d\d?)(?![\w/])"
    yield Rule("day and month behind a weekday", [DIGIT], figures, partial(_day_and_month, language))


LANGUAGE = Brazilian("pt-BR", pt.__file__, __file__)
PACK = pack_of(
    LANGUAGE,
    special_rules=[*special_rules(LANGUAGE), *romance.special_rules(LANGUAGE)],
    ordinal_rules=romance.ordinal_rules(LANGUAGE),
)
