"""Lines under pictures: what is set as a caption is one, and what the text says after a picture is heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiogen.cleaner.html.captions import MAX_CAPTION_WORDS, MAX_ITALIC_WORDS, MIN_FRAGMENT_WORDS, MIN_ITALIC_LINES
from audiogen.model import Block, BlockKind
from tests.cleaner.blocks import heading, make_block, make_case, prose, rule_of

LINE = "The two apprentices with the wheel that they measured"
SENTENCE = "The two apprentices show the wheel that they have measured."
CREDITS = ("[Nils Aker/Coast Pictures]", "(Nils Aker, Coast Pictures)", "| Nils Aker", "— Nils Aker / Coast Pictures")
UNSURE = 0.7


def under(text: str, kind: BlockKind = BlockKind.PARAGRAPH, **marks: float) -> Block:
    """Make a line right after a picture."""
    made = make_block(text, kind, pictures_before=1.0)
    assert made.evidence is not None
    return replace(made, evidence=replace(made.evidence, marks={**made.evidence.marks, **marks}))


def words(count: int, end: str = "") -> str:
    return " ".join(["The", *["wheel"] * (count - 1)]) + end


def judged(*lines: Block, chance: float = UNSURE, place: int = 3, language: str = "en") -> str:
    """Name the rule that silences the first of *lines*, which stand in an article; empty where it is heard."""
    text = prose()
    page = make_case(*text[:place], *lines, *text[place:], chances={lines[0].text: chance}, language=language)
    return rule_of(page, lines[0].text)


CAPTIONS = {
    "centred": (under(SENTENCE, centred=1.0), "centred"),
    "italic": (under(SENTENCE, italic=0.95), "italic"),
    "no sentence": (under(LINE), "fragment"),
    **{f"credit {credit}": (under(f"{SENTENCE} {credit}"), "credit") for credit in CREDITS},
}


@pytest.mark.parametrize(("line", "rule"), CAPTIONS.values(), ids=CAPTIONS)
def test_a_line_that_is_set_as_a_caption_is_not_heard(line: Block, rule: str) -> None:
    assert judged(line) == f"page.{rule}-after-picture"


TEXT = {
    "a sentence": under(SENTENCE),
    "a question": under("Who filed the tooth of the wheel?"),
    "a line that announces a list": under("These are the wheels that they measured:"),
    "a line before which no picture stands": make_block(LINE, italic=1.0),
    "a line in which some words are italic": under(SENTENCE, italic=0.8),
    "a heading in bold type": under(LINE, bold=1.0),
    "a heading": under(LINE, BlockKind.HEADING),
    "an item of a list": under(LINE, BlockKind.LIST_ITEM),
    "a sentence with a place": under(f"{SENTENCE} (Lundhaven)"),
    "a sentence with a year": under(f"{SENTENCE} (since 1911)"),
}


@pytest.mark.parametrize("line", TEXT.values(), ids=TEXT)
def test_what_the_text_says_after_a_picture_is_heard(line: Block) -> None:
    assert judged(line) == ""


LIMITS = {
    "an italic line, longest": (under(words(MAX_ITALIC_WORDS, "."), italic=1.0), UNSURE, True),
    "an italic line, longer": (under(words(MAX_ITALIC_WORDS + 1, "."), italic=1.0), UNSURE, False),
    "a line with a credit, longest": (under(words(MAX_CAPTION_WORDS - 3, ". | Nils Aker")), UNSURE, True),
    "a line with a credit, longer": (under(words(MAX_CAPTION_WORDS - 2, ". | Nils Aker")), UNSURE, False),
    "no sentence, longest": (under(words(MAX_CAPTION_WORDS)), UNSURE, True),
    "no sentence, longer": (under(words(MAX_CAPTION_WORDS + 1)), UNSURE, False),
    "no sentence, shortest": (under(words(MIN_FRAGMENT_WORDS)), UNSURE, True),
    "no sentence, shorter": (under(words(MIN_FRAGMENT_WORDS - 1)), UNSURE, False),
    "an italic line, hardly sure": (under(SENTENCE, italic=1.0), 0.89, True),
    "an italic line, sure": (under(SENTENCE, italic=1.0), 0.91, False),
    "no sentence, unsure": (under(LINE), 0.74, True),
    "no sentence, likely": (under(LINE), 0.76, False),
    "nearly all italic": (under(SENTENCE, italic=0.91), UNSURE, True),
    "most of it italic": (under(SENTENCE, italic=0.89), UNSURE, False),
    "less than half bold": (under(LINE, bold=0.49), UNSURE, True),
    "half bold": (under(LINE, bold=0.5), UNSURE, False),
}


@pytest.mark.parametrize(("line", "chance", "caption"), LIMITS.values(), ids=LIMITS)
def test_each_limit_has_both_its_sides(line: Block, chance: float, caption: bool) -> None:
    assert bool(judged(line, chance=chance)) is caption


@pytest.mark.parametrize(("count", "caption"), [(MIN_ITALIC_LINES - 1, True), (MIN_ITALIC_LINES, False)])
def test_where_somebody_speaks_in_italics_they_are_no_sign(count: int, caption: bool) -> None:
    turns = [make_block(f"Ida: They measured wheel number {n} twice.", italic=1.0) for n in range(count)]
    assert bool(judged(under(SENTENCE, italic=1.0), *turns)) is caption


def test_lines_after_pictures_in_a_row_are_a_list() -> None:
    assert judged(under(LINE), under("The lighthouse at the end of the mole")) == ""


def test_a_line_under_the_picture_before_the_text_is_left_to_the_model() -> None:
    assert judged(under(SENTENCE, italic=1.0), place=0) == ""


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "th"])
def test_where_words_have_no_spaces_a_line_without_a_stop_is_left_to_the_model(language: str) -> None:
    assert judged(under(LINE), language=language) == ""


def test_where_all_text_stands_under_pictures_it_is_heard() -> None:
    shown = [under(line.text, centred=1.0) for line in prose()]
    page = make_case(heading("The wheels"), *shown)
    assert [rule_of(page, line.text) for line in shown] == [""] * len(shown)
