"""Was the whole utterance spoken, as far as its sound can tell?"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.pyttsx3 import Pyttsx3
from audiogen.engines.samples import sample_text
from audiogen.engines.scripts import main_script
from audiogen.engines.selfcheck import USUAL_PACE, SelfCheck, is_audible, measure, sound_fault, weight_of
from audiogen.engines.tone import CARD, Tone
from audiogen.engines.voices import find_voice
from audiogen.model import Clip, WordTime
from tests.engines.conftest import SENTENCES, say
from tests.tones import tones_of

RATE = 8_000
LONG = "The captain said the crossing would take forty minutes longer than usual."
#: Seconds that LONG takes at the usual pace.
WHOLE = weight_of(LONG) / USUAL_PACE

# What is measured is the pace of a calm reader.
pytestmark = pytest.mark.usefixtures("calm_tones")


def sound(seconds: float, peak: int = 5_000, tail: float = 0.0) -> Clip:
    samples = numpy.full(round(seconds * RATE), peak, "<i2")
    samples[1::2] = -peak
    return Clip(samples.tobytes() + bytes(2 * round(tail * RATE)), RATE)


def taught(pace: float = USUAL_PACE, tail: float = 0.0, language: str = "en") -> SelfCheck:
    """A check that has heard a voice of this pace."""
    check = SelfCheck(language)
    for number in range(20):
        text = LONG + " and more" * number
        assert not check.judge(say(text), sound(weight_of(text) / pace + number / 1000, tail=tail))
    return check


def noisy(seconds: float) -> Clip:
    samples = numpy.random.default_rng(3).normal(0, 2_000, round(seconds * RATE))
    return Clip(samples.astype("<i2").tobytes(), RATE)


@pytest.mark.parametrize(
    ("clip", "fault"),
    [
        (Clip(b"", RATE), "no sound"),
        (Clip(b"\1\2\3", RATE), "half a sample"),
        (sound(5, peak=3), "silence"),
        (sound(5, peak=32_767), "clipped"),
        (noisy(5), "noise"),
        (sound(0.5), "0.50 seconds of sound for what should take about"),
        (sound(60), "60.00 seconds of sound"),
        (sound(5), ""),
    ],
    ids=["none", "half a sample", "silence", "clipping", "noise", "cut", "babble", "good"],
)
def test_each_fault_is_named(clip: Clip, fault: str) -> None:
    spoken = SelfCheck().judge(say(LONG), clip)
    assert fault in spoken
    assert bool(spoken) is bool(fault)


@pytest.mark.parametrize(("peak", "audible"), [(3, False), (5_000, True), (32_767, True)])
def test_distorted_speech_is_still_heard(peak: int, audible: bool) -> None:
    assert is_audible(sound(2, peak)) is audible


def test_a_few_full_samples_are_loud_not_broken() -> None:
    samples = numpy.frombuffer(sound(5).pcm, "<i2").copy()
    samples[:100] = 32_767
    assert not SelfCheck().judge(say(LONG), Clip(samples.tobytes(), RATE))


@pytest.mark.parametrize(("share", "fault"), [(0.3, ""), (1.0, "noise")])
def test_noise_is_told_from_speech_with_some_noise_in_it(share: float, fault: str) -> None:
    with Pyttsx3() as engine:
        clip = engine.speak(say(LONG), find_voice("english"))
    samples = numpy.frombuffer(clip.pcm, "<i2").astype(float)
    hiss = numpy.random.default_rng(5).normal(0, samples.std(), samples.size)
    mixed = (hiss if share == 1.0 else samples + share * hiss).clip(-32767, 32767)
    assert sound_fault(replace(clip, pcm=mixed.astype("<i2").tobytes())) == fault


@pytest.mark.parametrize("pace", [8.0, 15.0, 28.0])
def test_the_pace_of_a_voice_is_learned(pace: float) -> None:
    check = taught(pace)
    assert check.is_learned()
    assert check.pace() == pytest.approx(pace, rel=0.02)
    whole = weight_of(LONG) / pace
    assert not check.judge(say(LONG), sound(whole))
    assert check.judge(say(LONG), sound(whole / 2))


@pytest.mark.parametrize(("share", "believed"), [(0.75, False), (0.85, True), (1.2, True), (1.7, False)])
def test_a_steady_voice_may_be_a_little_faster_or_slower(share: float, believed: bool) -> None:
    assert (not taught().judge(say(LONG), sound(WHOLE * share))) is believed


def test_a_voice_that_wanders_is_granted_more_and_never_less_than_the_limit() -> None:
    check = SelfCheck("en")
    for number in range(40):
        text = LONG + " and more" * (number % 7)
        share = 0.75 + 0.5 * (number % 5) / 4
        assert not check.judge(say(text), sound(weight_of(text) / USUAL_PACE * share + number / 1000))
    assert not check.judge(say(LONG), sound(WHOLE * 0.7))
    assert check.judge(say(LONG), sound(WHOLE * 0.55))


def test_before_it_is_learned_the_usual_pace_counts_and_little_is_refused() -> None:
    check = SelfCheck()
    assert check.pace() == USUAL_PACE
    assert not check.judge(say(LONG), sound(WHOLE * 0.5))


def test_a_clip_that_was_refused_teaches_nothing() -> None:
    check = taught(15.0)
    pace = check.pace()
    check.judge(say(LONG), sound(0.2))
    assert check.pace() == pace


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Це речення написане іншим письмом.", 25.0),
        ("这是一个很好的例子，我们不知道。", 10.0),
        ("C N B C and E S P N and M S N B C", 9.0),
        ("1984 1985 1986 1987 1988 1989", 8.0),
        ("$ € £ + = %, he wrote", 6.0),
    ],
)
def test_what_takes_no_known_time_is_believed_and_poisons_nothing(text: str, seconds: float) -> None:
    check = taught()
    pace = check.pace()
    for number in range(30):
        assert not check.judge(say(text), sound(seconds + number / 100))
    assert check.pace() == pace
    assert not check.judge(say(LONG), sound(WHOLE))
    assert check.judge(say(LONG), sound(WHOLE / 2))


def test_one_clip_far_from_the_others_moves_the_pace_little() -> None:
    check = taught()
    pace = check.pace()
    check._paces["LATIN"].append(5.0)
    assert check.pace() == pytest.approx(pace, rel=0.01)


def test_each_script_has_a_pace_of_its_own() -> None:
    check = taught()
    for number in range(10):
        text = "Це речення написане іншим письмом" + " і далі" * number
        assert not check.judge(say(text), sound(weight_of(text) / 5))
    assert check.pace("CYRILLIC") == pytest.approx(5, rel=0.02)
    assert check.pace() == pytest.approx(USUAL_PACE, rel=0.02)
    assert check.judge(say("Це речення написане іншим письмом."), sound(2.0))


@pytest.mark.parametrize(("left", "fault"), [(0.3, ""), (0.22, ""), (0.19, "breaks off"), (0.0, "breaks off")])
def test_a_voice_that_always_ends_in_silence_was_cut_where_it_does_not(left: float, fault: str) -> None:
    assert fault in taught(tail=0.3).judge(say(LONG), sound(WHOLE, tail=left))
    assert bool(taught(tail=0.3).judge(say(LONG), sound(WHOLE, tail=left))) is bool(fault)


@pytest.mark.parametrize("end", ["EncompaaS.", "Franklin D.", "n a.", "the mate,"])
def test_an_end_behind_which_a_voice_may_expect_more_needs_no_silence(end: str) -> None:
    text = f"{LONG[:-1]}, said {end}"
    assert not taught(tail=0.3).judge(say(text), sound(measure(text).usual / USUAL_PACE, tail=0.01))


@pytest.mark.parametrize(
    ("text", "left", "fault"),
    [
        ("Note", 0.1, ""),
        ("Note", 0.06, "breaks off"),
        ("Field notes", 0.1, ""),
        ("Notes from afield", 0.1, "breaks off"),
        ("また、", 0.01, ""),
    ],
)
def test_a_word_or_two_end_in_less_silence(text: str, left: float, fault: str) -> None:
    clip = sound(measure(text).usual / USUAL_PACE, tail=left)
    assert fault in taught(tail=0.3).judge(say(text), clip)
    assert bool(taught(tail=0.3).judge(say(text), clip)) is bool(fault)


def test_a_voice_that_ends_in_full_voice_is_not_asked_for_silence() -> None:
    assert not taught(tail=0.05).judge(say(LONG), sound(WHOLE))


@pytest.mark.parametrize(("kana", "character"), [(0.11, 0.5), (0.13, 0.27)], ids=["eSpeak NG", "people"])
@pytest.mark.parametrize(
    "text", ["コードはこのようになります。", "キーボード", "ひとつのレシーバーでキーボードとマウスをつなげます。"]
)
def test_a_line_of_kana_alone_is_not_taken_for_one_that_was_cut(kana: float, character: float, text: str) -> None:
    def seconds(text: str) -> float:
        return sum(kana if "\u3041" <= letter <= "\u30ff" else character for letter in text if letter != "。")

    check = SelfCheck("ja")
    mixed = [
        "港の門は朝に開いた。",
        "船は三日のあいだ沖で待った。",
        "町の人はみな喜んだ。",
        "市長は記者にそう話した。",
    ] * 5
    for number, line in enumerate(mixed):
        assert not check.judge(say(line), sound(seconds(line) + number / 1000))
    assert check.is_learned("CJK")
    assert not check.judge(say(text), sound(seconds(text)))
    assert check.judge(say(mixed[1]), sound(seconds(mixed[1]) * 0.25))


def test_the_clip_of_the_sentence_before_is_known_again() -> None:
    check = taught()
    assert not check.judge(say(LONG), sound(WHOLE))
    assert not check.judge(say(LONG), sound(WHOLE))
    assert "sentence before" in check.judge(say(LONG.replace("captain", "admiral")), sound(WHOLE))


def timed(text: str, seconds: float, words: int | None = None) -> Clip:
    """A clip whose words take their share of the time; *words* are told of."""
    spans = [(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    times = [WordTime(start, end, seconds * start / len(text)) for start, end in spans]
    return replace(sound(seconds), words=tuple(times[:words]))


def test_word_times_that_stop_early_tell_of_a_cut() -> None:
    assert not taught().judge(say(LONG), timed(LONG, WHOLE))
    cut = replace(timed(LONG, WHOLE, words=8), pcm=sound(WHOLE * 0.6).pcm)
    assert "said the crossing would take forty”" in SelfCheck().judge(say(LONG), cut)


def test_words_that_are_timed_as_one_are_no_cut_where_time_is_left_for_them() -> None:
    text = "The train had gone at a hundred and sixty kilometres an hour or so."
    clip = timed(text, weight_of(text) / USUAL_PACE, words=9)
    assert not taught().judge(say(text), clip)


def test_words_behind_the_end_of_the_sound_tell_of_a_cut() -> None:
    clip = replace(timed(LONG, WHOLE), pcm=sound(WHOLE * 0.87).pcm)
    assert "its words go on" in taught().judge(say(LONG), clip)


def test_sound_that_goes_on_long_after_the_last_word_is_not_believed() -> None:
    text = LONG + " He was right."
    clip = replace(timed(text, weight_of(text) / USUAL_PACE / 2), pcm=sound(weight_of(text) / USUAL_PACE).pcm)
    assert "goes on after its last word" in taught().judge(say(text), clip)


def test_word_times_inside_of_words_are_those_of_another_text() -> None:
    other = "A few of us had to be at sea by six or so, as far as I am told by him."
    clip = timed(other, WHOLE)
    words = tuple(word for word in clip.words if word.start < len(LONG))
    assert "another text" in taught().judge(say(LONG), replace(clip, words=words))


@pytest.mark.parametrize("name", ["BBC", "CNBC", "ESPN", "AGPL", "GDPR", "UCLA", "MSNBC", "ABCDEFGHIJKL"])
def test_a_sentence_may_end_in_spelled_letters(name: str) -> None:
    sentence = say(f"He had worked there for eleven years at {' '.join(name)}.")
    with Pyttsx3() as engine:
        clip = engine.speak(sentence, find_voice("english"))
        assert not SelfCheck("en").judge(sentence, clip)
        assert not taught(18, tail=0.3).judge(sentence, clip)
        assert clip.words[-1].end == len(sentence.spoken) - 1
    cut = clip.words[-1].time + 0.1
    short = replace(clip, pcm=clip.pcm[: 2 * round(cut * clip.sample_rate)])
    assert taught(18, tail=0.3).judge(sentence, short)


@pytest.mark.parametrize("engine", ["tone"])
def test_clips_as_long_as_their_words_are_many_are_measured_by_words(engine: str) -> None:
    check = SelfCheck("", Tone.traits.word_seconds)
    texts = [*SENTENCES, "Dieser Beitrag wurde mit Unterstützung künstlicher Intelligenz vertont."] * 3
    for text in texts:
        assert not check.judge(say(text), Tone().speak(say(text), CARD))
    half = Tone().speak(say(" ".join(SENTENCES[0].split()[:5])), CARD)
    assert check.judge(say(SENTENCES[0]), half)


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.9])
def test_where_clips_are_as_long_as_their_words_are_many_a_last_word_may_be_short(seconds: float) -> None:
    text = "The keepers of the harbour were told of its uncharacteristically instantaneous refurbishment."
    with tones_of(seconds):
        check = SelfCheck("", seconds)
        for sentence in [*SENTENCES * 3, text]:
            assert not check.judge(say(sentence), Tone().speak(say(sentence), CARD))
        whole = Tone().speak(say(text), CARD)
        *words, last = whole.words[:-3]
        left = replace(whole, words=(*words, replace(last, time=whole.duration - seconds)))
        assert "it was left after" in check.judge(say(text), left)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("at noon", 7), ("at C N B C", 3), ("in 1984", 3), ("NATO met", 4), ("I am", 4), ("漢字", 8), ("漢字 is", 8)],
)
def test_what_is_not_told_by_its_length_is_not_plain(text: str, plain: int) -> None:
    size = measure(text)
    assert size.minimum <= size.usual <= size.maximum
    assert size.plain == pytest.approx(plain, abs=1)


def test_the_parts_of_a_word_with_capitals_inside_may_be_timed() -> None:
    text = "StringZilla and MemChr and OpenOffice and LibreOffice"
    starts = [match.start() for match in re.finditer("[A-Z]|and", text)]
    seconds = measure(text).usual / USUAL_PACE
    words = tuple(WordTime(start, start + 3, seconds * start / len(text)) for start in starts)
    assert not taught().judge(say(text), replace(sound(seconds), words=words))


def test_words_that_no_space_parts_may_be_timed_as_one() -> None:
    text = "彼は料理人として働く、そして歌う、そして笑う。"
    words = (WordTime(0, 2, 0.0), WordTime(len(text) - 4, len(text) - 1, 4.4))
    assert not SelfCheck("ja").judge(say(text), replace(sound(4.5), words=words))


def test_what_has_no_words_may_sound_like_anything() -> None:
    assert not SelfCheck().judge(say("…"), Clip(b"", RATE))
    assert not SelfCheck().judge(say("😀"), Clip(b"", RATE))


@pytest.mark.parametrize(("light", "heavy"), [("five", "5555"), ("dollar", "$$$$$$"), ("ka", "漢字"), ("abc", "abcd")])
def test_what_takes_longer_to_say_weighs_more(light: str, heavy: str) -> None:
    assert weight_of(light) < weight_of(heavy)


@given(st.text(), st.text())
def test_weight_adds_up(first: str, second: str) -> None:
    assert weight_of(first + second) == pytest.approx(weight_of(first) + weight_of(second))


def test_real_speech_passes_and_its_halves_do_not() -> None:
    check = SelfCheck()
    sentences = [say(sentence) for sentence in SENTENCES * 4]
    with Pyttsx3() as engine:
        clips = list(engine.speak_all(sentences, find_voice("english")))
    assert [check.judge(sentence, clip) for sentence, clip in zip(sentences, clips, strict=True)] == [""] * 20
    for sentence, clip in zip(sentences, clips, strict=True):
        if len(sentence.spoken) > 40:
            half = Clip(clip.pcm[: len(clip.pcm) // 4 * 2], clip.sample_rate)
            assert check.judge(sentence, half)


@pytest.mark.parametrize("language", ["en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"])
def test_real_speech_of_every_language_passes(language: str) -> None:
    check = SelfCheck(language)
    parts = [part.strip() for part in re.split(r"(?<=[.?!])", sample_text(language)) if part.strip()]
    texts = [*parts, *parts, " ".join(parts), "7", "1984", parts[0], "10 000 €", *parts * 4, parts[1] * 3]
    utterances = [say(text) for text in texts]
    with Pyttsx3() as engine:
        clips = engine.speak_all(utterances, find_voice("espeak", language))
        faults = [check.judge(utterance, clip) for utterance, clip in zip(utterances, clips, strict=True)]
    assert faults == [""] * len(texts)
    script = main_script(texts[0])
    assert check.is_learned(script)
    assert 10 < check.pace(script) < 25
