"""Decides which blocks of an article are narrated, and moves the others to the ledger with a reason.

The ledger is `Article.removed`. No text is reworded.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audiogen.cleaner.foreign import Foreign
    from audiogen.model import Article
    from audiogen.placeholders import Placeholders

#: Cleaner of each format: a callable `(article: Article) -> Article`.
CLEANERS = {
    "html": "audiogen.cleaner.html.clean:clean_page",
    "docx": "audiogen.cleaner.note:clean_note",
    "json": "audiogen.cleaner.note:clean_note",
    "mail": "audiogen.cleaner.mail:clean_mail",
    "markdown": "audiogen.cleaner.note:clean_note",
    "pdf": "audiogen.cleaner.note:clean_note",
    "picture": "audiogen.cleaner.note:clean_note",
    "text": "audiogen.cleaner.text.clean:clean_capture",
}


def clean(
    article: Article,
    *,
    force: bool = False,
    placeholders: Placeholders | None = None,
    sites: Sequence[Path] = (),
    foreign: Foreign | None = None,
    unheard: Placeholders | None = None,
) -> Article:
    """Return the article with its narrated blocks, and with every other block in the ledger.

    Args:
        article: The article as read. If it is already cleaned, it is returned unchanged.
        force: Skip the check that refuses pages that are no article.
        placeholders: What replaces tables, code, posts and similar content. By default, a short phrase does.
        foreign: Which passages in other languages are kept. By default, all are.
        sites: Folders with the user's site files. Their rules win over those of the package.
        unheard: The older name of *placeholders*.

    Raises:
        NotAnArticleError: the page is a paywall stub, a listing or similar (see `audiogen.cleaner.refusals`). If a stub
            has the opening of the article, the opening is returned instead, and `check_speakable` raises the error.
        SettingsError: a site file is invalid.
    """
    if article.cleaned:
        return article
    from audiogen.cleaner.placeholders import with_placeholders
    from audiogen.cleaner.refusals import check
    from audiogen.cleaner.sites import apply_site_files
    from audiogen.placeholders import Placeholders

    module, _, name = CLEANERS[article.format].partition(":")
    cleaned: Article = getattr(import_module(module), name)(article)
    cleaned = apply_site_files(cleaned, sites)
    if not force and (opening := check(article, cleaned)):
        cleaned = replace(cleaned, signs={**cleaned.signs, "opening": opening})
    if foreign is not None:
        from audiogen.cleaner.foreign import without_foreign

        cleaned = without_foreign(cleaned, foreign)
    wanted = placeholders or unheard or Placeholders()
    return replace(with_placeholders(cleaned, wanted), cleaned=True)


def check_speakable(article: Article) -> None:
    """Raise an error if only the opening of the article was saved, because of a paywall.

    Raises:
        NotAnArticleError: only the opening was saved; the message quotes the line of the page that shows it.
    """
    from audiogen.cleaner.refusals import check_speakable as check

    check(article)
