"""Drops the outlet's promotion of itself that is written like the article, often in its last section.

Such a line has no class of its own and no stock phrase. It is recognized by an imperative or a question to the reader,
by its offer (our guide, this episode, here), by links to the outlet's own pages, and by the outlet's name. The words
are in the table `[vocabulary]` of the phrase files: `invite` has the beginnings of such lines, `ours` the offers,
`asks` the questions at the beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from audiogen.cleaner.html.invitations import invitations, plain_line
from audiogen.cleaner.lexis import NOTHING, fold, match_phrase, outlet_names, pronoun_mask
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Article, Block

#: Most words of an invitation, and of a question with its offer.
MAX_INVITATION_WORDS, MAX_OFFER_WORDS = 45, 60
#: Least share of a line inside links to the outlet's own pages.
MIN_OWN_LINKS = 0.1
#: Share of the kept blocks before a section of promotion, and most blocks of it.
MIN_POSITION, MAX_SECTION = 0.8, 7
#: Most spaces in the heading of an appeal; most blocks under one that is not late in the text.
MAX_HEAD_SPACES, MAX_BOX = 12, 3
#: Most headings that may name the outlet. With more, the article is about it.
MAX_HEADINGS = 2
#: Most kept blocks with the outlet's name, as a share, before a last paragraph of promotion.
MAX_MENTIONS = 0.1
#: Probability from which a last paragraph is kept regardless of its text.
SURE = 0.85
#: Probability from which a paragraph at the beginning of such a section is the article's own.
MIN_LEAD_CHANCE = 0.8
#: A hand or an arrow that points to another page.
POINTING = re.compile(r"^[👉👈➡➜➤➔▶►→⇒»>\uFE0F\s]*[👉👈➡➜➤➔▶►→⇒»>][\uFE0F\s]*")
#: Quoted speech: "you" in it does not address the reader.
QUOTED = re.compile(r"[“„\"«][^“”„\"«»]*[”\"»]?")
#: Least probability of a question that is kept because its answer is.
MIN_QUESTION_CHANCE = 0.25


def veto_invitation(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a line is only an invitation to the outlet's own pages."""
    block = page.blocks[index]
    if index <= page.first or block.kind is BlockKind.HEADING:
        return None
    length = block.text.count(" ") + 1
    known, text = invitations(page.article.language), plain_line(POINTING.sub("", block.text))
    if 3 < length <= MAX_INVITATION_WORDS and POINTING.match(block.text) and known.begins.match(text):
        return Verdict(Reason.RELATED, "page.plug.pointing")
    if not 3 < length <= MAX_OFFER_WORDS or block.text.endswith(":") or not _refers_to_outlet(page.article, block):
        return None
    if length <= MAX_INVITATION_WORDS and known.begins.match(text) and known.aims.search(text):
        return Verdict(Reason.RELATED, "page.plug.invitation")
    if known.asks.match(text):
        return Verdict(Reason.CALL_TO_ACTION, "page.plug.offer")
    return None


def _refers_to_outlet(article: Article, block: Block) -> bool:
    """Return whether a block has links to the outlet's own pages, or the outlet's name."""
    return (block.evidence or NOTHING).marks.get("own_links", 0.0) >= MIN_OWN_LINKS or names_outlet(article, block.text)


def names_outlet(article: Article, text: str) -> bool:
    """Return whether *text* contains a name of the outlet."""
    folded = _fold_without_spaces(text)
    return any(name in folded for name in outlet_names(article))


@lru_cache(maxsize=4096)
def _fold_without_spaces(text: str) -> str:
    """Return the folded beginning of *text* without spaces, as in `outlet_names`."""
    return fold(text[:1500]).replace(" ", "")


def drop_self_promotion(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop sections and last paragraphs in which the outlet promotes itself."""
    _drop_under_appeals(page, verdicts)
    _drop_linked_lists(page, verdicts)
    if names_outlet(page.article, page.article.title):
        return
    _drop_offers(page, verdicts)
    _drop_outlet_sections(page, verdicts)
    _drop_last_paragraphs(page, verdicts)


def _sections(page: Page, verdicts: Sequence[Verdict | None]) -> list[tuple[int, list[int]]]:
    """Return pairs of each heading's index after the first paragraph, kept or not, and the kept indexes under it."""
    sections: list[tuple[int, list[int]]] = []
    for index in range(page.first, len(page.blocks)):
        if page.blocks[index].kind is BlockKind.HEADING:
            sections.append((index, []))
        elif sections and verdicts[index] is None:
            sections[-1][1].append(index)
    return sections


def _is_late(index: int, narrated: Sequence[int]) -> bool:
    """Return whether at least `MIN_POSITION` of the kept blocks come before *index*; *narrated* is sorted."""
    return bisect_left(narrated, index) >= MIN_POSITION * len(narrated)


def _drop(verdicts: list[Verdict | None], indexes: Sequence[int], rule: str) -> None:
    """Give the kept blocks at *indexes* the verdict of a call to action by *rule*."""
    for index in indexes:
        verdicts[index] = verdicts[index] or Verdict(Reason.CALL_TO_ACTION, rule)


def _drop_under_appeals(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop the blocks under a line that is a known heading of an appeal: "Why you can trust us"."""
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    ends = _element_ends(page.blocks)
    headings = [index for index, block in enumerate(page.blocks) if block.kind is BlockKind.HEADING]
    for index, block in enumerate(page.blocks):
        if block.kind is BlockKind.LIST_ITEM or not _heads_appeal(page.article, block.text):
            continue
        after = bisect_left(headings, index + 1)
        end = headings[after] if after < len(headings) else len(page.blocks)
        if block.kind is not BlockKind.HEADING:
            end = min(end, _element_end(block, ends))
        members = [
            p for p in narrated[bisect_left(narrated, index + 1) : bisect_left(narrated, end)] if verdicts[p] is None
        ]
        late = _is_late(index, narrated)
        if len(members) <= (MAX_SECTION if late else MAX_BOX):
            _drop(verdicts, [index, *members], "page.plug.headed")


def _heads_appeal(article: Article, text: str) -> bool:
    """Return whether a short line is the heading of an appeal: by a phrase, or by "trust" and the outlet's name."""
    if text.count(" ") > MAX_HEAD_SPACES:
        return False
    found = match_phrase(article.language, text)
    if found is not None:
        return found.anchor == "head" and found.reason is Reason.CALL_TO_ACTION
    return invitations(article.language).trust.match(plain_line(text)) is not None and names_outlet(article, text)


def _element_ends(blocks: Sequence[Block]) -> dict[int, int]:
    """Return for each element the index after the last block in it."""
    return {
        element: index + 1
        for index, block in enumerate(blocks)
        for element in (block.evidence.elements if block.evidence else ())
    }


def _element_end(block: Block, ends: Mapping[int, int]) -> int:
    """Return the index after the last block in the parent element of *block*; 0 if it is unknown."""
    return next((ends[element] for element in (block.evidence or NOTHING).elements[-2:-1]), 0)


def _drop_linked_lists(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop a list of invitations with links to the outlet's own pages, if one item was dropped as a known appeal."""
    lists: dict[int, list[int]] = {}
    for index, block in enumerate(page.blocks):
        elements = (block.evidence or NOTHING).elements
        if block.kind is BlockKind.LIST_ITEM and index > page.first and len(elements) > 1:
            lists.setdefault(elements[-2], []).append(index)
    begins = invitations(page.article.language).begins
    for indexes in lists.values():
        invited = all(begins.match(plain_line(page.blocks[index].text)) for index in indexes)
        known = any(v and v.rule.startswith(("phrases.", "page.plug.")) for v in (verdicts[index] for index in indexes))
        home = all(
            (page.blocks[index].evidence or NOTHING).marks.get("own_links", 0.0) > MIN_OWN_LINKS for index in indexes
        )
        if known and home and invited:
            _drop(verdicts, indexes, "page.plug.list")


def _drop_offers(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop late sections with a heading that asks the reader a question, if an appeal in or after them was dropped."""
    known = invitations(page.article.language)
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    for head, members in _sections(page, verdicts):
        late = _is_late(head, narrated)
        if not late or not 0 < len(members) <= MAX_SECTION or not known.asks.match(plain_line(page.blocks[head].text)):
            continue
        around = verdicts[head + 1 : members[-1] + 3]
        if any(v and v.reason is Reason.CALL_TO_ACTION and v.rule.startswith("phrases.") for v in around):
            _drop(verdicts, [head, *members], "page.plug.offer")


def _drop_outlet_sections(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop late sections with a heading that names the outlet, if hardly any other heading does."""
    sections = _sections(page, verdicts)
    named = [section for section in sections if names_outlet(page.article, page.blocks[section[0]].text)]
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    if not 0 < len(named) <= MAX_HEADINGS or len(sections) <= len(named):
        return
    for head, members in named:
        late = _is_late(head, narrated)
        if late and 0 < len(members) <= MAX_SECTION:
            leads = _count_lead_paragraphs(page, members)
            _drop(verdicts, [head, *members[leads:]], "page.plug.section")


def _count_lead_paragraphs(page: Page, members: Sequence[int]) -> int:
    """Return how many first paragraphs of a late section are the article's summary, before promotion begins.

    0 if all blocks of the section seem to be the summary.
    """
    for count, index in enumerate(members):
        block = page.blocks[index]
        speaks = any(pronoun_mask(word.strip(".,!?:;()")) & 1 for word in QUOTED.sub(" ", block.text).split())
        summed = block.kind is BlockKind.PARAGRAPH and page.chances[index] >= MIN_LEAD_CHANCE
        if not summed or speaks or names_outlet(page.article, block.text):
            return count
    return 0


def _drop_last_paragraphs(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop the last two paragraphs if they name the outlet and address the reader, and the text before does not."""
    narrated = [p for p, v in enumerate(verdicts) if v is None and page.blocks[p].kind is not BlockKind.HEADING]
    before, last = narrated[:-2], narrated[-2:]
    if len(before) < 2 * len(last):
        return
    named = sum(names_outlet(page.article, page.blocks[index].text) for index in before)
    if named > MAX_MENTIONS * len(before):
        return
    for index in last:
        text = page.blocks[index].text
        addressed = any(pronoun_mask(word.strip(".,!?:;()")) & 3 for word in QUOTED.sub(" ", text).split())
        if page.chances[index] < SURE and addressed and names_outlet(page.article, text):
            _drop(verdicts, [index], "page.plug.last-word")


def keep_questions(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep doubted questions with a kept answer: collapsed lists of questions and answers look like buttons."""
    known = invitations(page.article.language)
    for index in doubted:
        block, after = page.blocks[index], page.blocks[index + 1 : index + 2]
        answered = bool(after) and verdicts[index + 1] is None and after[0].kind is not BlockKind.HEADING
        question = block.text.rstrip().endswith("?") and block.text.count(" ") >= 3
        offer = known.asks.match(plain_line(block.text)) or known.begins.match(plain_line(block.text))
        if question and answered and not offer and index > page.first and page.chances[index] >= MIN_QUESTION_CHANCE:
            verdicts[index] = None
