"""Replaces the tables, code, formulas, posts and charts of an article with short phrases, or reads them.

Tables with sentences in their cells (pros and cons, for example) are read, and so are messages and prompts in the form
of code: without them, a part of the article would be missing. A table that the page has twice, for wide and narrow
screens, is read once.
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
#: Kinds that are only narrated by a placeholder, or if the settings say so.
SILENT = {
    BlockKind.TABLE: Reason.TABLE,
    BlockKind.CODE: Reason.CODE,
    BlockKind.FORMULA: Reason.FORMULA,
    BlockKind.EMBED: Reason.EMBED,
    BlockKind.CHART: Reason.EMBED,
}
#: Kinds that are announced only once in an article.
ONCE = frozenset({"code"})
#: The names of the kinds in `Placeholders` and in the phrase file.
NAMES = {
    BlockKind.TABLE: "table",
    BlockKind.CODE: "code",
    BlockKind.FORMULA: "formula",
    BlockKind.EMBED: "embed",
    BlockKind.CHART: "chart",
    BlockKind.LINK_LIST: "link_list",
}
#: The ledger's reasons for non-text content.
REASONS = frozenset({Reason.TABLE, Reason.CODE, Reason.FORMULA, Reason.EMBED, Reason.RELATED})
#: Content is inside the article if one of this many elements around it contains at least so many narrated blocks.
MAX_LEVELS, MIN_NEIGHBOURS = 3, 2
#: A table is read if this share of its words is in cells of at least this many words, its cells have at least this
#: many words on average, and at most these shares of its characters are digits and of its cells links.
MIN_LONG_CELLS, MIN_CELL_WORDS, MIN_MEAN_WORDS, MAX_DIGITS, MAX_LINKS = 0.7, 5, 4.0, 0.06, 0.5
#: Code is read if it has this many words, this share of them plain words, and at most this share of code signs.
MIN_PROSE_WORDS, MIN_PLAIN, MAX_SIGNS = 15, 0.85, 0.01
SIGNS = "{}<>=;|\\$#_*"
PLAIN_WORD = re.compile(r"[(\[\"'“„«-]*[^\W\d_][\w'’-]*[\])\"'”»]*[.,!?;:…]*[\])\"'”»]*")
SENTENCE = re.compile(r"[^\W\d_][.!?…](?=\s+[A-ZÀ-ÞĄĆĘŁŃŚŹŻА-ЯІЇЄҐ]|\s*$)")
#: Reasons of phrases with which a cell of such a table is not read.
OFFERS = frozenset({Reason.CALL_TO_ACTION, Reason.ADVERTISEMENT, Reason.SHARE, Reason.FORM})
#: Share of a list item inside links from which its list is a list of links.
MIN_LINKED = 0.8


@dataclass(frozen=True, slots=True)
class NonText:
    """A table, listing, formula, post or chart: successive entries of the ledger."""

    kind: str
    entries: tuple[Removed, ...]

    @property
    def rows(self) -> int:
        """Return the number of rows of a table; 0 if it is unknown."""
        rows = {row_of(entry.block) for entry in self.entries}
        return len(rows - {0})

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the texts of the entries."""
        return tuple(entry.block.text for entry in self.entries)

    @property
    def is_worded(self) -> bool:
        """Return whether it is a table or code that consists of sentences."""
        return self._is_prose() if self.kind == "code" else self.kind == "table" and self._has_sentences()

    def _is_prose(self) -> bool:
        """Return whether code is a message or a prompt: sentences of plain words, without signs of code."""
        text = " ".join(self.texts)
        tokens = text.split()
        signs = sum(map(SIGNS.count, text))
        words = sum(PLAIN_WORD.fullmatch(token) is not None for token in tokens)
        enough = len(tokens) >= MIN_PROSE_WORDS and len(SENTENCE.findall(text)) > 1
        return enough and words >= MIN_PLAIN * len(tokens) and signs <= MAX_SIGNS * len(text)

    def _has_sentences(self) -> bool:
        """Return whether a table consists of sentences, not of figures, labels or links."""
        counts = [text.count(" ") + 1 for text in self.texts]
        long = sum(count for count in counts if count >= MIN_CELL_WORDS)
        digits = sum(sum(map(str.isdigit, text)) for text in self.texts)
        words = long >= MIN_LONG_CELLS * sum(counts) and sum(counts) >= MIN_MEAN_WORDS * len(counts)
        linked = sum(entry.block.evidence.link_density for entry in self.entries if entry.block.evidence)
        words = words and linked < MAX_LINKS * len(counts)
        return self.rows > 1 and words and digits <= MAX_DIGITS * sum(map(len, self.texts))


def with_placeholders(article: Article, wanted: Placeholders) -> Article:
    """Return the article with a phrase, or the content itself, at the position of each non-text content inside it."""
    narrated = _with_positions(article)
    if not narrated:
        return article
    first, last = narrated[0][0], narrated[-1][0]
    around = Counter(e for _, block in narrated if block.evidence for e in block.evidence.elements)
    added: list[tuple[float, Block]] = []
    read: set[int] = set()
    seen: set[tuple[str, ...]] = set()
    announced: set[str] = set()
    for item in _group_non_text(article.removed, hidden=_is_hidden(narrated)):
        if not (first < item.entries[0].position < last and _is_inside(item, around)):
            continue
        if _is_read(item, wanted):
            chosen = [entry for entry in item.entries if not (item.is_worded and _is_offer(entry, article.language))]
            if item.is_worded and item.texts in seen:
                continue
            seen.add(item.texts)
            added.extend((entry.position, _as_quote(entry.block)) for entry in chosen)
            read.update(entry.position for entry in chosen)
        elif getattr(wanted, item.kind) == SAY:
            position = item.entries[0].position
            if item.kind not in announced:
                added.extend((position, _make_block(item, text)) for text in _spoken_texts(item, article.language))
            announced |= {item.kind} & ONCE
    blocks = [block for _, block in sorted([*narrated, *added], key=lambda pair: pair[0])]
    return replace(article, blocks=tuple(blocks), removed=tuple(r for r in article.removed if r.position not in read))


def _spoken_texts(item: NonText, language: str) -> Sequence[str]:
    """Return the texts to insert: the rows of a small table, the author and text of a post, or else a phrase."""
    if item.kind == "table" and (rows := read_rows(item.entries)):
        return rows
    if item.kind == "embed" and (post := find_post([entry.block for entry in item.entries])):
        return [_introduce_post(post, _phrases_of(language)), *post.texts]
    return [phrase(item, language)]


def _introduce_post(post: Post, words: Mapping[str, str]) -> str:
    """Return the phrase before a post, with its author and network if the page has them."""
    if not post.network:
        return words["post_elsewhere"].format(author=post.author) if post.author else words["embed"]
    return words["post" if post.author else "post_unsigned"].format(author=post.author, network=post.network)


def _make_block(item: NonText, text: str) -> Block:
    return Block(text, BlockKind.STAND_IN, evidence=item.entries[0].block.evidence)


def _is_read(item: NonText, wanted: Placeholders) -> bool:
    """Return whether the content itself is read: if the settings say so, or if it consists of sentences."""
    setting = getattr(wanted, item.kind)
    return (setting == READ and item.kind != "video") or (setting == SAY and item.is_worded)


def _is_hidden(narrated: Sequence[tuple[float, Block]]) -> bool:
    """Return whether most of the narrated blocks are hidden, as on pages that a script reveals."""
    hidden = sum(block.evidence is not None and "hidden" in block.evidence.marks for _, block in narrated)
    return 2 * hidden > len(narrated)


def _is_offer(entry: Removed, language: str) -> bool:
    """Return whether an entry has a phrase that only offers something to the reader."""
    found = match_phrase(language, entry.block.text)
    return found is not None and found.reason in OFFERS


def _with_positions(article: Article) -> list[tuple[float, Block]]:
    """Return each narrated block with its position among all blocks of the page: the positions without an entry."""
    taken = {entry.position for entry in article.removed}
    free = (position for position in range(len(taken) + len(article.blocks)) if position not in taken)
    return list(zip(free, article.blocks, strict=False))


def _group_non_text(removed: Sequence[Removed], *, hidden: bool = False) -> Iterable[NonText]:
    """Yield the non-text content that the page shows; hidden content, too, if the article is *hidden*."""
    run: list[Removed] = []
    for entry in removed:
        shown = hidden or entry.block.evidence is None or not entry.block.evidence.marks.get("hidden")
        named = shown and _kind(entry)
        if run and not (named and _continues_item(run[-1], entry)):
            yield NonText(_kind(run[0]), tuple(run))
            run = []
        if named:
            run.append(entry)
    if run:
        yield NonText(_kind(run[0]), tuple(run))


def _kind(entry: Removed) -> str:
    """Return the name of the placeholder for a removed block; "" if it gets none."""
    block, evidence = entry.block, entry.block.evidence
    if entry.reason not in REASONS or evidence is None:
        return ""
    if evidence.marks.get("player") and block.kind is BlockKind.EMBED:
        return "video"
    if entry.reason is Reason.FORMULA:
        return "formula"
    if block.kind is BlockKind.LIST_ITEM and evidence.link_density > MIN_LINKED:
        return "link_list"
    return NAMES.get(block.kind, "")


def _continues_item(before: Removed, after: Removed) -> bool:
    """Return whether an entry belongs to the same content as the entry before it."""
    if after.position != before.position + 1 or _kind(before) != _kind(after):
        return False
    tables = [entry.block.evidence.marks.get("table") for entry in (before, after) if entry.block.evidence]
    return len(set(tables)) == 1


def _is_inside(item: NonText, around: Mapping[int, int]) -> bool:
    """Return whether the content is inside the article: an element a few levels up also contains narrated text."""
    evidence = item.entries[0].block.evidence
    if evidence is None:
        return False
    elements = list(evidence.elements)
    table = int(evidence.marks.get("table", 0))
    above = elements[: elements.index(table)] if table in elements else elements[:-1]
    return any(around.get(element, 0) >= MIN_NEIGHBOURS for element in above[-MAX_LEVELS:])


def _as_quote(block: Block) -> Block:
    """Return an embedded block as a quotation, other blocks unchanged."""
    return replace(block, kind=BlockKind.QUOTE) if block.kind is BlockKind.EMBED else block


@cache
def _load_phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(PHRASES_FILE.read_text(encoding="utf-8"))


def _phrases_of(language: str) -> dict[str, str]:
    """Return the phrases of *language* by name; the English ones if it has none."""
    known = _load_phrases()
    return known.get(list_tag(language), known["en"])


def phrase(item: NonText, language: str) -> str:
    """Return the phrase that announces the content, in the article's language or else in English."""
    words = _phrases_of(language)
    if item.kind == "table" and item.rows > 1:
        return words["table_count"].format(count=item.rows)
    return words[item.kind]
