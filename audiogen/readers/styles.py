"""Finds the classes and ids that a page's own style sheets hide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.readers.elements import OUT_OF_SIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BRACE = re.compile("[{}]")
DISPLAY = re.compile(r"(?:^|;)\s*(?:display|visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)
#: A selector of one class or one id, with or without its tag. Other selectors hide elements only in certain places.
SIMPLE = re.compile(r"\s*[a-z0-9]*([.#][\w-]+)\s*", re.IGNORECASE)
HIDDEN = frozenset({"none", "hidden"})
#: Words, at least one of which is in each style sheet that hides elements or strikes them through.
TELLING = ("none", "hidden", "line-through", "clip", "-9999")
#: Maximum length of all style sheets that are searched, in characters.
LONGEST = 3_000_000


def hidden_names(root: html.HtmlElement) -> frozenset[str]:
    """Return the classes, as `.name`, and ids, as `#name`, that rules of the page hide on every screen.

    Names that are struck through or moved out of sight are returned as `~.name` and `~#name`. They are hidden only
    inside a line, because a whole heading may be out of sight where a picture shows it.

    Rules inside `@media` and similar blocks apply to some screens only and are ignored; a later rule that shows a name
    wins.
    """
    names: dict[str, bool] = {}
    for sheet in _sheets(root):
        if not any(word in sheet for word in TELLING):
            continue
        for selectors, mark, hides in _rules(sheet):
            for selector in selectors.split(","):
                if found := SIMPLE.fullmatch(selector):
                    names[f"{mark}{found[1]}"] = hides
    return frozenset(name for name, hides in names.items() if hides)


def _sheets(root: html.HtmlElement) -> Iterator[str]:
    """Yield the style sheets for screens, without comments, up to the maximum length."""
    left = LONGEST
    for element in root.iter("style"):
        media = (element.get("media") or "all").lower()
        text = element.text or ""
        if media.strip() in {"all", "screen", ""} and len(text) <= left:
            left -= len(text)
            yield COMMENT.sub("", text)


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield name, mark ("~" for out of sight) and whether it hides, for each rule outside of `@media`.

    It goes from brace to brace, because pages may have megabytes of rules, and hostile ones rules without an end.
    """
    depth = start = 0
    selectors = ""
    for brace in BRACE.finditer(sheet):
        text, start = sheet[start : brace.start()], brace.end()
        if brace[0] == "{":
            depth, selectors = depth + 1, text
            continue
        if depth == 1 and (displays := DISPLAY.findall(text)):
            yield selectors.rpartition(";")[2], "", displays[-1].lower() in HIDDEN
        if depth == 1 and OUT_OF_SIGHT.search(text):
            yield selectors.rpartition(";")[2], "~", True
        depth -= 1
