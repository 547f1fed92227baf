"""Labels for the blocks of pages, from two kinds of truth.

*Hand labels*: a folder with `index.json`, `pages/ID.html.gz`, `pages/ID.txt` (the page's lines) and `labels/ID.json`
(line numbers by class). *Bodies*: a folder with `ground-truth.json` (the article's text by page) and `html/ID.html.gz`.
A label is 1.0 (heard), 0.0 (not heard), with a weight that says how sure it is and how much it matters.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: Weight of a block by its class among hand labels; what may go either way has none.
HEARD = frozenset({"body"})
FREE = frozenset({"neutral", "byline", "title", "dek"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its truth."""

    name: str
    document: str
    #: Lines with their classes, for hand-labelled pages.
    lines: tuple[tuple[str, str], ...] = ()
    #: The article's text, for pages that have only that.
    body: str = ""


def decode(data: bytes) -> str:
    """Decode a page by the charset it declares."""
    found = re.search(rb'charset=["\']?([\w-]+)', data[:4000])
    for encoding in ((found.group(1).decode() if found else "utf-8"), "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def hand_labelled(root: Path) -> Iterable[Page]:
    """Read a folder of hand labels."""
    for entry in json.loads((root / "index.json").read_text()):
        path = root / "pages" / f"{entry['id']}.html.gz"
        if not path.exists():
            continue
        lines = [line for line in (root / "pages" / f"{entry['id']}.txt").read_text().split("\n") if line]
        labels = json.loads((root / "labels" / f"{entry['id']}.json").read_text())
        kinds = _kinds(labels, len(lines))
        yield Page(entry["id"], decode(gzip.decompress(path.read_bytes())), tuple(zip(lines, kinds, strict=True)))


def bodies(root: Path) -> Iterable[Page]:
    """Read a folder of bodies."""
    for key, entry in json.loads((root / "ground-truth.json").read_text()).items():
        document = decode(gzip.decompress((root / "html" / f"{key}.html.gz").read_bytes()))
        yield Page(f"{root.name}/{key}", document, body=entry.get("articleBody") or entry.get("main_content") or "")


def _kinds(labels: dict[str, object], count: int) -> list[str]:
    kinds = ["chrome"] * count
    for name in ("neutral", "byline", "caption", "cta", "related", "body", "dek", "title"):
        for number in _numbers(labels.get(name)):
            kinds[number - 1] = name
    return kinds


def _numbers(value: object) -> list[int]:
    if isinstance(value, list):
        return [int(number) for number in value]
    numbers: list[int] = []
    for part in filter(None, re.split(r"[,\s]+", str(value or ""))):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def tokens(text: str) -> list[str]:
    """Fold a text to words."""
    return WORD.findall(re.sub("[’‘`´]", "'", text.lower()))


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the runs of four words, or the whole of a shorter text."""
    return (
        [tuple(words[i : i + 4]) for i in range(len(words) - 3)] if len(words) >= 4 else [tuple(words)] if words else []
    )


def label(page: Page, texts: Sequence[str]) -> tuple[list[float], list[float], list[str]]:
    """Label the blocks *texts* of *page*: labels, weights, and the classes of hand-labelled ones."""
    return _by_lines(page.lines, texts) if page.lines else _by_body(page.body, texts)


def _by_lines(lines: Sequence[tuple[str, str]], texts: Sequence[str]) -> tuple[list[float], list[float], list[str]]:
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (line, _) in enumerate(lines):
        for shingle in shingles(tokens(line)):
            where[shingle].append(number)
    out = []
    expected = 0.0
    for text in texts:
        votes: Counter[str] = Counter()
        found = []
        for shingle in shingles(tokens(text)):
            if shingle in where:
                number = min(where[shingle], key=lambda n: abs(n - expected - 1))
                votes[lines[number][1]] += 1
                found.append(number)
        if found and len(tokens(text)) >= 4:
            expected = sorted(found)[len(found) // 2]
        out.append(votes.most_common(1)[0][0] if votes else "chrome")
    labels = [float(kind in HEARD) for kind in out]
    weights = [
        0.0 if kind in FREE else 1.0 if len(tokens(text)) >= 4 else 0.3 for kind, text in zip(out, texts, strict=True)
    ]
    return labels, weights, out


def _by_body(body: str, texts: Sequence[str]) -> tuple[list[float], list[float], list[str]]:
    wanted = set(shingles(tokens(body)))
    lines = {" ".join(tokens(line)) for line in body.split("\n")}
    whole = f" {' '.join(tokens(body))} "
    folded = [tokens(text) for text in texts]
    shares = [_share(words, wanted) for words in folded]
    sure = [
        place for place, share in enumerate(shares) if share is not None and share >= 0.7 and len(folded[place]) > 6
    ]
    first, last = (sure[0], sure[-1]) if sure else (0, -1)
    labels, weights = [], []
    for place, (words, share) in enumerate(zip(folded, shares, strict=True)):
        inside = first - 3 <= place <= last + 3
        if share is None:
            text = " ".join(words)
            is_line = text in lines and inside
            unclear = not is_line and inside and f" {text} " in whole
            labels.append(float(is_line))
            weights.append(0.0 if unclear else 0.3)
        else:
            labels.append(float(share >= 0.6))
            weights.append(0.1 if 0.3 < share < 0.7 else 1.0 if inside or share < 0.5 else 0.3)
    return labels, weights, [""] * len(texts)


def _share(words: Sequence[str], wanted: set[tuple[str, ...]]) -> float | None:
    runs = shingles(words)
    if len(words) < 4:
        return None
    return sum(run in wanted for run in runs) / len(runs)
