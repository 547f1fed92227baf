"""The command line: a module for each command, loaded when it is called.

Results go to stdout; progress and messages to stderr. Exit codes: 0 all done, 1 some articles failed (the others are
done), 2 usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM; docs/commands.md explains them for each command. This is the
only module that shows an `AudiogenError` to users.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from audiogen import __version__
from audiogen.cli import process
from audiogen.cli.verbosity import with_verbosity
from audiogen.errors import AudiogenError, LexiconError, NoEpisodeError, SettingsError, UnknownVoiceError
from audiogen.untrusted import visible, without_secrets

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

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; its own options are not parsed yet."""
        if not {"-h", "--help", "--quiet"} & set(ctx.args):
            _warn_of_variables()
        behind = list(ctx.args)
        try:
            return super().invoke(ctx)
        except click.BadOptionUsage as error:
            # The parser of options does not tell whose they are.
            error.ctx = error.ctx or self._called([ctx.invoked_subcommand or "", *behind], ctx)
            raise

    def _called(self, names: list[str], ctx: click.Context) -> click.Context:
        """Return the context of the innermost command that is named."""
        while names and isinstance(ctx.command, click.Group):
            command = ctx.command.get_command(ctx, names[0])
            if command is None:
                break
            ctx = click.Context(command, info_name=names.pop(0), parent=ctx)
        return ctx

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


def _warn_of_variables() -> None:
    """Name the variables of the environment that are meant as settings, but are none."""
    if not any(name.startswith("AUDIOGEN_") for name in os.environ):
        return  # what reads settings is not loaded for nothing
    from audiogen.settings import unknown_variables

    for name, near in unknown_variables(os.environ).items():
        hint = f"Did you mean {near}?" if near else "docs/settings.md lists the variables of all settings."
        click.echo(f"audiogen: The variable {visible(name)} is not used: no setting has this name. {hint}", err=True)


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
    process.end_tracker_at_exit()
    process.open_streams()
    process.handle_signals()
    try:
        # https://no-color.org: set and not empty. Rich supports it itself.
        color = False if os.environ.get("NO_COLOR") else None
        code = cli.main(prog_name="audiogen", standalone_mode=False, color=color)
    except click.ClickException as error:
        _explained(error).show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        code = process.interruption_code()
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
    """Return the error with what to do: what an option takes, an example of the command, or the commands there are."""
    ctx = getattr(error, "ctx", None)
    if isinstance(error, click.MissingParameter) and not error.message:
        hint = error.param.help if isinstance(error.param, click.Option) else _example(ctx, error.param)
        return click.MissingParameter(hint, ctx=ctx, param=error.param)
    if ctx is None:
        return error
    if isinstance(error, click.BadOptionUsage):
        return click.BadOptionUsage(
            error.option_name, f"{error.message} {_help_of(ctx, error.option_name)}".rstrip(), ctx
        )
    is_group = isinstance(ctx.command, click.Group) and not isinstance(ctx.command, Commands)
    if is_group and error.message.startswith("No such command"):
        return click.UsageError(f"{error.message} There are: {', '.join(ctx.command.list_commands(ctx))}.", ctx)
    return error


def _example(ctx: click.Context | None, parameter: click.Parameter | None) -> str | None:
    """Return the first example of a command's help for an argument that is missing; None if it lists its values."""
    if ctx is None or parameter is None or isinstance(parameter.type, click.Choice):
        return None
    _, _, examples = (ctx.command.help or "").partition("Example:")
    return f"For example: {examples.strip().splitlines()[0].strip()}" if examples.strip() else None


def _help_of(ctx: click.Context, option: str) -> str:
    """Return the help of an option."""
    options = (parameter for parameter in ctx.command.params if isinstance(parameter, click.Option))
    return next((found.help or "" for found in options if option in found.opts), "")


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
