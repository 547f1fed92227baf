"""Drops repeated text: second copies, pull quotes, paragraphs that begin a caption."""

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

#: Most characters of a line that may occur twice, and of a quote that is not compared with paragraphs.
MAX_REPEATABLE_LENGTH, MAX_UNCHECKED_QUOTE_LENGTH = 60, 40
#: Words of the runs by which texts with a quote are found; most texts that are searched for each run.
RUN_WORDS, MAX_CANDIDATES = 3, 50


def drop_repeats(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop second copies of a block in other markup, quotes from a paragraph, and texts with which a caption begins."""
    blocks = page.blocks
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    folded = {index: fold(blocks[index].text) for index in narrated}
    quotes = {
        p: t for p, t in folded.items() if len(t) > MAX_UNCHECKED_QUOTE_LENGTH and blocks[p].kind is BlockKind.QUOTE
    }
    pulled = _find_pull_quotes(quotes, folded)
    captions = sorted(
        f"{fold(block.text)} "
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict and verdict.reason is Reason.CAPTION
    )
    seen: dict[str, tuple[str, ...]] = {}
    for index in narrated:
        text, path = folded[index], _path(blocks[index])
        if len(text) > MAX_UNCHECKED_QUOTE_LENGTH and _is_prefix_of_any(f"{text} ", captions):
            verdicts[index] = Verdict(Reason.CAPTION, "page.caption-again")
        elif len(text) > MAX_REPEATABLE_LENGTH and text in seen and seen[text] != path:
            verdicts[index] = Verdict(Reason.DUPLICATE, "page.duplicate")
        elif index in pulled:
            verdicts[index] = Verdict(Reason.DUPLICATE, "page.pull-quote")
        if verdicts[index] is None:
            seen.setdefault(text, path)


def _path(block: Block) -> tuple[str, ...]:
    """Return the path of the markup around a block; () if it is unknown.

    Repetition in the same markup belongs to the article (the days of a plan, a refrain). A copy for narrow screens, a
    teaser or a box has other markup.
    """
    return block.evidence.path if block.evidence else ()


def _is_prefix_of_any(text: str, lines: Sequence[str]) -> bool:
    """Return whether one of the sorted *lines* begins with *text*."""
    index = bisect_left(lines, text)
    return index < len(lines) and lines[index].startswith(text)


def _find_pull_quotes(quotes: Mapping[int, str], texts: Mapping[int, str]) -> set[int]:
    """Return the indexes of the quotes that are part of another text; a second copy of the quote does not count.

    Only the few texts with the quote's rarest run of three words are searched, so that the time for a page grows
    linearly.
    """
    runs = {index: set(_runs(text)) for index, text in quotes.items()}
    known: dict[str, list[int]] = {run: [] for text_runs in runs.values() for run in text_runs}
    for index, text in texts.items() if known else ():
        for run in set(_runs(text)):
            if (indexes := known.get(run)) is not None and len(indexes) <= MAX_CANDIDATES:
                indexes.append(index)
    found = set()
    for index, text in quotes.items():
        candidates = min((known[run] for run in runs[index]), key=len, default=[])
        if any(text in texts[other] and not (other in quotes and texts[other] == text) for other in candidates):
            found.add(index)
    return found


def _runs(text: str) -> Iterable[str]:
    """Yield all runs of `RUN_WORDS` successive words."""
    words = text.split()
    return (" ".join(words[i : i + RUN_WORDS]) for i in range(len(words) - RUN_WORDS + 1))
