"""Pages for the tests of the cleaner: an article of five paragraphs, and whatever a test puts around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.readers.html import read_html

if TYPE_CHECKING:
    from audiogen.model import Article

TITLE = "The tide clock is right again"
PARAGRAPHS = (
    "The tide clock on the quay has been wrong for as long as anyone can remember, and nobody minded very much.",
    "It ran four minutes fast in winter and six minutes slow in summer, because its brass pendulum felt the weather.",
    "Last autumn two apprentices took it down, measured every wheel and found that one tooth had been filed away.",
    "“Somebody wanted to be late,” said the older of the two, “and went to a great deal of trouble over it.”",
    "Since Monday the clock has shown the right tide, and the fishermen say that they will have to get used to it.",
)


def make_page(
    *inside: str, before: str = "", after: str = "", head: str = "", title: str = TITLE, place: int = 2
) -> str:
    """Make a page; *inside* stands after the paragraph number *place*."""
    paragraphs = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body = "\n".join([*paragraphs[:place], *inside, *paragraphs[place:]])
    return (
        f"<html lang='en'><head><title>{title}</title><meta property='og:title' content='{title}'>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>{before}<article><h1>{title}</h1>"
        f"<div class='article-body'>{body}</div></article>{after}"
        f"<footer><p>© 2024 The Quay Post</p></footer></body></html>"
    )


def make_article(*inside: str, **around: str) -> Article:
    """Read such a page."""
    return read_html(make_page(*inside, **around))  # type: ignore[arg-type]
