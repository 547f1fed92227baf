"""Scripts go in, clips that can be trusted come out: roles, languages, second chances, the cache."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy
import pytest

from audiogen import engines
from audiogen.engines import open_engine
from audiogen.engines import script_speaker as module
from audiogen.engines.folders import user_cards
from audiogen.engines.script_speaker import ScriptSpeaker, log_related_language, neighbours
from audiogen.engines.speechcache import SpeechCache
from audiogen.engines.tone import Tone, frequency_of
from audiogen.errors import EngineMissingError, SettingsError, SpeechError, UnknownVoiceError, UnspokenLanguageError
from audiogen.model import Clip, Role, Script, Utterance, Voice
from tests.engines.conftest import SENTENCES, say
from tests.engines.test_tone import loudest_frequency

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCRIPT = Script(tuple(say(sentence) for sentence in SENTENCES))

# What is measured is the pace of a calm reader.
pytestmark = pytest.mark.usefixtures("calm_tones")


def card(name: str, text: str) -> None:
    user_cards().mkdir(parents=True, exist_ok=True)
    (user_cards() / f"{name}.toml").write_text(text, encoding="utf-8")


def record(monkeypatch: pytest.MonkeyPatch, *faults: str) -> list[tuple[str, str]]:
    """Watch what the engine of tones is asked; the first answers have the faults."""
    asked: list[tuple[str, str]] = []
    usual = Tone.speak
    left = list(faults)

    def speak(self: Tone, utterance: Utterance, voice: Voice) -> Clip:
        asked.append((voice.name, utterance.spoken))
        clip = usual(self, utterance, voice)
        fault = left.pop(0) if left else ""
        if fault == "raises":
            raise SpeechError(utterance, f"“{utterance.spoken}” was not spoken.")
        if fault == "cut":
            return Clip(clip.pcm[:200], clip.sample_rate)
        return clip

    monkeypatch.setattr(Tone, "speak", speak)
    return asked


def test_every_utterance_is_spoken_in_order() -> None:
    with ScriptSpeaker("tone") as script_speaker:
        clips = list(script_speaker.speak(SCRIPT))
    assert [loudest_frequency(clip.pcm) for clip in clips] == pytest.approx(
        [frequency_of(sentence) for sentence in SENTENCES], rel=0.02
    )


def test_an_article_in_german_gets_a_german_voice_without_being_asked() -> None:
    script_speaker = ScriptSpeaker()
    assert script_speaker.voice("de").name == "german"
    assert script_speaker.voice("en-GB").name == "hibari"
    assert ScriptSpeaker("espeak").voice("en-GB").name == "british"


def test_a_language_without_a_card_is_spoken_by_the_engine_that_knows_it() -> None:
    with ScriptSpeaker() as script_speaker:
        voice = script_speaker.voice("nl-BE")
        assert (voice.engine, voice.id, voice.language) == ("pyttsx3", "gmw/nl", "nl-BE")
        assert script_speaker.voice("zh-CN").id == "sit/cmn"
        (clip,) = script_speaker.speak(Script((say("Goedemorgen, allemaal."),), "nl"))
        assert clip.duration > 0.8


def test_a_language_nobody_speaks_is_an_error_never_another_language() -> None:
    with ScriptSpeaker() as script_speaker, pytest.raises(UnspokenLanguageError, match="'tlh'"):
        list(script_speaker.speak(Script((say("nuqneH"),), "tlh")))
    with ScriptSpeaker("english") as script_speaker, pytest.raises(UnspokenLanguageError, match="'tlh'"):
        script_speaker.voice("tlh")


@pytest.mark.parametrize(("language", "near"), [("zu", "tn"), ("xh-ZA", "tn"), ("rw", "sw"), ("gl", "pt")])
def test_a_language_nobody_speaks_is_read_by_its_nearest_neighbours_voice(
    language: str, near: str, caplog: pytest.LogCaptureFixture
) -> None:
    log_related_language.cache_clear()
    with ScriptSpeaker() as script_speaker:
        voice = script_speaker.voice(language)
        assert voice.language == language
        assert voice.id == script_speaker.voice(near).id
        (clip,) = script_speaker.speak(Script((say("Isikhephe sasuka ezibukweni emini."),), language))
        script_speaker.voice(f"{language}-x-again")
    assert clip.duration > 0.8
    assert (
        caplog.messages[0] == f"No voice here speaks '{language}': that of '{near}', a language near to it, reads it."
    )


def test_every_neighbour_has_a_voice_and_no_language_that_has_one_has_a_neighbour() -> None:
    with ScriptSpeaker() as script_speaker, open_engine("pyttsx3") as engine:
        spoken = {voice.language.split("-")[0] for voice in engine.voices()}
        for language, near in neighbours().items():
            assert all(script_speaker.voice(tag).language == tag for tag in near)
            assert language not in spoken


@pytest.mark.parametrize(("language", "name"), [("tlh", "english"), ("de", "german"), ("nl", "pyttsx3:gmw/nl")])
def test_a_voice_that_is_insisted_on_reads_what_no_other_can(language: str, name: str) -> None:
    with ScriptSpeaker("english", insist=True) as script_speaker:
        assert script_speaker.voice(language).name == name
        (clip,) = script_speaker.speak(Script((say("Nobody here knows this one."),), language))
    assert clip.duration > 0.8
    assert not clip.doubt


def test_an_unknown_voice_is_an_error_before_anything_is_read() -> None:
    with pytest.raises(UnknownVoiceError, match="Did you mean tone"), ScriptSpeaker("tonne"):
        pass


def test_roles_have_voices_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    card("main", "engine = 'tone'\n[roles]\nquote = 'other'\nbody = 'rest'")
    card("other", "engine = 'tone'\nlanguage = 'en'")
    card("rest", "engine = 'tone'")
    asked = record(monkeypatch)
    lines = (say("A title", role=Role.TITLE), say("A quote", role=Role.QUOTE), say("Then text"))
    with ScriptSpeaker("main") as script_speaker:
        assert [voice.name for voice in script_speaker.cast(Script(lines))] == ["rest", "other", "rest"]
        list(script_speaker.speak(Script(lines)))
    assert asked == [("rest", "A title"), ("other", "A quote"), ("rest", "Then text")]


def test_a_role_whose_card_is_not_there_is_an_error() -> None:
    card("main", "engine = 'tone'\n[roles]\nquote = 'nobody'")
    with ScriptSpeaker("main") as script_speaker, pytest.raises(UnknownVoiceError, match="nobody"):
        list(script_speaker.speak(Script((say("A quote", role=Role.QUOTE),))))


def test_a_block_in_another_language_gets_a_voice_of_that_language() -> None:
    lines = (say("Good morning."), say("Guten Morgen.", language="de"), say("Good night.", language="en"))
    with ScriptSpeaker("english") as script_speaker:
        assert [voice.name for voice in script_speaker.cast(Script(lines))] == ["english", "german", "english"]
        assert all(clip.duration > 0.5 for clip in script_speaker.speak(Script(lines)))


def test_the_ready_card_for_two_voices_reads_questions_and_answers_with_two() -> None:
    roles = (Role.TITLE, Role.QUESTION, Role.ANSWER, Role.QUOTE)
    with ScriptSpeaker("duo") as script_speaker:
        voices = script_speaker.cast(Script(tuple(say("Hello.", role=role) for role in roles)))
    assert len({voice.id for voice in voices}) == 2
    assert voices[1] != voices[2]


def test_a_rate_asked_for_holds_for_every_voice() -> None:
    card("main", "engine = 'tone'\nrate = 150\n[roles]\nquote = 'other'")
    card("other", "engine = 'tone'\nrate = 140")
    script_speaker = ScriptSpeaker("main", rate=210)
    voices = script_speaker.cast(Script((say("A", role=Role.TITLE), say("B", role=Role.QUOTE))))
    assert [voice.rate for voice in voices] == [210, 210]


def test_all_clips_have_one_rate_and_one_level(monkeypatch: pytest.MonkeyPatch) -> None:
    class HighTone(Tone):
        name = "high tone"

        def speak(self, utterance: Utterance, voice: Voice) -> Clip:
            clip = super().speak(utterance, voice)
            return replace(clip, sample_rate=44_100)

    monkeypatch.setitem(engines.ENGINES, "high tone", f"{__name__}:HighTone")
    monkeypatch.setitem(globals(), "HighTone", HighTone)
    card("main", "engine = 'tone'\nloudness = -15\n[roles]\nquote = 'other'")
    card("other", "engine = 'high tone'\nloudness = -21")
    lines = (say("A quiet title here", role=Role.TITLE), say("Something that was said", role=Role.QUOTE))
    with ScriptSpeaker("main") as script_speaker:
        first, second = script_speaker.speak(Script(lines))
    assert first.sample_rate == second.sample_rate == 22_050
    assert (first.gain, second.gain) == (0.0, 6.0)
    peaks = [int(numpy.frombuffer(clip.pcm, "<i2").max()) for clip in (first, second)]
    assert peaks[1] == pytest.approx(peaks[0], rel=0.03)


@pytest.mark.parametrize("fault", ["raises", "cut"])
def test_a_sentence_that_fails_once_gets_a_second_chance(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    asked = record(monkeypatch, "", fault)
    with ScriptSpeaker("tone") as script_speaker:
        clips = list(script_speaker.speak(SCRIPT))
    assert len(clips) == len(SENTENCES)
    assert [text for _, text in asked].count(SENTENCES[1]) == 2
    assert [text for _, text in asked].count(SENTENCES[2]) == 1


def spoil(monkeypatch: pytest.MonkeyPatch, sentence: str, fault: Callable[[Utterance, Clip], Clip]) -> list[str]:
    """Have the engine of tones fail in this way at the sentence and at each piece of it, for ever."""
    asked: list[str] = []
    usual = Tone.speak

    def speak(self: Tone, utterance: Utterance, voice: Voice) -> Clip:
        asked.append(utterance.spoken)
        clip = usual(self, utterance, voice)
        return fault(utterance, clip) if utterance.spoken.strip() in sentence else clip

    monkeypatch.setattr(Tone, "speak", speak)
    return asked


def cut_off(_: Utterance, clip: Clip) -> Clip:
    return replace(clip, pcm=clip.pcm[:200])


def raises(utterance: Utterance, _: Clip) -> Clip:
    raise SpeechError(utterance, f"“{utterance.spoken}” was not spoken.")


def is_silent(_: Utterance, clip: Clip) -> Clip:
    return replace(clip, pcm=bytes(len(clip.pcm)))


@pytest.mark.parametrize("fault", [raises, is_silent])
def test_a_sentence_nobody_makes_a_sound_of_fails_the_script_and_is_named(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[[Utterance, Clip], Clip]
) -> None:
    spoil(monkeypatch, SENTENCES[1], fault)
    with ScriptSpeaker("tone") as script_speaker:
        clips = script_speaker.speak(SCRIPT)
        assert next(clips).pcm
        with pytest.raises(SpeechError) as caught:
            next(clips)
    assert caught.value.subject is SCRIPT.utterances[1]
    assert SENTENCES[1] in caught.value.message


def test_a_sentence_in_doubt_is_heard_with_its_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = spoil(monkeypatch, SENTENCES[1], cut_off)
    with ScriptSpeaker("tone") as script_speaker:
        clips = list(script_speaker.speak(SCRIPT))
    assert [bool(clip.doubt) for clip in clips] == [False, True, False, False, False]
    assert "seconds of sound for what should take about" in clips[1].doubt
    assert clips[1].pcm
    assert asked.count(SENTENCES[1]) == 2
    assert "On deck, nobody spoke until the " in asked  # in pieces


def test_a_strict_booth_fails_a_sentence_in_doubt_and_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, SENTENCES[1], cut_off)
    with (
        ScriptSpeaker("tone", strict=True) as script_speaker,
        pytest.raises(SpeechError, match="seconds of sound for what") as caught,
    ):
        list(script_speaker.speak(SCRIPT))
    assert caught.value.subject is SCRIPT.utterances[1]
    assert SENTENCES[1] in caught.value.message


def test_a_sentence_that_is_only_whole_in_pieces_is_heard_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    def drops_what_is_long(utterance: Utterance, clip: Clip) -> Clip:
        return cut_off(utterance, clip) if len(utterance.spoken) > 50 else clip

    spoil(monkeypatch, SENTENCES[1], drops_what_is_long)
    with ScriptSpeaker("tone") as script_speaker:
        clip = list(script_speaker.speak(SCRIPT))[1]
    assert not clip.doubt
    assert clip.duration == pytest.approx(10 * 0.3, rel=0.05)
    assert [SENTENCES[1][word.start : word.end] for word in clip.words][-2:] == ["into", "view"]
    assert [word.time for word in clip.words] == sorted(word.time for word in clip.words)


def test_what_a_voice_says_at_once_has_the_digest_of_it_kept_or_not_and_what_stands_in_for_it_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drops_what_is_long(utterance: Utterance, clip: Clip) -> Clip:
        return cut_off(utterance, clip) if len(utterance.spoken) > 50 else clip

    spoil(monkeypatch, SENTENCES[1], drops_what_is_long)
    runs = []
    for cache in (None, SpeechCache(tmp_path), SpeechCache(tmp_path)):
        with ScriptSpeaker("tone", cache=cache) as script_speaker:
            runs.append([clip.digest for clip in script_speaker.speak(SCRIPT)])
    assert runs[0] == runs[1] == runs[2]
    assert [bool(digest) for digest in runs[0]] == [number != 1 for number in range(len(SENTENCES))]
    with ScriptSpeaker("tone", rate=300) as script_speaker:
        assert not set(runs[0]) & {clip.digest for clip in script_speaker.speak(SCRIPT)} - {""}


def test_a_text_that_takes_as_long_in_pieces_as_in_one_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_: Utterance, clip: Clip) -> Clip:
        return replace(clip, pcm=clip.pcm * 30, words=())

    asked = spoil(monkeypatch, SENTENCES[1], slow)
    with ScriptSpeaker("tone") as script_speaker:
        clip = list(script_speaker.speak(SCRIPT))[1]
    assert asked.count(SENTENCES[1]) == 2
    assert not clip.doubt
    assert clip.duration > 80


def test_a_voice_without_a_sound_is_stood_in_for_by_another_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    card("main", "engine = 'tone'\nlanguage = 'en'")
    spoil(monkeypatch, SENTENCES[1], is_silent)
    with ScriptSpeaker("main") as script_speaker:
        clips = list(script_speaker.speak(SCRIPT))
    assert [bool(clip.doubt) for clip in clips] == [False, True, False, False, False]
    assert clips[1].doubt.startswith("main gave no sound, so pyttsx3:")
    assert 2 < clips[1].duration < 6


def test_an_engine_that_fails_is_not_stood_in_for(monkeypatch: pytest.MonkeyPatch) -> None:
    card("main", "engine = 'tone'\nlanguage = 'en'")
    spoil(monkeypatch, SENTENCES[1], raises)
    with ScriptSpeaker("main") as script_speaker, pytest.raises(SpeechError, match="did not speak"):
        list(script_speaker.speak(SCRIPT))


def test_a_server_that_is_down_is_asked_a_second_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tone, "traits", replace(Tone.traits, remote=True))
    asked = spoil(monkeypatch, SENTENCES[1], raises)
    with ScriptSpeaker("tone") as script_speaker, pytest.raises(SpeechError, match="did not speak"):
        list(script_speaker.speak(SCRIPT))
    assert [text for text in asked if text in SENTENCES[1]] == [SENTENCES[1]] * 2


FOREIGN = "یہ ایک جملہ ہے۔"


def test_a_sentence_in_another_script_without_a_sound_is_read_by_a_voice_of_that_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card("main", "engine = 'tone'\nlanguage = 'en'")
    spoil(monkeypatch, FOREIGN, is_silent)
    with ScriptSpeaker("main") as script_speaker:
        (clip,) = script_speaker.speak(Script((say(FOREIGN),)))
    assert "pyttsx3:" in clip.doubt
    assert clip.duration > 0.5


def test_a_sentence_in_a_script_nobody_speaks_is_a_pause_with_its_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    card("main", "engine = 'tone'\nlanguage = 'en'")
    spoil(monkeypatch, "𒀀𒁀 𒂀𒃀", is_silent)
    with ScriptSpeaker("main") as script_speaker:
        first, foreign = script_speaker.speak(Script((say(SENTENCES[0]), say("𒀀𒁀 𒂀𒃀"))))
    assert not first.doubt
    assert foreign.doubt == module.NO_SPEECH
    assert foreign.duration == pytest.approx(module.NO_SPEECH_PAUSE, rel=0.01)
    assert not any(foreign.pcm)


def test_a_second_run_speaks_nothing_and_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptSpeaker("english", cache=SpeechCache(tmp_path)) as script_speaker:
        first = list(script_speaker.speak(SCRIPT))
    asked: list[object] = []
    monkeypatch.setattr(module, "speak_all", lambda *request: asked.append(request))
    with ScriptSpeaker("english", cache=SpeechCache(tmp_path)) as script_speaker:
        assert list(script_speaker.speak(SCRIPT)) == first
    assert asked == []


def test_a_corrected_article_speaks_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptSpeaker("tone", cache=SpeechCache(tmp_path)) as script_speaker:
        list(script_speaker.speak(SCRIPT))
    asked = record(monkeypatch)
    corrected = replace(SCRIPT, utterances=(*SCRIPT.utterances[:2], say("A correction."), *SCRIPT.utterances[3:]))
    with ScriptSpeaker("tone", cache=SpeechCache(tmp_path)) as script_speaker:
        assert len(list(script_speaker.speak(corrected))) == len(SENTENCES)
    assert asked == [("tone", "A correction.")]


def test_a_kept_clip_that_vanishes_is_spoken_again(tmp_path: Path) -> None:
    class Forgetful(SpeechCache):
        def has(self, key: str) -> bool:
            return True

    with ScriptSpeaker("tone", cache=Forgetful(tmp_path)) as script_speaker:
        assert all(clip.pcm for clip in script_speaker.speak(SCRIPT))


def test_a_clip_in_doubt_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, SENTENCES[1], cut_off)
    cache = SpeechCache(tmp_path)
    with ScriptSpeaker("tone", cache=cache) as script_speaker:
        list(script_speaker.speak(SCRIPT))
    assert cache.usage().clips == len(SENTENCES) - 1


def test_options_of_an_engine_reach_it_and_wrong_ones_are_named() -> None:
    with ScriptSpeaker("english", options={"pyttsx3": {"patience": 20.0}}) as script_speaker:
        assert all(clip.pcm for clip in script_speaker.speak(SCRIPT))
    wrong = ScriptSpeaker("english", options={"pyttsx3": {"wobble": 1}})
    with pytest.raises(SettingsError, match=r"pyttsx3.*wobble"), wrong:
        pass


def test_an_engine_nobody_knows_is_an_error_with_those_there_are() -> None:
    card("main", "engine = 'telepathy'")
    with pytest.raises(EngineMissingError, match="Known are pyttsx3"), ScriptSpeaker("main"):
        pass


def test_an_engine_of_another_package_is_found_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        @staticmethod
        def load() -> type[Tone]:
            return Tone

    class Points(dict[str, Any]):
        names = property(lambda self: set(self))

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: Points({"theirs": Point}))
    assert engines.engine_names()[-1] == "theirs"
    card("main", "engine = 'theirs'")
    with ScriptSpeaker("main") as script_speaker:
        assert all(clip.pcm for clip in script_speaker.speak(SCRIPT))


def test_leaving_half_way_closes_the_engines() -> None:
    def first_of(clips: Iterator[Clip]) -> Clip:
        return next(clips)

    with ScriptSpeaker("english") as script_speaker:
        assert first_of(script_speaker.speak(SCRIPT)).duration > 1
    assert script_speaker._engines == {}


def test_what_a_server_will_cost_is_known_before_it_is_asked() -> None:
    card("server", "engine = 'http'\nid = 'a'\n[options]\nprice = 10.0\n[roles]\nquote = 'tone'")
    lines = (*SCRIPT.utterances, say("A quote that costs nothing", role=Role.QUOTE))
    with ScriptSpeaker("server") as script_speaker:
        estimate = script_speaker.estimate(Script(lines))
    assert estimate.characters == sum(map(len, SENTENCES))
    assert estimate.requests == len(SENTENCES)
    assert estimate.price == pytest.approx(estimate.characters / 100_000)
    with ScriptSpeaker("tone") as script_speaker:
        assert script_speaker.estimate(SCRIPT).price is None


def test_a_voice_that_does_not_speak_the_language_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    script_speaker = ScriptSpeaker("english")
    assert [script_speaker.voice("de").name for _ in range(3)] == ["german"] * 3
    assert caplog.text.count("does not speak de") == 1


@pytest.mark.slow
@pytest.mark.parametrize("text", ["He said Привет, and she waved from the quay.", "Привет, как дела", "漢字"])
def test_what_the_default_voice_cannot_say_another_says_whole(text: str) -> None:
    lines = [say("The ferry left at noon."), say(text), say("Nobody waved.")]
    with ScriptSpeaker("hibari") as script_speaker:
        clips = list(script_speaker.speak(Script(tuple(lines))))
    assert [bool(clip.doubt) for clip in clips] == [False, True, False]
    assert "hibari gave no sound, so" in clips[1].doubt
    assert clips[1].duration > 0.3
    assert len({clip.sample_rate for clip in clips}) == 1


def test_what_a_listener_does_not_hear_whole_is_spoken_with_other_seeds_then_by_another_voice() -> None:
    """By how often it complains: the voice, its two other seeds, eSpeak; and the voice where that does not help."""
    heard: dict[str, list[Clip]] = {}

    def listen(utterance: Utterance, clip: Clip, language: str) -> str:
        result = heard.setdefault(utterance.spoken, [])
        result.append(clip)
        return "“noon” is missing" if len(result) <= lines.index(utterance) else ""

    lines = [say(f"Ferry {name} left.") for name in ("one", "two", "three", "four", "five")]
    with ScriptSpeaker("hibari", listen=listen) as script_speaker:
        clips = list(script_speaker.speak(Script(tuple(lines), "en")))
        voice = script_speaker.voice("en")
        seeded = [
            script_speaker._engine("hibari").speak(lines[2], replace(voice, options={"seed": seed})) for seed in (1, 2)
        ]
    assert [len(heard[line.spoken]) for line in lines] == [1, 2, 3, 4, 4]
    assert [clip.pcm for clip in heard[lines[2].spoken][1:]] == [clip.pcm for clip in seeded]
    assert [heard[line.spoken][-1].sample_rate for line in lines] == [24_000] * 3 + [22_050] * 2
    assert [clip.doubt for clip in clips] == [""] * 4 + ["“noon” is missing"]
    assert [bool(clip.digest) for clip in clips] == [True, False, False, False, True]


@pytest.mark.parametrize("attribute", ["fallback_options", "spare"])
def test_an_engine_in_doubt_is_opened_again_with_its_fallback_options_under_either_name(
    attribute: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(monkeypatch, *["cut"] * 6)
    monkeypatch.setattr(Tone, attribute, {"patience": 1.0}, raising=False)
    opened: list[object] = []

    def open_tone(name: str, options: dict[str, Any] | None = None) -> Tone:
        opened.append(options)
        return Tone()

    monkeypatch.setattr(module, "open_engine", open_tone)
    with ScriptSpeaker("tone") as script_speaker:
        list(script_speaker.speak(Script((say(SENTENCES[0]),), "en")))
    assert opened == [None, {"patience": 1.0}]
