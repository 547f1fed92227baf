from __future__ import annotations

import pytest

from audiogen.cleaner import check_speakable, clean
from audiogen.errors import NotAnArticleError
from audiogen.readers.html import read_html
from tests.cleaner.pages import make_article


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
    "live blog": make("<h1>Storm</h1>" + f"<p>{LINE}</p>" * 5, head=LIVE),
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
