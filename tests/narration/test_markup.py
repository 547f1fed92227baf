"""What a page's markup says of short forms, dates and quotations."""

from __future__ import annotations

import pytest

from audiogen.model import SpanKind, TextSpan
from audiogen.narration.markup import markup_edits


def narrated(text: str, stretch: str, kind: SpanKind, value: str = "", *known: str) -> str:
    """Say *text*, a *stretch* of which is marked; *known* short forms are said by rules."""
    start = text.index(stretch)
    span = TextSpan(start, start + len(stretch), kind, value)
    for edit in reversed(list(markup_edits(text, (span,), lambda short: short in known))):
        text = text[: edit.start] + edit.narrated + text[edit.end :]
    return text


DATES = [
    ("03/04/2024", "2024-04-03", "2024-04-03"),
    ("03/04/2024", "2024-03-04T10:00", "2024-03-04"),
    ("04.03.24", "2024-04-03", "2024-04-03"),
    ("04.03.24", "1924-04-03", "1924-04-03"),
    ("03/04/2023", "2024-04-03", "03/04/2023"),
    ("03/05/2024", "2024-04-03", "03/05/2024"),
    ("March 4", "2024-03-04", "March 4"),
    ("03/04/2024", "soon", "03/04/2024"),
]


@pytest.mark.parametrize(("written", "machine", "said"), DATES)
def test_a_date_in_figures_is_told_by_its_machine_form(written: str, machine: str, said: str) -> None:
    assert narrated(f"On {written} it rained.", written, SpanKind.TIME, machine) == f"On {said} it rained."


FORMS = [
    ("aft.", "after lunch", "after lunch"),
    ("aft.", "two three four five at the aft tide", "aft."),
    ("aft.", "a five-word fat tide", "a five-word fat tide"),
    ("kph", "kilometers per hour", "kilometers per hour"),
    ("WHO", "World Health Organization", "WHO"),
    ("TVs", "television sets", "TVs"),
    ("lol", "a private joke", "lol"),
    ("soon", "so on 5 May", "soon"),
    ("after", "a.f", "after"),
    ("known", "kind of no wonder nobody", "known"),
    ("ab", "an a b", "an a b"),
    ("ab", "a", "ab"),
    ("a", "an", "a"),
    ("a", "any", "any"),
    ("kx", "kilo x one two three four", "kilo x one two three four"),
    ("kx", "kilo x one two three four five", "kx"),
]


@pytest.mark.parametrize(("short", "title", "said"), FORMS)
def test_a_short_form_is_said_by_its_title_where_that_expands_it(short: str, title: str, said: str) -> None:
    assert narrated(f"It is {short} now.", short, SpanKind.ABBREVIATION, title, "known") == f"It is {said} now."


@pytest.mark.parametrize(
    ("text", "stretch", "said"),
    [
        ("He said so be it then.", "so be it", 'He said "so be it" then.'),
        ("He said “so be it” then.", "so be it", "He said “so be it” then."),
        ("He said “so be it” then.", "“so be it”", "He said “so be it” then."),
        ("He said so be it” then.", "so be it", "He said so be it” then."),
        ("He said 'so be it then.", "so be it", "He said 'so be it then."),
        ("So be it", "So be it", '"So be it"'),
    ],
)
def test_a_quotation_has_marks_of_its_own_or_gets_them(text: str, stretch: str, said: str) -> None:
    assert narrated(text, stretch, SpanKind.QUOTATION) == said


def test_other_marks_change_nothing() -> None:
    assert narrated("It is aft. now.", "aft.", SpanKind.DATA, "after lunch") == "It is aft. now."
