"""Moves passages in other languages than the article's to the ledger, if the settings ask for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from audiogen.language.detection import same_language
from audiogen.language.passages import Passage, passages
from audiogen.model import Reason, Removed, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.model import Article, Block, TextSpan


@dataclass(frozen=True, slots=True)
class Foreign:
    """Settings of which passages in other languages than the article's are narrated."""

    #: "voice": passages in a language that a voice speaks stay; "skip": none stay; "as-is": all stay.
    treatment: str = "as-is"
    #: Languages that a voice speaks: primary tags of BCP 47 in lower case.
    spoken: frozenset[str] = frozenset()

    def dropped_by(self, language: str) -> str:
        """Return the name of the rule that drops a passage in *language*; "" if it is narrated."""
        if self.treatment == "skip":
            return "language.skip"
        unspoken = self.treatment == "voice" and language.split("-")[0].lower() not in self.spoken
        return "language.no-voice" if unspoken else ""


def without_foreign(article: Article, foreign: Foreign) -> Article:
    """Return the article with its foreign passages in the ledger: whole sentences and quoted phrases.

    The rest of a block stays. The entry of a passage gets the position after the rest of its block, so the positions of
    all following blocks increase.
    """
    if foreign.treatment == "as-is" or not article.language:
        return article
    splits = {index: _split_block(block, article.language, foreign) for index, block in enumerate(article.blocks)}
    if not any(entries for _, entries in splits.values()):
        return article
    blocks: list[Block] = []
    removed: list[Removed] = []
    for item in _iterate_in_page_order(article):
        if isinstance(item, Removed):
            removed.append(replace(item, position=len(blocks) + len(removed)))
            continue
        rest, entries = splits[item]
        blocks += [rest] if rest is not None else []
        for entry in entries:
            removed.append(replace(entry, position=len(blocks) + len(removed)))
    return replace(article, blocks=tuple(blocks), removed=tuple(removed))


def _iterate_in_page_order(article: Article) -> Iterator[Removed | int]:
    """Yield the entries of the ledger and the indexes of the narrated blocks, in the order of the page."""
    entries = {entry.position: entry for entry in article.removed}
    narrated = iter(range(len(article.blocks)))
    for position in range(len(article.blocks) + len(entries)):
        if position in entries:
            yield entries.pop(position)
        else:
            yield from islice(narrated, 1)
    yield from narrated
    yield from entries.values()


def _split_block(block: Block, language: str, foreign: Foreign) -> tuple[Block | None, list[Removed]]:
    """Return a block without its foreign passages, and an entry of the ledger for each of them.

    The block is None if no letter or digit is left in it.
    """
    found = [(passage, foreign.dropped_by(passage.language)) for passage in _passages(block, language)]
    dropped = [(passage, rule) for passage, rule in found if rule]
    if not dropped:
        return block, []
    entries = [Removed(_extract_passage(block, passage), Reason.LANGUAGE, rule) for passage, rule in dropped]
    rest = _remove_passages(block, [passage for passage, _ in dropped])
    return rest if any(map(str.isalnum, rest.text)) else None, entries


def _passages(block: Block, language: str) -> tuple[Passage, ...]:
    """Return the foreign passages of a block. A block that is marked with another language is one passage."""
    if block.language and not same_language(block.language, language):
        return (Passage(0, len(block.text), block.language),)
    marked = [(span.start, span.end, span.value) for span in block.spans if span.kind is SpanKind.LANGUAGE]
    return passages(block.text, language, marked)


def _extract_passage(block: Block, passage: Passage) -> Block:
    """Return a passage as a block, with the spans inside it."""
    start, end = passage.start, passage.end
    inside = (span for span in block.spans if start <= span.start and span.end <= end)
    spans = tuple(replace(span, start=span.start - start, end=span.end - start) for span in inside)
    return replace(block, text=block.text[start:end], language=passage.language, spans=spans)


def _remove_passages(block: Block, dropped: list[Passage]) -> Block:
    """Return a block without the given passages, and without the spans that overlap them."""
    at, kept = 0, []
    for passage in dropped:
        kept.append((at, passage.start))
        at = passage.end
    kept.append((at, len(block.text)))
    text = " ".join("".join(block.text[start:end] for start, end in kept).split())
    return replace(block, text=text, spans=tuple(_shift_spans(block, text, kept)) if block.spans else ())


def _shift_spans(block: Block, text: str, kept: list[tuple[int, int]]) -> Iterator[TextSpan]:
    """Yield the spans inside the *kept* ranges, with their offsets in *text*, which consists of these ranges.

    A span that has white space at a range's edge is left out, because *text* does not have this white space.
    """
    end_of_last = 0
    for start, end in kept:
        stretch = block.text[start:end].strip()
        found = text.find(stretch, end_of_last) if stretch else -1
        if found < 0:
            continue
        shift = found - start - (len(block.text[start:end]) - len(block.text[start:end].lstrip()))
        for span in block.spans:
            if start <= span.start and span.end <= end and span.start + shift >= 0 and span.end + shift <= len(text):
                yield replace(span, start=span.start + shift, end=span.end + shift)
        end_of_last = found + len(stretch)
