"""Digests change with what is heard, never with what a newer version adds; those of audiogen 0.1.0 stay what they were.

The digests of version 1 below were written by audiogen 0.1.0 (commit 27a2edc).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from audiogen.episodes.digests import (
    VERSION,
    article_digest,
    heard_settings_digest,
    heard_settings_digest_1,
    settings_digest,
    settings_digest_1,
)
from audiogen.model import Article, Block, BlockKind, Synthesis, Voice
from audiogen.placeholders import Placeholders
from audiogen.settings import Settings, Speech

TONE = Voice("tone", "tone")
SETTINGS = replace(
    Settings().with_flags(
        audio__loudness=-19.0,
        speech__voice="tone",
        speech__rate=200,
        speech__cache=False,
        disclosure__place="both",
    ),
    stand_ins=Placeholders(table="skip"),
    pauses={"title": 2.0, "dash": 0.1},
)
VOICE = Voice(
    "tone",
    "tone",
    language="en",
    rate=180,
    loudness=-20.5,
    synthesis=Synthesis.TRAINED,
    pauses={"title": 1.0},
    roles={"quote": "x"},
    options={"speakers": ("a", "b"), "n": 1},
)
ARTICLE = Article(
    title="The ferry",
    dek="Nine days.",
    authors=("Mira Tolland",),
    published=datetime(2026, 9, 6, 6, 13, tzinfo=UTC),
    modified=date(2026, 9, 7),
    site="Ledger",
    url="https://ledger.example/ferry",
    language="en",
    image="ferry.jpg",
    tags=("ships",),
    blocks=(Block("It sails."), Block("Again.", BlockKind.HEADING, 2)),
)


@pytest.mark.parametrize(
    ("digest", "written"),
    [
        (article_digest(Article(), 1), "5847a2d460858098e9700a073bdba44523140e8fcbcd5c72c3867adaf7e80be0"),
        (article_digest(ARTICLE, 1), "de0a3b82d73cbce0b4d7622fb86e009697298f5f8e9c49f20dc0b43b9a6a5c20"),
        (settings_digest_1(Settings(), TONE), "d7439de31b82354c513b36c10ce4e290a80d0991c822bbe2a3fe994c6a401f3c"),
        (settings_digest_1(SETTINGS, VOICE), "b10e8b5c6d6811cb62c4d951ee0e801d18d8b6092261ec327e34b86306e166f5"),
        (
            settings_digest_1(SETTINGS.with_flags(c2pa__certificate="chain.pem"), VOICE),
            "6cd3cea2e19ebc5ca9f0342f2d73f03601af550e50a0ebdb3a654bc05935762b",
        ),
    ],
)
def test_digests_of_version_1_are_what_they_were(digest: str, written: str) -> None:
    assert digest == f"sha256:{written}"


@pytest.mark.parametrize(("settings", "written"), [(Settings(), "f81937fd5ee82c5a"), (SETTINGS, "3df458f72c23de1c")])
def test_the_taste_of_version_1_is_what_it_was(settings: Settings, written: str) -> None:
    assert heard_settings_digest_1(settings) == written


def test_the_manifests_of_version_1_agree() -> None:
    folder = Path(__file__).parent.parent / "libraries" / "made_by_0_1" / "library" / "episodes"
    manifest = json.loads((folder / "morning-briefing.json").read_text(encoding="utf-8"))
    texts = {line["block"]: line["written"] for line in manifest["script"] if line["role"] == "paragraph"}
    article = Article(title="Morning Briefing", language="en", blocks=tuple(map(Block, texts.values())))
    assert article_digest(article, 1) == manifest["digests"]["article"]


@pytest.mark.parametrize(
    "change",
    [{"title": "x"}, {"dek": "x"}, {"blocks": ()}, {"authors": ()}, {"published": None}, {"url": ""}, {"image": ""}],
    ids=lambda change: next(iter(change)),
)
def test_what_the_episode_takes_from_its_article_is_in_the_digest(change: dict[str, Any]) -> None:
    for version in (1, VERSION):
        assert article_digest(replace(ARTICLE, **change), version) != article_digest(ARTICLE, version)


@pytest.mark.parametrize(
    "change",
    [{"source": "/somewhere/else.html"}, {"external_id": "7"}, {"document": "sha256:0"}, {"tags": ()}],
    ids=lambda change: next(iter(change)),
)
def test_what_is_not_heard_is_not(change: dict[str, Any]) -> None:
    assert article_digest(replace(ARTICLE, **change)) == article_digest(ARTICLE)


HEARD = [
    (SETTINGS.with_flags(audio__quality="podcast"), True),
    (SETTINGS.with_flags(audio__format="opus"), True),
    (SETTINGS.with_flags(speech__voice="english"), True),
    (SETTINGS.with_flags(speech__rate=180), True),
    (SETTINGS.with_flags(disclosure__place="start"), True),
    (replace(SETTINGS, stand_ins=Placeholders()), True),
    (replace(SETTINGS, pauses={"title": 3.0}), True),
    (SETTINGS.with_flags(speech__cache=True), False),
    (SETTINGS.with_flags(show__title="Another"), False),
    (replace(SETTINGS, engines={"piper": {"workers": 2}}), False),
]


@pytest.mark.parametrize(("settings", "heard"), HEARD)
def test_only_what_is_heard_is_in_the_digest_of_the_settings(settings: Settings, heard: bool) -> None:
    assert (settings_digest(settings) != settings_digest(SETTINGS)) is heard
    assert (heard_settings_digest(settings) != heard_settings_digest(SETTINGS)) is heard
    assert (heard_settings_digest_1(settings) != heard_settings_digest_1(SETTINGS)) is heard
    assert (settings_digest_1(settings, VOICE) != settings_digest_1(SETTINGS, VOICE)) is heard


def test_what_signs_an_episode_is_in_its_digest_once_it_signs() -> None:
    key = SETTINGS.with_flags(c2pa__key="key.pem")
    assert settings_digest(key) == settings_digest(SETTINGS)
    signed = key.with_flags(c2pa__certificate="chain.pem")
    assert settings_digest(signed) != settings_digest(SETTINGS)
    assert settings_digest(signed.with_flags(c2pa__algorithm="ES384")) != settings_digest(signed)


def test_a_card_of_ones_own_is_in_the_digest_and_one_of_the_package_is_not() -> None:
    assert settings_digest(SETTINGS, VOICE) != settings_digest(SETTINGS)
    assert settings_digest(SETTINGS, replace(VOICE, rate=190)) != settings_digest(SETTINGS, VOICE)


@dataclass(frozen=True, slots=True)
class _SpeechOfTomorrow(Speech):
    whisper: str = "voice"
    strict: bool = False


def test_a_new_setting_changes_no_digest_while_it_has_its_default() -> None:
    old, new = replace(SETTINGS, speech=Speech("tone", 200)), replace(SETTINGS, speech=_SpeechOfTomorrow("tone", 200))
    asked = replace(SETTINGS, speech=_SpeechOfTomorrow("tone", 200, whisper="skip"))
    assert settings_digest(new) == settings_digest(old)
    assert heard_settings_digest(new) == heard_settings_digest(old)
    assert heard_settings_digest_1(new) == heard_settings_digest_1(old)
    assert settings_digest_1(new, VOICE) == settings_digest_1(old, VOICE)
    assert settings_digest(asked) != settings_digest(old)


def test_how_strict_the_self_check_is_is_not_heard() -> None:
    assert settings_digest(replace(SETTINGS, speech=_SpeechOfTomorrow("tone", 200, strict=True))) == settings_digest(
        replace(SETTINGS, speech=Speech("tone", 200))
    )


def test_a_whole_number_is_the_same_number() -> None:
    whole = replace(SETTINGS, pauses={"title": 2, "dash": 0.1})
    assert settings_digest(whole) == settings_digest(SETTINGS)
