"""`audiogen completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click

#: The variable by which a shell asks; click answers it before any command runs.
VARIABLE = "_AUDIOGEN_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options and file names with the Tab key.

    In bash and zsh a line of ~/.bashrc or ~/.zshrc runs it: eval "$(audiogen completion bash)".

    \b
    Example:
        audiogen completion zsh
        audiogen completion fish > ~/.config/fish/completions/audiogen.fish
    """
    from click.shell_completion import get_completion_class

    from audiogen.cli import cli

    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(complete(cli, {}, "audiogen", VARIABLE).source())
