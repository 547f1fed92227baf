"""`audiogen lexicon`: the outlet's word list of how names are said."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.parameters import complete_files
from audiogen.cli.verbosity import inform
from audiogen.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.doubtful import Doubt
    from audiogen.narration.lexicon import Lexicon

#: An outlet's lexicon, in its library or in the user's folder.
FILE_NAME = "lexicon.toml"

_LIBRARY = click.option(
    "-o", "--output", "library", type=library_option.folder, metavar="LIBRARY", help="The library's list."
)
_LEXICON = click.option(
    "--lexicon", "path", type=click.Path(path_type=Path, dir_okay=False), help="A list of another name or place."
)


@click.group()
def lexicon() -> None:
    """Keep the word list of how names are said.

    \b
    Example:
        audiogen lexicon check saved/*.html
        audiogen lexicon add Kyiv Keeyiv
    """


@lexicon.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_files)
@_LIBRARY
@_LEXICON
@click.option("--listen", type=click.Path(path_type=Path, dir_okay=False), help="Write an MP3 that says each of them.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def check(
    ctx: click.Context,
    sources: tuple[str, ...],
    library: Path | None,
    path: Path | None,
    listen: Path | None,
    as_json: bool,
) -> None:
    """List words of saved articles that a voice may get wrong, the likeliest first.

    SOURCE is a file, a folder that is searched for articles, an address, or `-` for a document on stdin. Words that a
    list knows (ours, yours, the library's with -o) are passed over. The exit code is 1 where there is something to look
    at, and 2 where a source that was named could not be read.

    \b
    Example:
        audiogen lexicon check saved/ --listen words.mp3
        audiogen lexicon check saved/*.html -o ~/Podcasts/articles --json
    """
    from audiogen.narration.doubtful import doubtful_words

    missing: list[str] = []
    known = _known(library, path)
    doubts = doubtful_words(list(_texts(sources, missing)), known)
    click.echo(_as_json(doubts) if as_json else "\n".join(map(_line, doubts)), nl=bool(doubts) or as_json)
    if listen and doubts:
        _speak(doubts, listen)
    ctx.exit(2 if missing else 1 if doubts else 0)


@lexicon.command()
@click.argument("written")
@click.argument("spoken")
@_LIBRARY
@click.option("--user", is_flag=True, help="Your own list, for all your libraries (the default).")
@_LEXICON
@click.option("--source", default="", help="Where the pronunciation is from.")
def add(written: str, spoken: str, library: Path | None, user: bool, path: Path | None, source: str) -> None:
    """Put down how WRITTEN is said: SPOKEN, in plain small letters.

    It goes into the list of the library that -o names, else into your own.

    \b
    Example:
        audiogen lexicon add Kyiv Keeyiv -o ~/Podcasts/articles --source "the embassy"
        audiogen lexicon add Lindqvist lind-kvist
    """
    from audiogen.narration.lexicon import add_entry
    from audiogen.settings import user_folder

    if sum(map(bool, (library, user, path))) > 1:
        raise click.UsageError("Name one list: -o LIBRARY, --user or --lexicon FILE.")
    if library and not library.is_dir():
        raise click.BadParameter(f"There is no library in {library}.", param_hint="-o")
    target = path or (library or user_folder()) / FILE_NAME
    add_entry(target, written, spoken, source=source)
    click.echo(f"{target}: {written} is said {spoken}")


def _known(library: Path | None, path: Path | None) -> Lexicon:
    """Lay the lists over each other that hold when an article of the library is narrated.

    Raises:
        LexiconError: one has a fault, or the one that was named is not there.
    """
    from audiogen.narration.lexicon import load_lexicon, package_lexicon
    from audiogen.settings import user_folder

    known = package_lexicon()
    for folder in (user_folder(), library):
        if folder and (folder / FILE_NAME).is_file():
            known = load_lexicon(folder / FILE_NAME).over(known)
    return load_lexicon(path).over(known) if path else known


def _texts(sources: tuple[str, ...], missing: list[str]) -> Iterator[str]:
    """Yield the text of each English article; sources that were named and cannot be read are added to *missing*."""
    from audiogen.cli.documents import open_documents
    from audiogen.cli.limited import open_limited
    from audiogen.errors import AudiogenError
    from audiogen.production import prepare
    from audiogen.settings import load_settings

    settings = load_settings()
    files = {source: list(_files(Path(source))) for source in sources if Path(source).is_dir()}
    asked = [source for source in sources if source not in files]
    with open_limited(settings.limits) as limited, open_documents(asked, fetch=settings.fetch) as open_document:
        for source in sources:
            for name in files.get(source, [source]):
                try:
                    document = open_document(str(name))
                    address = document.address or None
                    article = limited.do(str(name), prepare, document.content, settings, url=address, force=True)
                except AudiogenError as error:
                    click.echo(f"{name}: {error}", err=True)
                    missing += [source] if source not in files else []
                    continue
                if article.language.partition("-")[0] in ("en", ""):
                    yield article.text
                else:
                    inform(f"{name}: passed over, its language is {article.language}.")


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))


def _speak(doubts: list[Doubt], target: Path) -> None:
    """Make one MP3 that says each word, with a pause after it."""
    from audiogen.errors import LibraryError
    from audiogen.model import Article, Block, BlockKind
    from audiogen.production import EpisodeMaker, write_sound_file
    from audiogen.settings import load_settings

    words = tuple(Block(doubt.written, BlockKind.HEADING) for doubt in doubts)
    article = Article(title="Words to check", language="en", blocks=words, cleaned=True, format="text")
    with EpisodeMaker(load_settings()) as episode_maker, temporary_folder() as folder:
        made = write_sound_file(folder, episode_maker, article)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made.recording.path, target)
        except OSError as error:
            raise LibraryError(target, f"{target} cannot be written ({error.strerror}). Name another file.") from error
    click.echo(target)


def _line(doubt: Doubt) -> str:
    return f"{doubt.count:5}  {doubt.written:24} {doubt.kind:11} said {doubt.spoken!r:26} {doubt.context}"


def _as_json(doubts: list[Doubt]) -> str:
    return json.dumps([asdict(doubt) for doubt in doubts], ensure_ascii=False, indent=1)
