"""Ctrl-C and SIGTERM, in earnest: a batch tells what it did, leaves nothing half made, and its exit code says why."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.batch.conftest import assert_whole
from tests.batch.pile import make_pile, page, paragraphs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


AUDIOGEN = [sys.executable, "-m", "audiogen"]
SIGNALS = pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
        pytest.param(signal.SIGINT, 130, id="Ctrl-C", marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, 129, id="SIGHUP", marks=pytest.mark.slow),
    ],
)


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _episodes(library: Path) -> int:
    return len(list(library.glob("episodes/*.vtt")))


@pytest.mark.slow
@SIGNALS
def test_a_batch_that_is_stopped_sums_up_and_leaves_nothing_half_made(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    pile, library = make_pile(tmp_path / "pile", 400), tmp_path / "library"
    command = [
        sys.executable,
        "-m",
        "audiogen",
        "batch",
        str(pile),
        "-o",
        str(library),
        "--voice",
        "tone",
        "--jobs",
        "1",
    ]
    places = {**os.environ, "TMPDIR": str(_folder(tmp_path / "tmp"))}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=places, preexec_fn=_with_signals) as batch:
        for _ in range(3000):
            if _episodes(library) >= 2:
                break
            time.sleep(0.1)
        batch.send_signal(number)
        _, result = batch.communicate(timeout=300)
    assert batch.returncode == code
    assert result.count("Stopped") == 1
    assert list((tmp_path / "tmp").iterdir()) == []
    assert " new in " in result
    assert "Traceback" not in result
    assert 2 <= len(assert_whole(library)) < 400
    assert not list(library.glob(".audiogen/making-*"))


@pytest.mark.slow
@SIGNALS
def test_a_narration_that_is_stopped_leaves_nothing_half_made(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:

    (tmp_path / "long.html").write_text(page(1, text=paragraphs(1, 400)), encoding="utf-8")
    folder = tmp_path / "out"
    command = [*AUDIOGEN, "narrate", str(tmp_path / "long.html"), "-o", str(folder), "--voice", "tone"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, preexec_fn=_with_signals) as narration:
        for _ in range(3000):
            if list(folder.glob(".audiogen-*/*")):
                break
            time.sleep(0.1)
        narration.send_signal(number)
        _, result = narration.communicate(timeout=300)
    assert narration.returncode == code
    assert result.count("Stopped") == 1
    assert "Traceback" not in result
    assert list(folder.iterdir()) == []


#: A program that sets the signals, and then handles them as a command does.
_HANDLED = "import signal, time\n{before}\nfrom audiogen.cli import process\nprocess.handle_signals()\n"


def test_a_hangup_that_nohup_has_us_ignore_is_ignored(tmp_path: Path) -> None:
    code = _HANDLED.format(before="signal.signal(signal.SIGHUP, signal.SIG_IGN)") + (
        "print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN, signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_question_that_a_pipe_should_answer_ends_with_a_signal(number: signal.Signals, tmp_path: Path) -> None:
    command = [*AUDIOGEN, "init", str(tmp_path / "library")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, preexec_fn=_with_signals) as asking:
        assert asking.stderr is not None
        assert asking.stderr.read(5) == b"Title", "it asks now"
        # Python waits on where a signal comes just before it begins to.
        for _ in range(60):
            asking.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                asking.wait(timeout=2)
                break
        assert asking.returncode == 128 + number
    assert not (tmp_path / "library").exists()


def _with_signals() -> None:
    # Where the tests run in the background of a script or under nohup, SIGINT or SIGHUP is ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def test_ctrl_c_that_a_shell_has_us_ignore_is_ignored() -> None:
    """A script's shell starts what ends in `&` so: Ctrl-C is for what stands before the user."""
    code = _HANDLED.format(before="signal.signal(signal.SIGINT, signal.SIG_IGN)")
    code += "print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    ("file", "reached"),
    [
        ("<frozen importlib._bootstrap>", "True"),
        ("/lib/multiprocessing/popen_spawn_posix.py", "True"),
        ("module.py", "False"),
    ],
)
def test_a_signal_where_an_exception_does_harm_takes_effect_behind_it(
    number: signal.Signals, file: str, reached: str
) -> None:
    code = _HANDLED.format(before="signal.signal(signal.SIGINT, signal.SIG_DFL)") + (
        "names = {'reached': False, 'signal': signal}\n"
        f"lines = 'signal.raise_signal({int(number)})\\nreached = True'\n"
        f"try:\n    exec(compile(lines, {file!r}, 'exec'), names)\n    time.sleep(30)\n"
        "except BaseException as error:\n    print(names['reached'], type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, preexec_fn=_with_signals
    )
    assert done.stdout.split() == [reached, "KeyboardInterrupt" if number == signal.SIGINT else "Terminated"]


def test_ctrl_c_while_the_command_line_loads_ends_without_a_trace(tmp_path: Path) -> None:
    # In the place of a library that takes long to load.
    (tmp_path / "click.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8")
    done = subprocess.run(
        [*AUDIOGEN, "--help"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
        preexec_fn=_with_signals,
    )
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


@pytest.mark.slow
def test_what_a_killed_narration_left_is_gone_after_the_next(tmp_path: Path) -> None:
    (tmp_path / "long.html").write_text(page(1, text=paragraphs(1, 400)), encoding="utf-8")
    (tmp_path / "short.html").write_text(page(2), encoding="utf-8")
    folder, places = tmp_path / "out", {**os.environ, "TMPDIR": str(_folder(tmp_path / "tmp"))}
    command = [*AUDIOGEN, "narrate", "-o", str(folder), "--voice"]
    with subprocess.Popen([*command, "espeak", str(tmp_path / "long.html")], env=places) as narration:
        for _ in range(3000):
            if list(folder.glob(".audiogen-*/*")):
                break
            time.sleep(0.1)
        narration.kill()
    assert list(folder.glob(".audiogen-*"))
    assert list((tmp_path / "tmp").glob("audiogen-speech-*"))
    subprocess.run([*command, "espeak", str(tmp_path / "short.html")], env=places, check=True, capture_output=True)
    assert [path.suffix for path in folder.iterdir()] == [".mp3"]
    assert list((tmp_path / "tmp").iterdir()) == []
