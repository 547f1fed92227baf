"""`audiogen narrate`: an MP3 for each article."""

from __future__ import annotations

import json
import traceback
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from audiogen.cli import USAGE_ERRORS, library_option, options, print_error
from audiogen.cli.parameters import complete_files
from audiogen.cli.verbosity import inform
from audiogen.cli.wording import counted
from audiogen.errors import AudiogenError, CrashError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.cli.documents import Document
    from audiogen.cli.limited import Limited
    from audiogen.cli.progress import Bar
    from audiogen.production import EpisodeFiles
    from audiogen.settings import Settings


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, shell_complete=complete_files)
@click.option(
    "-o",
    "--output",
    "folder",
    type=library_option.folder,
    default=Path(),
    help="Folder of the MP3s; the current one without it.",
)
@options.voice
@options.language
@options.rate
@options.quality
@options.sound_format
@options.no_cache
@options.strict
@options.url
@click.option("--force", is_flag=True, help="Narrate the page even where it does not look like an article.")
@click.option("--json", "as_json", is_flag=True, help="Print a manifest for each MP3 instead of its path.")
def narrate(
    sources: tuple[str, ...],
    folder: Path,
    language: str,
    url: str | None,
    force: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Write an MP3 for each article.

    SOURCE is a saved page, a text capture, an address that begins with https:// or http://, or `-` for a document on
    stdin.

    \b
    Example:
        audiogen narrate saved-page.html https://news.example/ferry -o ~/Podcasts
        audiogen narrate saved-page.html --voice british --rate 190
    """
    from audiogen.cli.documents import open_documents
    from audiogen.cli.limited import open_limited
    from audiogen.cli.progress import open_bar
    from audiogen.settings import load_settings

    settings = load_settings().with_flags(**(flags := options.take_settings(given)))
    reading = {"force": force, "language": language}
    with (
        open_limited(settings.limits) as limited,
        _Narrator(settings, folder, limited, voice_named=flags["speech__voice"] is not None) as narrator,
        open_documents(sources, fetch=settings.fetch) as open_document,
        open_bar(counted=True) as bar,
    ):
        failed = 0
        for source in sources:
            try:
                with _as_crash(source):
                    document = open_document(source)
                    made = narrator.narrate(document, bar, source, url=url or document.address or None, **reading)
            except USAGE_ERRORS:
                raise
            except AudiogenError as error:
                failed += 1
                bar.end()
                _report_failure(error, source if len(sources) > 1 else "", narrator)
                continue
            narrator.suggestions.print_new()
            click.echo(json.dumps(made.manifest, ensure_ascii=False) if as_json else made.recording.path)
    if failed:
        raise SystemExit(1)


class _Narrator:
    """Makes the sound files of several documents with one episode maker."""

    def __init__(self, settings: Settings, folder: Path, limited: Limited, *, voice_named: bool) -> None:
        from audiogen.cli.suggestions import Suggestions

        self._settings, self._folder, self._limited, self._voice_named = settings, folder, limited, voice_named
        self.suggestions = Suggestions(settings)
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        self._open()
        self._maker.check()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def _open(self) -> None:
        from audiogen.production import EpisodeMaker

        self._maker = self._opened.enter_context(EpisodeMaker(self._settings, voice_named=self._voice_named))

    def reopen(self) -> None:
        """Open another episode maker: after an unexpected exception, this one may be in any state."""
        with suppress(Exception):
            self._opened.close()
        self._open()

    def narrate(self, document: Document, bar: Bar, source: str, **reading: Any) -> EpisodeFiles:
        """Write the sound file of a document; *reading* are options of `prepare`."""
        from audiogen.cleaner import check_speakable
        from audiogen.production import prepare, write_sound_file

        article = self._limited.do(source, prepare, document.content, self._settings, known=document.known, **reading)
        check_speakable(article)
        made = write_sound_file(self._folder, self._maker, article, bar.start(article.title or source))
        bar.end()
        _tell_doubts(made)
        self.suggestions.heard(str(made.manifest["voice"]["engine"]), article.language or "en")
        return made


def _report_failure(error: AudiogenError, source: str, narrator: _Narrator) -> None:
    """Print the error of a source; after a crash print its traceback, too, and open another episode maker."""
    print_error(error, of=source)
    if isinstance(error, CrashError):
        click.echo(error.trace, err=True, nl=False)
        narrator.reopen()


@contextmanager
def _as_crash(source: str) -> Iterator[None]:
    """Turn an unexpected exception into the failure of one source, so that the others are narrated.

    Raises:
        CrashError: there was one.
    """
    try:
        yield
    except (AudiogenError, BrokenPipeError):
        raise
    except Exception as error:
        message = f"A fault in audiogen stopped the work on {source} ({type(error).__name__}: {error}). "
        raise CrashError(source, f"{message}Please report it, with the lines below.", traceback.format_exc()) from error


def _tell_doubts(made: EpisodeFiles) -> None:
    """Print on stderr the utterances that may be incomplete."""
    from audiogen.episodes.manifest import doubtful_lines

    doubtful = doubtful_lines(made.manifest)
    if doubtful:
        name, total = made.recording.path.name, counted(len(made.manifest["script"]), "utterance")
        inform(f"{name}: {len(doubtful)} of {total} in doubt; --strict fails instead.")
        for line in doubtful:
            inform(f"  at {line['start']:.1f} s, “{line['written'][:60]}”: {line['doubtful']}")
