"""Every command is listed, has help with an example, and is in the README or the docs."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from audiogen.cli import COMMANDS, Commands, main
from audiogen.errors import AudiogenError, EmptyArticleError, SettingsError, UnknownVoiceError

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    command = getattr(import_module(module), attribute)
    assert "Example:" in command.help
    assert f"audiogen {name}" in command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    assert any(f"audiogen {name}" in text for text in texts)


def test_help_lists_the_commands(process: Run) -> None:
    done = process("--help")
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("narrat", "No such command 'narrat'. Did you mean narrate?\n"),
        ("quue", "No such command 'quue'. Did you mean queue?\n"),
        ("zzz", "No such command 'zzz'.\n"),
        ("page.html", "No such command 'page.html'. To make an MP3 of it: audiogen narrate page.html\n"),
        ("gone.html", "No such command 'gone.html'.\n"),
        ("https://tide.example/a", "To make an MP3 of it: audiogen narrate https://tide.example/a\n"),
        ("x" * 300, f"No such command '{'x' * 300}'.\n"),
    ],
)
def test_an_unknown_command_exits_with_2_and_tells_what_was_meant(
    audiogen: Run, tmp_path: Path, word: str, told: str
) -> None:
    (tmp_path / "page.html").touch()
    done = audiogen(word)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(told)


#: Calls that lack something or name it wrongly, and the end of what is said.
WRONG_CALLS = [
    ("narrate", "For example: audiogen narrate saved-page.html https://news.example/ferry -o ~/Podcasts"),
    ("edit", "Missing argument 'LIBRARY'. For example: audiogen edit ~/Podcasts/articles 2026-03-01-the-quay"),
    ("completion", "fish"),
    ("narrate page.html --voice", "requires an argument. Voice card to speak with; `audiogen voices` lists them."),
    ("voices try emma -o", "Option '-o' requires an argument. File; NAME.wav without it."),
    ("voices nonsense", "No such command 'nonsense'. There are: install, show, try."),
    (
        "narrate page.html -o ferry.mp3",
        "is named like a file. Name a folder; files are named by their articles.",
    ),
    ("watch in -o page.html", "page.html is a file. Name a folder."),
    ("batch in -o s3:/bucket/library", "s3:/bucket/library is no address; it needs two slashes: s3://bucket/library"),
    ("batch in -o s3://", "s3:// names no bucket. Write it as s3://bucket/library."),
    ("narrate -", "audiogen: Nothing came on stdin; `-` reads a document from there: … - < saved-page.html"),
    ("text page.html", "audiogen: page.html is empty; save or export it again."),
    (
        "text page.json",
        "(Expecting value, at line 2, column 1); export it again, or check it in an editor.",
    ),
    ("feed in", "Set it in audiogen.toml. `audiogen init in` asks for all of it."),
    ("check in", "There is no library in in: it has no folder 'episodes'. `audiogen batch … -o in` makes one."),
]


@pytest.mark.parametrize(("words", "told"), WRONG_CALLS, ids=[words for words, _ in WRONG_CALLS])
def test_a_wrong_call_is_told_with_what_to_do(process: Run, tmp_path: Path, words: str, told: str) -> None:
    (tmp_path / "page.html").touch()
    (tmp_path / "page.json").write_text('{"title":\n')
    (tmp_path / "in").mkdir()
    done = process(*words.split())
    assert (done.returncode > 0, done.stdout) == (True, "")
    assert done.stderr.endswith(f"{told}\n")


VARIABLES = [
    ("AUDIOGEN_VOCIE", "Did you mean AUDIOGEN_VOICE?\n"),
    ("AUDIOGEN_AUDIO_QUALTY", "Did you mean AUDIOGEN_AUDIO_QUALITY?\n"),
    ("AUDIOGEN_XYZ", "docs/settings.md lists the variables of all settings.\n"),
    ("AUDIOGEN_VOICE", ""),
    ("AUDIOGEN_STAND_INS_CODE", ""),
    ("AUDIOGEN_STATE", ""),
    ("AUDIOGEN_ACME_KEY", ""),
    ("AUDIOGENX_VOICE", ""),
]


@pytest.mark.parametrize(("name", "told"), VARIABLES, ids=[name for name, _ in VARIABLES])
def test_a_variable_that_names_no_setting_is_told(
    audiogen: Run, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv(name, "sentinel")
    done = audiogen("completion", "bash")
    assert (name in done.stderr, "sentinel" in done.stderr) == (bool(told), False)
    assert done.stderr.endswith(told)
    assert audiogen("completion", "bash", "--quiet").stderr == audiogen("completion", "--help").stderr == ""


def test_the_version_is_printed(audiogen: Run) -> None:
    assert audiogen("--version").stdout.startswith("audiogen, version ")


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_on_stdout_and_ends_with_0(audiogen: Run, name: str, flag: str) -> None:
    done = audiogen(name, flag)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: audiogen {name} ")
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_without_a_command_help_is_shown(audiogen: Run) -> None:
    done = audiogen()
    assert "Commands:" in done.stdout + done.stderr
    assert done.returncode in (0, 2), "click 8.2 counts it as a fault of usage"


def failing(error: BaseException) -> click.Command:
    @click.command()
    def fail() -> None:
        raise error

    return fail


#: What a command may end in: the error, the exit code, and what is said on stderr.
ENDS: dict[str, tuple[BaseException, int, str]] = {
    "a wrong setting": (SettingsError("audio.peak", "The setting is wrong."), 2, "audiogen: The setting is wrong.\n"),
    "an unknown voice": (UnknownVoiceError("x", "There is no voice."), 2, "audiogen: There is no voice.\n"),
    "an article that failed": (EmptyArticleError("x", "There is no text."), 1, "audiogen: There is no text.\n"),
    "any error of ours": (AudiogenError("x", "It did not work."), 1, "audiogen: It did not work.\n"),
    "a fault of usage": (click.UsageError("Use it so."), 2, "Error: Use it so.\n"),
    "a file that click names": (click.FileError("x", "gone"), 1, "Error: Could not open file 'x': gone\n"),
    "Ctrl-C": (KeyboardInterrupt(), 130, "Stopped; nothing was left half made.\n"),
    "a question not answered": (click.Abort(), 130, "Stopped; nothing was left half made.\n"),
    "an exit of its own": (SystemExit(1), 1, ""),
}


@pytest.mark.parametrize("name", ENDS)
def test_every_end_has_its_exit_code_and_its_sentence(
    audiogen: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    error, code, says = ENDS[name]
    monkeypatch.setattr(Commands, "get_command", lambda *_: failing(error))
    done = audiogen("doctor")
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.endswith(says)
    assert "Traceback" not in done.stderr


def test_a_fault_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw ends in a traceback: it is for us, and hiding it would help nobody."""
    monkeypatch.setattr(Commands, "get_command", lambda *_: failing(ZeroDivisionError("ours")))
    monkeypatch.setattr(sys, "argv", ["audiogen", "doctor"])
    with pytest.raises(ZeroDivisionError):
        main()


def test_help_loads_no_command_and_no_heavy_library(tmp_path: Path) -> None:
    program = (
        "import sys; sys.argv = ['audiogen', '--help']\n"
        "from audiogen.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'trafilatura', 'lxml', 'soundfile', 'rich', 'onnxruntime', 'httpx', 'audiogen.production'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.endswith("loaded: []\n")


@pytest.mark.parametrize("voice", ["nobody", "nobody:x"])
@pytest.mark.parametrize(
    ("arguments", "flag"),
    [
        (("narrate", "page.txt"), "--voice"),
        (("batch", "page.txt", "-o", "library"), "--voice"),
        (("watch", "inbox", "-o", "library"), "--voice"),
        (("voices", "try"), ""),
        (("voices", "show"), ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_voice_that_nobody_has_is_a_wrong_call_of_every_command(
    audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], flag: str, voice: str
) -> None:
    (tmp_path / "page.txt").write_text("A page\n\nIt has a sentence or two. This is the second one.\n")
    (tmp_path / "inbox").mkdir()
    done = audiogen(*arguments, *([flag] if flag else []), voice)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no voice" in done.stderr
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("voice", ["nobody", "nobody:x"])
def test_a_voice_of_the_settings_that_nobody_has_is_told_before_the_work(
    audiogen: Run, tmp_path: Path, voice: str
) -> None:
    (tmp_path / "page.txt").write_text("A page\n\nIt has a sentence or two. This is the second one.\n")
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "audiogen.toml").write_text(f"[speech]\nvoice = '{voice}'\n")
    done = audiogen("batch", "page.txt", "-o", "library")
    assert done.returncode == 2
    assert "There is no voice" in done.stderr


@pytest.mark.parametrize("key", ["base_url", "link"])
@pytest.mark.parametrize("command", [("batch", "page.txt", "-o", "library"), ("feed", "library"), ("check", "library")])
def test_an_address_that_is_none_is_a_wrong_setting_for_every_command(
    audiogen: Run, tmp_path: Path, key: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "page.txt").write_text("A page\n\nIt has a sentence or two. This is the second one.\n")
    (tmp_path / "library" / "episodes").mkdir(parents=True)
    (tmp_path / "library" / "audiogen.toml").write_text(f"[show]\n{key} = 'not a url'\n")
    done = audiogen(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"The setting show.{key}" in done.stderr
    assert "'not a url'; it must be an address" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_a_command_whose_streams_are_closed_ends_as_with_open_ones(closed: str, tmp_path: Path) -> None:
    (tmp_path / "episodes").mkdir()
    script = f'exec "$0" -m audiogen check "$1" {closed}'
    command = ["sh", "-c", script, sys.executable, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False)
