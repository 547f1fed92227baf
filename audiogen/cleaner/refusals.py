"""Refuses pages that are no article: paywall stubs, cookie walls, bot checks, listings and others.

A refusal needs two things: little that would be heard, and a sign on the page that says why. A page with a fair amount
of text is an article whatever else stands on it; a false alarm costs a listener as much as a stub read aloud.
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
#: Most heard words with which a page may be refused, by kind; most words of the whole page for walls that replace it.
FEW = {STUB: 180, "cookie wall": 60, "bot check": 60, "login page": 60, "error page": 80}
#: From so many heard words a stub is an article's opening, which may be read, but of which no sound is made.
OPENING = 60
#: A wall or a bot check replaces the whole page: beyond this many words there is something behind it.
WALL_WORDS = 600
#: Fewer heard words than these are a teaser, whatever the page says.
TEASER_WORDS = 25
#: Most heard words of a listing or a video page, and least linked headlines of a listing.
LISTING_WORDS, LISTING_LINKS = 120, 8
#: A listing's teasers are shorter than this: a longer paragraph is an article's.
TEASER_PARAGRAPH = 80
VIDEO_WORDS = 60
#: Fewer words than these in a capture are a note that somebody wrote, not a page that somebody saved.
CAPTURE_WORDS = 25
#: Fewer heard words than these are no live blog's entries.
LIVE_WORDS = 60
#: How sentences end, in the scripts of the world; an ellipsis is none.
STOPS = (".", "!", "?", "。", "！", "？", "।", "॥", "؟", "۔", "።", "։", "།", "။")
#: Elements whose links lead round the site.
AROUND = ("nav", "header", "footer", "aside", "select")
#: Types that a page gives itself in JSON-LD and OpenGraph.
ARTICLE_TYPES = ("article", "blogposting", "report", "review", "recipe", "howto")


@dataclass(frozen=True, slots=True)
class Case:
    """A page and what the cleaner made of it."""

    page: Article
    cleaned: Article
    known: Phrases
    #: Words that would be heard, and all of the page.
    heard: int
    words: int

    @property
    def types(self) -> str:
        """Return the types that the page declares."""
        return self.page.signs.get("types", "")

    @property
    def says_article(self) -> bool:
        """Return whether the page calls itself an article."""
        return any(kind in self.types for kind in ARTICLE_TYPES)


def check(page: Article, cleaned: Article) -> str:
    """Refuse a page that is no article; return the sign that it is only an article's opening, or "".

    Raises:
        NotAnArticleError: with the kind of page and what on it says so.
    """
    known = phrases(page.language) if page.language else all_phrases()
    case = Case(page, cleaned, known, words_of(cleaned.blocks), words_of(page.blocks))
    for kind, look in LOOKS:
        evidence = look(case)
        if evidence and kind == STUB and case.heard >= OPENING:
            return evidence
        if evidence:
            raise NotAnArticleError(subject(page), kind, evidence)
    return ""


def check_speakable(article: Article) -> None:
    """Refuse to make sound of an article of which only the opening was saved.

    Raises:
        NotAnArticleError: with what on the page says so.
    """
    if evidence := article.signs.get("opening"):
        raise NotAnArticleError(subject(article), STUB, evidence)


def subject(page: Article) -> str:
    """Name the page in a message."""
    return page.url or page.title or page.source


def _matching_line(case: Case, kind: str) -> str:
    """Return the line that shows that the page is of *kind*."""
    for text in (case.page.title, *(block.text for block in _visible(case.page.blocks))):
        if text and len(text) < 600 and case.known.refusal(text) == kind:
            return f"it says “{text[:120]}”"
    return ""


def _visible(blocks: Sequence[Block]) -> list[Block]:
    return [b for b in blocks if b.evidence is None or not b.evidence.marks.get("hidden")]


def _bot_check(case: Case) -> str:
    return _matching_line(case, "bot check") if case.heard < FEW["bot check"] and case.words < WALL_WORDS else ""


def _error_page(case: Case) -> str:
    if case.heard >= FEW["error page"]:
        return ""
    heads = [case.page.title, *(b.text for b in _visible(case.page.blocks) if b.kind is BlockKind.HEADING)]
    heading = next((text for text in heads if text and case.known.refusal(text) == "error page"), "")
    if heading:
        return f"its heading says “{heading[:120]}”"
    return _matching_line(case, "error page") if case.words < WALL_WORDS / 3 else ""


def _cookie_wall(case: Case) -> str:
    return _matching_line(case, "cookie wall") if case.heard < FEW["cookie wall"] and case.words < WALL_WORDS else ""


def _login_page(case: Case) -> str:
    if case.heard >= FEW["login page"] or case.words >= WALL_WORDS:
        return ""
    password = any(b.evidence and any(s.startswith("form") for s in b.evidence.path) for b in case.page.blocks)
    return _matching_line(case, "login page") if password or case.words < WALL_WORDS / 4 else ""


def _paywall_stub(case: Case) -> str:
    """Return why a page is only the beginning of an article behind a paywall; "" if it is not."""
    if case.heard >= FEW[STUB]:
        return ""
    reason = _matching_line(case, STUB) or _matching_line(case, "paywall")
    if reason and (case.heard < FEW[STUB] / 2 or case.page.signs.get("free") == "no" or _is_cut(case)):
        return reason
    if case.page.signs.get("free") == "no" and _is_cut(case):
        return "it says that it is not free to read, and its text breaks off"
    return ""


def _is_cut(case: Case) -> bool:
    """Return whether the heard text breaks off: an ellipsis, or no full stop at its end."""
    last = next((block.text for block in reversed(case.cleaned.blocks) if block.kind is not BlockKind.STAND_IN), "")
    last = last.rstrip('"”’»)]」』 ')
    return last.endswith(("...", "…")) or not last.endswith(STOPS)


def _live_blog(case: Case) -> str:
    """Know a live blog of which no entries were saved; one with its entries is narrated in the page's order."""
    return "it calls itself a live blog" if "liveblogposting" in case.types and case.heard < LIVE_WORDS else ""


def _video_page(case: Case) -> str:
    if case.heard >= VIDEO_WORDS or case.says_article:
        return ""
    return "it calls itself a video" if "videoobject" in case.types or "og:video" in case.types else ""


def _listing(case: Case) -> str:
    """Return why a page is a list of articles; "" if it is not."""
    longest = max((words_of([block]) for block in case.cleaned.blocks), default=0)
    if case.heard >= LISTING_WORDS or longest >= TEASER_PARAGRAPH:
        return ""
    linked = [block for block in _visible(case.page.blocks) if _is_linked_headline(block)]
    if len(linked) < LISTING_LINKS or (case.says_article and case.heard > TEASER_WORDS):
        return ""
    says = any(kind in case.types for kind in ("collectionpage", "itemlist", "og:website", "searchresultspage"))
    enough = says or len(linked) > 2 * LISTING_LINKS
    return f"it holds {len(linked)} linked headlines and {case.heard} words of text" if enough else ""


def _is_linked_headline(block: Block) -> bool:
    if block.evidence is None or block.evidence.link_density <= 0.9 or not 4 <= len(block.text.split()) <= 30:
        return False
    tags = {segment_tag(segment) for segment in block.evidence.path}
    return not tags & set(AROUND) and not any("nav" in s or "menu" in s for s in block.evidence.path[1:])


def _teaser(case: Case) -> str:
    if case.heard >= TEASER_WORDS:
        return ""
    if case.page.format != "html" or (case.says_article and is_whole_post(case.page, case.cleaned, case.known)):
        return ""
    return f"only {case.heard} words of text are left" if case.heard else "no text of an article is in it"


def _bare_listing(case: Case) -> str:
    """Know a listing in a capture, which has no links to count: headlines without sentences, and no text."""
    if case.page.format != "text" or case.heard >= TEASER_WORDS or case.words < CAPTURE_WORDS:
        return ""
    lines = [block.text for block in case.page.blocks]
    headlines = [text for text in lines if 4 <= len(text.split()) <= 20 and not text.rstrip().endswith((".", "!", ":"))]
    return (
        f"it holds {len(headlines)} headlines and {case.heard} words of text" if len(headlines) >= LISTING_LINKS else ""
    )


def _bare_teaser(case: Case) -> str:
    """Know a capture of menus and labels; a short note is an article however short it is."""
    if case.page.format != "text" or case.heard >= TEASER_WORDS or case.words < CAPTURE_WORDS:
        return ""
    return f"only {case.heard} of its {case.words} words are an article's text" if case.heard * 4 < case.words else ""


#: The kinds, the surest sign first.
LOOKS: tuple[tuple[str, Callable[[Case], str]], ...] = (
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
