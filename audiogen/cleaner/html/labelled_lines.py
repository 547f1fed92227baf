"""Lines that begin with a label: entries of a list in the article, and links to the outlet's other pages.

"Miyazaki: Nobeoka, Saito, Kijo" is one of several such lines, one for each prefecture, and each place is a link; if
two of them are kept, all are. "STRESS: How to look after your mental health" is a linked headline after a label; three
of them in one element are links to the outlet's other pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: A label and the entry after it.
ENTRY = re.compile(r"[^\s:：]{1,20}(?:：\s?|: )\S")
#: A label before a headline.
LABEL = re.compile(r"[^:|]{3,60}(?:: |\| )\S")
#: Fewest kept entries of a list from which all are kept, and fewest entries of such a list.
MIN_KEPT, MIN_ENTRIES = 2, 4
#: Fewest labelled headlines in one element that are links to other pages, and the least shares of links in them.
MIN_POINTERS, MIN_LINKED, MIN_OWN_LINKS = 3, 0.4, 0.1
#: Rules that drop a block because it is links.
BY_LINKS = frozenset({"page.pointer"})


def keep_labelled_entries(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep all labelled entries of a list if at least two are kept, regardless of their links."""
    free = {*doubted, *(index for index, verdict in enumerate(verdicts) if verdict and verdict.rule in BY_LINKS)}
    for indexes in _groups(page.blocks, (i for i in range(len(verdicts)) if ENTRY.match(page.blocks[i].text))):
        narrated = [index for index in indexes if verdicts[index] is None]
        if len(narrated) < MIN_KEPT or len(indexes) < MIN_ENTRIES:
            continue
        for index in free.intersection(indexes):
            verdicts[index] = None


def drop_labelled_pointers(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop labelled headlines with links to the outlet's other pages, if there are at least three in one element.

    If the page's address is unknown, so are the outlet's pages. Then a label in capitals marks such a link.
    """
    found = (
        index
        for index in range(page.first + 1, len(verdicts))
        if verdicts[index] is None and _is_pointer(page, page.blocks[index])
    )
    for indexes in _groups(page.blocks, found):
        if len(indexes) >= MIN_POINTERS:
            for index in indexes:
                verdicts[index] = Verdict(Reason.RELATED, "page.labelled-pointers")


def _is_pointer(page: Page, block: Block) -> bool:
    """Return whether a line is a label and a linked headline, and no sentence."""
    evidence, text = block.evidence or NOTHING, block.text
    label = LABEL.match(text)
    if (
        label is None
        or not MIN_LINKED <= evidence.link_density < 1
        or text.count(" ") <= 2
        or text.endswith((".", "。"))
    ):
        return False
    own = evidence.marks.get("own_links", 0.0) >= MIN_OWN_LINKS
    return own or (not page.article.url and label[0][:-1].isupper())


def _groups(blocks: Sequence[Block], indexes: Iterable[int]) -> list[list[int]]:
    """Group blocks of one element that have the same tag and classes."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index in indexes:
        evidence = blocks[index].evidence or NOTHING
        groups.setdefault((evidence.elements[-2:-1], evidence.path[-2:]), []).append(index)
    return list(groups.values())
