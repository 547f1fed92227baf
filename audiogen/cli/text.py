"""`audiogen text`: what would be read, and what not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from audiogen.cli import options
from audiogen.cli.parameters import complete_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.cli.documents import Document
    from audiogen.model import Article
    from audiogen.settings import Settings


@click.command()
@click.argument("source", shell_complete=complete_files)
@click.option("--explain", is_flag=True, help="Show also what is not heard, each line with its reason and rule.")
@click.option("--spoken", is_flag=True, help="Show the words as they are said, not as they are written.")
@options.url
@options.language
@click.option("--force", is_flag=True, help="Show the page even where it does not look like an article.")
@click.option("--json", "as_json", is_flag=True, help="Print what is heard and what is not as JSON.")
def text(source: str, explain: bool, spoken: bool, url: str | None, language: str, force: bool, as_json: bool) -> None:
    """Show what of SOURCE would be read aloud.

    SOURCE is a saved page, a text capture, an address that begins with https:// or http://, or `-` for a document on
    stdin.

    \b
    Example:
        audiogen text saved-page.html --explain
        audiogen text https://news.example/ferry --spoken
    """
    from audiogen.cli.documents import open_documents
    from audiogen.cli.limited import open_limited
    from audiogen.settings import load_settings

    settings = load_settings()
    with open_limited(settings.limits) as limited:
        with open_documents([source], fetch=settings.fetch) as open_document:
            document = open_document(source)
        reading = {"url": url or document.address or None, "force": force, "language": language}
        article, heard = limited.do(source, _prepared, document, settings, spoken, reading)
    if opening := article.signs.get("opening"):
        click.echo(
            f"Only the opening of the article is here: {opening}. No audio is made of it without --force.", err=True
        )
    if as_json:
        click.echo(json.dumps(_listed(article), ensure_ascii=False, indent=1))
    elif explain:
        for line in _explained(article):
            click.echo(line)
    else:
        click.echo(heard)


def _prepared(document: Document, settings: Settings, spoken: bool, reading: dict[str, Any]) -> tuple[Article, str]:
    """Read and clean a document; return the article with what is heard, as it is written or as it is *spoken*."""
    from audiogen.narration import narrate
    from audiogen.production import prepare

    article = prepare(document.content, settings, known=document.known, **reading)
    return article, narrate(article).text if spoken else article.text


def _listed(article: Article) -> dict[str, Any]:
    """Return the cleaned article and its ledger for JSON."""
    from audiogen.episodes.manifest import asdict_article

    return {
        "article": asdict_article(article),
        "heard": [{"text": block.text, "kind": block.kind.value} for block in article.blocks],
        "removed": [
            {"text": entry.block.text, "reason": entry.reason.value, "rule": entry.rule, "position": entry.position}
            for entry in article.removed
        ],
    }


def _explained(article: Article) -> Iterator[str]:
    """Yield the page line by line, heard and not heard in the order they stand."""
    for head in (article.title, article.dek):
        if head:
            yield click.style(head, bold=True)
    removed = {entry.position: entry for entry in article.removed}
    heard = iter(article.blocks)
    for position in range(len(article.blocks) + len(article.removed)):
        entry = removed.get(position)
        if entry is None:
            block = next(heard, None)
            if block is not None:
                yield click.style(block.text, fg="green")
        else:
            yield click.style(f"  - {entry.block.text}", dim=True) + click.style(
                f"  [{entry.reason.value}: {entry.rule}]", fg="yellow"
            )
    yield from (click.style(block.text, fg="green") for block in heard)
