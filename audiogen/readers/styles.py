"""The classes and ids that a page's own style sheet hides."""

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
#: A selector of one class or one id, with or without its tag. What is hidden only in certain places is left alone.
SIMPLE = re.compile(r"\s*[a-z0-9]*([.#][\w-]+)\s*", re.IGNORECASE)
HIDDEN = frozenset({"none", "hidden"})
#: One of these is in every sheet that hides something, or strikes it through.
TELLING = ("none", "hidden", "line-through", "clip", "-9999")
#: Most characters of style sheets that are looked through.
LONGEST = 3_000_000


def hidden_names(root: html.HtmlElement) -> frozenset[str]:
    """Return the classes, as `.name`, and ids, as `#name`, that rules of the page hide on every screen.

    Those that strike a text through or set it out of sight are given as `~.name` and `~#name`: only inside a line are
    they surely not for readers, for a whole heading may be out of sight where a picture shows it.

    Rules inside `@media` and their like hold for some screens only; a later rule that shows a name again wins.
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
    left = LONGEST
    for element in root.iter("style"):
        media = (element.get("media") or "all").lower()
        text = element.text or ""
        if media.strip() in {"all", "screen", ""} and len(text) <= left:
            left -= len(text)
            yield COMMENT.sub("", text)


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the selectors of each rule outside `@media` that shows or hides, and whether it hides ("~": out of sight).

    It goes from brace to brace: pages saved whole hold megabytes of rules, and hostile ones none that ends.
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
