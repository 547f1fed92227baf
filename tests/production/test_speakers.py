"""An episode keeps its voice unless somebody names another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.engines.tone import CARD, Tone
from audiogen.episodes.digests import VERSION
from audiogen.episodes.library import Library
from audiogen.errors import (
    UnknownVoiceError,
)
from audiogen.production import KEPT, EpisodeMaker, Standing, is_priced, make_in_library, traits_of
from tests.production.conftest import voice_card

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.settings import Settings


def test_an_unknown_voice_offers_near_names(tones: Settings, article: Article) -> None:
    with (
        pytest.raises(UnknownVoiceError, match="english"),
        EpisodeMaker(tones.with_flags(speech__voice="englsh")) as episode_maker,
    ):
        episode_maker.speakers.voice(article)


@pytest.mark.parametrize(
    ("cards", "priced"),
    [
        ({"anchor": 'engine = "tone"'}, False),
        ({"anchor": 'engine = "tone"\noptions = {price = 15.0}'}, True),
        ({"anchor": 'engine = "tone"\nroles = {quote = "guest"}', "guest": 'engine = "tone"'}, False),
        (
            {
                "anchor": 'engine = "tone"\nroles = {quote = "guest"}',
                "guest": 'engine = "tone"\noptions = {price = 1.0}',
            },
            True,
        ),
    ],
    ids=["free", "priced", "two free", "a priced guest"],
)
def test_a_voice_costs_what_its_cast_costs(
    tones: Settings, article: Article, tmp_path: Path, cards: dict[str, str], priced: bool
) -> None:
    for name, text in cards.items():
        voice_card(tmp_path, name, text)
    with EpisodeMaker(tones.with_flags(speech__voice="anchor"), folder=tmp_path) as episode_maker:
        assert is_priced(episode_maker.speakers.voice(article), tmp_path) is priced
        if not priced:
            assert episode_maker.cost(article) == 0.0


def test_the_engine_s_traits_are_those_of_the_voice_s_engine() -> None:
    assert traits_of(CARD) == Tone.traits


LOW = 'engine = "tone"\nid = "tone"\npitch = 20\n'


@pytest.mark.parametrize(
    ("now", "named", "renew", "speaks"),
    [
        pytest.param("tone", False, False, "low", id="a correction, whatever the settings name now"),
        pytest.param("", False, False, "low", id="a correction, where they name none"),
        pytest.param("tone", True, False, "tone", id="a voice that was named for this run"),
        pytest.param("tone", False, True, "tone", id="made anew with the settings' voice"),
        pytest.param("", False, True, "low", id="made anew, where they name none"),
    ],
)
def test_an_episode_keeps_the_voice_that_spoke_it_unless_somebody_names_another(
    article: Article, tones: Settings, tmp_path: Path, now: str, named: bool, renew: bool, speaks: str
) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "low.toml").write_text(LOW, encoding="utf-8")
    manifest = {"voice": {"name": "low"}, "digests": {"version": VERSION, "voice": "low"}}
    settings = replace(tones, speech=replace(tones.speech, voice=now))
    with EpisodeMaker(settings, folder=tmp_path, voice_named=named) as episode_maker:
        assert episode_maker.speakers.speaker(article, manifest, renew=renew).voice.name == speaks
        assert episode_maker.speakers.speaker(article).voice.name == episode_maker.speakers.voice(article).name


def test_a_voice_that_is_not_here_any_more_is_replaced(article: Article, tones: Settings) -> None:
    with EpisodeMaker(tones) as episode_maker:
        for name in ("gone", "none:gone"):
            assert episode_maker.speakers.speaker(article, {"voice": {"name": name}}).voice.name == "tone"


def test_a_correction_tells_the_settings_it_was_spoken_with_and_what_is_made_anew_those_of_today(
    article: Article, tones: Settings, tmp_path: Path
) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "low.toml").write_text(LOW, encoding="utf-8")
    library, both = Library(tmp_path), (*KEPT, Standing.OTHER_SETTINGS)
    low = tones.with_flags(speech__voice="low")
    with EpisodeMaker(low, folder=tmp_path) as episode_maker:
        slug = make_in_library(library, episode_maker, article).slug
    corrected = replace(article, dek="A correction was added.")
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        make_in_library(library, episode_maker, corrected, keep=both)
        manifest = library.manifest(slug)
        assert manifest
        assert (manifest["voice"]["name"], manifest["digests"]["voice"]) == ("low", "low")
        assert episode_maker.reuse.standing(corrected, manifest) is Standing.OTHER_SETTINGS
        make_in_library(library, episode_maker, corrected)
        manifest = library.manifest(slug)
        assert manifest
        assert (manifest["voice"]["name"], manifest["digests"]["voice"]) == ("tone", "tone")
        assert episode_maker.reuse.standing(corrected, manifest) is Standing.DONE
