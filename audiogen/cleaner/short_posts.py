"""A post of one or two lines, which is all that its author wrote: told from the beginning of something longer.

Both are a few words on a page of menus. A whole post stands in the element of the post's text, the page's description
says the same, and nothing in it asks for a login, shows a player or is the line under a picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, groups, hinted_reasons, segment_mask, segment_tag, words_of
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.phrases import Phrases
    from audiogen.model import Article, Block

#: Fewest words of a whole post.
POST_WORDS = 10
#: Share of a line that the page's description and trafilatura must have.
SAID = 0.9
#: Kinds of blocks that are no words of the post's author.
NO_PROSE = frozenset({BlockKind.HEADING, BlockKind.STAND_IN})
#: Groups of markup words of a post's text, and of what only leads to a longer one or stands around it.
TEXT = ("strong_body",)
AROUND = ("dek", "teaser", "header", "metered", "player", "embed", "caption", "form", "related", "appeal")
#: Reasons that no line of such a post sounds like.
ASKING = frozenset({Reason.CALL_TO_ACTION, Reason.RELATED, Reason.EMBED, Reason.CAPTION, Reason.CREDIT, Reason.FORM})
#: How sentences end; an ellipsis is the end of an excerpt.
STOPS = (".", "!", "?", "。", "！", "？", "।", "؟", "۔")


def is_whole_post(page: Article, cleaned: Article, known: Phrases) -> bool:
    """Return whether the few words that are heard of a page are all that was posted."""
    lines = [block for block in cleaned.blocks if block.kind not in NO_PROSE]
    if words_of(lines) < POST_WORDS or page.signs.get("free") == "no" or _shows_player(page.blocks):
        return False
    return _ends(lines[-1].text) and all(_is_of_post(page.language, block, known) for block in lines)


def _is_of_post(language: str, block: Block, known: Phrases) -> bool:
    evidence = block.evidence or NOTHING
    said = min(evidence.marks.get(extractor, 0.0) for extractor in ("description", "trafilatura")) >= SAID
    pictured = evidence.marks.get("pictures_before") or evidence.marks.get("pictures_inside")
    asks = known.refusal(block.text) or hinted_reasons(language, block.text) & ASKING
    return said and not pictured and not asks and not evidence.link_density and _is_in_text(evidence.path[1:])


def _is_in_text(path: Sequence[str]) -> bool:
    """Return whether what holds a line is called a post's text, and nothing inside it is called otherwise."""
    names = groups()
    masks = [{name for place, name in enumerate(names) if segment_mask(step) >> place & 1} for step in path]
    last = max((place for place, mask in enumerate(masks) if mask.intersection(TEXT)), default=-1)
    within = {segment_tag(step) for step in path} & {"form", "figure", "aside", "header", "footer"}
    return last >= 0 and not within and not any(mask.intersection(AROUND) for mask in masks[last:])


def _shows_player(blocks: Sequence[Block]) -> bool:
    return any(block.kind in {BlockKind.EMBED, BlockKind.CHART} for block in blocks)


def _ends(text: str) -> bool:
    return text.rstrip('"”’»)]」』 ').endswith(STOPS) and not text.rstrip().endswith("...")
