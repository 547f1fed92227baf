"""Rules that overrule the model: each drops blocks of one kind, even those with a high probability.

A rule takes a page and the index of a block, and returns a verdict or None. The rules are tried in the order of
`VETOES`; the first verdict is used.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from audiogen.cleaner.elements import is_called, named_elements
from audiogen.cleaner.html.bylines import veto_byline
from audiogen.cleaner.html.captions import MAX_CAPTION_WORDS, veto_caption
from audiogen.cleaner.html.self_promotion import veto_invitation
from audiogen.cleaner.lexis import NOTHING, fold, groups, match_phrase, segment_mask, segment_tag
from audiogen.cleaner.placeholders import SILENT
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.phrases import Match
    from audiogen.model import Block

#: Reasons with phrases that drop a line of four words or more.
DECISIVE = frozenset(
    {
        Reason.CAPTION, Reason.CREDIT, Reason.CALL_TO_ACTION, Reason.RELATED, Reason.FEED, Reason.BYLINE, Reason.DATE,
        Reason.ADVERTISEMENT, Reason.COPYRIGHT, Reason.COMMENTS, Reason.SHARE, Reason.FORM, Reason.DISCLAIMER,
        Reason.NAVIGATION, Reason.LABEL, Reason.EMBED, Reason.READING_TIME, Reason.TAGS, Reason.BIOGRAPHY,
    }
)  # fmt: skip
#: Elements of controls, without prose.
CONTROLS = frozenset({"select", "option", "label", "textarea", "nav", "dialog", "optgroup"})
#: The elements and classes of formulas, and a formula in TeX source.
FORMULA = re.compile(
    r"(?:math|mjx-\w+)(?=[.#@]|$)|"
    r"[^.#@]*(?:\.[^.#@]+)*\.(?:katex|MathJax|mjx-|mwe-math)(?:[-_]\w+)*(?=[.#@]|$)"
)
TEX = re.compile(r"\s*(?:\\\[.+\\\]|\$\$[^$]+\$\$|\\begin\{(\w+\*?)\}.+\\end\{\1\})\s*[.,;]?")
TEMPLATE = re.compile(
    r"^\s*(?:\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|\[/?[a-z_-]{3,40}(?:\s[^\]]*=[^\]]*)?\]|lorem ipsum\b.*)\s*$", re.I
)
#: An error message of the server's programming language that was printed into the page.
MESSAGE = re.compile(
    r"\s*(?:PHP )?(?:deprecated|notice|warning|(?:fatal|parse) error|strict standards)\s?: "
    r".{5,600} in \S+\.(?:php|inc|phtml)\b.{0,40}\bon line \d+",
    re.I | re.S,
)
#: Share of a paragraph inside links from which it is only a link to another page.
POINTER = 0.75
BRACKETED_POINTER = 0.5
#: Probability from which hidden text is narrated.
SURE = 0.9
#: Probability from which a phrase inside a paragraph does not drop it.
LIKELY_ARTICLE = 0.75
CREDITS = frozenset({Reason.CAPTION, Reason.CREDIT})
#: Reasons with phrases that may also begin a heading or a list item: "Of risks and side effects".
LABELS = frozenset({Reason.TAGS, Reason.BYLINE})
#: Entries of `Page.around`: most of the certain prose is links to other pages, or the placeholder text of a
#: template.
LINKED, FILLED = "linked", "filled"


def veto_title(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is the headline, the standfirst, or a line above the text that repeats part of it."""
    if index == page.dek:
        return Verdict(Reason.TITLE, "page.dek")
    if index == page.title:
        return Verdict(Reason.TITLE, "page.title")
    text, title = fold(page.blocks[index].text), fold(page.article.title)
    if not text:
        return None
    if text == title and (index < page.first or page.chances[index] < 0.9):
        return Verdict(Reason.TITLE, "page.title")
    words = text.split()
    if index < page.first and len(words) > 1 and set(words) <= set(title.split()):
        return Verdict(Reason.TITLE, "page.title-part")
    return None


def veto_before_title(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is before the headline of a page with its text after the headline."""
    if page.titled and index < page.title:
        return Verdict(Reason.NAVIGATION, "page.before-title")
    return None


def veto_silent_kind(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block has a kind that cannot be narrated."""
    kind = page.blocks[index].kind
    return Verdict(SILENT[kind], f"page.kind.{kind.name.lower()}") if kind in SILENT else None


def veto_formula(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is a formula: MathML, the output of MathJax or KaTeX, or TeX source."""
    block = page.blocks[index]
    drawn = any(FORMULA.match(segment) for segment in (block.evidence or NOTHING).path[-3:])
    return Verdict(Reason.FORMULA, "page.formula") if drawn or TEX.fullmatch(block.text) else None


def veto_note(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is a note at the end with a mark that the text has."""
    return Verdict(Reason.REFERENCES, "page.note") if index in page.notes else None


def veto_phrase(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a phrase of an appeal, a caption or a label matches a line, unless the article has it."""
    block = page.blocks[index]
    found = match_phrase(page.article.language, block.text)
    if found is None or found.reason not in DECISIVE:
        return None
    if _is_of_article(block, found, float(page.chances[index])):
        return None
    return Verdict(found.reason, found.rule)


def _is_of_article(block: Block, found: Match, chance: float) -> bool:
    """Return whether a line is part of the article although a phrase matches it: by its kind and its probability."""
    if block.text.count(" ") < 3:
        return chance > 0.5
    headed = block.kind in {BlockKind.HEADING, BlockKind.LIST_ITEM}
    plain = headed or (found.reason in CREDITS and block.text.count(" ") >= MAX_CAPTION_WORDS)
    return {
        "anywhere": chance >= (0.5 if plain else LIKELY_ARTICLE),
        "start": block.kind is BlockKind.LIST_ITEM and chance >= LIKELY_ARTICLE,
        "whole": headed and found.reason in LABELS and chance >= 0.5,
    }.get(found.anchor, False)


def veto_pointer(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a paragraph is only a link to another page."""
    block = page.blocks[index]
    density = (block.evidence or NOTHING).link_density
    if block.kind is not BlockKind.PARAGRAPH or block.text.count(" ") < 3 or LINKED in page.around:
        return None
    if density > POINTER or (density > BRACKETED_POINTER and block.text[0] in "([" and block.text[-1] in ")]"):
        return Verdict(Reason.RELATED, "page.pointer")
    return None


def veto_contents_entry(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is an entry of the article's table of contents."""
    return Verdict(Reason.NAVIGATION, "page.contents") if index in page.contents else None


def veto_hidden(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is hidden, unless the model is certain: collapsed answers are part of the article."""
    block = page.blocks[index]
    evidence = block.evidence or NOTHING
    if not evidence.marks.get("hidden") or "hidden" in page.around:
        return None
    names = groups()
    shown_later = any(segment_mask(s) >> names.index("consent") & 1 for s in evidence.path[1:])
    # A hidden paragraph stays hidden; a hidden container may be an answer that a click opens.
    concealed = evidence.marks.get("concealed") or block.kind is BlockKind.HEADING
    unsure = concealed or page.chances[index] < SURE
    return Verdict(Reason.HIDDEN, "page.hidden") if shown_later or unsure else None


def veto_named_element(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is in an element with the name of a caption, a widget or a box about the author.

    Elements with a probability limit (`NamedElement.least`) count only below it, only after the first paragraph, and
    only if they do not contain most of the text.
    """
    evidence = page.blocks[index].evidence or NOTHING
    inner = [
        segment
        for segment, element in zip_longest(evidence.path[1:], evidence.elements[1:])
        if segment and element not in page.outer and index > page.first
    ]
    chance = page.chances[index]
    found = next(
        (
            named.reason
            for named in named_elements()
            if named.reason is not Reason.COMMENTS
            and (named.least is None or chance < named.least)
            and is_called(named, evidence.path if named.least is None else inner)
        ),
        None,
    )
    return Verdict(found, f"page.named.{found.name.lower()}") if found else None


def veto_template(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is a template's placeholder text, or an error message of the server's software."""
    text = page.blocks[index].text
    if MESSAGE.match(text):
        return Verdict(Reason.BOILERPLATE, "page.message")
    filled = TEMPLATE.match(text) and FILLED not in page.around
    return Verdict(Reason.BOILERPLATE, "page.placeholder") if filled else None


def veto_other_element(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is in an element of comments, controls or captions, or in `noscript`."""
    path = (page.blocks[index].evidence or NOTHING).path[1:]
    if is_comment(page.blocks[index]):
        return Verdict(Reason.COMMENTS, "page.comments")
    tags = {segment_tag(segment) for segment in path}
    if "figcaption" in tags:
        return Verdict(Reason.CAPTION, "page.tag.figcaption")
    if "noscript" in tags - page.around:
        return Verdict(Reason.HIDDEN, "page.tag.noscript")
    control = (CONTROLS & tags) - page.around
    return Verdict(Reason.FORM, f"page.tag.{min(control)}") if control and page.chances[index] < 0.95 else None


VETOES: tuple[Callable[[Page, int], Verdict | None], ...] = (
    veto_title,
    veto_hidden,
    veto_silent_kind,
    veto_formula,
    veto_note,
    veto_phrase,
    veto_before_title,
    veto_template,
    veto_other_element,
    veto_contents_entry,
    veto_pointer,
    veto_caption,
    veto_byline,
    veto_named_element,
    veto_invitation,
)


def veto(page: Page, index: int) -> Verdict | None:
    """Return the first verdict of `VETOES` on a block; None if there is none."""
    return next((verdict for rule in VETOES if (verdict := rule(page, index)) is not None), None)


def is_comment(block: Block) -> bool:
    """Return whether a block is in an element of readers' comments."""
    path = (block.evidence or NOTHING).path[1:]
    return any(is_called(named, path) for named in named_elements() if named.reason is Reason.COMMENTS)
