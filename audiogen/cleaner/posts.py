"""Embedded posts of social networks, if the page has their text: author, network and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Block

#: Networks by a part of the class that their embedded posts carry, and how each is called.
NETWORKS = {
    "twitter": "X",
    "instagram": "Instagram",
    "tiktok": "TikTok",
    "fb-": "Facebook",
    "facebook": "Facebook",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "reddit": "Reddit",
}
#: The line under a post: "— Harbour Council (@harbour) May 3, 2026", "A post shared by Harbour Council (@harbour)".
SIGNED = re.compile(r"\s*[—–-]{1,2}\s*(?P<name>[^()@]{1,60}?)\s*\((?:@|u/)[^()\s]{1,60}\).*$", re.DOTALL)
SHARED = re.compile(r"(?:a (?:post|photo|video|reel) )?(?:shared|posted) by\b|view this (?:post|profile|photo)\b", re.I)
#: Addresses at a post's end, which lead to its pictures.
LINKED = re.compile(r"(?:\s*(?:pic\.twitter\.com/|https?://(?:t\.co|bit\.ly|fb\.me)/|https?://\S{30,})\S*)+\s*$")
#: Fewest words of a post that is quoted.
WORDS = 3


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its author and network ("" if the page does not name them), and its paragraphs."""

    author: str
    network: str
    texts: tuple[str, ...]


def find_post(blocks: Sequence[Block]) -> Post | None:
    """Read the blocks of an embedded post; None if none of its words stand on the page."""
    texts, author = [], ""
    for block in blocks:
        text = block.text
        if found := SIGNED.search(text):
            author, text = found["name"].strip(), text[: found.start()]
        text = LINKED.sub("", text).strip()
        if text and not SHARED.match(text):
            texts.append(text)
    if sum(len(text.split()) for text in texts) < WORDS:
        return None
    return Post(author, _network(blocks), tuple(texts))


def _network(blocks: Sequence[Block]) -> str:
    path = " ".join(segment for block in blocks[:1] if block.evidence for segment in block.evidence.path).lower()
    return next((name for sign, name in NETWORKS.items() if sign in path), "")
