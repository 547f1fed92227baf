"""Moves late pieces of pages that React streams: they are hidden at the end until a script moves them to a template.

If a page is saved without running its scripts (by a read-later service, a crawler, `curl`), the pieces are still where
they arrived. React writes an open template as `<!--$?--><template id="B:0"></template>…<!--/$-->`, with a fallback in
between. The piece that replaces both is `<div hidden id="S:0">…</div>`, with the call `$RC("B:0","S:0")`. A template
inside a piece is `<template id="P:1">`, replaced by `$RS("S:1","P:1")`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html

#: The mark of a streamed page.
STREAMED = re.compile(r'<div hidden(?:="")? id="S:')
PIECE = re.compile(r"S:([0-9a-f]+)")
#: Calls that replace a template, and those that replace a template inside a piece.
FILLED = re.compile(r"""\$R[CR]\(["'](B:\w+)["'],\s*["'](S:\w+)["']""")
FILLED_INSIDE = re.compile(r"""\$RS\(["'](S:\w+)["'],\s*["'](P:\w+)["']""")
#: The comments around a template. The parser drops comments, so they are turned into elements without content.
EDGE = re.compile(r"<!--(/?)\$[?!~]?-->")
EDGE_CLASS = "react-edge"
#: Maximum number of pieces of a page, and of elements of a fallback; real pages have a few dozen.
MOST_PIECES, MOST_FALLBACK = 1000, 1000


def keep_edges(text: str) -> str:
    """Return a streamed page with elements in place of the comments around templates, as the parser drops comments."""
    return EDGE.sub(lambda edge: f'<template class="{EDGE_CLASS}" data-end="{edge[1]}"></template>', text)


def fill_templates(root: html.HtmlElement, text: str) -> None:
    """Replace each template of a streamed page with its piece; a piece without a template stays where it is."""
    hidden = (piece for piece in root.iter("div") if piece.get("hidden") is not None and _number(piece))
    pieces = list(islice(hidden, MOST_PIECES))
    templates = {template.get("id"): template for template in root.iter("template") if template.get("id")}
    named = {piece: template for template, piece in FILLED.findall(text)} | dict(FILLED_INSIDE.findall(text))
    for piece in pieces:
        del piece.attrib["hidden"]
        name, number = piece.get("id", ""), _number(piece)
        names = [named[name]] if name in named else [f"B:{number}", f"P:{number}"]
        template = next((templates[name] for name in names if name in templates), None)
        around = list(template.iterancestors()) if template is not None else []
        if root in around and piece not in around:
            _fill_template(template, piece)
    for edge in [edge for edge in root.iter("template") if edge.get("class") == EDGE_CLASS]:
        edge.drop_tree()


def _number(piece: html.HtmlElement) -> str:
    """Return the number of a piece by its id; "" if it is not a piece."""
    found = PIECE.fullmatch(piece.get("id") or "")
    return found[1] if found else ""


def _fill_template(template: html.HtmlElement, piece: html.HtmlElement) -> None:
    """Replace a template and its fallback with a piece."""
    if (fallback := _fallback(template)) is not None:
        for element in (template, *fallback):
            element.tail = None
        for element in fallback:
            element.drop_tree()
    piece.drop_tree()
    piece.tail, template.tail = template.tail, None
    template.getparent().replace(template, piece)
    piece.drop_tag()


def _fallback(template: html.HtmlElement) -> list[html.HtmlElement] | None:
    """Return the elements from *template* to its end mark; None if there is no end mark."""
    between: list[html.HtmlElement] = []
    open_ = 1
    for element in islice(template.itersiblings(), MOST_FALLBACK):
        if element.get("class") == EDGE_CLASS:
            open_ += -1 if element.get("data-end") else 1
            if not open_:
                return between
        between.append(element)
    return None
