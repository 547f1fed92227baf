"""Passages in a language that nobody speaks go into the ledger."""

from __future__ import annotations

import pytest

from audiogen.cleaner.foreign import Foreign, without_foreign
from audiogen.model import Article, Block, Reason, Removed, SpanKind, TextSpan

THAI = "เรือข้ามฟากลำเก่าจะไม่ออกจากท่าเรือในสัปดาห์นี้"
KHMER = "សាឡាងចាស់នឹងមិនចាកចេញពីកំពង់ផែក្នុងសប្ដាហ៍នេះទេ"
CAPTION = Removed(Block("A ferry."), Reason.CAPTION, "page.tag.figcaption", 1)
ARTICLE = Article(
    language="en",
    blocks=(
        Block("It rained all week."),
        Block(f"The captain spoke. “{THAI}”, he said. Then “{KHMER}” was heard."),
        Block(KHMER),
        Block("Nobody answered him."),
    ),
    removed=(CAPTION,),
)


def ledger(article: Article) -> list[tuple[str, str, int]]:
    return [(entry.block.text, entry.rule, entry.position) for entry in article.removed]


def test_what_nobody_speaks_goes_into_the_ledger_and_what_is_spoken_stays() -> None:
    cleaned = without_foreign(ARTICLE, Foreign("voice", frozenset({"th", "en"})))
    assert [block.text for block in cleaned.blocks] == [
        "It rained all week.",
        f"The captain spoke. “{THAI}”, he said. Then was heard.",
        "Nobody answered him.",
    ]
    assert ledger(cleaned) == [
        ("A ferry.", "page.tag.figcaption", 1),
        (f"“{KHMER}”", "language.no-voice", 3),
        (KHMER, "language.no-voice", 4),
    ]


def test_skipping_leaves_out_every_passage() -> None:
    cleaned = without_foreign(ARTICLE, Foreign("skip", frozenset({"th", "km"})))
    assert [block.text for block in cleaned.blocks][1] == "The captain spoke. he said. Then was heard."
    assert [rule for _, rule, _ in ledger(cleaned)][1:] == ["language.skip"] * 3


def test_each_place_of_the_page_is_taken_once() -> None:
    cleaned = without_foreign(ARTICLE, Foreign("skip"))
    places = [entry.position for entry in cleaned.removed]
    assert len(set(places)) == len(places)
    assert max(places) < len(cleaned.blocks) + len(places)


@pytest.mark.parametrize("foreign", [Foreign(), Foreign("voice", frozenset({"th", "km"}))])
def test_an_article_of_which_all_is_spoken_stays_as_it_is(foreign: Foreign) -> None:
    assert without_foreign(ARTICLE, foreign) is ARTICLE


def test_a_block_that_is_marked_as_another_language_is_a_passage() -> None:
    article = Article(language="en", blocks=(Block("Ein kurzer Satz.", language="de"), Block("A sentence.")))
    cleaned = without_foreign(article, Foreign("skip"))
    assert [block.text for block in cleaned.blocks] == ["A sentence."]
    assert cleaned.removed[0].reason is Reason.LANGUAGE


def test_spans_move_with_their_words_when_a_passage_goes() -> None:
    text = f"The 1st captain spoke. “{THAI}”, he said. On the 2nd day “{KHMER}” was heard on the 3rd."
    spans = tuple(
        TextSpan(text.index(mark), text.index(mark) + 2, SpanKind.RAISED) for mark in ("st captain", "nd day", "rd.")
    )
    article = Article(language="en", blocks=(Block(text, spans=spans), Block("Nobody answered him.")))
    block = without_foreign(article, Foreign("skip")).blocks[0]
    assert [block.text[span.start : span.end] for span in block.spans] == ["st", "nd", "rd"]


def test_a_passage_keeps_the_spans_that_lie_in_it_whole() -> None:
    text = f"He said “{KHMER}” to her."
    start = text.index("“")
    end = text.index("”") + 1
    places = [(start, end), (start + 1, start + 4), (end - 3, end), (start - 2, start + 2), (end - 1, end + 2)]
    spans = tuple(TextSpan(*place, SpanKind.RAISED) for place in places)
    cleaned = without_foreign(
        Article(language="en", blocks=(Block(text, spans=spans), Block("So it was."))), Foreign("skip")
    )
    passage = cleaned.removed[0].block
    length = end - start
    assert {(span.start, span.end) for span in passage.spans} == {(0, length), (1, 4), (length - 3, length)}
