"""An edit is laid over an article, and what does not fit any more is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiogen.episodes.edits import Act, Edit, Overrule, apply_edit, lines_of, parse_edit, respelt, written_edit
from audiogen.episodes.kept_articles import article_of, plain_article
from audiogen.errors import LibraryError
from audiogen.model import Article, Block, BlockKind, Reason, Removed, SpanKind, TextSpan

FIRST, SECOND, THIRD = "The gates were opened at dawn. Yes.", "Mud lay on the quay. Yes.", "Nobody came."
BEGGING, RAW = "Subscribe to our newsletter today.", "x = 1"


@pytest.fixture
def article() -> Article:
    return Article(
        title="The quay",
        tags=("Rivers",),
        blocks=(Block(FIRST), Block(SECOND), Block(THIRD, BlockKind.QUOTE)),
        removed=(
            Removed(Block(BEGGING), Reason.CALL_TO_ACTION, "phrase.subscribe", 1),
            Removed(Block(RAW, BlockKind.CODE), Reason.CODE, "code", 4),
        ),
        cleaned=True,
    )


def texts(article: Article) -> list[str]:
    """What stands on the page, in order; what is not heard in brackets."""
    return [line.block.text if line.removed is None else f"[{line.block.text}]" for line in lines_of(article)]


CASES: dict[str, tuple[list[Overrule], list[str], int]] = {
    "nothing": ([], [FIRST, f"[{BEGGING}]", SECOND, THIRD, f"[{RAW}]"], 0),
    "heard": ([Overrule(Act.HEAR, BEGGING)], [FIRST, BEGGING, SECOND, THIRD, f"[{RAW}]"], 0),
    "dropped": ([Overrule(Act.DROP, SECOND)], [FIRST, f"[{BEGGING}]", f"[{SECOND}]", THIRD, f"[{RAW}]"], 0),
    "a sentence": (
        [Overrule(Act.REPLACE, SECOND, "Yes.", "No."), Overrule(Act.REPLACE, SECOND, "Mud", "Silt")],
        [FIRST, f"[{BEGGING}]", "Silt lay on the quay. No.", THIRD, f"[{RAW}]"],
        0,
    ),
    "a whole paragraph": (
        [Overrule(Act.REPLACE, THIRD, "", "All came.")],
        [FIRST, f"[{BEGGING}]", SECOND, "All came.", f"[{RAW}]"],
        0,
    ),
    "added behind one": (
        [Overrule(Act.ADD, BEGGING, new="Two."), Overrule(Act.ADD, "", new="One.")],
        ["One.", FIRST, f"[{BEGGING}]", "Two.", SECOND, THIRD, f"[{RAW}]"],
        0,
    ),
    "heard by now": ([Overrule(Act.HEAR, THIRD)], [FIRST, f"[{BEGGING}]", SECOND, THIRD, f"[{RAW}]"], 0),
    "gone by now": (
        [Overrule(Act.DROP, "Something else was here once."), Overrule(Act.HEAR, BEGGING)],
        [FIRST, BEGGING, SECOND, THIRD, f"[{RAW}]"],
        1,
    ),
    "a sentence of another": (
        [Overrule(Act.REPLACE, "A paragraph that is gone. Nobody came.", "Nobody came.", "All came.")],
        [FIRST, f"[{BEGGING}]", SECOND, "All came.", f"[{RAW}]"],
        0,
    ),
    "a sentence of several others": (
        [Overrule(Act.REPLACE, "A paragraph that is gone. Yes.", "Yes.", "No.")],
        [FIRST, f"[{BEGGING}]", SECOND, THIRD, f"[{RAW}]"],
        1,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_overrules_are_laid_over_the_text(article: Article, name: str) -> None:
    overrules, wanted, unfit = CASES[name]
    edited, left = apply_edit(article, Edit(text=tuple(overrules)))
    assert texts(edited) == wanted
    assert len(left) == unfit


def test_code_that_is_to_be_heard_is_a_paragraph_and_what_was_dropped_has_its_reason(article: Article) -> None:
    edited, _ = apply_edit(article, Edit(text=(Overrule(Act.HEAR, RAW), Overrule(Act.DROP, THIRD))))
    assert edited.blocks[-1] == Block(RAW, BlockKind.PARAGRAPH)
    assert [(entry.reason, entry.block.kind) for entry in edited.removed][-1] == (Reason.EDIT, BlockKind.QUOTE)


@pytest.mark.parametrize(("text", "fits"), [("Mud lay upon the quay. Yes.", True), ("Mud was swept away. Yes.", False)])
def test_a_paragraph_that_was_corrected_a_little_is_still_the_one(article: Article, text: str, fits: bool) -> None:
    corrected = replace(article, blocks=(Block(FIRST), Block(text), Block(THIRD)))
    _, unfit = apply_edit(corrected, Edit(text=(Overrule(Act.DROP, SECOND),)))
    assert (unfit == ()) is fits


def test_fields_take_the_place_of_the_source_s(article: Article) -> None:
    edited, _ = apply_edit(article, Edit(title="Mud", tags=(), voice="espeak"))
    assert (edited.title, edited.tags, edited.blocks) == ("Mud", (), article.blocks)


def test_what_markup_says_of_the_rest_of_a_paragraph_stays() -> None:
    spans = tuple(TextSpan(start, end, SpanKind.RAISED) for start, end in ((0, 1), (4, 6), (8, 9)))
    block = respelt(Block("a bb cc d", spans=spans), 2, 7, "longer words")
    assert block.text == "a longer words d"
    assert [(span.start, span.end) for span in block.spans] == [(0, 1), (15, 16)]


def test_an_edit_is_written_and_read_as_it_was() -> None:
    edit = Edit(
        "urn:uuid:x", 3, title="Łódź", authors=("A", "B"), rate=170,
        text=(Overrule(Act.REPLACE, "a b", "a", "c"), Overrule(Act.ADD, "", new="x")),
        say={"Kyiv": "kee-yiv"}, history=({"revision": 3, "at": "2026-11-30", "by": "ada", "changed": ["title"]},),
    )  # fmt: skip
    assert parse_edit(written_edit(edit), "here") == edit


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b'{"guid": "x", "revision": 1, "rate": "fast"}',
     b'{"guid": "x", "revision": 1, "text": [{"act": "burn"}]}', b'{"guid": "x", "revision": 1, "tags": [1]}',
     b'{"guid": "x", "revision": 1, "text": [{"act": "drop", "block": 1}]}'],
)  # fmt: skip
def test_a_file_that_is_no_edit_is_told(content: bytes) -> None:
    with pytest.raises(LibraryError, match="cannot be read"):
        parse_edit(content, "here")


def test_an_article_is_kept_with_all_that_is_said_from_it(article: Article) -> None:
    block = Block("H2O", language="de", spans=(TextSpan(1, 2, SpanKind.LOWERED, "x"),))
    kept = article_of(plain_article(replace(article, blocks=(*article.blocks, block))))
    assert kept == replace(article, blocks=(*article.blocks, block))
    assert kept.blocks[-1].spans == block.spans


@pytest.mark.parametrize("act", [Act.DROP, Act.HEAR])
def test_what_is_already_as_it_was_asked_for_changes_no_paragraph_that_is_like_it(act: Act) -> None:
    meant, alike = "The gates of the lock stand open.", "The gates of the lock stand open now."
    heard, dropped = (alike, meant) if act is Act.DROP else (meant, alike)
    removed = (Removed(Block(dropped), Reason.RELATED, "rule", 1),)
    article = Article(blocks=(Block(heard),), removed=removed, cleaned=True)
    edited, unfit = apply_edit(article, Edit(text=(Overrule(act, meant),)))
    assert unfit == ()
    assert [block.text for block in edited.blocks] == [heard]
    assert [entry.block.text for entry in edited.removed] == [dropped]
