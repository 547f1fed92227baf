"""Extracts formulas as TeX from pages of MathJax, KaTeX, Wikipedia and LaTeXML, or converts MathML to TeX."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree, html

#: Maximum number of elements of a formula that are examined; longer formulas are not spoken.
MOST_ELEMENTS = 400
#: Maximum depth of MathML.
DEEPEST = 12


def tex_of(element: html.HtmlElement) -> str:
    """Return the TeX of the formula in *element*; "" if the page does not have it."""
    if (script := element.getnext()) is not None and _is_tex_script(script):
        return _plain(script.text or "")
    math = None
    for one in islice(element.iter(), MOST_ELEMENTS):
        if one.tag == "annotation" and "tex" in (one.get("encoding") or ""):
            return _plain(one.text or "")
        if _is_tex_script(one):
            return _plain(one.text or "")
        if one.tag == "math":
            if alttext := one.get("alttext"):
                return _plain(alttext)
            math = one if math is None else math
        elif one.tag == "img" and "\\" in (alt := one.get("alt") or ""):
            return _plain(alt)
    return "" if math is None else _written(math, 0).strip()


#: Classes of formula pictures with TeX as alternative text: WordPress, old Wikipedia, QuickLaTeX, Moodle.
_PICTURE = re.compile(r"(?:^|\s)(?:latex|tex|texrender|ql-img-\w+-formula|mwe-math-fallback-image-\w+)(?:\s|$)")
#: Addresses of services that draw the TeX in their query.
_DRAWN = re.compile(
    r"(?:latex\.codecogs\.com/[\w.]+|/(?:latex|mathtex|mimetex)\.(?:php|cgi))\?(?:latex=)?(?P<tex>[^#]+)"
)


def tex_of_picture(picture: html.HtmlElement) -> str:
    """Return the TeX of the formula in a picture; "" for other pictures."""
    drawn = _DRAWN.search(picture.get("src") or "")
    if drawn is None and not _PICTURE.search(picture.get("class") or ""):
        return ""
    for text in (picture.get("alt") or "", picture.get("title") or ""):
        if text and not text.startswith("Rendered by"):
            return _plain(text)
    return _plain(unquote_plus(drawn["tex"].split("&")[0])) if drawn else ""


def tex_alone(script: html.HtmlElement) -> str:
    """Return the TeX of a MathJax script without a rendered copy beside it; "" for other scripts."""
    if not _is_tex_script(script) or any(_is_drawn(one) for one in (script.getprevious(), script.getnext())):
        return ""
    return _plain(script.text or "")


def _is_drawn(element: etree._Element | None) -> bool:
    """Return whether the element is MathJax's rendered copy of a formula."""
    return element is not None and any(
        name.startswith("MathJax") and (name != "MathJax_Preview" or any(map(str.strip, map(str, element.itertext()))))
        for name in (element.get("class") or "").split()
    )


def _is_tex_script(element: etree._Element) -> bool:
    """Return whether the element is a script with TeX."""
    return element.tag == "script" and (element.get("type") or "").startswith("math/tex")


def _plain(tex: str) -> str:
    r"""Return the TeX without commands for the display style.

    >>> _plain("{\\displaystyle A}")
    'A'
    """
    tex = " ".join(tex.split())
    for style in (r"{\displaystyle", r"{\textstyle"):
        if tex.startswith(style) and tex.endswith("}"):
            return tex[len(style) : -1].strip()
    return tex


def _written(element: etree._Element, depth: int) -> str:
    """Return MathML as TeX; an unknown element is replaced by its content."""
    if not isinstance(element.tag, str) or depth > DEEPEST:
        return ""
    tag = element.tag.rpartition("}")[2]
    if tag in {"annotation", "annotation-xml", "mspace", "mphantom"}:
        return ""
    if tag in {"mi", "mn", "mo", "ms"}:
        return f" {_text(element)} "
    if tag == "mtext":
        return rf"\text{{{_text(element)}}}"
    parts = [_written(child, depth + 1).strip() for child in islice(element, MOST_ELEMENTS)]
    form = _FORMS.get((tag, len(parts)))
    return form(*parts) if form else " ".join(parts)


def _text(element: etree._Element) -> str:
    """Return the text of an element with its white space collapsed."""
    return " ".join((element.text or "").split())


_FORMS: dict[tuple[str, int], Callable[..., str]] = {
    ("msup", 2): lambda base, over: f"{base}^{{{over}}}",
    ("msub", 2): lambda base, under: f"{base}_{{{under}}}",
    ("msubsup", 3): lambda base, under, over: f"{base}_{{{under}}}^{{{over}}}",
    ("munderover", 3): lambda base, under, over: f"{base}_{{{under}}}^{{{over}}}",
    ("munder", 2): lambda base, under: f"{base}_{{{under}}}",
    ("mfrac", 2): lambda over, under: rf"\frac{{{over}}}{{{under}}}",
    ("mroot", 2): lambda base, degree: rf"\sqrt[{degree}]{{{base}}}",
    **{("msqrt", count): lambda *parts: rf"\sqrt{{{' '.join(parts)}}}" for count in range(1, 12)},
}
