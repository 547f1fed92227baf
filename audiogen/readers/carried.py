"""Extracts the article from JSON that a page contains for its scripts, if its visible text is missing.

Frameworks put their data into scripts (`__NEXT_DATA__`, `__NUXT_DATA__`, `application/json`). A page that was saved
without running its scripts has no visible text, but has the whole article in one of these.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import html

#: Maximum length of a script, in characters, and maximum number of its values that are examined.
LONGEST, MOST_VALUES = 4_000_000, 200_000
#: Minimum length of a paragraph, and of an article, in characters.
PARAGRAPH, ARTICLE = 60, 400
#: Letters of scripts that write a word in one or two characters, and the factor by which their texts are shorter.
DENSE, DENSE_FACTOR = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"), 3
MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|li|span|strong|em|a)\b", re.I)
SENTENCE = re.compile(r"[.!?…。！？।]['\"”’»)]*(?:\s|<|$)")
ADDRESS = re.compile(r"^\s*(?:https?:|data:|/|\{|\[)")


def carried_paragraphs(root: html.HtmlElement) -> list[str]:
    """Return the paragraphs of the longest text in the page's JSON; none if no text is long enough for an article.

    A text is one string, with or without markup, or the strings at the same key of the objects in a list.
    """
    best: list[str] = []
    for script in root.iter("script"):
        for texts in _texts(script).values():
            paragraphs = [paragraph for text in texts for paragraph in _paragraphs(text)]
            if _length(paragraphs) > _length(best):
                best = paragraphs
    return best if _length(best) >= ARTICLE else []


def _texts(script: html.HtmlElement) -> dict[tuple[str, ...], list[str]]:
    """Return the prose in a script's JSON by its place: the keys that lead to it, without list indexes."""
    kind, source = (script.get("type") or "").lower(), script.text or ""
    named = (script.get("id") or "").startswith("__")
    if not (named or kind.endswith("json")) or "ld+json" in kind or len(source) > LONGEST:
        return {}
    try:
        value = json.loads(source)
    except (ValueError, RecursionError):
        return {}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for keys, text in _strings(value):
        if _length([text]) >= PARAGRAPH and SENTENCE.search(text) and not ADDRESS.match(text):
            groups[keys].append(text)
    return groups


def _strings(value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each string of a JSON document in order, with the keys that lead to it."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), value)]
    for _ in range(MOST_VALUES):
        if not waiting:
            return
        keys, item = waiting.pop()
        if isinstance(item, str):
            yield keys, item
        elif isinstance(item, dict):
            waiting.extend(((*keys[-8:], str(key)), each) for key, each in reversed(item.items()))
        elif isinstance(item, list):
            waiting.extend((keys, each) for each in reversed(item))


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a string with or without markup."""
    if not MARKUP.search(text):
        return [line.strip() for line in text.split("\n") if line.strip()]
    try:
        tree = lxml_html.fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError):
        return []
    for element in tree.iter("p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li"):
        element.tail = "\n" + (element.tail or "")
    etree.strip_elements(tree, "script", "style", "figcaption", with_tail=False)
    return [line for line in (" ".join(part.split()) for part in str(tree.text_content()).split("\n")) if line]


def _length(texts: list[str]) -> int:
    """Return the length of texts in characters; those of dense scripts count several times."""
    return sum(len(text) + (DENSE_FACTOR - 1) * len(DENSE.findall(text)) for text in texts)
