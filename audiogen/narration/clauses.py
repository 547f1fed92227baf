"""Long utterances, broken at clauses for engines that take only so much at a time."""

from __future__ import annotations

import re

#: Where a sentence may be broken, the better places first. Each is cut behind the match.
BREAKS = (
    re.compile(r"[.!?…][\"'”’)]*\s+"),
    re.compile(r"[;:]\s+"),
    re.compile(r",\s+(?=(?:and|but|or|nor|so|yet|which|who|while|because|although|when|where)\b)"),
    re.compile(r",\s+"),
    re.compile(r"\s+(?=(?:and|but|or|because|that|which|who|while|when|with|after|before)\b)"),
    re.compile(r"\s+"),
)
#: A break is worse than the next kind's where it would leave a piece shorter than this share of the limit.
_SHORTEST = 0.3


def split_clauses(text: str, limit: int) -> tuple[str, ...]:
    """Break *text* into pieces of at most *limit* characters, at the best places there are; no word is lost.

    A single word longer than the limit is cut.

    >>> split_clauses("He came late, but he came; nobody knew why.", 30)
    ('He came late, but he came;', 'nobody knew why.')
    """
    if limit < 1:
        raise ValueError(f"A limit of {limit} characters leaves nothing to say.")
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*pieces, rest) if rest else tuple(pieces)


def _cut(text: str, limit: int) -> int:
    head = text[: limit + 1]
    for shortest in (limit * _SHORTEST, 0):
        for pattern in BREAKS:
            cuts = [found.end() for found in pattern.finditer(head) if len(head[: found.end()].rstrip()) <= limit]
            if cuts and cuts[-1] > shortest:
                return cuts[-1]
    return limit
