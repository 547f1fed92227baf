"""The room that decides what is heard. It drops blocks, each into the ledger with its reason; it never rewords."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.model import Article

#: Cleaner of each format: a callable `(article: Article) -> Article`.
CLEANERS = {
    "html": "audiogen.cleaner.page:clean_page",
    "text": "audiogen.cleaner.capture:clean_capture",
}


def clean(article: Article) -> Article:
    """Move every block that is not heard into the ledger."""
    if article.cleaned:
        return article
    module, _, name = CLEANERS[article.format].partition(":")
    cleaned: Article = getattr(import_module(module), name)(article)
    return replace(cleaned, cleaned=True)
