"""Pages that React streams: what came late stands hidden at the foot, and a script of the page puts it in its place.

A page saved without running its scripts (by a read-later service, a crawler, `curl`) still has the pieces where they
arrived. React writes a place that waits as `<!--$?--><template id="B:0"></template>…<!--/$-->`, with what is shown
meanwhile in between, and what fills it as `<div hidden id="S:0">…</div>` with a call `$RC("B:0","S:0")`; a place inside
a piece is `<template id="P:1">`, filled by `$RS("S:1","P:1")`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html

#: How a page says that it was streamed.
STREAMED = re.compile(r'<div hidden(?:="")? id="S:')
PIECE = re.compile(r"S:([0-9a-f]+)")
#: Calls that fill a place, and those that fill a place inside a piece.
FILLED = re.compile(r"""\$R[CR]\(["'](B:\w+)["'],\s*["'](S:\w+)["']""")
FILLED_INSIDE = re.compile(r"""\$RS\(["'](S:\w+)["'],\s*["'](P:\w+)["']""")
#: The comments around a place; the parser drops comments, so they are made elements that show nothing.
EDGE = re.compile(r"<!--(/?)\$[?!~]?-->")
EDGE_CLASS = "react-edge"
#: Most pieces of a page, and most elements shown in a place meanwhile; real pages have a few dozens.
MOST_PIECES, MOST_MEANWHILE = 1000, 1000


def keep_edges(text: str) -> str:
    """Keep in *text*, a streamed page, the ends of its places through the parsing."""
    return EDGE.sub(lambda edge: f'<template class="{EDGE_CLASS}" data-end="{edge[1]}"></template>', text)


def put_in_place(root: html.HtmlElement, text: str) -> None:
    """Move each piece of a streamed page to its place; one whose place is not there is shown where it stands."""
    hidden = (piece for piece in root.iter("div") if piece.get("hidden") is not None and _number(piece))
    pieces = list(islice(hidden, MOST_PIECES))
    places = {place.get("id"): place for place in root.iter("template") if place.get("id")}
    named = {piece: place for place, piece in FILLED.findall(text)} | dict(FILLED_INSIDE.findall(text))
    for piece in pieces:
        del piece.attrib["hidden"]
        name, number = piece.get("id", ""), _number(piece)
        names = [named[name]] if name in named else [f"B:{number}", f"P:{number}"]
        place = next((places[name] for name in names if name in places), None)
        around = list(place.iterancestors()) if place is not None else []
        if root in around and piece not in around:
            _fill(place, piece)
    for edge in [edge for edge in root.iter("template") if edge.get("class") == EDGE_CLASS]:
        edge.drop_tree()


def _number(piece: html.HtmlElement) -> str:
    found = PIECE.fullmatch(piece.get("id") or "")
    return found[1] if found else ""


def _fill(place: html.HtmlElement, piece: html.HtmlElement) -> None:
    if (meanwhile := _shown_meanwhile(place)) is not None:
        for element in (place, *meanwhile):
            element.tail = None
        for element in meanwhile:
            element.drop_tree()
    piece.drop_tree()
    piece.tail, place.tail = place.tail, None
    place.getparent().replace(place, piece)
    piece.drop_tag()


def _shown_meanwhile(place: html.HtmlElement) -> list[html.HtmlElement] | None:
    """List what stands after *place* up to its end; None where the page does not say where that is."""
    between: list[html.HtmlElement] = []
    open_ = 1
    for element in islice(place.itersiblings(), MOST_MEANWHILE):
        if element.get("class") == EDGE_CLASS:
            open_ += -1 if element.get("data-end") else 1
            if not open_:
                return between
        between.append(element)
    return None
