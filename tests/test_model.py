"""The nouns are values."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from audiogen import model
from audiogen.model import Article, Block, Clip, Script, Utterance

NOUNS = [noun for noun in vars(model).values() if inspect.isclass(noun) and dataclasses.is_dataclass(noun)]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_noun_is_frozen_and_slotted_and_says_what_it_is(noun: type) -> None:
    assert noun.__dataclass_params__.frozen  # type: ignore[attr-defined]  # set by the decorator
    assert "__slots__" in vars(noun)
    assert noun.__doc__
    assert not noun.__doc__.startswith(f"{noun.__name__}(")


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (Article(), ""),
        (Article(title="Title"), "Title"),
        (Article(title="Title", dek="Dek", blocks=(Block("One."), Block("Two."))), "Title\nDek\nOne.\nTwo."),
        (Article(blocks=(Block("One."),)), "One."),
    ],
)
def test_the_text_of_an_article_is_title_dek_and_blocks(article: Article, text: str) -> None:
    assert article.text == text


def test_the_text_of_a_script_is_what_is_said() -> None:
    assert Script((Utterance("Sept. 6", "September sixth"), Utterance("Yes.", "Yes."))).text == "September sixth\nYes."


def test_the_duration_of_a_clip_counts_frames_of_two_bytes() -> None:
    assert Clip(bytes(22_050), 22_050).duration == 0.5
