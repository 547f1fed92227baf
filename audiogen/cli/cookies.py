"""`audiogen cookies`: a subscriber's own cookies for a host."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click

from audiogen.cli.verbosity import inform


@click.group()
def cookies() -> None:
    """Keep your own cookies for a host whose pages you have subscribed to.

    They are kept in your own state folder, readable by you alone, sent to that host over HTTPS and to no other, and
    shown nowhere. See docs/security.md.

    \b
    Example:
        audiogen cookies add paper.example < cookies.txt
        audiogen cookies list
    """


@cookies.command()
@click.argument("host")
def add(host: str) -> None:
    """Keep cookies for HOST and the hosts below it, from stdin; those that were kept for it are replaced.

    Stdin is a cookies.txt, of which only what belongs to HOST is taken, or what a browser sends as `Cookie`. At a
    terminal the latter is asked for, and not shown.

    \b
    Example:
        audiogen cookies add paper.example < cookies.txt
        audiogen cookies add www.paper.example
    """
    from audiogen.sources.cookies import LARGEST, CookieError, host_name, keep_cookies

    try:
        host_name(host)
        text = click.prompt("Cookie", hide_input=True, err=True) if sys.stdin.isatty() else _read(LARGEST)
        kept = keep_cookies(host, text)
    except CookieError as error:
        raise click.UsageError(str(error)) from error
    inform(f"{len(kept.cookies)} kept for {kept.host}.")


def _read(largest: int) -> str:
    content = sys.stdin.buffer.read(largest + 1)
    if len(content) > largest:
        raise click.UsageError("That is too large for cookies.")
    return content.decode("utf-8-sig", "replace")


@cookies.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def listed(as_json: bool) -> None:
    """List the hosts that cookies are kept for: how many, since when, and when the first of them ends.

    \b
    Example:
        audiogen cookies list
        audiogen cookies list --json
    """
    from audiogen.sources.cookies import CookieError, kept_cookies

    try:
        known = kept_cookies().values()
    except CookieError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        rows = [
            {"host": kept.host, "cookies": len(kept.cookies), "added": kept.added, "expires": _day(kept.expires)}
            for kept in known
        ]
        click.echo(json.dumps(rows))
        return
    for kept in known:
        ends = f"until {_day(kept.expires)}" if kept.expires else "no end told"
        click.echo(f"{kept.host}\t{len(kept.cookies)}\tsince {kept.added[:10]}\t{ends}")


def _day(seconds: int) -> str:
    """Write the day of a time; a time that no calendar has is one far away."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}" if seconds else ""
    except (ValueError, OverflowError, OSError):
        return "9999-12-31"


@cookies.command()
@click.argument("host")
def remove(host: str) -> None:
    """Forget the cookies of HOST.

    \b
    Example:
        audiogen cookies remove paper.example
        audiogen cookies remove www.paper.example
    """
    from audiogen.sources.cookies import CookieError, forget_cookies

    try:
        if not forget_cookies(host):
            raise click.UsageError(f"No cookies are kept for {host}; `audiogen cookies list` names the hosts.")
    except CookieError as error:
        raise click.UsageError(str(error)) from error
