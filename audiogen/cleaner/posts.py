"""Reads embedded posts of social networks, if the page has their text: author, network and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Block

#: Names of networks by a part of the class that their embedded posts have.
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
SIGNATURE = re.compile(r"\s*[—–-]{1,2}\s*(?P<name>[^()@]{1,60}?)\s*\((?:@|u/)[^()\s]{1,60}\).*$", re.DOTALL)
SHARE_NOTE = re.compile(
    r"(?:a (?:post|photo|video|reel) )?(?:shared|posted) by\b|view this (?:post|profile|photo)\b", re.I
)
#: Addresses at a post's end, which link to its pictures.
FINAL_LINKS = re.compile(r"(?:\s*(?:pic\.twitter\.com/|https?://(?:t\.co|bit\.ly|fb\.me)/|https?://\S{30,})\S*)+\s*$")
#: Fewest words of a post that is quoted.
MIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Post:
    """An embedded post. Author and network are "" if the page does not name them."""

    author: str
    network: str
    texts: tuple[str, ...]


def find_post(blocks: Sequence[Block]) -> Post | None:
    """Return the post in the blocks of an embed; None if the page does not have its text."""
    texts, author = [], ""
    for block in blocks:
        text = block.text
        if found := SIGNATURE.search(text):
            author, text = found["name"].strip(), text[: found.start()]
        text = FINAL_LINKS.sub("", text).strip()
        if text and not SHARE_NOTE.match(text):
            texts.append(text)
    if sum(len(text.split()) for text in texts) < MIN_WORDS:
        return None
    return Post(author, _find_network(blocks), tuple(texts))


def _find_network(blocks: Sequence[Block]) -> str:
    """Return the network's name, by the classes around the first block; "" if it is unknown."""
    path = " ".join(segment for block in blocks[:1] if block.evidence for segment in block.evidence.path).lower()
    return next((name for sign, name in NETWORKS.items() if sign in path), "")
