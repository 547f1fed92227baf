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


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [
        ("● coal", "coal", 1),
        ("▪ coal", "coal", 1),
        ("■ coal", "coal", 1),
        ("‣ coal", "coal", 1),
        ("· coal", "coal", 1),
        ("◦ coal", "coal", 2),
        ("○ coal", "coal", 2),
        ("▫ coal", "coal", 2),
        ("  *   coal", "coal", 1),
        ("•\tcoal", "coal", 1),
    ],
)
def test_bullets_of_every_browser_make_list_items(line: str, text: str, level: int) -> None:
    (block,) = read_text(line).blocks
    assert (block.text, block.kind, block.level) == (text, BlockKind.LIST_ITEM, level)
    assert mark(block, "bullet") == level


@pytest.mark.parametrize(
    "line",
    ["*coal* is black", "-20 degrees", "+44 20 7946", "•coal", "o’clock", "ordinary", "−5 °C", "· "],
)
def test_signs_that_touch_their_word_are_no_bullets(line: str) -> None:
    assert all(block.kind is not BlockKind.LIST_ITEM for block in read_text(line).blocks)


@pytest.mark.parametrize(
    ("line", "numbered"),
    [
        ("1. The handoff", True),
        ("12) The handoff", True),
        ("(3) The handoff", True),
        ("999. The handoff", True),
        ("1984. The year", False),
        ("1.5 metres", False),
        ("3 boats", False),
        ("No. 3", False),
    ],
)
def test_numbers_of_list_items_are_told_from_other_numbers(line: str, numbered: bool) -> None:
    (block,) = read_text(line).blocks
    assert block.text == line
    assert bool(mark(block, "number")) is numbered


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        ("One\r\nTwo", ["One", "Two"]),
        ("One\rTwo", ["One", "Two"]),
        ("One\x0cTwo", ["One", "Two"]),
        ("One\u2028Two", ["One", "Two"]),
        ("One\u00a0two", ["One two"]),
        ("One\ttwo", ["One two"]),
        ("\ufeffOne", ["One"]),
        ("O\u200dne\u2060", ["One"]),
        ("", []),
        (" \n\t\n", []),
    ],
    ids=["Windows", "old Mac", "form feed", "line separator", "hard space", "tab", "mark", "joiners", "empty", "blank"],
)
def test_lines_are_parted_however_they_end(document: str, lines: list[str]) -> None:
    assert texts(document) == lines


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Порт замерз у третій тиждень січня, і від вівторка з нього не вийшов жоден пором, кажуть лоцмани міста.",
            "uk",
        ),
        ("Порт замёрз на третьей неделе января, и со вторника из него не вышел ни один паром, говорят лоцманы.", "ru"),
        ("Der Hafen ist in der dritten Januarwoche zugefroren, und seit Dienstag hat ihn keine Fähre verlassen.", "de"),
        (
            "Le port a gelé la troisième semaine de janvier, et aucun bac ne l'a quitté depuis mardi, dit-on.",
            "fr",
        ),
        (
            "El puerto se heló en la tercera semana de enero, y ningún barco ha salido de él desde el martes, dicen.",
            "es",
        ),
        ("O porto congelou na terceira semana de janeiro, e nenhuma balsa saiu dele desde terça-feira, dizem.", "pt"),
        (
            "Il porto è gelato nella terza settimana di gennaio, e da martedì nessun traghetto ne è uscito, dicono.",
            "it",
        ),
        ("Port zamarzł w trzecim tygodniu stycznia i od wtorku nie wypłynął z niego żaden prom, mówią piloci.", "pl"),
    ],
)
def test_the_language_is_that_of_the_paragraphs_and_not_of_the_menu(text: str, language: str) -> None:
    menu = "\n".join(["Home", "About us", "Contact", "Privacy policy", "Subscribe"])
    assert read_text(f"{menu}\n{text}\n{text}").language == language


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ("Short line\nanother short line\nand a third", 3),
        ("\n".join(["The harbour froze in the third week of January, and no ferry"] * 4), 4),
        ("\n".join([f"* {'the ice of the harbour and of the basin was thick and'} {i}" for i in range(12)]), 12),
    ],
    ids=["verse", "too few to tell", "list"],
)
def test_lines_that_were_not_broken_at_a_column_stay(document: str, count: int) -> None:
    assert len(texts(document)) == count


@given(st.text(max_size=200))
def test_no_block_is_empty_or_has_blanks_at_its_ends(document: str) -> None:
    assert all(text and text == " ".join(text.split()) for text in texts(document))
