"""Builds an HTML page from the bare text that a service stores, with its metadata in meta tags."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def page(
    content: str,
    *,
    title: str = "",
    url: str = "",
    authors: Iterable[str] = (),
    published: date | None = None,
    site: str = "",
    language: str = "",
) -> str:
    """Return the HTML *content* of an article as a complete page with its metadata.

    >>> print(page("<p>Text.</p>", title="Ships & sails"))
    <!DOCTYPE html>
    <html><head><meta charset="utf-8">
    <title>Ships &amp; sails</title>
    </head><body><article>
    <h1>Ships &amp; sails</h1>
    <p>Text.</p>
    </article></body></html>
    """
    head = [
        f"<title>{escape(title)}</title>" if title else "",
        f'<link rel="canonical" href="{escape(url)}">' if url else "",
        *(f'<meta name="author" content="{escape(author)}">' for author in authors),
        f'<meta property="article:published_time" content="{published.isoformat()}">' if published else "",
        f'<meta property="og:site_name" content="{escape(site)}">' if site else "",
    ]
    opening = f'<html lang="{escape(language)}">' if language else "<html>"
    heading = f"<h1>{escape(title)}</h1>" if title and "<h1" not in content[:2000].lower() else ""
    lines = [
        "<!DOCTYPE html>",
        f'{opening}<head><meta charset="utf-8">',
        *head,
        "</head><body><article>",
        heading,
        content,
        "</article></body></html>",
    ]
    return "\n".join(line for line in lines if line)
