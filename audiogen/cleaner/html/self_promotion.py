"""Drops the outlet's promotion of itself in the voice of the article, which is often in its last section.

Such a line has no class of its own and no stock wording. What tells it is to whom it speaks (an imperative or a
question to the reader), what it aims at (our guide, this episode, here), where its link leads (to the outlet's own
pages) and the outlet's name. The words are lists in the `[vocabulary]` of the phrase files: `invite` how such a line
begins, `ours` what it aims at, `asks` the questions it may begin with.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from audiogen.cleaner.html.invitations import invitations, plain_line
from audiogen.cleaner.lexis import NOTHING, fold, match_phrase, outlet_names, voice
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Article, Block

#: Longest invitation and longest question with its offer, in words.
INVITATION, OFFER = 45, 60
#: Least share of a line inside links to the outlet's own pages from which it leads there.
OWN_LINKS = 0.1
#: A section is promotion only this far down the heard text, as a share of its blocks, and no longer than this.
LATE, SECTION = 0.8, 7
#: Longest head of an appeal, in blanks; most of what stands under one in the midst of the text.
HEAD, BOX = 12, 3
#: Most headings that may name the outlet; where more do, the article is about it.
HEADINGS = 2
#: Most mentions of the outlet, as a share of heard blocks, beside which a last paragraph that names it is promotion.
MENTIONS = 0.1
#: Probability from which a last paragraph is heard whatever it says.
SURE = 0.85
#: Probability from which a paragraph at the head of such a section is the article's own.
LEAD = 0.8
#: A hand or an arrow that points to another page.
POINTING = re.compile(r"^[👉👈➡➜➤➔▶►→⇒»>\uFE0F\s]*[👉👈➡➜➤➔▶►→⇒»>][\uFE0F\s]*")
#: Quoted speech: "you" in it does not address the reader.
QUOTED = re.compile(r"[“„\"«][^“”„\"«»]*[”\"»]?")
#: Least probability of a question that is heard for its answer's sake.
QUESTION = 0.25


def is_invitation(page: Page, index: int) -> Verdict | None:
    """Drop a line that is wholly an invitation to the outlet's own pages."""
    block = page.blocks[index]
    if index <= page.first or block.kind is BlockKind.HEADING:
        return None
    length = block.text.count(" ") + 1
    known, text = invitations(page.article.language), plain_line(POINTING.sub("", block.text))
    if 3 < length <= INVITATION and POINTING.match(block.text) and known.begins.match(text):
        return Verdict(Reason.RELATED, "page.plug.pointing")
    if not 3 < length <= OFFER or block.text.endswith(":") or not _leads_home(page.article, block):
        return None
    if length <= INVITATION and known.begins.match(text) and known.aims.search(text):
        return Verdict(Reason.RELATED, "page.plug.invitation")
    if known.asks.match(text):
        return Verdict(Reason.CALL_TO_ACTION, "page.plug.offer")
    return None


def _leads_home(article: Article, block: Block) -> bool:
    return (block.evidence or NOTHING).marks.get("own_links", 0.0) >= OWN_LINKS or names_outlet(article, block.text)


def names_outlet(article: Article, text: str) -> bool:
    """Return whether *text* names the outlet."""
    folded = _joined(text)
    return any(name in folded for name in outlet_names(article))


@lru_cache(maxsize=4096)
def _joined(text: str) -> str:
    return fold(text[:1500]).replace(" ", "")


def without_self_promotion(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop the sections and the last paragraphs in which the outlet offers itself."""
    _without_headed(page, verdicts)
    _without_linked_lists(page, verdicts)
    if names_outlet(page.article, page.article.title):
        return
    _without_offers(page, verdicts)
    _without_outlet_sections(page, verdicts)
    _without_last_word(page, verdicts)


def _sections(page: Page, verdicts: Sequence[Verdict | None]) -> list[tuple[int, list[int]]]:
    """Return the headings below the headline, heard or not, with what is heard under each."""
    sections: list[tuple[int, list[int]]] = []
    for index in range(page.first, len(page.blocks)):
        if page.blocks[index].kind is BlockKind.HEADING:
            sections.append((index, []))
        elif sections and verdicts[index] is None:
            sections[-1][1].append(index)
    return sections


def _is_late(index: int, heard: Sequence[int]) -> bool:
    """Return whether nearly all of the blocks that are heard come before this one."""
    return bisect_left(heard, index) >= LATE * len(heard)


def _drop(verdicts: list[Verdict | None], indexes: Sequence[int], rule: str) -> None:
    for index in indexes:
        verdicts[index] = verdicts[index] or Verdict(Reason.CALL_TO_ACTION, rule)


def _without_headed(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop the text under a line that is known as the heading of an appeal: "Why you can trust us"."""
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    ends = _element_ends(page.blocks)
    headings = [index for index, block in enumerate(page.blocks) if block.kind is BlockKind.HEADING]
    for index, block in enumerate(page.blocks):
        if block.kind is BlockKind.LIST_ITEM or not _heads_appeal(page.article, block.text):
            continue
        after = bisect_left(headings, index + 1)
        end = headings[after] if after < len(headings) else len(page.blocks)
        if block.kind is not BlockKind.HEADING:
            end = min(end, _element_end(block, ends))
        members = [p for p in heard[bisect_left(heard, index + 1) : bisect_left(heard, end)] if verdicts[p] is None]
        late = _is_late(index, heard)
        if len(members) <= (SECTION if late else BOX):
            _drop(verdicts, [index, *members], "page.plug.headed")


def _heads_appeal(article: Article, text: str) -> bool:
    if text.count(" ") > HEAD:
        return False
    found = match_phrase(article.language, text)
    if found is not None:
        return found.anchor == "head" and found.reason is Reason.CALL_TO_ACTION
    return invitations(article.language).trust.match(plain_line(text)) is not None and names_outlet(article, text)


def _element_ends(blocks: Sequence[Block]) -> dict[int, int]:
    """Return for each element of the page the index after the last block in it."""
    return {
        element: index + 1
        for index, block in enumerate(blocks)
        for element in (block.evidence.elements if block.evidence else ())
    }


def _element_end(block: Block, ends: Mapping[int, int]) -> int:
    """Return where the neighbours of a block end: those in the element that holds its own."""
    return next((ends[element] for element in (block.evidence or NOTHING).elements[-2:-1]), 0)


def _without_linked_lists(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop the rest of a list of links to the outlet's own pages, if its other items are known appeals."""
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
            (page.blocks[index].evidence or NOTHING).marks.get("own_links", 0.0) > OWN_LINKS for index in indexes
        )
        if known and home and invited:
            _drop(verdicts, indexes, "page.plug.list")


def _without_offers(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop late sections whose heading asks the reader a question that an appeal in them answers."""
    known = invitations(page.article.language)
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    for head, members in _sections(page, verdicts):
        late = _is_late(head, heard)
        if not late or not 0 < len(members) <= SECTION or not known.asks.match(plain_line(page.blocks[head].text)):
            continue
        around = verdicts[head + 1 : members[-1] + 3]
        if any(v and v.reason is Reason.CALL_TO_ACTION and v.rule.startswith("phrases.") for v in around):
            _drop(verdicts, [head, *members], "page.plug.offer")


def _without_outlet_sections(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop late sections whose heading names the outlet, if hardly any other heading does."""
    sections = _sections(page, verdicts)
    named = [section for section in sections if names_outlet(page.article, page.blocks[section[0]].text)]
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    if not 0 < len(named) <= HEADINGS or len(sections) <= len(named):
        return
    for head, members in named:
        late = _is_late(head, heard)
        if late and 0 < len(members) <= SECTION:
            leads = _leads(page, members)
            _drop(verdicts, [head, *members[leads:]], "page.plug.section")


def _leads(page: Page, members: Sequence[int]) -> int:
    """Count the paragraphs a late section begins with in which the article sums itself up before the outlet speaks."""
    for count, index in enumerate(members):
        block = page.blocks[index]
        speaks = any(voice(word.strip(".,!?:;()")) & 1 for word in QUOTED.sub(" ", block.text).split())
        summed = block.kind is BlockKind.PARAGRAPH and page.chances[index] >= LEAD
        if not summed or speaks or names_outlet(page.article, block.text):
            return count
    return 0


def _without_last_word(page: Page, verdicts: list[Verdict | None]) -> None:
    """Drop the last two paragraphs if they name the outlet and speak to the reader, and the text before does not."""
    heard = [p for p, v in enumerate(verdicts) if v is None and page.blocks[p].kind is not BlockKind.HEADING]
    before, last = heard[:-2], heard[-2:]
    if len(before) < 2 * len(last):
        return
    named = sum(names_outlet(page.article, page.blocks[index].text) for index in before)
    if named > MENTIONS * len(before):
        return
    for index in last:
        text = page.blocks[index].text
        addressed = any(voice(word.strip(".,!?:;()")) & 3 for word in QUOTED.sub(" ", text).split())
        if page.chances[index] < SURE and addressed and names_outlet(page.article, text):
            _drop(verdicts, [index], "page.plug.last-word")


def with_questions(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep the questions whose answers are heard: a folded list of questions looks like buttons."""
    known = invitations(page.article.language)
    for index in doubted:
        block, after = page.blocks[index], page.blocks[index + 1 : index + 2]
        answered = bool(after) and verdicts[index + 1] is None and after[0].kind is not BlockKind.HEADING
        question = block.text.rstrip().endswith("?") and block.text.count(" ") >= 3
        offer = known.asks.match(plain_line(block.text)) or known.begins.match(plain_line(block.text))
        if question and answered and not offer and index > page.first and page.chances[index] >= QUESTION:
            verdicts[index] = None
