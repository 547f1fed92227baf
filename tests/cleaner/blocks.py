"""Blocks and pages made by hand for the rules, with the probabilities that a test gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.clean import judge, look
from audiogen.model import Article, Block, BlockKind, Evidence

if TYPE_CHECKING:
    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.verdict import Verdict

TITLE = "The tide clock is right again"
#: Where the blocks of `make_block` stand.
PATH = ("html", "body", "main", "article")
PROSE = (
    "The clock on the quay had been wrong for so long that the ferries had learned to sail by its errors.",
    "Two apprentices took it down in autumn, measured every wheel of it and found one tooth filed away.",
    "Nobody has said who filed it, and the harbour board has not put the question on its agenda so far.",
    "Since Monday the hands agree with the water, which the older fishermen regard with some suspicion.",
    "A retired pilot has offered to set it wrong again by hand if enough people should ask him to do so.",
    "The museum of stopped clocks, three streets inland, has asked in writing for the tooth and the file.",
    "In the evening the strokes can be heard as far as the breakwater, and dogs answer them from the boats.",
    "It will be oiled twice a year from now on, in March and in October, by whoever draws the shortest match.",
)


def make_block(
    text: str,
    kind: BlockKind = BlockKind.PARAGRAPH,
    *,
    inside: tuple[str, ...] = ("p",),
    elements: tuple[int, ...] = (),
    density: float = 0.0,
    level: int = 0,
    **marks: float,
) -> Block:
    """Make a block that stands in `PATH` and then *inside* elements with the numbers *elements*."""
    path = (*PATH, *inside)
    numbers = (1, 2, 3, 4, *elements) if elements else tuple(range(1, len(path) + 1))
    return Block(
        text, kind, level or (2 if kind is BlockKind.HEADING else 0), evidence=Evidence(path, density, marks, numbers)
    )


def heading(text: str, level: int = 2) -> Block:
    """Make a heading."""
    return make_block(text, BlockKind.HEADING, inside=(f"h{level}",), level=level)


def prose(count: int = len(PROSE)) -> list[Block]:
    """Make the first paragraphs of an article."""
    return [make_block(text) for text in PROSE[:count]]


def make_case(*blocks: Block, chances: dict[str, float] | None = None, **about: str) -> Page:
    """Look at an article of these blocks under its headline; *chances* by the start of a text, 0.98 for the others."""
    article = Article(
        title=about.get("title", TITLE), site=about.get("site", "Quay Post"), url=about.get("url", "https://quaypost.example/a"),
        language=about.get("language", "en"), format="html", blocks=(heading(TITLE, 1), *blocks),
    )  # fmt: skip
    known = chances or {}
    figures = [
        next((value for start, value in known.items() if block.text.startswith(start)), 0.98)
        for block in article.blocks
    ]
    return look(article, np.array(figures))


def verdicts(page: Page) -> dict[str, Verdict | None]:
    """Judge the page and give each text's verdict."""
    return {block.text: verdict for block, verdict in zip(page.blocks, judge(page), strict=True)}


def rule_of(page: Page, text: str) -> str:
    """Name the rule that silences the block that begins with *text*; empty where it is heard."""
    verdict = next(verdict for known, verdict in verdicts(page).items() if known.startswith(text))
    return verdict.rule if verdict else ""
