"""JSON-LD (schema.org) in a page: its objects, the one that is the article, and the names of people in it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from audiogen.readers.double_encoding import repair_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import html

#: Maximum length of a JSON-LD script, in characters.
JSON_LIMIT = 2_000_000
ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Review$|Recipe|HowTo|TechArticle|Essay|OpinionNews", re.I)
#: Types that have an article's fields if the JSON-LD has no article.
PAGE_TYPES = re.compile(r"WebPage|CreativeWork|MediaObject|VideoObject|QAPage|AboutPage", re.I)
SPACES = re.compile(r"\s+")
#: Escapes of UTF-16 surrogates: a pair, or a half, which remains if a text was cut inside an emoji.
_SURROGATES = re.compile(r"(\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
TAGS = re.compile(r"<[^>]{1,300}>")


#: The meta tag that some frameworks use for it: `<meta name="script:ld+json" content="{…}">`.
IN_TAG = "script:ld+json"


def json_ld(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD."""
    for script in root.iter("script", "meta"):
        if script.tag == "meta":
            text = script.get("content") if script.get("name") == IN_TAG else ""
        else:
            text = script.text if "ld+json" in (script.get("type") or "").lower() else ""
        source = (text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if not source or len(source) > JSON_LIMIT:
            continue
        try:
            value = json.loads(_SURROGATES.sub(lambda half: half[1] or r"\ufffd", source), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _things(value)


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """Yield each object of a JSON-LD document, also those in graphs and main entities."""
    waiting, seen = [value], 0
    while waiting and seen < 500:
        seen += 1
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item[:200]
        elif isinstance(item, dict):
            if item.get("@type"):
                yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemReviewed"):
                if isinstance(item.get(key), (dict, list)):
                    waiting.append(item[key])


def type_of(thing: Mapping[str, Any]) -> str:
    """Return the types of an object, with spaces between them."""
    kind = thing.get("@type")
    return " ".join(str(part) for part in kind) if isinstance(kind, list) else str(kind or "")


def main_thing(things: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the object that is the article: of an article's type with the most fields, or else the page itself."""
    for pattern in (ARTICLE_TYPES, PAGE_TYPES):
        found = [thing for thing in things if pattern.search(type_of(thing)) and "Rating" not in type_of(thing)]
        if found:
            return max(
                found,
                key=lambda thing: sum(key in thing for key in ("headline", "author", "datePublished", "articleBody")),
            )
    return {}


def names_of(value: Any, things: list[dict[str, Any]], *, groups: bool = False) -> list[str]:
    """Return the names in an author's field: those of people, or with *groups* those of organisations."""
    items = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in items[:20]:
        if isinstance(item, dict) and not item.get("name") and item.get("@id"):
            item = next((thing for thing in things if thing.get("@id") == item["@id"] and thing.get("name")), item)
        if isinstance(item, dict):
            name = item.get("name")
            if ("Organization" in type_of(item)) is not groups:
                continue
            names.extend(str(n) for n in name) if isinstance(name, list) else names.append(text_of(name))
        elif isinstance(item, str) and not groups:
            names.append(text_of(item))
    return [name for name in names if name]


def text_of(value: Any) -> str:
    """Return a JSON-LD value as text, without entities and tags."""
    if isinstance(value, list):
        value = next((item for item in value if item), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("url") or value.get("@id") or ""
    if not isinstance(value, str):
        return ""
    return SPACES.sub(" ", TAGS.sub(" ", repair_encoding(unescape(unescape(value))))).strip()
