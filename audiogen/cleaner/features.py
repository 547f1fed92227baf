"""What is measured of each block for the model: its text, its markup, its containers, its neighbours, its place.

Nothing here knows a site or a language beyond the word lists beside it: all figures are shares, counts and yes-or-no.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from math import log1p
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.invitations import invitations, plain
from audiogen.cleaner.phrases import all_phrases, phrases
from audiogen.cleaner.wording import leanings, weights
from audiogen.model import BlockKind, Evidence, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audiogen.cleaner.phrases import Match
    from audiogen.model import Article, Block

MARKUP_FILE = Path(__file__).with_name("markup.toml")
NOTHING = Evidence()
#: Longest line that phrases judge, in characters.
LONGEST_LINE = 1000
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: Borders of words inside a class name, camel case among them.
NAME_BORDER = re.compile(r"[^a-zA-Z]+|(?<=[a-z])(?=[A-Z])")
NAME = re.compile(r"[.#@]([^.#@]+)")
SENTENCE_END = re.compile(r"[.!?…:;。！？]['\"”’»)\]*\d]{0,4}$")
TITLE_LIKE = re.compile(r"^[^\W\d_]")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
ADDRESS = re.compile(r"https?://|www\.|@\w|\.com\b|\.org\b")
PICTURE_WORDS = re.compile(
    r"\b(?:photo(?:graph)?s?|image|courtesy|getty|afp|reuters|shutterstock|istock|unsplash|pexels|pixabay|alamy|screenshot|credit|pictured|"
    r"foto|bild|illustration|via|flickr|wikimedia|ap images|dpa|imago)\b|©|"
    r"\(left\)|\(right\)|, left,|, right,|from left|\bfile\b",
    re.I,
)
#: Who speaks to whom, in the languages of the phrases: the house, the reader, the author.
WE = re.compile(
    r"\b(?:our|ours|we|us|unser\w*|wir|uns|notre|nos|nous|nuestr[oa]s?|noss[oa]s?|nostr[oaie]|nasz\w*|наш\w*|мы|ми|нас)\b",
    re.I,
)
YOU = re.compile(
    r"\b(?:you|your|yours|sie|ihre?n?|du|dein\w*|vous|votre|vos|usted|tus?|você|seu|sua|tuo|tua|vostr\w|twoj\w*|ваш\w*|вы|ви|вас)\b",
    re.I,
)
SELF = re.compile(r"\b(?:i|my|me|mine|ich|mein\w*|je|mon|ma|yo|mi|eu|meu|minha|io|mio|mia|я|мой|мене|мне)\b", re.I)
TAGS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "blockquote", "figcaption", "td", "th", "a", "span", "button",
    "label", "option", "dd", "dt", "section", "strong", "em", "time", "cite", "summary", "pre", "footer", "header",
    "small",
)  # fmt: skip
AROUND = (
    "article", "main", "aside", "nav", "footer", "header", "form", "figure", "figcaption", "table", "ul", "ol",
    "section", "button", "select", "blockquote", "noscript", "dialog", "details", "dl", "label", "address",
    "li", "video",
    "fieldset",
)  # fmt: skip
REASONS = tuple(Reason)
#: Share of the page's prose from which the element that holds it is the article's, or around it.
OUTER = 0.5


@cache
def groups() -> tuple[str, ...]:
    """Name the groups of markup words."""
    return tuple(_markup())


@cache
def _markup() -> dict[str, list[str]]:
    return dict(tomllib.loads(MARKUP_FILE.read_text(encoding="utf-8")))


@cache
def _lookup() -> dict[str, int]:
    masks: dict[str, int] = defaultdict(int)
    for place, words in enumerate(_markup().values()):
        for word in words:
            masks[word] |= 1 << place
    return dict(masks)


@lru_cache(maxsize=100_000)
def segment_mask(segment: str) -> int:
    """Tell the groups a segment of a path belongs to, a bit for each."""
    lookup = _lookup()
    mask = 0
    for name in NAME.findall(segment):
        mask |= lookup.get(name.lower(), 0)
        for word in NAME_BORDER.split(name):
            if len(word) > 1:
                mask |= lookup.get(word.lower(), 0)
    return mask


@lru_cache(maxsize=100_000)
def segment_tag(segment: str) -> str:
    """Give the tag of a segment."""
    return re.split(r"[.#@]", segment, maxsplit=1)[0]


@dataclass(slots=True)
class Table:
    """The figures of a page's blocks, a row for each block, with the columns' names."""

    names: tuple[str, ...]
    values: np.ndarray


class Columns:
    """Columns as they are made, in the order of their making."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.names: list[str] = []
        self.columns: list[np.ndarray] = []

    def add(self, name: str, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """Keep a column and give it back as an array."""
        column = np.asarray(values, dtype=np.float32)
        self.names.append(name)
        self.columns.append(column)
        return column

    def get(self, name: str) -> np.ndarray:
        """Give a column by its name."""
        return self.columns[self.names.index(name)]

    def table(self) -> Table:
        """Put the columns together."""
        return Table(tuple(self.names), np.stack(self.columns, axis=1))


def measure(article: Article, words: Mapping[str, float] | None = None) -> Table:
    """Measure every block of *article*; *words* are the weights of words, the package's where they are not given."""
    blocks = article.blocks
    columns = Columns(len(blocks))
    evidence = [block.evidence or NOTHING for block in blocks]
    _text(columns, blocks)
    _marks(columns, blocks, evidence)
    _markup_columns(columns, evidence)
    _phrases(columns, article)
    leaning = leanings([block.text for block in blocks], weights() if words is None else words, house_names(article))
    for name, column in wording_columns(leaning).items():
        columns.add(name, column)
    _place(columns, article, evidence)
    _containers(columns, evidence)
    _signatures(columns, evidence)
    _headings(columns, blocks)
    _neighbours(columns)
    return columns.table()


@lru_cache(maxsize=50_000)
def voice(word: str) -> int:
    """Tell whose word it is, a bit each: the house's, the reader's, the author's.

    >>> voice("Our"), voice("you're"), voice("clock")
    (1, 2, 0)
    """
    head = word.partition("'")[0].partition("’")[0]
    return sum(1 << bit for bit, pattern in enumerate((WE, YOU, SELF)) if pattern.fullmatch(head))


def _text(columns: Columns, blocks: Sequence[Block]) -> None:
    words = [WORD.findall(block.text[:5000]) for block in blocks]
    counts = [len(w) for w in words]
    columns.add("words", [log1p(n) for n in counts])
    columns.add("characters", [log1p(len(b.text)) for b in blocks])
    columns.add("word_length", [sum(map(len, w)) / max(1, len(w)) for w in words])
    columns.add("lower_share", [sum(x[0].islower() for x in w) / max(1, len(w)) for w in words])
    columns.add("upper_share", [sum(x.isupper() and len(x) > 1 for x in w) / max(1, len(w)) for w in words])
    columns.add("digit_share", [sum(map(str.isdigit, b.text[:500])) / max(1, len(b.text[:500])) for b in blocks])
    columns.add("ends_sentence", [bool(SENTENCE_END.search(b.text[-8:])) for b in blocks])
    columns.add("ends_colon", [b.text.endswith(":") for b in blocks])
    columns.add("question", [b.text.rstrip('"”’»').endswith("?") for b in blocks])
    columns.add("commas", [log1p(b.text.count(",") + b.text.count("،")) for b in blocks])
    columns.add("sentences", [log1p(len(re.findall(r"[.!?]\s", b.text[:5000]))) for b in blocks])
    columns.add("bars", [b.text.count("|") + b.text.count("•") + b.text.count("·") + b.text.count("»") for b in blocks])
    columns.add("starts_letter", [bool(TITLE_LIKE.match(b.text)) for b in blocks])
    columns.add("starts_quote", [b.text[:1] in "\"“„«'‘(" for b in blocks])
    columns.add("starts_mark", [b.text[:1] in "*•–—-►→>[+#©" for b in blocks])
    columns.add("starts_lower", [b.text[:1].islower() for b in blocks])
    columns.add("exclamations", [b.text.count("!") for b in blocks])
    columns.add("date", [len(DATE.findall(b.text[:500])) for b in blocks])
    columns.add("address", [len(ADDRESS.findall(b.text[:1000])) for b in blocks])
    columns.add("picture_words", [len(PICTURE_WORDS.findall(b.text[:1000])) for b in blocks])
    voices = [[voice(word) for word in found] for found in words]
    for bit, name in enumerate(("we", "you", "self")):
        columns.add(f"{name}_share", [sum(v >> bit & 1 for v in vs) / max(1, len(vs)) for vs in voices])


def _marks(columns: Columns, blocks: Sequence[Block], evidence: Sequence[Evidence]) -> None:
    columns.add("link_density", [e.link_density for e in evidence])
    for name in (
        "bold",
        "italic",
        "hidden",
        "unrendered",
        "player",
        "centred",
        "links",
        "own_links",
        "pictures_before",
        "pictures_inside",
    ):
        columns.add(name, [e.marks.get(name, 0.0) for e in evidence])
    columns.add("table", [float("table" in e.marks) for e in evidence])
    columns.add("repeated", [e.marks.get("repeated", 1.0) for e in evidence])
    for name in ("trafilatura", "json_ld", "description"):
        columns.add(name, [e.marks.get(name, -1.0) for e in evidence])
    for kind in (
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.QUOTE,
        BlockKind.CODE,
        BlockKind.EMBED,
    ):
        columns.add(f"kind_{kind.name.lower()}", [b.kind is kind for b in blocks])
    columns.add("level", [b.level for b in blocks])


def _markup_columns(columns: Columns, evidence: Sequence[Evidence]) -> None:
    names = groups()
    own, near, all_ = [], [], []
    for e in evidence:
        masks = [segment_mask(segment) for segment in e.path[1:]]
        own.append(_union(masks[-1:]))
        near.append(_union(masks[-3:-1]))
        all_.append(_union(masks))
    for label, values in (("own", own), ("near", near), ("path", all_)):
        array = np.array(values, dtype=np.int64)
        for place, name in enumerate(names):
            columns.add(f"{label}_{name}", (array >> place) & 1)
    tags = [[segment_tag(segment) for segment in e.path] for e in evidence]
    for tag in TAGS:
        columns.add(f"tag_{tag}", [bool(t) and (t[-1] == tag or t[-2:-1] == [tag]) for t in tags])
    for tag in AROUND:
        columns.add(f"in_{tag}", [tag in t for t in tags])
    columns.add("depth", [len(t) for t in tags])


def _inner_columns(
    columns: Columns, evidence: Sequence[Evidence], figures: Mapping[int, tuple[float, ...]], *, prose: bool
) -> None:
    """Look at markup again without the elements around most of the page's prose: what they are called means nothing.

    Where the page has no *prose*, no element's name means anything.
    """
    outer = {element for element, figure in figures.items() if figure[1] >= OUTER or not prose}
    inner = [
        # Only block elements have a number; inline ones stand at the end of a path.
        [segment for segment, element in zip_longest(e.path[1:], e.elements[1:]) if segment and element not in outer]
        for e in evidence
    ]
    masks = np.array([_union([segment_mask(segment) for segment in path]) for path in inner], dtype=np.int64)
    for place, name in enumerate(groups()):
        columns.add(f"inner_{name}", (masks >> place) & 1)
    tags = [{segment_tag(segment) for segment in path} for path in inner]
    for tag in AROUND:
        columns.add(f"inner_tag_{tag}", [tag in found for found in tags])
    columns.add("inner_depth", [len(path) for path in inner])


def _union(masks: Sequence[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


@lru_cache(maxsize=20_000)
def said(language: str, text: str) -> Match | None:
    """Give the phrase that judges a line in *language*, "" for any; several steps ask the same of a page."""
    return (phrases(language) if language else all_phrases()).match(text) if len(text) < LONGEST_LINE else None


@lru_cache(maxsize=20_000)
def hinted(language: str, text: str) -> frozenset[Reason]:
    """Give the reasons a line sounds like."""
    return (phrases(language) if language else all_phrases()).hint(text)


def _phrases(columns: Columns, article: Article) -> None:
    found = [said(article.language, block.text) for block in article.blocks]
    hints = [hinted(article.language, block.text[:600]) for block in article.blocks]
    for reason in REASONS:
        columns.add(f"phrase_{reason.name.lower()}", [m is not None and m.reason is reason for m in found])
        columns.add(f"hint_{reason.name.lower()}", [reason in h for h in hints])
    columns.add("phrase_whole", [m is not None and m.place in {"whole", "head"} for m in found])
    columns.add("phrase_head", [m is not None and m.place == "head" for m in found])
    columns.add("phrase_any", [m is not None for m in found])
    known = invitations(article.language)
    lines = [plain(block.text) if len(block.text) < LONGEST_LINE else "" for block in article.blocks]
    columns.add("invites", [bool(line) and known.begins.match(line) is not None for line in lines])
    columns.add("asks", [bool(line) and known.asks.match(line) is not None for line in lines])
    columns.add("aims", [bool(line) and known.aims.search(line) is not None for line in lines])


def wording_columns(leaning: np.ndarray) -> dict[str, np.ndarray]:
    """Name what the blocks' words say of themselves and of their neighbours."""
    return {"wording": leaning} | {f"wording{step:+d}": shift(leaning, step, beyond=0.0) for step in (-2, -1, 1, 2)}


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Fold a text to its words for comparison."""
    return " ".join(WORD.findall(text.casefold().replace("’", "'")))


def _place(columns: Columns, article: Article, evidence: Sequence[Evidence]) -> None:
    blocks = article.blocks
    count = len(blocks)
    sizes = np.array([len(b.text) for b in blocks], dtype=np.float32)
    before = np.cumsum(sizes) - sizes
    order = np.arange(count, dtype=np.float32)
    columns.add("index", order)
    columns.add("index_share", order / max(1, count))
    columns.add("text_before", before / max(1.0, float(sizes.sum())))
    columns.add("blocks", np.full(count, log1p(count)))
    title = fold(article.title)
    folded = [fold(block.text) if len(block.text) < 400 else "" for block in blocks]
    same = [bool(title) and f == title for f in folded]
    columns.add("is_title", same)
    columns.add("in_title", [bool(f) and len(f) > 3 and f in title for f in folded])
    place = title_place(article)
    columns.add("after_title", order - place if place >= 0 else np.full(count, -1000.0))
    authors = [fold(name) for name in article.authors]
    columns.add("author", [bool(f) and any(a and a in f for a in authors) for f in folded])
    names = house_names(article)
    columns.add("site", [sum(name in fold(b.text[:1500]).replace(" ", "") for name in names) for b in blocks])
    kept = np.array(
        [e.marks.get("trafilatura", 0.0) >= 0.5 and len(b.text) > 60 for e, b in zip(evidence, blocks, strict=True)]
    )
    indices = np.flatnonzero(kept)
    first, last = (int(indices[0]), int(indices[-1])) if len(indices) else (0, count - 1)
    columns.add("after_first_kept", np.clip(order - first, -60, 60))
    columns.add("before_last_kept", np.clip(last - order, -60, 60))
    prose = _prose(columns)
    near = np.convolve(prose, np.ones(9), "same")[:count] if count >= 9 else np.full(count, prose.sum())
    columns.add("prose_near", near)
    following = np.cumsum(prose[::-1])[::-1]
    columns.add("prose_after", following / max(1.0, float(prose.sum())))
    columns.add("prose_before", (np.cumsum(prose) - prose) / max(1.0, float(prose.sum())))


def house_names(article: Article) -> tuple[str, ...]:
    """Give what the house is called, folded and without blanks: by its own word and by its host."""
    return tuple(n for n in {fold(article.site).replace(" ", ""), _host_name(article.url)} if len(n) > 2)


def _host_name(url: str) -> str:
    """Give the host's own word: "example" of "www.example.co.uk"."""
    parts = [part for part in url.partition("://")[2].partition("/")[0].split(".") if part not in {"www", "blog", "m"}]
    return max(parts[:-1], key=len, default="") if len(parts) > 1 else ""


def title_place(article: Article) -> int:
    """Find the block that is the headline: the last heading that says it before the text begins; -1 for none."""
    title = fold(article.title)
    if not title:
        return -1
    found = -1
    for place, block in enumerate(article.blocks):
        if len(block.text) < 500 and block.kind is BlockKind.HEADING and fold(block.text) == title:
            if block.level == 1:
                return place
            found = place if found < 0 else found
    if found >= 0:
        return found
    return next((p for p, b in enumerate(article.blocks) if len(b.text) < 500 and fold(b.text) == title), -1)


def _prose(columns: Columns) -> np.ndarray:
    """Say how much prose a block is: its length where it is a sentence outside links, else nothing."""
    length = np.expm1(columns.get("characters"))
    sentence = columns.get("ends_sentence") * (columns.get("link_density") < 0.4) * (length > 70)
    return np.asarray(np.minimum(length, 800) * sentence / 100, dtype=np.float32)


def _containers(columns: Columns, evidence: Sequence[Evidence]) -> None:
    """Measure the elements around each block: how much prose they hold, how linked they are, what trafilatura kept."""
    prose = _prose(columns)
    size = np.expm1(columns.get("characters"))
    kept = np.maximum(columns.get("trafilatura"), 0) * size
    linked = columns.get("link_density") * size
    figures = _figures(evidence, size, prose, kept, linked)
    empty = (0.0,) * 5
    columns.add("pictured", _pictured(columns, evidence))
    for step, label in ((2, "parent"), (3, "grandparent"), (4, "great")):
        rows = [figures[e.elements[-step]] if len(e.elements) >= step else empty for e in evidence]
        array = np.array(rows, dtype=np.float32).reshape(-1, 5)
        for place, name in enumerate(("size", "prose", "kept", "linked", "blocks")):
            columns.add(f"{label}_{name}", array[:, place])
    _main(columns, evidence, figures)
    _inner_columns(columns, evidence, figures, prose=bool(prose.any()))


def _figures(
    evidence: Sequence[Evidence], size: np.ndarray, prose: np.ndarray, kept: np.ndarray, linked: np.ndarray
) -> dict[int, tuple[float, ...]]:
    """Give of each element the logarithm of its size, its shares of prose, kept and linked, and how many blocks."""
    places = np.array([place for place, e in enumerate(evidence) for _ in e.elements], dtype=np.int64)
    if not len(places):
        return {}
    numbers = np.array([element for e in evidence for element in e.elements], dtype=np.int64)
    elements, index = np.unique(numbers, return_inverse=True)
    sums = [np.bincount(index, weights=column[places]) for column in (size, prose, kept, linked)]
    whole, total = np.maximum(1.0, sums[0]), max(1.0, float(prose.sum()))
    columns = (np.log1p(whole), sums[1] / total, sums[2] / whole, sums[3] / whole, np.log1p(np.bincount(index)))
    return dict(zip(elements.tolist(), zip(*(column.tolist() for column in columns), strict=True), strict=True))


def _pictured(columns: Columns, evidence: Sequence[Evidence]) -> list[float]:
    """Give the share of a block's like, by markup, that follow a picture and are short: much for captions."""
    follows = (columns.get("pictures_before") > 0) & (columns.get("words") < log1p(45))
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, e in enumerate(evidence):
        members[e.path[-2:]].append(place)
    shares = {key: float(follows[places].mean()) if len(places) > 2 else -1.0 for key, places in members.items()}
    return [shares[e.path[-2:]] for e in evidence]


def _main(columns: Columns, evidence: Sequence[Evidence], figures: dict[int, tuple[float, ...]]) -> None:
    """Measure how far up the tree the block meets the element that holds most of the page's prose."""
    best = {share: _deepest(evidence, figures, share) for share in (0.5, 0.8)}
    for share, element in best.items():
        columns.add(f"in_main_{int(share * 100)}", [element in e.elements for e in evidence])
        columns.add(
            f"below_main_{int(share * 100)}",
            [len(e.elements) - e.elements.index(element) if element in e.elements else -1 for e in evidence],
        )
    columns.add("biggest_prose", [max((figures[el][1] for el in e.elements[-3:]), default=0.0) for e in evidence])


def _deepest(evidence: Sequence[Evidence], figures: dict[int, tuple[float, ...]], share: float) -> int:
    depth: dict[int, int] = {}
    for e in evidence:
        for level, element in enumerate(e.elements):
            depth[element] = level
    wanted = [(depth[element], element) for element, figure in figures.items() if figure[1] >= share]
    return max(wanted, default=(0, -1))[1]


def _signatures(columns: Columns, evidence: Sequence[Evidence]) -> None:
    """Measure the blocks that share a block's markup: captions of a page share a class, and so do its paragraphs."""
    prose = _prose(columns)
    kept = columns.get("trafilatura")
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    keys = [e.path[-2:] for e in evidence]
    for place, key in enumerate(keys):
        members[key].append(place)
    total = max(1.0, float(prose.sum()))
    figures = {
        key: (
            log1p(len(p)),
            float(prose[p].sum()) / total,
            float(kept[p].mean()),
            float(columns.get("link_density")[p].mean()),
        )
        for key, p in members.items()
    }
    array = np.array([figures[key] for key in keys], dtype=np.float32).reshape(-1, 4)
    for place, name in enumerate(("count", "prose", "kept", "linked")):
        columns.add(f"alike_{name}", array[:, place])


def _headings(columns: Columns, blocks: Sequence[Block]) -> None:
    """Tell what the nearest heading before a block says, and how far it is."""
    related = [
        columns.get(f"phrase_{r.name.lower()}")
        for r in (
            Reason.RELATED,
            Reason.FEED,
            Reason.COMMENTS,
            Reason.REFERENCES,
            Reason.CALL_TO_ACTION,
            Reason.BIOGRAPHY,
            Reason.TAGS,
        )
    ]
    bad = np.max(related, axis=0) if len(blocks) else np.zeros(0)
    since, heading, distance, head_distance = 0.0, 0.0, 99.0, 99.0
    out = []
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            heading, distance = float(bad[place]), 0.0
        if bad[place] and len(block.text) < 60:
            since, head_distance = 1.0, 0.0
        out.append((heading, min(distance, 30), since, min(head_distance, 30)))
        distance, head_distance = distance + 1, head_distance + 1
    array = np.array(out, dtype=np.float32).reshape(-1, 4)
    for place, name in enumerate(("under_bad", "under_heading", "after_bad", "after_bad_distance")):
        columns.add(name, array[:, place])
    heads = columns.get("kind_heading")
    columns.add("headings_after", np.minimum(np.cumsum(heads[::-1])[::-1], 20))
    columns.add("under_site", _under_site(heads, columns.get("site")))


def _under_site(heads: np.ndarray, site: np.ndarray) -> list[float]:
    """Say of each block whether the nearest heading before it, or itself, names the house."""
    out, named = [], 0.0
    for heading, mentions in zip(heads, site, strict=True):
        named = float(mentions > 0) if heading else named
        out.append(named)
    return out


SHIFTED = (
    "words", "link_density", "trafilatura", "ends_sentence", "kind_heading", "kind_list_item", "phrase_any", "bold",
    "ends_colon",
    "in_main_80", "path_related", "path_picture", "parent_prose", "level", "pictures_before", "italic", "site", "table",
)  # fmt: skip


def _neighbours(columns: Columns) -> None:
    for name in SHIFTED:
        column = columns.get(name)
        for step in (-2, -1, 1, 2):
            columns.add(f"{name}{step:+d}", shift(column, step))


def shift(column: np.ndarray, step: int, beyond: float = -1.0) -> np.ndarray:
    """Give the column as the neighbour *step* blocks away has it, *beyond* the page's ends."""
    out = np.full(len(column), beyond, dtype=np.float32)
    if step < 0:
        out[-step:] = column[:step]
    else:
        out[:-step] = column[step:]
    return out
