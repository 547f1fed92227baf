"""Stores the article of each episode in the library's notes, so that edits need not read the source again.

Without such a note, the article is rebuilt from the manifest, which has every sentence and every removed paragraph, but
not the markup inside them.
"""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from audiogen.model import Article, Block, BlockKind, Evidence, Reason, Removed, Role, SpanKind, TextSpan
from audiogen.untrusted import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.episodes.library import Library

#: Version of the format; notes of another one are not used.
_VERSION = 1
_TEXTS = ("title", "dek", "site", "url", "language", "image", "format", "source", "external_id", "document")
_DATES = ("published", "modified")
_LISTS = ("authors", "tags")
#: The kind of block for a line of a script, by its role.
_KINDS = {
    Role.HEADING.value: BlockKind.HEADING,
    Role.LIST_ITEM.value: BlockKind.LIST_ITEM,
    Role.QUOTE.value: BlockKind.QUOTE,
    Role.QUESTION.value: BlockKind.QUESTION,
    Role.ANSWER.value: BlockKind.ANSWER,
    Role.STAND_IN.value: BlockKind.STAND_IN,
}


def keep_article(library: Library, slug: str, article: Article, digest: str) -> None:
    """Store the cleaned article of an episode; *digest* is the article's in the manifest."""
    data = {"version": _VERSION, "digest": digest, **plain_article(article)}
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    library.storage.write(_name(slug), gzip.compress(content.encode("utf-8", "surrogatepass"), 6, mtime=0))


def kept_article(library: Library, manifest: dict[str, Any]) -> Article:
    """Return the cleaned article of an episode: the stored one, or else one made from the manifest."""
    content = library.storage.read(_name(str(manifest["slug"])))
    # A note that is broken, or of another version of the episode, is ignored.
    with suppress(OSError, EOFError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        data = json.loads(gzip.decompress(content or b"").decode("utf-8", "surrogatepass"))
        if data["version"] == _VERSION and data["digest"] == manifest["digests"]["article"]:
            return article_of(data)
    return article_of_manifest(manifest)


def _name(slug: str) -> str:
    return f".audiogen/articles/{slug}.json.gz"


def plain_article(article: Article) -> dict[str, Any]:
    """Return an article as JSON types; of the evidence only what `notes` needs."""
    return {
        **{name: without_secrets(getattr(article, name)) for name in _TEXTS},
        **{name: value.isoformat() if (value := getattr(article, name)) else "" for name in _DATES},
        **{name: list(getattr(article, name)) for name in _LISTS},
        "blocks": [_plain_block(block) for block in article.blocks],
        "removed": [
            {**_plain_block(entry.block), "reason": entry.reason.value, "rule": entry.rule, "at": entry.position}
            for entry in article.removed
        ],
    }


def _plain_block(block: Block) -> dict[str, Any]:
    """Return a block as JSON types, without empty values."""
    values = {
        "text": block.text,
        "kind": block.kind.value,
        "level": block.level,
        "language": block.language,
        "path": list(block.evidence.path) if block.evidence else [],
        "spans": [[span.start, span.end, span.kind.value, span.value] for span in block.spans],
    }
    return {name: value for name, value in values.items() if value}


def article_of(data: dict[str, Any]) -> Article:
    """Return the article of `plain_article`.

    Raises:
        KeyError, TypeError, ValueError: the values are none.
    """
    removed = [
        Removed(_block(entry), Reason(entry["reason"]), str(entry["rule"]), int(entry["at"]))
        for entry in data["removed"]
    ]
    texts: dict[str, Any] = {name: str(data[name]) for name in _TEXTS}
    return Article(
        **texts,
        published=_date(data["published"]),
        modified=_date(data["modified"]),
        authors=tuple(map(str, data["authors"])),
        tags=tuple(map(str, data["tags"])),
        blocks=tuple(map(_block, data["blocks"])),
        removed=tuple(removed),
        cleaned=True,
    )


def _block(data: dict[str, Any]) -> Block:
    """Return the block of `_plain_block`."""
    return Block(
        str(data.get("text", "")),
        BlockKind(data["kind"]),
        int(data.get("level", 0)),
        data.get("language"),
        Evidence(tuple(map(str, data["path"]))) if "path" in data else None,
        tuple(
            TextSpan(int(start), int(end), SpanKind(kind), str(value))
            for start, end, kind, value in data.get("spans", ())
        ),
    )


def article_of_manifest(manifest: dict[str, Any]) -> Article:
    """Rebuild an article from the manifest of its episode."""
    article = manifest["article"]
    texts: dict[str, Any] = {name: str(article.get(name) or "") for name in _TEXTS if name in article}
    texts["document"] = str(manifest.get("digests", {}).get("document") or "")
    return Article(
        **texts,
        published=_date(article.get("published") or ""),
        modified=_date(article.get("modified") or ""),
        authors=tuple(map(str, article.get("authors") or ())),
        tags=tuple(map(str, article.get("tags") or ())),
        blocks=tuple(_heard(manifest)),
        removed=tuple(_left_out(entry) for entry in manifest.get("removed") or ()),
        cleaned=True,
    )


def _heard(manifest: dict[str, Any]) -> Iterator[Block]:
    lines = [line for line in manifest["script"] if int(line.get("block", -1)) >= 0]
    for _, group in groupby(lines, key=lambda line: line["block"]):
        sentences = list(group)
        kind = _KINDS.get(str(sentences[0]["role"]), BlockKind.PARAGRAPH)
        level = {BlockKind.HEADING: 2, BlockKind.LIST_ITEM: 1}.get(kind, 0)
        yield Block(" ".join(str(line["written"]) for line in sentences), kind, level)


def _left_out(entry: dict[str, Any]) -> Removed:
    block = Block(str(entry["text"]), BlockKind(entry.get("kind", "paragraph")), int(entry.get("level", 0)))
    return Removed(block, Reason(entry["reason"]), str(entry.get("rule", "")), int(entry.get("position", 0)))


def _date(text: str) -> datetime | date | None:
    if not text:
        return None
    return date.fromisoformat(text) if len(text) <= len("2026-01-01") else datetime.fromisoformat(text)
