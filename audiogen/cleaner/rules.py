"""Rules that are surer than the model: what is never heard, and what always goes with its neighbours.

Each rule looks at one block in the light of its page and gives a verdict or nothing. The rules are tried in the order
of `VETOES`; the first that speaks is the one the ledger names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from audiogen.cleaner.features import fold, groups, hinted, said, segment_mask, segment_tag
from audiogen.cleaner.plugs import is_invitation
from audiogen.cleaner.verdicts import Verdict
from audiogen.model import BlockKind, Evidence, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from audiogen.cleaner.verdicts import Page
    from audiogen.model import Block

NOTHING = Evidence()
#: What a review gives: "4.5 out of 5", "8/10", "7,5 von 10".
RATING = re.compile(r"(?i)\b\d{1,3}(?:[.,]\d)?\s?(?:/|out of|von|sur|de|su|na|z|из|з|із)\s?(?:5|6|10|20|100)\b")
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
    r"[.#](?:comments?|comment-?(?:list|area|s-area|content|body|section|text|thread|wrap(?:per)?)|"
    r"comments-(?:area|section|list|wrapper|container)|"
    r"disqus_thread|commentlist|respond|reader-comments)(?:-\d+)?(?=[.#@]|$)",
    re.I,
)
#: The elements and classes of formulas, and one that was written in TeX and stands as it was written.
FORMULA = re.compile(
    r"(?:math|mjx-\w+)(?=[.#@]|$)|"
    r"[^.#@]*(?:\.[^.#@]+)*\.(?:katex|MathJax|mjx-|mwe-math)(?:[-_]\w+)*(?=[.#@]|$)"
)
TEX = re.compile(r"\s*(?:\\\[.+\\\]|\$\$[^$]+\$\$|\\begin\{(\w+\*?)\}.+\\end\{\1\})\s*[.,;]?")
PLACEHOLDER = re.compile(
    r"^\s*(?:\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|\[/?[a-z_-]{3,40}(?:\s[^\]]*=[^\]]*)?\]|lorem ipsum\b.*)\s*$", re.I
)
#: Share of a paragraph inside links from which it is a pointer to another page.
POINTER = 0.75
BRACKETED_POINTER = 0.5
#: Probability from which hidden text is heard.
SURE = 0.9
#: Probability from which the words of a phrase inside a paragraph do not settle it.
OWN = 0.75
#: How a correction of the article begins, in the languages of the phrases.
CORRECTION = re.compile(
    r"^(?:correction|clarification|korrektur|berichtigung|korrekturhinweis|correctif|rectificatif|fe de errores|"
    r"corrección|correção|"
    r"errata|rettifica|correzione|sprostowanie|виправлення|исправление|поправка)\b[^.:]{0,40}:",
    re.I,
)
#: Least probability of a block that is heard for its neighbours' sake.
DOUBT = 0.2
#: The same for one right before the first of them or right after the last.
EDGE = 0.35
#: Reasons that a doubted paragraph must not sound like.
ASKING = frozenset(
    {Reason.CALL_TO_ACTION, Reason.RELATED, Reason.ADVERTISEMENT, Reason.FEED, Reason.SHARE, Reason.COMMENTS}
)
#: How the first paragraph of a report begins: where it was written, and for whom.
DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]+,? ){1,5}\([A-Z][^()]{1,40}\)|"
    r"[A-Z]{3,}(?:,? [A-Z][\w.]+){0,4} ?(?:\([^()]{2,30}\) ?)?[–—-] "
)
#: How many heard blocks make an element the article's.
COMPANY = 3
#: Letters beyond which a line is a copy of one that is heard, and a quote one that was pulled out of a paragraph.
COPIED, PULLED = 60, 40
#: Words by which the texts that may hold a quote are found, and how many of the texts are looked through.
RUN, LOOKED_THROUGH = 3, 50
#: Longest centred line after a picture that is taken for its caption.
CAPTION_WORDS = 30


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


def is_formula(page: Page, place: int) -> Verdict | None:
    """Drop a formula that stands by itself: MathML, what MathJax and KaTeX draw, or TeX that nobody drew."""
    block = page.blocks[place]
    drawn = any(FORMULA.match(segment) for segment in (block.evidence or NOTHING).path[-3:])
    return Verdict(Reason.FORMULA, "page.formula") if drawn or TEX.fullmatch(block.text) else None


def is_phrase(page: Page, place: int) -> Verdict | None:
    """Drop a line that the words of appeals, captions and labels settle."""
    block = page.blocks[place]
    found = said(page.article.language, block.text)
    if found is None or found.reason not in SETTLED:
        return None
    if _is_own(block, found.place, float(page.chances[place])):
        return None
    return Verdict(found.reason, found.rule)


def _is_own(block: Block, place: str, chance: float) -> bool:
    """Say whether a line is the article's own though it has the words of an appeal or a caption somewhere."""
    if block.text.count(" ") < 3:
        return chance > 0.5
    headed = block.kind in {BlockKind.HEADING, BlockKind.LIST_ITEM}
    return (place == "anywhere" and chance >= (0.5 if headed else OWN)) or (
        place == "start" and block.kind is BlockKind.LIST_ITEM and chance >= OWN
    )


def is_pointer(page: Page, place: int) -> Verdict | None:
    """Drop a paragraph that is a link to another page."""
    block = page.blocks[place]
    density = (block.evidence or NOTHING).link_density
    if block.kind is not BlockKind.PARAGRAPH or block.text.count(" ") < 3:
        return None
    if density > POINTER or (density > BRACKETED_POINTER and block.text[0] in "([" and block.text[-1] in ")]"):
        return Verdict(Reason.RELATED, "page.pointer")
    return None


def is_contents(page: Page, place: int) -> Verdict | None:
    """Drop the entries of a list of what the article itself holds."""
    return Verdict(Reason.NAVIGATION, "page.contents") if place in page.contents else None


def is_hidden(page: Page, place: int) -> Verdict | None:
    """Drop what the page hides, unless the model is sure: folded answers are hidden too, and are the article's."""
    block = page.blocks[place]
    evidence = block.evidence or NOTHING
    if not evidence.marks.get("hidden") or "hidden" in page.around:
        return None
    names = groups()
    shown_later = any(segment_mask(s) >> names.index("consent") & 1 for s in evidence.path[1:])
    unsure = page.chances[place] < SURE or block.kind is BlockKind.HEADING
    return Verdict(Reason.HIDDEN, "page.hidden") if shown_later or unsure else None


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
    if _is_comment(page.blocks[place]):
        return Verdict(Reason.COMMENTS, "page.comments")
    tags = {segment_tag(segment) for segment in path}
    if "figcaption" in tags:
        return Verdict(Reason.CAPTION, "page.tag.figcaption")
    if "noscript" in tags - page.around:
        return Verdict(Reason.HIDDEN, "page.tag.noscript")
    control = (CONTROLS & tags) - page.around
    return Verdict(Reason.FORM, f"page.tag.{min(control)}") if control and page.chances[place] < 0.95 else None


VETOES: tuple[Callable[[Page, int], Verdict | None], ...] = (
    is_title,
    is_hidden,
    is_silent,
    is_formula,
    is_phrase,
    is_before_title,
    is_placeholder,
    is_elsewhere,
    is_contents,
    is_pointer,
    is_caption,
    is_invitation,
)


def veto(page: Page, place: int) -> Verdict | None:
    """Give the first rule's verdict on a block, or nothing."""
    return next((verdict for rule in VETOES if (verdict := rule(page, place)) is not None), None)


def with_rescued(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Hear the prose that the model doubts where its neighbours, before and after, in the same element, are heard."""
    spans: dict[int, list[int]] = {}
    for place, verdict in enumerate(verdicts):
        if verdict is None:
            for element in _near(page.blocks[place]):
                spans.setdefault(element, []).append(place)
    for place in doubted:
        block = page.blocks[place]
        if place > page.first and CORRECTION.match(block.text) and not _is_comment(block):
            verdicts[place] = None
            continue
        heard = next((spans[element] for element in _near(block) if len(spans.get(element, ())) >= COMPANY), [place])
        inside = heard[0] < place < heard[-1] or DATELINE.match(block.text)
        least = DOUBT if inside else EDGE if heard[0] - 1 <= place <= heard[-1] + 1 else 1.0
        if page.chances[place] >= least and _is_plain(page, block):
            verdicts[place] = None


def _is_comment(block: Block) -> bool:
    return any(COMMENTS.search(segment) for segment in (block.evidence or NOTHING).path[1:])


def _near(block: Block) -> tuple[int, ...]:
    """Give the elements around a block, the nearest first, as far as they may be one text's."""
    return (block.evidence.elements if block.evidence else ())[-4:-1][::-1]


def _is_plain(page: Page, block: Block) -> bool:
    """Say whether a block is a paragraph of prose with nothing about it that speaks of an appeal or a pointer."""
    evidence = block.evidence or NOTHING
    prose = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and block.text.count(" ") >= 8
    plain = (
        evidence.link_density < 0.4 and not evidence.marks.get("hidden") and not evidence.marks.get("pictures_before")
    )
    return (
        prose
        and plain
        and block.text.rstrip('"”’») ')[-1:] in set(".!?:…♦■")
        and not (hinted(page.article.language, block.text[:600]) & ASKING)
    )


def without_repeats(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Drop what is heard already: a second copy, or a quote pulled out of a paragraph."""
    heard = [place for place, verdict in enumerate(verdicts) if verdict is None]
    folded = {place: fold(blocks[place].text) for place in heard}
    quotes = {p: t for p, t in folded.items() if len(t) > PULLED and blocks[p].kind is BlockKind.QUOTE}
    pulled = _held_elsewhere(quotes, folded)
    captions = sorted(
        f"{fold(block.text)} "
        for block, verdict in zip(blocks, verdicts, strict=True)
        if verdict and verdict.reason is Reason.CAPTION
    )
    seen: set[str] = set()
    for place in heard:
        text = folded[place]
        if len(text) > PULLED and _begins_one(f"{text} ", captions):
            verdicts[place] = Verdict(Reason.CAPTION, "page.caption-again")
        elif len(text) > COPIED and text in seen:
            verdicts[place] = Verdict(Reason.DUPLICATE, "page.duplicate")
        elif place in pulled:
            verdicts[place] = Verdict(Reason.DUPLICATE, "page.pull-quote")
        seen.add(text)


def _begins_one(text: str, lines: Sequence[str]) -> bool:
    """Say whether one of the sorted *lines* begins with *text*."""
    place = bisect_left(lines, text)
    return place < len(lines) and lines[place].startswith(text)


def _held_elsewhere(quotes: Mapping[int, str], texts: Mapping[int, str]) -> set[int]:
    """Find the quotes whose words stand in another text too.

    Only the texts with the rarest three words of a quote are looked through, and few of them, so that a page of many
    quotes takes no longer than its length.
    """
    runs = {place: set(_runs(text)) for place, text in quotes.items()}
    known: dict[str, list[int]] = {run: [] for own in runs.values() for run in own}
    for place, text in texts.items() if known else ():
        for run in set(_runs(text)):
            if (places := known.get(run)) is not None and len(places) <= LOOKED_THROUGH:
                places.append(place)
    found = set()
    for place, text in quotes.items():
        candidates = min((known[run] for run in runs[place]), key=len, default=[])
        if any(text in texts[other] for other in candidates if other != place):
            found.add(place)
    return found


def _runs(text: str) -> Iterable[str]:
    words = text.split()
    return (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def without_orphans(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> None:
    """Drop the headings that stand over nothing heard at the article's end; what a review ends with is none of them."""
    for place in range(len(blocks) - 1, -1, -1):
        if verdicts[place] is None:
            if blocks[place].kind is not BlockKind.HEADING or RATING.search(blocks[place].text):
                return
            verdicts[place] = Verdict(Reason.BOILERPLATE, "page.orphan-heading")
