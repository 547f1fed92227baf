"""`audiogen voices`: list, show, try and install voices."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audiogen.cli.verbosity import inform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audiogen.engines.voices import Card

_LIBRARY = click.option(
    "--library", type=click.Path(path_type=Path, file_okay=False), help="Library whose own cards count, too."
)


@click.group(invoke_without_command=True)
@click.option("--language", metavar="TAG", default="", help="Only voices of a language: en, de, pt-BR.")
@click.option("--all", "all_voices", is_flag=True, help="Also every voice the installed engines have without a card.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@_LIBRARY
@click.pass_context
def voices(ctx: click.Context, language: str, all_voices: bool, as_json: bool, library: Path | None) -> None:
    """List the voices that are here, and those that could be.

    \b
    Example:
        audiogen voices --language de
        audiogen voices try german
    """
    if ctx.invoked_subcommand:
        return
    from audiogen.engines.voices import load_cards, reads

    cards = load_cards(_folders(library))
    if not all_voices:
        # What tests speak with is no voice that anybody looks for.
        cards.pop("tone", None)
    rows = [_row(card) for card in cards.values() if reads(card, language)]
    if all_voices:
        rows += _without_cards(language)
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else _table(rows))


@voices.command()
@click.argument("name")
@_LIBRARY
def show(name: str, library: Path | None) -> None:
    """Print everything a card says, and where it lies.

    \b
    Example:
        audiogen voices show duo
        audiogen voices show british
    """
    from audiogen.engines.voices import load_cards, named_voice

    cards = load_cards(_folders(library))
    voice = named_voice(name, cards)
    click.echo(f"# {cards[name].path}" if name in cards else "# an engine's own voice, without a card")
    for key, value in asdict(voice).items():
        if value not in (None, "", {}):
            click.echo(f"{key}: {json.dumps(value, ensure_ascii=False)}")


@voices.command(name="try")
@click.argument("name")
@click.argument("text", required=False, default="")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; NAME.wav without it.")
@_LIBRARY
def try_voice(name: str, text: str, output: Path | None, library: Path | None) -> None:
    """Speak a sentence into a WAV file: TEXT, or one of the voice's language.

    \b
    Example:
        audiogen voices try british "The kettle is on." -o kettle.wav
        audiogen voices try german
    """
    from audiogen.engines.samples import speak_sample, write_wav
    from audiogen.engines.voices import load_cards, named_voice
    from audiogen.settings import load_settings

    voice = named_voice(name, load_cards(_folders(library)))
    path = output or Path(f"{name.replace(':', '-').replace('/', '-')}.wav")
    write_wav(speak_sample(voice, text, load_settings(library).engines.get(voice.engine)), path)
    click.echo(path)


@voices.command()
@click.argument("name")
@click.option("--base-url", default="", metavar="URL", help="Where the files are, instead of the engine's own place.")
@click.option(
    "--default/--no-default", default=True, help="Whether a language's voice becomes its default. By default it does."
)
def install(name: str, base_url: str, default: bool) -> None:
    """Fetch a neural voice, with a card for it: a LANGUAGE's, or `hibari:VOICE`, `piper:VOICE` or `kokoro:VOICE`.

    A language is named in English, by its own name or by its tag. What was cut off goes on where it stopped.

    \b
    Example:
        audiogen voices install german
        audiogen voices install hibari:emma
    """
    from audiogen.cli.progress import open_bar
    from audiogen.engines.examination import is_ready, remedy_for
    from audiogen.engines.installing import engine_of
    from audiogen.engines.installing import install as fetch
    from audiogen.settings import load_settings

    engine = engine_of(name)
    if not is_ready(engine):
        inform(f"To speak with this voice, first: {remedy_for(engine)}")
    base_url = base_url or str(load_settings().engines.get(engine, {}).get("base_url", ""))
    with open_bar() as bar:
        steps: dict[str, Callable[[int, int], None]] = {}

        def tell(file: str, have: int, total: int) -> None:
            if file not in steps:
                steps[file] = bar.start(file)
            steps[file](have, total)

        installed = fetch(name, base_url=base_url, progress=tell, default=default)
    _tell_of(installed.name)
    click.echo(installed.card)


def _tell_of(name: str) -> None:
    """Say whether the voice is its language's default, and what else is if it is not."""
    from audiogen.engines.voices import find_voice, load_cards

    card = load_cards()[name]
    if not card.default:
        return
    speaking = find_voice("", card.voice.language)
    message = f"{name} now reads articles in {card.voice.language}; its licence: {card.voice.licence}."
    if speaking.name != name:
        message = f"{speaking.name} stays the default of {card.voice.language}: its card says so, too."
    inform(message)


def _folders(library: Path | None) -> tuple[Path, ...]:
    return (library / "voices",) if library else ()


def _row(card: Card) -> dict[str, Any]:
    """Return what `audiogen voices` shows of a voice."""
    from audiogen.engines.examination import look_at

    found = look_at(card.voice)
    return {
        "name": card.voice.name,
        "language": card.voice.language,
        "engine": card.voice.engine,
        "kind": card.voice.synthesis.value,
        "default": card.default,
        "card": card.layer,
        "ready": found.ready,
        "needs": found.remedy or found.detail,
        "description": card.voice.description,
    }


def _without_cards(language: str) -> list[dict[str, Any]]:
    """List what the installed engines have besides."""
    from audiogen.engines import ENGINES, open_engine
    from audiogen.engines.examination import is_ready
    from audiogen.engines.voices import speaks
    from audiogen.errors import EngineError

    rows = []
    for name in (name for name in ENGINES if is_ready(name) and name not in ("http", "command", "tone")):
        try:
            with open_engine(name) as engine:
                found = [voice for voice in engine.voices() if speaks(voice, language)]
        except EngineError as error:
            click.echo(f"audiogen: {error.message}", err=True)
            continue
        rows += [
            {
                "name": voice.name,
                "language": voice.language,
                "engine": name,
                "kind": voice.synthesis.value,
                "default": False,
                "card": "",
                "ready": True,
                "needs": "",
                "description": voice.description,
            }
            for voice in found
        ]
    return rows


def _table(rows: Iterable[dict[str, Any]]) -> str:
    """Set the rows in columns: those that can speak first."""
    cells = [("NAME", "LANGUAGE", "ENGINE", "KIND", "DESCRIPTION", "")]
    for row in sorted(rows, key=lambda row: not row["ready"]):
        mark = "(default)" if row["default"] else ""
        state = mark if row["ready"] else f"not here: {row['needs']}"
        cells.append((row["name"], row["language"], row["engine"], row["kind"], row["description"], state))
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, [*widths, 0], strict=True)).rstrip() for line in cells
    )
