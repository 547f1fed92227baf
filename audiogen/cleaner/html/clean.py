"""Cleans an HTML page: a trained model rates each block, and rules with named reasons correct its opinion."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.biographies import without_biographies
from audiogen.cleaner.html.captions import CAPTIONED
from audiogen.cleaner.html.contents import contents_indexes
from audiogen.cleaner.html.endings import without_endings, without_orphans
from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.introduced import with_introduced_lists
from audiogen.cleaner.html.labelled_lines import with_entries, without_labelled_pointers
from audiogen.cleaner.html.notes import note_indexes
from audiogen.cleaner.html.other_articles import begins_article, without_other_articles
from audiogen.cleaner.html.page import Page, title_index
from audiogen.cleaner.html.quotations import with_attributions, with_whole_quotations
from audiogen.cleaner.html.reasons import reason_of
from audiogen.cleaner.html.related import without_related_boxes
from audiogen.cleaner.html.repeats import without_repeats
from audiogen.cleaner.html.rescue import with_answers, with_rescued, with_standfirst
from audiogen.cleaner.html.second_look import ENOUGH, LITTLE, PARAGRAPH, with_trusted_extractors
from audiogen.cleaner.html.self_promotion import with_questions, without_self_promotion
from audiogen.cleaner.html.threads import without_replies
from audiogen.cleaner.html.vetoes import FILLED, LINKED, POINTER, TEMPLATE, veto
from audiogen.cleaner.lexis import NOTHING, segment_tag, words_of
from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.model import load
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Removed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from audiogen.model import Article, Block, Evidence

    #: A step changes the verdicts on a page's blocks, given the indexes of the blocks that the model doubts.
    Step = Callable[[Page, list[Verdict | None], Sequence[int]], None]

#: Probability from which a block is narrated. On publishers outside the training set, 0.43 keeps a tenth of the lines
#: that 0.5 loses, at the cost of one unwanted line in fourteen pages: a missing paragraph is the worst fault.
HEARD = 0.43
#: Words in class names that mark a standfirst.
DEK_WORDS = (
    "dek", "standfirst", "subtitle", "subhead", "sub-head", "subheadline", "chapo", "sub-title", "tagline", "strapline",
    "deck",
)  # fmt: skip
#: The steps that follow once each block has a verdict, in this order: a question is kept only over a kept answer,
#: a name only under a kept quotation, and a heading is an orphan only when all blocks below it are decided.
STEPS: tuple[Step, ...] = (
    with_rescued,
    with_standfirst,
    with_entries,
    with_introduced_lists,
    with_questions,
    with_whole_quotations,
    without_self_promotion,
    without_biographies,
    without_other_articles,
    without_replies,
    without_labelled_pointers,
    without_related_boxes,
    without_endings,
    without_repeats,
    with_answers,
    with_attributions,
    without_orphans,
)
#: A line with the headline's text is the heading of a section if it has this many certain paragraphs before it, and
#: does not begin an article of its own.
SECTION = 3


def clean_page(article: Article) -> Article:
    """Move each block that is not narrated into the ledger; a page with next to nothing left gets a second look."""
    chances = opinions(article)
    cleaned = decide(article, chances)
    heard = words_of(cleaned.blocks)
    if heard >= LITTLE:
        return cleaned
    trusting = with_trusted_extractors(article, chances, ENOUGH if heard else PARAGRAPH)
    if trusting is None:
        return cleaned
    again = decide(article, trusting)
    return again if words_of(again.blocks) > heard else cleaned


def opinions(article: Article) -> NDArray[np.float64]:
    """Return the model's probability that a block is narrated, for each block.

    Raises:
        ModelError: the model was trained on other features than this version measures.
    """
    if not article.blocks:
        return np.zeros(0)
    table = measure(article)
    model = load(HTML)
    model.check(table.names)
    mean: NDArray[np.float64] = np.mean([each.probability(table.names, table.values) for each in model.forests], axis=0)
    return mean


def decide(article: Article, chances: NDArray[np.float64]) -> Article:
    """Return the article with its narrated blocks and the ledger of the others, by the model's probabilities."""
    page = look(article, chances)
    verdicts = judge(page)
    pairs = list(zip(article.blocks, verdicts, strict=True))
    heard = tuple(block for block, verdict in pairs if verdict is None)
    removed = tuple(
        Removed(block, verdict.reason, verdict.rule, index)
        for index, (block, verdict) in enumerate(pairs)
        if verdict is not None
    )
    return replace(article, dek=article.blocks[page.dek].text if page.dek >= 0 else "", blocks=heard, removed=removed)


def look(article: Article, chances: NDArray[np.float64]) -> Page:
    """Return the page with what the rules refer to: its headline, its standfirst, its certain prose."""
    blocks = article.blocks
    sure = [index for index, chance in enumerate(chances) if chance >= 0.7 and len(blocks[index].text) > 80]
    title = title_index(article)
    if sum(index < title for index in sure) >= SECTION and not begins_article(blocks, title):
        title = -1
    prose = sum(len(blocks[index].text) for index in sure)
    after = sum(len(blocks[index].text) for index in sure if index > title)
    return Page(
        article=article,
        chances=chances,
        title=title,
        dek=find_dek(article, chances) if title >= 0 else -1,
        first=next((index for index in sure if index > title), len(blocks)),
        titled=title >= 0 and blocks[title].kind is BlockKind.HEADING and after > 0.7 * prose,
        around=_around([blocks[index] for index in sure]),
        outer=_outer([blocks[index] for index in sure]),
        contents=contents_indexes(blocks),
        notes=note_indexes(blocks),
    )


def _around(prose: Sequence[Block]) -> frozenset[str]:
    """Return the tags around more than half of the certain prose, and "hidden" if the page shows nothing else.

    `CAPTIONED` is among them if most of the prose is centred under pictures, as in a list of pictures,
    `LINKED` if it is links, as in a list of offers, and `FILLED` if it is the placeholder text of a template.
    """
    sizes: Counter[str] = Counter()
    for block in prose:
        evidence = block.evidence or NOTHING
        signs = {segment_tag(segment) for segment in evidence.path[1:]}
        if evidence.marks.get("hidden"):
            signs.add("hidden")
        if evidence.marks.get("centred") and evidence.marks.get("pictures_before"):
            signs.add(CAPTIONED)
        signs |= {LINKED} if evidence.link_density > POINTER else set()
        signs |= {FILLED} if TEMPLATE.match(block.text) else set()
        for sign in signs:
            sizes[sign] += len(block.text)
    total = sum(len(block.text) for block in prose)
    return frozenset(sign for sign, size in sizes.items() if size > (0.9 if sign == "hidden" else 0.5) * total)


def _outer(prose: Sequence[Block]) -> frozenset[int]:
    """Return the elements that contain more than half of the certain prose."""
    sizes: Counter[int] = Counter()
    for block in prose:
        for element in (block.evidence or NOTHING).elements:
            sizes[element] += len(block.text)
    total = sum(len(block.text) for block in prose)
    return frozenset(element for element, size in sizes.items() if size > 0.5 * total)


def judge(page: Page) -> list[Verdict | None]:
    """Return the verdict on each block, None for those that are narrated."""
    verdicts: list[Verdict | None] = []
    doubted = []
    for index, (block, chance) in enumerate(zip(page.blocks, page.chances, strict=True)):
        verdict = veto(page, index)
        if verdict is None and chance < HEARD:
            verdict = Verdict(*reason_of(block, page.article.language))
            doubted.append(index)
        verdicts.append(verdict)
    for step in STEPS:
        step(page, verdicts, doubted)
    return verdicts


def find_dek(article: Article, chances: NDArray[np.float64]) -> int:
    """Return the index of the standfirst, which the page's markup or description shows to be one; -1 if there is none.

    A page's description is often its first paragraph. A paragraph among similar ones is no standfirst, nor is the only
    one of a short post.
    """
    start = title_index(article)
    if start < 0:
        return -1
    prose = [p for p in range(start + 1, len(chances)) if chances[p] >= HEARD and _is_prose(article.blocks[p])]
    end = prose[0] + 1 if prose else len(chances)
    for index in range(start + 1, min(end, start + 8)):
        block = article.blocks[index]
        if not 4 <= len(block.text.split()) <= 80 or block.evidence is None:
            continue
        named = any(word in segment.lower() for segment in block.evidence.path[-2:] for word in DEK_WORDS)
        described = block.evidence.marks.get("description", 0.0) >= 0.9 and len(block.text.split()) > 6
        alike = _is_among(article.blocks, index)
        if (named or (described and not alike)) and block.evidence.link_density < 0.3:
            return -1 if prose == [index] else index
    return -1


def _is_prose(block: Block) -> bool:
    return len(block.text) > 80 and block.kind is not BlockKind.HEADING


def _is_among(blocks: Sequence[Block], index: int) -> bool:
    """Return whether later paragraphs have the same tag, in the same element or one with the same classes."""
    evidence = blocks[index].evidence
    later = [block.evidence for block in blocks[index + 1 :] if len(block.text) > 60 and block.evidence]
    return evidence is not None and any(e.path[-1:] == evidence.path[-1:] and _same_parent(evidence, e) for e in later)


def _same_parent(one: Evidence, other: Evidence) -> bool:
    return one.elements[-2:-1] == other.elements[-2:-1] or one.path[-2:] == other.path[-2:]
