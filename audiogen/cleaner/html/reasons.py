"""Finds the reason in the ledger for a block that the model drops: by its words, its markup or its position."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import groups, match_phrase, segment_mask, segment_tag
from audiogen.cleaner.placeholders import SILENT
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from audiogen.model import Block

#: Reason by kind of block.
KINDS = SILENT | {BlockKind.LINK_LIST: Reason.RELATED}
#: Reason by tag, innermost first.
TAGS = {
    "figcaption": Reason.CAPTION,
    "figure": Reason.CAPTION,
    "nav": Reason.NAVIGATION,
    "form": Reason.FORM,
    "button": Reason.FORM,
    "select": Reason.FORM,
    "option": Reason.FORM,
    "label": Reason.FORM,
    "textarea": Reason.FORM,
    "footer": Reason.NAVIGATION,
    "header": Reason.NAVIGATION,
    "time": Reason.DATE,
    "address": Reason.BYLINE,
    "iframe": Reason.EMBED,
    "dialog": Reason.CALL_TO_ACTION,
}
#: Reason by group of markup words, the most reliable first.
GROUPS = {
    "caption": Reason.CAPTION,
    "credit": Reason.CREDIT,
    "comments": Reason.COMMENTS,
    "consent": Reason.DISCLAIMER,
    "advertisement": Reason.ADVERTISEMENT,
    "tags": Reason.TAGS,
    "embed": Reason.EMBED,
    "share": Reason.SHARE,
    "bio": Reason.BIOGRAPHY,
    "byline": Reason.BYLINE,
    "related": Reason.RELATED,
    "navigation": Reason.NAVIGATION,
    "appeal": Reason.CALL_TO_ACTION,
    "form": Reason.FORM,
    "player": Reason.EMBED,
    "date": Reason.DATE,
    "teaser": Reason.FEED,
    "picture": Reason.CAPTION,
    "notes": Reason.REFERENCES,
    "contents": Reason.NAVIGATION,
    "kicker": Reason.LABEL,
    "footer": Reason.NAVIGATION,
    "sidebar": Reason.FEED,
    "product": Reason.ADVERTISEMENT,
}


def find_reason(block: Block, language: str) -> tuple[Reason, str]:
    """Return the reason to drop a block, and the rule: by its kind, phrases, tags and classes, or else its links."""
    evidence = block.evidence
    if evidence is not None and evidence.marks.get("hidden"):
        return Reason.HIDDEN, "page.hidden"
    if block.kind in KINDS:
        return KINDS[block.kind], f"page.kind.{block.kind.name.lower()}"
    found = match_phrase(language, block.text)
    if found is not None:
        return found.reason, found.rule
    if evidence is None:
        return Reason.BOILERPLATE, "page.model"
    for segment in reversed(evidence.path[1:]):
        tag = segment_tag(segment)
        if tag in TAGS:
            return TAGS[tag], f"page.tag.{tag}"
        name = _first_group(segment_mask(segment))
        if name:
            return GROUPS[name], f"page.markup.{name}"
    if evidence.link_density > 0.8:
        return Reason.NAVIGATION, "page.links"
    return Reason.BOILERPLATE, "page.model"


@lru_cache(maxsize=4096)
def _first_group(mask: int) -> str:
    """Return the first name of `GROUPS` in a bit mask of groups; "" for none."""
    names = groups()
    return next((name for name in GROUPS if mask >> names.index(name) & 1), "")
