"""Labels for the blocks of pages: what a narrator reads, told by people who read the pages.

*Labelled folders* have `index.json`, `pages/ID.html.gz`, `pages/ID.txt` (the page's lines) and `labels/ID.json` (line
numbers by kind). *Folders of pages* have `ground-truth.json` (whose keys are page names) and `html/ID.html.gz`; of them
`read_labels.json` says, by the hash of page and block, what each block is, and so holds no text.

Pages are decoded as the reader decodes them, so that a false declaration makes no labels of broken words.

Kinds are title, dek and body (heard), byline and neutral (may be heard or not), and `chrome` for all else. Beside them
stands where the pages' own annotations differ: `annotated` blocks, which they count as the article and readers do not,
and `missed` ones, of which it is the other way round.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tld import get_fld

from audiogen.readers.encoding import decode

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
#: Into how many parts publishers are dealt.
FOLDS = 5
#: Where a page tells its own address.
_CANONICAL = re.compile(
    r"""<(?:link\b[^>]*\brel=["']?canonical\b|meta\b[^>]*\bproperty=["']?og:url\b)[^>]*>""", re.IGNORECASE
)
_WEB_ADDRESS = re.compile(r"""https?://[^\s"'<>]+""")
#: How much of a document is searched for its address, in characters.
_HEAD = 400_000
#: How many signs of a page's and of a block's hash name it.
PAGE_SIGNS, BLOCK_SIGNS = 16, 7


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its truth."""

    name: str
    document: str
    #: Lines of the page with their kinds, for pages of labelled folders.
    lines: tuple[tuple[str, str], ...] = ()
    #: Its address, or the name of the file it came from, where the corpus tells either.
    address: str = ""

    @property
    def digest(self) -> str:
        """Name the page by its content."""
        return hashlib.sha256(self.document.encode("utf-8", "replace")).hexdigest()


def publisher(page: Page) -> str:
    """Name who publishes a page: the registrable domain of its address or of its file's name, else its digest.

    Pages of one publisher share templates, phrases and names, so that none may be learned from while another is judged.
    """
    canonical = " ".join(_CANONICAL.findall(page.document[:_HEAD]))
    for address in (*_WEB_ADDRESS.findall(canonical), *_WEB_ADDRESS.findall(page.address), *_hosts(page.address)):
        if domain := get_fld(address, fix_protocol=True, fail_silently=True):
            return str(domain)
    return page.digest


def _hosts(path: str) -> list[str]:
    """List what may be the host in a file's name, the longest first: of "set/one.org-title.html.gz" it is "one.org"."""
    name = path.rpartition("/")[2]
    cuts = [place for place, sign in enumerate(name) if sign in ".-_"]
    return [name[:place] for place in reversed(cuts) if "." in name[:place]]


def fold_of(publisher: str, count: int = FOLDS) -> int:
    """Deal a publisher to one of *count* folds; which one depends on its name alone."""
    return zlib.crc32(publisher.encode("utf-8", "replace")) % count


def labelled_pages(root: Path) -> Iterable[Page]:
    """Read a labelled folder."""
    for entry in json.loads((root / "index.json").read_text(encoding="utf-8")):
        path = root / "pages" / f"{entry['id']}.html.gz"
        if not path.exists():
            continue
        lines = [line for line in (root / "pages" / f"{entry['id']}.txt").read_text().split("\n") if line]
        kinds = kinds_of(json.loads((root / "labels" / f"{entry['id']}.json").read_text()), len(lines))
        document = decode(gzip.decompress(path.read_bytes()))
        yield Page(entry["id"], document, tuple(zip(lines, kinds, strict=True)), entry.get("path", ""))


def read_pages(root: Path) -> Iterable[Page]:
    """Read a folder of pages."""
    for key, entry in json.loads((root / "ground-truth.json").read_text()).items():
        data = (root / "html" / f"{key}.html.gz").read_bytes()
        yield Page(f"{root.name}/{key}", decode(gzip.decompress(data)), address=entry.get("url", ""))


def news_pages(root: Path) -> Iterable[Page]:
    """Read a folder of news pages: `cases.json` tells the lines of each article, `pages/ID.html.gz` is the page.

    What no line of the case holds is not of the article; its summary, paragraphs and headings are heard.
    """
    for case in json.loads((root / "cases.json").read_text(encoding="utf-8")):
        data = (root / "pages" / f"{case['id']}.html.gz").read_bytes()
        lines = [("title", case["title"] or ""), *(("body", text) for _, text in case["lines"])]
        lines += [("neutral", text) for text in case.get("neutral", ())]
        labels = tuple((text, kind) for kind, text in lines if text)
        yield Page(f"{root.name}/{case['id']}", decode(gzip.decompress(data)), labels, case.get("url", ""))


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
    """Return the kind of each block of a read page."""
    kinds = {name: kind for kind in KINDS for name in labels.get(kind, "").split()}
    return [kinds.get(name, OTHER) for name in text_names(texts)]


def annotated(labels: Mapping[str, str], texts: Sequence[str]) -> list[bool]:
    """Say of each block of a read page whether the page's own annotation counts it as the article."""
    held = (set(labels.get("body", "").split()) - set(labels.get("missed", "").split())) | set(
        labels.get("annotated", "").split()
    )
    return [name in held for name in text_names(texts)]


def kinds_by_lines(lines: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[str]:
    """Return the kind of each of *texts* as the *lines* that hold its words have it, the nearest where several do."""
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


def kinds_where_most_stands(lines: Sequence[tuple[str, str]], texts: Sequence[str], least: float = 0.6) -> list[str]:
    """Return the kind of each of *texts* where a share of *least* of its runs of words stands in *lines*.

    For corpora that tell the article's lines alone: a teaser that shares a name with the article is not of it.
    """
    known = {shingle for line, _ in lines for shingle in shingles(tokens(line))}
    kind_of_line = {" ".join(tokens(line)): kind for line, kind in lines}
    kinds = kinds_by_lines(lines, texts)
    for place, text in enumerate(texts):
        words = tokens(text)
        runs = shingles(words)
        if " ".join(words) in kind_of_line:
            kinds[place] = kind_of_line[" ".join(words)]
        elif len(words) < 4 or sum(shingle in known for shingle in runs) < least * len(runs):
            kinds[place] = OTHER
    return kinds


class LabelError(Exception):
    """Labels say something of no block: what they teach would be lost, or is another page's."""


def unfound_lines(lines: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[int]:
    """Number the labelled *lines*, from 1, that are to be heard and whose words stand in none of the *texts*."""
    whole = f" {' '.join(word for text in texts for word in tokens(text))} "
    return [
        number
        for number, (line, kind) in enumerate(lines, 1)
        if kind in HEARD_KINDS and (words := tokens(line)) and not _stands(words, whole)
    ]


def _stands(words: Sequence[str], whole: str) -> bool:
    """Return whether a line stands there, be it that it breaks in two or that a link in it was left out."""
    return any(f" {' '.join(shingle)} " in whole for shingle in shingles(words))


def unfound_names(labels: Mapping[str, str], texts: Sequence[str]) -> list[str]:
    """Return the names of blocks that the labels of a read page know and the page does not have."""
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
    faults = [f"{page}: {', '.join(map(str, labels))}" for page, labels in unfound.items() if labels]
    if faults:
        raise LabelError(
            "These labels find no block. Correct them, or, where the page has no such block, name them in "
            f"{KNOWN_UNFOUND.name}:\n" + "\n".join(faults)
        )


def shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the runs of four words, or the whole of a shorter text."""
    if len(words) < 4:
        return [tuple(words)] if words else []
    return [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
