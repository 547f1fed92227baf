"""`audiogen list`, `remove`, `listened`, `unlistened`, `move`, `plays` and `publish`: what people do with episodes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.parameters import Whole
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted
from audiogen.errors import AudiogenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from audiogen.episodes.actions.rows import Row

_library = click.argument("library", type=library_option.existing_library)
_slugs = click.argument("slugs", metavar="SLUG...", nargs=-1, required=True)
_renew = click.option(
    "--feed/--no-feed", "renew", default=True, help="Renew the library's feed afterwards (the default)."
)
_STATES = ("to listen", "listened", "draft", "removed", "broken")


@click.command("list")
@_library
@click.option("--state", "states", type=click.Choice(_STATES), multiple=True, help="Only these; may be given again.")
@click.option("--all", "everything", is_flag=True, help="Also those that were removed.")
@click.option("--queue", "queued", is_flag=True, help="What is to be listened to, in the order of the queue.")
@click.option("--json", "as_json", is_flag=True, help="Print the episodes as JSON.")
def listed(library: Path | str, states: tuple[str, ...], everything: bool, queued: bool, as_json: bool) -> None:
    """List the episodes of LIBRARY, the one added last first.

    Each line has the episode's name, by which other commands know it, its day, length, state, outlet and title.

    \b
    Example:
        audiogen list ~/Podcasts/articles
        audiogen list ~/Podcasts/articles --state removed --json
    """
    from audiogen.episodes import listing

    wanted = states or [state for state in _STATES if everything or state != "removed"]
    rows = [row for row in listing(library) if row.state in wanted]
    if queued:
        rows = _in_queue(library, rows)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\t".join(_cells(row)))
    seconds = sum(row.seconds for row in rows)
    hint = library_option.missing_library_hint(library)
    inform(f"{counted(len(rows), 'episode')}, {counted(round(seconds / 60), 'minute')}.{hint}")


def _in_queue(library: Path | str, rows: list[Row]) -> list[Row]:
    from audiogen.episodes import to_listen

    by_slug = {row.slug: row for row in rows}
    return [by_slug[entry.slug] for entry in to_listen(library) if entry.slug in by_slug]


def _cells(row: Row) -> Iterator[str]:
    yield row.slug
    yield row.day or "-"
    yield f"{row.seconds / 60:.1f} min"
    yield row.note or row.state
    yield row.site or "-"
    yield row.title


@click.command()
@_library
@click.argument("slugs", metavar="SLUG...", nargs=-1)
@click.option(
    "--listened",
    "days",
    type=Whole(min=0),
    metavar="DAYS",
    help="Those listened to so many days ago.",
)
@click.option("--restore", "action", flag_value="restore", help="Bring back what was removed.")
@click.option("--forget", "action", flag_value="forget", help="Forget what was removed: a batch may make it again.")
@_renew
def remove(library: Path | str, slugs: tuple[str, ...], days: int | None, action: str | None, renew: bool) -> None:
    """Remove episodes of LIBRARY by their names, which `audiogen list` tells, or by when they were listened to.

    Their files are moved to LIBRARY/removed, where they may be deleted. The next batch that finds the same article does
    not make it again.

    \b
    Example:
        audiogen remove ~/Podcasts/articles 2026-03-01-the-quay
        audiogen remove ~/Podcasts/articles --listened 30
    """
    from audiogen import episodes

    if (days is None) is not bool(slugs) or (days is not None and action):
        raise click.UsageError("Name episodes, or say --listened DAYS.")
    if days is not None:
        gone = episodes.remove_listened(library, days, by=person())
        click.echo("".join(f"{slug}\n" for slug in gone), nl=False)
        _finish(library, tuple(gone), gone, renew=renew)
        return
    steps = {None: episodes.remove, "restore": episodes.restore, "forget": episodes.forget}
    done = _each(slugs, lambda slug: steps[action](library, slug, by=person()))
    _finish(library, slugs, done, renew=renew and action != "forget")


@click.command()
@_library
@_slugs
def listened(library: Path | str, slugs: tuple[str, ...]) -> None:
    """Mark episodes of LIBRARY as listened to: they leave the queue.

    \b
    Example:
        audiogen listened ~/Podcasts/articles 2026-03-01-the-quay
        audiogen listened ~/Podcasts/articles 2026-03-01-the-quay 2026-03-02-mud
    """
    from audiogen import episodes

    _finish(library, slugs, _each(slugs, lambda slug: episodes.listened(library, slug, by=person())), renew=False)


@click.command()
@_library
@_slugs
def unlistened(library: Path | str, slugs: tuple[str, ...]) -> None:
    """Take back that episodes of LIBRARY were listened to: they are in the queue again.

    \b
    Example:
        audiogen unlistened ~/Podcasts/articles 2026-03-01-the-quay
        audiogen list ~/Podcasts/articles --queue
    """
    from audiogen import episodes

    _finish(library, slugs, _each(slugs, lambda slug: episodes.unlistened(library, slug, by=person())), renew=False)


@click.command()
@_library
@click.argument("slug")
@click.argument("to", metavar="PLACE", type=Whole(min=1))
def move(library: Path | str, slug: str, to: int) -> None:
    """Give the episode SLUG of LIBRARY the PLACE in the queue, from 1; a number beyond its end is its end.

    \b
    Example:
        audiogen move ~/Podcasts/articles 2026-03-01-the-quay 1
        audiogen list ~/Podcasts/articles --queue
    """
    from audiogen import episodes

    for name in episodes.move(library, slug, to - 1, by=person()):
        click.echo(name)


@click.command()
@_library
@click.argument("slugs", metavar="[SLUG...]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print all that is known as JSON, by the episodes' names.")
def plays(library: Path | str, slugs: tuple[str, ...], as_json: bool) -> None:
    """Tell how often the episodes of LIBRARY were played, the most played first.

    `audiogen serve` counts: plays by podcast apps, plays in the web player, and how many of them came to the end.
    docs/server.md says exactly what is counted and kept.

    \b
    Example:
        audiogen plays ~/Podcasts/articles
        audiogen plays ~/Podcasts/articles 2026-03-01-the-quay --json
    """
    from audiogen.episodes import find, listing
    from audiogen.episodes.actions.plays import plays_of

    titles = {slug: str(find(library, slug)["article"]["title"]) for slug in dict.fromkeys(slugs)}
    titles = titles or {row.slug: row.title for row in listing(library, removed=False)}
    counts = {slug: plays_of(library, slug) for slug in titles}
    counts = dict(sorted(counts.items(), key=lambda entry: -entry[1].total))
    if as_json:
        data = {slug: {"total": played.total, **asdict(played)} for slug, played in counts.items()}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for slug, played in counts.items():
        if played.total or slugs:
            ends = played.apps.completed + played.player.completed
            cells = (
                counted(played.total, "play"),
                f"{played.apps.plays} by apps",
                f"{played.player.plays} in the player",
            )
            click.echo("\t".join((slug, *cells, f"{ends} to the end", titles[slug])))
    inform(f"{counted(sum(played.total for played in counts.values()), 'play')}.")


@click.command()
@_library
@_slugs
@click.option("--withdraw", is_flag=True, help="The other way: make drafts of what is published.")
@_renew
def publish(library: Path | str, slugs: tuple[str, ...], withdraw: bool, renew: bool) -> None:
    """Publish drafts of LIBRARY: feed and pages have them from then on.

    With `drafts = true` in [show] of LIBRARY/audiogen.toml every new episode is a draft, which nothing shows.

    \b
    Example:
        audiogen publish newsroom 2026-03-01-the-quay
        audiogen publish newsroom 2026-03-01-the-quay --withdraw
    """
    from audiogen import episodes

    step: Callable[..., object] = episodes.withdraw if withdraw else episodes.publish
    _finish(library, slugs, _each(slugs, lambda slug: step(library, slug, by=person())), renew=renew)


def person() -> str:
    """Return the name of who runs the command, for the library's log."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, ImportError, KeyError):
        # Containers may have no name for the user.
        return ""


def _each(slugs: Iterable[str], step: Callable[[str], object]) -> list[str]:
    """Do something with each episode; what is wrong with one keeps nobody from the next."""
    from audiogen.cli import print_error

    done = []
    for slug in dict.fromkeys(slugs):
        try:
            step(slug)
        except AudiogenError as error:
            print_error(error)
        else:
            done.append(slug)
            click.echo(slug)
    return done


def _finish(library: Path | str, slugs: tuple[str, ...], done: list[str], *, renew: bool) -> None:
    """Renew the feed where there is one; end with 1 where something was not done, with 2 where nothing was."""
    if renew and done:
        renew_feed(library)
    if len(done) < len(set(slugs)):
        raise SystemExit(1 if done else 2)


def renew_feed(library: Path | str) -> None:
    """Write the feed and pages anew, where the library has them."""
    from audiogen.cli.batch import renew_feed as write
    from audiogen.episodes.library import open_library
    from audiogen.settings import load_settings

    opened = open_library(library)
    if opened.storage.read("feed.xml") is not None:
        opened.storage.refresh()
        write(library, load_settings(opened.root))
