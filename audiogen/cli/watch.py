"""`audiogen watch`: an episode as soon as an article is dropped into a folder."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option, options
from audiogen.cli.outcomes import Report
from audiogen.cli.parameters import Whole
from audiogen.errors import AudiogenError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.batch.scheduler import Batch
    from audiogen.model import Outcome
    from audiogen.settings import Settings


#: Seconds between two looks at the whole folder: what the system forgot to tell is found then. The first is at once,
#: when the watch has begun, so that nothing falls between. What is done costs only a look at its file.
_SWEEP = 60.0


@click.command()
@click.argument("inbox", type=library_option.existing_folder)
@library_option.output
@click.option(
    "--jobs",
    type=Whole(min=1),
    help="Articles at once; by default one a core, or what the voice stands.",
)
@options.voice
@click.option("--feed/--no-feed", "renew", default=True, help="Renew the library's feed each time (the default).")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each article.")
def watch(inbox: Path, library: Path | str, jobs: int | None, voice: str | None, renew: bool, as_json: bool) -> None:
    """Make an episode of whatever is dropped into INBOX, and renew the feed; Ctrl-C ends it, with a summary.

    What lies in INBOX already is taken first.

    \b
    Example:
        audiogen watch ~/inbox -o ~/Podcasts/articles
        audiogen watch ~/inbox -o ~/Podcasts/articles --voice british --jobs 1
    """
    from audiogen.batch import open_batch
    from audiogen.batch.memory import BatchOptions
    from audiogen.cli.batch import check_show
    from audiogen.episodes.library import open_library
    from audiogen.settings import load_settings

    opened = open_library(library)
    opened.storage.refresh()
    settings = load_settings(opened.root).with_flags(speech__voice=voice)
    check_show(settings, opened.root)
    # A batch looks after all episodes; a watch only after those of what is dropped.
    batch_options = BatchOptions(voice_named=bool(voice), all_episodes=False)
    tally = Tally()
    try:
        with open_batch(library, settings=settings, jobs=jobs, options=batch_options) as batch:
            for paths in _drops(inbox):
                _take(batch, paths, library, settings, tally, renew=renew, as_json=as_json)
    except (KeyboardInterrupt, AudiogenError) as error:
        tally.total.broken_off(library, error, published=tally.published)
        raise


class Tally:
    """What became of all that a watch took; what it finds again at each sweep counts once."""

    def __init__(self) -> None:
        self.total = Report()
        #: How many of the episodes the feed has.
        self.published = 0
        self._statuses: dict[str, str] = {}

    def count(self, outcome: Outcome) -> None:
        """Take an outcome, unless it is what is known of its source already."""
        made = outcome.status in ("new", "changed", "healed")
        known = self._statuses.get(outcome.source)
        self._statuses[outcome.source] = "done" if made else outcome.status
        if made or known != outcome.status:
            self.total.count(outcome)


def _drops(inbox: Path) -> Iterator[list[Path]]:
    """Yield the folder, then what is dropped into it, each time once it has stopped growing."""
    from watchfiles import Change
    from watchfiles import watch as changes

    swept = 0.0
    # A file that is being copied in changes until it is whole: it is taken when it has been left alone for a moment.
    watched = changes(inbox, debounce=2000, step=500, rust_timeout=1000, yield_on_timeout=True, raise_interrupt=True)
    for dropped in watched:
        paths = {Path(path) for change, path in dropped if change is not Change.deleted}
        if paths:
            yield sorted(path for path in paths if path.is_file() and not path.name.startswith("."))
        elif monotonic() - swept > _SWEEP:
            swept = monotonic()
            yield [inbox]


def _take(
    batch: Batch,
    paths: list[Path],
    library: Path | str,
    settings: Settings,
    tally: Tally,
    *,
    renew: bool,
    as_json: bool,
) -> None:
    """Work through what was dropped; a fault in one file must not end the watch."""
    from audiogen.cli import print_error
    from audiogen.cli.batch import renew_feed
    from audiogen.errors import ReadError
    from audiogen.sources import find

    report = Report(as_json=as_json)
    for path in paths:
        try:
            for outcome in batch.run(find([path])):
                tally.count(outcome)
                report.add(outcome)
        except ReadError as error:
            print_error(error)
    if report.made and renew:
        renew_feed(library, settings)
        tally.published = tally.total.made
