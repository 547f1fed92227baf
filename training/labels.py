"""Labels for the blocks of pages: what a narrator reads, told by people who read the pages.

*Labelled folders* have `index.json`, `pages/ID.html.gz`, `pages/ID.txt` (the page's lines) and `labels/ID.json` (line
numbers by kind). *Folders of pages* have `ground-truth.json` (whose keys are page names) and `html/ID.html.gz`; of them
`read_labels.json` says, by the hash of page and block, what each block is, and so holds no text.

Kinds are title, dek and body (heard), byline and neutral (may be heard or not), and `chrome` for all else. Beside them
stands where the pages' own annotations differ: `annotated` blocks, which they count as the article and readers do not,
and `missed` ones, of which it is the other way round.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Labelled lines that are known to stand in no block, by page: what only a browser shows, or a reader leaves out.
KNOWN_UNFOUND = Path(__file__).with_name("unfound.json")
READ_LABELS = Path(__file__).with_name("read_labels.json")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: Kinds of a label file, the later ones winning where two name a line.
KINDS = ("neutral", "byline", "caption", "cta", "related", "body", "dek", "title")
OTHER = "chrome"
#: Kinds that are heard.
HEARD_KINDS = frozenset({"title", "dek", "body"})
#: How many signs of a page's and of a block's hash name it.
PAGE_SIGNS, BLOCK_SIGNS = 16, 7


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its truth."""

    name: str
    document: str
    #: Lines of the page with their kinds, for pages of labelled folders.
    lines: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """Name the page by its content."""
        return hashlib.sha256(self.document.encode("utf-8", "replace")).hexdigest()


def decode(data: bytes) -> str:
    """Decode a page by the charset it declares."""
    found = re.search(rb'charset=["\']?([\w-]+)', data[:4000])
    for encoding in ((found.group(1).decode() if found else "utf-8"), "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def labelled_pages(root: Path) -> Iterable[Page]:
    """Read a labelled folder."""
    for entry in json.loads((root / "index.json").read_text(encoding="utf-8")):
        path = root / "pages" / f"{entry['id']}.html.gz"
        if not path.exists():
            continue
        lines = [line for line in (root / "pages" / f"{entry['id']}.txt").read_text().split("\n") if line]
        kinds = kinds_of(json.loads((root / "labels" / f"{entry['id']}.json").read_text()), len(lines))
        yield Page(entry["id"], decode(gzip.decompress(path.read_bytes())), tuple(zip(lines, kinds, strict=True)))


def read_pages(root: Path) -> Iterable[Page]:
    """Read a folder of pages."""
    for key in json.loads((root / "ground-truth.json").read_text()):
        data = (root / "html" / f"{key}.html.gz").read_bytes()
        yield Page(f"{root.name}/{key}", decode(gzip.decompress(data)))


def kinds_of(labels: Mapping[str, object], count: int) -> list[str]:
    """Read a label file: the kind of each of *count* lines, which it numbers from 1."""
    kinds = [OTHER] * count
    for name in KINDS:
        for number in numbers_of(labels.get(name)):
            kinds[number - 1] = name
    return kinds


def numbers_of(value: object) -> list[int]:
    """Read "3-5,9", or a list, as 3, 4, 5 and 9.

    >>> numbers_of("3-5,9"), numbers_of([7]), numbers_of(None)
    ([3, 4, 5, 9], [7], [])
    """
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


def text_names(texts: Iterable[str]) -> list[str]:
    """Name blocks by their words, so that a label outlives a change in the reader; the second alike ends in "#2"."""
    seen: Counter[str] = Counter()
    names = []
    for text in texts:
        name = hashlib.sha256(" ".join(tokens(text)).encode()).hexdigest()[:BLOCK_SIGNS]
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def read_labels() -> dict[str, dict[str, str]]:
    """Load the labels of read pages: the names of blocks, a blank between two, by kind and page."""
    return dict(json.loads(READ_LABELS.read_text()))


def kinds_by_name(labels: Mapping[str, str], texts: Sequence[str]) -> list[str]:
    """Give the kind of each block of a read page."""
    kinds = {name: kind for kind in KINDS for name in labels.get(kind, "").split()}
    return [kinds.get(name, OTHER) for name in text_names(texts)]


def annotated(labels: Mapping[str, str], texts: Sequence[str]) -> list[bool]:
    """Say of each block of a read page whether the page's own annotation counts it as the article."""
    held = (set(labels.get("body", "").split()) - set(labels.get("missed", "").split())) | set(
        labels.get("annotated", "").split()
    )
    return [name in held for name in text_names(texts)]


def kinds_by_lines(lines: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[str]:
    """Give the kind of each of *texts* as the *lines* that hold its words have it, the nearest where several do."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (line, _) in enumerate(lines):
        for shingle in shingles(tokens(line)):
            where[shingle].append(number)
    kinds = []
    expected = 0
    for text in texts:
        found = [
            min(where[shingle], key=lambda number: abs(number - expected - 1))
            for shingle in shingles(tokens(text))
            if shingle in where
        ]
        votes = Counter(lines[number][1] for number in found)
        kinds.append(votes.most_common(1)[0][0] if votes else OTHER)
        if found and len(tokens(text)) >= 4:
            expected = sorted(found)[len(found) // 2]
    return kinds


class LabelError(Exception):
    """Labels say something of no block: what they teach would be lost, or is another page's."""


def unfound_lines(lines: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[int]:
    """Number the labelled *lines*, from 1, that are to be heard and whose words stand in none of the *texts*."""
    told = f" {' '.join(word for text in texts for word in tokens(text))} "
    return [
        number
        for number, (line, kind) in enumerate(lines, 1)
        if kind in HEARD_KINDS and (words := tokens(line)) and not _stands(words, told)
    ]


def _stands(words: Sequence[str], told: str) -> bool:
    """Say whether a line stands there, be it that it breaks in two or that a link in it was left out."""
    return any(f" {' '.join(shingle)} " in told for shingle in shingles(words))


def unfound_names(labels: Mapping[str, str], texts: Sequence[str]) -> list[str]:
    """Give the names of blocks that the labels of a read page know and the page does not have."""
    names = set(text_names(texts))
    return [name for kind in sorted(labels) for name in labels[kind].split() if name not in names]


def known_unfound() -> dict[str, list[int]]:
    """Load the labelled lines that are known to stand in no block, by the page's name."""
    return dict(json.loads(KNOWN_UNFOUND.read_text(encoding="utf-8")))


def check_labels(unfound: Mapping[str, Sequence[object]]) -> None:
    """Refuse to train where labels are *unfound*, by page.

    Raises:
        LabelError: with the pages and the labels.
    """
    told = [f"{page}: {', '.join(map(str, labels))}" for page, labels in unfound.items() if labels]
    if told:
        raise LabelError(
            "These labels find no block. Mend them, or, where the page has no such block, name them in "
            f"{KNOWN_UNFOUND.name}:\n" + "\n".join(told)
        )


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Give the runs of four words, or the whole of a shorter text."""
    if len(words) < 4:
        return [tuple(words)] if words else []
    return [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
