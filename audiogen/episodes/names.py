"""The names of an episode's files, and of the sound file of each revision."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.untrusted import file_stem

if TYPE_CHECKING:
    from datetime import date

#: Most words of a title in a file name.
_SLUG_WORDS = 8
_SLUG_LENGTH = 80


def slug_of(title: str, published: date | None) -> str:
    """Return a file name of the date and the first words of the title, in ASCII.

    >>> from datetime import date
    >>> slug_of("Łódź says “no” to the dam’s builders, and yes to the fish", date(2024, 9, 7))
    '2024-09-07-lodz-says-no-to-the-dams-builders-and'
    """
    from anyascii import anyascii

    plain = re.sub(r"['’ʼ]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_SLUG_WORDS]
    stem = "-".join(words)[:_SLUG_LENGTH].rstrip("-") or "article"
    return f"{published:%Y-%m-%d}-{stem}" if published else file_stem(stem)


def sound_name(slug: str, revision: int, suffix: str) -> str:
    """Return the name of a revision's sound file; each has its own, as podcast apps fetch an address only once.

    >>> sound_name("ferry", 1, "mp3"), sound_name("ferry", 2, "mp3")
    ('ferry.mp3', 'ferry.v2.mp3')
    """
    return f"{slug}.{suffix}" if revision == 1 else f"{slug}.v{revision}.{suffix}"
