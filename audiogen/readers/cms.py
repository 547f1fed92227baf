"""Reads articles as JSON, as content management systems export them, in three forms.

- audiogen's own: `article.schema.json`, described in docs/cms.md. Unknown keys are errors.
- schema.org: an object, or one in a `@graph`, with an article's `@type` and an `articleBody`.
- WordPress's REST post: `title.rendered`, `content.rendered`, with author and terms if `_embed` was requested.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.language.detection import choose_language
from audiogen.model import Article, Block, BlockKind
from audiogen.readers.dates import find_date
from audiogen.readers.encoding import decode
from audiogen.readers.jsonld import ARTICLE_TYPES, type_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Thing = dict[str, Any]

#: Keys of audiogen's form and the types of their values, as in `article.schema.json`.
KEYS: dict[str, tuple[type, ...]] = {
    "$schema": (str,), "title": (str,), "dek": (str,), "html": (str,), "text": (str,), "blocks": (list,),
    "authors": (str, list), "published": (str,), "modified": (str,), "url": (str,), "site": (str,), "language": (str,),
    "id": (str, int), "tags": (list,), "image": (str,),
}  # fmt: skip
BODIES = ("html", "text", "blocks")
#: Keys under which systems wrap a list of articles.
WRAPPERS = ("articles", "posts", "items", "entries", "data")
_NAMES = {str: "a text", int: "a number", list: "a list", dict: "an object", bool: "true or false", float: "a number"}
_BLOCK_KEYS: dict[str, tuple[type, ...]] = {"text": (str,), "kind": (str,), "level": (int,), "language": (str,)}
_DOCS = "docs/cms.md lists the forms that are read"


def read_json(data: bytes, url: str | None = None) -> Article:
    """Read one article as JSON.

    Raises:
        UnsupportedSourceError: It is broken, of no known form, or holds several articles; or a key or value is wrong.
        EmptyArticleError: There is no text in it.
    """
    things = _things(_parsed(data))
    if len(things) > 1:
        raise _refused(f"holds {len(things)} articles; audiogen batch makes an episode of each")
    if not things:
        raise EmptyArticleError("the JSON", "There is no article in the JSON.")
    thing = things[0]
    read = next((read for fits, read in FORMS if fits(thing)), None)
    if read is None:
        raise _refused(f"is of no form that audiogen knows; {_DOCS}")
    article = read(thing, url)
    if not article.blocks:
        raise EmptyArticleError(article.title or "the JSON", "There is no text in the article.")
    return article


def _parsed(data: bytes) -> Any:
    """Return the parsed JSON; UnsupportedSourceError if it is invalid."""
    try:
        return json.loads(decode(data))
    except RecursionError:
        raise _refused("has more brackets in one another than any article") from None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise _refused("is a list of documents, one a line; write the articles as an array") from error
        reason = f"{error.msg}, at line {error.lineno}, column {error.colno}"
        raise _refused(f"is broken ({reason}); export it again, or check it in an editor") from error
    except ValueError:
        # Python reads no number of more than 4,300 digits.
        raise _refused("has a number that is longer than any article's") from None


def _refused(reason: str) -> UnsupportedSourceError:
    """Return an error with *reason*, which begins with a verb."""
    return UnsupportedSourceError("the JSON", f"The JSON {reason}.")


def _things(data: Any) -> list[Thing]:
    """Return the articles in the JSON, also from a wrapper; other data is returned as a single item."""
    if isinstance(data, dict):
        graph = data.get("@graph")
        if isinstance(graph, list):
            found = [thing for thing in graph if isinstance(thing, dict) and is_schema_org(thing)]
            return found[:1] or [data]
        wrapped = next((data[key] for key in WRAPPERS if isinstance(data.get(key), list)), None)
        if wrapped is None or any(key in data for key in BODIES):
            return [data]
        data = wrapped
    if isinstance(data, list) and all(isinstance(thing, dict) for thing in data):
        return data
    raise _refused(f"is of no form that audiogen knows; {_DOCS}")


def is_ours(thing: Thing) -> bool:
    """Return whether an object is in audiogen's form."""
    return any(key in thing for key in BODIES) and sum(key in KEYS for key in thing) > 1


def is_schema_org(thing: Thing) -> bool:
    """Return whether an object is an article of schema.org with its body."""
    return ARTICLE_TYPES.search(type_of(thing)) is not None and isinstance(thing.get("articleBody"), str)


def is_wordpress(thing: Thing) -> bool:
    """Return whether an object is a post of WordPress's REST API."""
    return all(isinstance(thing.get(key), dict) and "rendered" in thing[key] for key in ("title", "content"))


def _read_ours(thing: Thing, url: str | None) -> Article:
    """Read an article in audiogen's own JSON form."""
    _check(thing, KEYS, "")
    bodies = [key for key in BODIES if key in thing]
    if len(bodies) > 1:
        raise _refused(f"has both {bodies[0]!r} and {bodies[1]!r}; an article has one body")
    authors = [thing["authors"]] if isinstance(thing.get("authors"), str) else thing.get("authors", [])
    known = Article(
        title=thing.get("title", "").strip(),
        dek=thing.get("dek", "").strip(),
        authors=tuple(_texts(authors, "authors")),
        published=_day(thing, "published"),
        modified=_day(thing, "modified"),
        site=thing.get("site", ""),
        url=url or thing.get("url", ""),
        language=thing.get("language", ""),
        image=thing.get("image", ""),
        tags=tuple(_texts(thing.get("tags", []), "tags")),
        external_id=str(thing.get("id", "")),
    )
    if "html" in thing:
        return _with_body(known, thing["html"])
    blocks = _lines(thing["text"]) if "text" in thing else _blocks(thing["blocks"])
    language = choose_language(known.language, "\n".join(block.text for block in blocks))
    return replace(known, blocks=blocks, language=language, format="json")


def _check(thing: Thing, keys: dict[str, tuple[type, ...]], prefix: str) -> None:
    """Check the keys of an object and the types of their values; *prefix* is the object's path, for the message.

    Raises:
        UnsupportedSourceError: A key is unknown, or a value has the wrong type.
    """
    for key, value in thing.items():
        if key not in keys:
            raise _refused(f"has a key {prefix + key!r} that audiogen does not know; {_DOCS}")
        if not isinstance(value, keys[key]) or isinstance(value, bool):
            wanted = " or ".join(_NAMES[kind] for kind in keys[key])
            raise _refused(f"has {_named(value)} under {prefix + key!r}, where {wanted} should be")


def _named(value: object) -> str:
    """Return the JSON name of a value's type, with its article, for messages."""
    return _NAMES.get(type(value), "nothing")


def _texts(values: list[Any], key: str) -> list[str]:
    """Return the strings under *key*, stripped, without empty ones; UnsupportedSourceError if one is not a string."""
    for index, value in enumerate(values):
        if not isinstance(value, str):
            raise _refused(f"has {_named(value)} under '{key}[{index}]', where a text should be")
    return [value.strip() for value in values if value.strip()]


def _day(thing: Thing, key: str) -> Any:
    """Return the date under *key*; UnsupportedSourceError if it is not a date."""
    value = thing.get(key, "")
    day = find_date(value) if value else None
    if value and day is None:
        raise _refused(f"has {value[:40]!r} under {key!r}, where a date (RFC 3339) should be")
    return day


def _lines(text: str) -> tuple[Block, ...]:
    """Return a block for each line of a text."""
    return tuple(Block(" ".join(line.split())) for line in text.splitlines() if line.strip())


def _blocks(values: list[Any]) -> tuple[Block, ...]:
    """Read the list of blocks of an article in audiogen's form."""
    blocks = []
    for index, value in enumerate(values):
        thing = {"text": value} if isinstance(value, str) else value
        if not isinstance(thing, dict):
            raise _refused(f"has {_named(value)} under 'blocks[{index}]', where a text or an object should be")
        _check(thing, _BLOCK_KEYS, f"blocks[{index}].")
        if "text" not in thing:
            raise _refused(f"has no text in 'blocks[{index}]'")
        kind, kinds = thing.get("kind", "paragraph"), [kind.value for kind in BlockKind]
        if kind not in kinds:
            raise _refused(f"has {kind!r} under 'blocks[{index}].kind', where one of {', '.join(kinds)} should be")
        text = " ".join(thing["text"].split())
        blocks.append(Block(text, BlockKind(kind), thing.get("level", 0), thing.get("language")))
    return tuple(block for block in blocks if block.text)


def _with_body(known: Article, body: str) -> Article:
    """Return the article *known* with the blocks of its HTML *body*; the system's metadata takes precedence."""
    from audiogen.readers.html import read_html

    heading = f"<h1>{escape(known.title)}</h1>" if known.title and "<h1" not in body[:2000].lower() else ""
    language = f' lang="{escape(known.language)}"' if known.language else ""
    page = f"<!doctype html><html{language}><head><title>{escape(known.title)}</title></head>"
    read = read_html(f"{page}<body><article>{heading}{body}</article></body></html>", known.url or None)
    return replace(
        read,
        title=known.title or read.title,
        dek=known.dek or read.dek,
        authors=known.authors or read.authors,
        published=known.published or read.published,
        modified=known.modified or read.modified,
        site=known.site or read.site,
        url=known.url or read.url,
        language=known.language or read.language,
        image=known.image or read.image,
        tags=known.tags or read.tags,
        external_id=known.external_id,
    )


def _read_schema_org(thing: Thing, url: str | None) -> Article:
    """Read a schema.org article as an HTML page with this JSON-LD, because the HTML reader knows all its keys."""
    from audiogen.readers.html import read_html

    body = thing["articleBody"]
    if "</p>" not in body.lower():
        body = "".join(f"<p>{escape(line.strip())}</p>" for line in body.splitlines() if line.strip())
    title = str(thing.get("headline") or thing.get("name") or "")
    metadata = json.dumps(thing).replace("<", "\\u003c")
    head = f'<title>{escape(title)}</title><script type="application/ld+json">{metadata}</script>'
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    page = f"<!doctype html><html><head>{head}</head><body><article>{heading}{body}</article></body></html>"
    article = read_html(page, url or _text(thing.get("url")) or _text(thing.get("mainEntityOfPage")) or None)
    identifier = thing.get("identifier") or thing.get("@id") or ""
    return replace(article, external_id=_text(identifier.get("value") if isinstance(identifier, dict) else identifier))


def _read_wordpress(thing: Thing, url: str | None) -> Article:
    """Read a post of WordPress's REST API."""
    content, embedded = thing["content"], thing.get("_embedded")
    embedded = embedded if isinstance(embedded, dict) else {}
    if content.get("protected") is True:
        raise _refused("is a post that is protected by a password")
    terms = [term for group in _list(embedded.get("wp:term")) for term in _list(group) if isinstance(term, dict)]
    media = next((one for one in _list(embedded.get("wp:featuredmedia")) if isinstance(one, dict)), {})
    known = Article(
        title=_plain(thing["title"]["rendered"]),
        authors=tuple(
            _text(one["name"]) for one in _list(embedded.get("author")) if isinstance(one, dict) and one.get("name")
        ),
        published=find_date(_gmt(thing, "date")),
        modified=find_date(_gmt(thing, "modified")),
        url=url or _text(thing.get("link")),
        image=_text(media.get("source_url")),
        tags=tuple(dict.fromkeys(_plain(term["name"]) for term in terms if term.get("name"))),
        external_id=_text((thing.get("guid") or {}).get("rendered")) or _text(thing.get("id")),
    )
    return _with_body(known, _text(content["rendered"]))


def _gmt(thing: Thing, key: str) -> str:
    """Return a date of WordPress with its zone; WordPress omits the zone in its fields for GMT."""
    moment = _text(thing.get(f"{key}_gmt"))
    return f"{moment}Z" if moment and not moment.endswith("Z") else moment or _text(thing.get(key))


def _plain(markup: object) -> str:
    """Return the text of a piece of HTML."""
    from lxml import html

    text = _text(markup)
    return " ".join("".join(map(str, html.fromstring(f"<p>{text}</p>").itertext())).split()) if text.strip() else ""


def _text(value: object) -> str:
    """Return a string or number as text; "" for other values."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _list(value: object) -> list[Any]:
    """Return *value* if it is a list, otherwise an empty list."""
    return value if isinstance(value, list) else []


#: For each form, the function that recognises it and the one that reads it, in the order in which they are tried.
FORMS: tuple[tuple[Callable[[Thing], bool], Callable[[Thing, str | None], Article]], ...] = (
    (is_wordpress, _read_wordpress),
    (is_schema_org, _read_schema_org),
    (is_ours, _read_ours),
)
