"""Cleans Markdown notes, documents and letters: nearly all is heard, since a person has chosen it already.

Only what the words, the kind of block or its position tell for certain is put aside: the headline's repetition,
captions under pictures, appeals and labels that a clipper took along, and lists of links at the end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.cleaner.phrases import all_phrases, make_plain, phrases
from audiogen.cleaner.placeholders import SILENT
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason, Removed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audiogen.cleaner.phrases import Phrases
    from audiogen.model import Article, Block

#: Reasons whose head at the end of a note makes its section no part of the article.
SECTIONS = frozenset({Reason.RELATED, Reason.COMMENTS, Reason.REFERENCES, Reason.TAGS, Reason.BIOGRAPHY, Reason.SHARE})
#: What readers of mails and of printed pages mark, and why it is not heard.
MARKS = {
    "title": Reason.TITLE, "before title": Reason.NAVIGATION, "footnote": Reason.REFERENCES,
    "caption": Reason.CAPTION, "contents": Reason.NAVIGATION,
    "furniture": Reason.BOILERPLATE, "signature": Reason.BOILERPLATE, "forwarded": Reason.NAVIGATION,
}  # fmt: skip
#: Longest paragraph under a picture, in words, that is its caption without further signs.
_CAPTION = 30
#: Shortest paragraph, in words, that is prose rather than an entry of a list.
_PROSE = 12
#: Share of a block inside links, or in italics, from which it is nothing else.
_WHOLLY = 0.9


def clean_note(article: Article) -> Article:
    """Put aside what is certainly not the article."""
    known = phrases(article.language) if article.language else all_phrases()
    verdicts = list(_verdicts(article, known))
    for i, reason in _sections(article.blocks, known):
        verdicts[i] = verdicts[i] or Verdict(reason, "note.section")
    placed = list(enumerate(zip(article.blocks, verdicts, strict=True)))
    return replace(
        article,
        blocks=tuple(block for _, (block, verdict) in placed if verdict is None),
        removed=tuple(Removed(block, v.reason, v.rule, index) for index, (block, v) in placed if v is not None),
    )


def _verdicts(article: Article, known: Phrases) -> Iterator[Verdict | None]:
    """Yield the verdict on each block; None if it is narrated."""
    title, dek = make_plain(article.title).lower(), make_plain(article.dek).lower()
    for index, block in enumerate(article.blocks):
        text = make_plain(block.text).lower()
        if index < 3 and title and text == title:
            yield Verdict(Reason.TITLE, "note.title")
        elif index < 4 and dek and text == dek:
            yield Verdict(Reason.TITLE, "note.dek")
        elif (found := _marked(block)) is not None:
            yield found
        elif block.kind in SILENT:
            yield Verdict(SILENT[block.kind], f"note.kind.{block.kind.name.lower()}")
        else:
            yield _by_words(block, known) or _captioned(block)


def _marked(block: Block) -> Verdict | None:
    """Judge by what the reader saw a line to be."""
    marks = block.evidence.marks if block.evidence else {}
    return next((Verdict(reason, f"note.{mark}") for mark, reason in MARKS.items() if marks.get(mark)), None)


def _by_words(block: Block, known: Phrases) -> Verdict | None:
    """Judge a block by its words; a heading or a short item with the same words may be the article's own."""
    match = known.match(block.text)
    if match is None or match.anchor == "head":
        return None
    belongs = block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE) and match.anchor == "whole"
    return None if belongs else Verdict(match.reason, match.rule)


def _captioned(block: Block) -> Verdict | None:
    marks = block.evidence.marks if block.evidence else {}
    if block.kind is not BlockKind.PARAGRAPH or not (marks.get("picture") or marks.get("after picture")):
        return None
    short = len(block.text.split()) <= _CAPTION and not block.text.rstrip().endswith((".", "!", "?"))
    if marks.get("italic", 0) >= _WHOLLY or short:
        return Verdict(Reason.CAPTION, "note.picture")
    return None


def _holds_prose(section: Sequence[Block], reason: Reason) -> bool:
    """Return whether a section is written out, as one of the article's own that is called "Sources" or "Share"."""
    if reason in (Reason.BIOGRAPHY, Reason.COMMENTS):
        return False
    paragraphs = (block for block in section if block.kind is BlockKind.PARAGRAPH)
    return any(
        len(b.text.split()) >= _PROSE and (b.evidence is None or b.evidence.link_density < 0.5) for b in paragraphs
    )


def _sections(blocks: Sequence[Block], known: Phrases) -> Iterator[tuple[int, Reason]]:
    """Find the sections at the note's end that are links, comments or sources, with their heads."""
    end = len(blocks)
    while end:
        head = next((i for i in range(end - 1, -1, -1) if blocks[i].kind is BlockKind.HEADING), -1)
        match = known.match(blocks[head].text) if head >= 0 else None
        if match is None or match.reason not in SECTIONS or _holds_prose(blocks[head + 1 : end], match.reason):
            break
        yield from ((i, match.reason) for i in range(head, end))
        end = head
    for i in range(end - 1, -1, -1):
        evidence = blocks[i].evidence
        if evidence is None or evidence.link_density < _WHOLLY or len(blocks[i].text.split()) < 3:
            break
        yield i, Reason.RELATED
