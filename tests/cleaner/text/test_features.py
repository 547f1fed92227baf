"""What can be seen of the lines of a capture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.cleaner.text.features import content_words, features, words_of
from audiogen.model import Reason
from tests.cleaner.lines import OTHER, PARAGRAPH, THIRD, line, lines


def seen(name: str, *page: str, language: str = "en") -> list[float]:
    """Give one column of the features of a page."""
    names, rows = features(lines(*page, language=language), language)
    return [round(float(value), 3) for value in rows[:, names.index(name)]]


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("The harbour froze.", True),
        ("Did it freeze?", True),
        ("It froze!", True),
        ("It froze…", True),
        ("“It froze.”", True),
        ("(It froze.)", True),
        ("Er sagte: „Nie wieder.“", True),
        ("‚Nie.‘", True),
        ("« Jamais. »".replace(" »", "»"), True),
        ("»Nie wieder.«", True),
        ("Він сказав: «Ніколи.»", True),
        ("凍った。", True),
        ("The harbour froze", False),
        ("The first days:", False),
        ("3.5 km", False),
        ("«Ніколи»", False),
    ],
)
def test_a_sentence_ends_as_its_language_ends_it(text: str, ended: bool) -> None:
    assert seen("sentence", text) == [ended]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It froze.", 0),
        ("It froze. Nobody came.", 1),
        ("“It froze.” Nobody came. All waited.", 2),
        ("Er sagte: „Nie wieder.“ Dann ging er.", 1),
        ("Порт замерз. Ніхто не прийшов.", 1),
        ("It cost 3.50 in all. nothing more", 0),
        ("¿Y ahora? ¡Nada!", 0),
    ],
)
def test_sentences_within_a_line_are_counted(text: str, count: int) -> None:
    assert seen("sentences", text) == [count]


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("colon", "The first days:", "The first: days"),
        ("question", "What now?", "What now."),
        ("cut", "People say that the fair…", "People say so."),
        ("cut", "People say that the fair...", "People … say so."),
        ("lower start", "by Ada Lind", "By Ada Lind"),
        ("quote start", "„Nie wieder", "Nie „wieder"),
        ("quote start", "«Ніколи", "Ніколи"),
        ("date", "January 19, 2024", "19 boats"),
        ("date", "19.01.2024", "19.01"),
        ("date", "19 січня 2024", "19 січня"),
        ("date", "2024-01-19", "24-01-19"),
        ("clock", "14:30", "14 30"),
        ("clock", "5 hours ago", "5 hours before"),
        ("clock", "20 min ago", "20 min walk"),
        ("address", "office@example.org", "the office"),
        ("address", "www.example.org", "the web"),
        ("address", "example.de", "example. De"),
        ("bracketed", "(The quay.)", "(The) quay."),
        ("copyright sign", "© Northern Post", "Northern Post"),
        ("exclamation", "Join us today! Now", "Join us today. Now"),
        ("bracket end", "The quay (Tom Berg)", "The quay (Tom Berg) in ice"),
    ],
)
def test_the_shape_of_a_line_is_seen(name: str, yes: str, no: str) -> None:
    assert seen(name, yes, no) == [1.0, 0.0]


@pytest.mark.parametrize(
    ("name", "text", "figure"),
    [
        ("commas", "ice, flour, fuel", 2),
        ("separators", "Home | Harbour › Tides / Ice", 3),
        ("digits", "ab12", 0.5),
        ("capitalized", "The Harbour Office said", 0.667),
        ("upper", "ICE ON the quay", 0.5),
        ("lower", "the harbour Office", 0.667),
        ("word length", "ice quay", 3.5),
        ("marker", "* ice", 1),
        ("marker", "+ ice", 2),
        ("marker", "3. ice", 4),
        ("marker", "ice", 0),
        ("you", "your ice and you", 0.5),
        ("we", "we and our ice", 0.5),
        ("common", "the ice of the quay", 0.6),
    ],
)
def test_the_words_of_a_line_are_measured(name: str, text: str, figure: float) -> None:
    assert seen(name, text) == [pytest.approx(figure, abs=1e-3)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ми і наш порт", "uk"),
        ("мы и наш порт", "ru"),
        ("wir und unser Hafen", "de"),
        ("nous et notre port", "fr"),
        ("nosotros y nuestro puerto", "es"),
        ("nós e nosso porto", "pt"),
        ("noi e il nostro porto", "it"),
        ("nasz port", "pl"),
    ],
)
def test_every_language_knows_who_speaks_of_himself(text: str, language: str) -> None:
    assert seen("we", text, language=language)[0] > 0


@pytest.mark.parametrize(
    ("text", "language", "group"),
    [
        ("Subscribe", "en", "appeal"),
        ("Related stories", "en", "related"),
        ("Share on Facebook", "en", "share"),
        ("© 2024 Northern Post. All rights reserved.", "en", "copyright"),
        ("Anzeige", "de", "advertisement"),
        ("Фото: Пороми біля причалу", "uk", "picture"),
        ("Von Ada Lind", "de", "author"),
        ("Читайте также", "ru", "related"),
    ],
)
def test_the_group_of_a_lines_phrase_is_seen(text: str, language: str, group: str) -> None:
    names, rows = features(lines(text, language=language), language)
    result = {name.removeprefix("says ") for name in names if name.startswith("says ") and name[-1] not in "123"}
    assert {name for name in result if rows[0, names.index(f"says {name}")]} == {group}


@pytest.mark.parametrize(
    ("text", "long"),
    [
        (PARAGRAPH, True),
        (PARAGRAPH.rstrip("."), False),
        ("The harbour froze.", False),
        ("Subscribe to our newsletter", False),
    ],
    ids=["paragraph", "not ended", "short", "appeal"],
)
def test_a_paragraph_is_long_ended_and_no_phrase(text: str, long: bool) -> None:
    assert line(text).is_long is long


def test_a_head_is_told_from_a_phrase_within() -> None:
    assert line("Related stories").is_heading_of(Reason.RELATED)
    assert not line("Related stories").is_heading_of(Reason.COMMENTS)
    assert not line(PARAGRAPH).is_heading_of(Reason.RELATED)


def test_a_line_sees_its_neighbours_and_the_pages_edge() -> None:
    page = ("ice, flour", "quay", "fuel, bread, ice")
    assert seen("commas -1", *page) == [-1, 1, 0]
    assert seen("commas +1", *page) == [0, 2, -1]
    assert seen("commas +2", *page) == [2, -1, -1]


def test_paragraphs_around_a_line_are_counted_without_itself() -> None:
    page = (PARAGRAPH, "Ice", OTHER, THIRD)
    assert seen("long in 4/0", *page) == [0, 1, 1, 2]
    assert seen("long in 0/4", *page) == [2, 2, 1, 0]


def test_a_line_sees_how_far_the_paragraphs_and_heads_are() -> None:
    page = ("Home", PARAGRAPH, "Ice", "Related stories", "The bridge")
    assert seen("since long", *page) == [-1, 0, 1, 2, 3]
    assert seen("until long", *page) == [1, 0, -1, -1, -1]
    assert seen("since related", *page) == [-1, -1, -1, 0, 1]


def test_the_density_of_text_is_highest_among_paragraphs() -> None:
    around = seen("text around", "Home", *["Menu"] * 5, PARAGRAPH, OTHER, THIRD, *["Links"] * 5)
    assert max(around) == around[7] == 1.0
    assert around[0] < around[5] < around[6]


def test_repetition_is_counted_up_to_a_bound() -> None:
    page = ("Share", "ice", "share", *["Save"] * 12)
    assert seen("times", *page)[:4] == [2, 1, 2, 9]
    assert seen("times before", *page)[:3] == [0, 0, 1]


def test_the_vocabulary_of_the_paragraphs_is_shared() -> None:
    shared = seen("vocabulary", PARAGRAPH, OTHER, "Norhaven harbour", "Bakery prices")
    assert shared[2:] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ice of January", {"january"}),
        ("Ferry, ferry and Quay", {"ferry", "quay"}),
        ("Порт і лід зими", {"порт", "зими"}),
    ],
)
def test_words_that_carry_the_subject_have_four_letters(text: str, words: set[str]) -> None:
    assert content_words(line(text)) == words


@given(st.lists(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.split())), min_size=1, max_size=8))
def test_every_figure_is_finite_whatever_the_lines(texts: list[str]) -> None:
    page = [line(f"x {' '.join(text.split())}") for text in texts]
    names, rows = features(page, "en")
    assert rows.shape == (len(page), len(names))
    assert np.isfinite(rows).all()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ice grew.", ("The", "ice", "grew")),
        ("氷が張った。", ("氷が張", "った")),
        ("iPhoneの氷", ("iPhone", "の氷")),
    ],
    ids=["with spaces", "without", "both"],
)
def test_words_of_writing_without_spaces_are_pieces(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize("end", ["。", "！", "？", "？」", "."])
def test_a_paragraph_of_any_script_is_long_and_ended(end: str) -> None:
    assert line("港が凍り、船は出ていないと事務所が発表した" * 3 + end).is_long
    assert not line("港が凍り、船は出ていないと事務所が発表した" * 3).is_long


#: A menu, a paragraph, a line of eighty-two words, a menu.
PLACED = ("Harbour news", PARAGRAPH, " ".join(["quay"] * 82), "Weather")
WORDS = len(PARAGRAPH.split())
WINDOWS = {
    "text in 4/0": [0, 2, 2 + WORDS, 82 + WORDS],
    "text in 0/4": [81 + WORDS, 81, 1, 0],
    "from top": [0, 1, 2, 3],
    "from end": [4, 3, 2, 1],
    "at": [0, 0.25, 0.5, 0.75],
}


@pytest.mark.parametrize(("name", "values"), WINDOWS.items(), ids=list(WINDOWS))
def test_a_line_is_measured_by_what_is_around_it(name: str, values: list[float]) -> None:
    """No line counts for more than eighty words."""
    assert seen(name, *PLACED) == values
