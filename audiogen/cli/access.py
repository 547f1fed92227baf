"""`audiogen access`: who may do what on a library's server. Each of these works while the server runs."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.verbosity import inform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.server.accounts import Accounts

_LIBRARY = click.argument("library", type=library_option.existing_library)


@click.group()
def access() -> None:
    """Keep the users, tokens and keys of a library's server.

    \b
    Example:
        audiogen access password ~/Podcasts/articles mira
        audiogen access token ~/Podcasts/articles cms --scope add
    """


@access.command()
@_LIBRARY
@click.argument("user")
def password(library: Path | str, user: str) -> None:
    """Give USER a password: asked for, or the first line of stdin where that is no terminal.

    \b
    Example:
        audiogen access password ~/Podcasts/articles mira
        audiogen access password ~/Podcasts/articles mira < password.txt
    """
    with _accounts(library) as accounts:
        accounts.set_password(user, ask_password(sys.stdin.isatty()))
    inform(f"{user} logs in with the new password.")


@access.command()
@_LIBRARY
def users(library: Path | str) -> None:
    """List the users.

    \b
    Example:
        audiogen access users ~/Podcasts/articles
        audiogen access users .
    """
    with _accounts(library) as accounts:
        for name in accounts.users():
            click.echo(name)


@access.command()
@_LIBRARY
@click.argument("user")
def remove(library: Path | str, user: str) -> None:
    """Remove USER, who is logged out everywhere.

    \b
    Example:
        audiogen access remove ~/Podcasts/articles mira
        audiogen access remove . mira
    """
    with _accounts(library) as accounts:
        if not accounts.remove_user(user):
            raise click.UsageError(f"There is no user {user}.")


@access.command()
@_LIBRARY
@click.argument("name")
@click.option("--scope", type=click.Choice(["read", "add", "admin"]), default="add", show_default=True)
def token(library: Path | str, name: str, scope: str) -> None:
    """Make a token called NAME, and print its secret, once.

    \b
    Example:
        audiogen access token ~/Podcasts/articles cms --scope add
        audiogen access token ~/Podcasts/articles prometheus --scope read
    """
    with _accounts(library) as accounts:
        _, secret = accounts.make_token(name, scope)
    click.echo(secret)


@access.command()
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def tokens(library: Path | str, as_json: bool) -> None:
    """List the tokens: id, scope, when it was last used, name.

    \b
    Example:
        audiogen access tokens ~/Podcasts/articles
        audiogen access tokens ~/Podcasts/articles --json
    """
    with _accounts(library) as accounts:
        found = accounts.tokens()
    if as_json:
        click.echo(
            json.dumps([{"id": one.id, "name": one.name, "scope": one.scope, "used": one.used} for one in found])
        )
        return
    for one in found:
        used = datetime.fromtimestamp(one.used).isoformat(" ", "minutes") if one.used else "never used"
        click.echo(f"{one.id}  {one.scope:5}  {used:16}  {one.name}")


@access.command()
@_LIBRARY
@click.argument("identifier")
def revoke(library: Path | str, identifier: str) -> None:
    """End the token with this id.

    \b
    Example:
        audiogen access revoke ~/Podcasts/articles 5f0c12ab34cd
        audiogen access revoke . 5f0c12ab34cd
    """
    with _accounts(library) as accounts:
        if not accounts.revoke(identifier):
            raise click.UsageError(f"There is no token {identifier}; `audiogen access tokens` lists them.")


@access.command()
@_LIBRARY
@click.option("--private/--public", "private", default=None, help="Put it under a new key, or open it to all.")
def feed(library: Path | str, private: bool | None) -> None:
    """Print the path of the feed; with --private put feed, pages and sound under an address that nobody guesses.

    Podcast apps know no login; anybody who has the address can listen. --private once more makes a new address, and the
    one before ends.

    \b
    Example:
        audiogen access feed ~/Podcasts/articles --private
        audiogen access feed ~/Podcasts/articles --public
    """
    with _accounts(library) as accounts:
        key = accounts.feed_key() if private is None else accounts.set_feed_key(private=private)
    click.echo(f"/k/{key}/feed.xml" if key else "/feed.xml")


@contextmanager
def _accounts(library: Path | str) -> Iterator[Accounts]:
    """Open the accounts of a library's server; their errors become errors of usage."""
    from audiogen.server.accounts import AccountError, Accounts
    from audiogen.server.state import state_folder

    accounts = Accounts(state_folder(library) / "accounts.sqlite")
    try:
        yield accounts
    except AccountError as error:
        raise click.UsageError(str(error)) from error
    finally:
        accounts.close()


def ask_password(terminal: bool) -> str:
    """Ask for a password twice at a *terminal*; else read the first line of stdin."""
    if terminal:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")
