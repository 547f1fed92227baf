"""Plain-text captures: what "select all, copy, save" or a text browser leaves of a page."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audiogen.errors import UnsupportedSourceError
from audiogen.language.detection import choose_language
from audiogen.model import Article, Block, BlockKind, Evidence
from audiogen.readers.byline import find_credits
from audiogen.readers.double_encoding import redecoded

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bullets as browsers, text browsers and mail programs write them, with the depth they stand for. The dash of
#: dialogue (— and –) is none of them. Text browsers write the third depth as the letter o.
BULLETS = {"*": 1, "•": 1, "●": 1, "▪": 1, "■": 1, "‣": 1, "·": 1, "-": 1, "+": 2, "◦": 2, "○": 2, "▫": 2, "o": 3}
_ITEM = re.compile(rf"\A([{re.escape(''.join(BULLETS))}])(?:\s+|\Z)")
_NUMBERED = re.compile(r"\A\(?\d{1,3}[.)](?:\s|\Z)")
#: Zero-width marks, soft hyphens and other controls that show nothing.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc]")
#: Longest line that is kept whole, in characters; a longer one is divided between words, so that no step sees it all.
LONGEST = 20_000
#: Most lines of a capture; the longest pages have a few thousand, and each is looked at closely.
MOST_LINES = 20_000
#: A text whose lines all end before this column was wrapped by a mail program or a text browser.
_WRAP = 100


def read_text(document: str, url: str | None = None) -> Article:
    """Read a capture: a block for each line that is not empty.

    Raises:
        UnsupportedSourceError: it has more lines than any page, as a log or a table of data has.
    """
    lines = _unwrap([redecoded(line) for line in _INVISIBLE.sub("", document).splitlines()])
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
    found = _ITEM.match(text)
    depth = BULLETS[found[1]] if found and (found[1] != "o" or nested) else 0
    marks = {"bullet": float(depth), "number": float(bool(_NUMBERED.match(text))), "blank before": float(blank)}
    evidence = Evidence(marks={name: value for name, value in marks.items() if value})
    if depth and found:
        return Block(text[found.end() :], BlockKind.LIST_ITEM, depth, evidence=evidence)
    return Block(text, evidence=evidence)


def _pieces(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        cut = text.rfind(" ", 0, LONGEST)
        cut = cut if cut > 0 else LONGEST
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of paragraphs that were broken at a column, where blank lines tell paragraphs apart."""
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
    """Return whether most lines that fill a column go on in the next, in the middle of a sentence."""
    if any(len(line) > _WRAP for line in lines):
        return False
    pairs = [(one, two) for one, two in pairwise(lines) if _is_full(one) and two.strip()]
    going_on = sum(two.lstrip()[:1].islower() for _, two in pairs)
    return len(pairs) >= 8 and going_on > 0.5 * len(pairs)


def _is_full(line: str) -> bool:
    return len(line.rstrip()) >= 55


def _starts_block(line: str) -> bool:
    text = line.lstrip()
    return bool(_ITEM.match(text) or _NUMBERED.match(text))
