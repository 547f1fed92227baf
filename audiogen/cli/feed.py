"""`audiogen feed`: the podcast feed and the listening pages of a library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.nearby import with_address
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted
from audiogen.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.podcast.publishing import Published

_NEARBY = (
    "The show has no address yet (show.base_url in {library}/audiogen.toml): its feed names {base}, where\n"
    "`audiogen serve {library}` shows it on your network."
)


@click.command()
@click.argument("library", type=library_option.existing_library)
@click.option("--base-url", metavar="URL", help="Where the library can be reached; instead of show.base_url.")
@click.option("--pages/--no-pages", default=True, help="Write the listening pages too (the default).")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def feed(library: Path | str, base_url: str | None, pages: bool, as_json: bool) -> None:
    """Write feed.xml and the listening pages of LIBRARY; only what changed.

    The show's title, address and the rest are in LIBRARY/audiogen.toml; `audiogen init LIBRARY` writes that file. A
    show without an address has the one at which `audiogen serve` shows it on the local network.

    \b
    Example:
        audiogen feed ~/Podcasts/articles
        audiogen feed ~/Podcasts/articles --base-url https://audio.example.org --no-pages
    """
    from audiogen.episodes.library import open_library
    from audiogen.podcast import publish
    from audiogen.settings import load_settings

    with open_library(library).storage.local_folder() as folder:
        settings, nearby = with_address(load_settings(folder).with_flags(show__base_url=base_url), library)
        try:
            done = publish(folder, settings, pages=pages, lasting=not nearby)
        except SettingsError as error:
            raise SettingsError(error.subject, f"{error.message} {library_option.how_to_set(library)}") from error
    if nearby:
        inform(_NEARBY.format(library=library, base=settings.show.base_url))
    if as_json:
        click.echo(json.dumps(_summary(done), ensure_ascii=False, indent=1))
    else:
        for address in done.feeds:
            click.echo(address)
        episodes, written = counted(done.episodes, "episode"), counted(len(done.written), "file")
        inform(f"{episodes}; {written} written, {len(done.removed)} removed.")
    for lost in done.broken:
        click.echo(f"audiogen: {lost.slug} is not in the feed: {lost.reason}.", err=True)
    if done.broken:
        raise SystemExit(1)


def _summary(done: Published) -> dict[str, object]:
    return {
        "feeds": done.feeds,
        "episodes": done.episodes,
        "written": done.written,
        "removed": done.removed,
        "broken": [{"episode": lost.slug, "reason": lost.reason} for lost in done.broken],
    }
