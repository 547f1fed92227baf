"""The encoder works in a thread of its own: in order, never far behind, and its failures come back."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler import QUALITIES, Encoding, Sound
from audiogen.assembler.encoding import FORMATS, EncoderThread, writing
from audiogen.assembler.leveling import Levels, after_decoding, ceiling, change_of, target_loudness
from audiogen.assembler.recording import encoding_of
from audiogen.episodes.manifest import MEDIA_TYPES
from audiogen.errors import AssemblyError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]


class Notebook:
    """A writer that notes what comes, waits for leave to go on, and may fail."""

    def __init__(self, *, fails_at: int = -1) -> None:
        self.notes: list[int] = []
        self.leave = threading.Event()
        self.leave.set()
        self.threads: set[int] = set()
        self._fails_at = fails_at

    def write(self, pcm: bytes) -> None:
        self.leave.wait(10)
        if len(self.notes) == self._fails_at:
            raise AssemblyError("a.mp3", "The disk is full.")
        self.threads.add(threading.get_ident())
        self.notes.append(int.from_bytes(pcm[:2], "little"))

    def finish(self) -> float:
        return float(len(self.notes))


def piece(number: int) -> Samples:
    return np.array([number / 32768], dtype=np.float32)


def test_pieces_come_in_order_and_all() -> None:
    notebook = Notebook()
    with EncoderThread(notebook) as encoder:
        for number in range(50):
            encoder.write(piece(number))
        assert encoder.finish() == 50
    assert notebook.notes == list(range(50))


def test_the_writer_is_called_from_one_other_thread() -> None:
    notebook = Notebook()
    with EncoderThread(notebook) as encoder:
        for number in range(20):
            encoder.write(piece(number))
        encoder.finish()
    assert len(notebook.threads) == 1
    assert threading.get_ident() not in notebook.threads


def test_not_more_than_a_few_pieces_wait() -> None:
    """Memory does not grow with the article: whoever hands over waits for an encoder that is behind."""
    notebook = Notebook()
    notebook.leave.clear()
    handed: list[int] = []

    def hand_over(encoder: EncoderThread) -> None:
        for number in range(30):
            encoder.write(piece(number))
            handed.append(number)

    with EncoderThread(notebook) as encoder:
        thread = threading.Thread(target=hand_over, args=(encoder,))
        thread.start()
        thread.join(0.05)
        assert thread.is_alive()
        assert len(handed) < 12
        notebook.leave.set()
        thread.join(10)
        assert encoder.finish() == 30


@pytest.mark.parametrize("fails_at", [0, 5, 19])
def test_a_failure_of_the_writer_comes_back(fails_at: int) -> None:
    def encode() -> None:
        with EncoderThread(Notebook(fails_at=fails_at)) as encoder:
            for number in range(20):
                encoder.write(piece(number))
            encoder.finish()

    with pytest.raises(AssemblyError, match="disk is full"):
        encode()


def test_leaving_early_leaves_no_thread_behind() -> None:
    before = threading.active_count()

    def leave() -> None:
        with EncoderThread(Notebook()) as encoder:
            encoder.write(piece(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        leave()
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "a.mp3 could not be written in /out (No space left on device)",
        ),
        (PermissionError(errno.EACCES, "Permission denied"), "(Permission denied)"),
        (OSError("something else"), "(something else)"),
    ],
    ids=["full", "locked", "without a number"],
)
def test_what_the_file_system_says_becomes_a_sentence(error: OSError, says: str) -> None:
    target = Path("/out/a.mp3")
    with pytest.raises(AssemblyError) as caught, writing(target):
        raise error
    assert says in caught.value.message
    assert caught.value.message.endswith("Make room, or name another folder.")
    assert caught.value.subject == target
    assert caught.value.__cause__ is error


def test_other_errors_pass() -> None:
    with pytest.raises(ZeroDivisionError), writing(Path("/out/a.mp3")):
        raise ZeroDivisionError


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_the_media_type_that_the_manifest_writes(name: str) -> None:
    assert FORMATS[name].media_type == MEDIA_TYPES[f".{name}"]


@pytest.mark.parametrize(
    ("name", "quality", "encoding"),
    [
        ("mp3", "small", Encoding(22_050, 32, 5)),
        ("mp3", "speech", Encoding(44_100, 64, 7)),
        ("mp3", "podcast", Encoding(44_100, 96, 2)),
        ("m4b", "small", Encoding(22_050, 48, 5)),
        ("m4b", "speech", Encoding(44_100, 96, 7)),
        ("m4b", "podcast", Encoding(44_100, 144, 2)),
        ("opus", "small", Encoding(48_000, 24, 5)),
        ("opus", "speech", Encoding(48_000, 32, 7)),
        ("opus", "podcast", Encoding(48_000, 48, 2)),
    ],
)
def test_each_format_takes_the_rate_that_sounds_as_good(name: str, quality: str, encoding: Encoding) -> None:
    assert encoding_of(Sound(format=name, encoding=QUALITIES[quality])) == encoding


@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize("name", FORMATS)
def test_what_is_aimed_at_before_encoding_is_what_is_wanted_after(name: str, quality: str) -> None:
    sound = Sound(loudness=-19.0, peak=-2.0, format=name, encoding=QUALITIES[quality])
    heard = after_decoding(Levels(target_loudness(sound), ceiling(sound)), sound)
    assert (heard.loudness, heard.peak) == pytest.approx((-19.0, -2.0))
    assert ceiling(sound) < sound.peak + 1


@pytest.mark.parametrize("name", FORMATS)
def test_low_rates_leave_more_room_and_are_looked_through(name: str) -> None:
    low, usual = (change_of(Sound(format=name, encoding=QUALITIES[quality])) for quality in ("small", "speech"))
    assert low.growth > usual.growth
    assert low.encoder_peaks
