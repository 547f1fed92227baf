"""Rules that are surer than the model: what is never heard, and what always goes with its neighbours.

Each rule looks at one block in the light of its page and gives a verdict or nothing. The rules are tried in the order
of `VETOES`; the first that speaks is the one the ledger names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.cleaner.features import fold, segment_tag
from audiogen.model import BlockKind, Evidence, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from audiogen.cleaner.phrases import Phrases
    from audiogen.model import Article, Block

NOTHING = Evidence()
#: Reasons whose phrases settle a line of four words or more.
SETTLED = frozenset(
    {
        Reason.CAPTION, Reason.CREDIT, Reason.CALL_TO_ACTION, Reason.RELATED, Reason.FEED, Reason.BYLINE, Reason.DATE,
        Reason.ADVERTISEMENT, Reason.COPYRIGHT, Reason.COMMENTS, Reason.SHARE, Reason.FORM, Reason.DISCLAIMER,
        Reason.NAVIGATION, Reason.LABEL, Reason.EMBED, Reason.READING_TIME, Reason.TAGS, Reason.BIOGRAPHY,
    }
)  # fmt: skip
#: Kinds that are heard only through a stand-in or on demand.
SILENT = {
    BlockKind.TABLE: Reason.TABLE,
    BlockKind.CODE: Reason.CODE,
    BlockKind.FORMULA: Reason.FORMULA,
    BlockKind.EMBED: Reason.EMBED,
    BlockKind.CHART: Reason.EMBED,
}
#: Elements whose text is a control, never prose.
CONTROLS = frozenset({"select", "option", "label", "textarea", "nav", "dialog", "optgroup"})
#: An element that holds readers' comments, by its class or id.
COMMENTS = re.compile(
    r"[.#](?:comments?|comment-?(?:list|area|s-area|content|body|section|text|thread|wrap(?:per)?)|comments-(?:area|section|list|wrapper|container)|"
    r"disqus_thread|commentlist|respond|reader-comments)(?:-\d+)?(?=[.#@]|$)",
    re.I,
)
PLACEHOLDER = re.compile(
    r"^\s*(?:\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|\[/?[a-z_-]{3,40}(?:\s[^\]]*=[^\]]*)?\]|lorem ipsum\b.*)\s*$", re.I
)
#: Share of a paragraph inside links from which it is a pointer to another page.
POINTER = 0.75
BRACKETED_POINTER = 0.5
#: Least probability of a block that is heard for its neighbours' sake.
DOUBT = 0.2
#: Longest centred line after a picture that is taken for its caption.
CAPTION_WORDS = 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a block is not heard."""

    reason: Reason
    rule: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the rules see it."""

    article: Article
    #: Each block's probability of being heard, as the model has it.
    chances: NDArray[np.float64]
    known: Phrases
    #: Places of the headline and the standfirst, -1 for none.
    title: int
    dek: int
    #: Place of the first paragraph that is surely heard.
    first: int
    #: Whether the article's text stands after its headline, as it does on all pages but a few.
    titled: bool
    #: Whether most of what is heard stands in a noscript element.
    scriptless: bool

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Give the page's blocks."""
        return self.article.blocks


def is_title(page: Page, place: int) -> Verdict | None:
    """Drop the headline itself, and every line above the text that says it or a part of it."""
    if place == page.dek:
        return Verdict(Reason.TITLE, "page.dek")
    if place == page.title:
        return Verdict(Reason.TITLE, "page.title")
    text, title = fold(page.blocks[place].text), fold(page.article.title)
    if not text or not title:
        return None
    if text == title and (place < page.first or page.chances[place] < 0.9):
        return Verdict(Reason.TITLE, "page.title")
    words = text.split()
    if place < page.first and len(words) > 1 and set(words) <= set(title.split()):
        return Verdict(Reason.TITLE, "page.title-part")
    return None


def is_before_title(page: Page, place: int) -> Verdict | None:
    """Drop what stands before the headline."""
    if page.titled and place < page.title:
        return Verdict(Reason.NAVIGATION, "page.before-title")
    return None


def is_silent(page: Page, place: int) -> Verdict | None:
    """Drop what cannot be heard as it is."""
    kind = page.blocks[place].kind
    return Verdict(SILENT[kind], f"page.kind.{kind.name.lower()}") if kind in SILENT else None


def is_phrase(page: Page, place: int) -> Verdict | None:
    """Drop a line that the words of appeals, captions and labels settle."""
    block = page.blocks[place]
    if len(block.text) > 1500:
        return None
    found = page.known.match(block.text)
    if found is None or found.reason not in SETTLED:
        return None
    if block.text.count(" ") < 3 and page.chances[place] > 0.5:
        return None
    return Verdict(found.reason, found.rule)


def is_pointer(page: Page, place: int) -> Verdict | None:
    """Drop a paragraph that is a link to another page."""
    block = page.blocks[place]
    density = (block.evidence or NOTHING).link_density
    if block.kind is not BlockKind.PARAGRAPH or block.text.count(" ") < 3:
        return None
    if density > POINTER or (density > BRACKETED_POINTER and block.text[0] in "([" and block.text[-1] in ")]"):
        return Verdict(Reason.RELATED, "page.pointer")
    return None


def is_caption(page: Page, place: int) -> Verdict | None:
    """Drop a short centred line right after a picture."""
    block = page.blocks[place]
    marks = (block.evidence or NOTHING).marks
    short = block.kind is BlockKind.PARAGRAPH and block.text.count(" ") < CAPTION_WORDS
    if short and marks.get("centred") and marks.get("pictures_before"):
        return Verdict(Reason.CAPTION, "page.centred-after-picture")
    return None


def is_placeholder(page: Page, place: int) -> Verdict | None:
    """Drop a template's own text that nobody replaced."""
    return Verdict(Reason.BOILERPLATE, "page.placeholder") if PLACEHOLDER.match(page.blocks[place].text) else None


def is_elsewhere(page: Page, place: int) -> Verdict | None:
    """Drop text by the element it stands in: comments, controls, captions, the copy for browsers without scripts."""
    path = (page.blocks[place].evidence or NOTHING).path[1:]
    if any(COMMENTS.search(segment) for segment in path):
        return Verdict(Reason.COMMENTS, "page.comments")
    tags = {segment_tag(segment) for segment in path}
    if "figcaption" in tags:
        return Verdict(Reason.CAPTION, "page.tag.figcaption")
    if "noscript" in tags and not page.scriptless:
        return Verdict(Reason.HIDDEN, "page.tag.noscript")
    control = CONTROLS & tags
    return Verdict(Reason.FORM, f"page.tag.{min(control)}") if control and page.chances[place] < 0.95 else None


VETOES: tuple[Callable[[Page, int], Verdict | None], ...] = (
    is_title,
    is_silent,
    is_phrase,
    is_before_title,
    is_placeholder,
    is_elsewhere,
    is_pointer,
    is_caption,
)


def veto(page: Page, place: int) -> Verdict | None:
    """Give the first rule's verdict on a block, or nothing."""
    return next((verdict for rule in VETOES if (verdict := rule(page, place)) is not None), None)


def with_rescued(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Hear the prose that the model doubts where its neighbours, before and after, in the same element, are heard."""
    spans: dict[int, tuple[int, int]] = {}
    for place, verdict in enumerate(verdicts):
        if verdict is None and (element := _parent(page.blocks[place])):
            spans[element] = (spans.get(element, (place, place))[0], place)
    for place in doubted:
        block = page.blocks[place]
        first, last = spans.get(_parent(block), (place, place))
        if first < place < last and page.chances[place] >= DOUBT and _is_plain(page, block):
            verdicts[place] = None


def _parent(block: Block) -> int:
    elements = block.evidence.elements if block.evidence else ()
    return elements[-2] if len(elements) > 1 else 0


def _is_plain(page: Page, block: Block) -> bool:
    """Say whether a block is a paragraph of prose with nothing about it that speaks of an appeal or a pointer."""
    evidence = block.evidence or NOTHING
    prose = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and block.text.count(" ") >= 8
    plain = evidence.link_density < 0.4 and not evidence.marks.get("hidden") and not evidence.marks.get("pictures_before")
    return prose and plain and block.text.rstrip("\"”’») ")[-1:] in set(".!?:…") and not page.known.hint(block.text)


def without_repeats(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Drop what is heard already: a second copy, or a quote pulled out of a paragraph."""
    heard = [place for place, verdict in enumerate(verdicts) if verdict is None]
    folded = {place: fold(blocks[place].text) for place in heard}
    seen: set[str] = set()
    whole = " | ".join(folded.values())
    for place in heard:
        text = folded[place]
        if len(text) > 60 and text in seen:
            verdicts[place] = Verdict(Reason.DUPLICATE, "page.duplicate")
        elif len(text) > 40 and blocks[place].kind is BlockKind.QUOTE and whole.count(text) > 1:
            verdicts[place] = Verdict(Reason.DUPLICATE, "page.pull-quote")
        seen.add(text)


def without_orphans(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Drop the headings that stand over nothing heard at the article's end."""
    for place in range(len(blocks) - 1, -1, -1):
        if verdicts[place] is None:
            if blocks[place].kind is not BlockKind.HEADING:
                return
            verdicts[place] = Verdict(Reason.BOILERPLATE, "page.orphan-heading")
