"""Render a page's visible text the way a plain-text capture holds it: a block a line, list items with markers.

Only training uses it: pages whose article is known become captures whose lines are labelled. Programs differ in what
they copy; `STYLES` names the ways a page may be rendered in.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from lxml import html

_SKIP = {
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "math", "canvas",
    "video", "audio",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "del", "button", "nobr", "meter", "progress", "picture", "source", "map",
    "area", "link", "meta", "amp-img", "td", "th", "option", "select", "br",
}  # fmt: skip
#: Elements that browsers set apart from the words next to them, and those within which words go on ("<b>H</b>arbour").
_APART = {"td", "th", "button", "option", "select", "input", "img", "label"}
_FORMATTING = {
    "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "nobr", "q", "s", "small", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
}  # fmt: skip
#: The border of an element whose words are its own: a space between two words, nothing beside a sign.
_BORDER = "\ue000"
_BETWEEN_WORDS = re.compile(rf"(?<=\w){_BORDER}+(?=\w)")
_MARKERS = "*+o-"


@dataclass(frozen=True, slots=True)
class Style:
    """How a program writes a page as text."""

    name: str
    #: Bullets by depth; empty where lists are copied without.
    bullets: str = _MARKERS
    #: Whether the items of ordered lists keep their numbers.
    numbers: bool = True
    #: How a picture's alternative text is written, if at all.
    picture: str = ""
    #: How a form's fields are written, if at all: their values and what they ask for.
    field: str = ""
    #: How the place of a link is written, if at all; it gets the link's number.
    link: str = ""


#: The ways of copying, the commonest more often: text browsers and converters with bullets by depth, Firefox (a star),
#: Safari (a dot), Chromium (neither bullets nor numbers), Lynx (pictures in brackets, numbered links), w3m (fields in
#: brackets), reading lists (alternative texts as they are).
STYLES = (
    Style("converter"), Style("converter"), Style("converter"), Style("converter"),
    Style("firefox", bullets="****"), Style("safari", bullets="•◦▪▪"),
    Style("chromium", bullets="", numbers=False), Style("chromium", bullets="", numbers=False),
    Style("lynx", picture="[{}]", link="[{}]"), Style("w3m", bullets="•◦▪▪", picture="[{}]", field="[{}]"),
    Style("reading list", picture="{}"),
)  # fmt: skip


def capture_lines(page: bytes | str, style: Style = STYLES[0]) -> list[str]:
    """Return the lines of *page* that are not empty, as *style* has them."""
    data = page.encode("utf-8", "replace") if isinstance(page, str) else page
    parser = html.HTMLParser(encoding="utf-8" if isinstance(page, str) else None, huge_tree=True)
    walk = _Walk(style)
    walk.visit(html.document_fromstring(data, parser=parser), 0)
    walk.flush()
    return walk.lines


def _hidden(node: html.HtmlElement) -> bool:
    style = re.sub(r"\s", "", node.get("style") or "").lower()
    return node.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


class _Walk:
    """Collects lines; a list item's marker waits for the first text inside it."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.links = 0
        self.lines: list[str] = []
        self.buffer: list[str] = []
        self.marker = ""

    def flush(self, *, last: bool = False) -> None:
        text = " ".join(_BETWEEN_WORDS.sub(" ", "".join(self.buffer)).replace(_BORDER, "").split())
        if text or (last and self.marker):
            self.lines.append(f"{self.marker} {text}".strip())
            self.marker = ""
        self.buffer.clear()

    def visit(self, node: html.HtmlElement, depth: int) -> None:
        for child in node:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SKIP and not _hidden(child):
                if tag in _INLINE:
                    if tag == "br":
                        self.flush()
                    border = " " if tag in _APART else "" if tag in _FORMATTING else _BORDER
                    self.buffer.append(border + self._shown(child) + (child.text or ""))
                    self.visit(child, depth)
                    self.buffer.append(border)
                else:
                    self._block(child, depth)
            self.buffer.append(child.tail or "")

    def _block(self, child: html.HtmlElement, depth: int) -> None:
        self.flush()
        if child.tag == "li":
            self.marker = self._item_marker(child, depth)
        self.buffer.append(child.text or "")
        self.visit(child, depth + (child.tag in ("ul", "ol", "menu", "dir")))
        self.flush(last=child.tag == "li")

    def _shown(self, element: html.HtmlElement) -> str:
        """Return what the style writes of an element that has no text of its own."""
        if element.tag == "a" and element.get("href") and self.style.link:
            self.links += 1
            return self.style.link.format(self.links)
        if element.tag in ("img", "amp-img") and self.style.picture:
            return _formatted(self.style.picture, element.get("alt"))
        if element.tag == "input" and element.get("type") != "hidden" and self.style.field:
            return _formatted(self.style.field, element.get("value") or element.get("placeholder"))
        return ""

    def _item_marker(self, item: html.HtmlElement, depth: int) -> str:
        parent = item.getparent()
        if parent is not None and parent.tag == "ol":
            number = f"{sum(1 for _ in item.itersiblings('li', preceding=True)) + 1}."
            return number if self.style.numbers else ""
        bullets = self.style.bullets
        return bullets[min(max(depth, 1), len(bullets)) - 1] if bullets else ""


def _formatted(form: str, text: str | None) -> str:
    words = " ".join((text or "").split())
    return f" {form.format(words)} " if words else ""


def main() -> None:
    """Print the lines of a page: `python -m training.render PAGE.html`."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print("\n".join(capture_lines(Path(sys.argv[1]).read_bytes())))


if __name__ == "__main__":
    main()
