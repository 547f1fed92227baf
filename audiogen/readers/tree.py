"""Parses a page into an element tree, whatever its quality.

The time is bounded: a page of a hundred thousand nested elements takes no longer than a flat one.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree, html

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.elements import FLAT, VOID
from audiogen.readers.streams import STREAMED, fill_templates, keep_edges

#: Characters that XML forbids; libxml2 would end the document at the first NUL.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: The value of an attribute, and an attribute, in the syntax of libxml2 2.14 and HTML 5. There is no backtracking
#: (possessive quantifiers), and the document's end closes all that is open, so the time is linear.
_VALUE = r"""\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+"""
ATTRIBUTE = re.compile(rf"[\s/]*+(?:=?[^\s/>=]++(?:{_VALUE})?+|=)")
#: A start tag with its name and its attributes; comments, and elements with raw text, are skipped as a whole.
START_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title)\b.*?(?:</(?P=raw)\b|\Z)|"
    rf"<(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{ATTRIBUTE.pattern})*+)[\s/]*+(?:>|\Z)",
    re.S | re.I,
)
#: Maximum number of attributes of an element, because the time of libxml2 and lxml is quadratic in it.
MOST_ATTRIBUTES = 500
#: Elements that may be in the head (HTML 5, 13.2.6.4.4).
HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style", "template", "title"}
)
#: End tags of the document; they are removed, because browsers show what comes after them (HTML 5).
DOCUMENT_END = re.compile(r"</(?:body|html)\s*>", re.I)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?:\s[^<>]*)?>")
#: Maximum depth of elements, in pages that are deeper than libxml2 supports.
DEEPEST = 500


def parse(document: str) -> html.HtmlElement | None:
    """Return the element tree of *document*; None if there is no element in it.

    Raises:
        UnsupportedSourceError: Its elements are nested too deeply.
    """
    text = START_TAG.sub(_bounded, CONTROLS.sub("", document).lstrip())
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    text = DOCUMENT_END.sub("", text)
    if streamed := STREAMED.search(text) is not None:
        text = keep_edges(text)
    root, whole = _tree(text)
    if not whole:
        root, whole = _tree(flatten_deep_elements(text))
    if not whole:
        raise UnsupportedSourceError(
            document[:60], "The page's elements stand in one another thousands deep; no article's do."
        )
    if streamed and root is not None:
        fill_templates(root, text)
    return root


def _bounded(tag: re.Match[str]) -> str:
    """Return a start tag, without its attributes if it has too many."""
    attributes = tag["attributes"]
    if not attributes or len(attributes) < 2 * MOST_ATTRIBUTES:
        return tag[0]
    return f"<{tag['name']}>" if sum(1 for _ in ATTRIBUTE.finditer(attributes)) > MOST_ATTRIBUTES else tag[0]


def _tree(text: str) -> tuple[html.HtmlElement | None, bool]:
    """Return the tree of *text*, and whether it is complete; libxml2 stops at elements that are nested too deeply."""
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
    """Move elements that cannot be in the head to the body.

    Pages may omit `</head>` and `<body>`. libxml2, which implements HTML 4, then puts `<article>` and other later
    elements into the head; in HTML 5 (13.2.6.4.4) the first of them ends the head.
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
    """Turn declarative shadow roots into normal elements; SingleFile saves web components as these."""
    for template in list(root.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


def flatten_deep_elements(text: str) -> str:
    """Return the page without the tags of elements deeper than `DEEPEST`; their text and paragraphs stay."""
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
