"""Kokoro's real loading, phonemes and synthesis on a tiny model of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
import pytest

from audiogen.engines import kokoro as module
from audiogen.engines.kokoro import LONGEST_PIECE, MOST_PHONEMES, SAMPLE_RATE, SHORTEST_STYLE, Kokoro
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.model import Synthesis, Voice
from tests.engines.conftest import SENTENCES, say
from tests.engines.models import make_kokoro

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.engines.alignment import PhonemeTime

# kokoro-onnx has no release for Python 3.14.
pytest.importorskip("kokoro_onnx")

HIGH = Voice("high", "kokoro", "af_high", "en-US")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kokoro")
    make_kokoro(folder)
    return folder


@pytest.fixture(scope="module")
def engine(models: Path) -> Iterator[Kokoro]:
    with Kokoro(models=str(models), workers=2) as engine:
        yield engine


def pitch_of(pcm: bytes) -> float:
    samples = numpy.frombuffer(pcm, "<i2")
    return float(numpy.count_nonzero(numpy.diff(numpy.signbit(samples))) / len(samples) * SAMPLE_RATE / 2)


def test_a_sentence_is_spoken_with_the_times_of_its_words(engine: Kokoro) -> None:
    text = "The ferry left the harbour."
    clip = engine.speak(say(text), HIGH)
    assert clip.sample_rate == SAMPLE_RATE
    assert clip.duration > 1
    assert [text[word.start : word.end] for word in clip.words] == ["The", "ferry", "left", "the", "harbour"]
    assert [word.time for word in clip.words] == sorted(word.time for word in clip.words)
    assert clip.words[-1].time < clip.duration


def test_a_model_that_keeps_its_durations_to_itself_times_words_as_well(tmp_path: Path, engine: Kokoro) -> None:
    make_kokoro(tmp_path, hidden=True)
    with Kokoro(models=str(tmp_path)) as other:
        assert other.speak(say("The ferry left."), HIGH) == engine.speak(say("The ferry left."), HIGH)


def test_small_words_said_as_one_are_timed(engine: Kokoro) -> None:
    text = "The chair of the board spoke for an hour of the meeting."
    words = engine.speak(say(text), HIGH).words
    assert [text[word.start : word.end] for word in words] == text.strip(".").split()
    assert [word.time for word in words] == sorted({word.time for word in words})


def test_a_word_of_another_language_comes_without_its_mark(engine: Kokoro) -> None:
    spoken = module._say(engine._model(HIGH).tokenizer, "Il lavoro dei weekend e Facebook (no).", "it")
    assert "en" not in spoken.split()
    assert "(it)" not in spoken
    assert "fˈAsbʊk" in spoken


@pytest.mark.parametrize(
    ("text", "tag", "spoken"),
    [
        ("church", "en-us", "ʧˈɜɹʧ"),
        ("a party", "en-us", "ə pˈɑɹTi"),
        ("go", "en-gb", "ɡˈQ"),
        ("go", "en-us", "ɡˈO"),
        ("ciao", "it", "ʧˈao"),
    ],
)
def test_phonemes_are_written_in_the_alphabet_the_model_learned(
    engine: Kokoro, text: str, tag: str, spoken: str
) -> None:
    assert module._say(engine._model(HIGH).tokenizer, text, tag) == spoken


def test_the_voices_of_the_file_are_listed(engine: Kokoro) -> None:
    assert [(voice.id, voice.language, voice.synthesis) for voice in engine.voices()] == [
        ("af_high", "en-US", Synthesis.TRAINED),
        ("am_low", "en-US", Synthesis.TRAINED),
    ]
    assert engine.version.startswith("kokoro-onnx 0.")


def test_a_blend_lies_between_its_voices(engine: Kokoro) -> None:
    high, low, even, mostly_low = (
        pitch_of(engine.speak(say(SENTENCES[0]), Voice("v", "kokoro", name, "en-US")).pcm)
        for name in ("af_high", "am_low", "af_high+am_low", "af_high:1 + am_low:3")
    )
    assert low < mostly_low < even < high
    assert even == pytest.approx((high + low) / 2, rel=0.02)


def test_no_piece_meets_the_models_limit(engine: Kokoro, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    usual = Kokoro._speak_piece

    def watch(self: Kokoro, model: object, phonemes: str, *rest: object) -> tuple[bytes, list[PhonemeTime]]:
        given.append(phonemes)
        return usual(self, model, phonemes, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Kokoro, "_speak_piece", watch)
    figures = "9876543210 " * (LONGEST_PIECE // 5)
    clip = engine.speak(say(figures), HIGH)
    assert max(map(len, given)) <= MOST_PHONEMES
    single = engine.speak(say("9876543210"), HIGH)
    assert clip.duration > single.duration * (LONGEST_PIECE // 5) * 0.8


def test_a_very_short_text_is_spoken_in_a_steadier_style(engine: Kokoro) -> None:
    style = module._style(engine._model(HIGH), HIGH)
    assert (style[: SHORTEST_STYLE - 1] == style[SHORTEST_STYLE - 1]).all()
    assert style[SHORTEST_STYLE][0][0] > style[SHORTEST_STYLE - 1][0][0]
    assert 0.1 < engine.speak(say("No."), HIGH).duration < 1


def test_a_faster_card_is_shorter(engine: Kokoro) -> None:
    usual, fast = (
        engine.speak(say(SENTENCES[0]), Voice("v", "kokoro", "af_high", "en", rate=rate)).duration
        for rate in (None, 350)
    )
    assert fast == pytest.approx(usual / 2, rel=0.02)


def test_a_model_without_timings_speaks_without_word_times(tmp_path: Path) -> None:
    make_kokoro(tmp_path, timed=False)
    with Kokoro(models=str(tmp_path)) as engine:
        clip = engine.speak(say(SENTENCES[0]), HIGH)
    assert clip.duration > 1
    assert clip.words == ()


def test_clips_of_several_threads_come_in_order(engine: Kokoro) -> None:
    utterances = [say(sentence) for sentence in SENTENCES * 3]
    alone = [engine.speak(utterance, HIGH) for utterance in utterances]
    assert list(engine.speak_all(utterances, HIGH)) == alone


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("af_hig", "Did you mean af_high"),
        ("zzz", "no voice 'zzz'"),
        ("af_high:much", "is no weight"),
        ("", "no voice ''"),
    ],
)
def test_an_unknown_voice_or_weight_is_named(engine: Kokoro, name: str, spoken: str) -> None:
    with pytest.raises(UnknownVoiceError, match=spoken):
        engine.speak(say("Hello."), Voice("v", "kokoro", name))


def test_without_a_model_the_error_says_how_to_fetch_it(tmp_path: Path) -> None:
    with Kokoro(models=str(tmp_path)) as engine:
        assert list(engine.voices()) == []
        with pytest.raises(UnknownVoiceError, match="voices install kokoro"):
            engine.speak(say("Hello."), HIGH)


def test_a_damaged_model_is_an_error_of_ours(tmp_path: Path) -> None:
    path = make_kokoro(tmp_path)
    path.write_bytes(path.read_bytes()[:300])
    with Kokoro(models=str(tmp_path)) as engine, pytest.raises(UnknownVoiceError, match="could not be loaded"):
        engine.speak(say("Hello."), HIGH)


def test_a_model_that_fails_names_the_sentence(engine: Kokoro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kokoro, "_speak_piece", lambda *_: 1 / 0)
    with pytest.raises(SpeechError, match=r"“Hello\.”: division by zero"):
        engine.speak(say("Hello."), HIGH)


def test_words_without_a_sound_are_an_error(engine: Kokoro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kokoro, "_speak_piece", lambda *_: (b"", []))
    with pytest.raises(SpeechError, match="no sounds"):
        engine.speak(say("Hello."), HIGH)


def test_nothing_to_say_gives_an_empty_clip(engine: Kokoro) -> None:
    assert engine.speak(say("…"), HIGH).pcm == b""


def test_files_replaced_have_another_fingerprint(tmp_path: Path) -> None:
    path = make_kokoro(tmp_path)
    before = Kokoro(models=str(tmp_path)).fingerprint(HIGH)
    path.write_bytes(path.read_bytes() + b" ")
    assert Kokoro(models=str(tmp_path)).fingerprint(HIGH) != before


def test_without_kokoro_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(EngineMissingError, match=r"install .*\[kokoro\]"), Kokoro():
        pass
