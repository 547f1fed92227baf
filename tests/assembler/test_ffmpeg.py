"""What goes through ffmpeg: its complaints come back as ours, and nothing is left lying about."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler import QUALITIES, Encoding
from audiogen.assembler.containers import _clock, _ffmetadata
from audiogen.assembler.ffmpeg import find_ffmpeg, open_ffmpeg, remux
from audiogen.assembler.streams import to_pcm
from audiogen.assembler.tags import Chapter
from audiogen.errors import AssemblyError
from tests.assembler.sounds import FFMPEG, decode, probe, sine

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

ENCODING = Encoding(48_000, 48, 5)
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="ffmpeg is not installed")


def made(path: Path, seconds: float = 1.0, encoding: Encoding = ENCODING) -> float:
    with open_ffmpeg(path, encoding) as writer:
        pcm = to_pcm(sine(seconds, encoding.sample_rate, level=-6))
        for start in range(0, len(pcm), 30_000):
            writer.write(pcm[start : start + 30_000])
        return writer.finish()


@needs_ffmpeg
@pytest.mark.parametrize(("name", "codec"), [("a.m4b", "aac"), ("a.opus", "opus")])
def test_the_suffix_decides_the_codec(name: str, codec: str, tmp_path: Path) -> None:
    assert made(tmp_path / name) == 1.0
    (stream,) = probe(tmp_path / name)["streams"]
    assert (stream["codec_name"], str(stream["channels"]), stream["sample_rate"]) == (codec, "1", "48000")
    samples, rate = decode(tmp_path / name)
    assert samples.size / rate == pytest.approx(1.0, abs=0.05)
    assert np.abs(samples[rate // 4 : rate // 2]).max() == pytest.approx(0.5, abs=0.03)


@needs_ffmpeg
@pytest.mark.parametrize("quality", QUALITIES)
def test_an_audiobook_has_the_rate_that_was_asked_for(quality: str, tmp_path: Path) -> None:
    made(tmp_path / "a.m4b", encoding=QUALITIES[quality])
    (stream,) = probe(tmp_path / "a.m4b")["streams"]
    assert stream["sample_rate"] == str(QUALITIES[quality].sample_rate)


@needs_ffmpeg
def test_an_old_file_of_the_name_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.opus").write_bytes(b"old")
    made(tmp_path / "a.opus")
    assert (tmp_path / "a.opus").read_bytes().startswith(b"OggS")


@needs_ffmpeg
def test_nothing_cannot_be_encoded(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="no sound to encode"), open_ffmpeg(tmp_path / "a.opus", ENCODING) as writer:
        writer.finish()


@needs_ffmpeg
def test_a_place_that_cannot_be_written_is_told_in_ffmpeg_s_words(tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match="ffmpeg could not write") as caught:
        made(tmp_path / "gone" / "a.opus", 20.0)
    assert "No such file or directory" in caught.value.message
    assert caught.value.subject == tmp_path / "gone" / "a.opus"


@needs_ffmpeg
def test_leaving_early_ends_the_program(tmp_path: Path) -> None:
    seen: list[subprocess.Popen[bytes]] = []

    def leave() -> None:
        with open_ffmpeg(tmp_path / "a.opus", ENCODING) as writer:
            seen.append(writer._process)
            writer.write(bytes(1000))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        leave()
    assert seen[0].poll() is not None
    assert seen[0].stdin is not None
    assert seen[0].stdin.closed


@pytest.mark.parametrize("name", ["a.m4b", "a.opus"])
def test_without_ffmpeg_the_way_out_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(AssemblyError, match=rf"Files like {name} are made with ffmpeg.* Install it, or use mp3\."):
        find_ffmpeg(tmp_path / name)
    with pytest.raises(AssemblyError, match="not installed"), open_ffmpeg(tmp_path / name, ENCODING):
        pass
    assert list(tmp_path.iterdir()) == []


@needs_ffmpeg
def test_chapters_are_added_and_the_sound_stays(tmp_path: Path) -> None:
    made(tmp_path / "a.m4b", 3.0)
    before, _ = decode(tmp_path / "a.m4b")
    remux(tmp_path / "a.m4b", _ffmetadata(CHAPTERS), ("-f", "ipod"))
    after, _ = decode(tmp_path / "a.m4b")
    assert (before == after).all()
    assert [chapter["tags"]["title"] for chapter in probe(tmp_path / "a.m4b")["chapters"]] == [  # type: ignore[index]
        chapter.title for chapter in CHAPTERS
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.m4b"]


@needs_ffmpeg
def test_a_file_that_ffmpeg_cannot_read_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.m4b").write_bytes(b"no sound")
    with pytest.raises(AssemblyError, match="ffmpeg could not add the chapters") as caught:
        remux(tmp_path / "a.m4b", _ffmetadata(CHAPTERS))
    assert "\n" not in caught.value.message
    assert (tmp_path / "a.m4b").read_bytes() == b"no sound"
    assert [path.name for path in tmp_path.iterdir()] == ["a.m4b"]


CHAPTERS = (Chapter("One = two; #3", 0.0, 1.5), Chapter("Дві “частини”", 1.5, 3.0))


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("plain", "plain"),
        ("a=b", r"a\=b"),
        ("a;b#c", r"a\;b\#c"),
        ("back\\slash", r"back\\slash"),
        ("two\nlines", "two\\\nlines"),
        ("ends with \\", "ends with "),
        ("", ""),
    ],
)
def test_what_ffmpeg_would_misread_is_escaped(title: str, written: str) -> None:
    text = _ffmetadata((Chapter(title, 0.25, 1.0),))
    assert text == f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=250\nEND=1000\ntitle={written}\n"


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [(0.0, "00:00:00.000"), (59.9996, "00:01:00.000"), (3661.5, "01:01:01.500"), (360_000.0, "100:00:00.000")],
)
def test_a_time_of_ogg_has_hours_and_thousandths(seconds: float, clock: str) -> None:
    assert _clock(seconds) == clock
