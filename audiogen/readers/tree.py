"""A page's element tree, made from whatever bytes a person saved.

Parsing is bounded: a page of a hundred thousand nested elements costs no more than a flat one.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree, html

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.elements import FLAT, VOID
from audiogen.readers.streams import STREAMED, fill_templates, keep_edges

#: Characters that XML does not know; libxml2 would end the document at the first NUL.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: The value of an attribute, and an attribute, as libxml2 2.14 and HTML 5 take them apart. Nothing is tried twice
#: (possessive quantifiers), and the document's end closes whatever is open: the time is that of one pass.
_VALUE = r"""\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+"""
ATTRIBUTE = re.compile(rf"[\s/]*+(?:=?[^\s/>=]++(?:{_VALUE})?+|=)")
#: A start tag with its name and its attributes; comments, and elements whose text has no tags, are passed over whole.
START_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)\b.*?(?:</(?P=raw)\b|\Z)|"
    rf"<(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{ATTRIBUTE.pattern})*+)[\s/]*+(?:>|\Z)",
    re.S | re.I,
)
#: More attributes than an element of any page has; libxml2's and lxml's time grows with the square of their number.
MOST_ATTRIBUTES = 500
#: What a head may hold (HTML 5, 13.2.6.4.4).
HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style", "template", "title"}
)
#: Ends of the document; what generators write after a first one is shown all the same, as HTML 5 says.
DOCUMENT_END = re.compile(r"</(?:body|html)\s*>", re.I)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?>")
#: Depth from which elements are no longer opened inside one another, where a page goes deeper than libxml2 follows.
DEEPEST = 500


def parse(document: str) -> html.HtmlElement | None:
    """Make the element tree of *document*, or None if there is no element in it.

    Raises:
        UnsupportedSourceError: its elements stand in one another deeper than they can be followed.
    """
    text = START_TAG.sub(_bounded, CONTROLS.sub("", document).lstrip())
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
        fill_templates(root, text)
    return root


def _bounded(tag: re.Match[str]) -> str:
    """Write a start tag without its attributes where it has too many."""
    attributes = tag["attributes"]
    if not attributes or len(attributes) < 2 * MOST_ATTRIBUTES:
        return tag[0]
    return f"<{tag['name']}>" if sum(1 for _ in ATTRIBUTE.finditer(attributes)) > MOST_ATTRIBUTES else tag[0]


def _tree(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Parse *text*; also return whether all of it was followed, for libxml2 stops where elements stand too deep."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, recover=True, no_network=True
    )
    # lxml.html asks a Python function for the class of each element; forms and inputs need none of their own here.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        _leave_head(root)
        if "shadowroot" in text:
            _open_shadows(root)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    # What stops it is its last error; the log of a broken page has millions, and costs more than the parsing.
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _leave_head(root: html.HtmlElement) -> None:
    """Put into the body what cannot be in a head.

    Pages may leave out `</head>` and `<body>`. libxml2, which knows HTML 4, takes `<article>` and other later elements
    that follow then for a part of the head; HTML 5 (13.2.6.4.4) ends the head at the first of them.
    """
    head, body = root.find("head"), root.find("body")
    shown = [child for child in (() if head is None else head) if child.tag not in HEAD and isinstance(child.tag, str)]
    if not shown:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    for index, child in enumerate(shown):
        body.insert(index, child)
    shown[-1].tail, body.text = f"{shown[-1].tail or ''}{body.text or ''}", None


def _open_shadows(root: html.HtmlElement) -> None:
    """Make what a declarative shadow root shows a part of the page; SingleFile saves web components so."""
    for template in list(root.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


def shallow(text: str) -> str:
    """Leave out the tags of elements that stand deeper than `DEEPEST`; their text stays, and so do paragraphs."""
    opened: list[str] = []
    left_out: Counter[str] = Counter()

    def keep_or_drop(tag: re.Match[str]) -> str:
        """Replace one tag: keep it, or leave it out where it is nested too deep."""
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

    return TAG.sub(keep_or_drop, text)
