"""pyttsx3 in its child: whole or not at all, whatever becomes of the child."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from itertools import islice
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy
import pytest

from audiogen.engines.pyttsx3 import engine as module
from audiogen.engines.pyttsx3.child import Child, ChildLost
from audiogen.engines.pyttsx3.engine import LONGEST_PIECE, Pyttsx3
from audiogen.engines.voices import find_voice
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.installation import install_command
from audiogen.model import Pronunciation, Saying, Voice
from tests.engines.conftest import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = find_voice("english")


@pytest.fixture(scope="module")
def engine() -> Iterator[Pyttsx3]:
    with Pyttsx3() as engine:
        yield engine


def child_of(engine: Pyttsx3) -> Child:
    child = engine._child
    assert child is not None
    return child


def test_a_sentence_is_spoken_with_the_times_of_its_words(engine: Pyttsx3) -> None:
    clip = engine.speak(say("Hello, brave new world."), ENGLISH)
    assert 1.0 < clip.duration < 4.0
    assert clip.sample_rate == 22_050
    assert [(word.start, word.end) for word in clip.words] == [(0, 5), (7, 12), (13, 16), (17, 22)]
    times = [word.time for word in clip.words]
    assert times == sorted(times)
    assert times[-1] < clip.duration


@pytest.mark.parametrize(
    "text", ["In 1984, 3,500 people came.", "Привіт means hello.", "It cost $5.50 or 5 € 😀 then."]
)
def test_a_word_spoken_in_parts_is_timed_once(engine: Pyttsx3, text: str) -> None:
    starts = [word.start for word in engine.speak(say(text), ENGLISH).words]
    assert starts == sorted(set(starts))
    assert len(starts) >= len(text.split()) - 1


def test_the_versions_of_pyttsx3_and_espeak_are_known(engine: Pyttsx3) -> None:
    assert engine.version.startswith("pyttsx3 2.")
    assert "eSpeak NG 1." in engine.version


def test_the_voices_have_ids_that_can_be_spoken_with(engine: Pyttsx3) -> None:
    voices = list(engine.voices())
    assert len(voices) > 100
    ukrainian = next(voice for voice in voices if voice.language == "uk")
    assert engine.speak(say("Добрий день."), ukrainian).duration > 0.5


def test_clips_come_in_order_while_the_child_works_ahead(engine: Pyttsx3) -> None:
    lengths = [5, 60, 10, 40, 1, 30, 20]
    utterances = [say("word " * length) for length in lengths]
    durations = [clip.duration for clip in engine.speak_all(utterances, ENGLISH)]
    assert numpy.argsort(durations).tolist() == numpy.argsort(lengths).tolist()


def test_a_sentence_asked_for_half_way_does_not_mix_with_those_asked_ahead(engine: Pyttsx3) -> None:
    ahead = engine.speak_all([say("long " * 50), say("longer " * 60)], ENGLISH)
    first = next(ahead)
    short = engine.speak(say("Stop."), ENGLISH)
    assert short.duration < 2 < first.duration
    assert next(ahead).duration > first.duration


def test_leaving_half_way_leaves_nothing_behind_for_the_next(engine: Pyttsx3) -> None:
    ahead = engine.speak_all([say("many words " * 20) for _ in range(10)], ENGLISH)
    assert len(list(islice(ahead, 2))) == 2
    ahead.close()  # type: ignore[attr-defined]
    assert engine.speak(say("Next."), ENGLISH).duration < 2


def test_a_long_utterance_is_spoken_in_pieces_and_comes_back_as_one(engine: Pyttsx3) -> None:
    text = "Seventeen sheep stood on the hill. " * (LONGEST_PIECE // 12)
    clip = engine.speak(say(text), ENGLISH)
    single = engine.speak(say("Seventeen sheep stood on the hill."), ENGLISH)
    assert clip.duration == pytest.approx(single.duration * (LONGEST_PIECE // 12), rel=0.05)
    assert text[clip.words[-1].start : clip.words[-1].end] == "hill"
    assert [word.time for word in clip.words] == sorted(word.time for word in clip.words)
    assert clip.words[-1].end > len(text) - 3


def test_rate_and_pitch_of_the_card_are_heard(engine: Pyttsx3) -> None:
    sentence = say(SENTENCES[2])
    usual, fast, slow = (
        engine.speak(sentence, Voice("v", "pyttsx3", "gmw/en-us", rate=rate)).duration for rate in (None, 350, 100)
    )
    assert fast < usual * 0.65 < usual < slow * 0.75
    assert engine.speak(sentence, ENGLISH).duration == pytest.approx(usual, rel=0.02)
    low, high = (engine.speak(sentence, Voice("v", "pyttsx3", "gmw/en-us", pitch=pitch)).pcm for pitch in (0, 99))
    assert fundamental(low) * 1.3 < fundamental(high)


def fundamental(pcm: bytes) -> float:
    """Return the pitch of a voice, in Hz: where its sound is most like itself a moment later."""
    samples = numpy.frombuffer(pcm, "<i2").astype(float)
    likeness = numpy.fft.irfft(numpy.abs(numpy.fft.rfft(samples, 2 * len(samples))) ** 2)
    lags = slice(22_050 // 400, 22_050 // 50)
    return float(22_050 / (lags.start + numpy.argmax(likeness[lags])))


def test_a_variant_changes_the_voice(engine: Pyttsx3) -> None:
    man = engine.speak(say(SENTENCES[0]), Voice("v", "pyttsx3", "gmw/en-us"))
    woman = engine.speak(say(SENTENCES[0]), Voice("v", "pyttsx3", "gmw/en-us+f3"))
    assert man.pcm != woman.pcm
    assert woman.duration == pytest.approx(man.duration, rel=0.2)


@pytest.mark.parametrize("name", ["gmw/en-ux", "gmw/en-us+nobody", "", "+f3"])
def test_an_unknown_voice_is_an_error_not_the_default(engine: Pyttsx3, name: str) -> None:
    with pytest.raises(UnknownVoiceError) as caught:
        engine.speak(say("Hello."), Voice("v", "pyttsx3", name))
    assert f"'{name}'" in caught.value.message
    assert engine.speak(say("Hello."), ENGLISH).pcm


def test_an_unknown_voice_gets_near_names(engine: Pyttsx3) -> None:
    with pytest.raises(UnknownVoiceError, match="gmw/en"):
        engine.speak(say("Hello."), Voice("v", "pyttsx3", "gmw/en-uss"))


@pytest.mark.parametrize("when", ["before", "while it speaks", "between"])
def test_a_killed_child_costs_a_retry_and_nothing_else(when: str) -> None:
    utterances = [say(f"{sentence} " * 8) for sentence in SENTENCES]
    with Pyttsx3() as engine:
        whole = [clip.duration for clip in engine.speak_all(utterances, ENGLISH)]
        if when == "before":
            os.kill(child_of(engine).pid, signal.SIGKILL)
        durations = []
        for number, clip in enumerate(engine.speak_all(utterances, ENGLISH)):
            durations.append(clip.duration)
            if when == "while it speaks" and number == 1:
                os.kill(child_of(engine).pid, signal.SIGKILL)
        if when == "between":
            os.kill(child_of(engine).pid, signal.SIGKILL)
            assert engine.speak(utterances[0], ENGLISH).duration == pytest.approx(whole[0], rel=0.01)
    assert durations == pytest.approx(whole, rel=0.01)


@pytest.mark.slow
def test_a_child_killed_at_any_moment_loses_no_sentence() -> None:
    utterances = [say(f"Number {number}: {SENTENCES[number % 5]}") for number in range(80)]
    with Pyttsx3() as engine:
        whole = [clip.duration for clip in engine.speak_all(utterances, ENGLISH)]
        done, killed = Event(), list[int]()
        killer = Thread(target=_kill_now_and_then, args=(engine, done, killed))
        killer.start()
        try:
            durations = [clip.duration for clip in engine.speak_all(utterances, ENGLISH)]
        finally:
            done.set()
            killer.join()
    assert killed
    assert durations == pytest.approx(whole, rel=0.03)


def _kill_now_and_then(engine: Pyttsx3, done: Event, killed: list[int]) -> None:
    """Kill each child at some moment after its first sentence; a sentence gets one second chance, not two."""
    while not done.wait(0.02 + 0.04 * (len(killed) % 3)):
        child = engine._child
        if child is not None and child.pid not in killed and child._answered > 1:
            killed.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)


def test_a_child_that_hangs_is_replaced() -> None:
    with Pyttsx3(patience=1.0) as engine:
        engine.speak(say("First."), ENGLISH)
        os.kill(child_of(engine).pid, signal.SIGSTOP)
        assert engine.speak(say("Second."), ENGLISH).duration > 0.3


def test_a_child_killed_before_its_greeting_is_replaced_by_one_of_its_kind() -> None:
    with Pyttsx3() as engine:
        os.kill(child_of(engine).pid, signal.SIGKILL)
        assert engine.speak(say("Good morning."), ENGLISH).words
        assert "eSpeak NG" in engine.version


def test_a_sentence_that_kills_every_child_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with Pyttsx3() as engine:
        engine.speak(say("Fine."), ENGLISH)
        monkeypatch.setattr(module, "_settings", lambda voice: {"voice": "gmw/en-us", "nonsense": os.getpid()})
        sentence = say("This one is never spoken.")
        with pytest.raises(SpeechError) as caught:
            engine.speak(sentence, ENGLISH)
    assert caught.value.subject is sentence
    assert "This one is never spoken." in caught.value.message


def test_sound_too_short_for_its_text_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHORTEST_PER_THOUSAND", 10_000.0)
    with Pyttsx3() as engine, pytest.raises(SpeechError, match="seconds of sound"):
        engine.speak(say("Too short."), ENGLISH)


def test_without_anything_to_speak_with_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [path for path in sys.path if "site-packages" not in path])
    with Pyttsx3() as engine, pytest.raises(EngineMissingError) as caught:
        engine.speak(say("Hello."), ENGLISH)
    assert install_command("pyttsx3", "espeakng-loader") in caught.value.message
    assert "No module named" in caught.value.message


def test_where_our_driver_does_not_fit_the_stock_one_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    usual = Child.__init__

    def refuse_ours(child: Child, driver: str = "") -> None:
        asked.append(driver)
        usual(child, driver or "no such driver")

    monkeypatch.setattr(Child, "__init__", refuse_ours)
    with Pyttsx3() as engine:
        clips = list(engine.speak_all([say(sentence) for sentence in SENTENCES], ENGLISH))
        assert "its own driver espeak" in engine.version
    assert asked[:3] == ["", "", "espeak"]
    assert set(asked[3:]) <= {"espeak"}  # now and then it gives no sound, which costs a fresh child
    assert all(clip.duration > 0.5 for clip in clips)


def test_nothing_is_written_to_our_stdout_or_stderr() -> None:
    code = (
        "from audiogen.engines.pyttsx3 import Pyttsx3\n"
        "from audiogen.model import Utterance, Voice\n"
        "for driver in ('', 'espeak'):\n"
        "    with Pyttsx3(driver=driver) as engine:\n"
        "        assert engine.speak(Utterance('', 'Quiet, please.'), Voice('v', 'pyttsx3', 'gmw/en-us')).pcm\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_closing_leaves_no_process_and_no_file(tmp_path: object) -> None:
    with Pyttsx3() as engine:
        engine.speak(say("Bye."), ENGLISH)
        child = child_of(engine)
        folder = child._folder
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
    assert not os.path.exists(folder)  # noqa: PTH110
    with pytest.raises(ChildLost):
        child.ask(("voices",))


def test_phonemes_are_spoken_in_place_of_the_text_and_words_keep_their_places(engine: Pyttsx3) -> None:
    text = "In kee-yiv's north it rained."
    kyiv = Pronunciation(3, 10, Saying.IPA, "Kyiv", "ˈmɪsɪsɪpi ˈmɪsɪsɪpi ˈmɪsɪsɪpi")
    plain, result = (engine.speak(say(text, pronunciations=spoken), ENGLISH) for spoken in ((), (kyiv,)))
    assert result.duration > plain.duration + 1
    words = {text[word.start : word.end]: word.time for word in result.words}
    assert list(words) == ["In", "kee-yiv's", "north", "it", "rained"]
    assert words["north"] - words["kee-yiv's"] > 1
    assert "[[m'IsIsIpi:" in engine.given(say(text, pronunciations=(kyiv,)), ENGLISH)


def test_brackets_of_the_text_are_never_phonemes(engine: Pyttsx3) -> None:
    inside, round_ones = (
        engine.speak(say(f"He wrote {text} there."), ENGLISH).duration for text in ("[[m'IsIsIpi:]]", "((m'IsIsIpi:))")
    )
    assert inside == pytest.approx(round_ones, abs=0.01)
