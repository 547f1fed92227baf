"""Collects the metadata of a page from JSON-LD, OpenGraph and other meta tags, microdata, headings and bylines.

A page often states a fact several times and with differences. Each field has a list of sources, the best first. JSON-LD
is written for machines and comes first, visible text comes last, except for the headline, which is taken as people see
it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from audiogen.language.detection import tag_of
from audiogen.readers.authors import find_authors
from audiogen.readers.dates import find_date
from audiogen.readers.double_encoding import repair_encoding
from audiogen.readers.jsonld import ARTICLE_TYPES, json_ld, main_thing, text_of, type_of
from audiogen.readers.outlet import find_outlet
from audiogen.readers.published import find_published
from audiogen.untrusted import host_of, join_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from lxml import html

SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a page; fields are empty if the page lacks them."""

    titles: tuple[str, ...] = ()
    description: str = ""
    authors: tuple[str, ...] = ()
    #: The outlet, its staff or a firm, credited if no person is.
    groups: tuple[str, ...] = ()
    #: Names in elements that look like bylines, anywhere on the page; searched only if no one else is named.
    bylines: tuple[str, ...] = ()
    published: datetime | date | None = None
    #: Whether the date of publication is only in JSON-LD or microdata.
    structured_data_only: bool = False
    modified: datetime | date | None = None
    site: str = ""
    #: All names of the outlet; none of them is a person.
    outlet: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()
    #: JSON-LD's copy of the article's text, for comparison with the blocks.
    body: str = ""
    #: JSON-LD and OpenGraph types, in lower case.
    types: frozenset[str] = frozenset()
    #: False if the page declares that it is not free to read; None if it declares nothing.
    free: bool | None = None
    meta: Mapping[str, str] = field(default_factory=dict)


def find_metadata(root: html.HtmlElement, url: str | None) -> Metadata:
    """Return the page's metadata; *url* is the address that it was saved from, if known."""
    meta = dict(_meta(root))
    things = list(json_ld(root))
    article = main_thing(things)
    address = _first(_canonical(root, url), text_of(article.get("url")), meta.get("og:url"), url)
    outlet = find_outlet(root, meta, article, things, address)
    authors = find_authors(root, article, things, outlet.aliases)
    published = find_published(root, meta, article, things, address)
    return Metadata(
        titles=tuple(_titles(root, meta, article)),
        description=_first(text_of(article.get("description")), meta.get("og:description"), meta.get("description")),
        authors=authors.declared,
        groups=authors.groups,
        bylines=authors.bylines,
        published=published.day,
        structured_data_only=published.structured_data_only,
        modified=find_date(
            text_of(article.get("dateModified")), meta.get("article:modified_time"), meta.get("og:updated_time")
        ),
        site=outlet.name,
        outlet=outlet.aliases,
        url=address if "://" in address else "",
        language=_language(root, meta, article),
        image=_image(meta, article, address),
        tags=tuple(_tags(meta, article)),
        body=text_of(article.get("articleBody")) or text_of(article.get("text")),
        types=frozenset(_types(things, meta)),
        free=_free(things),
        meta=meta,
    )


def _first(*values: str | None) -> str:
    """Return the first non-empty value, or ""."""
    return next((value for value in values if value), "")


def _meta(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield name and content of each meta tag; of several with a name the first."""
    seen = set()
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = SPACES.sub(" ", repair_encoding(unescape(element.get("content") or ""))).strip()
        if name and content and name not in seen:
            seen.add(name)
            yield name, content


def _titles(root: html.HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]) -> Iterator[str]:
    """Yield the page's titles, the best first."""
    kind = type_of(article)
    for value in (
        text_of(article.get("headline")),
        text_of(article.get("name")) if ARTICLE_TYPES.search(kind) else "",
        meta.get("og:title"),
        meta.get("twitter:title"),
        meta.get("headline") or meta.get("parsely-title") or meta.get("dc.title") or meta.get("sailthru.title"),
        next((SPACES.sub(" ", e.text_content()).strip() for e in root.iter("title") if e.getparent().tag != "svg"), ""),
    ):
        if value and len(value) < 500:
            yield value


def _canonical(root: html.HtmlElement, url: str | None) -> str:
    """Return the page's canonical address, or ""."""
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            address = (element.get("href") or "").strip()
            return join_address(url or "", address)
    # Firefox's reader view, saved, links the page it was made from over the headline.
    domain = next((link for link in root.iter("a") if "reader-domain" in (link.get("class") or "").split()), None)
    return "" if domain is None else (domain.get("href") or "").strip()


def _language(root: html.HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]) -> str:
    """Return the declared language of the page as a tag, or ""."""
    value = _first(
        root.get("lang"), root.get("xml:lang"), text_of(article.get("inLanguage")),
        meta.get("content-language"), meta.get("og:locale"), meta.get("language"), meta.get("dc.language"),
    )  # fmt: skip
    return tag_of(value)


def _image(meta: Mapping[str, str], article: Mapping[str, Any], url: str) -> str:
    """Return the address of the page's main image, or ""."""
    image = article.get("image")
    if isinstance(image, list):
        image = next(iter(image), "")
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl") or ""
    address = _first(meta.get("og:image:secure_url"), meta.get("og:image"), meta.get("twitter:image"), text_of(image))
    return join_address(url, address) if address else ""


def _tags(meta: Mapping[str, str], article: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keywords of the page."""
    value = article.get("keywords") or meta.get("news_keywords") or meta.get("keywords") or ""
    items = value if isinstance(value, list) else str(value).split(",")
    for item in items[:30]:
        word = text_of(item)
        if word and len(word) < 60:
            yield word


def _types(things: list[dict[str, Any]], meta: Mapping[str, str]) -> Iterator[str]:
    """Yield the types of the page's JSON-LD objects, and OpenGraph's."""
    for thing in things:
        yield type_of(thing).lower()
    if "og:type" in meta:
        yield "og:" + meta["og:type"].lower()


def _free(things: list[dict[str, Any]]) -> bool | None:
    """Return whether the article is free to read; None if the page does not state it."""
    for thing in things:
        value = thing.get("isAccessibleForFree")
        if value is not None:
            return str(value).strip().lower() not in {"false", "no", "0"}
    return None


def host(url: str) -> str:
    """Return the address's host without "www."; "" if it has none."""
    return host_of(url).removeprefix("www.")
