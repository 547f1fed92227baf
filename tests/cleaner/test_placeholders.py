"""Every kind of thing that cannot be heard, said, skipped and read; and the phrases of every language."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from string import Formatter
from typing import Any

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.placeholders import (
    NAMES,
    PHRASES_FILE,
    NonText,
    phrase,
    with_placeholders,
)
from audiogen.errors import SettingsError
from audiogen.model import Article, Block, BlockKind, Evidence, Reason, Removed
from audiogen.placeholders import READ, SAY, SKIP, Placeholders
from tests.cleaner.pages import PARAGRAPHS, make_article

TABLE = (
    "<table><tr><th>Day</th><th>Tide</th></tr>"
    "<tr><td>Monday</td><td>4.1</td></tr><tr><td>Tuesday</td><td>4.3</td></tr></table>"
)
#: One column more than what is said row by row.
WIDE_TABLE = f"<table>{'<tr><td>4.1</td><td>4.2</td><td>4.3</td><td>4.4</td><td>4.5</td></tr>' * 3}</table>"
CODE = "<pre class='highlight'><code>print(tide(now))</code></pre>"
POST = "<blockquote class='twitter-tweet'><p>The clock is right and I am late.</p></blockquote>"
VIDEO = "<iframe src='https://www.youtube.com/embed/x' title='The clock strikes'></iframe>"


def texts(markup: str, wanted: Placeholders | None = None) -> list[str]:
    return [b.text for b in clean(make_article(markup), placeholders=wanted).blocks if b.text not in PARAGRAPHS]


SPOKEN = {
    "a table with its rows": (WIDE_TABLE, "A table with 3 rows is in the article."),
    "code": (CODE, "A piece of code is in the article."),
    "a post of which nothing is there": (
        POST.replace("The clock is right and I", ""),
        "An embedded post is in the article.",
    ),
}


@pytest.mark.parametrize(("markup", "phrase"), SPOKEN.values(), ids=SPOKEN)
def test_a_phrase_stands_for_what_cannot_be_heard(markup: str, phrase: str) -> None:
    assert texts(markup) == [phrase]


def test_the_phrase_stands_where_the_thing_stood_and_the_thing_is_in_the_ledger() -> None:
    article = clean(make_article(TABLE))
    assert article.blocks[2].kind is BlockKind.STAND_IN
    assert "Monday" in {entry.block.text for entry in article.removed if entry.reason is Reason.TABLE}


def test_code_is_announced_once_in_an_article() -> None:
    between = "<p>Then the tide is printed once more, because the printer is deaf and the clock is slow.</p>"
    result = texts(f"{CODE}{between}{CODE}{between.replace('once', 'twice')}{CODE}")
    assert result.count("A piece of code is in the article.") == 1


@pytest.mark.parametrize("markup", [TABLE, CODE, POST, VIDEO], ids=["table", "code", "post", "video"])
def test_what_is_skipped_leaves_nothing(markup: str) -> None:
    assert texts(markup, Placeholders(SKIP, SKIP, SKIP, SKIP, SKIP, SKIP, SKIP)) == []


def test_a_post_is_read_as_a_quote() -> None:
    article = clean(make_article(POST), placeholders=Placeholders(embed=READ))
    quote = next(block for block in article.blocks if block.text.startswith("The clock is right and"))
    assert quote.kind is BlockKind.QUOTE


def test_a_table_is_read_cell_by_cell() -> None:
    assert texts(TABLE, Placeholders(table=READ)) == ["Day", "Tide", "Monday", "4.1", "Tuesday", "4.3"]


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
    assert texts(WORDED, Placeholders(table=SKIP)) == []


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
    rows = f"<tr>{f'<td>{cell}</td>' * 5}</tr>" * 3
    assert texts(f"<table>{rows}</table>") == ["A table with 3 rows is in the article."]


def test_a_table_of_words_has_cells_of_five_words() -> None:
    for count, read in ((4, False), (5, True)):
        cells = f"<td>{'tide ' * count}</td>" * 5
        result = texts(f"<table>{f'<tr>{cells}</tr>' * 3}</table>")
        assert (len(result) == 15) is read, count


@pytest.mark.parametrize(
    ("cells", "read"), [((7, 3), True), ((7, 4), False), ((20, *[1] * 5), True), ((20, *[1] * 6), False)]
)
def test_most_words_of_such_a_table_stand_in_long_cells_and_its_cells_are_long(
    cells: tuple[int, ...], read: bool
) -> None:
    row = "".join(f"<td>{' '.join(['tide'] * words)}</td>" for words in cells)
    result = texts(f"<table>{f'<tr>{row}</tr>' * 3}</table>")
    assert (len(result) == 3 * len(cells)) is read


@pytest.mark.parametrize(("depth", "expected"), [(2, True), (3, False)])
def test_the_article_is_looked_for_a_few_elements_up(depth: int, expected: bool) -> None:
    result = texts(f"{'<section>' * depth}{WIDE_TABLE}{'</section>' * depth}")
    assert result == ["A table with 3 rows is in the article."] * expected


@pytest.mark.parametrize(("beside", "expected"), [(1, False), (2, True)])
def test_an_element_with_some_of_the_text_is_the_articles(beside: int, expected: bool) -> None:
    lines = [f"{PARAGRAPHS[0][:-1]}, said pilot {number} of three." for number in range(beside)]
    inner = "".join(f"<p>{line}</p>" for line in lines)
    result = texts(f"{'<section>' * 3}{inner}{WIDE_TABLE}{'</section>' * 3}")
    assert result == [*lines, *["A table with 3 rows is in the article."] * expected]


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
    assert texts(MESSAGE, Placeholders(code=SKIP)) == []
    assert texts(LISTING) == ["A piece of code is in the article."]


def test_a_table_outside_the_article_has_no_phrase() -> None:
    article = clean(make_article(after=f"<div><div><div><div>{TABLE}</div></div></div></div>"))
    assert all(block.kind is not BlockKind.STAND_IN for block in article.blocks)


#: What introduces a post, and what each needs to know of it.
POST_PHRASES = {"post": {"author", "network"}, "post_unsigned": {"network"}, "post_elsewhere": {"author"}}


def test_every_language_has_every_phrase() -> None:
    known = tomllib.loads(PHRASES_FILE.read_text(encoding="utf-8"))
    assert set(known) >= {"en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"}
    for language, phrases in known.items():
        assert set(phrases) == {*NAMES.values(), *POST_PHRASES, "table_count", "video"}, language
        assert phrases["table_count"].count("{count}") == 1
        for name, fields in POST_PHRASES.items():
            assert {field for _, field, _, _ in Formatter().parse(phrases[name]) if field} == fields


MATH = "<math display='block'><mi>h</mi><mo>=</mo><mi>a</mi><mi>cos</mi><mi>t</mi></math>"
ROWS = "".join(f"<tr><td>Day {n}</td>{f'<td>4.{n}</td>' * 4}</tr>" for n in range(1, 4))
HEADS = "<tr><th>Day</th><th>Low</th><th>High</th><th>Low</th><th>High</th></tr>"
THINGS = {
    "table": (f"<table>{HEADS}{ROWS}</table>", "A table with 4 rows is in the article."),
    "code": ("<pre><code>print(tide(now))</code></pre>", "A piece of code is in the article."),
    "formula": (MATH, "A formula is in the article."),
    "formula in TeX": (r"<p>\[ h = a \cos t \]</p>", "A formula is in the article."),
    "embed": (
        "<blockquote class='twitter-tweet'><p>So late.</p></blockquote>",
        "An embedded post is in the article.",
    ),
    "chart": (
        "<iframe src='https://datawrapper.dwcdn.net/x/' title='Tides of May'></iframe>",
        "A chart is in the article.",
    ),
}


def others(markup: str, wanted: Placeholders | None = None) -> list[Block]:
    """Give what is heard beside the article's paragraphs."""
    return [b for b in clean(make_article(markup), placeholders=wanted).blocks if b.text not in PARAGRAPHS]


@pytest.mark.parametrize(("markup", "words"), THINGS.values(), ids=THINGS)
def test_a_thing_is_said_by_its_phrase(markup: str, words: str) -> None:
    assert [(block.text, block.kind) for block in others(markup)] == [(words, BlockKind.STAND_IN)]


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_is_skipped_and_stays_in_the_ledger(name: str) -> None:
    markup, _ = THINGS[name]
    field = name.split()[0]
    article = clean(make_article(markup), placeholders=Placeholders(**{field: SKIP}))
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)
    assert {entry.reason.value for entry in article.removed} & {field, "embed"}


READINGS = {
    "table": ["Day", "Low", "High", "Low", "High", *(t for n in "123" for t in (f"Day {n}", *[f"4.{n}"] * 4))],
    "code": ["print(tide(now))"],
    "formula": ["h=acost"],
    "embed": ["So late."],
}


@pytest.mark.parametrize(("name", "words"), READINGS.items())
def test_a_thing_is_read_where_that_is_wanted(name: str, words: list[str]) -> None:
    article = clean(make_article(THINGS[name][0]), placeholders=Placeholders(**{name: READ}))
    assert [block.text for block in article.blocks if block.text not in PARAGRAPHS] == words
    assert not {entry.block.text for entry in article.removed} & set(words)


def test_things_in_a_row_are_one_and_apart_are_two() -> None:
    chart, between = (
        THINGS["chart"][0],
        "<p>Then it is wound again, which takes a quarter of an hour and both hands.</p>",
    )
    assert len(others(f"{chart}{between}{chart}")) == 3
    assert len(others(THINGS["table"][0] * 2)) == 2


def test_a_formula_inside_a_sentence_is_a_part_of_it() -> None:
    assert others(f"<p>The tide follows {MATH} as every child on the quay is taught in its first winter.</p>")[
        0
    ].kind is (BlockKind.PARAGRAPH)


LANGUAGES = {
    "en": "A table with 4 rows is in the article.",
    "uk": "У статті є таблиця, кількість рядків: 4.",
    "ru": "В статье есть таблица, количество строк: 4.",
    "de": "Im Artikel steht eine Tabelle mit 4 Zeilen.",
    "fr": "L’article contient un tableau de 4 lignes.",
    "es": "El artículo contiene una tabla de 4 filas.",
    "pt": "O artigo contém uma tabela com 4 linhas.",
    "it": "L’articolo contiene una tabella di 4 righe.",
    "pl": "W artykule jest tabela, liczba wierszy: 4.",
    "pt-BR": "O artigo contém uma tabela com 4 linhas.",
    "is": "A table with 4 rows is in the article.",
}


def cell(row: int) -> Removed:
    path = ("html", "body", "article", "table", "tr", "td")
    evidence = Evidence(path, 0.0, {"table": 4.0}, (1, 2, 3, 4, row, 100 + row))
    return Removed(Block("4.1", BlockKind.TABLE, evidence=evidence), Reason.TABLE, "page.kind.table", row)


@pytest.mark.parametrize(("language", "words"), LANGUAGES.items())
def test_a_table_is_said_in_the_articles_language(language: str, words: str) -> None:
    item = NonText("table", tuple(cell(row) for row in (10, 11, 12, 13)))
    assert phrase(item, language) == words


@pytest.mark.parametrize("name", sorted({*NAMES.values(), "video"}))
@pytest.mark.parametrize("language", ["en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"])
def test_every_thing_has_its_own_sentence_in_every_language(language: str, name: str) -> None:
    own = phrase(NonText(name, ()), language)
    assert own.endswith(".")
    assert "{" not in own
    assert language == "en" or own != phrase(NonText(name, ()), "en")
    assert own not in {phrase(NonText(other, ()), language) for other in NAMES.values() if other != name}


def test_one_row_is_not_counted() -> None:
    assert phrase(NonText("table", (cell(10),)), "en") == "A table is in the article."


def test_nothing_is_said_where_nothing_is_heard() -> None:
    article = Article(format="html", removed=(cell(10),))
    assert with_placeholders(article, Placeholders()) is article


def test_what_the_page_hides_is_not_named() -> None:
    assert others(f"<div style='display:none'>{THINGS['table'][0]}</div>") == []


@pytest.mark.parametrize("field", ["table", "code", "formula", "embed", "video", "chart", "link_list"])
@pytest.mark.parametrize("manner", [SAY, SKIP, READ])
def test_every_manner_is_known_of_every_thing(field: str, manner: Any) -> None:
    assert getattr(Placeholders(**{field: manner}), field) == manner


@pytest.mark.parametrize("manner", ["", "Say", "sing", "no"])
def test_another_manner_is_refused_and_named(manner: Any) -> None:
    with pytest.raises(SettingsError, match=r"chart is .* may be say, skip, read") as caught:
        Placeholders(chart=manner)
    assert caught.value.subject == "chart"


def test_links_and_players_are_skipped_unless_they_are_asked_for() -> None:
    assert (Placeholders().video, Placeholders().link_list) == (SKIP, SKIP)
    links = "<ul>" + "".join(f"<li><a href='/{n}'>A story of the quay, number {n}</a></li>" for n in range(4)) + "</ul>"
    player = "<iframe src='https://www.youtube.com/embed/x' title='The clock strikes'></iframe>"
    assert others(player) == []
    assert [b.text for b in others(player, Placeholders(video=SAY))] == ["A video or recording is in the article."]
    result = {b.text for b in others(links, Placeholders(link_list=SAY)) if b.kind is BlockKind.STAND_IN}
    assert result <= {"A list of links is in the article."}


def test_what_older_programs_call_it_is_understood() -> None:
    from audiogen.cleaner.unheard import SKIP as NOTHING
    from audiogen.cleaner.unheard import Unheard

    article = clean(make_article(TABLE), unheard=Unheard(table=NOTHING))
    assert [b.text for b in article.blocks if b.text not in PARAGRAPHS] == []


def test_a_thing_stands_where_its_first_entry_stood() -> None:
    """What is heard between two of its rows comes behind its phrase."""
    line = "<p>Then it is wound again, which takes a quarter of an hour and both hands.</p>"
    said = [block.text for block in clean(make_article(f"{WIDE_TABLE}{line}")).blocks]
    place = said.index("A table with 3 rows is in the article.")
    assert said[place - 1 : place + 2 : 2] == [PARAGRAPHS[1], line[3:-4]]


@pytest.mark.parametrize(("place", "said"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_thing_is_said_between_what_is_heard(place: int, said: bool) -> None:
    heard = [block.text for block in clean(make_article(WIDE_TABLE, place=place)).blocks]  # type: ignore[arg-type]
    assert ("A table with 3 rows is in the article." in heard) is said


def test_a_thing_of_several_blocks_is_between_by_its_first() -> None:
    """Of three cells in a row of the page's blocks only the first has its place."""
    text = [Block(PARAGRAPHS[0], evidence=Evidence(("html", "body", "p"), 0.0, {}, (1, 2, n))) for n in range(40, 44)]
    cells = tuple(Removed(one.block, one.reason, one.rule, place) for place, one in ((2, cell(10)), (3, cell(11))))
    inside = [replace(r, block=replace(r.block, evidence=replace(_known(r), elements=(1, 2, 4, 5)))) for r in cells]
    article = with_placeholders(Article(format="html", blocks=tuple(text), removed=tuple(inside)), Placeholders())
    assert [block.kind for block in article.blocks].index(BlockKind.STAND_IN) == 2


def _known(entry: Removed) -> Evidence:
    assert entry.block.evidence is not None
    return entry.block.evidence


@pytest.mark.parametrize(("hidden", "said"), [(2, False), (3, True)])
def test_what_an_article_that_is_mostly_hidden_hides_is_named(hidden: int, said: bool) -> None:
    """A page that its script shows hides its tables with its text."""
    marks = [{"hidden": 1.0} if n < hidden else {} for n in range(4)]
    text = [
        Block(PARAGRAPHS[n], evidence=Evidence(("html", "body", "p"), 0.0, marks[n], (1, 2, 40 + n))) for n in range(4)
    ]
    table = replace(cell(10), position=2)
    known = replace(_known(table), elements=(1, 2, 4, 5), marks={"table": 4.0, "hidden": 1.0})
    entry = replace(table, block=replace(table.block, evidence=known))
    article = with_placeholders(Article(format="html", blocks=tuple(text), removed=(entry,)), Placeholders())
    assert any(block.kind is BlockKind.STAND_IN for block in article.blocks) is said
