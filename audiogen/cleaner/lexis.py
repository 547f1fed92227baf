"""Helpers for the words of blocks and of their markup: normalized texts, matched phrases, groups of class names.

`markup.toml` has the words of class names by group. A *segment* is one step of a block's path: a tag with its classes,
id and role ("div.story#main@main").
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.cleaner.phrases import all_phrases, phrases
from audiogen.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.cleaner.phrases import Match
    from audiogen.model import Article, Block, Reason

MARKUP_FILE = Path(__file__).with_name("markup.toml")
NOTHING = Evidence()
#: Letters of scripts without spaces between words.
SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Length, in characters, from which a line is not matched with phrases.
MAX_LINE_LENGTH = 1000
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: Boundaries of words inside a class name, also in camel case.
NAME_BORDER = re.compile(r"[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])")
NAME = re.compile(r"[.#@]([^.#@]+)")
#: Pronouns of the outlet, the reader and the author, in the languages of the phrase files.
WE = re.compile(
    r"\b(?:our|ours|we|us|unser\w*|wir|uns|notre|nos|nous|nuestr[oa]s?|noss[oa]s?|nostr[oaie]|nasz\w*|наш\w*|мы|ми|нас)\b",
    re.I,
)
YOU = re.compile(
    r"\b(?:you|your|yours|sie|ihre?n?|du|dein\w*|vous|votre|vos|usted|tus?|você|seu|sua|tuo|tua|vostr\w|twoj\w*|ваш\w*|вы|ви|вас)\b",
    re.I,
)
SELF = re.compile(r"\b(?:i|my|me|mine|ich|mein\w*|je|mon|ma|yo|mi|eu|meu|minha|io|mio|mia|я|мой|мене|мне)\b", re.I)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return the words of *text* in folded case, joined by spaces."""
    return " ".join(WORD.findall(text.casefold().replace("’", "'")))


@lru_cache(maxsize=20_000)
def match_phrase(language: str, text: str) -> Match | None:
    """Return the phrase that matches a line in *language* ("" for any language); None if there is none."""
    return (phrases(language) if language else all_phrases()).match(text) if len(text) < MAX_LINE_LENGTH else None


@lru_cache(maxsize=20_000)
def hinted_reasons(language: str, text: str) -> frozenset[Reason]:
    """Return the reasons that hints in the line give, in *language* ("" for any language)."""
    return (phrases(language) if language else all_phrases()).hint(text)


@lru_cache(maxsize=50_000)
def pronoun_mask(word: str) -> int:
    """Return a bit mask of the meanings of a pronoun: 1 the outlet, 2 the reader, 4 the author; 0 for other words.

    >>> pronoun_mask("Our"), pronoun_mask("you're"), pronoun_mask("clock")
    (1, 2, 0)
    """
    head = word.partition("'")[0].partition("’")[0]
    return sum(1 << bit for bit, pattern in enumerate((WE, YOU, SELF)) if pattern.fullmatch(head))


@cache
def groups() -> tuple[str, ...]:
    """Return the names of the groups in `markup.toml`."""
    return tuple(_load_groups())


@cache
def _load_groups() -> dict[str, list[str]]:
    """Return the words of `markup.toml` by group."""
    return dict(tomllib.loads(MARKUP_FILE.read_text(encoding="utf-8")))


@cache
def _masks_by_word() -> dict[str, int]:
    """Return for each word of `markup.toml` the bit mask of its groups."""
    masks: dict[str, int] = defaultdict(int)
    for index, words in enumerate(_load_groups().values()):
        for word in words:
            masks[word] |= 1 << index
    return dict(masks)


@lru_cache(maxsize=100_000)
def segment_mask(segment: str) -> int:
    """Return a bit mask of the groups, in the order of `groups`, with words in a segment's classes, id and role."""
    lookup = _masks_by_word()
    mask = 0
    for name in NAME.findall(segment):
        mask |= lookup.get(name.lower(), 0)
        for word in NAME_BORDER.split(name):
            mask |= lookup.get(word.lower(), 0)
    return mask


@lru_cache(maxsize=100_000)
def segment_tag(segment: str) -> str:
    """Return the tag of a segment."""
    return re.split(r"[.#@]", segment, maxsplit=1)[0]


def outlet_names(article: Article) -> tuple[str, ...]:
    """Return the outlet's names, folded and without spaces: the one that the page declares, and the one in its host."""
    return tuple(n for n in {fold(article.site).replace(" ", ""), _host_name(article.url)} if len(n) > 2)


def _host_name(url: str) -> str:
    """Return the name in an address's host: "example" for "www.example.co.uk"; "" if there is none."""
    parts = [part for part in url.partition("://")[2].partition("/")[0].split(".") if part not in {"www", "blog", "m"}]
    return max(parts[:-1], key=len, default="") if len(parts) > 1 else ""


def words_of(blocks: Iterable[Block]) -> int:
    """Return the number of words in blocks; in scripts without spaces, three letters count as a word."""
    return sum(max(len(block.text.split()), len(SPACELESS.findall(block.text)) // 3) for block in blocks)
