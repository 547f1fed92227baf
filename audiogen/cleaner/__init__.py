"""Decides what is heard. It drops blocks, each into the ledger with its reason; it never rewords."""

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
    """Move every block that is not heard into the ledger.

    Args:
        article: As it was read; one that is cleaned already comes back as it is.
        force: Narrate what there is, even of a page that is no article.
        placeholders: How tables, code and their like are wanted; a short phrase in their place if it is not given.
        foreign: What becomes of passages in another language; they stay if it is not given.
        sites: Folders with site files of the user's, which win over those of the package.
        unheard: The older name of *placeholders*.

    Raises:
        NotAnArticleError: the page is a paywall stub, a listing… (see `audiogen.cleaner.refusals`). Where a stub
            holds the article's opening, that is what comes back, and `check_speakable` refuses to make sound of it.
        SettingsError: a site file has a fault.
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
    """Refuse to make sound of an article of which only the opening was saved, before a paywall.

    Raises:
        NotAnArticleError: with what on the page says so.
    """
    from audiogen.cleaner.refusals import check_speakable as check

    check(article)
