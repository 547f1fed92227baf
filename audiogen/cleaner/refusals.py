"""Refuses pages that are no article: paywall stubs, cookie walls, bot checks, listings and others.

A page is refused for two things together: little narrated text, and a sign on the page that shows why. A page with
enough text is an article whatever its signs, because to refuse an article is as bad as to narrate a stub.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import segment_tag, words_of
from audiogen.cleaner.phrases import all_phrases, phrases
from audiogen.cleaner.short_posts import is_whole_post
from audiogen.errors import NotAnArticleError
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audiogen.cleaner.phrases import Phrases
    from audiogen.model import Article, Block

STUB = "paywall stub"
#: Number of narrated words, by kind, from which a page is not refused.
MAX_WORDS = {STUB: 180, "cookie wall": 60, "bot check": 60, "login page": 60, "error page": 80}
#: Fewest narrated words of a stub that is an article's opening, which can be shown but not be made into audio.
MIN_OPENING_WORDS = 60
#: Most words of a page that a wall or a bot check has replaced.
MAX_WALL_WORDS = 600
#: A page with fewer narrated words is a teaser.
MAX_TEASER_WORDS = 25
#: Most narrated words of a listing, and fewest linked headlines.
MAX_LISTING_WORDS, MIN_LISTING_LINKS = 120, 8
#: Fewest words of a paragraph that no listing has.
MIN_ARTICLE_PARAGRAPH = 80
MAX_VIDEO_WORDS = 60
#: A capture with fewer words is a note that the user wrote, not a saved page.
MIN_CAPTURE_WORDS = 25
#: A live blog with fewer narrated words was saved without its entries.
MIN_LIVE_WORDS = 60
#: Ends of sentences in many scripts; an ellipsis is none.
STOPS = (".", "!", "?", "。", "！", "？", "।", "॥", "؟", "۔", "።", "։", "།", "။")
#: Elements with navigation links.
NAVIGATION_TAGS = ("nav", "header", "footer", "aside", "select")
#: Types of articles that pages declare in JSON-LD and OpenGraph.
ARTICLE_TYPES = ("article", "blogposting", "report", "review", "recipe", "howto")


@dataclass(frozen=True, slots=True)
class Case:
    """A page, its cleaned article, and the figures by which it is refused."""

    page: Article
    cleaned: Article
    known: Phrases
    #: Number of narrated words, and of all words of the page.
    narrated_words: int
    page_words: int

    @property
    def types(self) -> str:
        """Return the types that the page declares, in lower case."""
        return self.page.signs.get("types", "")

    @property
    def declares_article(self) -> bool:
        """Return whether the page declares to be an article."""
        return any(kind in self.types for kind in ARTICLE_TYPES)


def check(page: Article, cleaned: Article) -> str:
    """Raise an error if a page is no article; return the evidence that it is only an article's opening, or "".

    Raises:
        NotAnArticleError: the page is no article; the error has the kind of page and the evidence.
    """
    known = phrases(page.language) if page.language else all_phrases()
    case = Case(page, cleaned, known, words_of(cleaned.blocks), words_of(page.blocks))
    for kind, find_evidence in CHECKS:
        evidence = find_evidence(case)
        if evidence and kind == STUB and case.narrated_words >= MIN_OPENING_WORDS:
            return evidence
        if evidence:
            raise NotAnArticleError(subject(page), kind, evidence)
    return ""


def check_speakable(article: Article) -> None:
    """Raise an error if only the opening of an article was saved.

    Raises:
        NotAnArticleError: only the opening was saved; the error has the evidence.
    """
    if evidence := article.signs.get("opening"):
        raise NotAnArticleError(subject(article), STUB, evidence)


def subject(page: Article) -> str:
    """Return the name of a page in error messages: its address, its title or its file."""
    return page.url or page.title or page.source


def _matching_line(case: Case, kind: str) -> str:
    """Return the evidence that a line of the page has a phrase of *kind*; "" if none has."""
    for text in (case.page.title, *(block.text for block in _visible_blocks(case.page.blocks))):
        if text and len(text) < 600 and case.known.refusal(text) == kind:
            return f"it says “{text[:120]}”"
    return ""


def _visible_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are not hidden."""
    return [b for b in blocks if b.evidence is None or not b.evidence.marks.get("hidden")]


def _bot_check(case: Case) -> str:
    """Return the evidence that a bot check replaced the page; "" if none did."""
    return (
        _matching_line(case, "bot check")
        if case.narrated_words < MAX_WORDS["bot check"] and case.page_words < MAX_WALL_WORDS
        else ""
    )


def _error_page(case: Case) -> str:
    """Return the evidence that the page is an error message; "" if it is not."""
    if case.narrated_words >= MAX_WORDS["error page"]:
        return ""
    heads = [case.page.title, *(b.text for b in _visible_blocks(case.page.blocks) if b.kind is BlockKind.HEADING)]
    heading = next((text for text in heads if text and case.known.refusal(text) == "error page"), "")
    if heading:
        return f"its heading says “{heading[:120]}”"
    return _matching_line(case, "error page") if case.page_words < MAX_WALL_WORDS / 3 else ""


def _cookie_wall(case: Case) -> str:
    """Return the evidence that a cookie wall replaced the page; "" if none did."""
    return (
        _matching_line(case, "cookie wall")
        if case.narrated_words < MAX_WORDS["cookie wall"] and case.page_words < MAX_WALL_WORDS
        else ""
    )


def _login_page(case: Case) -> str:
    """Return the evidence that a login replaced the page; "" if none did."""
    if case.narrated_words >= MAX_WORDS["login page"] or case.page_words >= MAX_WALL_WORDS:
        return ""
    password = any(b.evidence and any(s.startswith("form") for s in b.evidence.path) for b in case.page.blocks)
    return _matching_line(case, "login page") if password or case.page_words < MAX_WALL_WORDS / 4 else ""


def _paywall_stub(case: Case) -> str:
    """Return the evidence that the page is only the beginning of an article behind a paywall; "" if it is not."""
    if case.narrated_words >= MAX_WORDS[STUB]:
        return ""
    reason = _matching_line(case, STUB) or _matching_line(case, "paywall")
    if reason and (
        case.narrated_words < MAX_WORDS[STUB] / 2 or case.page.signs.get("free") == "no" or _breaks_off(case)
    ):
        return reason
    if case.page.signs.get("free") == "no" and _breaks_off(case):
        return "it says that it is not free to read, and its text breaks off"
    return ""


def _breaks_off(case: Case) -> bool:
    """Return whether the narrated text ends in an ellipsis or without a full stop."""
    last = next((block.text for block in reversed(case.cleaned.blocks) if block.kind is not BlockKind.STAND_IN), "")
    last = last.rstrip('"”’»)]」』 ')
    return last.endswith(("...", "…")) or not last.endswith(STOPS)


def _live_blog(case: Case) -> str:
    """Return the evidence that a live blog was saved without its entries; "" if it is none."""
    return (
        "it calls itself a live blog"
        if "liveblogposting" in case.types and case.narrated_words < MIN_LIVE_WORDS
        else ""
    )


def _video_page(case: Case) -> str:
    """Return the evidence that the page is a video with little text; "" if it is not."""
    if case.narrated_words >= MAX_VIDEO_WORDS or case.declares_article:
        return ""
    return "it calls itself a video" if "videoobject" in case.types or "og:video" in case.types else ""


def _listing(case: Case) -> str:
    """Return the evidence that the page is a list of articles; "" if it is not."""
    longest = max((words_of([block]) for block in case.cleaned.blocks), default=0)
    if case.narrated_words >= MAX_LISTING_WORDS or longest >= MIN_ARTICLE_PARAGRAPH:
        return ""
    linked = [block for block in _visible_blocks(case.page.blocks) if _is_linked_headline(block)]
    if len(linked) < MIN_LISTING_LINKS or (case.declares_article and case.narrated_words > MAX_TEASER_WORDS):
        return ""
    says = any(kind in case.types for kind in ("collectionpage", "itemlist", "og:website", "searchresultspage"))
    enough = says or len(linked) > 2 * MIN_LISTING_LINKS
    return f"it holds {len(linked)} linked headlines and {case.narrated_words} words of text" if enough else ""


def _is_linked_headline(block: Block) -> bool:
    """Return whether a block is a link of 4 to 30 words outside of navigation."""
    if block.evidence is None or block.evidence.link_density <= 0.9 or not 4 <= len(block.text.split()) <= 30:
        return False
    tags = {segment_tag(segment) for segment in block.evidence.path}
    return not tags & set(NAVIGATION_TAGS) and not any("nav" in s or "menu" in s for s in block.evidence.path[1:])


def _teaser(case: Case) -> str:
    """Return the evidence that a web page has almost no text; "" if it has more, or is a complete short post."""
    if case.narrated_words >= MAX_TEASER_WORDS:
        return ""
    if case.page.format != "html" or (case.declares_article and is_whole_post(case.page, case.cleaned, case.known)):
        return ""
    return (
        f"only {case.narrated_words} words of text are left"
        if case.narrated_words
        else "no text of an article is in it"
    )


def _bare_listing(case: Case) -> str:
    """Return the evidence that a capture is a list of headlines, by sentences since captures have no links; or ""."""
    if case.page.format != "text" or case.narrated_words >= MAX_TEASER_WORDS or case.page_words < MIN_CAPTURE_WORDS:
        return ""
    lines = [block.text for block in case.page.blocks]
    headlines = [text for text in lines if 4 <= len(text.split()) <= 20 and not text.rstrip().endswith((".", "!", ":"))]
    return (
        f"it holds {len(headlines)} headlines and {case.narrated_words} words of text"
        if len(headlines) >= MIN_LISTING_LINKS
        else ""
    )


def _bare_teaser(case: Case) -> str:
    """Return the evidence that a capture is mostly menus and labels; "" if it is not, or is a short note."""
    if case.page.format != "text" or case.narrated_words >= MAX_TEASER_WORDS or case.page_words < MIN_CAPTURE_WORDS:
        return ""
    return (
        f"only {case.narrated_words} of its {case.page_words} words are an article's text"
        if case.narrated_words * 4 < case.page_words
        else ""
    )


#: The kinds with the functions that return evidence of them, the most reliable first.
CHECKS: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("bot check", _bot_check),
    ("error page", _error_page),
    ("live blog", _live_blog),
    (STUB, _paywall_stub),
    ("login page", _login_page),
    ("cookie wall", _cookie_wall),
    ("video page", _video_page),
    ("listing", _listing),
    ("teaser", _teaser),
    ("listing", _bare_listing),
    ("teaser", _bare_teaser),
)
