"""Every kind of thing that cannot be heard, said, skipped and read; and the phrases of every language."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.standins import NAMES, Thing, phrase, with_stand_ins
from audiogen.cleaner.unheard import READ, SAY, SKIP, Unheard
from audiogen.errors import SettingsError
from audiogen.model import Article, Block, BlockKind, Evidence, Reason, Removed
from tests.cleaner.pages import PARAGRAPHS, make_article

MATH = "<math display='block'><mi>h</mi><mo>=</mo><mi>a</mi><mi>cos</mi><mi>t</mi></math>"
ROWS = "".join(f"<tr><td>Day {n}</td><td>4.{n}</td></tr>" for n in range(1, 4))
THINGS = {
    "table": (f"<table><tr><th>Day</th><th>Tide</th></tr>{ROWS}</table>", "A table with 4 rows is in the article."),
    "code": ("<pre><code>print(tide(now))</code></pre>", "A piece of code is in the article."),
    "formula": (MATH, "A formula is in the article."),
    "formula in TeX": (r"<p>\[ h = a \cos t \]</p>", "A formula is in the article."),
    "embed": (
        "<blockquote class='twitter-tweet'><p>The clock is right and I am late.</p></blockquote>",
        "An embedded post is in the article.",
    ),
    "chart": (
        "<iframe src='https://datawrapper.dwcdn.net/x/' title='Tides of May'></iframe>",
        "A chart is in the article.",
    ),
}


def others(markup: str, unheard: Unheard | None = None) -> list[Block]:
    """Give what is heard beside the article's paragraphs."""
    return [b for b in clean(make_article(markup), unheard=unheard).blocks if b.text not in PARAGRAPHS]


@pytest.mark.parametrize(("markup", "words"), THINGS.values(), ids=THINGS)
def test_a_thing_is_said_by_its_phrase(markup: str, words: str) -> None:
    assert [(block.text, block.kind) for block in others(markup)] == [(words, BlockKind.STAND_IN)]


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_is_skipped_and_stays_in_the_ledger(name: str) -> None:
    markup, _ = THINGS[name]
    field = name.split()[0]
    article = clean(make_article(markup), unheard=Unheard(**{field: SKIP}))
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)
    assert {entry.reason.value for entry in article.removed} & {field, "embed"}


READINGS = {
    "table": ["Day", "Tide", "Day 1", "4.1", "Day 2", "4.2", "Day 3", "4.3"],
    "code": ["print(tide(now))"],
    "formula": ["h=acost"],
    "embed": ["The clock is right and I am late."],
}


@pytest.mark.parametrize(("name", "words"), READINGS.items())
def test_a_thing_is_read_where_that_is_wanted(name: str, words: list[str]) -> None:
    article = clean(make_article(THINGS[name][0]), unheard=Unheard(**{name: READ}))
    assert [block.text for block in article.blocks if block.text not in PARAGRAPHS] == words
    assert not {entry.block.text for entry in article.removed} & set(words)


def test_things_in_a_row_are_one_and_apart_are_two() -> None:
    code = "<pre><code>wind()</code></pre>"
    assert (
        len(others(f"{code}<p>Then it is wound again, which takes a quarter of an hour and both hands.</p>{code}")) == 3
    )
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
    thing = Thing("table", tuple(cell(row) for row in (10, 11, 12, 13)))
    assert phrase(thing, language) == words


@pytest.mark.parametrize("name", sorted({*NAMES.values(), "video"}))
@pytest.mark.parametrize("language", ["en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"])
def test_every_thing_has_its_own_sentence_in_every_language(language: str, name: str) -> None:
    own = phrase(Thing(name, ()), language)
    assert own.endswith(".")
    assert "{" not in own
    assert language == "en" or own != phrase(Thing(name, ()), "en")
    assert own not in {phrase(Thing(other, ()), language) for other in NAMES.values() if other != name}


def test_one_row_is_not_counted() -> None:
    assert phrase(Thing("table", (cell(10),)), "en") == "A table is in the article."


def test_nothing_is_said_where_nothing_is_heard() -> None:
    article = Article(format="html", removed=(cell(10),))
    assert with_stand_ins(article, Unheard()) is article


def test_what_the_page_hides_is_not_named() -> None:
    assert others(f"<div style='display:none'>{THINGS['table'][0]}</div>") == []


@pytest.mark.parametrize("field", ["table", "code", "formula", "embed", "video", "chart", "link_list"])
@pytest.mark.parametrize("manner", [SAY, SKIP, READ])
def test_every_manner_is_known_of_every_thing(field: str, manner: str) -> None:
    assert getattr(Unheard(**{field: manner}), field) == manner


@pytest.mark.parametrize("manner", ["", "Say", "sing", "no"])
def test_another_manner_is_refused_and_named(manner: str) -> None:
    with pytest.raises(SettingsError, match="chart") as caught:
        Unheard(chart=manner)
    assert caught.value.subject == "chart"


def test_links_and_players_are_skipped_unless_they_are_asked_for() -> None:
    assert (Unheard().video, Unheard().link_list) == (SKIP, SKIP)
    links = "<ul>" + "".join(f"<li><a href='/{n}'>A story of the quay, number {n}</a></li>" for n in range(4)) + "</ul>"
    player = "<iframe src='https://www.youtube.com/embed/x' title='The clock strikes'></iframe>"
    assert others(player) == []
    assert [b.text for b in others(player, Unheard(video=SAY))] == ["A video or recording is in the article."]
    said = {b.text for b in others(links, Unheard(link_list=SAY)) if b.kind is BlockKind.STAND_IN}
    assert said <= {"A list of links is in the article."}
