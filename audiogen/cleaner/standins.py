"""Short phrases in place of tables, code, formulas, embedded posts and charts that stand inside an article."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.cleaner.unheard import READ, SAY
from audiogen.model import Article, Block, BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audiogen.cleaner.unheard import Unheard
    from audiogen.model import Removed

PHRASES_FILE = Path(__file__).with_name("standins.toml")
#: How the kinds are called in `Unheard` and in the phrases.
NAMES = {
    BlockKind.TABLE: "table",
    BlockKind.CODE: "code",
    BlockKind.FORMULA: "formula",
    BlockKind.EMBED: "embed",
    BlockKind.CHART: "chart",
    BlockKind.LINK_LIST: "link_list",
}
#: Reasons under which such things stand in the ledger.
REASONS = frozenset({Reason.TABLE, Reason.CODE, Reason.FORMULA, Reason.EMBED, Reason.RELATED})
#: How many elements up from a thing its article must hold heard text, and how many blocks of it.
LEVELS, NEIGHBOURS = 3, 2
#: Share of a list item inside links from which its list is a list of links.
LINKED = 0.8


@dataclass(frozen=True, slots=True)
class Thing:
    """Neighbouring entries of the ledger that are one table, one listing, one post."""

    name: str
    entries: tuple[Removed, ...]

    @property
    def rows(self) -> int:
        """Count the rows of a table; 0 where they are not known."""
        rows = {_row(entry.block) for entry in self.entries}
        return len(rows - {0})


def with_stand_ins(article: Article, unheard: Unheard) -> Article:
    """Put phrases, or the things themselves, where they stand among what is heard."""
    heard = _placed(article)
    if not heard:
        return article
    first, last = heard[0][0], heard[-1][0]
    around = Counter(e for _, block in heard if block.evidence for e in block.evidence.elements)
    added: list[tuple[float, Block]] = []
    read: set[int] = set()
    for thing in _things(article.removed):
        place = thing.entries[0].position
        if not (first < place < last and _is_inside(thing, around)):
            continue
        manner = getattr(unheard, thing.name)
        if manner == SAY:
            added.append(
                (
                    place,
                    Block(
                        phrase(thing, article.language), BlockKind.STAND_IN, evidence=thing.entries[0].block.evidence
                    ),
                )
            )
        elif manner == READ and thing.name != "video":
            added.extend((entry.position, _readable(entry.block)) for entry in thing.entries)
            read.update(entry.position for entry in thing.entries)
    blocks = [block for _, block in sorted([*heard, *added], key=lambda pair: pair[0])]
    return replace(article, blocks=tuple(blocks), removed=tuple(r for r in article.removed if r.position not in read))


def _placed(article: Article) -> list[tuple[float, Block]]:
    """Give what is heard with its place among all blocks of the page: the places that the ledger leaves."""
    taken = {entry.position for entry in article.removed}
    free = (place for place in range(len(taken) + len(article.blocks)) if place not in taken)
    return list(zip(free, article.blocks, strict=False))


def _things(removed: Sequence[Removed]) -> Iterable[Thing]:
    run: list[Removed] = []
    for entry in removed:
        if run and not (_name(entry) and _is_same(run[-1], entry)):
            yield Thing(_name(run[0]), tuple(run))
            run = []
        if _name(entry):
            run.append(entry)
    if run:
        yield Thing(_name(run[0]), tuple(run))


def _name(entry: Removed) -> str:
    block, evidence = entry.block, entry.block.evidence
    if entry.reason not in REASONS or evidence is None or evidence.marks.get("hidden"):
        return ""
    if evidence.marks.get("player") and block.kind is BlockKind.EMBED:
        return "video"
    if entry.reason is Reason.FORMULA:
        return "formula"
    if block.kind is BlockKind.LIST_ITEM and evidence.link_density > LINKED:
        return "link_list"
    return NAMES.get(block.kind, "")


def _is_same(before: Removed, after: Removed) -> bool:
    if after.position != before.position + 1 or _name(before) != _name(after):
        return False
    tables = [entry.block.evidence.marks.get("table") for entry in (before, after) if entry.block.evidence]
    return len(set(tables)) == 1


def _is_inside(thing: Thing, around: Mapping[int, int]) -> bool:
    """Say whether the thing stands in the article: an element a few levels up from it holds heard text too."""
    evidence = thing.entries[0].block.evidence
    if evidence is None:
        return False
    elements = list(evidence.elements)
    own = int(evidence.marks.get("table", 0))
    above = elements[: elements.index(own)] if own in elements else elements[:-1]
    return any(around.get(element, 0) >= NEIGHBOURS for element in above[-LEVELS:])


def _row(block: Block) -> int:
    evidence = block.evidence
    if evidence is None:
        return 0
    pairs = zip(reversed(evidence.path[: len(evidence.elements)]), reversed(evidence.elements), strict=False)
    return next(
        (element for segment, element in pairs if segment == "tr" or segment.startswith(("tr.", "tr#", "tr@"))), 0
    )


def _readable(block: Block) -> Block:
    return replace(block, kind=BlockKind.QUOTE) if block.kind is BlockKind.EMBED else block


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(PHRASES_FILE.read_text(encoding="utf-8"))


def phrase(thing: Thing, language: str) -> str:
    """Say what stands there, in the article's language, or in English where we have no words in it."""
    known = _phrases()
    words = known.get(language.split("-")[0].lower(), known["en"])
    if thing.name == "table" and thing.rows > 1:
        return words["table_count"].format(count=thing.rows)
    return words[thing.name]
