"""The command line: a module for each command, loaded when it is called.

Results go to stdout; progress and messages to stderr. Exit codes: 0 all done, 1 some articles failed (the others are
done), 2 usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM; docs/commands.md explains them for each command. This is the
only module that shows an `AudiogenError` to users.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

from audiogen import __version__
from audiogen.cli.verbosity import with_verbosity
from audiogen.errors import AudiogenError, LexiconError, NoEpisodeError, SettingsError, UnknownVoiceError
from audiogen.untrusted import visible, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

#: Commands in the order of `--help`, each with its module and its line in the help, so that help imports none of them.
COMMANDS = {
    "narrate": ("audiogen.cli.narrate:narrate", "Write an MP3 for each article."),
    "text": ("audiogen.cli.text:text", "Show what would be read, and what not."),
    "batch": ("audiogen.cli.batch:batch", "Make a library of a pile of saved articles."),
    "watch": ("audiogen.cli.watch:watch", "Make an episode of each file dropped into a folder."),
    "list": ("audiogen.cli.episodes:listed", "List the episodes of a library."),
    "remove": ("audiogen.cli.episodes:remove", "Remove episodes, or bring them back."),
    "edit": ("audiogen.cli.edit:edit", "Change an episode: its words, its title, its voice."),
    "listened": ("audiogen.cli.episodes:listened", "Mark episodes as listened to."),
    "unlistened": ("audiogen.cli.episodes:unlistened", "Take that mark back."),
    "move": ("audiogen.cli.episodes:move", "Give an episode another place in the queue."),
    "plays": ("audiogen.cli.episodes:plays", "Tell how often episodes were played."),
    "publish": ("audiogen.cli.episodes:publish", "Publish drafts."),
    "queue": ("audiogen.cli.queue:queue", "Pick episodes for the time there is to listen."),
    "init": ("audiogen.cli.init:init", "Start a library: the show's settings, explained."),
    "feed": ("audiogen.cli.feed:feed", "Write the podcast feed and the listening pages."),
    "serve": ("audiogen.cli.serve:serve", "Show a library on the local network, and add to it from a browser."),
    "access": ("audiogen.cli.access:access", "Keep users, tokens and keys of a library's server."),
    "cookies": ("audiogen.cli.cookies:cookies", "Keep your own cookies for pages that you have subscribed to."),
    "check": ("audiogen.cli.check:check", "Audit a library: sound, tags, transcripts, disclosure."),
    "trust": ("audiogen.cli.trust:trust", "Allow a library to name programs and servers."),
    "voices": ("audiogen.cli.voices:voices", "List, try and install voices."),
    "cache": ("audiogen.cli.cache:cache", "Show and prune the speech that is kept."),
    "lexicon": ("audiogen.cli.lexicon:lexicon", "Keep the list of how names are said."),
    "doctor": ("audiogen.cli.doctor:doctor", "Tell what is installed and what is missing."),
    "completion": ("audiogen.cli.completion:completion", "Print what a shell needs to complete commands."),
}

#: Errors of usage: the command was called wrongly.
USAGE_ERRORS = (SettingsError, UnknownVoiceError, LexiconError, NoEpisodeError)


class Commands(click.Group):
    """A group of commands that are imported only when they run, not to show help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        return with_verbosity(getattr(import_module(module), name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; if the name is unknown, suggest a similar one in the error."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(f"No such command '{visible(args[0])}'.{_suggestion(args[0])}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _suggestion(word: str) -> str:
    """Return a sentence that suggests a similar command; "" if there is none."""
    from difflib import get_close_matches

    if "://" in word or os.path.exists(word):  # noqa: PTH110 - a word may be too long for a name
        return f" To make an MP3 of it: audiogen narrate {visible(word)}"
    found = get_close_matches(word, COMMANDS, n=1)
    return f" Did you mean {found[0]}?" if found else ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="audiogen")
def cli() -> None:
    """Turn saved articles into audio that people want to listen to.

    \b
    Example:
        audiogen narrate saved-page.html -o ~/Podcasts
        audiogen batch ~/saved -o ~/Podcasts/articles
    """


def main() -> None:
    """Run the command line, and exit with the code of the result."""
    Terminated.number = 0
    # Registered first and so called last: what the tracker is told of is gone by then.
    atexit.unregister(_end_tracker)
    atexit.register(_end_tracker)
    _open_streams()
    _handle_signals()
    try:
        # https://no-color.org: set and not empty. Rich supports it itself.
        color = False if os.environ.get("NO_COLOR") else None
        code = cli.main(prog_name="audiogen", standalone_mode=False, color=color)
    except click.ClickException as error:
        _explained(error).show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        # Libraries that wait in C code turn any exception of a signal handler into a plain KeyboardInterrupt.
        code = 128 + (Terminated.number or _INTERRUPT)
        _report_interruption(error)
    except BrokenPipeError:
        # The reader of the output ended (`| head`); Python would raise another error when it flushes stdout.
        sys.stderr.close()
        code = 1
    except AudiogenError as error:
        print_error(error)
        code = exit_code(error)
    sys.exit(code)


def _explained(error: click.ClickException) -> click.ClickException:
    """Return the error; that of a missing option says what the option is."""
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Option) and not error.message:
        return click.MissingParameter(error.param.help, ctx=error.ctx, param=error.param)
    return error


def _open_streams() -> None:
    """Open those of stdin, stdout and stderr that are closed, so that no other file gets their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # A new file gets the lowest free number: this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open as long as the process is
    # What is printed to a stream that is closed is lost; other libraries ask such a stream whether it is a terminal.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above


def _end_tracker() -> None:
    """Wait for the process that multiprocessing starts beside workers; by itself it ends shortly after this one."""
    tracker = sys.modules.get("multiprocessing.resource_tracker")
    if tracker is not None:
        # It is private, and on Windows there is none.
        with suppress(Exception):
            tracker._resource_tracker._stop()


class Terminated(KeyboardInterrupt):
    """The process got a signal to end: it ends as after Ctrl-C, with the exit code of that signal."""

    #: Number of the signal; 0 if there was none.
    number = 0


#: Number of Ctrl-C's signal.
_INTERRUPT = 2
#: Seconds until a signal that came inside of an import is raised again.
_MOMENT = 0.02


def _handle_signals() -> None:
    """Raise an exception at SIGINT, SIGTERM and SIGHUP, so that contexts are left; by default the process ends at once.

    A signal that is ignored stays ignored: `nohup` ignores SIGHUP, and a script's shell SIGINT for processes that it
    starts in the background (POSIX), so that Ctrl-C ends only the one in the foreground.
    """
    import signal

    def end(number: int, frame: object) -> None:
        Terminated.number = number
        for other in heeded:
            # More signals often follow; they must not interrupt the cleaning up.
            signal.signal(other, signal.SIG_IGN)
        raise Terminated

    with suppress(ValueError, OSError):
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            # It was ignored during the imports; see `__main__`.
            signal.signal(signal.SIGINT, _after_imports(signal.default_int_handler))
    heeded = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    for number in heeded:
        # Some hosts do not allow handlers; then the default stays.
        with suppress(ValueError, OSError):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _after_imports(end))


def _after_imports(handler: Callable[[int, FrameType | None], object]) -> Callable[[int, FrameType | None], None]:
    """Return a signal handler that never raises an exception inside of Python's import system.

    There, an exception can be lost, and the import lock with it: no other thread could import anything any more. The
    signal is raised again a moment later.
    """
    import signal
    import threading

    def handle(number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code.co_filename.startswith("<frozen importlib"):
            again = threading.Timer(_MOMENT, send, (number,))
            again.daemon = True
            again.start()
            return
        handler(number, frame)

    def send(number: int) -> None:
        if sys.platform == "win32":
            signal.raise_signal(number)
        else:
            # To the main thread, which may wait for something by now: that ends the wait.
            signal.pthread_kill(threading.main_thread().ident or 0, number)

    return handle


def _report_interruption(error: BaseException) -> None:
    """Print that the command was stopped, unless it has printed that itself; the terminal may be closed."""
    with suppress(OSError):
        if not getattr(error.__cause__ or error, "reported", False):
            click.echo("Stopped; nothing was left half made.", err=True)


def print_error(error: AudiogenError, of: str = "") -> None:
    """Print an error on stderr, with the name of its source (*of*) if the message does not have it."""
    of = without_secrets(of)
    whose = f"{of}: " if of and of not in error.message else ""
    click.echo(f"audiogen: {visible(f'{whose}{error.message}')}", err=True)


def exit_code(error: AudiogenError) -> int:
    """Return the exit code for an error."""
    return 2 if isinstance(error, USAGE_ERRORS) else 1
