"""Cleans an HTML page: a trained model rates each block, and rules with named reasons correct the result."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.biographies import drop_biographies
from audiogen.cleaner.html.captions import CAPTIONED
from audiogen.cleaner.html.contents import contents_indexes
from audiogen.cleaner.html.endings import drop_after_end, drop_orphan_headings
from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.introduced import keep_introduced_lists
from audiogen.cleaner.html.labelled_lines import drop_labelled_pointers, keep_labelled_entries
from audiogen.cleaner.html.notes import note_indexes
from audiogen.cleaner.html.other_articles import begins_article, drop_other_articles
from audiogen.cleaner.html.page import Page, title_index
from audiogen.cleaner.html.quotations import keep_attributions, keep_whole_quotations
from audiogen.cleaner.html.reasons import find_reason
from audiogen.cleaner.html.related import drop_related_boxes
from audiogen.cleaner.html.repeats import drop_repeats
from audiogen.cleaner.html.rescue import keep_doubted_prose, keep_short_answers, keep_standfirst
from audiogen.cleaner.html.second_look import MIN_EXTRACTED, MIN_EXTRACTED_IF_EMPTY, MIN_WORDS, trust_extractors
from audiogen.cleaner.html.self_promotion import drop_self_promotion, keep_questions
from audiogen.cleaner.html.threads import drop_replies
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
MIN_CHANCE = 0.43
#: Words in class names that mark a standfirst.
DEK_WORDS = (
    "dek", "standfirst", "subtitle", "subhead", "sub-head", "subheadline", "chapo", "sub-title", "tagline", "strapline",
    "deck",
)  # fmt: skip
#: The steps after each block has a verdict, in this order: a question is kept only over a kept answer,
#: a name only under a kept quotation, and a heading without text is found when all blocks below it are decided.
STEPS: tuple[Step, ...] = (
    keep_doubted_prose,
    keep_standfirst,
    keep_labelled_entries,
    keep_introduced_lists,
    keep_questions,
    keep_whole_quotations,
    drop_self_promotion,
    drop_biographies,
    drop_other_articles,
    drop_replies,
    drop_labelled_pointers,
    drop_related_boxes,
    drop_after_end,
    drop_repeats,
    keep_short_answers,
    keep_attributions,
    drop_orphan_headings,
)
#: A line with the headline's text is the heading of a section if it has this many certain paragraphs before it, and
#: does not begin an article of its own.
MIN_PARAGRAPHS_BEFORE = 3


def clean_page(article: Article) -> Article:
    """Return the page with its narrated blocks, and the others in the ledger.

    If almost nothing is left, the page is cleaned again with the probabilities of `trust_extractors`.
    """
    chances = rate_blocks(article)
    cleaned = decide(article, chances)
    narrated = words_of(cleaned.blocks)
    if narrated >= MIN_WORDS:
        return cleaned
    trusting = trust_extractors(article, chances, MIN_EXTRACTED if narrated else MIN_EXTRACTED_IF_EMPTY)
    if trusting is None:
        return cleaned
    again = decide(article, trusting)
    return again if words_of(again.blocks) > narrated else cleaned


def rate_blocks(article: Article) -> NDArray[np.float64]:
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
    """Return the article with its narrated blocks and its ledger, by the given probability of each block."""
    page = look(article, chances)
    verdicts = judge(page)
    pairs = list(zip(article.blocks, verdicts, strict=True))
    narrated = tuple(block for block, verdict in pairs if verdict is None)
    removed = tuple(
        Removed(block, verdict.reason, verdict.rule, index)
        for index, (block, verdict) in enumerate(pairs)
        if verdict is not None
    )
    return replace(
        article, dek=article.blocks[page.dek].text if page.dek >= 0 else "", blocks=narrated, removed=removed
    )


def look(article: Article, chances: NDArray[np.float64]) -> Page:
    """Return the data that the rules use: headline, standfirst, the first certain paragraph, contents and notes."""
    blocks = article.blocks
    sure = [index for index, chance in enumerate(chances) if chance >= 0.7 and len(blocks[index].text) > 80]
    title = title_index(article)
    if sum(index < title for index in sure) >= MIN_PARAGRAPHS_BEFORE and not begins_article(blocks, title):
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
        around=_find_enclosing_tags([blocks[index] for index in sure]),
        outer=_find_outer_elements([blocks[index] for index in sure]),
        contents=contents_indexes(blocks),
        notes=note_indexes(blocks),
    )


def _find_enclosing_tags(prose: Sequence[Block]) -> frozenset[str]:
    """Return the tags around more than half of the certain prose, and "hidden" if the page shows nothing else.

    Also returned are `CAPTIONED` if most of the prose is centred after pictures, as in a list of pictures, `LINKED` if
    it is links, as in a list of offers, and `FILLED` if it is the placeholder text of a template.
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


def _find_outer_elements(prose: Sequence[Block]) -> frozenset[int]:
    """Return the numbers of the elements that contain more than half of the certain prose."""
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
        if verdict is None and chance < MIN_CHANCE:
            verdict = Verdict(*find_reason(block, page.article.language))
            doubted.append(index)
        verdicts.append(verdict)
    for step in STEPS:
        step(page, verdicts, doubted)
    return verdicts


def find_dek(article: Article, chances: NDArray[np.float64]) -> int:
    """Return the index of the standfirst, by its element's names or the page's description; -1 if there is none.

    The description of a page is often a copy of its first paragraph, so a paragraph with similar ones after it is no
    standfirst. The only paragraph of a short post is none either.
    """
    start = title_index(article)
    if start < 0:
        return -1
    prose = [p for p in range(start + 1, len(chances)) if chances[p] >= MIN_CHANCE and _is_prose(article.blocks[p])]
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
    return evidence is not None and any(
        e.path[-1:] == evidence.path[-1:] and _has_same_parent(evidence, e) for e in later
    )


def _has_same_parent(one: Evidence, other: Evidence) -> bool:
    """Return whether both blocks have the same parent element, or the same tags and classes as far as the parent's."""
    return one.elements[-2:-1] == other.elements[-2:-1] or one.path[-2:] == other.path[-2:]
