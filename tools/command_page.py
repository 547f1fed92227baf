"""docs/commands.md: every command, as click knows it, and what its exit code tells."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

from audiogen.cli import COMMANDS, cli
from tools import markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# Commands

`audiogen COMMAND --help` prints what is here. `python -m audiogen` is the same as `audiogen`, for where the folder of
programs is not in the path.

What a command makes (paths, text, JSON with `--json`) goes to stdout, progress and messages go to stderr. Bars and
colours appear on a terminal alone; colours don't where [`NO_COLOR`](settings.md#other-variables-of-the-environment) is
set. A `LIBRARY` is a folder or an address such as `s3://bucket/library`; of `lexicon` and `voices` it is a
folder. Settings that have a flag are listed with it in [settings.md](settings.md). With `--quiet`, which every command
has, only failures are on stderr; with `--verbose` also what is done meanwhile."""

EXIT_CODES = """\
## Exit codes"""

#: What the exit codes tell, for every command.
CODES = {
    0: "All is done.",
    1: "Something failed, and is named on stderr; all else is done.",
    2: "The command was called wrongly: an option, a name, a setting, a voice or a word list.",
    129: "SIGHUP ended it, as the end of a terminal does; likewise.",
    130: "Ctrl-C ended it. What was done is done, and nothing is left half made.",
    143: "SIGTERM ended it, likewise.",
}

#: What a code tells of one command, where that is more than the above.
OF_COMMANDS = {
    "narrate": "1: some of the articles failed.",
    "batch": "1: some articles failed. What is refused or removed is no failure. A folder without an article is 0.",
    "watch": "It runs until it is ended: 130 or 143.",
    "serve": "It runs until it is ended, by Ctrl-C or SIGTERM: 0.",
    "feed": "1: an episode is damaged; the feed has the others.",
    "check": "1: something is wrong with an episode or the feed. Sentences in doubt are no fault.",
    "doctor": "1: eSpeak NG, which stands behind every voice, cannot speak. What else is missing is no fault.",
    "lexicon check": "1: there are words to look at. 2: a source that was named could not be read.",
    "remove, listened, unlistened, publish": "1: some of the episodes are not there; the others are done. 2: none is.",
}  # fmt: skip


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Yield every command by its full name, commands of commands behind theirs."""
    for name in COMMANDS:
        command = cli.get_command(_context(cli), name)
        assert command is not None
        yield from _with_subcommands(name, command)


def _context(command: click.Command) -> click.Context:
    """Make a context like the one that the command runs in: click keeps the names of the help option in the command."""
    return click.Context(command, info_name=command.name, **cli.context_settings)


def _with_subcommands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for subcommand, below in sorted(command.commands.items()):
            yield from _with_subcommands(f"{name} {subcommand}", below)


def page() -> str:
    """Write the page."""
    return markdown.page(_lines())


def _lines() -> Iterator[str]:
    yield from (HEAD, "")
    rows = [(f"[`{name}`](#{_anchor(name)})", line) for name, (_, line) in COMMANDS.items()]
    yield from markdown.table(("command", "what it does"), rows)
    yield from ("", EXIT_CODES, "")
    yield from markdown.table(("code", "what it tells"), [(str(code), meaning) for code, meaning in CODES.items()])
    yield ""
    yield from markdown.table(("command", "more"), [(f"`{name}`", meaning) for name, meaning in OF_COMMANDS.items()])
    for name, command in all_commands():
        yield from _section(name, command)


def _anchor(name: str) -> str:
    return f"audiogen-{name.replace(' ', '-')}"


def _section(name: str, command: click.Command) -> Iterator[str]:
    context = _context(command)
    usage = " ".join(["audiogen", name, *command.collect_usage_pieces(context)])
    text, _ = split_help(command)
    yield from ("", f"{'#' * (2 + name.count(' '))} audiogen {name}", "", f"    {usage}", "", text, "")
    rows = [(f"`{names}`", meaning) for names, meaning in _options(command, context)]
    if rows:
        yield from markdown.table(("option", "what it does"), rows)
    yield from ("", *(f"    {example}" for example in examples_of(command)))


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record:
            yield record


def split_help(command: click.Command) -> tuple[str, list[str]]:
    """Split what a command's help says into its text and the lines of its examples."""
    text, _, block = inspect.cleandoc(command.help or "").partition("\b\nExample:")
    return text.strip(), [line.strip() for line in block.strip().splitlines() if line.strip()]


def examples_of(command: click.Command) -> list[str]:
    """Return the examples of a command's help.

    Raises:
        ValueError: there are fewer than two.
    """
    examples = split_help(command)[1]
    if len(examples) < 2:
        raise ValueError(f"The help of {command.name} needs two examples, a line each, below a line 'Example:'.")
    return examples
