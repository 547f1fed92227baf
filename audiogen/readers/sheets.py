"""Builds an article from the blocks of printed pages: of a PDF, or of a picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from audiogen.language.detection import choose_language
from audiogen.model import Article
from audiogen.readers.byline import find_credits
from audiogen.readers.dates import find_date
from audiogen.readers.opening import choose_title, without_opening
from audiogen.readers.people import people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audiogen.model import Block

#: Number of first blocks that may hold the byline.
_OPENING = 12
_DAY = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?")


def article_of(blocks: list[Block], url: str | None, form: str, properties: Mapping[str, str]) -> Article:
    """Return the article of the blocks of printed pages, and of the document's properties if they are plausible."""
    heard = [block for block in blocks if not (block.evidence and block.evidence.marks)]
    title = choose_title(heard, properties.get("Title", ""))
    blocks = without_opening(blocks, title)
    seen = find_credits([block.text for block in heard[:_OPENING]])
    return Article(
        title=title,
        authors=seen.authors or people([properties.get("Author", "")]),
        published=seen.published or _day(properties.get("CreationDate", "")),
        url=url or "",
        language=choose_language("", "\n".join(block.text for block in heard)),
        blocks=tuple(blocks),
        format=form,
    )


def _day(text: str) -> Any:
    """Parse a date in PDF's format: "D:20240124070000+01'00'"."""
    found = _DAY.match(text)
    return find_date(f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}") if found else None
