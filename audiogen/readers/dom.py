"""A page's element tree, made from whatever bytes a person saved, and walked once into blocks.

Parsing and walking are iterative and bounded: a page of a hundred thousand nested elements costs no more than a
flat one. Every visible word ends in exactly one block; scripts, styles and templates have no words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from audiogen.errors import UnsupportedSourceError
from audiogen.model import Block, BlockKind, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Elements that begin and end a block of text.
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "iframe",
        "amp-iframe",
    }
)
#: Elements whose content is never text of the page.
SKIPPED = frozenset(
    {
        "script",
        "style",
        "template",
        "head",
        "link",
        "meta",
        "base",
        "param",
        "source",
        "track",
        "map",
        "area",
        "svg",
        "canvas",
        "datalist",
    }
)
#: Elements that hold a block's text and need not be told from it when containers are compared.
LEAVES = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "figcaption",
        "dd",
        "dt",
        "td",
        "th",
        "pre",
        "summary",
        "button",
        "label",
        "caption",
        "option",
    }
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: How many of the innermost elements a path keeps; real pages stay below, and hostile ones stay bounded.
PATH_DEPTH = 32
#: Most blocks that are walked; the longest real pages have a tenth of them, and the reader refuses what has more.
MOST_BLOCKS = 15_000
#: Longest class attribute kept in a path, in characters.
CLASS_LENGTH = 160
#: Characters that XML does not know; libxml2 would end the document at the first NUL.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: A tag of more characters than any page writes; libxml2's time grows with the square of a tag's attributes.
LONG_TAG = re.compile(r"<(\w{1,20})\s[^<>]{200000,}>")
#: Ends of the document; what generators write after a first one is shown all the same, as HTML 5 says.
DOCUMENT_END = re.compile(r"</(?:body|html)\s*>", re.I)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?>")
#: Depth from which elements are no longer opened inside one another, where a page goes deeper than libxml2 follows.
DEEPEST = 500
#: Elements that hold one paragraph's text, which stay however deep they stand.
FLAT = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SPACES = re.compile(r"\s+")
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
CONCEALED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SCREEN_READER = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|sr-text|offscreen|u-hidden)(?:$|\s)", re.I
)
EMBEDS = re.compile(
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video)|bluesky-embed|mastodon-embed|reddit-embed"
)
PLAYERS = re.compile(
    r"youtu\.?be|vimeo\.com|dailymotion|spotify\.com|soundcloud|twitter\.com|tiktok\.com|instagram\.com|"
    r"facebook\.com/plugins"
)
CHARTS = re.compile(
    r"datawrapper|flourish|infogram|public\.tableau|highcharts|chartbeat\.embed|graphics\.|interactive-chart|"
    r"ourworldindata"
)
CODE_NAMES = re.compile(r"\b(?:code|highlight|hljs|language-|lang-|prism|brush|sourceCode|terminal|shell)", re.I)
PICTURES = frozenset({"img", "amp-img"})
MARK_NAMES = {"links": "links", "before": "pictures_before", "inside": "pictures_inside"}
SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")


@dataclass(slots=True)
class Frame:
    """An open block element."""

    tag: str
    segment: str
    ordinal: int
    hidden: bool
    kind: BlockKind | None
    level: int
    #: Ordinal of the data table it is in, or 0.
    table: int = 0
    centred: bool = False


@dataclass(slots=True)
class Run:
    """Text that gathers until its block ends."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    italic: int = 0
    total: int = 0
    #: Characters inside links to the page's own site.
    internal: int = 0
    links: int = 0
    #: Pictures since the last block's end, before the text began and after.
    before: int = 0
    inside: int = 0
    #: Segments of the inline elements that hold all of the text.
    common: list[str] | None = None

    def add(self, text: str, inline: Sequence[tuple[str, str]]) -> None:
        """Take a piece of text inside the *inline* elements, outermost first."""
        self.pieces.append(text)
        weight = len(text.strip())
        if not weight:
            return
        self.total += weight
        tags = {tag for tag, _ in inline}
        if "a" in tags:
            self.linked += weight
            self.internal += weight * any(segment.endswith("!own") for tag, segment in inline if tag == "a")
        self.bold += weight * bool(tags & {"b", "strong"})
        self.italic += weight * bool(tags & {"i", "em", "cite"})
        segments = [segment for _, segment in inline]
        if self.common is None:
            self.common = segments
        else:
            same = 0
            while same < min(len(self.common), len(segments)) and self.common[same] == segments[same]:
                same += 1
            del self.common[same:]


def parse(document: str) -> html.HtmlElement | None:
    """Make the element tree of *document*, or None where there is no element in it.

    Raises:
        UnsupportedSourceError: its elements stand in one another deeper than they can be followed.
    """
    text = LONG_TAG.sub(r"<\1>", CONTROLS.sub("", document).lstrip())
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    text = DOCUMENT_END.sub("", text)
    root, whole = _tree(text)
    if not whole:
        root, whole = _tree(shallow(text))
    if not whole:
        raise UnsupportedSourceError(
            document[:60], "The page's elements stand in one another thousands deep; no article's do."
        )
    return root


def _tree(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Parse *text*; say besides whether all of it was followed, for libxml2 stops where elements stand too deep."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, recover=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    return root, not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def shallow(text: str) -> str:
    """Leave out the tags of elements that stand deeper than `DEEPEST`; their text stays, and so do paragraphs."""
    opened: list[str] = []
    left_out: Counter[str] = Counter()

    def judged(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in VOID or name in FLAT:
            return tag[0]
        if not tag[1] and len(opened) >= DEEPEST:
            left_out[name] += 1
            return " "
        if not tag[1]:
            opened.append(name)
        elif left_out[name]:
            left_out[name] -= 1
            return " "
        elif opened and opened[-1] == name:
            opened.pop()
        return tag[0]

    return TAG.sub(judged, text)


def is_own(address: str, host: str) -> bool:
    """Say whether a link leads to the page's own site."""
    address = address.strip().lower()
    if not address or address.startswith(("#", "mailto:", "tel:", "javascript:")):
        return False
    if address.startswith("//") or "://" in address[:9]:
        return bool(host) and address.split("//", 1)[1].removeprefix("www.").startswith(host)
    return True


def is_concealed(element: html.HtmlElement) -> bool:
    """Say whether the element's own attributes hide it from every reader."""
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    return bool(style and CONCEALED.search(style))


def _segment(element: html.HtmlElement, tag: str) -> str:
    classes = element.get("class")
    identity = element.get("id")
    role = element.get("role") or element.get("itemprop")
    parts = [tag]
    if classes:
        parts.extend("." + word for word in classes[:CLASS_LENGTH].split())
    if identity:
        parts.append("#" + identity[:60].strip().replace(" ", "-"))
    if role:
        parts.append("@" + role[:40].strip().replace(" ", "-"))
    return "".join(parts)


class Walk:
    """One walk over a page: opens and closes elements, gathers runs of text, and yields blocks."""

    def __init__(self, host: str = "") -> None:
        #: The page's host, to tell links to its own site.
        self.host = host
        self.elements = 0
        self.depth = 0
        self.frames: list[Frame] = []
        self.inline: list[tuple[str, str]] = []
        self.run = Run()
        self.blocks: list[Block] = []
        self.ordinal = 0

    def over(self, root: html.HtmlElement) -> list[Block]:
        """Walk the tree below *root* and return its blocks in order."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in SKIPPED or not tag:
                    steps.skip_subtree()
                    continue
                self._open(element, tag)
            else:
                if tag not in SKIPPED and tag:
                    self._close(tag)
                if element.tail and element is not root:
                    self._text(element.tail)
                if len(self.blocks) > MOST_BLOCKS:
                    break
        self._flush()
        return self.blocks

    def _open(self, element: html.HtmlElement, tag: str) -> None:
        self.elements += 1
        self.depth = max(self.depth, len(self.frames) + len(self.inline))
        if tag == "br":
            self._break()
        elif tag in PICTURES:
            self._picture(element)
        elif tag in BLOCKS or ("-" in tag and not self._in_text()):
            self._flush()
            self.frames.append(self._frame(element, tag))
            if tag in {"iframe", "amp-iframe"}:
                self._player(element)
        else:
            if tag == "a" and self.run.pieces and not self.run.pieces[-1][-1:].isspace():
                last = self.inline[-1:] or [("", "")]
                if element.getprevious() is not None and element.getprevious().tag == "a" and last[0][0] != "a":
                    self.run.pieces.append(" ")
            self.inline.append((tag, self._inline_segment(element, tag)))
        if element.text:
            self._text(element.text)

    def _picture(self, element: html.HtmlElement) -> None:
        if element.get("width") in {"0", "1"} or element.get("height") in {"0", "1"}:
            return
        if self.run.total:
            self.run.inside += 1
        else:
            self.run.before += 1

    def _inline_segment(self, element: html.HtmlElement, tag: str) -> str:
        segment = _segment(element, tag)
        if tag == "a":
            self.run.links += 1
            return segment + ("!own" if is_own(element.get("href") or "", self.host) else "")
        return segment + ("!hidden" if is_concealed(element) else "")

    def _close(self, tag: str) -> None:
        if tag == "br" or tag in PICTURES:
            return
        if self.frames and self.frames[-1].tag == tag and not (self.inline and self.inline[-1][0] == tag):
            self._flush()
            self.frames.pop()
        elif self.inline and self.inline[-1][0] == tag:
            self.inline.pop()
        elif self.frames:
            self._flush()
            self.frames.pop()

    def _in_text(self) -> bool:
        return bool(self.frames) and self.frames[-1].tag in LEAVES

    def _frame(self, element: html.HtmlElement, tag: str) -> Frame:
        above = self.frames[-1] if self.frames else None
        self.ordinal += 1
        hidden = is_concealed(element) or (above is not None and above.hidden)
        kind, level = self._kind(element, tag, above)
        table = above.table if above else 0
        if tag == "table" and not table and is_data_table(element):
            table = self.ordinal
        centred = "center" in f"{element.get('style') or ''} {element.get('align') or ''} {element.get('class') or ''}"
        return Frame(tag, _segment(element, tag), self.ordinal, hidden, kind, level, table, centred)

    def _kind(self, element: html.HtmlElement, tag: str, above: Frame | None) -> tuple[BlockKind | None, int]:
        kind, level = (above.kind, above.level) if above else (None, 0)
        classes = element.get("class") or ""
        if kind in {BlockKind.EMBED, BlockKind.CHART, BlockKind.CODE}:
            return kind, level
        if EMBEDS.search(classes):
            return BlockKind.EMBED, 0
        if tag in HEADINGS:
            return BlockKind.HEADING, HEADINGS[tag]
        if element.get("role") == "heading":
            depth = element.get("aria-level") or "2"
            return BlockKind.HEADING, min(6, max(1, int(depth))) if depth.isdecimal() and len(depth) < 3 else 2
        if tag in {"ul", "ol", "menu", "dir"}:
            return kind, level + 1 if kind is BlockKind.LIST_ITEM else 0
        if tag == "li":
            return BlockKind.LIST_ITEM, max(1, level)
        if tag == "blockquote":
            return BlockKind.QUOTE, 0
        if tag == "pre" and is_code(element):
            return BlockKind.CODE, 0
        if tag in {"table", "article", "section", "aside", "nav"} and kind is BlockKind.LIST_ITEM:
            return None, 0
        return kind, level

    def _text(self, text: str) -> None:
        if text.isspace() or not self.frames:
            self.run.pieces.append(" ")
        else:
            self.run.add(text, self.inline)

    def _break(self) -> None:
        """End the block at a line break that ends a paragraph: after another break, or after a whole sentence."""
        pieces = self.run.pieces
        tail = "".join(pieces[-6:]).rstrip(" \t\r\n")
        if tail.endswith("\v") or (self.run.total > 80 and SENTENCE_END.search(tail)):
            self._flush()
        elif self.run.total:
            pieces.append("\v")

    def _player(self, element: html.HtmlElement) -> None:
        source = element.get("src") or element.get("data-src") or ""
        kind = BlockKind.CHART if CHARTS.search(source) else BlockKind.EMBED if PLAYERS.search(source) else None
        if kind is None:
            return
        self.run.pieces.append(element.get("title") or "")
        self._flush(kind=kind, extra={"player": 1.0})

    def _flush(self, kind: BlockKind | None = None, extra: dict[str, float] | None = None) -> None:
        run, self.run = self.run, Run()
        text = SPACES.sub(" ", INVISIBLE.sub("", "".join(run.pieces))).strip()
        if not text or not self.frames:
            self.run.before = run.before + run.inside
            return
        frame = self.frames[-1]
        self.blocks.append(
            Block(text, kind or self._block_kind(frame), self._level(frame), evidence=self._evidence(run, frame, extra))
        )

    def _block_kind(self, frame: Frame) -> BlockKind:
        if frame.table:
            return BlockKind.TABLE
        return frame.kind or BlockKind.PARAGRAPH

    def _level(self, frame: Frame) -> int:
        return 0 if frame.table or frame.kind is None else frame.level

    def _evidence(self, run: Run, frame: Frame, extra: dict[str, float] | None) -> Evidence:
        total = max(1, run.total)
        inline = run.common or []
        marks = {"bold": round(run.bold / total, 3), "italic": round(run.italic / total, 3)}
        if frame.hidden or any(segment.endswith("!hidden") for segment in inline):
            marks["hidden"] = 1.0
        if frame.table:
            marks["table"] = float(frame.table)
        if frame.centred:
            marks["centred"] = 1.0
        for name in ("links", "before", "inside"):
            if getattr(run, name):
                marks[MARK_NAMES[name]] = float(getattr(run, name))
        if run.internal:
            marks["own_links"] = round(run.internal / total, 3)
        marks.update(extra or {})
        kept = self.frames[-PATH_DEPTH:]
        path = (*(f.segment for f in kept), *(segment.partition("!")[0] for segment in inline[:4]))
        return Evidence(
            path=path,
            link_density=round(min(1.0, run.linked / total), 3),
            marks=marks,
            elements=tuple(f.ordinal for f in kept),
        )


def is_code(element: html.HtmlElement) -> bool:
    """Say whether preformatted text is code: by its markup, or by the share of signs that prose seldom has."""
    if CODE_NAMES.search(f"{element.get('class') or ''}") or any(True for _ in element.iter("code", "samp", "kbd")):
        return True
    text = "".join(islice(element.itertext(), 200))[:3000]
    return sum(text.count(sign) for sign in "{}()=;<>_$#[]\\|/*+") > 0.05 * max(1, len(text))


def is_data_table(table: html.HtmlElement) -> bool:
    """Say whether a table holds data, not the page's layout.

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
