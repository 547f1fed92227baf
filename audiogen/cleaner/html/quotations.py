"""Keeps or drops quotations in frames as a whole, and keeps the speaker's name after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, match_phrase, segment_tag
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.verdict import Verdict
    from audiogen.model import Block

#: Elements around a quotation that is separate from the text.
FRAMES = frozenset({"figure", "blockquote"})
#: Most words of the line with the speaker's name.
MAX_ATTRIBUTION_WORDS = 9
#: Rules that drop a speaker's name because they take it for a caption.
ATTRIBUTED = frozenset({"page.tag.figcaption", "page.tag.figure"})


def keep_whole_quotations(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep the doubted blocks of a quotation of which more than half is kept: its first words are often in bold."""
    frames = {index: _frame(block) for index, block in enumerate(page.blocks)}
    quoting = {frames[index] for index, block in enumerate(page.blocks) if block.kind is BlockKind.QUOTE} - {0}
    sizes = {frame: [0, 0] for frame in quoting}
    for index, frame in frames.items():
        if frame in quoting:
            sizes[frame][verdicts[index] is None] += len(page.blocks[index].text)
    for index in doubted:
        dropped, narrated = sizes.get(frames[index], (0, 0))
        if narrated > dropped and match_phrase(page.article.language, page.blocks[index].text) is None:
            verdicts[index] = None


def _frame(block: Block) -> int:
    """Return the number of the outermost `figure` or `blockquote` element around a block; 0 for none."""
    evidence = block.evidence or NOTHING
    pairs = zip(evidence.path, evidence.elements, strict=False)
    return next((element for segment, element in pairs if segment_tag(segment) in FRAMES), 0)


def keep_attributions(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Keep the speaker's name of a kept quotation: a short line after it in the same `figure` or `blockquote`."""
    for index in range(1, len(page.blocks)):
        verdict, block = verdicts[index], page.blocks[index]
        if verdict is None or verdicts[index - 1] is not None or verdict.rule not in ATTRIBUTED:
            continue
        quoted = next((p for p in (index - 1, index - 2) if page.blocks[p].kind is BlockKind.QUOTE), -1)
        short = (
            1 <= block.text.count(" ") < MAX_ATTRIBUTION_WORDS
            and match_phrase(page.article.language, block.text) is None
        )
        if quoted > 0 and verdicts[quoted] is None and short and _shares_frame(page.blocks[quoted], block):
            verdicts[index] = None


def _shares_frame(quote: Block, line: Block) -> bool:
    """Return whether both blocks are in one `figure` or `blockquote`."""
    frames = [
        {
            element
            for segment, element in zip(e.path, e.elements, strict=False)
            if segment.startswith(("figure", "blockquote"))
        }
        for e in (quote.evidence or NOTHING, line.evidence or NOTHING)
    ]
    return bool(frames[0] & frames[1])
