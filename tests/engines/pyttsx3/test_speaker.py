"""The pipe between parent and child, and the child's manners."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.pyttsx3.child import SPEAKER, Child, ChildLost
from audiogen.engines.pyttsx3.speaker import read_frame, serve, write_frame


@given(st.lists(st.tuples(st.text(), st.binary(), st.integers(), st.lists(st.floats(allow_nan=False)))))
def test_frames_come_out_as_they_went_in(frames: list[tuple[object, ...]]) -> None:
    pipe = io.BytesIO()
    for frame in frames:
        write_frame(pipe, frame)
    pipe.seek(0)
    assert [read_frame(pipe) for _ in frames] == frames
    assert read_frame(pipe) is None


@pytest.mark.parametrize("length", [1, 3, 4, 9])
def test_a_frame_cut_short_counts_as_the_end(length: int) -> None:
    pipe = io.BytesIO()
    write_frame(pipe, ("speak", "a text"))
    assert read_frame(io.BytesIO(pipe.getvalue()[:length])) is None


def test_a_set_up_that_fails_is_answered_with_the_reason() -> None:
    requests, replies = io.BytesIO(), io.BytesIO()
    write_frame(requests, (list(sys.path), "/no/such/library.so", "", "", ""))
    requests.seek(0)
    serve(requests, replies)
    replies.seek(0)
    answer = read_frame(replies)
    assert answer is not None
    assert answer[:2] == ("no", "OSError")
    assert "/no/such/library.so" in answer[2]


def test_a_child_without_a_parent_ends() -> None:
    done = subprocess.run([sys.executable, "-I", "-S", str(SPEAKER)], input=b"", capture_output=True, timeout=20)
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_waiting_child_has_imported_nothing_heavy_and_nothing_of_ours() -> None:
    command = [sys.executable, "-I", "-S", "-X", "importtime", str(SPEAKER)]
    done = subprocess.run(command, input=b"", capture_output=True, timeout=20)
    imported = done.stderr.decode()
    assert "signal" in imported
    assert not any(name in imported for name in ("audiogen", "numpy", "pathlib", "json", "asyncio"))


def test_an_answer_that_does_not_come_is_not_waited_for_forever() -> None:
    child = Child()
    try:
        child.answer(0, 20)
        with pytest.raises(ChildLost, match="did not answer"):
            child.answer(1, 0.05)
    finally:
        child.close()


def test_a_child_that_died_tells_how(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child()
    try:
        child.answer(0, 20)
        child.ask(("no such request", 1, 2, 3))
        answer = child.answer(1, 20)
        assert answer[:2] == ("no", "TypeError")
        child._process.kill()
        with pytest.raises(ChildLost, match="ended with status -9"):
            child.answer(2, 20)
    finally:
        child.close()
