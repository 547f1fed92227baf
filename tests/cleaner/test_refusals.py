"""Each kind of page that is no article, in several languages and shapes, and the article that is nearly one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner import check_speakable, clean
from audiogen.cleaner.refusals import MAX_WORDS, check
from audiogen.errors import NotAnArticleError
from audiogen.model import Article, Block, BlockKind
from audiogen.readers.html import read_html
from audiogen.readers.text import read_text
from tests.cleaner.blocks import PROSE, heading, make_block
from tests.cleaner.pages import make_article

if TYPE_CHECKING:
    from collections.abc import Sequence


def make(body: str, title: str = "The Quay Post", head: str = "") -> str:
    return f"<html lang='en'><head><title>{title}</title>{head}</head><body><main>{body}</main></body></html>"


LINE = "The harbour board has decided something that our subscribers can read about in full on this page."
LINKS = "".join(f"<li><a href='/{n}'>Another long headline about harbour matter number {n}</a></li>" for n in range(20))
LIVE = '<script type=\'application/ld+json\'>{"@type": "LiveBlogPosting", "headline": "Storm"}</script>'
PAGES = {
    "paywall stub": make(f"<h1>Board decides</h1><p>{LINE}</p><div><p>Subscribe to continue reading</p></div>"),
    "bot check": make(
        "<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>", "Just a moment..."
    ),
    "error page": make("<h1>Page not found</h1><p>Go back to the front page.</p>", "Page not found"),
    "login page": make(
        "<form><h1>Log in</h1><label>Password</label><a href='/f'>Forgot your password?</a></form>", "Log in"
    ),
    "cookie wall": make("<div><p>We and our partners use cookies.</p><button>Accept all cookies</button></div>"),
    "listing": make(f"<h1>News</h1><ul>{LINKS}</ul>", head="<meta property='og:type' content='website'>"),
    "video page": make(
        "<h1>The tide in one minute</h1><p>Watch it here.</p>", head="<meta property='og:type' content='video.other'>"
    ),
    "live blog": make(f"<h1>Storm</h1><p>{LINE}</p>", head=LIVE),
    "teaser": make("<h1>The clock</h1><p>It is right again.</p>"),
}


@pytest.mark.parametrize(("kind", "page"), PAGES.items(), ids=list(PAGES))
def test_what_is_no_article_is_refused_with_its_kind_and_evidence(kind: str, page: str) -> None:
    with pytest.raises(NotAnArticleError) as caught:
        clean(read_html(page))
    assert caught.value.kind == kind
    assert caught.value.evidence


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_force_narrates_what_there_is(page: str) -> None:
    assert clean(read_html(page), force=True).cleaned


def opening(words: int) -> str:
    """Make a page that is not free and breaks off after about so many words."""
    text = "The board has met again, and again it has not agreed on the colour of the boats. " * (words // 16)
    sold = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    return make(f"<article><h1>Board decides</h1><p>{text} But all…</p></article>", head=sold)


def test_the_opening_before_a_paywall_is_cleaned_and_not_spoken() -> None:
    article = clean(read_html(opening(100)))
    assert "not free to read" in article.signs["opening"]
    assert article.blocks
    with pytest.raises(NotAnArticleError):
        check_speakable(article)


def test_with_force_an_opening_is_an_article() -> None:
    check_speakable(clean(read_html(opening(100)), force=True))


def test_less_than_an_opening_is_refused_at_once() -> None:
    with pytest.raises(NotAnArticleError):
        clean(read_html(opening(40)))


def test_an_article_that_speaks_of_subscriptions_is_no_stub() -> None:
    around = "<div><p>Subscribe to continue reading</p></div>"
    long = (
        "<p>"
        + "The board has met again, and again it has not been able to agree on the colour of the boats. " * 12
        + "</p>"
    )
    assert clean(make_article(long, after=around)).blocks


def test_an_article_behind_a_cookie_notice_is_heard() -> None:
    notice = "<div class='cookie'><p>We and our partners use cookies.</p><button>Accept all cookies</button></div>"
    assert len(clean(make_article(before=notice)).blocks) == 5


FULL = [make_block(text) for text in PROSE]
#: 38 words, enough not to be a teaser.
STUB = [make_block(text) for text in PROSE[:2]]
SHORT = [make_block("The harbour board met again on Monday, and will meet again.")]


def kind_of(heard: Sequence[Block], *others: Block, title: str = "The tide clock is right again", **about: str) -> str:
    """Refuse, or not, a page with these blocks of which the first are heard; give the kind, "" for an article."""
    signs: dict[str, str] = {key: value for key, value in about.items() if key in {"types", "free"}}
    page = Article(
        title=title, language=about.get("language", "en"), format=about.get("format", "html"),
        url="https://post.example/a", blocks=(*heard, *others), signs=signs,
    )  # fmt: skip
    try:
        opening = check(page, replace(page, blocks=tuple(heard)))
    except NotAnArticleError as error:
        return error.kind if error.evidence and error.kind in str(error) else "without evidence"
    return "opening" if opening else ""


CALLS = {
    "en": "Subscribe to continue reading",
    "de": "Um diesen Artikel zu lesen, benötigen Sie ein Abonnement",
    "fr": "Cet article est réservé aux abonnés",
    "es": "Este contenido es exclusivo para suscriptores",
    "it": "Questo articolo è riservato agli abbonati",
    "pt": "Este conteúdo é exclusivo para assinantes",
    "pl": "Ten artykuł jest dostępny tylko dla subskrybentów",
    "ru": "Эта статья доступна только подписчикам",
    "uk": "Ця стаття доступна лише для передплатників",
}


@pytest.mark.parametrize(("language", "call"), CALLS.items())
def test_a_short_text_with_a_call_to_subscribe_is_a_stub(language: str, call: str) -> None:
    assert kind_of(STUB, make_block(call), language=language) == "paywall stub"
    assert kind_of(FULL * 2, make_block(call), language=language) == ""


STUBS = {
    "it says it is not free and breaks off": (
        [*STUB[:1], make_block(f"{PROSE[1][:-1]}…")],
        {"free": "no"},
        "paywall stub",
    ),
    "it says it is not free and is whole": (STUB, {"free": "no"}, ""),
    "it says it is free and breaks off": ([*STUB[:1], make_block(f"{PROSE[1][:-1]}…")], {"free": "yes"}, ""),
}


@pytest.mark.parametrize(("heard", "signs", "kind"), STUBS.values(), ids=STUBS)
def test_a_text_that_is_not_free_and_breaks_off_is_a_stub(heard: list[Block], signs: dict[str, str], kind: str) -> None:
    assert kind_of(heard, **signs) == kind


def test_a_whole_short_article_with_a_call_below_is_no_stub() -> None:
    heard = FULL[:6]
    words = sum(len(block.text.split()) for block in heard)
    assert MAX_WORDS["paywall stub"] / 2 < words < MAX_WORDS["paywall stub"]
    assert kind_of(heard, make_block(CALLS["en"])) == ""
    assert kind_of([*heard[:-1], make_block("And then, of course,")], make_block(CALLS["en"])) == "opening"


def test_a_stub_with_some_of_the_article_is_its_opening() -> None:
    broken = make_block(f"{PROSE[5][:-1]}…")
    words = [sum(len(block.text.split()) for block in [*FULL[:count], broken]) for count in (1, 4)]
    assert words[0] < 60 < words[1]
    assert kind_of([*FULL[:1], broken], free="no") == "paywall stub"
    assert kind_of([*FULL[:4], broken], free="no") == "opening"


@pytest.mark.parametrize("signs", [{}, {"free": "no"}, {"opening": ""}], ids=["none", "not free", "whole"])
def test_sound_is_made_of_what_is_whole(signs: dict[str, str]) -> None:
    check_speakable(Article(title="The clock", signs=signs))


def test_no_sound_is_made_of_an_opening() -> None:
    with pytest.raises(
        NotAnArticleError, match=r"paywall stub: it breaks off\. To narrate it anyway: --force\."
    ) as caught:
        check_speakable(Article(title="The clock", signs={"opening": "it breaks off"}))
    assert caught.value.kind == "paywall stub"


def test_a_call_to_subscribe_that_the_page_hides_is_no_sign() -> None:
    assert kind_of(STUB, make_block(CALLS["en"], hidden=1.0)) == ""


WALLS = {
    "a bot check": ("bot check", ["Verify you are human", "Checking your browser before you go on."], "en"),
    "a bot check by its title": ("bot check", ["Ray ID: 1234"], "en"),
    "a cookie wall": ("cookie wall", ["We and our partners use cookies.", "Accept all cookies"], "en"),
    "a cookie wall, de": ("cookie wall", ["Alle Cookies akzeptieren"], "de"),
    "an error page": ("error page", ["Page not found"], "en"),
    "an error page, de": ("error page", ["Die Seite wurde nicht gefunden"], "de"),
    "an error page, fr": ("error page", ["Page introuvable"], "fr"),
    "an error page, es": ("error page", ["Página no encontrada"], "es"),
    "an error page, it": ("error page", ["Pagina non trovata"], "it"),
    "an error page, pt": ("error page", ["Página não encontrada"], "pt"),
    "an error page, pl": ("error page", ["Nie znaleziono strony"], "pl"),
    "an error page, ru": ("error page", ["Страница не найдена"], "ru"),
    "an error page, uk": ("error page", ["Сторінку не знайдено"], "uk"),
    "a login page": ("login page", ["Log in", "Forgot your password?"], "en"),
}


@pytest.mark.parametrize(("kind", "lines", "language"), WALLS.values(), ids=WALLS)
def test_a_wall_without_an_article_is_refused(kind: str, lines: list[str], language: str) -> None:
    blocks = [heading(lines[0]), *(make_block(line, inside=("form", "p")) for line in lines[1:])]
    assert kind_of([], *blocks, language=language, title=lines[0]) == kind


@pytest.mark.parametrize(("kind", "lines", "language"), WALLS.values(), ids=WALLS)
def test_the_same_words_on_an_articles_page_are_nothing(kind: str, lines: list[str], language: str) -> None:
    assert kind, kind
    assert kind_of(FULL, *(make_block(line) for line in lines), language=language) == ""


LINKED = [
    make_block(f"Another long headline about harbour matter number {n}", inside=("div", "a"), density=1.0)
    for n in range(2 * 9)
]
LISTINGS = {
    "many links": (LINKED, {}, "listing"),
    "fewer, and it says so": (LINKED[:8], {"types": "collectionpage"}, "listing"),
    "a front page": (LINKED[:8], {"types": "og:website"}, "listing"),
    "fewer": (LINKED[:7], {"types": "collectionpage"}, ""),
    "fewer, and it says nothing": (LINKED[:8], {}, ""),
    "an article among others": (LINKED, {"types": "newsarticle"}, ""),
}


@pytest.mark.parametrize(("links", "signs", "kind"), LISTINGS.values(), ids=LISTINGS)
def test_linked_headlines_and_little_text_are_a_listing(links: list[Block], signs: dict[str, str], kind: str) -> None:
    assert kind_of(STUB, *links, **signs) == kind


@pytest.mark.parametrize("around", ["nav", "footer", "aside", "header"])
def test_links_round_the_site_make_no_listing(around: str) -> None:
    links = [make_block(block.text, inside=(around, "a"), density=1.0) for block in LINKED]
    assert kind_of(STUB, *links) == ""


def test_a_full_article_with_a_feed_below_is_no_listing() -> None:
    assert kind_of(FULL, *LINKED, *LINKED) == ""


SIGNED = {
    "a video": ([*STUB[:1], *SHORT], {"types": "videoobject"}, "video page"),
    "a video in OpenGraph": ([*STUB[:1], *SHORT], {"types": "og:video.other"}, "video page"),
    "an article with a video": ([*STUB[:1], *SHORT], {"types": "videoobject newsarticle"}, ""),
    "a video with its transcript": (FULL, {"types": "videoobject"}, ""),
    "a live blog with its entries": (FULL, {"types": "liveblogposting"}, ""),
    "a live blog without entries": (SHORT, {"types": "liveblogposting"}, "live blog"),
    "a blog": (FULL, {"types": "blogposting"}, ""),
}


@pytest.mark.parametrize(("heard", "signs", "kind"), SIGNED.values(), ids=SIGNED)
def test_what_a_page_calls_itself_counts(heard: list[Block], signs: dict[str, str], kind: str) -> None:
    assert kind_of(heard, **signs) == kind


def test_a_few_words_are_a_teaser_in_html_only() -> None:
    assert sum(len(block.text.split()) for block in SHORT) < 25
    assert kind_of(SHORT) == "teaser"
    assert kind_of(SHORT, format="markdown") == ""


def test_a_page_of_which_nothing_is_heard_is_told_in_words() -> None:
    page = read_html("<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></body></html>")
    with pytest.raises(NotAnArticleError, match="a teaser: no text of an article is in it"):
        check_speakable(clean(page))


def test_words_are_counted_where_a_script_writes_no_blanks() -> None:
    text = (
        "港の時計は長いあいだ狂っていたが、誰も気にしなかった。秋になって二人の見習いがそれを外し、"
        "歯車を一つずつ測り、削られた歯を見つけた。月曜日から時計は正しい潮を示している。"
    )
    assert kind_of([make_block(text)], language="ja") == ""


def test_a_stand_in_is_no_end_of_a_text() -> None:
    stand_in = Block("A table is in the article.", BlockKind.STAND_IN)
    assert kind_of([STUB[0], make_block(f"{PROSE[1][:-1]}…"), stand_in], free="no") == "paywall stub"


@pytest.mark.parametrize(
    ("stop", "kind"), [("।", ""), ("。", ""), ("؟", ""), ("", "paywall stub"), ("…", "paywall stub")]
)
def test_a_text_that_is_not_free_is_cut_where_no_sentence_ends(stop: str, kind: str) -> None:
    assert kind_of([STUB[0], make_block(f"{PROSE[1][:-1]}{stop}")], free="no") == kind


@pytest.mark.parametrize(("words", "kind"), [(60, ""), (59, "live blog")])
def test_a_live_blog_has_entries(words: int, kind: str) -> None:
    assert kind_of([make_block(" ".join(["tide"] * words) + ".")], types="liveblogposting") == kind


@pytest.mark.parametrize(
    "title", ["The king will live by the quay", "Live: the clock is hung again", "Where boatmen live"]
)
def test_an_article_that_only_says_live_is_none(title: str) -> None:
    article = clean(
        make_article("<p>The hour of the first stroke was shown live on the screens of the town.</p>", title=title)
    )
    assert len(article.blocks) == 6


def test_an_unknown_language_is_searched_in_all() -> None:
    assert kind_of([], heading("Сторінку не знайдено"), title="", language="") == "error page"


def test_the_subject_is_what_the_page_is_known_by() -> None:
    page = Article(title="Log in", format="html", source="saved/a.html", blocks=tuple(SHORT))
    for known in (page, replace(page, title=""), replace(page, url="https://post.example/a")):
        with pytest.raises(NotAnArticleError) as caught:
            check(known, known)
        assert caught.value.subject == known.url or known.title or known.source


HEADLINES = [
    "Harbour freezes for the first time in thirty years", "Herring prices double in a week on the islands",
    "Council puts off its vote on the new school", "Lighthouse keeper retires after forty-one years",
    "Ferry company counts its losses after the frost", "Bridge at Westerby hums again in the wind",
    "Museum of stopped clocks needs a warmer home", "Five soups for a long winter on the coast",
    "Nine voters decide on the future of a village", "Eels found in a bend of the river again",
]  # fmt: skip
CAPTURES = {
    "listing": "\n".join(["Northern Post", "Skip to content", "* Home", *HEADLINES, "© 2024 Northern Post"]),
    "login page": "Northern Post\nLog in\nEmail address\nPassword\nForgot your password?\nDon't have an account?",
    "bot check": "Just a moment...\nVerify you are human\nexample.org needs to review the security of your connection.",
    "error page": "Northern Post\n* Home\nPage not found\nBack to home\n© 2024 Northern Post",
    "cookie wall": "Before you continue\nWe use cookies and data to deliver our services.\nAccept all\nReject all",
    "paywall stub": (
        "Northern Post\nHarbour freezes for the first time in thirty years\nBy Ada Lind\n"
        "The harbour froze in the third week of January, and no ferry has left it since Tuesday, they said on…\n"
        "Subscribe to continue reading\nAlready a subscriber? Log in"
    ),
    "teaser": "\n".join(["Home", "News", "Sport", "Weather", "Contact", "About us", "Privacy"] * 5),
}


@pytest.mark.parametrize(("kind", "page"), CAPTURES.items(), ids=CAPTURES)
def test_a_capture_without_an_article_is_refused_by_its_kind(kind: str, page: str) -> None:
    with pytest.raises(NotAnArticleError) as caught:
        clean(read_text(page))
    assert caught.value.kind == kind
    assert caught.value.evidence


LABELS = [
    "Home",
    "News",
    "Sport",
    "Weather",
    "Travel",
    "Money",
    "Health",
    "Science",
    "Culture",
    "Video",
    "Audio",
    "Letters",
    "Archive",
    "Contact",
    "About",
    "Careers",
    "Privacy",
    "Cookies",
    "Terms",
    "Sitemap",
    "Newsletters",
    "Podcasts",
    "Puzzles",
    "Jobs",
    "Help",
]


@pytest.mark.parametrize(("words", "refused"), [(24, False), (25, True)])
def test_a_capture_of_labels_is_a_teaser_from_so_many_words_on_and_a_note_below(words: int, refused: bool) -> None:
    page = read_text("\n".join(LABELS[:words]))
    if refused:
        with pytest.raises(NotAnArticleError, match=f"only 0 of its {words} words"):
            clean(page)
    else:
        assert clean(page).cleaned


@pytest.mark.parametrize("kind", CAPTURES)
def test_what_there_is_of_a_capture_can_be_had_by_force(kind: str) -> None:
    assert clean(read_text(CAPTURES[kind]), force=True).cleaned


def test_a_note_of_one_sentence_is_an_article() -> None:
    sentence = "The harbour froze in the third week of January, and no ferry left it."
    article = clean(read_text(sentence))
    assert [block.text for block in article.blocks] == [sentence]
    assert article.title == ""


def of_words(count: int, end: str = ".") -> list[Block]:
    """Make a paragraph of so many words."""
    return [make_block(" ".join(["tide"] * count) + end)]


ROBOT, COOKIES = make_block("Verify you are human"), make_block("Accept all cookies")
LOGIN = make_block("Forgot your password?", inside=("form", "p"))
BARE_LOGIN = make_block("Forgot your password?")
LOST, CALL = heading("Page not found"), make_block("Subscribe to continue reading")
LIMITS = {
    "bot check, below": (of_words(59), [ROBOT], {}, "bot check"),
    "bot check, at": (of_words(60), [ROBOT], {}, ""),
    "a wall, below": (of_words(30), [ROBOT, *of_words(565)], {}, "bot check"),
    "a wall, at": (of_words(30), [ROBOT, *of_words(566)], {}, ""),
    "cookie wall, below": (of_words(59), [COOKIES], {}, "cookie wall"),
    "cookie wall, at": (of_words(60), [COOKIES], {}, ""),
    "cookie wall of a page, below": (of_words(30), [COOKIES, *of_words(566)], {}, "cookie wall"),
    "cookie wall of a page, at": (of_words(30), [COOKIES, *of_words(567)], {}, ""),
    "login page, below": (of_words(59), [LOGIN], {}, "login page"),
    "login page, at": (of_words(60), [LOGIN], {}, ""),
    "login without a form, below": (of_words(30), [BARE_LOGIN, *of_words(116)], {}, "login page"),
    "login without a form, at": (of_words(30), [BARE_LOGIN, *of_words(117)], {}, ""),
    "error page, below": (of_words(79), [LOST], {}, "error page"),
    "error page, at": (of_words(80), [LOST], {}, ""),
    "video page, below": (of_words(59), [], {"types": "videoobject"}, "video page"),
    "video page, at": (of_words(60), [], {"types": "videoobject"}, ""),
    "listing, below": ([*of_words(60), *of_words(59)], LINKED, {}, "listing"),
    "listing, at": ([*of_words(60), *of_words(60)], LINKED, {}, ""),
    "listing, its longest paragraph below": ([*of_words(79), *of_words(30)], LINKED, {}, "listing"),
    "listing, its longest paragraph at": (of_words(80), LINKED, {}, ""),
    "listing of headlines, more than": (of_words(30), LINKED[:17], {}, "listing"),
    "listing of headlines, at": (of_words(30), LINKED[:16], {}, ""),
    "teaser, below": (of_words(24), [], {}, "teaser"),
    "teaser, at": (of_words(25), [], {}, ""),
    "stub, below": (of_words(59, "…"), [], {"free": "no"}, "paywall stub"),
    "opening, at": (of_words(60, "…"), [], {"free": "no"}, "opening"),
    "opening, most": (of_words(179, "…"), [], {"free": "no"}, "opening"),
    "article, at": (of_words(180, "…"), [], {"free": "no"}, ""),
    "whole with a call, below": (of_words(89), [CALL], {}, "opening"),
    "whole with a call, at": (of_words(90), [CALL], {}, ""),
}


@pytest.mark.parametrize(("heard", "others", "signs", "kind"), LIMITS.values(), ids=LIMITS)
def test_each_limit_has_both_its_sides(
    heard: list[Block], others: list[Block], signs: dict[str, str], kind: str
) -> None:
    assert kind_of(heard, *others, **signs) == kind


def counted(words: int) -> Block:
    """Make a paragraph of so many words that ends as sentences do."""
    return of_words(words)[0]


FORM = make_block("Your town", inside=("form", "label"))
#: Words of a page that are not heard, beside those of a wall.
BESIDE: dict[str, tuple[int, list[Block], str]] = {
    "an error over a long page": (79, [LOST, counted(900)], "error page"),
    "an error in a line": (79, [make_block("Page not found"), counted(117)], "error page"),
    "an error in a line of a longer page": (79, [make_block("Page not found"), counted(118)], ""),
    "a login with a form": (59, [BARE_LOGIN, FORM, counted(400)], "login page"),
    "a login with a form on a long page": (59, [BARE_LOGIN, FORM, counted(600)], ""),
}


@pytest.mark.parametrize(("heard", "others", "kind"), BESIDE.values(), ids=BESIDE)
def test_a_wall_is_known_by_all_words_of_its_page(heard: int, others: list[Block], kind: str) -> None:
    assert kind_of([counted(heard)], *others) == kind


def links_of(count: int, words: int = 6, density: float = 1.0) -> list[Block]:
    return [
        make_block(" ".join(["quay"] * words), BlockKind.LIST_ITEM, inside=("ul", "li"), density=density)
    ] * count  # fmt: skip


#: The kind of a page that holds these links, by the words of its paragraphs that are heard.
LISTED: dict[str, tuple[tuple[int, ...], list[Block], dict[str, str], str]] = {
    "eight links of a collection": ((30,), links_of(8), {"types": "collectionpage"}, "listing"),
    "seven links of a collection": ((30,), links_of(7), {"types": "collectionpage"}, ""),
    "seventeen links": ((30,), links_of(17), {}, "listing"),
    "sixteen links": ((30,), links_of(16), {}, ""),
    "links of four words": ((30,), links_of(17, 4), {}, "listing"),
    "links of three words": ((30,), links_of(17, 3), {}, ""),
    "links of thirty words": ((30,), links_of(17, 30), {}, "listing"),
    "links of thirty-one words": ((30,), links_of(17, 31), {}, ""),
    "links of nearly all their words": ((30,), links_of(17, 6, 0.91), {}, "listing"),
    "links of most of their words": ((30,), links_of(17, 6, 0.9), {}, ""),
    "a paragraph of an article": ((80,), links_of(17), {}, ""),
    "a paragraph of a teaser": ((79,), links_of(17), {}, "listing"),
    "some text": ((60, 59), links_of(17), {}, "listing"),
    "more text": ((60, 60), links_of(17), {}, ""),
    "an article by its own word": ((26,), links_of(17), {"types": "newsarticle"}, ""),
    "an article by its own word without a text": ((25,), links_of(17), {"types": "newsarticle"}, "listing"),
}


@pytest.mark.parametrize(("heard", "links", "signs", "kind"), LISTED.values(), ids=LISTED)
def test_a_listing_has_its_bounds(heard: tuple[int, ...], links: list[Block], signs: dict[str, str], kind: str) -> None:
    assert kind_of([counted(words) for words in heard], *links, **signs) == kind
