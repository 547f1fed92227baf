"""Facts about HTML elements: which begin a block, which have no words, and what their attributes mean."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import html

#: Elements that begin and end a block of text.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "label", "legend", "li", "main", "menu", "nav", "noscript",
    "object", "ol", "optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody",
    "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "video", "audio", "iframe", "amp-iframe"
})  # fmt: skip
#: Elements without visible text.
SKIPPED = frozenset({
    "script", "style", "template", "head", "link", "meta", "base", "param", "source", "track", "map", "area", "svg",
    "canvas", "datalist",
    # Text that was taken back.
    "s", "strike", "del",
    # How the characters below them are pronounced: they would be heard twice.
    "rt", "rp", "rtc",
})  # fmt: skip
#: Elements that hold one block's text; they are ignored when the containers of blocks are compared.
LEAVES = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "dd", "dt", "td", "th", "pre",
    "summary", "button", "label", "caption", "option"
})  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Elements with the text of one paragraph, which are kept at any depth.
FLAT = frozenset({"p", *HEADINGS})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
PICTURES = frozenset({"img", "amp-img"})
#: Inline elements with a meaning of their own.
MEANING = frozenset({"sup", "sub", "abbr", "acronym", "time", "data", "q", "math"})
CELLS = ("td", "th")
LISTS = frozenset({"ul", "ol", "menu", "dir"})
#: Elements that begin a section inside a list item.
SECTIONS = frozenset({"table", "article", "section", "aside", "nav"})
BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite"})
#: Maximum length, in characters, of class, id and role in a segment.
CLASS_LENGTH, ID_LENGTH, ROLE_LENGTH = 160, 60, 40
CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Styles that strike text through, or move it out of sight for screen readers.
OUT_OF_SIGHT = re.compile(
    r"text-decoration(?:-line)?\s*:[^;]*line-through|clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:left|top)\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
#: Classes of text for screen readers only, which repeats the text beside it, or labels a link.
UNSEEN = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "u-visually-hidden", "is-visually-hidden", "screen-reader-text",
    "screen-reader-only", "screenreader-only", "screen-reader", "element-invisible", "hidden-visually", "a11y-hidden",
    "vh", "show-for-sr", "cdk-visually-hidden",
    # What opens over a sentence when the pointer stands on a word.
    "tooltiptext", "tooltip-text", "tooltip-content", "tooltip-inner", "tooltip__content", "hovercard", "hover-card",
    "popover", "popover-content", "popover-body", "popover__content",
})  # fmt: skip
#: Inline elements with literal text.
VERBATIM = frozenset({"code", "kbd", "samp", "tt", "var"})
#: Segments of an element with a drop cap.
DROP_CAP = re.compile(
    r"[.#_-](?:drop-?_?caps?|lettrine|initial(?:-letter)?|first-?letter|initcap)(?![a-z])", re.IGNORECASE
)
#: Classes of Tailwind and Bootstrap that make an inline element a block, and the style itself.
APART = frozenset({"block", "d-block"})
SHOWN_APART = re.compile(r"display\s*:\s*block", re.IGNORECASE)
#: AMP's elements for posts and players of other sites; their text is a placeholder until the post is loaded.
AMP_EMBEDS = frozenset({
    "amp-twitter", "amp-instagram", "amp-facebook", "amp-tiktok", "amp-reddit", "amp-bluesky", "amp-pinterest",
    "amp-youtube", "amp-vimeo", "amp-dailymotion", "amp-brightcove", "amp-jwplayer", "amp-soundcloud"
})  # fmt: skip
#: Classes of embedded posts.
EMBEDS = (
    "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video", "bluesky-embed",
    "mastodon-embed", "reddit-embed",
)  # fmt: skip
#: Maximum number of paragraphs of an embedded post; 82 posts on saved pages had five at most.
POST_PARAGRAPHS = 8
PLAYERS = re.compile(
    r"youtu\.?be|vimeo\.com|dailymotion|spotify\.com|soundcloud|twitter\.com|tiktok\.com|instagram\.com|"
    r"facebook\.com/plugins"
)
CHARTS = re.compile(
    r"datawrapper|flourish|infogram|public\.tableau|highcharts|chartbeat\.embed|graphics\.|interactive-chart|"
    r"ourworldindata"
)
CODE_NAMES = re.compile(r"\b(?:code|highlight|hljs|language-|lang-|prism|brush|sourceCode|terminal|shell)", re.I)


def is_apart(attributes: Mapping[str, str]) -> bool:
    """Return whether an inline element is displayed as a block, so that a space is needed around its words."""
    classes, style = attributes.get("class", ""), attributes.get("style", "")
    return ("block" in classes and not APART.isdisjoint(classes.split())) or (
        "block" in style and SHOWN_APART.search(style) is not None
    )


def segment(tag: str, attributes: Mapping[str, str]) -> str:
    """Return an element as a segment of a path: its tag, classes, id, and role or microdata.

    >>> segment("p", {"class": "lead big", "id": "first"})
    'p.lead.big#first'
    """
    if not attributes:
        return tag
    classes = attributes.get("class", "")[:CLASS_LENGTH].split()
    identity = attributes.get("id", "")[:ID_LENGTH].strip().replace(" ", "-")
    role = attributes.get("role") or attributes.get("itemprop") or ""
    parts = [tag, *classes]
    return (
        ".".join(parts)
        + (f"#{identity}" if attributes.get("id") else "")
        + ("@" + role[:ROLE_LENGTH].strip().replace(" ", "-") if role else "")
    )


def is_internal(address: str, host: str) -> bool:
    """Return whether a link leads to the page's own site, *host*."""
    address = address.strip().lower()
    if not address or address.startswith(("#", "mailto:", "tel:", "javascript:")):
        return False
    if address.startswith("//") or "://" in address[:9]:
        return bool(host) and address.split("//", 1)[1].removeprefix("www.").startswith(host)
    return True


def is_concealed(attributes: Mapping[str, str]) -> bool:
    """Return whether an element's own attributes hide it from all readers."""
    if attributes.get("hidden", "until-found") != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and CONCEALED.search(style))


def is_unseen(attributes: Mapping[str, str]) -> bool:
    """Return whether an inline element is invisible: hidden, struck through, or only for screen readers."""
    if not attributes:
        return False
    if is_concealed(attributes) or attributes.get("role") == "tooltip":
        return True
    style, classes = attributes.get("style"), attributes.get("class")
    return bool((style and OUT_OF_SIGHT.search(style)) or (classes and not UNSEEN.isdisjoint(classes.split())))


def is_centred(attributes: Mapping[str, str]) -> bool:
    """Return whether an element's own attributes centre its text."""
    return bool(attributes) and any("center" in attributes.get(name, "") for name in ("style", "align", "class"))


def is_embed(element: html.HtmlElement, classes: str) -> bool:
    """Return whether an element has the *classes* of an embedded post, and no more paragraphs than a post has.

    Some editors give such a class to an element around the whole article.
    """
    named = "-" in classes and any(name in classes for name in EMBEDS)
    return named and next(islice(element.iter("p"), POST_PARAGRAPHS, None), None) is None


def is_code(element: html.HtmlElement) -> bool:
    """Return whether preformatted text is code: by its markup, or by the share of characters that are rare in prose."""
    if CODE_NAMES.search(f"{element.get('class') or ''}") or any(True for _ in element.iter("code", "samp", "kbd")):
        return True
    text = "".join(islice(element.itertext(), 200))[:3000]
    return sum(text.count(sign) for sign in "{}()=;<>_$#[]\\|/*+") > 0.05 * max(1, len(text))


def is_data_table(table: html.HtmlElement) -> bool:
    """Return whether a table holds data and is not for layout.

    A layout table has a presentation role, another table inside, long prose in a cell, or a single row or column.
    """
    if table.get("role") in {"presentation", "none"}:
        return False
    rows = columns = cells = 0
    for element in _bounded(table, 4000):
        if element.tag == "table" or element.tag in {"form", "article", "section", "h1"}:
            return False
        if element.tag == "tr":
            rows += 1
            columns = max(columns, sum(1 for child in element if child.tag in {"td", "th"}))
        elif element.tag in {"td", "th"}:
            cells += 1
            if sum(len(text) for text in islice(element.itertext(), 500)) > 600:
                return False
    return rows > 1 and columns > 1 and cells > 3


def _bounded(element: html.HtmlElement, limit: int) -> Iterator[html.HtmlElement]:
    """Return the first *limit* descendants of an element."""
    return islice(element.iterdescendants(), limit)
