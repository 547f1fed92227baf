"""Prose that the model doubts and that is heard for its neighbours' sake, and corrections, which always are."""

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

#: How a correction of the article begins, in the languages of the phrases.
CORRECTION = re.compile(
    r"^(?:correction|clarification|korrektur|berichtigung|korrekturhinweis|correctif|rectificatif|fe de errores|"
    r"corrección|correção|"
    r"errata|rettifica|correzione|sprostowanie|виправлення|исправление|поправка)\b[^.:]{0,40}:",
    re.I,
)
#: Least probability of a block that is heard for its neighbours' sake.
DOUBT = 0.2
#: The same for one right before the first of them or right after the last.
EDGE = 0.35
#: Reasons that a doubted paragraph must not sound like.
ASKING = frozenset(
    {Reason.CALL_TO_ACTION, Reason.RELATED, Reason.ADVERTISEMENT, Reason.FEED, Reason.SHARE, Reason.COMMENTS}
)
#: How the first paragraph of a report begins: where it was written, and for whom.
DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]+,? ){1,5}\([A-Z][^()]{1,40}\)|"
    r"[A-Z]{3,}(?:,? [A-Z][\w.]+){0,4} ?(?:\([^()]{2,30}\) ?)?[–—-] "
)
#: A sentence of one to three words.
ANSWER = re.compile(r"[\"'“„«]?[^\W\d_][\w’'-]*(?:,? [\w’'-]+){0,2}[.!?…][\"'”»]?")
#: Length of a heard paragraph, in characters, that such a sentence may answer.
ANSWERED = 40
#: Reasons that the words of menus and buttons give to such a sentence.
MISTAKEN = frozenset({Reason.NAVIGATION, Reason.BOILERPLATE, Reason.FORM, Reason.LABEL})
#: How many heard blocks make an element the article's.
COMPANY = 3
#: A standfirst that nothing calls so: whole sentences of so many words, so few blocks behind the headline, before the
#: text, and not called anything of `NOT_STANDFIRST`.
STANDFIRST_WORDS, STANDFIRST_DISTANCE = 8, 8
NOT_STANDFIRST = frozenset(
    {Reason.CAPTION, Reason.BYLINE, Reason.BIOGRAPHY, Reason.CALL_TO_ACTION, Reason.DATE, Reason.FORM, Reason.COMMENTS}
)


def with_rescued(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Hear the prose that the model doubts where its neighbours, before and after, in the same element, are heard."""
    spans: dict[int, list[int]] = {}
    for index, verdict in enumerate(verdicts):
        if verdict is None:
            for element in _near(page.blocks[index]):
                spans.setdefault(element, []).append(index)
    for index in doubted:
        block = page.blocks[index]
        if index > page.first and CORRECTION.match(block.text) and not is_comment(block):
            verdicts[index] = None
            continue
        heard = next((spans[element] for element in _near(block) if len(spans.get(element, ())) >= COMPANY), [index])
        inside = heard[0] < index < heard[-1] or DATELINE.match(block.text)
        least = DOUBT if inside else EDGE if heard[0] - 1 <= index <= heard[-1] + 1 else 1.0
        if page.chances[index] >= least and _is_plain(page, block):
            verdicts[index] = None


def with_standfirst(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep the sentences between the headline and the text, if no standfirst was found."""
    between = range(page.title + 1, min(page.first, page.title + 1 + STANDFIRST_DISTANCE))
    if page.title < 0 or page.dek >= 0 or any(verdicts[index] is None for index in between):
        return
    for index in doubted:
        verdict, block = verdicts[index], page.blocks[index]
        likely = index in between and page.chances[index] >= DOUBT and block.text.count(" ") >= STANDFIRST_WORDS - 1
        if likely and verdict and verdict.reason not in NOT_STANDFIRST and _is_said_plainly(page, block):
            verdicts[index] = None
            return


def with_answers(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Hear a sentence of a word or two among like paragraphs: "No." is an answer, and no button has a full stop.

    It must stand in the article, or right after the question that ends it, in an element that is marked as that of a
    heard neighbour, or in a quotation.
    """
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    for index in range(heard[0] + 1, min(heard[-1] + 2, len(verdicts))) if heard else ():
        verdict, block = verdicts[index], page.blocks[index]
        if verdict is None or verdict.reason not in MISTAKEN or not ANSWER.fullmatch(block.text):
            continue
        if index > heard[-1] and not page.blocks[index - 1].text.endswith("?"):
            continue
        near = [page.blocks[other] for other in range(index - 2, index + 3) if verdicts[other : other + 1] == [None]]
        if any(_alike(block, other) for other in near):
            verdicts[index] = None


def _alike(block: Block, other: Block) -> bool:
    """Return whether two blocks are paragraphs of the same markup, or one is a quotation of the other."""
    one, two = (each.evidence.path if each.evidence else () for each in (block, other))
    quoted = block.kind is BlockKind.QUOTE and one[: len(two) - 1] == two[:-1]
    return len(other.text) > ANSWERED and (one == two or quoted)


def _near(block: Block) -> tuple[int, ...]:
    """Return the elements around a block, the nearest first, as far as they may be one text's."""
    return (block.evidence.elements if block.evidence else ())[-4:-1][::-1]


def _is_plain(page: Page, block: Block) -> bool:
    """Return whether a block is a paragraph of prose with nothing about it that speaks of an appeal or a pointer."""
    prose = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and block.text.count(" ") >= 8
    pictured = (block.evidence or NOTHING).marks.get("pictures_before")
    return prose and not pictured and _is_said_plainly(page, block)


def _is_said_plainly(page: Page, block: Block) -> bool:
    """Return whether a block is shown, ends as sentences do, and sounds like no appeal or pointer."""
    evidence = block.evidence or NOTHING
    return (
        evidence.link_density < 0.4
        and not evidence.marks.get("hidden")
        and block.text.rstrip('"”’») ')[-1:] in set(".!?:…♦■")
        and not (hinted_reasons(page.article.language, block.text[:600]) & ASKING)
    )
