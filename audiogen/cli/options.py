"""Options that several commands have."""

from __future__ import annotations

import click


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
