"""Which classes and ids a page's own style sheet hides."""

from __future__ import annotations

import pytest

from audiogen.readers.styles import hidden_names
from audiogen.readers.tree import parse


def names(sheet: str, attributes: str = "") -> set[str]:
    root = parse(f"<html><head><style {attributes}>{sheet}</style></head><body><p>x</p></body></html>")
    assert root is not None
    return set(hidden_names(root))


SHEETS = {
    "a class": (".gone{display:none}", {".gone"}),
    "an id": ("#gone { visibility : hidden ; }", {"#gone"}),
    "a class with its tag": ("p.gone{color:red;display:none!important}", {".gone"}),
    "several selectors": (".a, .b > p, #c { display: none }", {".a", "#c"}),
    "shown again by a later rule": (".a{display:none} .a{display:block}", set()),
    "hidden by a later rule": (".a{display:block} .a{display:none}", {".a"}),
    "the last word of one rule": (".a{display:none;display:flex}", set()),
    "inside another element": (".closed .a{display:none}", set()),
    "a state": (".a:hover{display:none}", set()),
    "on some screens only": ("@media print { .a{display:none} } .b{display:none}", {".b"}),
    "after an import": ("@import url(x.css); .a{display:none}", {".a"}),
    "in a comment": ("/* .a{display:none} */ .b{display:none}", {".b"}),
    "a whole element": ("aside{display:none}", set()),
    "a value that only resembles it": (".a{-ms-display:none-such}", set()),
    "braces that never close": (".a{display:none} @media x { .b{", {".a"}),
    "text that is no rule": ("none " * 200_000, set()),
    "a rule of many declarations": (f".a{{{'color:red;' * 20_000}display:none}}", {".a"}),
    "struck through": (".was{text-decoration:line-through}", {"~.was"}),
    "underlined": (".a{text-decoration:underline} .b{display:none}", {".b"}),
    "for screen readers": (".a{position:absolute;clip:rect(0 0 0 0)} #b{clip-path:inset(50%)}", {"~.a", "~#b"}),
    "far to the left": (".a{position:absolute;left:-9999px}", {"~.a"}),
    "a little to the left": (".a{position:absolute;left:-20px;overflow:hidden}", set()),
    "nothing": ("", set()),
}


@pytest.mark.parametrize(("sheet", "expected"), SHEETS.values(), ids=SHEETS)
def test_only_what_is_hidden_on_every_screen_is_named(sheet: str, expected: set[str]) -> None:
    assert names(sheet) == expected


@pytest.mark.parametrize(("media", "expected"), [("screen", {".a"}), ("all", {".a"}), ("print", set())])
def test_a_sheet_for_paper_hides_nothing(media: str, expected: set[str]) -> None:
    assert names(".a{display:none}", f"media='{media}'") == expected
