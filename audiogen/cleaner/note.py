"""Cleans Markdown notes, documents and letters. Almost everything is narrated, because the user chose the text.

Dropped is only what words, the kind of block or its position show for certain: the repeated headline, captions after
pictures, appeals and labels that a web clipper copied, and lists of links at the end.
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

#: Reasons of headings with which sections at the end of a note are dropped.
SECTIONS = frozenset({Reason.RELATED, Reason.COMMENTS, Reason.REFERENCES, Reason.TAGS, Reason.BIOGRAPHY, Reason.SHARE})
#: Marks of the readers of mails and PDFs, and the reason to drop such blocks.
MARKS = {
    "title": Reason.TITLE, "before title": Reason.NAVIGATION, "footnote": Reason.REFERENCES,
    "caption": Reason.CAPTION, "contents": Reason.NAVIGATION,
    "furniture": Reason.BOILERPLATE, "signature": Reason.BOILERPLATE, "forwarded": Reason.NAVIGATION,
}  # fmt: skip
#: Most words of a paragraph after a picture that is its caption without further signs.
_MAX_CAPTION_WORDS = 30
#: Fewest words of a paragraph of prose; a shorter one may be an entry of a list.
_MIN_PROSE_WORDS = 12
#: Share of a block in links, or in italics, from which all of it counts as such.
_MIN_WHOLE = 0.9


def clean_note(article: Article) -> Article:
    """Return the note with its narrated blocks, and the others in the ledger."""
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
        elif (found := _judge_marks(block)) is not None:
            yield found
        elif block.kind in SILENT:
            yield Verdict(SILENT[block.kind], f"note.kind.{block.kind.name.lower()}")
        else:
            yield _judge_words(block, known) or _judge_caption(block)


def _judge_marks(block: Block) -> Verdict | None:
    """Return the verdict by the reader's marks; None if there is no such mark."""
    marks = block.evidence.marks if block.evidence else {}
    return next((Verdict(reason, f"note.{mark}") for mark, reason in MARKS.items() if marks.get(mark)), None)


def _judge_words(block: Block, known: Phrases) -> Verdict | None:
    """Return the verdict by phrases; None if none matches.

    Headings, list items and quotations that are only a phrase are kept, since the article may have them.
    """
    match = known.match(block.text)
    if match is None or match.anchor == "head":
        return None
    belongs = block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE) and match.anchor == "whole"
    return None if belongs else Verdict(match.reason, match.rule)


def _judge_caption(block: Block) -> Verdict | None:
    """Return a verdict if a paragraph after a picture is its caption: in italics, or short and without a full stop."""
    marks = block.evidence.marks if block.evidence else {}
    if block.kind is not BlockKind.PARAGRAPH or not (marks.get("picture") or marks.get("after picture")):
        return None
    short = len(block.text.split()) <= _MAX_CAPTION_WORDS and not block.text.rstrip().endswith((".", "!", "?"))
    if marks.get("italic", 0) >= _MIN_WHOLE or short:
        return Verdict(Reason.CAPTION, "note.picture")
    return None


def _holds_prose(section: Sequence[Block], reason: Reason) -> bool:
    """Return whether a section has paragraphs of prose, and may be the article's own "Sources" or "Share"."""
    if reason in (Reason.BIOGRAPHY, Reason.COMMENTS):
        return False
    paragraphs = (block for block in section if block.kind is BlockKind.PARAGRAPH)
    return any(
        len(b.text.split()) >= _MIN_PROSE_WORDS and (b.evidence is None or b.evidence.link_density < 0.5)
        for b in paragraphs
    )


def _sections(blocks: Sequence[Block], known: Phrases) -> Iterator[tuple[int, Reason]]:
    """Yield the index and reason of each block, headings included, in sections of links or comments at the end."""
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
        if evidence is None or evidence.link_density < _MIN_WHOLE or len(blocks[i].text.split()) < 3:
            break
        yield i, Reason.RELATED
