"""Passages in a language that is not spoken here, or not wanted: they go into the ledger, never silently."""

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
    """What becomes of passages in another language than the article's."""

    #: "voice": passages in a language that a voice speaks stay; "skip": none stay; "as-is": all stay.
    treatment: str = "as-is"
    #: Languages that a voice speaks: primary tags of BCP 47 in lower case.
    spoken: frozenset[str] = frozenset()

    def dropped_by(self, language: str) -> str:
        """Name the rule by which a passage in *language* is not heard; "" if it is."""
        if self.treatment == "skip":
            return "language.skip"
        unspoken = self.treatment == "voice" and language.split("-")[0].lower() not in self.spoken
        return "language.no-voice" if unspoken else ""


def without_foreign(article: Article, foreign: Foreign) -> Article:
    """Move passages that are not heard into the ledger, whole sentences and quoted phrases; the rest stays.

    A passage gets a position of its own, after what is left of its block; the positions of all that follow increase.
    """
    if foreign.treatment == "as-is" or not article.language:
        return article
    parted = {index: _parted(block, article.language, foreign) for index, block in enumerate(article.blocks)}
    if not any(entries for _, entries in parted.values()):
        return article
    blocks: list[Block] = []
    removed: list[Removed] = []
    for item in _in_order(article):
        if isinstance(item, Removed):
            removed.append(replace(item, position=len(blocks) + len(removed)))
            continue
        rest, entries = parted[item]
        blocks += [rest] if rest is not None else []
        for entry in entries:
            removed.append(replace(entry, position=len(blocks) + len(removed)))
    return replace(article, blocks=tuple(blocks), removed=tuple(removed))


def _in_order(article: Article) -> Iterator[Removed | int]:
    """Yield the ledger's entries and the indices of the heard blocks, in the order of the page."""
    entries = {entry.position: entry for entry in article.removed}
    heard = iter(range(len(article.blocks)))
    for position in range(len(article.blocks) + len(entries)):
        if position in entries:
            yield entries.pop(position)
        else:
            yield from islice(heard, 1)
    yield from heard
    yield from entries.values()


def _parted(block: Block, language: str, foreign: Foreign) -> tuple[Block | None, list[Removed]]:
    """Split a block into what stays (None if nothing speakable is left) and the ledger's entries."""
    found = [(passage, foreign.dropped_by(passage.language)) for passage in _passages(block, language)]
    unheard = [(passage, rule) for passage, rule in found if rule]
    if not unheard:
        return block, []
    entries = [Removed(_cut(block, passage), Reason.LANGUAGE, rule) for passage, rule in unheard]
    rest = _without(block, [passage for passage, _ in unheard])
    return rest if any(map(str.isalnum, rest.text)) else None, entries


def _passages(block: Block, language: str) -> tuple[Passage, ...]:
    """Return a block's passages; a block with a marked language of its own is one passage."""
    if block.language and not same_language(block.language, language):
        return (Passage(0, len(block.text), block.language),)
    marked = [(span.start, span.end, span.value) for span in block.spans if span.kind is SpanKind.LANGUAGE]
    return passages(block.text, language, marked)


def _cut(block: Block, passage: Passage) -> Block:
    start, end = passage.start, passage.end
    inside = (span for span in block.spans if start <= span.start and span.end <= end)
    spans = tuple(replace(span, start=span.start - start, end=span.end - start) for span in inside)
    return replace(block, text=block.text[start:end], language=passage.language, spans=spans)


def _without(block: Block, unheard: list[Passage]) -> Block:
    """Take passages out of a block, and the spans that touch them."""
    at, kept = 0, []
    for passage in unheard:
        kept.append((at, passage.start))
        at = passage.end
    kept.append((at, len(block.text)))
    text = " ".join("".join(block.text[start:end] for start, end in kept).split())
    return replace(block, text=text, spans=tuple(_kept(block, text, kept)) if block.spans else ())


def _kept(block: Block, text: str, kept: list[tuple[int, int]]) -> Iterator[TextSpan]:
    """Move the spans inside what is *kept* to where that stands in *text*; those at its edges of white space go."""
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
