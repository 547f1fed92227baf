"""A page's element tree, made from whatever bytes a person saved.

Parsing is bounded: a page of a hundred thousand nested elements costs no more than a flat one.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree, html

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.elements import FLAT, VOID
from audiogen.readers.streams import STREAMED, keep_edges, put_in_place

#: Characters that XML does not know; libxml2 would end the document at the first NUL.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: A tag of more characters than any page writes; libxml2's time grows with the square of a tag's attributes.
LONG_TAG = re.compile(r"<(\w{1,20})\s[^<>]{200000,}>")
#: Ends of the document; what generators write after a first one is shown all the same, as HTML 5 says.
DOCUMENT_END = re.compile(r"</(?:body|html)\s*>", re.I)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?>")
#: Depth from which elements are no longer opened inside one another, where a page goes deeper than libxml2 follows.
DEEPEST = 500


def parse(document: str) -> html.HtmlElement | None:
    """Make the element tree of *document*, or None where there is no element in it.

    Raises:
        UnsupportedSourceError: its elements stand in one another deeper than they can be followed.
    """
    text = LONG_TAG.sub(r"<\1>", CONTROLS.sub("", document).lstrip())
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    text = DOCUMENT_END.sub("", text)
    if streamed := STREAMED.search(text) is not None:
        text = keep_edges(text)
    root, whole = _tree(text)
    if not whole:
        root, whole = _tree(shallow(text))
    if not whole:
        raise UnsupportedSourceError(
            document[:60], "The page's elements stand in one another thousands deep; no article's do."
        )
    if streamed and root is not None:
        put_in_place(root, text)
    return root


def _tree(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Parse *text*; say besides whether all of it was followed, for libxml2 stops where elements stand too deep."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, recover=True, no_network=True
    )
    # lxml.html asks a Python function for the class of each element; forms and inputs need none of their own here.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        if "shadowroot" in text:
            _open_shadows(root)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    # What stops it is its last error; the log of a broken page has millions, and costs more than the parsing.
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _open_shadows(root: html.HtmlElement) -> None:
    """Make what a declarative shadow root shows a part of the page; SingleFile saves web components so."""
    for template in list(root.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


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
