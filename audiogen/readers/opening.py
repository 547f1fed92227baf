"""The title of a document that has no markup for it: its first heading, or a first line that reads as one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.model import BlockKind, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Block

#: Titles that programs write into a document's properties by themselves.
_MADE = re.compile(
    r"(?i)\A(?:microsoft (?:word|powerpoint)\b.*|untitled.*|ohne titel.*|sans titre.*|sin título.*|document ?\d*|"
    r"dokument ?\d*|.{0,200}\.(?:docx?|pdf|indd|tex|dvi|odt|rtf|qxp|html?)|\W*|\S*)\Z"
)
#: How many blocks are searched for the title.
_WITHIN = 40
#: Most words that may stand before the headline.
_BEFORE = 120
#: Most words of a first line that is a title.
_LONGEST = 20


def choose_title(blocks: Sequence[Block], declared: str = "") -> str:
    """Choose between the headings, the first line where it reads as a title, and what the properties *declared*."""
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
    """Return whether a title in the properties is a heading's, with the outlet's name before or behind it or not."""
    part, whole = (re.findall(r"\w+", text.casefold()) for text in (heading, title))
    return len(part) > 1 and f" {' '.join(part)} " in f" {' '.join(whole)} "


def without_opening(blocks: list[Block], title: str) -> list[Block]:
    """Mark the headline and what little stands before it: a printed page's menu, a journal's name."""
    index = next((i for i, block in enumerate(blocks[:_WITHIN]) if block.text == title), -1)
    before = sum(len(block.text.split()) for block in blocks[: max(0, index)])
    if index < 0 or before > _BEFORE:
        return blocks
    marked = [_with_mark(block, "before title") for block in blocks[:index]]
    return [*marked, _with_mark(blocks[index], "title"), *blocks[index + 1 :]]


def _with_mark(block: Block, mark: str) -> Block:
    evidence = block.evidence or Evidence()
    return replace(block, evidence=replace(evidence, marks={**evidence.marks, mark: 1.0}))


def _reads_as_title(block: Block, among: int) -> bool:
    short = block.kind is BlockKind.PARAGRAPH and len(block.text.split()) <= _LONGEST
    return short and among > 2 and block.text[-1:] not in ".,;:!…"
