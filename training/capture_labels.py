"""Labels for the lines of captures: by hand labels, or by an article that is known.

A page's known article is often annotated by software or in haste: it holds captions, appeals and links that nobody
reads aloud, and misses paragraphs. So the labels of rendered pages are corrected by their markup, and lines on which
another opinion differs are marked as unsure.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from training.labels import tokens as words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.render import RenderedLine

BODY, TITLE, FREE, UNSURE, OTHER = "body", "title", "free", "unsure", "other"
#: What each name in a label file means to us.
LABELS = {
    "neutral": FREE, "byline": FREE, "caption": OTHER, "cta": OTHER, "related": OTHER,
    "body": BODY, "dek": BODY, "title": TITLE,
}  # fmt: skip
#: From which opinion on the model of HTML pages contradicts an annotation that has a line in the article, or out of it.
CONTRADICTED = (0.3, 0.7)
#: A list marker or number at a line's beginning, as captures have it.
MARKER = re.compile(r"\A(?:[*+o•◦▪-]|\d+\.) ")


def kinds_of(label: Mapping[str, Any], count: int) -> list[str]:
    """Read a label file: the kind of each of *count* lines."""
    kinds = [OTHER] * count
    for key, meaning in LABELS.items():
        for number in _numbers(label.get(key)):
            kinds[number - 1] = meaning
    return kinds


def _numbers(value: Any) -> Iterable[int]:
    """Read "3-5,9" as 3, 4, 5 and 9."""
    for part in value if isinstance(value, list) else filter(None, re.split(r"[,\s]+", value or "")):
        first, _, last = str(part).partition("-")
        yield from range(int(first), int(last or first) + 1)


def align(lines: Sequence[RenderedLine], truth: str, title: str) -> list[str] | None:
    """Label *lines* by the known article; None where too little of it is found in them."""
    cover = _cover(lines, truth)
    sure = [i for i, line in enumerate(lines) if len(_tokens(line.text)) >= 8 and cover[i] >= 0.8]
    if len(sure) < 3:
        return None
    kinds = [OTHER] * len(lines)
    for i in range(max(0, sure[0] - 3), min(len(lines), sure[-1] + 4)):
        if cover[i] >= 0.8:
            kinds[i] = BODY
    found = sum(len(_tokens(line.text)) for line, kind in zip(lines, kinds, strict=True) if kind == BODY)
    if found < 0.75 * len(_tokens(truth)):
        return None
    _mark_title(lines, kinds, _title_place(lines, sure[0], title))
    return _by_markup(lines, kinds)


def _cover(lines: Sequence[RenderedLine], truth: str) -> list[float]:
    """Give the share of each line that the known article holds."""
    known = _shingles(_tokens(truth))
    whole = {" ".join(_tokens(line)) for line in truth.split("\n")}
    flat = f" {' '.join(_tokens(truth))} "
    cover = []
    for line in lines:
        words = _tokens(MARKER.sub("", line.text))
        mine, key = _shingles(words), " ".join(words)
        held = key in whole or (len(words) > 2 and f" {key} " in flat)
        cover.append(1.0 if words and held else sum(s in known for s in mine) / len(mine) if mine else 0.0)
    return cover


def _title_place(lines: Sequence[RenderedLine], first: int, title: str) -> int | None:
    want = " ".join(_tokens(title))
    places = []
    for i in range(first + 1):
        key = " ".join(_tokens(lines[i].text))
        if key and want and (key == want or (len(key) > 20 and (want.startswith(key) or key in want))):
            places.append(i)
    return places[-1] if places else None


def _mark_title(lines: Sequence[RenderedLine], kinds: list[str], place: int | None) -> None:
    if place is not None:
        kinds[:place] = [FREE if kind == BODY else kind for kind in kinds[:place]]
        kinds[place] = TITLE


def _by_markup(lines: Sequence[RenderedLine], kinds: list[str]) -> list[str]:
    """Take out of the body what its markup calls otherwise, unless much of it would go: then the names mislead."""
    body = [i for i, kind in enumerate(kinds) if kind == BODY]
    for sign in ("caption", "aside"):
        marked = [i for i in body if getattr(lines[i], sign)]
        for i in marked if len(marked) < 0.3 * len(body) else ():
            kinds[i] = OTHER
    for i in body:
        if lines[i].linked > 0.9 and len(lines[i].text.split()) > 3:
            kinds[i] = UNSURE if MARKER.match(lines[i].text) else OTHER
    return kinds


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def _shingles(words: list[str], size: int = 4) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def doubted(lines: Sequence[RenderedLine], kinds: Sequence[str], thought: dict[str, float]) -> list[str]:
    """Mark lines as unsure whose annotation the model of HTML pages contradicts."""
    low, high = CONTRADICTED
    out = []
    for line, kind in zip(lines, kinds, strict=True):
        opinion = thought.get(" ".join(words_of(MARKER.sub("", line.text))))
        wrong = opinion is not None and ((kind == BODY and opinion < low) or (kind == OTHER and opinion > high))
        out.append(UNSURE if wrong else kind)
    return out
