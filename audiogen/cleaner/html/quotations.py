"""Quotations that stand apart from the text: heard whole or not at all, and with the name of who is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, match_phrase, segment_tag
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.verdict import Verdict
    from audiogen.model import Block

#: Elements around a quotation that stands apart.
FRAMES = frozenset({"figure", "blockquote"})
#: Longest line that says who is quoted, in words.
ATTRIBUTION = 9
#: Rules that see an attribution for a picture's caption.
ATTRIBUTED = frozenset({"page.tag.figcaption", "page.tag.figure"})


def with_whole_quotations(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Hear what the model doubts of a quotation of which more is heard: its first words are often set in bold."""
    frames = {place: _frame(block) for place, block in enumerate(page.blocks)}
    quoting = {frames[place] for place, block in enumerate(page.blocks) if block.kind is BlockKind.QUOTE} - {0}
    sizes = {frame: [0, 0] for frame in quoting}
    for place, frame in frames.items():
        if frame in quoting:
            sizes[frame][verdicts[place] is None] += len(page.blocks[place].text)
    for place in doubted:
        unheard, heard = sizes.get(frames[place], (0, 0))
        if heard > unheard and match_phrase(page.article.language, page.blocks[place].text) is None:
            verdicts[place] = None


def _frame(block: Block) -> int:
    """Give the number of the outermost figure or quotation that a block stands in; 0 for none."""
    evidence = block.evidence or NOTHING
    pairs = zip(evidence.path, evidence.elements, strict=False)
    return next((element for segment, element in pairs if segment_tag(segment) in FRAMES), 0)


def with_attributions(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Hear who says a quotation that is heard: a short line after it in the same figure or quotation."""
    for place in range(1, len(page.blocks)):
        verdict, block = verdicts[place], page.blocks[place]
        if verdict is None or verdicts[place - 1] is not None or verdict.rule not in ATTRIBUTED:
            continue
        quoted = next((p for p in (place - 1, place - 2) if page.blocks[p].kind is BlockKind.QUOTE), -1)
        short = 1 <= block.text.count(" ") < ATTRIBUTION and match_phrase(page.article.language, block.text) is None
        if quoted > 0 and verdicts[quoted] is None and short and _shares_frame(page.blocks[quoted], block):
            verdicts[place] = None


def _shares_frame(quote: Block, line: Block) -> bool:
    """Say whether both stand in one figure or quotation."""
    frames = [
        {
            element
            for segment, element in zip(e.path, e.elements, strict=False)
            if segment.startswith(("figure", "blockquote"))
        }
        for e in (quote.evidence or NOTHING, line.evidence or NOTHING)
    ]
    return bool(frames[0] & frames[1])
