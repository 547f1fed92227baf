"""Reads Markdown, with the front matter that read-later clippers and note programs write above it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import yaml
from markdown_it import MarkdownIt

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.language.detection import choose_language, tag_of
from audiogen.model import Article, Block, BlockKind, Evidence, SpanKind, TextSpan
from audiogen.readers.dates import find_date
from audiogen.readers.document import INLINED
from audiogen.readers.people import people
from audiogen.untrusted import parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

_YAML = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
#: Maximum length of a note, in characters without embedded pictures and in lines, and maximum number of open brackets.
LONGEST, MOST_LINES, MOST_OPEN = 1_000_000, 20_000, 1000
#: Maximum length of front matter, in characters.
LONGEST_FRONT = 60_000
#: YAML tags that are converted; other values are text. Without merging (`<<`), a few lines cannot stand for millions.
_READ = frozenset({"timestamp", "null"})
#: Maximum size of an integer in TOML, in bits; hexadecimal integers have no other limit.
_LONGEST_NUMBER = 64
#: Maximum number of values of a field, such as authors or tags.
MOST_VALUES = 100
#: Names that clippers use for a field; the first one present is used.
_FIELDS = {
    "title": ("title", "headline", "name"),
    "authors": ("author", "authors", "creator", "by", "byline"),
    "published": ("published", "date_published", "date-published", "datepublished", "pubdate", "publish_date", "date"),
    "modified": ("modified", "updated", "lastmod", "date_modified", "last_modified"),
    "url": ("url", "source", "link", "canonical", "canonical_url", "source_url", "original_url", "permalink"),
    "site": ("site", "publisher", "site_name", "sitename", "publication", "website", "domain"),
    "dek": ("subtitle", "dek", "standfirst", "deck"),
    "language": ("language", "lang", "locale"),
    "image": ("image", "cover", "banner", "thumbnail", "featured_image", "featuredimage"),
    "tags": ("tags", "keywords", "topics", "categories"),
}
#: Syntax of note programs besides Markdown, and the text that is visible of it.
_NOTES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"%%.*?%%", re.S), ""),
    (re.compile(r"<!--.*?(?:-->|\Z)", re.S), ""),
    (re.compile(r"!\[\[[^\[\]\n]{0,500}\]\]"), ""),
    (re.compile(r"\[\[[^\[\]|\n]{0,500}\|([^\[\]\n]{1,500})\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]\n]{1,500})\]\]"), r"\1"),
    (re.compile(r"==([^=\n]+)=="), r"\1"),
    (re.compile(r"[ \t]\^[\w-]+[ \t]*$", re.M), ""),
    (re.compile(r"^(>\s*)\[!\w+\][+-]?[ \t]*", re.M), r"\1"),
)
_TAG = re.compile(r"<[^<>]*>")
#: A footnote, `[^1]: …`, with its continuation lines, and its mark in the text.
_NOTE = re.compile(
    r"^\[\^([^\[\]\s]{1,100})\]:[ \t]*(.*(?:\n(?!\[\^)[ \t]*\S.*|\n[ \t]*\n(?:[ ]{2,}|\t)[ \t]*\S.*)*)", re.M
)
_MARK = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
#: Private-use characters that surround the number of a footnote while the text is parsed.
_OPENED, _CLOSED, _BEGUN = "\ue000", "\ue001", "\ue002"
_PLACED = re.compile(f"{_OPENED}(\\d+){_CLOSED}")


def read_markdown(document: str, url: str | None = None) -> Article:
    """Read a note: the front matter becomes metadata, and each paragraph, heading or item a block.

    Raises:
        EmptyArticleError: There is no text below the front matter.
        UnsupportedSourceError: It is too long for an article.
    """
    body, fields = _front_matter(INLINED.sub("inlined", document.replace("\r\n", "\n").replace("\x00", "")))
    if len(body) > LONGEST or body.count("\n") > MOST_LINES:
        raise UnsupportedSourceError(
            url or document[:60], "The Markdown document is longer than any article; save the article alone."
        )
    for pattern, shown in _NOTES:
        body = pattern.sub(shown, body)
    body = _notes_placed(body)
    blocks = _after_pictures([_with_notes(block) for block in _blocks(_parser(body).parse(body))])
    if not blocks:
        raise EmptyArticleError(url or document[:60], "There is no text in the Markdown document.")
    return _article(blocks, fields, url)


def _notes_placed(body: str) -> str:
    """Return the text with its footnotes as paragraphs, and numbers in place of their marks.

    Each footnote's paragraph begins with its number.
    """
    if "[^" not in body:
        return body
    body = re.sub(f"[{_OPENED}-{_BEGUN}]", "", body)
    numbers: dict[str, int] = {}

    def note(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[1], len(numbers) + 1)
        return f"\n\n{_BEGUN}{_OPENED}{number}{_CLOSED}{' '.join(_MARK.sub('', found[2]).split())}\n\n"

    body = _NOTE.sub(note, body)
    return _MARK.sub(lambda mark: f"{_OPENED}{numbers[mark[1]]}{_CLOSED}" if mark[1] in numbers else "", body)


def _with_notes(block: Block) -> Block:
    """Return the block without the numbers of footnotes: a mark becomes a span, a footnote is marked as one."""
    if _OPENED not in block.text:
        return block
    is_note = block.text.startswith(_BEGUN)
    text, spans, at = "", [], 0
    for mark in _PLACED.finditer(block.text):
        text += block.text[at : mark.start()]
        spans.append(TextSpan(len(text), len(text), SpanKind.NOTE, mark[1]))
        at = mark.end()
    text = (text + block.text[at:]).removeprefix(_BEGUN)
    if not is_note:
        return replace(block, text=text, spans=tuple(spans))
    evidence = Evidence(path=(f"li#{spans[0].value}",), marks={"footnote": 1.0})
    return replace(block, text=text, evidence=evidence)


def _parser(body: str) -> MarkdownIt:
    """Return the Markdown parser.

    Without links if there are too many open brackets, for which it takes quadratic time.
    """
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return parser.disable(["link", "image"]) if body.count("[") - body.count("]") > MOST_OPEN else parser


def _article(blocks: tuple[Block, ...], fields: Mapping[str, Any], url: str | None) -> Article:
    """Return an article of blocks and of the fields of the front matter."""
    first = blocks[0]
    heading = first.text if first.kind is BlockKind.HEADING and first.level == 1 else ""
    return Article(
        title=_text(fields.get("title")) or heading,
        dek=_text(fields.get("dek")),
        authors=people(_texts(fields.get("authors"))),
        published=_date(fields.get("published")),
        modified=_date(fields.get("modified")),
        site=_text(fields.get("site")),
        url=url or next((text for text in _texts(fields.get("url")) if text.startswith("http")), ""),
        language=choose_language(tag_of(_text(fields.get("language"))), "\n".join(block.text for block in blocks)),
        image=_text(fields.get("image")),
        blocks=blocks,
        format="markdown",
        tags=tuple(tag.lstrip("#") for tag in _texts(fields.get("tags"))),
    )


def _front_matter(document: str) -> tuple[str, dict[str, Any]]:
    """Return the text below the front matter, and the front matter's fields; none if it is broken."""
    document = document.removeprefix("\ufeff")
    for pattern, load in ((_YAML, _parse_yaml), (_TOML, parse_toml)):
        if found := pattern.match(document):
            try:
                raw = load(found[1][:LONGEST_FRONT])
            except (yaml.YAMLError, ValueError, RecursionError):
                raw = {}
            return document[found.end() :], _fields(raw)
    return document, {}


class _Loader(yaml.SafeLoader):
    """A YAML loader that keeps values as text, except dates and null.

    YAML 1.1 reads "1:20:30" as 4830, "Yes" as true and "1.10" as 1.1, and takes hours for a number of ten thousand
    parts.
    """

    def written(self, node: yaml.ScalarNode) -> str:
        """Return a value as it is written."""
        return str(self.construct_scalar(node))

    def day(self, node: yaml.ScalarNode) -> date | str:
        """Return a date or time; an invalid one as it is written."""
        try:
            found: date = self.construct_yaml_timestamp(node)
        except (ValueError, OverflowError):
            return self.written(node)
        return found


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in _READ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _tag in ("int", "float", "bool"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _Loader.written)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.day)


def _parse_yaml(text: str) -> Any:
    """Return the parsed YAML."""
    return yaml.load(text, _Loader)


def _fields(raw: Any) -> dict[str, Any]:
    """Return the values of the known fields by audiogen's names."""
    if not isinstance(raw, dict):
        return {}
    given = {str(name).strip().lower(): value for name, value in raw.items() if value not in (None, "", [])}
    return {ours: given[theirs[0]] for ours, names in _FIELDS.items() if (theirs := [n for n in names if n in given])}


def _texts(value: Any) -> list[str]:
    """Return a field's values as a list of texts, without the brackets of note programs' links."""
    values = value if isinstance(value, list) else [value]
    texts = (_flat(one).replace("[[", "").replace("]]", "") for one in values[:MOST_VALUES])
    return [" ".join(text.split()) for text in texts if text.strip()]


def _flat(value: Any) -> str:
    """Return one value as text: of an object its name, of a list with one item (YAML's `[[Ana]]`) the item.

    Nested values are never written out, because YAML's aliases let a few lines stand for more items than fit in memory.
    """
    for _ in range(2):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
        return ""
    return str(value) if isinstance(value, (str, int, float, date)) else ""


def _text(value: Any) -> str:
    """Return the first value of a field as text, or ""."""
    return next(iter(_texts(value)), "")


def _date(value: Any) -> datetime | date | None:
    """Return a field's value as a date; None if it is none."""
    return value if isinstance(value, date) else find_date(_text(value))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield a block for each token with text, by the lists and quotes around it."""
    around: list[str] = []
    level = 0
    cells: list[str] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open", "table_open"):
            around.append(token.type)
        elif token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close", "table_close"):
            around.pop()
            if token.type == "table_close":
                yield Block(" | ".join(cells), BlockKind.TABLE)
                cells = []
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline" and "table_open" in around:
            cells.append(_shown(token))
        elif token.type == "inline":
            yield _inline(token, around, level)
            level = 0
        elif token.type in ("fence", "code_block"):
            yield Block(" ".join(token.content.split()), BlockKind.CODE)
        elif token.type == "html_block":
            yield Block(" ".join(unescape(_TAG.sub(" ", token.content)).split()), BlockKind.EMBED)


def _after_pictures(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with text, marked if they follow a picture."""
    kept: list[Block] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        pictured = before is not None and not before.text and before.evidence and before.evidence.marks.get("picture")
        if block.text and pictured and block.evidence:
            evidence = replace(block.evidence, marks={**block.evidence.marks, "after picture": 1.0})
            kept.append(replace(block, evidence=evidence))
        elif block.text:
            kept.append(block)
    return tuple(kept)


def _inline(token: Token, around: Sequence[str], level: int) -> Block:
    """Return a block of an inline token: a heading, a list item, a quote or a paragraph."""
    lists = sum(name.endswith("list_open") for name in around)
    children = token.children or []
    text = _shown(token)
    marks = {
        "picture": float(any(child.type == "image" for child in children)),
        "italic": _share(children, "em", text),
    }
    evidence = Evidence(link_density=_share(children, "link", text), marks=marks)
    if level:
        return Block(text, BlockKind.HEADING, level, evidence=evidence)
    if lists:
        return Block(text, BlockKind.LIST_ITEM, lists, evidence=evidence)
    kind = BlockKind.QUOTE if "blockquote_open" in around else BlockKind.PARAGRAPH
    return Block(text, kind, evidence=evidence)


def _shown(token: Token) -> str:
    """Return the visible text of *token*, with the text of links and without pictures."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _share(children: Sequence[Token], mark: str, text: str) -> float:
    """Return the share of *text* that is inside links, or in italics, by *mark* ("link" or "em")."""
    inside, length = 0, 0
    for child in children:
        inside += child.type == f"{mark}_open"
        inside -= child.type == f"{mark}_close"
        if inside and child.type in ("text", "code_inline"):
            length += len(child.content)
    return min(1.0, length / max(1, len(text)))
