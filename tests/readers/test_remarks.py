"""What a link says of itself, in the languages of the phrases, and sentences that say nearly the same."""

from __future__ import annotations

import pytest

from audiogen.readers.remarks import LONGEST, find_remark, is_remark

REMARKS = (
    "(opens in a new tab)",
    " Link opens in a new window ",
    "Opens a new window",
    "opens in new tab or window",
    "(External link)",
    "öffnet in neuem Fenster",
    "Link öffnet sich in einem neuen Tab",
    "(Externer Link)",
    "opent in een nieuw venster",
    "åbner i et nyt vindue",
    "åpnes i nytt vindu",
    "öppnas i ny flik",
    "s’ouvre dans une nouvelle fenêtre",
    "(nouvelle fenêtre)",
    "se abre en una ventana nueva",
    "si apre in una nuova scheda",
    "abre em nova janela",
    "se otevře v novém okně",
    "otwiera się w nowej karcie",
    "yeni sekmede açılır",
    "открывается в новом окне",
    "відкривається у новій вкладці",
)
OTHERS = (
    "external link",
    "a new window",
    "opens in a new building",
    "The shop opens in a new window of time",
    "öffnet in neuem Glanz",
    "nouvelle fenêtre",
    "se abre en una plaza nueva",
    "открывается в новом здании",
)


@pytest.mark.parametrize("text", REMARKS)
def test_where_a_link_opens_is_no_part_of_the_sentence(text: str) -> None:
    assert is_remark(text, "span")


@pytest.mark.parametrize("text", OTHERS)
def test_what_a_sentence_speaks_of_is_heard(text: str) -> None:
    assert not is_remark(text, "span")


@pytest.mark.parametrize("tag", ["a", "em", "code", "q"])
def test_what_an_element_stresses_or_quotes_is_heard(tag: str) -> None:
    assert not is_remark("(opens in a new tab)", tag)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the report (opens in a new tab)", "the report"),
        ("the report [external link] ", "the report"),
        ("the report (2019)", "the report (2019)"),
        ("what opens in a new tab", "what opens in a new tab"),
    ],
)
def test_a_remark_in_brackets_ends_a_links_text(text: str, shown: str) -> None:
    assert text[: find_remark(text)] == shown


@pytest.mark.parametrize(("blanks", "found"), [(LONGEST - 20, True), (LONGEST - 19, False)])
def test_a_remark_is_short(blanks: int, found: bool) -> None:
    assert is_remark("(opens in a new tab)".ljust(20 + blanks), "span") is found
