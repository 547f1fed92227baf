"""`audiogen narrate`: results on stdout, messages on stderr, exit codes that tell what happened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from audiogen.engines.tone import Tone
from audiogen.production import preparing
from tests.assembler.sounds import FFMPEG
from tests.cli.pages import LOGIN, SENTENCES, make_page, write_page
from tests.conftest import EXAMPLES
from tests.hearing import length_of, tones_in

if TYPE_CHECKING:
    from audiogen.model import Article, Clip, Utterance, Voice
    from tests.cli.conftest import Run

PAGE = EXAMPLES / "harbor-ledger.html"
#: A voice that costs little and can be measured, in the smallest file.
CHEAPLY = ("--voice", "tone", "--quality", "small", "--no-cache")
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="ffmpeg is not installed")


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write_page(tmp_path)


def test_a_page_becomes_an_mp3_whose_path_is_printed(process: Run, tmp_path: Path) -> None:
    """In a process of its own: nothing that a library warns of reaches the terminal."""
    done = process("narrate", PAGE, "-o", "out", "--voice", "tone", "--quality", "small")
    assert done.returncode == 0
    assert done.stderr == ""
    path = tmp_path / done.stdout.rstrip("\n")
    assert path.name == "2026-09-06-grain-ships-leave-veldmark-at-last-as-blockade.mp3"
    assert path.read_bytes().startswith(b"ID3")
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_every_sentence_is_heard_and_nothing_else(audiogen: Run, page: Path, tmp_path: Path) -> None:
    done = audiogen("narrate", page, *CHEAPLY, "--json")
    manifest = json.loads(done.stdout)
    written = [line["written"] for line in manifest["script"]]
    assert written == ["The lock opens", *SENTENCES, "This audio is created with AI assistance."]
    assert len(tones_in(tmp_path / manifest["audio"]["file"])) == len(written)


def test_each_of_several_sources_gets_its_line(audiogen: Run, page: Path, tmp_path: Path) -> None:
    other = write_page(tmp_path, "other.html", title="The lock closes", url="https://harborledger.example/closed")
    done = audiogen("narrate", page, other, *CHEAPLY)
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["the-lock-opens.mp3", "the-lock-closes.mp3"]
    assert files_below(tmp_path) == ["lock.html", "other.html", "the-lock-closes.mp3", "the-lock-opens.mp3"]


def test_a_sentence_in_doubt_is_heard_and_told_and_fails_only_where_that_is_wanted(
    audiogen: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = Tone.speak

    def speak(engine: Tone, utterance: Utterance, voice: Voice) -> Clip:
        clip = usual(engine, utterance, voice)
        return replace(clip, pcm=clip.pcm[:2000]) if utterance.spoken.strip() in SENTENCES[1] else clip

    monkeypatch.setattr(Tone, "speak", speak)
    strict = audiogen("narrate", page, *CHEAPLY, "--strict")
    assert (strict.returncode, strict.stdout) == (1, "")
    assert "seconds of sound" in strict.stderr
    assert files_below(tmp_path) == ["lock.html"]
    done = audiogen("narrate", page, *CHEAPLY, "--json")
    manifest = json.loads(done.stdout)
    assert done.returncode == 0
    assert "the-lock-opens.mp3: 1 of 5 utterances in doubt" in done.stderr
    assert [bool(line.get("doubtful")) for line in manifest["script"]] == [False, False, True, False, False]
    assert len(tones_in(tmp_path / manifest["audio"]["file"])) == 5


def test_json_prints_the_manifest(audiogen: Run, page: Path) -> None:
    done = audiogen("narrate", page, *CHEAPLY, "--json")
    manifest = json.loads(done.stdout)
    assert manifest["utterances"] == {"total": 5, "spoken": 5}
    assert manifest["article"]["url"] == "https://harborledger.example/lock"
    assert {entry["reason"] for entry in manifest["removed"]} >= {"call to action", "navigation"}
    assert manifest["voice"]["engine"] == "tone"


def test_an_article_can_come_on_stdin(audiogen: Run) -> None:
    done = audiogen("narrate", "-", *CHEAPLY, stdin=make_page())
    assert (done.returncode, done.stdout) == (0, "the-lock-opens.mp3\n")


def test_nothing_on_stdin_is_told(audiogen: Run, tmp_path: Path) -> None:
    done = audiogen("narrate", "-", *CHEAPLY, stdin="")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing came on stdin" in done.stderr
    assert files_below(tmp_path) == []


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["missing.html"], "There is no file or folder missing.html."),
        (["missing.html", "ftp://news.example/a"], "There is no file or folder missing.html."),
        (["ftp://news.example/a"], "only addresses that begin with https:// or http:// are"),
        (["www.news.example/a"], "If it is an address: https://www.news.example/a."),
        (["x" * 400], "There is no file or folder xxx"),
    ],
)
def test_names_of_nothing_are_a_wrong_call(audiogen: Run, tmp_path: Path, asked: list[str], says: str) -> None:
    done = audiogen("narrate", *asked, *CHEAPLY)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert files_below(tmp_path) == []


def test_a_source_that_fails_does_not_stop_the_others(audiogen: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    done = audiogen("narrate", "missing.html", page, "empty.html", "-o", "out", *CHEAPLY)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert [line.startswith("audiogen: ") for line in done.stderr.splitlines()] == [True, True]
    assert "missing.html" in done.stderr
    assert len(files_below(tmp_path / "out")) == 1


@pytest.mark.parametrize("fault", [RecursionError("too deep"), MemoryError(), OSError("the cable"), KeyError("x")])
def test_a_fault_nobody_foresaw_is_that_source_s_alone(
    audiogen: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    usual = Tone.speak

    def speak(engine: Tone, utterance: Utterance, voice: Voice) -> Clip:
        if "closes" in utterance.spoken:
            raise fault
        return usual(engine, utterance, voice)

    monkeypatch.setattr(Tone, "speak", speak)
    other = write_page(tmp_path, "other.html", title="The lock closes", url="https://harborledger.example/closed")
    done = audiogen("narrate", other, page, "-o", "out", *CHEAPLY)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [str(Path("out", "the-lock-opens.mp3"))]
    assert files_below(tmp_path / "out") == ["the-lock-opens.mp3"]
    assert "other.html" in done.stderr.splitlines()[0]


def test_a_fault_nobody_foresaw_comes_with_its_traceback(
    audiogen: Run, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean(*arguments: object, **named: object) -> Article:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(preparing, "clean", clean)
    done = audiogen("narrate", page, *CHEAPLY)
    assert (done.returncode, done.stdout) == (1, "")
    first, *trace = done.stderr.splitlines()
    assert "lock.html" in first
    assert "ZeroDivisionError: by nought" in first
    assert trace[0] == "Traceback (most recent call last):"


@pytest.mark.parametrize(
    ("quality", "rate", "kbits"), [("small", 22_050, 32), ("speech", 44_100, 64), ("podcast", 44_100, 96)]
)
def test_the_quality_decides_rate_and_size(
    audiogen: Run, page: Path, tmp_path: Path, quality: str, rate: int, kbits: int
) -> None:
    done = audiogen("narrate", page, "--voice", "tone", "--quality", quality)
    info = MP3(tmp_path / done.stdout.strip()).info
    assert info is not None
    assert (info.sample_rate, round(info.bitrate, -3)) == (rate, kbits * 1000)


def test_a_higher_rate_makes_a_shorter_recording(audiogen: Run, page: Path, tmp_path: Path) -> None:
    lengths = {}
    for rate in (120, 300):
        done = audiogen("narrate", page, "--rate", rate, "--quality", "small", "-o", str(rate))
        lengths[rate] = length_of(tmp_path / done.stdout.strip())
    assert lengths[120] > 1.7 * lengths[300]


@needs_ffmpeg
@pytest.mark.parametrize(("kind", "opened"), [("m4b", MP4), ("opus", OggOpus)])
def test_another_format_can_be_asked_for(
    audiogen: Run, page: Path, tmp_path: Path, kind: str, opened: type[MP4] | type[OggOpus]
) -> None:
    done = audiogen("narrate", page, *CHEAPLY, "--format", kind)
    assert done.stdout == f"the-lock-opens.{kind}\n"
    info = opened(tmp_path / done.stdout.strip()).info
    assert info is not None
    assert info.length > 5
    assert files_below(tmp_path) == ["lock.html", f"the-lock-opens.{kind}"]


@pytest.mark.parametrize("kind", ["m4b", "opus"])
def test_a_format_that_needs_ffmpeg_leaves_nothing_where_there_is_none(
    audiogen: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = audiogen("narrate", page, *CHEAPLY, "--format", kind)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "ffmpeg, which is not installed" in done.stderr
    assert files_below(tmp_path) == ["lock.html"]


def test_the_address_can_be_told(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("The lock opens\n\n" + "\n\n".join(SENTENCES), encoding="utf-8")
    done = audiogen("narrate", "notes.txt", *CHEAPLY, "--url", "https://harborledger.example/told")
    assert ID3(tmp_path / done.stdout.strip())["WOAS"].url == "https://harborledger.example/told"


def test_what_is_no_article_is_made_only_with_force(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "login.html").write_text(LOGIN, encoding="utf-8")
    refused = audiogen("narrate", "login.html", *CHEAPLY)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "login page" in refused.stderr
    assert refused.stderr.rstrip().endswith("To narrate it anyway: --force.")
    assert files_below(tmp_path) == ["login.html"]
    forced = audiogen("narrate", "login.html", *CHEAPLY, "--force")
    assert (forced.returncode, forced.stderr) == (0, "")
    assert (tmp_path / forced.stdout.strip()).is_file()


def test_the_same_article_takes_the_place_of_its_old_file_and_another_does_not(
    audiogen: Run, page: Path, tmp_path: Path
) -> None:
    other = write_page(tmp_path, "other.html", url="https://harborledger.example/other")
    done = audiogen("narrate", page, page, other, *CHEAPLY)
    assert done.stdout.splitlines() == ["the-lock-opens.mp3", "the-lock-opens.mp3", "the-lock-opens-2.mp3"]


def test_the_user_s_settings_hold_and_flags_win(audiogen: Run, page: Path, tmp_path: Path) -> None:
    from audiogen.settings import user_folder

    user_folder().mkdir(parents=True)
    (user_folder() / "config.toml").write_text("[speech]\nvoice = 'tone'\n[audio]\nquality = 'podcast'\n")
    kept, flagged = (
        MP3(tmp_path / audiogen("narrate", page, "-o", name, *flags).stdout.strip()).info
        for name, flags in (("kept", ()), ("flagged", ("--quality", "small")))
    )
    assert kept is not None
    assert flagged is not None
    assert (kept.bitrate, flagged.bitrate) == (96_000, 32_000)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        ((PAGE, "--voice", "englsh"), "Did you mean english"),
        ((PAGE, "--quality", "best"), "'best' is not one of"),
        ((PAGE, "--format", "flac"), "'flac' is not one of"),
        ((PAGE, "--rate", "3"), "is not a whole number, from 80 to 450"),
        ((PAGE, "--rate", "451"), "is not a whole number, from 80 to 450"),
        ((PAGE, "--rate", "fast"), "is not a whole number, from 80 to 450"),
        ((PAGE, "--nonsense"), "No such option"),
        ((PAGE, "-o"), "requires an argument"),
    ],
    ids=lambda value: " ".join(map(str, value[1:])) if isinstance(value, tuple) else value,
)
def test_a_wrong_call_exits_with_2_and_says_why(
    audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = audiogen("narrate", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert files_below(tmp_path) == []


def test_a_voice_of_an_engine_that_is_not_there_names_those_that_are(audiogen: Run, page: Path, tmp_path: Path) -> None:
    done = audiogen("narrate", page, "--voice", "nobody:x")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no engine is called 'nobody'. Known are pyttsx3" in done.stderr
    assert files_below(tmp_path) == ["lock.html"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("AUDIOGEN_AUDIO_LOUDNESS", "loud", "audio.loudness"),
        ("AUDIOGEN_AUDIO_LOUDNESS", "16", "from -40 to -5"),
        ("AUDIOGEN_VOICE", "grman", "Did you mean german"),
    ],
)
def test_a_wrong_setting_in_the_environment_exits_with_2(
    audiogen: Run, page: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    done = audiogen("narrate", page)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("config.toml", "[audio]\nqualty = 'small'", "did you mean audio.quality?"),
        ("voices/own.toml", "rate = 170", "does not name its engine"),
        ("lexicon.toml", '[[entry]]\nwritten = "Ostrand"', "lexicon.toml does not say how"),
    ],
)
def test_a_fault_in_the_user_s_files_exits_with_2(
    audiogen: Run, page: Path, tmp_path: Path, name: str, content: str, says: str
) -> None:
    from audiogen.settings import user_folder

    path = user_folder() / name
    path.parent.mkdir(parents=True)
    path.write_text(content)
    done = audiogen("narrate", page)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert path.name in done.stderr
    assert files_below(tmp_path) == ["lock.html"]


def test_a_folder_that_is_a_file_exits_with_1_and_leaves_nothing(audiogen: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = audiogen("narrate", page, "-o", "taken", *CHEAPLY)
    assert done.returncode == 1
    assert "Name another folder" in done.stderr
    assert done.stderr.count("\n") == 1
    assert files_below(tmp_path) == ["lock.html", "taken"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_exits_with_1(audiogen: Run, page: Path, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    done = audiogen("narrate", page, "-o", "locked", *CHEAPLY)
    assert done.returncode == 1
    assert "Name another folder" in done.stderr


@pytest.mark.parametrize("name", ["page.pdf", "page.png", "page.mp4"])
def test_what_is_not_read_is_told_with_its_name(audiogen: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(
        {"pdf": b"%PDF-1.7\n%\xe2\xe3", "png": b"\x89PNG\r\n\x1a\n"}.get(name[-3:], bytes(99))
    )
    done = audiogen("narrate", name, *CHEAPLY)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert done.stderr.count("\n") == 1
    assert files_below(tmp_path) == [name]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_reader_of_the_output_may_go_away(page: Path, tmp_path: Path) -> None:
    """`audiogen … | head -0` ends without a traceback."""
    command = [sys.executable, "-m", "audiogen", "narrate", str(page), *CHEAPLY, "--json"]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(command, cwd=tmp_path, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(write)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert files_below(tmp_path) == ["lock.html", "the-lock-opens.mp3"]


def test_help_shows_an_example(audiogen: Run) -> None:
    done = audiogen("narrate", "--help")
    assert done.returncode == 0
    assert "audiogen narrate saved-page.html https://news.example/ferry -o ~/Podcasts" in done.stdout
    for option in (
        "--output",
        "--voice",
        "--rate",
        "--quality",
        "--format",
        "--no-cache",
        "--url",
        "--force",
        "--json",
    ):
        assert option in done.stdout
