"""A script is written by the lists of the user, the show and the voice, and holds the disclosure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.disclosure import disclosure
from audiogen.production import EpisodeMaker
from audiogen.settings import Settings, user_folder
from tests.production.conftest import voice_card

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article

LIST = '[[entry]]\nwritten = "Ostrand"\nsay = "{}"\n'


def test_the_show_s_word_list_wins_over_the_user_s_and_the_voice_s_over_both(
    tones: Settings, article: Article, tmp_path: Path
) -> None:
    show = tmp_path / "show"
    voice_card(show, "anchor", 'engine = "tone"')
    settings = tones.with_flags(speech__voice="anchor")

    def said() -> str:
        with EpisodeMaker(settings, folder=show) as episode_maker:
            return episode_maker.script(article).utterances[0].spoken

    assert "Ostrand" in said()
    user_folder().mkdir(parents=True)
    (user_folder() / "lexicon.toml").write_text(LIST.format("Ohstrand"), encoding="utf-8")
    assert "Ohstrand" in said()
    (show / "lexicon.toml").write_text(LIST.format("Osstrand"), encoding="utf-8")
    assert "Osstrand" in said()
    voice_card(show, "anchor", 'engine = "tone"\n[lexicon]\nOstrand = "Awstrand"')
    assert "Awstrand" in said()


def test_pauses_of_the_voice_win_over_those_of_the_settings(tones: Settings, article: Article, tmp_path: Path) -> None:
    voice_card(tmp_path, "calm", 'engine = "tone"\npauses = {title = 2.5}')
    settings = replace(tones.with_flags(speech__voice="calm"), pauses={"title": 1.5, "dek": 1.7})
    with EpisodeMaker(settings, folder=tmp_path) as episode_maker:
        title, dek = episode_maker.script(article).utterances[:2]
    assert (title.pause_after, dek.pause_after) == (2.5, 1.7)


@pytest.mark.parametrize(("language", "ends"), [("de", "erstellt."), ("tlh", "assistance."), ("", "assistance.")])
def test_the_disclosure_is_in_the_language_of_the_article(
    tones: Settings, article: Article, language: str, ends: str
) -> None:
    with EpisodeMaker(tones) as episode_maker:
        last = episode_maker.script(replace(article, language=language)).utterances[-1]
    assert last.role == "disclosure"
    assert last.written == disclosure(language or "en")
    assert last.written.endswith(ends)


@pytest.mark.parametrize(
    ("language", "foreign", "own", "spoken_in"),
    [
        ("ar", "voice", "", "en"),
        ("ar", "skip", "", "en"),
        ("ar", "as-is", "", ""),
        ("ar", "voice", "صوت آلي.", ""),
        ("de", "voice", "", ""),
        ("en-GB", "voice", "", ""),
    ],
)
def test_an_english_disclosure_of_another_article_is_spoken_in_english(
    tones: Settings, article: Article, language: str, foreign: str, own: str, spoken_in: str
) -> None:
    settings = tones.with_flags(speech__foreign=foreign, disclosure__text=own)
    with EpisodeMaker(settings) as episode_maker:
        last = episode_maker.script(replace(article, language=language)).utterances[-1]
    assert (last.role, last.language) == ("disclosure", spoken_in)


def test_a_show_s_own_disclosure_is_said_as_numbers_are(tones: Settings, article: Article) -> None:
    with EpisodeMaker(tones.with_flags(disclosure__text="Spoken by machine no. 5.")) as episode_maker:
        last = episode_maker.script(article).utterances[-1]
    assert last.written == "Spoken by machine no. 5."
    assert "five" in last.spoken
