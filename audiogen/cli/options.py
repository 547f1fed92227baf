"""Options that several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from audiogen.cli.parameters import Whole, web_address

if TYPE_CHECKING:
    from collections.abc import MutableMapping

#: The setting of each option that replaces one for this run.
SETTINGS = {
    "voice": "speech__voice",
    "rate": "speech__rate",
    "strict": "speech__strict",
    "quality": "audio__quality",
    "kind": "audio__format",
    "listen": "listen__speech",
    "no_cache": "speech__cache",
}


def take_settings(given: MutableMapping[str, Any]) -> dict[str, object]:
    """Remove the options that replace settings from those *given*; return them as flags for `Settings.with_flags`."""
    flags: dict[str, object] = {setting: given.pop(name, None) or None for name, setting in SETTINGS.items()}
    # The option --no-cache turns its setting off.
    return flags | {"speech__cache": False if flags["speech__cache"] else None}


def _tag(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    from audiogen.language.detection import tag_of

    if value and not (tag := tag_of(value)):
        raise click.BadParameter(f"{value!r} is no tag of a language, such as en, de or pt-BR.")
    return tag if value else ""


#: What the articles are in, for commands that read them.
language = click.option(
    "--language",
    metavar="TAG",
    default="",
    callback=_tag,
    help="Read the text as this language (en, pt-BR…) instead of the one it was found to be in.",
)

#: How an article is spoken, for commands that make episodes.
voice = click.option("--voice", metavar="NAME", help="Voice card to speak with; `audiogen voices` lists them.")
rate = click.option("--rate", type=Whole(80, 450), metavar="WPM", help="Speaking rate, 80 to 450 words a minute.")
quality = click.option("--quality", type=click.Choice(["small", "speech", "podcast"]), help="Size against fidelity.")
sound_format = click.option(
    "--format", "kind", type=click.Choice(["mp3", "m4b", "opus"]), help="Kind of file; all but mp3 need ffmpeg."
)
no_cache = click.option("--no-cache", is_flag=True, help="Speak everything anew, and keep nothing of it.")
strict = click.option(
    "--strict", is_flag=True, help="Fail an article of which a sentence may not have been spoken whole."
)

#: Where a document comes from, for commands that read one.
url = click.option(
    "--url", metavar="URL", callback=web_address, help="The article's address, where the page does not tell it."
)
