"""Rules for British money before 1971: pounds of twenty shillings, shillings of twelve pence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.languages.en.numbers import cardinal, number
from audiogen.narration.languages.en.parts import NUMBER, stop_after
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

#: Sums of pence that are one word.
_PENCE = {2: "twopence", 3: "threepence", **{n: f"{cardinal(n)}pence" for n in range(4, 12)}}


def _pence(count: int, half: str | None) -> str:
    """Return a number of pence in words; *half* is not None if a halfpenny is added."""
    if half:
        return f"{cardinal(count)} pence halfpenny" if count != 1 else "one penny halfpenny"
    return "one penny" if count == 1 else _PENCE.get(count, f"{cardinal(count)} pence")


def _old_money(match: re.Match[str]) -> str | None:
    """Return pounds, shillings and pence in words; None for shillings alone."""
    pounds, shillings, pence = match["pounds"], int(match["shillings"]), match["pence"]
    if not pounds and not pence:
        return None
    parts = [f"{number(pounds)} {'pound' if pounds == '1' else 'pounds'}"] if pounds else []
    if shillings:
        parts.append(f"{cardinal(shillings)} {'shilling' if shillings == 1 else 'shillings'}")
    if pence and (int(pence) or match["half"]):
        parts.append(_pence(int(pence), match["half"]))
    stop = stop_after(match)
    return (", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else parts[0] if parts else "nothing") + stop


RULES = (
    Rule(
        "pounds, shillings and pence",
        ["£", DIGIT],
        rf"""(?:£\s?(?P<pounds>{NUMBER}),?\s)?(?P<shillings>[1-3]?\d)s\b\.?
        (?:,?\s?(?P<pence>1?\d)(?P<half>½)?d(?!\w)\.?)?""",
        _old_money,
        "x",
    ),
)
