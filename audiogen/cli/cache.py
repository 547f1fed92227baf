"""`audiogen cache`: what speech is kept, and throwing it away."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from audiogen.cli.parameters import Whole

if TYPE_CHECKING:
    from audiogen.engines.speechcache import CacheUsage

MEGABYTE = 1_000_000


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def cache(ctx: click.Context, as_json: bool) -> None:
    """Show how much speech is kept, so that only what changed is spoken anew.

    \b
    Example:
        audiogen cache
        audiogen cache prune
    """
    if ctx.invoked_subcommand:
        return
    from audiogen.engines.speechcache import SpeechCache

    usage = SpeechCache().usage()
    click.echo(json.dumps(asdict(usage), default=str) if as_json else _line(usage))


@cache.command()
@click.option("--keep", type=Whole(min=0), default=0, metavar="MB", help="Megabytes to keep; none without it.")
def prune(keep: int) -> None:
    """Throw away kept speech, what was used longest ago first; everything where nothing is to be kept.

    \b
    Example:
        audiogen cache prune --keep 200
        audiogen cache prune
    """
    from audiogen.engines.speechcache import SpeechCache

    freed = SpeechCache().prune(keep * MEGABYTE)
    click.echo(f"{freed / MEGABYTE:.1f} MB freed")


def _line(usage: CacheUsage) -> str:
    size, limit = (f"{number / MEGABYTE:.0f} MB" for number in (usage.size, usage.limit))
    return f"{usage.clips} clips, {size} of at most {limit}\n{usage.folder}"
