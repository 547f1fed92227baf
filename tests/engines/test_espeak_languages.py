"""The languages that eSpeak NG is said to speak: it has a voice of each, and gives sound for text in its script."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from audiogen.engines.pyttsx3.engine import Pyttsx3
from audiogen.engines.script_speaker import OTHER_TAGS
from audiogen.engines.voices import load_cards, spoken_languages
from audiogen.model import Utterance

TEXTS = tomllib.loads((Path(__file__).parents[1] / "language" / "texts.toml").read_text(encoding="utf-8"))
SPOKEN = spoken_languages({})


def test_each_has_a_voice_and_gives_sound_for_its_own_text() -> None:
    with Pyttsx3() as engine:
        voices = {voice.language.split("-")[0]: voice for voice in engine.voices()}
        assert sorted(tag for tag in SPOKEN if OTHER_TAGS.get(tag, tag) not in voices) == []
        for tag in sorted(SPOKEN & TEXTS.keys()):
            text = TEXTS[tag][1]
            voice = replace(voices[OTHER_TAGS.get(tag, tag)], language=tag)
            clip = engine.speak(Utterance(text, text), voice)
            # From 45 ms (French) to 240 (Chinese) a character; a letter that is named takes 400 and more.
            assert 0.03 < clip.duration / len(text) < 0.3, tag


@pytest.mark.parametrize("tag", ["ja", "km", "fo", "tl", "nn"])
def test_what_it_cannot_read_is_not_said_to_be_spoken(tag: str) -> None:
    assert tag not in SPOKEN


def test_a_card_that_is_taken_unasked_adds_its_language(tmp_path: Path) -> None:
    (tmp_path / "yamato.toml").write_text('engine = "tone"\nlanguage = "ja-JP"\n', encoding="utf-8")
    assert "ja" in spoken_languages(load_cards([tmp_path]))
