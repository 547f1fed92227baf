"""Piper's real loading and synthesis on a tiny voice of our own."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import numpy
import pytest

from audiogen.engines import piper as module
from audiogen.engines.piper import LONGEST_PIECE, SENTENCE_SILENCE, Piper
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.model import Synthesis, Voice
from tests.engines.conftest import SENTENCES, say
from tests.engines.models import make_piper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HUM = Voice("hum", "piper", "en_XX-hum-tiny")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    make_piper(folder)
    return folder


@pytest.fixture(scope="module")
def engine(models: Path) -> Iterator[Piper]:
    with Piper(models=str(models), workers=2) as engine:
        yield engine


def with_options(**options: str | float) -> Voice:
    return Voice("hum", "piper", "en_XX-hum-tiny", options=options)


def test_a_voice_speaks_by_name_and_by_path(engine: Piper, models: Path) -> None:
    by_name = engine.speak(say(SENTENCES[0]), HUM)
    by_path = engine.speak(say(SENTENCES[0]), Voice("hum", "piper", str(models / "en_XX-hum-tiny.onnx")))
    assert by_name == by_path
    assert by_name.sample_rate == 22_050
    assert by_name.duration > 1


def test_the_models_in_the_folder_are_listed(engine: Piper) -> None:
    (voice,) = engine.voices()
    assert (voice.id, voice.language, voice.synthesis) == ("en_XX-hum-tiny", "en-US", Synthesis.TRAINED)
    assert engine.version.startswith("piper-tts 1.")


def test_loudness_is_left_as_the_model_made_it(engine: Piper) -> None:
    samples = numpy.frombuffer(engine.speak(say(SENTENCES[0]), HUM).pcm, "<i2")
    assert abs(samples).max() == pytest.approx(0.2 * 32768, rel=0.01)


def test_word_times_come_from_the_models_alignments(engine: Piper) -> None:
    text = "The ferry left the harbour."
    clip = engine.speak(say(text), HUM)
    assert [text[word.start : word.end] for word in clip.words] == ["The", "ferry", "left", "the", "harbour"]
    assert [word.time for word in clip.words] == sorted(word.time for word in clip.words)
    assert 0 < clip.words[0].time < 0.2
    assert clip.words[-1].time < clip.duration


def test_a_model_that_keeps_its_durations_to_itself_times_words_as_well(tmp_path: Path, engine: Piper) -> None:
    make_piper(tmp_path, hidden=True)
    with Piper(models=str(tmp_path)) as other:
        assert other.speak(say("The ferry left."), HUM) == engine.speak(say("The ferry left."), HUM)


def test_a_figure_and_small_words_said_as_one_are_timed(engine: Piper) -> None:
    text = "In 1984 it cost $5 of the fund."
    words = engine.speak(say(text), HUM).words
    assert [text[word.start : word.end] for word in words] == ["In", "1984", "it", "cost", "5", "of", "the", "fund"]
    assert [word.time for word in words] == sorted({word.time for word in words})


def test_phonemes_in_the_articles_own_brackets_are_not_obeyed(engine: Piper) -> None:
    plain, marked = (engine.speak(say(f"The note said {note} there."), HUM) for note in ("((sic))", "[[sic]]"))
    assert marked == plain


def test_a_faster_card_is_shorter(engine: Piper) -> None:
    usual, fast = (
        engine.speak(say(SENTENCES[0]), Voice("h", "piper", HUM.id, rate=rate)).duration for rate in (None, 350)
    )
    assert fast == pytest.approx(usual * 2 / 3, rel=0.02)  # a phoneme's frames are whole
    assert engine.speak(say(SENTENCES[0]), with_options(length_scale=2.0)).duration == pytest.approx(2 * usual)


def test_sentences_of_one_utterance_are_joined_with_silence(engine: Piper) -> None:
    apart = sum(engine.speak(say(text), HUM).duration for text in SENTENCES[:2])
    joined = engine.speak(say(" ".join(SENTENCES[:2])), HUM)
    assert joined.duration == pytest.approx(apart + SENTENCE_SILENCE, abs=0.01)
    close = engine.speak(say(" ".join(SENTENCES[:2])), with_options(sentence_silence=0.0))
    assert close.duration == pytest.approx(apart, abs=0.01)


def test_a_speaker_is_chosen_by_name_or_number(engine: Piper) -> None:
    high, low, second = (
        engine.speak(say(SENTENCES[0]), with_options(speaker=speaker)).pcm for speaker in ("high", "low", 1)
    )
    assert low == second != high
    with pytest.raises(UnknownVoiceError, match="no speaker 'middle', but high, low"):
        engine.speak(say(SENTENCES[0]), with_options(speaker="middle"))


def test_a_long_utterance_is_whole(engine: Piper) -> None:
    text = "The ferry left the harbour. " * (LONGEST_PIECE // 10)
    clip = engine.speak(say(text), HUM)
    assert len(clip.words) == 5 * (LONGEST_PIECE // 10)
    assert text[clip.words[-1].start :] == "harbour. "


def test_clips_of_several_threads_come_in_order(engine: Piper) -> None:
    utterances = [say(sentence) for sentence in SENTENCES * 4]
    alone = [engine.speak(utterance, HUM) for utterance in utterances]
    assert list(engine.speak_all(utterances, HUM)) == alone


def test_nothing_to_say_gives_an_empty_clip(engine: Piper) -> None:
    assert engine.speak(say("…"), HUM).pcm == b""


def test_words_without_a_sound_are_an_error(engine: Piper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Piper, "_speak_piece", lambda *_: [])
    with pytest.raises(SpeechError, match="no sounds"):
        engine.speak(say("Hello."), HUM)


def test_a_model_that_fails_names_the_sentence(engine: Piper, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(Piper, "_speak_piece", fail)
    sentence = say("Hello there.")
    with pytest.raises(SpeechError, match="out of memory") as caught:
        engine.speak(sentence, HUM)
    assert caught.value.subject is sentence


def test_an_unknown_voice_gets_near_names_or_the_command_that_fetches_it(engine: Piper) -> None:
    with pytest.raises(UnknownVoiceError, match="Did you mean en_XX-hum-tiny"):
        engine.speak(say("Hello."), Voice("v", "piper", "en_XX-hum-tin"))
    with pytest.raises(UnknownVoiceError, match="voices install piper:uk_UA-lada-x_low"):
        engine.speak(say("Hello."), Voice("v", "piper", "uk_UA-lada-x_low"))


def test_a_damaged_model_is_an_error_of_ours(tmp_path: Path) -> None:
    path = make_piper(tmp_path, "bad")
    path.write_bytes(path.read_bytes()[:500])
    with Piper(models=str(tmp_path)) as engine, pytest.raises(UnknownVoiceError, match="could not be loaded"):
        engine.speak(say("Hello."), Voice("v", "piper", "bad"))


def test_a_model_replaced_under_its_name_has_another_fingerprint(tmp_path: Path) -> None:
    path = make_piper(tmp_path, "x")
    engine = Piper(models=str(tmp_path))
    before = engine.fingerprint(Voice("v", "piper", "x"))
    path.write_bytes(path.read_bytes() + b" ")
    assert engine.fingerprint(Voice("v", "piper", "x")) != before


def test_a_configuration_without_a_language_is_no_obstacle(tmp_path: Path) -> None:
    config = make_piper(tmp_path, "x").with_name("x.onnx.json")
    config.write_text(json.dumps({"language": None}), encoding="utf-8")
    (voice,) = Piper(models=str(tmp_path)).voices()
    assert voice.language == ""


def test_without_piper_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(EngineMissingError, match=r"install .*\[piper\]"), Piper():
        pass
