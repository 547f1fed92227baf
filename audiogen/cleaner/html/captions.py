"""Lines under pictures that nothing calls captions: by where they stand and how they are set."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: What stands for "centred and right after a picture" among the signs of what is surely heard.
CAPTIONED = "captioned"
#: Longest line after a picture that is taken for its caption, and longest one that is set in italics; a line as long is
#: none for what stands inside it, as the agency's name does at the end.
CAPTION_WORDS, ITALIC_WORDS = 30, 45
#: Fewest words of a caption that is no sentence: fewer are the name of an entry.
FRAGMENT_WORDS = 3
#: Share of a line in italics from which it is set in them, and in bold type from which it is a heading.
ITALIC, BOLD = 0.9, 0.5
#: So many other lines in italics make them somebody's voice.
VOICE = 3
#: Probabilities from which a line set as a caption, and one that is no sentence, is heard all the same.
SURE, LIKELY = 0.9, 0.75
#: How a text ends that is no fragment.
ENDED = re.compile(r"[.!?…:;,)\]\"”»。！？：」』）।॥؟۔]['’]*\Z")
#: Languages that are written without spaces: their words are not counted.
UNSPACED = ("zh", "ja", "ko", "th", "lo", "km", "my")
_NAME = r"[^\W\d_a-zà-öø-ÿа-яёіїєґ][\w.'’-]*"
_MORE = rf"(?:[ ,/&]+(?:via |for |von |of )?{_NAME})"
#: Who took the picture: "[Name]", "(Name / Agency)", "| Name", "– Name / Agency". One name in round brackets may be
#: that of the agency which the text is from.
CREDITED = re.compile(
    rf"(?:\[\s*{_NAME}{_MORE}{{0,7}}\s*\]|\(\s*{_NAME}{_MORE}{{1,7}}\s*\)|[|•·]\s*{_NAME}(?: {_NAME}){{0,4}}|"
    rf"(?:[—–]|[.!?…”»\"])\s*{_NAME}(?: {_NAME}){{0,3}}\s?/\s?{_NAME}(?: {_NAME}){{0,3}})\s?\.?\Z"
)


def is_caption(page: Page, index: int) -> Verdict | None:
    """Drop a line right after a picture that is set as captions are: in the middle, in italics, with a credit.

    So is one that is no sentence. Where most of the text stands centred under pictures, as in a list that pictures
    lead, it is the text.
    """
    block = page.blocks[index]
    marks = (block.evidence or NOTHING).marks
    if block.kind is not BlockKind.PARAGRAPH or not marks.get("pictures_before") or CAPTIONED in page.around:
        return None
    length = block.text.count(" ")
    if marks.get("centred") and length < CAPTION_WORDS:
        return Verdict(Reason.CAPTION, "page.centred-after-picture")
    if index <= page.first or length >= ITALIC_WORDS:
        return None
    if length < CAPTION_WORDS and CREDITED.search(block.text):
        return Verdict(Reason.CAPTION, "page.credit-after-picture")
    if marks.get("italic", 0.0) >= ITALIC and page.chances[index] < SURE and not _speaks_in_italics(page):
        return Verdict(Reason.CAPTION, "page.italic-after-picture")
    # Several in a row are a list.
    alone = not any(_is_fragment(page, other) for other in (index - 1, index + 1))
    if alone and _is_fragment(page, index) and page.chances[index] < LIKELY:
        return Verdict(Reason.CAPTION, "page.fragment-after-picture")
    return None


def _speaks_in_italics(page: Page) -> bool:
    """Return whether some of the text is in italics that stands under no picture: somebody's turns in an interview."""
    marks = ((block.evidence or NOTHING).marks for block in page.blocks[page.first :])
    spoken = (mark for mark in marks if mark.get("italic", 0.0) >= ITALIC and not mark.get("pictures_before"))
    return sum(1 for _ in islice(spoken, VOICE)) == VOICE


def _is_fragment(page: Page, index: int) -> bool:
    """Return whether a line right after a picture is no sentence, no heading and no name."""
    if not 0 <= index < len(page.blocks) or page.article.language.startswith(UNSPACED):
        return False
    block = page.blocks[index]
    marks = (block.evidence or NOTHING).marks
    long = FRAGMENT_WORDS <= block.text.count(" ") + 1 <= CAPTION_WORDS
    plain = block.kind is BlockKind.PARAGRAPH and marks.get("bold", 0.0) < BOLD
    return long and plain and bool(marks.get("pictures_before")) and not _is_ended(block)


def _is_ended(block: Block) -> bool:
    return ENDED.search(block.text.rstrip()) is not None
