"""Rules that overrule the model: blocks that are never narrated.

Each rule judges one block of a page, and returns a verdict or None. The rules are tried in the order of `VETOES`; the
ledger names the first one with a verdict.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from audiogen.cleaner.elements import is_called, named_elements
from audiogen.cleaner.html.bylines import is_byline
from audiogen.cleaner.html.captions import CAPTION_WORDS, is_caption
from audiogen.cleaner.html.self_promotion import is_invitation
from audiogen.cleaner.lexis import NOTHING, fold, groups, match_phrase, segment_mask, segment_tag
from audiogen.cleaner.placeholders import SILENT
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.phrases import Match
    from audiogen.model import Block

#: Reasons whose phrases decide about a line of four words or more.
DECISIVE = frozenset(
    {
        Reason.CAPTION, Reason.CREDIT, Reason.CALL_TO_ACTION, Reason.RELATED, Reason.FEED, Reason.BYLINE, Reason.DATE,
        Reason.ADVERTISEMENT, Reason.COPYRIGHT, Reason.COMMENTS, Reason.SHARE, Reason.FORM, Reason.DISCLAIMER,
        Reason.NAVIGATION, Reason.LABEL, Reason.EMBED, Reason.READING_TIME, Reason.TAGS, Reason.BIOGRAPHY,
    }
)  # fmt: skip
#: Elements whose text is a control, never prose.
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
#: Probability of being the article's from which a phrase inside a paragraph does not decide about it.
LIKELY_ARTICLE = 0.75
CREDITS = frozenset({Reason.CAPTION, Reason.CREDIT})
#: Reasons whose words may also begin a heading or an item of a list: "Of risks and side effects".
LABELS = frozenset({Reason.TAGS, Reason.BYLINE})
#: Signs of certain prose, on a page that has nothing else: it is links to other pages, or the placeholder text of a
#: template.
LINKED, FILLED = "linked", "filled"


def is_title(page: Page, index: int) -> Verdict | None:
    """Drop the headline itself, and every line above the text that repeats it or a part of it."""
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


def is_before_title(page: Page, index: int) -> Verdict | None:
    """Drop what is before the headline."""
    if page.titled and index < page.title:
        return Verdict(Reason.NAVIGATION, "page.before-title")
    return None


def is_silent(page: Page, index: int) -> Verdict | None:
    """Drop a block of a kind that cannot be narrated."""
    kind = page.blocks[index].kind
    return Verdict(SILENT[kind], f"page.kind.{kind.name.lower()}") if kind in SILENT else None


def is_formula(page: Page, index: int) -> Verdict | None:
    """Drop a block that is a formula: MathML, the output of MathJax or KaTeX, or TeX source."""
    block = page.blocks[index]
    drawn = any(FORMULA.match(segment) for segment in (block.evidence or NOTHING).path[-3:])
    return Verdict(Reason.FORMULA, "page.formula") if drawn or TEX.fullmatch(block.text) else None


def is_note(page: Page, index: int) -> Verdict | None:
    """Drop a note at the end whose mark is in the text."""
    return Verdict(Reason.REFERENCES, "page.note") if index in page.notes else None


def is_phrase(page: Page, index: int) -> Verdict | None:
    """Drop a line that has the phrases of an appeal, a caption or a label, unless it is the article's own."""
    block = page.blocks[index]
    found = match_phrase(page.article.language, block.text)
    if found is None or found.reason not in DECISIVE:
        return None
    if _is_of_article(block, found, float(page.chances[index])):
        return None
    return Verdict(found.reason, found.rule)


def _is_of_article(block: Block, found: Match, chance: float) -> bool:
    """Return whether a line belongs to the article although it has the words of an appeal or a caption."""
    if block.text.count(" ") < 3:
        return chance > 0.5
    headed = block.kind in {BlockKind.HEADING, BlockKind.LIST_ITEM}
    plain = headed or (found.reason in CREDITS and block.text.count(" ") >= CAPTION_WORDS)
    return {
        "anywhere": chance >= (0.5 if plain else LIKELY_ARTICLE),
        "start": block.kind is BlockKind.LIST_ITEM and chance >= LIKELY_ARTICLE,
        "whole": headed and found.reason in LABELS and chance >= 0.5,
    }.get(found.anchor, False)


def is_pointer(page: Page, index: int) -> Verdict | None:
    """Drop a paragraph that is only a link to another page."""
    block = page.blocks[index]
    density = (block.evidence or NOTHING).link_density
    if block.kind is not BlockKind.PARAGRAPH or block.text.count(" ") < 3 or LINKED in page.around:
        return None
    if density > POINTER or (density > BRACKETED_POINTER and block.text[0] in "([" and block.text[-1] in ")]"):
        return Verdict(Reason.RELATED, "page.pointer")
    return None


def is_contents(page: Page, index: int) -> Verdict | None:
    """Drop the entries of the article's table of contents."""
    return Verdict(Reason.NAVIGATION, "page.contents") if index in page.contents else None


def is_hidden(page: Page, index: int) -> Verdict | None:
    """Drop what the page hides, unless the model is certain: collapsed answers belong to the article, too."""
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


def is_named(page: Page, index: int) -> Verdict | None:
    """Drop a block in an element that is named as a caption, a widget or a box about the author, unless it is certain.

    The names of elements that contain most of the text, or are before it, do not count, except those that are never the
    article's.
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


def is_template(page: Page, index: int) -> Verdict | None:
    """Drop the placeholder text of a template, and error messages of the program that made the page."""
    text = page.blocks[index].text
    if MESSAGE.match(text):
        return Verdict(Reason.BOILERPLATE, "page.message")
    filled = TEMPLATE.match(text) and FILLED not in page.around
    return Verdict(Reason.BOILERPLATE, "page.placeholder") if filled else None


def is_elsewhere(page: Page, index: int) -> Verdict | None:
    """Drop text in elements for something else: comments, controls, captions, the copy for browsers without scripts."""
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
    is_title,
    is_hidden,
    is_silent,
    is_formula,
    is_note,
    is_phrase,
    is_before_title,
    is_template,
    is_elsewhere,
    is_contents,
    is_pointer,
    is_caption,
    is_byline,
    is_named,
    is_invitation,
)


def veto(page: Page, index: int) -> Verdict | None:
    """Return the verdict of the first rule that has one on a block, or None."""
    return next((verdict for rule in VETOES if (verdict := rule(page, index)) is not None), None)


def is_comment(block: Block) -> bool:
    """Return whether a block is in the comments of readers."""
    path = (block.evidence or NOTHING).path[1:]
    return any(is_called(named, path) for named in named_elements() if named.reason is Reason.COMMENTS)
