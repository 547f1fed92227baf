"""Short phrases in place of tables, code, formulas, embedded posts and charts that stand inside an article.

A table that is written out in words, of pros and cons or of kinds and what they are good for, is read, and so is a
message or a prompt that is set like code: a listener who hears only that it is there misses a part of the article. One
that stands on the page twice, for wide screens and for narrow ones, is read once.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import match_phrase
from audiogen.cleaner.posts import find_post
from audiogen.cleaner.tables import read_rows, row_of
from audiogen.language.tags import list_tag
from audiogen.model import Article, Block, BlockKind, Reason
from audiogen.placeholders import READ, SAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audiogen.cleaner.posts import Post
    from audiogen.model import Removed
    from audiogen.placeholders import Placeholders

PHRASES_FILE = Path(__file__).with_name("placeholders.toml")
#: Kinds that are heard only through a placeholder or on demand.
SILENT = {
    BlockKind.TABLE: Reason.TABLE,
    BlockKind.CODE: Reason.CODE,
    BlockKind.FORMULA: Reason.FORMULA,
    BlockKind.EMBED: Reason.EMBED,
    BlockKind.CHART: Reason.EMBED,
}
#: What is announced once in an article, be there ten of them.
ONCE = frozenset({"code"})
#: How the kinds are called in `Placeholders` and in the phrases.
NAMES = {
    BlockKind.TABLE: "table",
    BlockKind.CODE: "code",
    BlockKind.FORMULA: "formula",
    BlockKind.EMBED: "embed",
    BlockKind.CHART: "chart",
    BlockKind.LINK_LIST: "link_list",
}
#: Reasons under which such things stand in the ledger.
REASONS = frozenset({Reason.TABLE, Reason.CODE, Reason.FORMULA, Reason.EMBED, Reason.RELATED})
#: How many elements up from a thing its article must hold heard text, and how many blocks of it.
LEVELS, NEIGHBOURS = 3, 2
#: A table is written out in words if so much of its text stands in cells of so many words at least, if its cells hold
#: so many on average, and if so few of its characters are digits and so few of its cells links.
WORDED, CELL_WORDS, MEAN_WORDS, DIGITS, LINKS = 0.7, 5, 4.0, 0.06, 0.5
#: Code is prose from so many words, if so many of them are plain ones and so few of its characters signs of code.
PROSE_WORDS, PLAIN, SIGNED = 15, 0.85, 0.01
SIGNS = "{}<>=;|\\$#_*"
PLAIN_WORD = re.compile(r"[(\[\"'“„«-]*[^\W\d_][\w'’-]*[\])\"'”»]*[.,!?;:…]*[\])\"'”»]*")
SENTENCE = re.compile(r"[^\W\d_][.!?…](?=\s+[A-ZÀ-ÞĄĆĘŁŃŚŹŻА-ЯІЇЄҐ]|\s*$)")
#: Reasons for which a cell of such a table is not read.
OFFERS = frozenset({Reason.CALL_TO_ACTION, Reason.ADVERTISEMENT, Reason.SHARE, Reason.FORM})
#: Share of a list item inside links from which its list is a list of links.
LINKED = 0.8


@dataclass(frozen=True, slots=True)
class Thing:
    """Neighbouring entries of the ledger that are one table, one listing, one post."""

    name: str
    entries: tuple[Removed, ...]

    @property
    def rows(self) -> int:
        """Count the rows of a table; 0 where they are not known."""
        rows = {row_of(entry.block) for entry in self.entries}
        return len(rows - {0})

    @property
    def texts(self) -> tuple[str, ...]:
        """Return its words, an entry each."""
        return tuple(entry.block.text for entry in self.entries)

    @property
    def is_worded(self) -> bool:
        """Tell what is written out in words, and stands as a table or as code all the same."""
        return self._is_prose() if self.name == "code" else self.name == "table" and self._has_sentences()

    def _is_prose(self) -> bool:
        """Tell a message or a prompt that is set like code: sentences of words, without code's signs."""
        text = " ".join(self.texts)
        tokens = text.split()
        signs = sum(map(SIGNS.count, text))
        words = sum(PLAIN_WORD.fullmatch(token) is not None for token in tokens)
        enough = len(tokens) >= PROSE_WORDS and len(SENTENCE.findall(text)) > 1
        return enough and words >= PLAIN * len(tokens) and signs <= SIGNED * len(text)

    def _has_sentences(self) -> bool:
        """Tell a table of words from one of figures and labels, or of links."""
        counts = [text.count(" ") + 1 for text in self.texts]
        long = sum(count for count in counts if count >= CELL_WORDS)
        digits = sum(sum(map(str.isdigit, text)) for text in self.texts)
        words = long >= WORDED * sum(counts) and sum(counts) >= MEAN_WORDS * len(counts)
        linked = sum(entry.block.evidence.link_density for entry in self.entries if entry.block.evidence)
        words = words and linked < LINKS * len(counts)
        return self.rows > 1 and words and digits <= DIGITS * sum(map(len, self.texts))


def with_placeholders(article: Article, wanted: Placeholders) -> Article:
    """Put phrases, or the things themselves, where they stand among what is heard."""
    heard = _placed(article)
    if not heard:
        return article
    first, last = heard[0][0], heard[-1][0]
    around = Counter(e for _, block in heard if block.evidence for e in block.evidence.elements)
    added: list[tuple[float, Block]] = []
    read: set[int] = set()
    seen: set[tuple[str, ...]] = set()
    announced: set[str] = set()
    for thing in _things(article.removed, hidden=_is_hidden(heard)):
        if not (first < thing.entries[0].position < last and _is_inside(thing, around)):
            continue
        if _is_read(thing, wanted):
            chosen = [entry for entry in thing.entries if not (thing.is_worded and _offers(entry, article.language))]
            if thing.is_worded and thing.texts in seen:
                continue
            seen.add(thing.texts)
            added.extend((entry.position, _readable(entry.block)) for entry in chosen)
            read.update(entry.position for entry in chosen)
        elif getattr(wanted, thing.name) == SAY:
            position = thing.entries[0].position
            if thing.name not in announced:
                added.extend((position, _block(thing, text)) for text in _in_words(thing, article.language))
            announced |= {thing.name} & ONCE
    blocks = [block for _, block in sorted([*heard, *added], key=lambda pair: pair[0])]
    return replace(article, blocks=tuple(blocks), removed=tuple(r for r in article.removed if r.position not in read))


def _in_words(thing: Thing, language: str) -> Sequence[str]:
    """Say a small table row by row, quote a post whose words stand on the page, and announce all else."""
    if thing.name == "table" and (rows := read_rows(thing.entries)):
        return rows
    if thing.name == "embed" and (post := find_post([entry.block for entry in thing.entries])):
        return [_lead(post, _words(language)), *post.texts]
    return [phrase(thing, language)]


def _lead(post: Post, words: Mapping[str, str]) -> str:
    """Say who wrote a post, and where, as far as the page tells."""
    if not post.network:
        return words["post_elsewhere"].format(author=post.author) if post.author else words["embed"]
    return words["post" if post.author else "post_unsigned"].format(author=post.author, network=post.network)


def _block(thing: Thing, text: str) -> Block:
    return Block(text, BlockKind.STAND_IN, evidence=thing.entries[0].block.evidence)


def _is_read(thing: Thing, wanted: Placeholders) -> bool:
    """Say whether the thing itself is heard: where that is wanted, and a table of words unless tables are left out."""
    manner = getattr(wanted, thing.name)
    return (manner == READ and thing.name != "video") or (manner == SAY and thing.is_worded)


def _is_hidden(heard: Sequence[tuple[float, Block]]) -> bool:
    """Return whether the whole article is hidden, as on pages that their script shows."""
    hidden = sum(block.evidence is not None and "hidden" in block.evidence.marks for _, block in heard)
    return 2 * hidden > len(heard)


def _offers(entry: Removed, language: str) -> bool:
    found = match_phrase(language, entry.block.text)
    return found is not None and found.reason in OFFERS


def _placed(article: Article) -> list[tuple[float, Block]]:
    """Return each heard block with its position among all blocks of the page: the positions that the ledger leaves."""
    taken = {entry.position for entry in article.removed}
    free = (position for position in range(len(taken) + len(article.blocks)) if position not in taken)
    return list(zip(free, article.blocks, strict=False))


def _things(removed: Sequence[Removed], *, hidden: bool = False) -> Iterable[Thing]:
    """Yield the things that the page shows, or all of them where the article itself is *hidden*."""
    run: list[Removed] = []
    for entry in removed:
        shown = hidden or entry.block.evidence is None or not entry.block.evidence.marks.get("hidden")
        named = shown and _name(entry)
        if run and not (named and _is_same(run[-1], entry)):
            yield Thing(_name(run[0]), tuple(run))
            run = []
        if named:
            run.append(entry)
    if run:
        yield Thing(_name(run[0]), tuple(run))


def _name(entry: Removed) -> str:
    block, evidence = entry.block, entry.block.evidence
    if entry.reason not in REASONS or evidence is None:
        return ""
    if evidence.marks.get("player") and block.kind is BlockKind.EMBED:
        return "video"
    if entry.reason is Reason.FORMULA:
        return "formula"
    if block.kind is BlockKind.LIST_ITEM and evidence.link_density > LINKED:
        return "link_list"
    return NAMES.get(block.kind, "")


def _is_same(before: Removed, after: Removed) -> bool:
    if after.position != before.position + 1 or _name(before) != _name(after):
        return False
    tables = [entry.block.evidence.marks.get("table") for entry in (before, after) if entry.block.evidence]
    return len(set(tables)) == 1


def _is_inside(thing: Thing, around: Mapping[int, int]) -> bool:
    """Return whether the thing stands in the article: an element a few levels up from it holds heard text too."""
    evidence = thing.entries[0].block.evidence
    if evidence is None:
        return False
    elements = list(evidence.elements)
    table = int(evidence.marks.get("table", 0))
    above = elements[: elements.index(table)] if table in elements else elements[:-1]
    return any(around.get(element, 0) >= NEIGHBOURS for element in above[-LEVELS:])


def _readable(block: Block) -> Block:
    return replace(block, kind=BlockKind.QUOTE) if block.kind is BlockKind.EMBED else block


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(PHRASES_FILE.read_text(encoding="utf-8"))


def _words(language: str) -> dict[str, str]:
    known = _phrases()
    return known.get(list_tag(language), known["en"])


def phrase(thing: Thing, language: str) -> str:
    """Say what stands there, in the article's language, or in English where we have no words in it."""
    words = _words(language)
    if thing.name == "table" and thing.rows > 1:
        return words["table_count"].format(count=thing.rows)
    return words[thing.name]
