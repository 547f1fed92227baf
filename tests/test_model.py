"""The nouns are values."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from audiogen import model
from audiogen.model import (
    Article,
    Block,
    BlockKind,
    Clip,
    Cue,
    Evidence,
    Outcome,
    Reason,
    Recording,
    Removed,
    Role,
    Saying,
    Script,
    Source,
    Span,
    SpanKind,
    Synthesis,
    Utterance,
    Voice,
    WordTime,
)

NOUNS = [noun for noun in vars(model).values() if inspect.isclass(noun) and dataclasses.is_dataclass(noun)]
LISTS = [
    noun for noun in vars(model).values() if inspect.isclass(noun) and issubclass(noun, StrEnum) and noun is not StrEnum
]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_noun_is_frozen_and_slotted_and_says_what_it_is(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]  # set by the decorator
    assert "__slots__" in vars(noun)
    assert noun.__doc__
    assert not noun.__doc__.startswith(f"{noun.__name__}(")


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_sequences_are_tuples_and_tables_are_read_only(noun: type) -> None:
    """A list in a value would be a door in a wall: whoever holds the value could change it for all."""
    hints = get_type_hints(noun, vars(model) | {"Mapping": dict, "Path": Path, "datetime": datetime, "date": datetime})
    assert not [name for name, hint in hints.items() if str(hint).startswith(("list", "set"))]


#: What manifests, `--json` and settings are written with: a word that changes breaks what people have on their disks.
WORDS: dict[type[StrEnum], str] = {
    BlockKind: "paragraph, heading, list item, quote, question, answer, table, code, formula, embed, chart, link list,"
    " stand-in",
    Reason: "title, byline, date, reading time, caption, credit, call to action, related, feed, label, advertisement,"
    " navigation, form, share, tags, comments, duplicate, embed, disclaimer, biography, copyright, references, table,"
    " code, formula, hidden, boilerplate, site rule, language, edit",
    Role: "title, dek, heading, paragraph, list item, quote, question, answer, stand-in, disclosure",
    SpanKind: "raised, lowered, note, formula, abbreviation, time, data, quotation, language, line break",
    Saying: "letters, ipa, respelled",
    Synthesis: "rules, recordings, trained",
}


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_the_closed_lists_have_the_words_that_are_on_people_s_disks(words: type[StrEnum]) -> None:
    assert ", ".join(word.value for word in words) == WORDS[words]
    assert all(words(word.value) is word for word in words)


ARTICLE = Article(
    title="The dam closes",
    dek="A river town waits.",
    authors=("Ada Merrin",),
    published=datetime(2026, 9, 14, 6, 30, tzinfo=UTC),
    blocks=(Block("The gates were opened at dawn."), Block("Later", BlockKind.HEADING, 2)),
    removed=(Removed(Block("Support us."), Reason.CALL_TO_ACTION, "appeal", 2),),
)
#: A value of each noun, with what must be told and some of what may.
VALUES: list[Any] = [
    ARTICLE,
    Block("Text.", evidence=Evidence(("article", "p"), 0.5, {"blank_before": 1.0}, (1, 2))),
    Script((Utterance("Sept. 6", "September sixth", 0.5, alignment=(Span(0, 9, 0, 5),)),), "en", ("tlh",)),
    Voice("anchor", "pyttsx3", options={"command": ("say", "{text}")}, roles={"quote": "english-f3"}),
    Clip(b"\x00\x00", 22_050, (WordTime(0, 4, 0.1),), 3.0),
    Recording(Path("a.mp3"), 3.5, 44_100, 64, (Cue(0.2, 3.0),), -16.0, -1.2),
    Source("page.html", Path("page.html"), b"<p>", tags=("Rivers",)),
    Outcome("page.html", status="failed", error=None),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_crosses_processes_as_it_is(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_cannot_be_changed_and_takes_no_new_names(value: Any) -> None:
    first = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, first, "another")
    with pytest.raises((AttributeError, TypeError)):
        value.nickname = "x"


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_changed_copy_is_another_value(value: Any) -> None:
    first = dataclasses.fields(value)[0].name
    assert dataclasses.replace(value, **{first: "another"}) != value
    assert dataclasses.replace(value) == value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Block("Text."), Block("Text.", evidence=Evidence(("div",), 1.0))),
        (ARTICLE, dataclasses.replace(ARTICLE, source="/home/somebody/page.html")),
        (ARTICLE, dataclasses.replace(ARTICLE, signs={"free": "no"})),
    ],
    ids=["evidence", "source", "signs"],
)
def test_how_it_was_found_is_no_part_of_what_it_says(one: object, other: object) -> None:
    assert one == other
    assert repr(one) == repr(other)


def test_a_source_does_not_show_its_document() -> None:
    """A page of a megabyte in a log helps nobody."""
    assert "secret" not in repr(Source("page.html", document="secret" * 1000))


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (Article(), ""),
        (Article(title="Title"), "Title"),
        (Article(title="Title", dek="Dek", blocks=(Block("One."), Block("Two."))), "Title\nDek\nOne.\nTwo."),
        (Article(blocks=(Block("One."),)), "One."),
        (Article(title="Title", blocks=(Block(""), Block("One."))), "Title\nOne."),
        (ARTICLE, "The dam closes\nA river town waits.\nThe gates were opened at dawn.\nLater"),
    ],
    ids=["nothing", "title", "all", "blocks", "an empty block", "with a ledger"],
)
def test_the_text_of_an_article_is_title_dek_and_blocks(article: Article, text: str) -> None:
    assert article.text == text


def test_the_text_of_a_script_is_what_is_said() -> None:
    assert Script((Utterance("Sept. 6", "September sixth"), Utterance("Yes.", "Yes."))).text == "September sixth\nYes."
    assert Script().text == ""


@pytest.mark.parametrize(
    ("size", "rate", "seconds"), [(22_050, 22_050, 0.5), (0, 22_050, 0.0), (88_200, 44_100, 1.0), (32_000, 16_000, 1.0)]
)
def test_the_duration_of_a_clip_counts_frames_of_two_bytes(size: int, rate: int, seconds: float) -> None:
    assert Clip(bytes(size), rate).duration == seconds


def test_what_nobody_told_is_empty() -> None:
    article = Article()
    assert (article.title, article.authors, article.published, article.blocks) == ("", (), None, ())
    assert not article.cleaned
    voice = Voice("a", "tone")
    assert (voice.rate, voice.pitch, voice.loudness, voice.synthesis) == (None, None, None, Synthesis.RULES)
    assert (Utterance("a", "b").block, Utterance("a", "b").role) == (-1, Role.PARAGRAPH)
    assert (Outcome("a").status, Outcome("a").episode) == ("new", None)
    assert (Source("a").read, Source("a").path) == (None, None)
