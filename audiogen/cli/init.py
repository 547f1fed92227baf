"""`audiogen init`: a new library with the show's settings in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option

if TYPE_CHECKING:
    from pathlib import Path

#: What is asked for, in order: the key of `[show]`, the question, and what stands there if nothing is answered.
QUESTIONS = (
    ("title", "Title of the show", "Saved articles"),
    ("author", "Who makes it", ""),
    ("description", "What it is about, in a sentence or two", "Articles, read aloud."),
    (
        "base_url",
        "Address where the library will be reachable (https://…; empty: where `audiogen serve` shows it)",
        "",
    ),
    ("email", "E-mail of the owner, by which directories verify a show (it is public; may be empty)", ""),
    ("language", "Language of most articles", "en"),
    ("category", "Apple's category", "News"),
)


@click.command()
@click.argument("library", type=library_option.library)
@click.option("--title", metavar="TEXT", help="Title of the show.")
@click.option("--author", metavar="TEXT", help="Who makes it.")
@click.option("--description", metavar="TEXT", help="What it is about.")
@click.option("--base-url", metavar="URL", help="Address where the library will be reachable.")
@click.option("--email", metavar="ADDRESS", help="E-mail of the owner; it is public.")
@click.option("--language", metavar="TAG", help="Language of most articles, as en or pt-BR.")
@click.option("--category", metavar="NAME", help="Apple's category, as News or 'News > Politics'.")
@click.option("--private", is_flag=True, help="Keep the show out of public directories.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the flags, and what would stand there else.")
@click.option("--force", is_flag=True, help="Replace an audiogen.toml that is there.")
def init(library: Path | str, private: bool, yes: bool, force: bool, **given: str | None) -> None:
    """Make LIBRARY and write its audiogen.toml, every key explained.

    Asks for what no flag tells. What directories require is checked as it is answered.

    \b
    Example:
        audiogen init ~/Podcasts/articles --title "Saved articles" --base-url https://audio.example.org
        audiogen init ~/Podcasts/articles --private --yes
    """
    from audiogen.episodes.library import open_library
    from audiogen.errors import LibraryError, SettingsError
    from audiogen.podcast.initial import initial_settings
    from audiogen.settings import FILE_NAME

    named = f"{library}/{FILE_NAME}" if isinstance(library, str) else library / FILE_NAME
    with open_library(library).storage.local_folder() as folder:
        if (folder / FILE_NAME).exists() and not force:
            raise SettingsError(named, f"{named} is there already; edit it, or replace it with --force.")
        answers = {key: _answer(key, question, usual, given[key], yes=yes) for key, question, usual in QUESTIONS}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE_NAME).write_text(initial_settings(answers, private=private), encoding="utf-8")
        except OSError as error:
            raise LibraryError(library, f"{library} cannot be written: {error.strerror}.") from error
    click.echo(named)


def _answer(key: str, question: str, usual: str, given: str | None, *, yes: bool) -> str:
    """Take the flag's value, or ask until the answer is one that directories accept."""
    from audiogen.errors import SettingsError

    asked = given is None and not yes
    value = _ask(question, usual) if asked else (usual if given is None else given)
    while fault := _fault(key, value):
        if not asked:
            raise SettingsError(f"show.{key}", f"The setting show.{key} {fault}")
        click.echo(f"It {fault}", err=True)
        value = _ask(question, usual)
    return str(value).strip()


def _ask(question: str, usual: str) -> str:
    """Ask; where nobody answers (a script, the end of a pipe), take what usually stands there."""
    try:
        return str(click.prompt(question, default=usual, err=True))
    except click.Abort as end:
        # click makes one of Ctrl-C and of the end of a pipe.
        if sys.stdin.isatty() or not isinstance(end.__context__, EOFError):
            raise
        click.echo(usual, err=True)
        return usual


def _fault(key: str, value: str) -> str:
    from audiogen.podcast.show import check_setting

    # Without one `feed` takes the address of `serve`.
    return "" if key == "base_url" and not value else check_setting(key, value)
