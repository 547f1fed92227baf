"""HTML's elements as a reader sees them: which begin a block, which have no words, and what their attributes say."""

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
#: Elements whose content is never text of the page.
SKIPPED = frozenset({
    "script", "style", "template", "head", "link", "meta", "base", "param", "source", "track", "map", "area", "svg",
    "canvas", "datalist",
    # Text that was taken back.
    "s", "strike", "del",
    # How the characters below them are pronounced: they would be heard twice.
    "rt", "rp", "rtc",
})  # fmt: skip
#: Elements that hold a block's text and need not be told from it when containers are compared.
LEAVES = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "dd", "dt", "td", "th", "pre",
    "summary", "button", "label", "caption", "option"
})  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Elements that hold one paragraph's text, which stay however deep they stand.
FLAT = frozenset({"p", *HEADINGS})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
PICTURES = frozenset({"img", "amp-img"})
#: Inline elements that say something of their text by themselves.
MEANING = frozenset({"sup", "sub", "abbr", "acronym", "time", "data", "q", "math"})
CELLS = ("td", "th")
LISTS = frozenset({"ul", "ol", "menu", "dir"})
#: Elements that begin something of its own inside a list's item.
SECTIONS = frozenset({"table", "article", "section", "aside", "nav"})
BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite"})
#: Longest class, id and role that are kept in a segment, in characters.
CLASS_LENGTH, ID_LENGTH, ROLE_LENGTH = 160, 60, 40
CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: What strikes a text through, or sets it where only screen readers find it.
OUT_OF_SIGHT = re.compile(
    r"text-decoration(?:-line)?\s*:[^;]*line-through|clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:left|top)\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
#: Classes of text for screen readers only, which repeats in words what stands beside it, or labels a link.
UNSEEN = frozenset({
    "sr-only", "visually-hidden", "visuallyhidden", "u-visually-hidden", "is-visually-hidden", "screen-reader-text",
    "screen-reader-only", "screenreader-only", "screen-reader", "element-invisible", "hidden-visually", "a11y-hidden",
    "vh", "show-for-sr", "cdk-visually-hidden",
    # What opens over a sentence when the pointer stands on a word.
    "tooltiptext", "tooltip-text", "tooltip-content", "tooltip-inner", "tooltip__content", "hovercard", "hover-card",
    "popover", "popover-content", "popover-body", "popover__content",
})  # fmt: skip
#: Inline elements whose text stands as it is written.
VERBATIM = frozenset({"code", "kbd", "samp", "tt", "var"})
#: Segments of an element that holds a paragraph's first letter, set large.
DROP_CAP = re.compile(
    r"[.#_-](?:drop-?_?caps?|lettrine|initial(?:-letter)?|first-?letter|initcap)(?![a-z])", re.IGNORECASE
)
#: Classes by which Tailwind and Bootstrap show an inline element on a line of its own, and the style itself.
APART = frozenset({"block", "d-block"})
SHOWN_APART = re.compile(r"display\s*:\s*block", re.IGNORECASE)
#: AMP's elements for posts and players of other sites; what text they hold stands in until the post is loaded.
AMP_EMBEDS = frozenset({
    "amp-twitter", "amp-instagram", "amp-facebook", "amp-tiktok", "amp-reddit", "amp-bluesky", "amp-pinterest",
    "amp-youtube", "amp-vimeo", "amp-dailymotion", "amp-brightcove", "amp-jwplayer", "amp-soundcloud"
})  # fmt: skip
#: Classes that the sites of posts have their embedded posts carry.
EMBEDS = (
    "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video", "bluesky-embed",
    "mastodon-embed", "reddit-embed",
)  # fmt: skip
#: Most paragraphs of a post: those of 82 on saved pages had five at most.
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
    """Return whether an inline element is shown on a line of its own, so that its words are not those around it."""
    classes, style = attributes.get("class", ""), attributes.get("style", "")
    return ("block" in classes and not APART.isdisjoint(classes.split())) or (
        "block" in style and SHOWN_APART.search(style) is not None
    )


def segment(tag: str, attributes: Mapping[str, str]) -> str:
    """Write an element as a step of a path: its tag, classes, id and role or microdata.

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
    """Return whether a link leads to the page's own site."""
    address = address.strip().lower()
    if not address or address.startswith(("#", "mailto:", "tel:", "javascript:")):
        return False
    if address.startswith("//") or "://" in address[:9]:
        return bool(host) and address.split("//", 1)[1].removeprefix("www.").startswith(host)
    return True


def is_concealed(attributes: Mapping[str, str]) -> bool:
    """Return whether an element's own attributes hide it from every reader."""
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
    """Return whether an element's own attributes set its text in the middle."""
    return bool(attributes) and any("center" in attributes.get(name, "") for name in ("style", "align", "class"))


def is_embed(element: html.HtmlElement, classes: str) -> bool:
    """Return whether an element has the *classes* of an embedded post, and no more text than a post has.

    An editor that gives such a class to what is around the post gives it to the whole article.
    """
    named = "-" in classes and any(name in classes for name in EMBEDS)
    return named and next(islice(element.iter("p"), POST_PARAGRAPHS, None), None) is None


def is_code(element: html.HtmlElement) -> bool:
    """Return whether preformatted text is code: by its markup, or by the share of signs that prose seldom has."""
    if CODE_NAMES.search(f"{element.get('class') or ''}") or any(True for _ in element.iter("code", "samp", "kbd")):
        return True
    text = "".join(islice(element.itertext(), 200))[:3000]
    return sum(text.count(sign) for sign in "{}()=;<>_$#[]\\|/*+") > 0.05 * max(1, len(text))


def is_data_table(table: html.HtmlElement) -> bool:
    """Return whether a table holds data, not the page's layout.

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
    return islice(element.iterdescendants(), limit)
