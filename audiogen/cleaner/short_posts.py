"""Tells complete posts of one or two lines from the beginnings of longer texts.

Both are few words on a page of menus. A complete post is in an element of the post's text, the page's description
repeats it, and it has no login, no player and no caption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, groups, hinted_reasons, segment_mask, segment_tag, words_of
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.phrases import Phrases
    from audiogen.model import Article, Block

#: Fewest words of a complete post.
MIN_POST_WORDS = 10
#: Least share of a line that the page's description and trafilatura both have.
MIN_CONFIRMED = 0.9
#: Kinds of blocks that are no text of the post's author.
NOT_PROSE = frozenset({BlockKind.HEADING, BlockKind.STAND_IN})
#: Groups of markup words of a post's text, and of teasers and page parts.
TEXT_GROUPS = ("strong_body",)
OTHER_GROUPS = ("dek", "teaser", "header", "metered", "player", "embed", "caption", "form", "related", "appeal")
#: Reasons that hints of such a post must not give.
ASKING = frozenset({Reason.CALL_TO_ACTION, Reason.RELATED, Reason.EMBED, Reason.CAPTION, Reason.CREDIT, Reason.FORM})
#: Ends of sentences; an ellipsis is the end of an excerpt.
STOPS = (".", "!", "?", "。", "！", "？", "।", "؟", "۔")


def is_whole_post(page: Article, cleaned: Article, known: Phrases) -> bool:
    """Return whether the few narrated words of a page are a complete post."""
    lines = [block for block in cleaned.blocks if block.kind not in NOT_PROSE]
    if words_of(lines) < MIN_POST_WORDS or page.signs.get("free") == "no" or _shows_player(page.blocks):
        return False
    return _ends_sentence(lines[-1].text) and all(_is_of_post(page.language, block, known) for block in lines)


def _is_of_post(language: str, block: Block, known: Phrases) -> bool:
    """Return whether a line is text of a post: confirmed by description and trafilatura, and no caption or appeal."""
    evidence = block.evidence or NOTHING
    confirmed = min(evidence.marks.get(extractor, 0.0) for extractor in ("description", "trafilatura")) >= MIN_CONFIRMED
    pictured = evidence.marks.get("pictures_before") or evidence.marks.get("pictures_inside")
    asks = known.refusal(block.text) or hinted_reasons(language, block.text) & ASKING
    return confirmed and not pictured and not asks and not evidence.link_density and _is_in_text(evidence.path[1:])


def _is_in_text(path: Sequence[str]) -> bool:
    """Return whether an element of *path* is named as a post's text, and no element from it on as another part."""
    names = groups()
    masks = [{name for place, name in enumerate(names) if segment_mask(step) >> place & 1} for step in path]
    last = max((place for place, mask in enumerate(masks) if mask.intersection(TEXT_GROUPS)), default=-1)
    within = {segment_tag(step) for step in path} & {"form", "figure", "aside", "header", "footer"}
    return last >= 0 and not within and not any(mask.intersection(OTHER_GROUPS) for mask in masks[last:])


def _shows_player(blocks: Sequence[Block]) -> bool:
    """Return whether the page has embedded content or a chart."""
    return any(block.kind in {BlockKind.EMBED, BlockKind.CHART} for block in blocks)


def _ends_sentence(text: str) -> bool:
    return text.rstrip('"”’»)]」』 ').endswith(STOPS) and not text.rstrip().endswith("...")
