"""Finds the title of a document without markup for it: its first heading, or a first line that looks like a title."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.model import BlockKind, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Block

#: Titles that programs write into a document's properties automatically.
_MADE = re.compile(
    r"(?i)\A(?:microsoft (?:word|powerpoint)\b.*|untitled.*|ohne titel.*|sans titre.*|sin título.*|document ?\d*|"
    r"dokument ?\d*|.{0,200}\.(?:docx?|pdf|indd|tex|dvi|odt|rtf|qxp|html?)|\W*|\S*)\Z"
)
#: Number of blocks that are searched for the title.
_WITHIN = 40
#: Maximum number of words before the headline.
_BEFORE = 120
#: Maximum number of words of a first line that is a title.
_LONGEST = 20


def choose_title(blocks: Sequence[Block], declared: str = "") -> str:
    """Return the title: one of the headings, the first line if it looks like a title, or the *declared* one."""
    declared = "" if _MADE.match(declared) else declared
    headings = [block for block in blocks[:_WITHIN] if block.kind is BlockKind.HEADING]
    named = next((block.text for block in headings if _says(declared, block.text)), "")
    top = [block for block in headings if block.level == min(heading.level for heading in headings)]
    if named or (top and (len(top) == 1 or top[0] is blocks[0])):
        return named or top[0].text
    if blocks and _reads_as_title(blocks[0], len(blocks)):
        return blocks[0].text
    return declared


def _says(title: str, heading: str) -> bool:
    """Return whether a declared title contains a heading, possibly with the outlet's name around it."""
    part, whole = (re.findall(r"\w+", text.casefold()) for text in (heading, title))
    return len(part) > 1 and f" {' '.join(part)} " in f" {' '.join(whole)} "


def without_opening(blocks: list[Block], title: str) -> list[Block]:
    """Return the blocks with marks on the headline and the few words before it, such as a menu.

    If more than `_BEFORE` words come before it, the blocks are returned unchanged.
    """
    index = next((i for i, block in enumerate(blocks[:_WITHIN]) if block.text == title), -1)
    before = sum(len(block.text.split()) for block in blocks[: max(0, index)])
    if index < 0 or before > _BEFORE:
        return blocks
    marked = [_with_mark(block, "before title") for block in blocks[:index]]
    return [*marked, _with_mark(blocks[index], "title"), *blocks[index + 1 :]]


def _with_mark(block: Block, mark: str) -> Block:
    """Return the block with a mark."""
    evidence = block.evidence or Evidence()
    return replace(block, evidence=replace(evidence, marks={**evidence.marks, mark: 1.0}))


def _reads_as_title(block: Block, among: int) -> bool:
    """Return whether a block is short and has no final punctuation.

    A title needs at least two other blocks (*among*).
    """
    short = block.kind is BlockKind.PARAGRAPH and len(block.text.split()) <= _LONGEST
    return short and among > 2 and block.text[-1:] not in ".,;:!…"
