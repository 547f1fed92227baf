"""The finished recording: its loudness, its peaks, its pauses, and what happens when it cannot be made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler import QUALITIES, Sound, assemble
from audiogen.assembler import recording as recording_module
from audiogen.assembler.encoding import FORMATS
from audiogen.assembler.streams import Spool
from audiogen.audit.listening import Heard, listen
from audiogen.engines.tone import Tone, frequency_of, seconds_of
from audiogen.engines.voices import find_voice
from audiogen.errors import AssemblyError
from audiogen.model import Clip, Script, Utterance
from tests.assembler.sounds import babble, clip_of, sine, sounding
from tests.hearing import samples_of, tones_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RATE = 22_050


def script_of(*pauses: float, text: str = "Some words are said here.") -> Script:
    return Script(tuple(Utterance(f"{text} {n}", f"{text} {n}", pause) for n, pause in enumerate(pauses)))


def spoken_by_tone(script: Script) -> list[Clip]:
    voice = find_voice("tone", "en", ())
    return [Tone().speak(utterance, voice) for utterance in script.utterances]


def babbled(count: int, seconds: float = 2.5, level: float = -8.0) -> list[Clip]:
    return [clip_of(babble(seconds, RATE, seed=seed, level=level), RATE) for seed in range(count)]


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("level", [-30.0, -14.0, -1.0], ids=["faint", "usual", "hot"])
def test_loudness_and_peak_are_those_asked_for_after_decoding(level: float, quality: str, tmp_path: Path) -> None:
    sound = Sound(encoding=QUALITIES[quality])
    recording = assemble(script_of(*[0.4] * 4), babbled(4, level=level), tmp_path / "a.mp3", sound)
    heard = listen(recording.path)
    assert heard.loudness == pytest.approx(-16, abs=0.5)
    assert heard.peak <= -1
    assert recording.loudness == pytest.approx(heard.loudness, abs=0.2)
    assert recording.peak is not None
    assert heard.peak - 0.01 <= recording.peak <= -0.95


@pytest.mark.parametrize("loudness", [-23.0, -19.0, -14.0])
def test_another_loudness_can_be_asked_for(loudness: float, tmp_path: Path) -> None:
    recording = assemble(script_of(*[0.4] * 3), babbled(3), tmp_path / "a.mp3", Sound(loudness=loudness))
    assert listen(recording.path).loudness == pytest.approx(loudness, abs=0.5)


@pytest.mark.parametrize("seconds", [0.15, 0.5, 1.2])
def test_short_texts_are_as_loud(seconds: float, tmp_path: Path) -> None:
    recording = assemble(script_of(0.5), babbled(1, seconds), tmp_path / "a.mp3")
    assert listen(recording.path).loudness == pytest.approx(-16, abs=0.5)


def test_what_grows_louder_late_is_encoded_again_with_a_better_gain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gain is found from the first seconds, forty in earnest; here the rest is another matter."""
    monkeypatch.setattr(recording_module, "_SAMPLE", 6.0)
    clips = babbled(3, 2.5, level=-24) + babbled(3, 2.5, level=-6)
    encoding = QUALITIES["small"]
    recording = assemble(script_of(*[0.3] * 6), clips, tmp_path / "a.mp3", Sound(encoding=encoding))
    assert listen(recording.path).loudness == pytest.approx(-16, abs=0.5)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("name", ["m4b", "opus"])
def test_other_formats_are_as_loud_and_as_long(name: str, tmp_path: Path) -> None:
    recording = assemble(script_of(*[0.4] * 4), babbled(4), tmp_path / f"a.{name}", Sound(format=name))
    heard = listen(recording.path)
    assert heard.loudness == pytest.approx(-16, abs=0.5)
    assert heard.peak <= -1
    assert heard.duration == pytest.approx(recording.duration, abs=0.05)


def test_pauses_in_the_mp3_are_those_of_the_script(tmp_path: Path) -> None:
    script = script_of(0.1, 0.35, 0.8, 1.5, 0.25, 0.5)
    recording = assemble(script, spoken_by_tone(script), tmp_path / "a.mp3")
    tones = tones_in(recording.path)
    assert len(tones) == len(script.utterances)
    for tone, utterance, cue in zip(tones, script.utterances, recording.cues, strict=True):
        assert tone.frequency == pytest.approx(frequency_of(utterance.spoken), rel=0.01)
        assert tone.end - tone.start == pytest.approx(seconds_of(utterance.spoken), abs=0.01)
        assert (cue.start, cue.end) == pytest.approx((tone.start, tone.end), abs=0.02)
    for (before, after), utterance in zip(pairwise(tones), script.utterances, strict=False):
        assert after.start - before.end == pytest.approx(utterance.pause_after, abs=0.02)


def test_the_length_is_that_of_the_sound_and_its_pauses(tmp_path: Path) -> None:
    script = script_of(0.5, 1.0)
    recording = assemble(script, spoken_by_tone(script), tmp_path / "a.mp3")
    samples, rate = samples_of(recording.path)
    assert samples.size / rate == pytest.approx(recording.duration, abs=0.0005)
    result = sum(seconds_of(utterance.spoken) for utterance in script.utterances)
    assert recording.duration == pytest.approx(0.2 + result + 1.5, abs=0.01)
    assert (recording.sample_rate, recording.bitrate) == (44_100, 64)


def test_silence_has_no_loudness(tmp_path: Path) -> None:
    recording = assemble(Script((Utterance("…", "…", 1.0),)), [Clip(b"", RATE)], tmp_path / "a.mp3")
    assert (recording.loudness, recording.peak) == (None, None)
    assert recording.duration == pytest.approx(1.2, abs=0.01)


def test_clips_are_taken_one_at_a_time(tmp_path: Path) -> None:
    """What the engine makes is used at once: the encoder works while speech is still being made."""
    seen: list[int] = []

    def watched() -> Iterator[Clip]:
        for clip in babbled(40, 2.0):
            seen.append((tmp_path / "a.mp3").stat().st_size if (tmp_path / "a.mp3").exists() else 0)
            yield clip

    assemble(script_of(*[0.2] * 40), watched(), tmp_path / "a.mp3")
    assert seen[-1] > 0


def test_nothing_to_say_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="nothing to assemble"):
        assemble(Script(), [], tmp_path / "a.mp3")


def test_an_engine_s_error_passes_through(tmp_path: Path) -> None:
    def clips() -> Iterator[Clip]:
        yield from babbled(2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        assemble(script_of(0.1, 0.1, 0.1), clips(), tmp_path / "a.mp3")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="could not be written"):
        assemble(script_of(0.1), babbled(1), tmp_path / "gone" / "a.mp3")


def test_a_folder_removed_meanwhile_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()

    def clips() -> Iterator[Clip]:
        yield from babbled(1)
        shutil.rmtree(folder)

    with pytest.raises(AssemblyError, match="could not be written"):
        assemble(script_of(0.1), clips(), folder / "a.mp3")


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from audiogen.assembler import assemble
from audiogen.errors import AssemblyError
from tests.assembler.test_recording import babbled, script_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    assemble(script_of(*[0.2] * 30), babbled(30), Path(sys.argv[1]) / "a.mp3")
except AssemblyError as error:
    print(error.message)
"""


@pytest.mark.parametrize("limit", [20_000, 1_000_000], ids=["of the MP3", "of the copy"])
def test_a_full_disk_is_told(limit: int, tmp_path: Path) -> None:
    """A limit on the size of files does what a full disk does: a write fails in the middle."""
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "could not be written" in done.stdout, done.stderr
    assert "File too large" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} <= {"a.mp3"}


def test_a_format_that_needs_ffmpeg_says_so_where_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssemblyError, match="ffmpeg, which is not installed"):
        assemble(script_of(0.1), babbled(1), tmp_path / "a.m4b", Sound(format="m4b"))


def test_a_quiet_voice_raised_beyond_full_scale_is_limited_and_not_clipped(tmp_path: Path) -> None:
    """The second of two voices is a sine raised by 12 dB to 6 dB over full scale; clipped, it would have overtones."""
    clips = [clip_of(sine(3, RATE, frequency=441, level=level), RATE) for level in (6.0 - 12.0, 6.0 - 12.0)]
    raised = [replace(clip, gain=12.0) for clip in clips]
    recording = assemble(script_of(0.5, 0.5), raised, tmp_path / "a.mp3")
    samples, rate = samples_of(recording.path)
    middle = samples[round(1.0 * rate) : round(2.0 * rate)]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(middle.size)))
    third = spectrum[3 * 441 - 5 : 3 * 441 + 6].max()
    assert 20 * np.log10(third / spectrum.max()) < -50


def test_what_is_kept_on_disk_is_not_clipped(tmp_path: Path) -> None:
    piece = np.array([0.0, 1.9, -2.5, 1e-7], dtype=np.float32)
    with (tmp_path / "spool").open("w+b") as file:
        spool = Spool(file)
        assert [list(kept) for kept in spool.keep([piece])] == [list(piece)]
        assert np.concatenate(list(spool.replay())).tolist() == piece.tolist()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_a_writer_that_is_there(name: str) -> None:
    from importlib import import_module

    module, _, maker = FORMATS[name].writer.partition(":")
    assert callable(getattr(import_module(module), maker))


#: Two sentences in each language that has a voice of its own.
TEXTS = {
    "en": ("The council met on Tuesday to talk about the new bridge.", "The vote was five to four."),
    "de": ("Der Rat traf sich am Dienstag, um über die neue Brücke zu sprechen.", "Es ging fünf zu vier aus."),
    "fr": ("Le conseil s’est réuni mardi pour parler du nouveau pont.", "Le vote a été de cinq contre quatre."),
    "es": ("El consejo se reunió el martes para hablar del nuevo puente.", "La votación fue de cinco a cuatro."),
    "it": ("Il consiglio si è riunito martedì per parlare del nuovo ponte.", "Il voto è stato di cinque a quattro."),
    "pt": ("O conselho reuniu-se na terça-feira para falar da nova ponte.", "A votação foi de cinco contra quatro."),
    "pl": ("Rada spotkała się we wtorek, aby porozmawiać o nowym moście.", "Było pięć do czterech."),
    "uk": ("Рада зібралася у вівторок, щоб поговорити про новий міст.", "Голосування було п’ять проти чотирьох."),
    "ru": ("Совет собрался во вторник, чтобы поговорить о новом мосте.", "Счёт был пять против четырёх."),
}


@pytest.mark.parametrize("language", TEXTS)
def test_every_default_voice_is_level_and_its_pauses_are_the_script_s(language: str, tmp_path: Path) -> None:
    from audiogen.engines.script_speaker import ScriptSpeaker

    lines = tuple(Utterance(text, text, 0.7) for text in TEXTS[language])
    with ScriptSpeaker() as script_speaker:
        recording = assemble(Script(lines, language), script_speaker.speak(Script(lines, language)), tmp_path / "a.mp3")
    heard = listen(recording.path)
    assert heard.loudness == pytest.approx(-16, abs=0.5)
    assert heard.peak <= -1
    assert_pause(recording.cues[0].end, recording.cues[1].start, heard)


def assert_levels(name: str, quality: str, script: Script, clips: list[Clip], folder: Path) -> None:
    sound = Sound(format=name, encoding=QUALITIES[quality])
    recording = assemble(script, clips, folder / f"a.{name}", sound)
    heard = listen(recording.path)
    assert heard.loudness == pytest.approx(-16, abs=0.5)
    assert heard.peak <= -1
    assert recording.peak is not None
    assert heard.peak <= recording.peak + 0.05


@pytest.fixture(scope="module")
def spanish() -> tuple[Script, list[Clip]]:
    """A voice whose peaks grow much, spoken once."""
    return spoken("es")


def spoken(language: str) -> tuple[Script, list[Clip]]:
    from audiogen.engines.script_speaker import ScriptSpeaker

    script = Script(tuple(Utterance(text, text, 0.7) for text in TEXTS[language]), language)
    with ScriptSpeaker() as script_speaker:
        return script, list(script_speaker.speak(script))


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("name", ["m4b", "opus"])
def test_other_formats_keep_their_peaks_with_a_real_voice(
    name: str, quality: str, spanish: tuple[Script, list[Clip]], tmp_path: Path
) -> None:
    """Encoders that throw away more let peaks grow more, and Opus throws some of its own."""
    assert_levels(name, quality, *spanish, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("name", ["m4b", "opus"])
def test_other_formats_keep_their_peaks_with_every_voice(name: str, language: str, tmp_path: Path) -> None:
    script, clips = spoken(language)
    for quality in QUALITIES:
        assert_levels(name, quality, script, clips, tmp_path)


def assert_pause(end: float, start: float, heard: Heard) -> None:
    """The pause is where the cues say: nothing sounds in it, and there is sound right at both its ends."""
    assert start - end == pytest.approx(0.7, abs=0.001)
    floor = 10 ** (-45 / 20)
    assert heard.level(end + 0.025, start - 0.025) < floor
    assert heard.level(end - 0.04, end) > floor / 4
    assert heard.level(start, start + 0.04) > floor / 4


def test_the_bed_rises_in_pauses_and_makes_way_for_the_voice(tmp_path: Path) -> None:
    import soundfile

    soundfile.write(tmp_path / "bed.wav", sine(3, 44_100, frequency=3000, level=-20), 44_100)
    speech = clip_of(sine(2.0, RATE, frequency=441, level=-12), RATE)
    sound = Sound(bed=tmp_path / "bed.wav")
    recording = assemble(script_of(3.0, 3.0), [speech, speech], tmp_path / "a.mp3", sound)
    samples, rate = samples_of(recording.path)

    def bed_level(time: float) -> float:
        piece = samples[round(time * rate) : round((time + 0.3) * rate)]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(piece.size)))
        frequencies = np.fft.rfftfreq(piece.size, 1 / rate)
        return float(20 * np.log10(spectrum[np.abs(frequencies - 3000) < 100].max()))

    first, second = recording.cues
    pause = bed_level((first.end + second.start) / 2)
    voice = bed_level(second.start + 0.8)
    assert pause - voice == pytest.approx(8, abs=0.7), "from 20 LU under the voice to 12"
    assert listen(recording.path).loudness == pytest.approx(-16, abs=0.5)


@pytest.mark.parametrize(("suffix", "form"), [("wav", "WAV"), ("flac", "FLAC"), ("ogg", "OGG"), ("mp3", "MP3")])
def test_a_jingle_of_any_kind_is_as_loud_as_the_voice_and_moves_the_cues(
    suffix: str, form: str, tmp_path: Path
) -> None:
    import soundfile

    jingle = tmp_path / f"jingle.{suffix}"
    stereo = np.stack([sine(2, 48_000, frequency=880, level=-30)] * 2, axis=1)
    soundfile.write(jingle, stereo, 48_000, format=form)
    sound = Sound(intro=jingle, outro=jingle)
    speech = clip_of(sine(2.0, RATE, frequency=880, level=-9), RATE)
    recording = assemble(script_of(0.5), [speech], tmp_path / "a.mp3", sound)
    samples, rate = samples_of(recording.path)
    parts = sounding(samples, rate, floor=-26, least=0.15)
    assert len(parts) == 3
    assert recording.cues[0].start == pytest.approx(parts[1][0], abs=0.03)
    assert recording.cues[0].start == pytest.approx(2.2, abs=0.1)
    levels = [np.sqrt(np.mean(samples[round((a + 0.2) * rate) : round((b - 0.2) * rate)] ** 2)) for a, b in parts]
    assert 20 * np.log10(max(levels) / min(levels)) < 1


def test_a_jingle_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match=r"no-such\.wav"):
        assemble(script_of(0.1), babbled(1), tmp_path / "a.mp3", Sound(intro=tmp_path / "no-such.wav"))


MEMORY = """
import sys
from pathlib import Path
from audiogen.assembler import Encoding, Sound, assemble
from audiogen.assembler.tagging import tag
from audiogen.assembler.tags import Tags
from audiogen.model import Script, Utterance
from tests.assembler.test_recording import babbled
from tests.memory import peak
count, folder = int(sys.argv[1]), Path(sys.argv[2])
clips = babbled(4, 5.0)
line = Utterance("Some words.", "Some words.", 1.0)
sound = Sound(encoding=Encoding(22_050, 48, 9))
recording = assemble(Script((line,) * count), (clips[n % 4] for n in range(count)), folder / "a.mp3", sound)
tag(recording.path, Tags("a", "b", "c", "en", "d", "e", "f", text="Some words. " * count))
print(recording.duration, peak() // 1024)
"""


@pytest.mark.slow
def test_ten_hours_take_no_more_memory_than_ten_minutes(tmp_path: Path) -> None:
    peaks = {}
    for minutes in (10, 600):
        command = [sys.executable, "-c", MEMORY, str(minutes * 10), str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds, peak = done.stdout.split()
        assert float(seconds) == pytest.approx(minutes * 60, rel=0.1)
        peaks[minutes] = int(peak)
    assert peaks[600] < 200, peaks
    # MB; what grows are the cues and the energies of ten hours, 18 MB. Their sound would be 3,000.
    assert peaks[600] < 1.3 * peaks[10], peaks
