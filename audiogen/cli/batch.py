"""`audiogen batch`: a pile of saved articles."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audiogen.cli import library_option, options
from audiogen.cli.parameters import Whole, complete_files
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted
from audiogen.errors import AudiogenError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from audiogen.batch.scheduler import Batch
    from audiogen.cli.outcomes import Report
    from audiogen.model import Source
    from audiogen.settings import Settings
    from audiogen.sources import Found


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, shell_complete=complete_files)
@library_option.output
@click.option(
    "--jobs",
    type=Whole(min=1),
    help="Articles at once; by default one a core, or what the voice stands.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be done, and how long it would take.")
@click.option("--retry", is_flag=True, help="Take just what failed or was refused before; all of it without PATH.")
@click.option("--remake", is_flag=True, help="Make anew what was made with other settings, or by an older version.")
@click.option("--verify", is_flag=True, help="Read every byte of what is done, and heal what is damaged.")
@click.option("--keep-duplicates", is_flag=True, help="Make an episode of each, even of the same story.")
@click.option("--force", is_flag=True, help="Narrate pages even where they do not look like articles.")
@options.voice
@options.language
@options.rate
@options.quality
@options.sound_format
@click.option("--scheduler", metavar="ADDRESS", help="Spread the work over a Dask cluster: tcp://host:8786.")
@options.no_cache
@options.strict
@click.option("--listen", is_flag=True, help="Have a recogniser hear each sentence first; see `check --listen`.")
@click.option("--feed/--no-feed", "renew", default=True, help="Renew the library's feed afterwards (the default).")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each article.")
def batch(
    paths: tuple[str, ...],
    library: Path | str,
    jobs: int | None,
    language: str,
    scheduler: str | None,
    renew: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Make an episode of every saved article that has none yet.

    PATH is a file, a folder, a pattern, an address, a feed, bookmarks, an export of a read-later service, or `-` for a
    list of these on stdin, one on a line. What is done already is passed over, so that the same command goes on where
    it stopped.

    \b
    Example:
        audiogen batch ~/saved pocket.csv -o ~/Podcasts/articles
        audiogen batch --retry -o ~/Podcasts/articles
    """
    from audiogen.batch import open_batch
    from audiogen.batch.memory import BatchOptions
    from audiogen.cli.outcomes import Report
    from audiogen.cli.suggestions import Suggestions

    flags = options.take_settings(given)
    batch_options = BatchOptions(**given, voice_named=flags["speech__voice"] is not None, language=language)
    if not paths and not batch_options.retry:
        raise click.UsageError("Name what to narrate: files, folders, exports… or --retry.")
    if not paths and isinstance(library, Path) and not library.exists():
        raise click.UsageError(f"There is nothing to try again: the folder {library} does not exist.")
    settings = _checked_settings(library, flags, here=not scheduler)
    report = Report(as_json=as_json, dry=batch_options.dry, suggestions=Suggestions(settings))
    asked = list(_asked(paths))
    found = [] if batch_options.retry else _find(asked, report.found)
    try:
        with (
            _workers(scheduler, jobs) as (executor, size),
            open_batch(library, executor, settings=settings, jobs=size, options=batch_options) as work,
        ):
            sources = _to_retry(asked if paths else None, work, report) if batch_options.retry else found
            tell_cost(work, sources)
            report.show(work, sources)
    except (KeyboardInterrupt, AudiogenError) as error:
        # What was done until then counts, and is reported.
        report.broken_off(library, error)
        raise
    if renew and report.made:
        renew_feed(library, settings)
    report.sum_up(library)
    if report.failed:
        raise SystemExit(1)


def _checked_settings(library: Path | str, flags: dict[str, object], *, here: bool) -> Settings:
    """Return the library's settings with the command's flags, after a check of what all articles need."""
    from audiogen.episodes.library import open_library
    from audiogen.settings import load_settings

    opened = open_library(library)
    opened.storage.refresh()
    settings = load_settings(opened.root).with_flags(**flags)
    check_listener(settings)
    check_show(settings, opened.root, here=here)
    return settings


def _find(asked: list[str], found: Found) -> list[Source]:
    """Find what is asked for.

    Raises:
        click.UsageError: there is nothing of that name, or no file that a pattern matches.
    """
    from audiogen.errors import SourceNotFoundError
    from audiogen.sources import find

    try:
        sources = list(find(asked, found))
    except SourceNotFoundError as error:
        raise click.UsageError(error.message) from error
    if not sources:
        click.echo(f"No article was found in {', '.join(asked) or 'the list on stdin'}.", err=True)
    return sources


def _to_retry(asked: list[str] | None, work: Batch, report: Report) -> list[Source]:
    """Find what failed or was refused before, of what is *asked* for; of all that there was where that is None."""
    from audiogen.untrusted import without_secrets

    with work.index:
        troubles = {note.source: note.origin for note in work.index.troubles()}
    origins = sorted({origin for origin in troubles.values() if origin})
    sources = _again(origins, report.found) if asked is None else _find(asked, report.found)
    return [source for source in sources if without_secrets(source.name) in troubles]


def _again(origins: list[str], found: Found) -> Iterator[Source]:
    """Look once more where trouble came from; what is not there any more keeps nobody from the rest."""
    from audiogen.cli import print_error
    from audiogen.errors import ReadError
    from audiogen.sources import find

    for origin in origins:
        try:
            yield from find([origin], found)
        except ReadError as error:
            print_error(error)


def _asked(paths: tuple[str, ...]) -> Iterator[str]:
    from audiogen.cli.listed import listed

    for path in paths:
        if path == "-":
            yield from listed(sys.stdin.buffer.read())
        else:
            yield path


def check_listener(settings: Settings) -> None:
    """Load the recogniser once before all the work begins, where speech is to be listened to.

    Raises:
        ListeningError: it is not installed, or its model cannot be loaded.
    """
    if settings.listen.speech:
        from audiogen.listening.recogniser import Whisper

        Whisper(settings.listen.model, threads=1)


def check_show(settings: Settings, library: Path, *, here: bool = True) -> None:
    """Find the voice and read the word lists once, before all the work begins.

    The engine is only tried where the work is done *here*: it need not be installed where a cluster is told what to do.

    Raises:
        UnknownVoiceError: there is no voice of that name, or its engine does not have it.
        LexiconError: a word list has a fault.
        EngineMissingError: something the voice's engine needs is not installed.
    """
    from audiogen.production import EpisodeMaker

    with ExitStack() as stack:
        episode_maker = EpisodeMaker(settings, folder=library)
        # Closed, though never entered: an engine is started only where there is something to ask it.
        stack.push(episode_maker)
        episode_maker.check(here=here)


def tell_cost(work: Batch, sources: list[Source]) -> None:
    """Say what a voice with a price will cost, before it is asked anything."""
    from audiogen.cli.outcomes import money

    if not work.batch_options.dry and work.is_priced:
        forecast = work.dry_run(sources)
        unfetched = counted(forecast.unfetched, "address", "addresses")
        unknown = f", besides {unfetched}, fetched first" if forecast.unfetched else ""
        inform(f"To pay for speech: about {money(forecast.cost)}{unknown}.")


def renew_feed(library: Path | str, settings: Settings) -> None:
    """Write the library's feed and pages anew; a show whose settings are not whole is no failure of the batch."""
    from audiogen.cli.nearby import with_address
    from audiogen.episodes.library import open_library
    from audiogen.errors import FeedError, SettingsError

    # Not from the package: its function has the name of this module, which hides it after the first call.
    from audiogen.podcast.publishing import publish

    settings, nearby = with_address(settings, library)
    try:
        with open_library(library).storage.local_folder() as folder:
            publish(folder, settings, lasting=not nearby)
    except (FeedError, SettingsError) as error:
        click.echo(f"The feed was not written: {error.message} {library_option.how_to_set(library)}", err=True)


@contextmanager
def _workers(scheduler: str | None, jobs: int | None) -> Iterator[tuple[Executor | None, int | None]]:
    """Connect to a cluster, where one is named; else leave it to the batch to start processes."""
    if not scheduler:
        yield None, jobs
        return
    from audiogen.batch.cluster import connect

    with connect(scheduler) as (executor, size):
        yield executor, jobs or size
