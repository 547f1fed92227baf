from __future__ import annotations

import tomllib

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.standins import NAMES, PHRASES_FILE
from audiogen.cleaner.unheard import READ, SKIP, Unheard
from audiogen.errors import SettingsError
from audiogen.model import BlockKind, Reason
from tests.cleaner.pages import PARAGRAPHS, make_article

TABLE = (
    "<table><tr><th>Day</th><th>Tide</th></tr>"
    "<tr><td>Monday</td><td>4.1</td></tr><tr><td>Tuesday</td><td>4.3</td></tr></table>"
)
CODE = "<pre class='highlight'><code>print(tide(now))</code></pre>"
POST = "<blockquote class='twitter-tweet'><p>The clock is right and I am late.</p></blockquote>"
VIDEO = "<iframe src='https://www.youtube.com/embed/x' title='The clock strikes'></iframe>"


def texts(markup: str, unheard: Unheard | None = None) -> list[str]:
    return [b.text for b in clean(make_article(markup), unheard=unheard).blocks if b.text not in PARAGRAPHS]


SAID = {
    "a table with its rows": (TABLE, "A table with 3 rows is in the article."),
    "code": (CODE, "A piece of code is in the article."),
    "a post": (POST, "An embedded post is in the article."),
}


@pytest.mark.parametrize(("markup", "phrase"), SAID.values(), ids=SAID)
def test_a_phrase_stands_for_what_cannot_be_heard(markup: str, phrase: str) -> None:
    assert texts(markup) == [phrase]


def test_the_phrase_stands_where_the_thing_stood_and_the_thing_is_in_the_ledger() -> None:
    article = clean(make_article(TABLE))
    assert article.blocks[2].kind is BlockKind.STAND_IN
    assert "Monday" in {entry.block.text for entry in article.removed if entry.reason is Reason.TABLE}


@pytest.mark.parametrize("markup", [TABLE, CODE, POST, VIDEO], ids=["table", "code", "post", "video"])
def test_what_is_skipped_leaves_nothing(markup: str) -> None:
    assert texts(markup, Unheard(SKIP, SKIP, SKIP, SKIP, SKIP, SKIP, SKIP)) == []


def test_a_post_is_read_as_a_quote() -> None:
    article = clean(make_article(POST), unheard=Unheard(embed=READ))
    quote = next(block for block in article.blocks if block.text.startswith("The clock is right and"))
    assert quote.kind is BlockKind.QUOTE


def test_a_table_is_read_cell_by_cell() -> None:
    assert texts(TABLE, Unheard(table=READ)) == ["Day", "Tide", "Monday", "4.1", "Tuesday", "4.3"]


WORDED = (
    "<table><tr><th>For the tooth</th><th>Against the tooth</th></tr>"
    "<tr><td>The clock agrees with the water again</td><td>Nobody has an excuse for being late</td></tr>"
    "<tr><td>Strangers can trust what it says</td><td>The old pilots have nothing to explain</td></tr></table>"
)
WORDS = (
    "For the tooth", "Against the tooth",
    "The clock agrees with the water again", "Nobody has an excuse for being late",
    "Strangers can trust what it says", "The old pilots have nothing to explain",
)  # fmt: skip


def test_a_table_that_is_written_out_in_words_is_read() -> None:
    assert texts(WORDED) == list(WORDS)


def test_a_table_of_words_is_left_out_where_tables_are() -> None:
    assert texts(WORDED, Unheard(table=SKIP)) == []


def test_a_table_of_words_that_stands_there_twice_is_read_once() -> None:
    assert texts(f"{WORDED}<div class='narrow'>{WORDED}</div>") == list(WORDS)


def test_an_offer_in_a_table_of_words_is_not_read() -> None:
    row = "<tr><td>It was paid for by the harbour board</td><td>Sign up for our newsletter</td></tr>"
    read = texts(WORDED.replace("</table>", f"{row}</table>"))
    assert "It was paid for by the harbour board" in read
    assert "Sign up for our newsletter" not in read


@pytest.mark.parametrize(
    "cell",
    ["4.1 on 12 May 2021, 3.9 on 4 June", "yes", "<a href='/guide'>The whole guide to the tides of the coast</a>"],
    ids=["mostly digits", "a label or two words", "a link"],
)
def test_a_table_of_figures_labels_or_links_is_named_only(cell: str) -> None:
    rows = f"<tr><td>{cell}</td><td>{cell}</td></tr>" * 3
    assert texts(f"<table>{rows}</table>") == ["A table with 3 rows is in the article."]


MESSAGE = (
    "<pre><code>You are the keeper of a tide clock [NAME]. Explain to a child why it is wrong in winter. "
    "Do not use any numbers, please.</code></pre>"
)
LISTING = (
    "<pre><code># Wind the clock. tide wind --now # Oil it. tide oil --wheels=all # Say so. "
    "tide say hello all</code></pre>"
)


def test_a_message_that_is_set_like_code_is_read_and_a_listing_is_named() -> None:
    assert [text[:33] for text in texts(MESSAGE)] == ["You are the keeper of a tide cloc"]
    assert texts(MESSAGE, Unheard(code=SKIP)) == []
    assert texts(LISTING) == ["A piece of code is in the article."]


def test_a_table_outside_the_article_has_no_phrase() -> None:
    article = clean(make_article(after=f"<div><div><div><div>{TABLE}</div></div></div></div>"))
    assert all(block.kind is not BlockKind.STAND_IN for block in article.blocks)


def test_an_unknown_manner_is_refused() -> None:
    with pytest.raises(SettingsError, match="may be say, skip, read"):
        Unheard(table="sing")


def test_every_language_has_every_phrase() -> None:
    known = tomllib.loads(PHRASES_FILE.read_text(encoding="utf-8"))
    assert set(known) >= {"en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"}
    for language, phrases in known.items():
        assert set(phrases) == {*NAMES.values(), "table_count", "video"}, language
        assert phrases["table_count"].count("{count}") == 1
