"""Speech servers: the protocol, and every way an answer can go wrong, against a real server on loopback."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from audiogen.engines.http import LONGEST_PIECE, Http
from audiogen.errors import EngineError, SpeechError, UnknownVoiceError
from audiogen.model import Voice
from tests.engines.conftest import SENTENCES, say
from tests.engines.speech_server import PACE, Plan, speech_server

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-not-a-real-key-7f3a"


@pytest.fixture
def server() -> Iterator[Plan]:
    with speech_server() as plan:
        yield plan


@pytest.fixture
def engine(server: Plan, monkeypatch: pytest.MonkeyPatch) -> Iterator[Http]:
    for name in ("AUDIOGEN_HTTP_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with Http(base_url=server.url, model="small", patience=0.7, tries=3, backoff=0.01) as engine:
        yield engine


def voice(**options: str | int | float) -> Voice:
    return Voice("alba", "http", "alba", options=options)


@pytest.mark.parametrize("kind", ["wav", "pcm", "mp3"])
def test_each_format_gives_the_whole_sound(engine: Http, kind: str) -> None:
    clip = engine.speak(say(SENTENCES[0]), voice(format=kind))
    assert clip.sample_rate == 24_000
    assert clip.duration == pytest.approx(PACE * len(SENTENCES[0]), abs=0.1 if kind == "mp3" else 0.001)


def test_the_request_says_what_the_card_says(engine: Http, server: Plan) -> None:
    engine.speak(say("Hello."), Voice("a", "http", "alba", rate=350, options={"model": "big", "instructions": "Calm."}))
    assert server.requests == [
        {
            "model": "big",
            "voice": "alba",
            "input": "Hello.",
            "response_format": "wav",
            "speed": 2.0,
            "instructions": "Calm.",
        }
    ]


@pytest.mark.parametrize(
    "fault",
    [
        "429",
        "429 wait",
        "500",
        "503",
        "page",
        "hang",
        "refuse",
        "cut body",
        "cut sound",
        "json in place",
        "wrong type",
    ],
)
def test_a_passing_fault_costs_a_second_try(engine: Http, server: Plan, fault: str) -> None:
    server.faults.append(fault)
    clip = engine.speak(say(SENTENCES[0]), voice())
    assert clip.duration == pytest.approx(PACE * len(SENTENCES[0]), abs=0.001)
    assert len(server.requests) == 2


def test_the_wait_a_server_asks_for_is_kept(engine: Http, server: Plan) -> None:
    server.faults.append("429 wait")
    engine.speak(say("Hello."), voice())
    first, second = server.times
    assert second - first >= 1.0


@pytest.mark.parametrize(
    ("fault", "spoken"), [("500", "not well"), ("cut sound", "cut short"), ("hang", "did not answer")]
)
def test_a_fault_that_stays_is_an_error_that_names_the_sentence(
    engine: Http, server: Plan, fault: str, spoken: str
) -> None:
    server.faults.extend([fault] * 3)
    sentence = say("Hello there.")
    with pytest.raises(SpeechError) as caught:
        engine.speak(sentence, voice())
    assert caught.value.subject is sentence
    assert spoken in caught.value.message
    assert "3 times" in caught.value.message
    assert "Hello there." in caught.value.message
    assert len(server.requests) == 3


def test_a_streamed_wav_of_unknown_length_is_read_to_its_end(engine: Http, server: Plan) -> None:
    server.faults.append("streamed")
    assert engine.speak(say(SENTENCES[0]), voice()).duration == pytest.approx(PACE * len(SENTENCES[0]), abs=0.001)


def test_half_a_sample_at_the_end_of_pcm_is_a_cut(engine: Http, server: Plan) -> None:
    server.faults.append("cut sound")
    clip = engine.speak(say(SENTENCES[0]), voice(format="pcm"))
    assert len(server.requests) == 2
    assert clip.duration == pytest.approx(PACE * len(SENTENCES[0]), abs=0.001)


def test_sound_at_another_rate_keeps_its_length(engine: Http, server: Plan) -> None:
    server.rate = 44_100
    clip = engine.speak(say(SENTENCES[0]), voice())
    assert clip.sample_rate == 24_000
    assert clip.duration == pytest.approx(PACE * len(SENTENCES[0]), abs=0.001)


def test_a_long_text_goes_in_several_requests(server: Plan) -> None:
    server.rate = 8_000
    text = "A sentence of some length. " * (LONGEST_PIECE // 13)
    with Http(base_url=server.url) as engine:
        clip = engine.speak(say(text), voice())
    assert clip.duration == pytest.approx(PACE * len(text), abs=0.01)
    assert [len(request["input"]) <= LONGEST_PIECE for request in server.requests] == [True] * 3
    assert "".join(request["input"] for request in server.requests) == text


def test_requests_are_under_way_together_but_no_more_than_allowed(server: Plan) -> None:
    server.delay = 0.05
    utterances = [say(f"Sentence number {number}" + "!" * number) for number in range(12)]
    with Http(base_url=server.url, workers=3) as engine:
        durations = [clip.duration for clip in engine.speak_all(utterances, voice())]
    assert durations == pytest.approx([PACE * len(utterance.spoken) for utterance in utterances], abs=0.001)
    assert server.most_under_way == 3


def test_leaving_half_way_drops_what_was_not_begun(engine: Http, server: Plan) -> None:
    clips = engine.speak_all([say(f"Number {number}.") for number in range(100)], voice())
    next(clips)
    clips.close()  # type: ignore[attr-defined]
    assert len(server.requests) < 30


def test_the_key_comes_from_the_environment_and_goes_nowhere_else(
    engine: Http, server: Plan, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine.speak(say("Hello."), voice())
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("MY_OTHER_KEY", "other")
    server.faults.extend(["", "", "401"])
    with caplog.at_level(logging.DEBUG):
        engine.speak(say("Hello."), voice())
        engine.speak(say("Hello."), voice(key_variable="MY_OTHER_KEY"))
        with pytest.raises(EngineError) as caught:
            engine.speak(say("Hello."), voice())
    assert server.keys == [None, f"Bearer {KEY}", "Bearer other", f"Bearer {KEY}"]
    assert "OPENAI_API_KEY" in caught.value.message
    assert KEY not in caught.value.message + caplog.text + repr(engine) + engine.fingerprint(voice())


def test_an_unknown_voice_is_an_error_of_its_own(engine: Http, server: Plan) -> None:
    server.faults.append("voice")
    with pytest.raises(UnknownVoiceError, match="No such voice: zoe"):
        engine.speak(say("Hello."), voice())
    assert len(server.requests) == 1


def test_a_refusal_is_not_repeated(engine: Http, server: Plan) -> None:
    server.faults.append("422")
    with pytest.raises(EngineError, match="422"):
        engine.speak(say("Hello."), voice())
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with Http(base_url="http://127.0.0.1:9/v1", tries=2, backoff=0.01) as engine:
        with pytest.raises(SpeechError, match="connection failed"):
            engine.speak(say("Hello."), voice())
        assert list(engine.voices()) == []


def test_the_servers_voices_are_listed(engine: Http) -> None:
    assert [known.id for known in engine.voices()] == ["alba", "bruno"]


def test_nothing_to_say_asks_nobody(engine: Http, server: Plan) -> None:
    assert engine.speak(say("…"), voice()).pcm == b""
    assert server.requests == []


def test_the_cost_is_known_before_a_word_is_sent(engine: Http, server: Plan) -> None:
    script = [say("x" * LONGEST_PIECE * 2), say("y" * 500), say("…")]
    estimate = engine.estimate(script, voice(price=15.0))
    assert (estimate.characters, estimate.requests) == (2 * LONGEST_PIECE + 500, 3)
    assert estimate.price == pytest.approx(15 * (2 * LONGEST_PIECE + 500) / 1e6)
    assert engine.estimate(script, voice()).price is None
    assert server.requests == []
