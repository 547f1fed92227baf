"""`audiogen queue`: episodes for the time there is to listen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.cli import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.podcast.entries import Entry


@click.command()
@click.argument("library", type=place.old_library)
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Time there is; all without it.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Only episodes with this tag; may be given again.")
@click.option(
    "--order",
    type=click.Choice(["saved", "newest", "oldest", "shortest", "longest", "shuffle"]),
    default="saved",
    show_default=True,
    help="What comes first; `saved` is what has waited longest.",
)
@click.option("--read", is_flag=True, help="Also what a read-later service said was read.")
@click.option("--seed", type=int, help="Shuffle the same way again.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Playlist to write; LIBRARY/queue.m3u8 without it."
)
@click.option("--json", "as_json", is_flag=True, help="Print the episodes as JSON.")
def queue(
    library: Path | str,
    minutes: float | None,
    tags: tuple[str, ...],
    order: str,
    read: bool,
    seed: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Pick episodes of LIBRARY that fit the time, and write a playlist and a feed of them.

    \b
    Example:
        audiogen queue ~/Podcasts/articles --minutes 45 --tag science
    """
    from audiogen.queue import candidates, pick, told
    from audiogen.remote import open_library

    with open_library(library).at_hand() as folder:
        entries = pick(candidates(folder, tags=tags, read=read), minutes, order, seed)
        _write(folder, entries, output, home=library)
    if as_json:
        click.echo(told(entries))
    else:
        for entry in entries:
            click.echo(f"{entry.duration / 60:5.1f} min  {entry.title}")
    total = sum(entry.duration for entry in entries) / 60
    click.echo(f"{len(entries)} episodes, {total:.0f} minutes.", err=True)


def _write(library: Path, entries: Sequence[Entry], output: Path | None, *, home: Path | str) -> None:
    """Write the playlist, and the feed where the show has an address for it."""
    from audiogen.errors import LibraryError, SettingsError
    from audiogen.queue import FEED, PLAYLIST, feed, playlist
    from audiogen.settings import load_settings

    target = output or library / PLAYLIST
    text = playlist(entries)
    if output and output.absolute().parent != library.absolute():
        start = home if isinstance(home, str) else home.absolute().as_posix()
        text = text.replace("\nepisodes/", f"\n{start}/episodes/")
    try:
        target.write_text(text, encoding="utf-8")
        content = feed(library, entries, load_settings(library))
        (library / FEED).parent.mkdir(exist_ok=True)
        (library / FEED).write_bytes(content)
    except SettingsError as error:
        click.echo(f"Only the playlist was written: {error.message}", err=True)
    except OSError as error:
        raise LibraryError(target, f"{target} cannot be written ({error.strerror or error}).") from error
