"""Drops captions that no markup shows: lines after pictures, recognized by their form."""

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

#: The entry of `Page.around` for prose that is centred and right after pictures.
CAPTIONED = "captioned"
#: Number of spaces from which a line after a picture is no caption, and from which one in italics is none. A longer
#: line may have the name of an agency at its end, for example.
MAX_CAPTION_WORDS, MAX_ITALIC_WORDS = 30, 45
#: Fewest words of a caption that is no sentence. A shorter line is the name of an entry of a list.
MIN_FRAGMENT_WORDS = 3
#: Share of a line in italics from which it may be a caption, and in bold type from which it is a heading.
MIN_ITALIC, MIN_BOLD = 0.9, 0.5
#: If the text has this many lines in italics without a picture, italics mark a speaker.
MIN_ITALIC_LINES = 3
#: Probabilities from which a line in italics, and one that is no sentence, is narrated although it may be a caption.
SURE, LIKELY = 0.9, 0.75
#: The end of a text that is no fragment of a sentence.
ENDING = re.compile(r"[.!?…:;,)\]\"”»。！？：」』）।॥؟۔]['’]*\Z")
#: Languages without spaces between words, in which fragments are not recognized.
UNSPACED = ("zh", "ja", "ko", "th", "lo", "km", "my")
_NAME = r"[^\W\d_a-zà-öø-ÿа-яёіїєґ][\w.'’-]*"
_MORE = rf"(?:[ ,/&]+(?:via |for |von |of )?{_NAME})"
#: Who took the picture: "[Name]", "(Name / Agency)", "| Name", "– Name / Agency". One name in round brackets may be
#: that of the agency which the text is from.
CREDITED = re.compile(
    rf"(?:\[\s*{_NAME}{_MORE}{{0,7}}\s*\]|\(\s*{_NAME}{_MORE}{{1,7}}\s*\)|[|•·]\s*{_NAME}(?: {_NAME}){{0,4}}|"
    rf"(?:[—–]|[.!?…”»\"])\s*{_NAME}(?: {_NAME}){{0,3}}\s?/\s?{_NAME}(?: {_NAME}){{0,3}})\s?\.?\Z"
)


def veto_caption(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a paragraph after a picture is a caption: centred, in italics, credited, or a fragment.

    If most of the text is centred after pictures, as in a list that has a picture for each entry, nothing is dropped.
    """
    block = page.blocks[index]
    marks = (block.evidence or NOTHING).marks
    if block.kind is not BlockKind.PARAGRAPH or not marks.get("pictures_before") or CAPTIONED in page.around:
        return None
    length = block.text.count(" ")
    if marks.get("centred") and length < MAX_CAPTION_WORDS:
        return Verdict(Reason.CAPTION, "page.centred-after-picture")
    if index <= page.first or length >= MAX_ITALIC_WORDS:
        return None
    if length < MAX_CAPTION_WORDS and CREDITED.search(block.text):
        return Verdict(Reason.CAPTION, "page.credit-after-picture")
    if marks.get("italic", 0.0) >= MIN_ITALIC and page.chances[index] < SURE and not _speaks_in_italics(page):
        return Verdict(Reason.CAPTION, "page.italic-after-picture")
    # Several in a row are a list.
    alone = not any(_is_fragment(page, other) for other in (index - 1, index + 1))
    if alone and _is_fragment(page, index) and page.chances[index] < LIKELY:
        return Verdict(Reason.CAPTION, "page.fragment-after-picture")
    return None


def _speaks_in_italics(page: Page) -> bool:
    """Return whether several lines in italics have no picture before them, as one speaker's lines in an interview."""
    marks = ((block.evidence or NOTHING).marks for block in page.blocks[page.first :])
    spoken = (mark for mark in marks if mark.get("italic", 0.0) >= MIN_ITALIC and not mark.get("pictures_before"))
    return sum(1 for _ in islice(spoken, MIN_ITALIC_LINES)) == MIN_ITALIC_LINES


def _is_fragment(page: Page, index: int) -> bool:
    """Return whether a paragraph after a picture is part of a sentence: no full stop, not in bold, not too short."""
    if not 0 <= index < len(page.blocks) or page.article.language.startswith(UNSPACED):
        return False
    block = page.blocks[index]
    marks = (block.evidence or NOTHING).marks
    long = MIN_FRAGMENT_WORDS <= block.text.count(" ") + 1 <= MAX_CAPTION_WORDS
    plain = block.kind is BlockKind.PARAGRAPH and marks.get("bold", 0.0) < MIN_BOLD
    return long and plain and bool(marks.get("pictures_before")) and not _is_ended(block)


def _is_ended(block: Block) -> bool:
    return ENDING.search(block.text.rstrip()) is not None
