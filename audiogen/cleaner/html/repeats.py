"""Drops what is heard already: second copies, pull quotes, repeated captions."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import fold
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: Letters beyond which a line is a copy of one that is heard, and a quote one that was pulled out of a paragraph.
COPIED, PULLED = 60, 40
#: Words by which the texts that may hold a quote are found, and how many of the texts are looked through.
RUN, LOOKED_THROUGH = 3, 50


def without_repeats(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop what is heard already: a second copy, or a quote pulled out of a paragraph."""
    blocks = page.blocks
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    folded = {index: fold(blocks[index].text) for index in heard}
    quotes = {p: t for p, t in folded.items() if len(t) > PULLED and blocks[p].kind is BlockKind.QUOTE}
    pulled = _held_elsewhere(quotes, folded)
    captions = sorted(
        f"{fold(block.text)} "
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict and verdict.reason is Reason.CAPTION
    )
    seen: dict[str, tuple[str, ...]] = {}
    for index in heard:
        text, path = folded[index], _path(blocks[index])
        if len(text) > PULLED and _begins_one(f"{text} ", captions):
            verdicts[index] = Verdict(Reason.CAPTION, "page.caption-again")
        elif len(text) > COPIED and text in seen and seen[text] != path:
            verdicts[index] = Verdict(Reason.DUPLICATE, "page.duplicate")
        elif index in pulled:
            verdicts[index] = Verdict(Reason.DUPLICATE, "page.pull-quote")
        if verdicts[index] is None:
            seen.setdefault(text, path)


def _path(block: Block) -> tuple[str, ...]:
    """Return the markup a block stands in. What is said twice in the same is said twice: the days of a plan, a refrain.

    A copy for narrow screens, a teaser or a box stands in markup of its own.
    """
    return block.evidence.path if block.evidence else ()


def _begins_one(text: str, lines: Sequence[str]) -> bool:
    """Return whether one of the sorted *lines* begins with *text*."""
    index = bisect_left(lines, text)
    return index < len(lines) and lines[index].startswith(text)


def _held_elsewhere(quotes: Mapping[int, str], texts: Mapping[int, str]) -> set[int]:
    """Return the quotes whose words another text also has; the same quote set twice is no other text.

    Only the texts with the rarest three words of a quote are looked through, and few of them, so that a page of many
    quotes takes no longer than its length.
    """
    runs = {index: set(_runs(text)) for index, text in quotes.items()}
    known: dict[str, list[int]] = {run: [] for text_runs in runs.values() for run in text_runs}
    for index, text in texts.items() if known else ():
        for run in set(_runs(text)):
            if (indexes := known.get(run)) is not None and len(indexes) <= LOOKED_THROUGH:
                indexes.append(index)
    found = set()
    for index, text in quotes.items():
        candidates = min((known[run] for run in runs[index]), key=len, default=[])
        if any(text in texts[other] and not (other in quotes and texts[other] == text) for other in candidates):
            found.add(index)
    return found


def _runs(text: str) -> Iterable[str]:
    words = text.split()
    return (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
