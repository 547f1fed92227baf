"""Reads text captures, the result of "select all, copy, save" or of a text browser."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audiogen.errors import UnsupportedSourceError
from audiogen.language.detection import choose_language
from audiogen.model import Article, Block, BlockKind, Evidence
from audiogen.readers.byline import find_credits
from audiogen.readers.double_encoding import repair_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bullets of browsers, text browsers and mail programs, with the depth of their item. The dash of
#: dialogue (— and –) is none of them. Text browsers write the third depth as the letter o.
BULLETS = {"*": 1, "•": 1, "●": 1, "▪": 1, "■": 1, "‣": 1, "·": 1, "-": 1, "+": 2, "◦": 2, "○": 2, "▫": 2, "o": 3}
_ITEM = re.compile(rf"\A([{re.escape(''.join(BULLETS))}])(?:\s+|\Z)")
_NUMBERED = re.compile(r"\A\(?\d{1,3}[.)](?:\s|\Z)")
#: Invisible characters: zero-width marks, soft hyphens and other controls.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc]")
#: Maximum length of a line, in characters; a longer one is divided between words.
LONGEST = 20_000
#: Maximum number of lines of a capture; the longest pages have a few thousand.
MOST_LINES = 20_000
#: Maximum length of lines that a mail program or text browser has wrapped, in characters.
_WRAP = 100


def read_text(document: str, url: str | None = None) -> Article:
    """Read a capture: each non-empty line becomes a block.

    Raises:
        UnsupportedSourceError: It has too many lines for a page, like a log or a table.
    """
    lines = _unwrap([repair_encoding(line) for line in _INVISIBLE.sub("", document).splitlines()])
    if len(lines) > MOST_LINES:
        subject = url or document[:60]
        raise UnsupportedSourceError(
            subject, f"The text has {len(lines):,} lines, more than a page; save the article alone."
        )
    nested = any(line.lstrip()[:2] in ("* ", "+ ") for line in lines)
    blocks: list[Block] = []
    blank = False
    for line in lines:
        text = " ".join(line.split())
        for piece in _pieces(text):
            blocks.append(_block(piece, nested=nested, blank=blank))
            blank = False
        blank = blank or not text
    kept = tuple(block for block in blocks if block.text)
    language = choose_language("", "\n".join(block.text for block in kept if len(block.text) > 80) or document)
    credits_ = find_credits([block.text for block in kept])
    return Article(
        authors=credits_.authors,
        published=credits_.published,
        modified=credits_.modified,
        site=credits_.site,
        url=url or "",
        language=language,
        blocks=kept,
        format="text",
        tags=credits_.tags,
    )


def _block(text: str, *, nested: bool, blank: bool) -> Block:
    """Return the block of a line, with its bullet or number as evidence.

    *nested* is whether the item is inside another one, *blank* whether a blank line comes before it.
    """
    found = _ITEM.match(text)
    depth = BULLETS[found[1]] if found and (found[1] != "o" or nested) else 0
    marks = {"bullet": float(depth), "number": float(bool(_NUMBERED.match(text))), "blank before": float(blank)}
    evidence = Evidence(marks={name: value for name, value in marks.items() if value})
    if depth and found:
        return Block(text[found.end() :], BlockKind.LIST_ITEM, depth, evidence=evidence)
    return Block(text, evidence=evidence)


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a long line, divided at spaces."""
    while len(text) > LONGEST:
        cut = text.rfind(" ", 0, LONGEST)
        cut = cut if cut > 0 else LONGEST
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


def _unwrap(lines: list[str]) -> list[str]:
    """Return the lines with those of wrapped paragraphs joined."""
    if not _is_wrapped(lines):
        return lines
    joined: list[str] = []
    for line in lines:
        new = not line.strip() or not joined or not joined[-1].strip() or _starts_block(line)
        if new or not _is_full(joined[-1].rsplit("\n", 1)[-1]):
            joined.append(line)
        else:
            joined[-1] += "\n" + line
    return [" ".join(line.split("\n")) for line in joined]


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether most full lines continue in the next line in the middle of a sentence."""
    if any(len(line) > _WRAP for line in lines):
        return False
    pairs = [(one, two) for one, two in pairwise(lines) if _is_full(one) and two.strip()]
    going_on = sum(two.lstrip()[:1].islower() for _, two in pairs)
    return len(pairs) >= 8 and going_on > 0.5 * len(pairs)


def _is_full(line: str) -> bool:
    """Return whether a line is long enough to have been wrapped."""
    return len(line.rstrip()) >= 55


def _starts_block(line: str) -> bool:
    """Return whether a line is a list item."""
    text = line.lstrip()
    return bool(_ITEM.match(text) or _NUMBERED.match(text))
