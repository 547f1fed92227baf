"""`audiogen queue`: episodes for the time there is to listen."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.parameters import Decimal, Whole
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.podcast.entries import Entry


def _since(ctx: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    from audiogen.queue import since

    try:
        return since(value, datetime.now().astimezone()) if value else None
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is not today, yesterday, 7d or a day as 2026-11-30.") from None


@click.command()
@click.argument("library", type=library_option.existing_library)
@click.option("--minutes", type=Decimal(min=0, min_open=True), help="Time there is; all without it.")
@click.option("--count", type=Whole(min=1), help="So many episodes at most.")
@click.option(
    "--added",
    callback=_since,
    metavar="WHEN",
    help="Only what is in the library since then: today, yesterday, 7d (days back), 2026-11-30.",
)
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Only episodes with this tag; may be given again.")
@click.option(
    "--order",
    type=click.Choice(["queue", "saved", "newest", "oldest", "shortest", "longest", "shuffle"]),
    default="queue",
    show_default=True,
    help="What comes first; `saved` is what has waited longest, `queue` likewise behind what `audiogen move` placed.",
)
@click.option("--read", is_flag=True, help="Also what was listened to, and what a read-later service said was read.")
@click.option("--seed", type=int, help="Shuffle the same way again.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the playlist here too.")
@click.option(
    "--export",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Copy the episodes into FOLDER, numbered; again: bring it up to date.",
)
@click.option("--link", is_flag=True, help="With --export: hard links instead of copies, where the disk can.")
@click.option("--json", "as_json", is_flag=True, help="Print the episodes as JSON.")
def queue(
    library: Path | str,
    minutes: float | None,
    count: int | None,
    added: datetime | None,
    tags: tuple[str, ...],
    order: str,
    read: bool,
    seed: int | None,
    output: Path | None,
    target: Path | None,
    link: bool,
    as_json: bool,
) -> None:
    """Pick episodes of LIBRARY that fit the time, and write a playlist and a feed of them.

    `audiogen serve` shows both. FOLDER is for players that know neither: it gets `001 Title.mp3` and so on; of what is
    in it already, only files that an earlier --export put there are renamed or removed.

    \b
    Example:
        audiogen queue ~/Podcasts/articles --minutes 45 --tag science
        audiogen queue ~/Podcasts/articles --added today --export /media/player/articles
    """
    from audiogen.episodes.library import open_library
    from audiogen.podcast.playlist import PLAYLIST
    from audiogen.queue import candidates, pick, queue_json

    opened = open_library(library)
    with opened.storage.local_folder() as folder:
        entries = pick(candidates(folder, tags=tags, read=read, added=added), minutes, order, seed, count)
        _write(folder, entries, output, home=library)
    if target is not None:
        with opened.storage.local_folder(whole=True) as folder:
            _export(folder, entries, target, link=link)
    if as_json:
        click.echo(queue_json(entries))
    else:
        for entry in entries:
            click.echo(f"{entry.duration / 60:5.1f} min  {entry.title}")
    total = sum(entry.duration for entry in entries) / 60
    where = output or (library if isinstance(library, str) else str(library)).rstrip("/") + f"/{PLAYLIST}"
    inform(f"{counted(len(entries), 'episode')}, {counted(round(total), 'minute')}, in {where}.")


def _export(library: Path, entries: Sequence[Entry], target: Path, *, link: bool) -> None:
    from audiogen.exporting import export

    done = export(target, library, entries, link=link)
    kept = len(done.names) - done.written
    inform(f"{target}: {counted(done.written, 'file')} written, {kept} kept, {done.removed} removed.")


def _write(library: Path, entries: Sequence[Entry], output: Path | None, *, home: Path | str) -> None:
    """Write the playlist, and the feed where the show has an address for it."""
    from audiogen.cli.nearby import with_address
    from audiogen.errors import LibraryError, SettingsError
    from audiogen.podcast.cover import cover_files
    from audiogen.podcast.playlist import FEED, PLAYLIST, playlist, queue_feed
    from audiogen.podcast.show import channel_of
    from audiogen.settings import load_settings

    target = library / PLAYLIST
    try:
        target.write_text(playlist(entries), encoding="utf-8")
        if output:
            target = output
            target.write_text(playlist(entries, _way(output, home)), encoding="utf-8")
        settings, _ = with_address(load_settings(library), home)
        channel_of(settings.show, cover="")
        cover, _ = cover_files(library, settings.show)
        channel = channel_of(settings.show, cover=cover, dates=settings.feed.dates)
        target = library / FEED
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(queue_feed(channel, entries))
    except SettingsError as error:
        click.echo(f"Only the playlist was written: {error.message}", err=True)
    except OSError as error:
        raise LibraryError(target, f"{target} cannot be written ({error.strerror or error}).") from error


def _way(playlist: Path, library: Path | str) -> str:
    """Return the way from a playlist to the library: a relative one, so that both can be moved or mounted elsewhere."""
    if isinstance(library, str):
        return f"{library}/"
    home = library.resolve()
    try:
        way = Path(os.path.relpath(home, playlist.resolve().parent)).as_posix()
    except ValueError:
        # Windows has no way from one drive to another.
        way = home.as_posix()
    return "" if way == "." else f"{way}/"
