"""`audiogen lexicon`: the house's word list of how names are said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.doubtful import Doubt

#: The show's lexicon, beside its settings.
FILE_NAME = "lexicon.toml"

_LEXICON = click.option(
    "--lexicon",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=FILE_NAME,
    show_default=True,
    help="The word list.",
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
@click.argument("sources", nargs=-1, required=True, metavar="PATH...")
@_LEXICON
@click.option("--listen", type=click.Path(path_type=Path, dir_okay=False), help="Write an MP3 that says each of them.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def check(ctx: click.Context, sources: tuple[str, ...], path: Path, listen: Path | None, as_json: bool) -> None:
    """List words of saved articles that a voice may get wrong; exit with 1 where there are any.

    A folder is searched for articles. Words that the list or our own one knows are passed over.

    \b
    Example:
        audiogen lexicon check saved/ --listen words.mp3
    """
    from audiogen.narration.doubtful import doubtful_words
    from audiogen.narration.lexicon import Lexicon, load_lexicon, package_lexicon

    known = (load_lexicon(path) if path.exists() else Lexicon()).over(package_lexicon())
    doubts = doubtful_words(_texts(sources), known)
    click.echo(_as_json(doubts) if as_json else "\n".join(map(_line, doubts)), nl=bool(doubts) or as_json)
    if listen and doubts:
        _speak(doubts, listen)
    ctx.exit(1 if doubts else 0)


@lexicon.command()
@click.argument("written")
@click.argument("spoken")
@_LEXICON
@click.option("--source", default="", help="Where the pronunciation is from.")
def add(written: str, spoken: str, path: Path, source: str) -> None:
    """Put down how WRITTEN is said: SPOKEN, in plain letters.

    \b
    Example:
        audiogen lexicon add Kyiv Keeyiv --source "the embassy"
    """
    from audiogen.narration.lexicon import add_entry

    add_entry(path, written, spoken, source=source)
    click.echo(f"{path}: {written} is said {spoken}")


def _texts(sources: tuple[str, ...]) -> Iterator[str]:
    from audiogen.cleaner import clean
    from audiogen.errors import AudiogenError
    from audiogen.readers import read

    for file in _files(sources):
        try:
            yield clean(read(file)).text
        except AudiogenError as error:
            click.echo(f"{file}: {error}", err=True)


def _files(sources: tuple[str, ...]) -> Iterator[Path]:
    for source in map(Path, sources):
        if source.is_dir():
            yield from sorted(file for file in source.rglob("*") if file.is_file() and not file.name.startswith("."))
        else:
            yield source


def _speak(doubts: list[Doubt], target: Path) -> None:
    """Make one MP3 that says each word, with a pause after it."""
    from audiogen.errors import LibraryError
    from audiogen.model import Article, Block, BlockKind
    from audiogen.production import Studio, put_mp3
    from audiogen.settings import load_settings

    words = tuple(Block(doubt.written, BlockKind.HEADING) for doubt in doubts)
    article = Article(title="Words to check", language="en", blocks=words, cleaned=True, format="text")
    with Studio(load_settings()) as studio, TemporaryDirectory() as folder:
        master = put_mp3(Path(folder), studio, article)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(master.recording.path, target)
        except OSError as error:
            raise LibraryError(target, f"{target} cannot be written ({error.strerror}). Name another file.") from error
    click.echo(target)


def _line(doubt: Doubt) -> str:
    return f"{doubt.count:5}  {doubt.written:24} {doubt.kind:11} said {doubt.spoken!r}"


def _as_json(doubts: list[Doubt]) -> str:
    rows = [{"written": d.written, "count": d.count, "kind": d.kind, "spoken": d.spoken} for d in doubts]
    return json.dumps(rows, ensure_ascii=False, indent=1)
