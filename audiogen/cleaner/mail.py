"""Cleans mails: a newsletter like a web page, a letter like a note.

Phrases drop the frame of a newsletter in both (a link to the web version, how to unsubscribe, why it was sent).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.cleaner.html.clean import clean_page
from audiogen.cleaner.note import clean_note
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from audiogen.model import Article, Block, Removed

#: Rules by which the page model drops a heading that is a link, such as the headings of a newsletter's stories.
_MODEL_RULES = ("page.links", "page.model")


def clean_mail(article: Article) -> Article:
    """Return the mail with its narrated blocks, and the others in the ledger."""
    if article.signs.get("letter") == "text":
        return clean_note(article)
    return _keep_linked_headings(article, clean_page(article))


def _keep_linked_headings(article: Article, cleaned: Article) -> Article:
    """Return *cleaned* with the linked headings that are followed by a kept paragraph of their story."""
    removed = {entry.position: entry for entry in cleaned.removed}
    for index, block in enumerate(article.blocks[:-1]):
        entry = removed.get(index)
        follows = article.blocks[index + 1]
        doubted = entry is not None and block.kind is BlockKind.HEADING and entry.rule in _MODEL_RULES
        if doubted and index + 1 not in removed and _is_prose(follows):
            del removed[index]
    return _with_removed(article, cleaned, removed)


def _is_prose(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and len(block.text.split()) >= 12


def _with_removed(article: Article, cleaned: Article, removed: dict[int, Removed]) -> Article:
    """Return *cleaned* with the ledger *removed*, and with all other blocks narrated."""
    narrated = tuple(block for index, block in enumerate(article.blocks) if index not in removed)
    return replace(cleaned, blocks=narrated, removed=tuple(removed[index] for index in sorted(removed)))
