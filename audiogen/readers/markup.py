"""Recognises the meaning of inline elements: raised text, marks of notes, formulas, abbreviations…

Marks of notes are recognised by roles (DPUB-ARIA, EPUB), classes (pandoc, docutils, Wikipedia, Substack, plugins of
WordPress), and links to an anchor with the name of a note.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from audiogen.model import SpanKind
from audiogen.readers.formulas import tex_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import html

#: The meaning of an element: the kind and the value of its span.
Meaning = tuple[SpanKind, str]

#: Maximum length of a span's value, in characters.
LONGEST_VALUE = 2_000
#: Attributes with the value of a span, by element.
VALUES = {
    "abbr": (SpanKind.ABBREVIATION, "title"),
    "acronym": (SpanKind.ABBREVIATION, "title"),
    "time": (SpanKind.TIME, "datetime"),
    "data": (SpanKind.DATA, "value"),
}
#: Elements whose meaning does not depend on their attributes.
PLAIN = {"sup": SpanKind.RAISED, "sub": SpanKind.LOWERED, "q": SpanKind.QUOTATION}
#: Styles that raise or lower the text of other elements.
RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.I)
LOWERED = re.compile(r"vertical-align\s*:\s*sub\b", re.I)
#: A part of each of the classes below; a quick check before the full patterns.
TELLING = re.compile("katex|mwe-math|MathJax|ltx_|note|fn|ref", re.I)
#: Classes of elements with all copies of a formula, but not of those with a part of it.
FORMULA = re.compile(r"(?:^|\s)(?:katex|mwe-math-element|MathJax|MathJax_SVG|MathJax_CHTML|ltx_Math)(?:\s|$)")
#: Classes of marks of notes.
NOTE_CLASS = re.compile(
    r"(?:^|\s)(?:[\w-]*foot-?note-?_?(?:ref(?:erence)?|anchor|link|mark|number-ref|call)\b[\w-]*|modern-footnotes-footnote"
    r"|easy-footnote|footnote_(?:referrer|plugin_tooltip_text|tooltip_position)|fn-?ref|note-?ref|endnote-?ref|ref-mark"
    r"|ltx_note_mark|simple-footnote|footnote)(?=\s|$)",
    re.I,
)
#: Anchors of notes: "fn1", "_ftn3", "cite_note-4", "footnote-2", "note-12", "n7", "B3", "ref5".
NOTE_TARGET = re.compile(
    r"(?:user-content-)?[_#]?(?:(?:post-\d+-)?(?:foot|end)?-?note|fn|ftn|edn|en|sdfootnote|cite|cit|ref|bib|b|n|f|r|cr|"
    r"easy-footnote|footnote_plugin_tooltip|mfn-content)[\w:.-]*",
    re.I,
)
#: The text of a mark: "1", "[12]", "28,29", "3–5", "*", "†", "a", "iv", "note 3", "citation needed".
MARK = re.compile(
    r"[\[(]?\s*(?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[a-z]|[ivx]{1,5}|[*†‡§¶#]{1,4}|(?:note|nb|n|lower-alpha|fn)\s*\d{1,3})"
    r"\s*[\])]?[,;.]?",
    re.I,
)
BRACKETED = re.compile(r"\[[^\[\]]{1,24}\]")
#: Maximum length of a mark, in characters.
LONGEST_MARK = 26


def meaning_of(element: html.HtmlElement, tag: str, attributes: Mapping[str, str]) -> Meaning | None:
    """Return the meaning of an inline element; None if it has none."""
    classes = attributes.get("class")
    telling = classes is not None and TELLING.search(classes) is not None
    if telling and "MathJax_Preview" in (classes or "") and element.text:
        return (SpanKind.FORMULA, tex[:LONGEST_VALUE]) if (tex := tex_of(element)) else None
    if tag == "math" or tag == "mjx-container" or (telling and FORMULA.search(classes or "")):
        return SpanKind.FORMULA, tex_of(element)[:LONGEST_VALUE]
    if (telling or "#" in attributes.get("href", "") or "role" in attributes or "epub:type" in attributes) and (
        target := _note(element, tag, attributes)
    ) is not None:
        return SpanKind.NOTE, target[:LONGEST_VALUE]
    if tag in PLAIN:
        return PLAIN[tag], ""
    if tag in VALUES:
        kind, attribute = VALUES[tag]
        value = attributes.get(attribute, "").strip()
        return (kind, value[:LONGEST_VALUE]) if value else None
    if "style" in attributes and "vertical-align" in (style := attributes["style"]):
        if RAISED.search(style):
            return SpanKind.RAISED, ""
        if LOWERED.search(style):
            return SpanKind.LOWERED, ""
    if language := attributes.get("lang") or attributes.get("xml:lang"):
        return SpanKind.LANGUAGE, language.strip()[:LONGEST_VALUE]
    return None


def _note(element: html.HtmlElement, tag: str, attributes: Mapping[str, str]) -> str | None:
    """Return the id of the note that an element marks, "" if it names none; None if the element is not a mark."""
    address = attributes.get("href", "")
    target = address.rpartition("#")[2] if "#" in address else ""
    role = attributes.get("role") == "doc-noteref" or attributes.get("epub:type") == "noteref"
    classes = attributes.get("class", "")
    known = role or (classes and (NOTE_CLASS.search(classes) or (tag == "sup" and "reference" in classes.split())))
    if not known and not (tag == "a" and target):
        return None
    text = _short_text(element)
    if not text or not (MARK.fullmatch(text) or BRACKETED.fullmatch(text)):
        return None
    if known:
        return target or _target_within(element)
    if NOTE_TARGET.fullmatch(target) and (not text.isalpha() or _is_raised(element)):
        return target
    return target if BRACKETED.fullmatch(text) else None


def _short_text(element: html.HtmlElement) -> str:
    """Return the text of an element; "" if it is longer than a mark."""
    text = ""
    for piece in islice(element.itertext(), 12):
        text += piece
        if len(text) > LONGEST_MARK:
            return ""
    return " ".join(text.split())


def _is_raised(element: html.HtmlElement) -> bool:
    """Return whether an element is directly inside a `<sup>`, or has one as a child."""
    parent = element.getparent()
    return (parent is not None and parent.tag == "sup") or any(child.tag == "sup" for child in element)


def _target_within(element: html.HtmlElement) -> str:
    """Return the anchor of the first link in an element with one, or ""."""
    link = next(islice((one for one in element.iter("a") if "#" in one.get("href", "")), 1), None)
    return "" if link is None else str(link.get("href")).rpartition("#")[2]
