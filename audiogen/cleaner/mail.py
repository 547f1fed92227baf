"""Cleans mails: a newsletter as the page that it is; of a letter nearly all is heard.

What stands around a newsletter (its copy on the web, how to leave it, why it came) is told by the phrases, in both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.cleaner.html.clean import clean_page
from audiogen.cleaner.note import clean_note
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from audiogen.model import Article, Block, Removed

#: Rules by which the page model doubts a heading that is a link, as those of a newsletter's stories are.
_DOUBTS = ("page.links", "page.model")


def clean_mail(article: Article) -> Article:
    """Decide block by block what is heard."""
    if article.signs.get("letter") == "text":
        return clean_note(article)
    return _with_linked_headings(article, clean_page(article))


def _with_linked_headings(article: Article, cleaned: Article) -> Article:
    """Hear the headings of a newsletter's stories, which link to them: where the story's text follows and is heard."""
    removed = {entry.position: entry for entry in cleaned.removed}
    for index, block in enumerate(article.blocks[:-1]):
        entry = removed.get(index)
        follows = article.blocks[index + 1]
        doubted = entry is not None and block.kind is BlockKind.HEADING and entry.rule in _DOUBTS
        if doubted and index + 1 not in removed and _is_prose(follows):
            del removed[index]
    return _rebuilt(article, cleaned, removed)


def _is_prose(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and len(block.text.split()) >= 12


def _rebuilt(article: Article, cleaned: Article, removed: dict[int, Removed]) -> Article:
    heard = tuple(block for index, block in enumerate(article.blocks) if index not in removed)
    return replace(cleaned, blocks=heard, removed=tuple(removed[index] for index in sorted(removed)))
