"""Plain-text captures to blocks."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.errors import UnsupportedSourceError
from audiogen.model import Block, BlockKind
from audiogen.readers.text import LONGEST, MOST_LINES, read_text


def texts(document: str) -> list[str]:
    """Give the texts of the blocks of *document*."""
    return [block.text for block in read_text(document).blocks]


def mark(block: Block, name: str) -> float:
    """Give what the reader noted of *block*."""
    return block.evidence.marks.get(name, 0.0) if block.evidence else 0.0


def test_every_line_with_text_is_a_block() -> None:
    assert texts("One.\n\n  Two  \twords. \r\nThree.\n") == ["One.", "Two words.", "Three."]


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [("* coal", "coal", 1), ("+ coal", "coal", 2), ("o coal", "coal", 3), ("• coal", "coal", 1), ("- coal", "coal", 1)],
)
def test_a_bullet_makes_a_list_item_of_its_depth(line: str, text: str, level: int) -> None:
    block = read_text(f"* first\n{line}").blocks[1]
    assert (block.text, block.kind, block.level) == (text, BlockKind.LIST_ITEM, level)


def test_a_letter_o_is_a_bullet_only_among_bullets() -> None:
    assert texts("o porto gelou\no barco ficou") == ["o porto gelou", "o barco ficou"]


@pytest.mark.parametrize("line", ["— Не знаю, — сказав він.", "– Ich weiß nicht.", "1984 was cold."])
def test_dialogue_and_years_are_no_list_items(line: str) -> None:
    assert read_text(line).blocks == (Block(line),)


def test_a_number_stays_in_the_text_and_is_noted() -> None:
    block = read_text("1. The handoff").blocks[0]
    assert block.text == "1. The handoff"
    assert mark(block, "number") == 1.0


def test_an_empty_line_before_a_block_is_noted() -> None:
    first, second, third = read_text("One\n\nTwo\nThree").blocks
    assert [mark(block, "blank before") for block in (first, second, third)] == [0.0, 1.0, 0.0]


def test_bullets_without_text_are_no_blocks() -> None:
    assert texts("*\n* \n+\nwords") == ["words"]


def test_marks_that_show_nothing_are_left_out() -> None:
    assert texts("fro\u00adzen \u200bport\x00") == ["frozen port"]


def test_paragraphs_that_were_broken_at_a_column_are_joined() -> None:
    line = "and the ferries did not leave the frozen harbour for a week and"
    wrapped = "\n".join(["The captains waited in the tavern for the ice to break up", *[line] * 9, "came home."])
    assert len(texts(f"{wrapped}\n\n* one\n* two\n\nAnother paragraph stands here.")) == 4


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    lines = ["The harbour froze in the third week of January, and no ferry left."] * 12
    assert len(texts("\n".join(lines))) == 12


def test_a_line_without_end_is_divided_between_words() -> None:
    document = "ice " * 20_000
    pieces = texts(document)
    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces).split() == document.split()


def test_a_text_of_more_lines_than_a_page_is_refused() -> None:
    with pytest.raises(UnsupportedSourceError, match="lines"):
        read_text("ice\n" * (MOST_LINES + 1))


def test_a_capture_gives_its_language_and_credits() -> None:
    paragraph = "The harbour froze in the third week of January, and no ferry left it for nine days in a row, he said."
    head = ["Menu", "The harbour that froze", "By Ada Lind", "March 5, 2024"]
    document = "\n".join([*head, paragraph, paragraph, paragraph, "© 2024 Northern Post. All rights reserved."])
    article = read_text(document, "https://example.org/a")
    assert article.language == "en"
    assert article.authors == ("Ada Lind",)
    assert article.published == datetime.date(2024, 3, 5)
    assert article.site == "Northern Post"
    assert article.url == "https://example.org/a"
    assert article.format == "text"


@given(st.text(alphabet=st.sampled_from("ab .\n*+-o1•—\t"), max_size=300))
def test_every_word_of_a_capture_is_in_a_block(document: str) -> None:
    words = [word for word in document.replace("•", " ").replace("*", " ").split() if word.strip("*+-o—.1")]
    read = " ".join(texts(document))
    assert all(word.strip("*+-o") in read for word in words)
