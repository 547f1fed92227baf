"""Keeps blocks that the model doubts: prose between kept prose, corrections, standfirsts, short answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.cleaner.html.vetoes import is_comment
from audiogen.cleaner.lexis import NOTHING, hinted_reasons
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.verdict import Verdict
    from audiogen.model import Block

#: The beginning of a correction of the article, in the languages of the phrase files.
CORRECTION = re.compile(
    r"^(?:correction|clarification|korrektur|berichtigung|korrekturhinweis|correctif|rectificatif|fe de errores|"
    r"corrección|correção|"
    r"errata|rettifica|correzione|sprostowanie|виправлення|исправление|поправка)\b[^.:]{0,40}:",
    re.I,
)
#: Least probability of a doubted block between kept blocks of its element.
MIN_CHANCE_INSIDE = 0.2
#: Least probability of a doubted block right before the first of them or right after the last.
MIN_CHANCE_AT_EDGE = 0.35
#: Reasons that the hints in a doubted paragraph must not give.
ASKING = frozenset(
    {Reason.CALL_TO_ACTION, Reason.RELATED, Reason.ADVERTISEMENT, Reason.FEED, Reason.SHARE, Reason.COMMENTS}
)
#: The beginning of a report: place and news agency.
DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]+,? ){1,5}\([A-Z][^()]{1,40}\)|"
    r"[A-Z]{3,}(?:,? [A-Z][\w.]+){0,4} ?(?:\([^()]{2,30}\) ?)?[–—-] "
)
#: A sentence of one to three words.
ANSWER = re.compile(r"[\"'“„«]?[^\W\d_][\w’'-]*(?:,? [\w’'-]+){0,2}[.!?…][\"'”»]?")
#: Fewest characters of a kept paragraph near such a sentence.
MIN_ANSWERED_LENGTH = 40
#: Reasons with which such a sentence is mistaken for a menu or a button.
MISTAKEN = frozenset({Reason.NAVIGATION, Reason.BOILERPLATE, Reason.FORM, Reason.LABEL})
#: Fewest kept blocks in an element of the article.
MIN_NEIGHBOURS = 3
#: Fewest words of a standfirst that no markup shows, and its greatest distance from the headline in blocks. It is
#: before the text, and was not dropped for a reason in `NOT_STANDFIRST`.
MIN_STANDFIRST_WORDS, MAX_STANDFIRST_DISTANCE = 8, 8
NOT_STANDFIRST = frozenset(
    {Reason.CAPTION, Reason.BYLINE, Reason.BIOGRAPHY, Reason.CALL_TO_ACTION, Reason.DATE, Reason.FORM, Reason.COMMENTS}
)


def keep_doubted_prose(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep doubted prose with kept blocks of the same element before and after it, and all corrections."""
    spans: dict[int, list[int]] = {}
    for index, verdict in enumerate(verdicts):
        if verdict is None:
            for element in _near_elements(page.blocks[index]):
                spans.setdefault(element, []).append(index)
    for index in doubted:
        block = page.blocks[index]
        if index > page.first and CORRECTION.match(block.text) and not is_comment(block):
            verdicts[index] = None
            continue
        narrated = next(
            (spans[element] for element in _near_elements(block) if len(spans.get(element, ())) >= MIN_NEIGHBOURS),
            [index],
        )
        inside = narrated[0] < index < narrated[-1] or DATELINE.match(block.text)
        least = (
            MIN_CHANCE_INSIDE if inside else MIN_CHANCE_AT_EDGE if narrated[0] - 1 <= index <= narrated[-1] + 1 else 1.0
        )
        if page.chances[index] >= least and _is_plain(page, block):
            verdicts[index] = None


def keep_standfirst(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep the first likely sentence between the headline and the text, if no standfirst was found."""
    between = range(page.title + 1, min(page.first, page.title + 1 + MAX_STANDFIRST_DISTANCE))
    if page.title < 0 or page.dek >= 0 or any(verdicts[index] is None for index in between):
        return
    for index in doubted:
        verdict, block = verdicts[index], page.blocks[index]
        likely = (
            index in between
            and page.chances[index] >= MIN_CHANCE_INSIDE
            and block.text.count(" ") >= MIN_STANDFIRST_WORDS - 1
        )
        if likely and verdict and verdict.reason not in NOT_STANDFIRST and _is_plain_text(page, block):
            verdicts[index] = None
            return


def keep_short_answers(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep sentences of one to three words, such as "No.", that were taken for a menu or a button.

    They must be inside the article, or right after a question at its end, and near a kept paragraph with the same
    markup.
    """
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    for index in range(narrated[0] + 1, min(narrated[-1] + 2, len(verdicts))) if narrated else ():
        verdict, block = verdicts[index], page.blocks[index]
        if verdict is None or verdict.reason not in MISTAKEN or not ANSWER.fullmatch(block.text):
            continue
        if index > narrated[-1] and not page.blocks[index - 1].text.endswith("?"):
            continue
        near = [page.blocks[other] for other in range(index - 2, index + 3) if verdicts[other : other + 1] == [None]]
        if any(_shares_markup(block, other) for other in near):
            verdicts[index] = None


def _shares_markup(block: Block, other: Block) -> bool:
    """Return whether *other* is a paragraph with the same path as *block*, or *block* is a quotation beside it."""
    one, two = (each.evidence.path if each.evidence else () for each in (block, other))
    quoted = block.kind is BlockKind.QUOTE and one[: len(two) - 1] == two[:-1]
    return len(other.text) > MIN_ANSWERED_LENGTH and (one == two or quoted)


def _near_elements(block: Block) -> tuple[int, ...]:
    """Return the numbers of up to three elements around a block's own, innermost first."""
    return (block.evidence.elements if block.evidence else ())[-4:-1][::-1]


def _is_plain(page: Page, block: Block) -> bool:
    """Return whether a block is a paragraph or list item of prose that is not after a picture and is plain text."""
    prose = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and block.text.count(" ") >= 8
    pictured = (block.evidence or NOTHING).marks.get("pictures_before")
    return prose and not pictured and _is_plain_text(page, block)


def _is_plain_text(page: Page, block: Block) -> bool:
    """Return whether a block is visible, ends like a sentence, and has few links and no hint of an appeal."""
    evidence = block.evidence or NOTHING
    return (
        evidence.link_density < 0.4
        and not evidence.marks.get("hidden")
        and block.text.rstrip('"”’») ')[-1:] in set(".!?:…♦■")
        and not (hinted_reasons(page.article.language, block.text[:600]) & ASKING)
    )
