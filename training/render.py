"""Render a page's visible text the way a plain-text capture holds it: a block a line, list items with markers.

Only training uses it: pages whose article is known become captures whose lines are labelled.
"""

from __future__ import annotations

import re

from lxml import html

_SKIP = {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "math", "canvas", "video", "audio"}
_INLINE = set("a abbr acronym b bdi bdo big cite code data dfn em font i img input ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr del button nobr meter progress picture source map area link meta amp-img svg".split())  # fmt: skip
_MARKERS = "*+o-"


def capture_lines(page: bytes | str) -> list[str]:
    """Give the lines of *page* that are not empty."""
    if isinstance(page, str):
        page = page.encode("utf-8", "replace")
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    else:
        parser = html.HTMLParser(huge_tree=True)
    root = html.document_fromstring(page, parser=parser)
    walk = _Walk()
    walk.visit(root, 0)
    walk.flush()
    return walk.lines


def _hidden(node: html.HtmlElement) -> bool:
    style = re.sub(r"\s", "", node.get("style") or "").lower()
    return node.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


class _Walk:
    """Collects lines; a list item's marker waits for the first text inside it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.buffer: list[str] = []
        self.marker = ""

    def flush(self, *, last: bool = False) -> None:
        text = " ".join(" ".join(self.buffer).split())
        self.buffer.clear()
        if text or (last and self.marker):
            self.lines.append(f"{self.marker} {text}".strip())
            self.marker = ""

    def visit(self, node: html.HtmlElement, depth: int) -> None:
        for child in node:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SKIP and not _hidden(child):
                if tag in _INLINE or tag in ("td", "th", "option", "select", "label", "br"):
                    if tag == "br":
                        self.flush()
                    self.buffer.append(child.text or "")
                    self.visit(child, depth)
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

    @staticmethod
    def _item_marker(item: html.HtmlElement, depth: int) -> str:
        parent = item.getparent()
        if parent is not None and parent.tag == "ol":
            return f"{sum(1 for _ in item.itersiblings('li', preceding=True)) + 1}."
        return _MARKERS[min(max(depth, 1), len(_MARKERS)) - 1]
