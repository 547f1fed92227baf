"""`audiogen trust`: libraries that may name programs, servers, keys and files outside of themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.verbosity import inform

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.argument("libraries", metavar="[LIBRARY]...", nargs=-1, type=library_option.library)
@click.option("--list", "listed", is_flag=True, help="List the libraries that are allowed.")
@click.option("--remove", is_flag=True, help="Allow them no longer.")
@click.option("--show", "shown", is_flag=True, help="Only tell what they would do.")
def trust(libraries: tuple[Path | str, ...], listed: bool, remove: bool, shown: bool) -> None:
    """Allow a LIBRARY to do what one from a stranger must not.

    Voice cards and settings of a library may not by themselves run programs, send texts and keys to servers, or name
    files outside of it. What a library would do is told when you allow it. The list is in your own settings folder.

    \b
    Example:
        audiogen trust ~/Podcasts/articles --show
        audiogen trust ~/Podcasts/articles
    """
    from audiogen import trust as rules

    if listed or not libraries:
        if not listed:
            raise click.UsageError("Name a library, or --list.")
        for name in rules.trusted():
            click.echo(name)
        return
    for library in libraries:
        if not remove and isinstance(library, Path) and not library.is_dir():
            raise click.UsageError(f"The folder {library} does not exist, so it cannot be allowed.")
    for library in libraries:
        names = _names(library)
        if not shown:
            (rules.distrust if remove else rules.trust)(*names)
        for line in _risks(names[-1]) if not remove else ():
            click.echo(line)
        if not shown:
            inform(f"{library} is {'no longer allowed' if remove else 'allowed'}.")


def _names(library: Path | str) -> list[Path | str]:
    """Return the names by which a library is known: one at an address has a working copy on this machine, too."""
    from audiogen.episodes.library import open_library

    if isinstance(library, Path):
        return [library]
    opened = open_library(library)
    opened.storage.refresh()
    return [library, opened.root]


def _risks(folder: Path | str) -> Iterator[str]:
    """Tell, line by line, what the library in a folder would do."""
    import tomllib
    from contextlib import suppress

    from audiogen.engines.voices import load_card
    from audiogen.errors import SettingsError
    from audiogen.settings import FILE_NAME
    from audiogen.trust import links_out, risks_of_card, risks_of_settings

    folder = Path(folder)
    for path in sorted((folder / "voices").glob("*.toml")):
        with suppress(SettingsError):
            voice = load_card(path).voice
            if risk := risks_of_card(voice.engine, voice.options):
                detail = voice.options.get("command") or voice.options.get("base_url") or ""
                text = " ".join(detail) if isinstance(detail, tuple) else str(detail)
                yield f"voices/{path.name} {risk}{f': {text}' if text else ''}"
    with suppress(OSError, ValueError):
        values = tomllib.loads((folder / FILE_NAME).read_text(encoding="utf-8-sig"))
        for key, risk in risks_of_settings(values, folder):
            yield f"{key} {risk}"
    for name in links_out(folder):
        yield f"{name} is a link that leads out of the library"
