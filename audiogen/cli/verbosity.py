"""`--verbose` and `--quiet`, which every command has.

Results go to stdout whatever these say. On stderr stand failures, what else there is to say, and progress; `--quiet`
leaves failures alone. `--verbose` adds what audiogen logs as it works: the files of settings that were read, what was
fetched, and how long the stages of an article took.
"""

from __future__ import annotations

from typing import Any

import click

_QUIET, _VERBOSE = "audiogen.quiet", "audiogen.verbose"


def with_verbosity(command: click.Command) -> click.Command:
    """Give the options to a command, unless it has its own, and to the commands of a group."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            with_verbosity(one)
        return command
    known = {option for parameter in command.params for option in parameter.opts}
    for name, key, help_text in (
        ("--verbose", _VERBOSE, "Say more of what is done, on stderr."),
        ("--quiet", _QUIET, "Say on stderr what failed, and nothing else."),
    ):
        if name not in known:
            command.params.append(
                click.Option([name], is_flag=True, expose_value=False, callback=_noting(key), help=help_text)
            )
    return command


def _noting(key: str) -> Any:
    """Return a callback that stores an option in the context."""

    def note(ctx: click.Context, parameter: click.Parameter, value: bool) -> bool:
        ctx.meta[key] = value
        if key == _VERBOSE and value:
            from audiogen.cli.verbose import logging_to_stderr

            ctx.with_resource(logging_to_stderr())
        return value

    return note


def is_quiet() -> bool:
    """Return whether nothing but failures is to be said."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get(_QUIET))


def inform(text: str) -> None:
    """Say on stderr what is neither a result nor a failure."""
    if not is_quiet():
        click.echo(text, err=True)
