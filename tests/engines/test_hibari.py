"""The voice that comes with audiogen: word times, letters, pieces, and what is wrong with a model or a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy
import pytest

from audiogen.engines.hibari import MOST_PHONEMES, Hibari
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.errors import SpeechError, UnknownVoiceError
from audiogen.model import Clip, Voice
from tests.engines.conftest import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEART = Voice("v", "hibari", "heart", "en")


@pytest.fixture(scope="module")
def engine() -> Iterator[Hibari]:
    with Hibari(workers=1) as engine:
        yield engine


def phonemes(engine: Hibari, text: str) -> str:
    """What the model is given to say for a text."""
    from audiogen.engines.hibari import _pieces

    pieces = _pieces(engine._model(HEART), say(text))
    return "".join(word.phonemes + " " * word.spaced for _, words in pieces for word in words)


def test_each_word_is_timed_at_its_own_place(engine: Hibari) -> None:
    text = SENTENCES[0]
    clip = engine.speak(say(text), HEART)
    assert [text[word.start : word.end] for word in clip.words] == text.strip(".").split()
    times = [word.time for word in clip.words]
    assert times == sorted(times)
    # The first word begins with the sound, to a unit of the model's durations.
    samples = numpy.abs(numpy.frombuffer(clip.pcm, "<i2").astype(int))
    heard = numpy.flatnonzero(samples > 0.01 * samples.max())[0] / clip.sample_rate
    assert times[0] == pytest.approx(heard, abs=0.05)


def test_the_same_text_has_the_same_sound_and_another_seed_another(engine: Hibari) -> None:
    once, again = (engine.speak(say(SENTENCES[1]), HEART) for _ in range(2))
    other = engine.speak(say(SENTENCES[1]), replace(HEART, options={"seed": 1}))
    assert once == again
    assert other.pcm != once.pcm
    assert other.words == once.words


@pytest.mark.parametrize(("rate", "ratio"), [(85, 2.0), (170, 1.0), (340, 0.55), (1000, 0.55)])
def test_a_rate_is_a_pace(engine: Hibari, rate: int, ratio: float) -> None:
    usual = engine.speak(say(SENTENCES[2]), HEART).words[-1].time
    assert engine.speak(say(SENTENCES[2]), replace(HEART, rate=rate)).words[-1].time == pytest.approx(
        usual * ratio, rel=0.12
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("The A I act", "ði ˌAˈI ˈækt"),
        ("Two M P's left", "tˈu ˌɛmpˈiz lˈɛft"),
        ("An M S's crew", "ɐn ˌɛmˈɛsᵻz kɹˈu"),
    ],
)
def test_spelled_letters_are_said_by_their_names(engine: Hibari, text: str, spoken: str) -> None:
    assert phonemes(engine, text) == spoken


@pytest.mark.parametrize("text", ["[cat](/dˈɔɡ/)", "see [A](/ˈA/) there", "[x](/y/)", "[a b]( /y/ )", "[]()"])
def test_phoneme_markup_of_the_text_is_spoken_and_not_obeyed(engine: Hibari, text: str) -> None:
    plain = text.replace("[", "(").replace("]", ")")
    assert phonemes(engine, text) == phonemes(engine, plain)


@pytest.mark.parametrize(
    "text",
    [
        '"This is it," she said.',
        'He did it in "a matter of days."',
        '"The port is open."',
        'It was called "very bad" and "a great deal worse".',
        'The talks ("Now or never") were heard.',
        'They met "to talk".',
        '"A storm is coming, and "The Sea" with it."',
        "“They heard it,” he said.",
        'It ended — "Nobody won" — on Monday.',
    ],
)
def test_a_word_is_said_alike_with_a_quotation_mark_beside_it_and_without(engine: Hibari, text: str) -> None:
    bare = text.translate({ord(mark): None for mark in '"“”'})
    assert phonemes(engine, text).translate({ord(mark): None for mark in "“”"}) == phonemes(engine, bare)


def test_quotation_marks_reach_the_model_as_those_that_open_and_close(engine: Hibari) -> None:
    said = phonemes(engine, '"This," he said, is "a start."')
    assert [mark for mark in said if mark in '"“”'] == ["“", "”", "“", "”"]


@pytest.mark.slow
def test_a_sentence_of_two_thousand_characters_is_said_whole_and_in_order(engine: Hibari) -> None:
    words = [f"{first} {second}" for first in ("north", "south", "east") for second in ("harbour", "mountain")]
    text = ("and the ".join(f"{word} village, " for word in words) * 20)[:2000].rstrip(", ") + "."
    clip = engine.speak(say(text), HEART)
    spoken = [text[word.start : word.end] for word in clip.words]
    assert spoken == text.replace(",", "").strip(".").split()
    assert all(first.time < second.time for first, second in zip(clip.words, clip.words[1:], strict=False))
    assert longest_silence(clip) < 0.5


def longest_silence(clip: Clip) -> float:
    """Seconds of the longest stretch without sound, but for those at the ends."""
    samples = numpy.abs(numpy.frombuffer(clip.pcm, "<i2").astype(int))
    heard = numpy.flatnonzero(samples > 0.01 * samples.max())
    return float(numpy.diff(heard).max()) / clip.sample_rate


def test_a_word_longer_than_the_guess_takes_is_guessed_to_its_end(engine: Hibari) -> None:
    short, long = phonemes(engine, "zabra" * 4), phonemes(engine, "zabra" * 40)
    assert len(short) * 8 < len(long) <= MOST_PHONEMES * 2


@pytest.mark.parametrize("text", ["He said Привет to her.", "漢字", "The letter Я.", "שלום", "α and β"])
def test_letters_it_has_no_sounds_for_are_refused(engine: Hibari, text: str) -> None:
    with pytest.raises(SpeechError, match="no sounds for the letters"):
        engine.speak(say(text), HEART)


@pytest.mark.parametrize("text", ["Łódź and Çelik", "It's ½ full, ﬁne", "Ｆｕｌｌ", "4ª and 5º", "naïve café"])
def test_latin_letters_of_any_kind_are_said(engine: Hibari, text: str) -> None:
    assert engine.speak(say(text), HEART).pcm


def test_a_voice_that_is_none_names_those_there_are(engine: Hibari) -> None:
    with pytest.raises(UnknownVoiceError, match=r"emma, fable, fenrir, heart, kore"):
        engine.speak(say("Hello."), replace(HEART, id="anna"))


def test_a_voice_not_installed_names_the_command(engine: Hibari) -> None:
    with pytest.raises(UnknownVoiceError, match=r"audiogen voices install hibari:emma"):
        engine.speak(say("Hello."), replace(HEART, id="emma"))


@pytest.mark.parametrize("content", [b"", b"no model", None], ids=["empty", "text", "cut short"])
def test_a_damaged_model_is_an_error_that_names_it(tmp_path: Path, engine: Hibari, content: bytes | None) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(engine._path(HEART).read_bytes()[:4_000_000] if content is None else content)
    with pytest.raises(UnknownVoiceError, match=r"model\.onnx could not be loaded"):
        engine.speak(say("Hello."), replace(HEART, options={"model": str(path)}))


def test_a_session_has_one_thread_and_keeps_no_memory_of_its_longest_sentence(engine: Hibari) -> None:
    options = engine._model(HEART).session.get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    assert (options.enable_cpu_mem_arena, options.enable_mem_pattern) == (False, False)


@pytest.mark.parametrize("text", ["…", "— 🙂 —", "***", "🎉🎉🎉", "( )", "\u200b\u200d", ""])
def test_a_text_without_letters_is_an_empty_clip(engine: Hibari, text: str) -> None:
    assert engine.speak(say(text), HEART).pcm == b""


@pytest.mark.parametrize("text", ["Well done 🎉, said Ann.", "👩‍👩‍👧 The family left.", "It cost 5 🪙"])
def test_emoji_are_left_out_and_the_words_around_them_said(engine: Hibari, text: str) -> None:
    plain = "".join(character for character in text if character.isascii())
    assert phonemes(engine, text).replace(" ", "") == phonemes(engine, plain).replace(" ", "")
    assert engine.speak(say(text), HEART).pcm


def test_the_fingerprint_tells_models_apart_by_their_content(tmp_path: Path, engine: Hibari) -> None:
    path = tmp_path / "model.onnx"
    prints = set()
    for content in (b"one", b"two"):
        path.write_bytes(content)
        with Hibari() as other:
            prints.add(other.fingerprint(replace(HEART, options={"model": str(path)})))
    assert len(prints) == 2
    assert engine.fingerprint(HEART) == engine.fingerprint(replace(HEART, rate=200))


def test_a_voice_is_loaded_before_it_speaks_while_something_else_is_done() -> None:
    with ScriptSpeaker("hibari") as speaker:
        speaker.load_ahead("en")
        engine = speaker._engine("hibari")
        assert isinstance(engine, Hibari)
        # Whoever comes second waits for the first, and finds what that one loaded.
        engine.load(speaker.voice("en"))
        assert len(engine._loaded) == 1
        speaker.load_ahead("en")
        assert len(speaker._loaded_ahead) == 1
