"""`audiogen edit`: an episode's text in an editor, or a change by options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from audiogen.cli import library_option, options
from audiogen.cli.verbosity import inform
from audiogen.errors import AudiogenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from audiogen.episodes.edits import Edit, Line, Overrule
    from audiogen.model import Episode


@click.command()
@click.argument("library", type=library_option.existing_library)
@click.argument("slug")
@click.option("--title", help="The title.")
@click.option("--dek", help="The standfirst: the sentence under the headline.")
@click.option("--author", "authors", multiple=True, help="An author; may be given again.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given again.")
@options.voice
@options.rate
@click.option("--language", metavar="TAG", help="The article's language, as en or pt-BR.")
@click.option("--hear", multiple=True, metavar="TEXT", help="Have a paragraph heard that begins so.")
@click.option("--drop", multiple=True, metavar="TEXT", help="Leave out a paragraph that begins so.")
@click.option("--site", "for_site", is_flag=True, help="Make --hear and --drop a rule of the article's site, too.")
@click.option("--replace", "replaced", multiple=True, metavar="OLD=>NEW", help="Put words in the place of others.")
@click.option("--say", multiple=True, metavar="WORD=RESPELLING", help="Say a word otherwise in this episode.")
@click.option("--reset", multiple=True, metavar="FIELD", help="Have it as in the source again: title, text, say…")
@click.option("--print", "printed", is_flag=True, help="Print the text that the editor would get.")
@click.option("--input", "source", type=click.File(encoding="utf-8"), help="Take the edited text from a file, or - .")
@click.option("--speak/--no-speak", "spoken", default=None, help="Only speak what was saved; or only save.")
@click.option("--feed/--no-feed", "renew", default=True, help="Renew the library's feed afterwards (the default).")
def edit(
    library: Path | str,
    slug: str,
    printed: bool,
    source: Any,
    spoken: bool | None,
    renew: bool,
    hear: tuple[str, ...],
    drop: tuple[str, ...],
    for_site: bool,
    replaced: tuple[str, ...],
    say: tuple[str, ...],
    reset: tuple[str, ...],
    **named: Any,
) -> None:
    """Change the episode SLUG of LIBRARY, and make it anew; without options, in your editor ($EDITOR).

    The source stays as it is: the edit is kept beside it, and laid over its corrections, too. Only changed sentences
    are spoken.

    \b
    Example:
        audiogen edit ~/Podcasts/articles 2026-03-01-the-quay
        audiogen edit ~/Podcasts/articles 2026-03-01-the-quay --title "The quay" --say "Kyiv=kee-yiv"
    """
    from audiogen import episodes

    fields = {name: value for name, value in named.items() if value not in (None, ())}
    if printed:
        click.echo(episodes.text_for_editing(library, slug), nl=False)
        return
    if source is not None:
        _take(library, slug, source.read())
    elif fields or hear or drop or replaced or say or reset:
        overruled = list(_overrules(library, slug, hear, drop))
        if for_site:
            for rule in episodes.overrule_for_site(library, slug, overruled, by=_person()):
                inform(rule)
        text = [*overruled, *_replacements(library, slug, replaced)]
        episodes.edit(library, slug, by=_person(), text=text, say=dict(_sayings(say)), reset=reset, **fields)
    elif spoken is None and not _in_editor(library, slug):
        inform("Nothing was changed.")
        return
    if spoken is not False:
        _speak(library, slug, renew=renew)


def _person() -> str:
    from audiogen.cli.episodes import person

    return person()


def _in_editor(library: Path | str, slug: str) -> bool:
    """Have the text edited; tell whether anything was changed."""
    from audiogen import episodes

    before = episodes.text_for_editing(library, slug)
    after = click.edit(before, extension=".txt")
    if after is None or after == before:
        return False
    _take(library, slug, after)
    return True


def _take(library: Path | str, slug: str, text: str) -> Edit:
    """Save an edited text; where that cannot be, keep it in a file, since somebody wrote it."""
    from audiogen import episodes

    try:
        return episodes.save_edited_text(library, slug, text, by=_person())
    except AudiogenError:
        import tempfile

        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=f"-{slug}.txt", delete=False) as file:
            file.write(text)
        click.echo(f"Your text is kept in {file.name}.", err=True)
        raise


def _overrules(library: Path | str, slug: str, hear: Iterable[str], drop: Iterable[str]) -> Iterator[Overrule]:
    from audiogen.episodes.edits import Act, Overrule

    for act, texts in ((Act.HEAR, hear), (Act.DROP, drop)):
        for text in texts:
            yield Overrule(act, _line(library, slug, text, heard=act is Act.DROP).origin)


def _replacements(library: Path | str, slug: str, replaced: Iterable[str]) -> Iterator[Overrule]:
    from audiogen.episodes.edits import Act, Overrule

    for pair in replaced:
        old, arrow, new = (part.strip() for part in pair.partition("=>"))
        if not arrow or not old:
            raise click.BadParameter(f"{pair!r} is not OLD=>NEW.", param_hint="--replace")
        yield Overrule(Act.REPLACE, _line(library, slug, old, heard=True, within=True).origin, old, new)


def _line(library: Path | str, slug: str, text: str, *, heard: bool, within: bool = False) -> Line:
    """Find the one paragraph of the source that begins with a text, or has it *within*.

    Raises:
        click.BadParameter: there is none, or there are several.
    """
    from audiogen import episodes
    from audiogen.episodes.edits import lines_of

    lines = [line for line in lines_of(episodes.source_of(library, slug)) if (line.removed is None) is heard]
    found = [line for line in lines if (text in line.origin if within else line.origin.startswith(text))]
    found = [line for line in found if line.origin == text] or found
    if len(found) != 1:
        what = "that is heard" if heard else "that is left out"
        many = f"{len(found)} paragraphs have" if found else "No paragraph has"
        raise click.BadParameter(f"{many} {text!r} {what}; `audiogen edit … --print` shows them.")
    return found[0]


def _sayings(pairs: Iterable[str]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        word, equals, respelling = (part.strip() for part in pair.partition("="))
        if not equals or not word:
            raise click.BadParameter(f"{pair!r} is not WORD=RESPELLING.", param_hint="--say")
        yield word, respelling


def _speak(library: Path | str, slug: str, *, renew: bool) -> Episode:
    """Make the edited episode with a progress bar, and print its path and the edits that do not fit any more."""
    from audiogen import episodes
    from audiogen.cli.episodes import renew_feed
    from audiogen.cli.progress import open_bar

    with open_bar(counted=True) as bar:
        made = episodes.speak(library, slug, progress=bar.start(slug))
        bar.end()
    if renew:
        renew_feed(library)
    click.echo(str(made.audio))
    for overrule in episodes.edited_article(library, slug)[1]:
        click.echo(f"An edit does not fit the source any more: “{(overrule.block or overrule.new)[:60]}”.", err=True)
    return made
