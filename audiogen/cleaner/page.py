"""What is heard of an HTML page: a trained model's opinion of each block, bounded by rules that name their reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner import forest
from audiogen.cleaner.features import fold, measure, title_place, with_opinions
from audiogen.cleaner.phrases import all_phrases, phrases
from audiogen.cleaner.reasons import reason_of
from audiogen.model import BlockKind, Reason, Removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.phrases import Phrases
    from audiogen.model import Article, Block

MODEL = Path(__file__).with_name("page_model.json")
#: Probability from which a block is heard.
HEARD = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a block is not heard."""

    reason: Reason
    rule: str


def clean_page(article: Article) -> Article:
    """Decide block by block what is heard."""
    return decide(article, opinions(article))


def opinions(article: Article) -> np.ndarray:
    """Ask the model for each block's probability of being heard."""
    if not article.blocks:
        return np.zeros(0)
    first, second = forest.load(MODEL)
    table = measure(article)
    opinion = first.probability(table.names, table.values)
    table = with_opinions(table, opinion, article)
    return second.probability(table.names, table.values)


def decide(article: Article, opinion: np.ndarray) -> Article:
    """Turn opinions into what is heard and the ledger."""
    known = phrases(article.language) if article.language else all_phrases()
    dek = find_dek(article, opinion)
    verdicts = judge(article, opinion, dek, known)
    heard = tuple(block for block, verdict in zip(article.blocks, verdicts, strict=True) if verdict is None)
    removed = tuple(
        Removed(block, verdict.reason, verdict.rule, place)
        for place, (block, verdict) in enumerate(zip(article.blocks, verdicts, strict=True))
        if verdict is not None
    )
    text = article.blocks[dek].text if dek >= 0 else ""
    return replace(article, dek=text, blocks=heard, removed=removed)


def judge(article: Article, opinion: np.ndarray, dek: int, known: Phrases) -> list[Verdict | None]:
    """Give each block's verdict, None for what is heard."""
    title = fold(article.title)
    place = title_place(article)
    verdicts: list[Verdict | None] = []
    seen: set[str] = set()
    for number, (block, chance) in enumerate(zip(article.blocks, opinion, strict=True)):
        folded = fold(block.text)
        if number == place or (folded == title and title and (number <= place + 3 or chance < HEARD)):
            verdict: Verdict | None = Verdict(Reason.TITLE, "title")
        elif number == dek:
            verdict = Verdict(Reason.TITLE, "dek")
        elif chance < HEARD:
            verdict = Verdict(*reason_of(block, known))
        elif folded in seen and len(folded) > 80:
            verdict = Verdict(Reason.DUPLICATE, "duplicate")
        else:
            verdict = None
            seen.add(folded)
        verdicts.append(verdict)
    return _without_orphans(article.blocks, verdicts)


def _without_orphans(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> list[Verdict | None]:
    """Drop the headings that nothing follows before the article ends."""
    for number in range(len(blocks) - 1, -1, -1):
        if verdicts[number] is not None:
            continue
        if blocks[number].kind is not BlockKind.HEADING:
            break
        verdicts[number] = Verdict(Reason.BOILERPLATE, "heading with nothing under it")
    return verdicts


def find_dek(article: Article, opinion: np.ndarray) -> int:
    """Find the standfirst: the block after the headline that the page's markup or description calls so; -1 for none."""
    start = title_place(article)
    if start < 0:
        return -1
    for number in range(start + 1, min(len(article.blocks), start + 8)):
        block = article.blocks[number]
        words = block.text.split()
        if not 4 <= len(words) <= 80 or block.evidence is None:
            continue
        named = any(word in segment.lower() for segment in block.evidence.path[-2:] for word in DEK_WORDS)
        described = block.evidence.marks.get("description", 0.0) >= 0.9 and len(words) > 6
        if (named or described) and block.evidence.link_density < 0.3:
            return number
        if opinion[number] >= HEARD and len(words) > 25:
            return -1
    return -1


DEK_WORDS = ("dek", "standfirst", "subtitle", "subhead", "sub-head", "subheadline", "chapo", "sub-title", "tagline", "strapline", "deck")
