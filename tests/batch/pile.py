"""Piles of articles for the tests: pages that are all of one make and each a story of its own."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_WHO = [
    "the mayor",
    "a fisherman",
    "the new baker",
    "two teachers",
    "the harbour pilot",
    "a retired judge",
    "the youngest clerk",
]
_DID = [
    "repaired",
    "painted",
    "sold",
    "forgot",
    "measured",
    "praised",
    "moved",
    "opened",
    "closed",
    "borrowed",
    "described",
    "rented",
]
_WHAT = [
    "the ferry",
    "an old bridge",
    "the library roof",
    "a crate of lemons",
    "the town clock",
    "a fishing net",
    "the post office",
]
_WHEN = [
    "before the storm",
    "on Tuesday",
    "in the spring",
    "after lunch",
    "during the fair",
    "at noon",
    "late last year",
]
_WHY = [
    "because nobody else would",
    "to save money",
    "for the children",
    "out of habit",
    "as the law demands",
    "by mistake",
]


def sentence(chance: random.Random) -> str:
    """One sentence out of some 24,000, with a number that no other has."""
    who, did, what, when, why = (chance.choice(part) for part in (_WHO, _DID, _WHAT, _WHEN, _WHY))
    return f"In house {chance.randrange(10_000)} {who} {did} {what} {when} {why}, and {chance.choice(_WHO)} watched."


def paragraphs(number: int, count: int = 2) -> list[str]:
    """The text of story *number*, the same every time."""
    chance = random.Random(number)
    return [" ".join(sentence(chance) for _ in range(2)) for _ in range(count)]


def page(number: int, *, url: str | None = None, text: list[str] | None = None, title: str = "") -> str:
    """A saved page of story *number*."""
    title = title or f"House {number} and its neighbours"
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in text or paragraphs(number))
    address = url or f"https://ledger.example/stories/{number}"
    return f"""<!DOCTYPE html>
<html lang="en"><head><title>{title}</title><link rel="canonical" href="{address}">
<meta name="author" content="Mira Tolland"></head>
<body><article><h1>{title}</h1>
{body}
</article></body></html>
"""


def make_pile(folder: Path, count: int) -> Path:
    """Fill *folder* with *count* pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"story-{number:05}.html").write_text(page(number), encoding="utf-8")
    return folder
