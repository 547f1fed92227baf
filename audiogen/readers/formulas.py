"""Formulas of pages, as TeX: what MathJax, KaTeX, Wikipedia and LaTeXML keep beside the drawn one, or MathML."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree, html

#: Most elements of a formula that are looked at; longer ones are not said anyway.
MOST_ELEMENTS = 400
#: How deep MathML is followed.
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


#: Classes of pictures of formulas whose alternative text is TeX: WordPress, old Wikipedia, QuickLaTeX, Moodle.
_PICTURE = re.compile(r"(?:^|\s)(?:latex|tex|texrender|ql-img-\w+-formula|mwe-math-fallback-image-\w+)(?:\s|$)")
#: Addresses that draw the TeX behind their question mark.
_DRAWN = re.compile(
    r"(?:latex\.codecogs\.com/[\w.]+|/(?:latex|mathtex|mimetex)\.(?:php|cgi))\?(?:latex=)?(?P<tex>[^#]+)"
)


def tex_of_picture(picture: html.HtmlElement) -> str:
    """Return the TeX of the formula that a picture shows; "" for any other picture."""
    drawn = _DRAWN.search(picture.get("src") or "")
    if drawn is None and not _PICTURE.search(picture.get("class") or ""):
        return ""
    for text in (picture.get("alt") or "", picture.get("title") or ""):
        if text and not text.startswith("Rendered by"):
            return _plain(text)
    return _plain(unquote_plus(drawn["tex"].split("&")[0])) if drawn else ""


def tex_alone(script: html.HtmlElement) -> str:
    """Return the TeX of a script for MathJax that has no drawn copy beside it; "" for any other script."""
    if not _is_tex_script(script) or any(_is_drawn(one) for one in (script.getprevious(), script.getnext())):
        return ""
    return _plain(script.text or "")


def _is_drawn(element: etree._Element | None) -> bool:
    return element is not None and any(
        name.startswith("MathJax") and (name != "MathJax_Preview" or any(map(str.strip, map(str, element.itertext()))))
        for name in (element.get("class") or "").split()
    )


def _is_tex_script(element: etree._Element) -> bool:
    return element.tag == "script" and (element.get("type") or "").startswith("math/tex")


def _plain(tex: str) -> str:
    r"""Take off what only says how a formula is set.

    >>> _plain("{\\displaystyle A}")
    'A'
    """
    tex = " ".join(tex.split())
    for style in (r"{\displaystyle", r"{\textstyle"):
        if tex.startswith(style) and tex.endswith("}"):
            return tex[len(style) : -1].strip()
    return tex


def _written(element: etree._Element, depth: int) -> str:
    """Convert MathML to TeX; an unknown element is replaced by its content."""
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
