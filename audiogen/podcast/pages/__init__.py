"""The HTML pages: templates in this folder, filled from manifests. Pages load only the library's own files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache, partial
from ipaddress import ip_address
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from audiogen.disclosure import sentence_language
from audiogen.podcast.embed import HEIGHT, audio_object, snippet
from audiogen.podcast.feed import format_duration
from audiogen.podcast.phrases import direction, phrases
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2 import Environment
    from markupsafe import Markup

    from audiogen.podcast.entries import Entry
    from audiogen.podcast.show import Channel

#: Number of episodes on a page of the list.
PER_LIST = 100
#: Minimum length of a chapter in the list on an episode's page, in seconds.
SHORTEST_CHAPTER = 60.0
#: The content security policy: pages load only their own files, and no inline scripts run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
_FOLDER = Path(__file__).parent
#: Files that pages load, in `assets/`.
_ASSETS = ("audiogen.css", "shared.js", "player.js", "page.js", "icon.svg")
#: HTML elements of blocks by role.
_TAGS = {"heading": "h2", "quote": "blockquote"}
#: Languages without spaces between sentences.
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
#: Speeds of the player.
_RATES = ("0.75", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2")
#: Links that open a feed in an app: the app's name and the address with the feed's in it.
_APPS = (
    ("Apple Podcasts", "podcast://{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={quoted}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("AntennaPod", "antennapod-subscribe://{bare}"),
)
#: Apps whose servers fetch the feeds; they cannot reach an address of a home network.
_FETCHED_ELSEWHERE = frozenset({"Overcast", "Pocket Casts"})


@dataclass(frozen=True, slots=True)
class Masthead:
    """The facts of the show that every page needs."""

    channel: Channel
    #: Label and path of the feeds besides the main one.
    feeds: tuple[tuple[str, str], ...]
    #: Path of the QR code.
    qr: str
    #: Whether players report plays to the server of the page.
    counts_plays: bool = False


@dataclass(frozen=True, slots=True)
class SharedFiles:
    """The files that all pages load, by path, and their digest."""

    files: Mapping[str, bytes]
    digest: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the read-along text; times in seconds."""

    number: int
    text: str
    start: float
    end: float
    language: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or list item of the read-along text."""

    role: str
    tag: str
    sentences: tuple[Sentence, ...]


@cache
def shared_files() -> SharedFiles:
    """Return the shared files; the digest includes the templates, so that changed ones lead to new pages."""
    files = {f"assets/{name}": (_FOLDER / name).read_bytes() for name in _ASSETS}
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.iterdir()):
        if path.suffix in (".html", ".css", ".js", ".svg"):
            digest.update(path.read_bytes())
    digest.update((_FOLDER.parent / "phrases.toml").read_bytes())
    return SharedFiles(files, digest.hexdigest()[:8])


@cache
def _templates() -> Environment:
    """Return the Jinja environment of the pages."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {
        "policy": POLICY,
        "rates": _RATES,
        "format_duration": format_duration,
        "direction": direction,
        "picture": picture,
        "disclosure_language": lambda entry: sentence_language(entry.disclosure, entry.language),
    }
    templates.filters["json"] = _json
    return templates


def _json(value: object) -> Any:
    """Return JSON for a script element; it cannot end the element."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _fill(template: str, masthead: Masthead, language: str, root: str, **values: object) -> bytes:
    """Return a filled template.

    *root* is the relative path from the page to the library's root. The page's words are in *language* if there are
    phrases for it, otherwise in English.
    """
    page = _templates().get_template(template)
    filled = page.render(
        masthead=masthead,
        show=masthead.channel,
        phrases=phrases(language),
        root=root,
        version=shared_files().digest,
        **values,
    )
    return (filled + "\n").encode()


def episode_page(masthead: Masthead, entry: Entry, manifest: Mapping[str, Any]) -> bytes:
    """Return the page of an episode: the player, and the article to read along."""
    passages = read_along(manifest, entry.language)
    head = {role: list(found) for role, found in groupby(passages, key=lambda passage: passage.role)}
    return _fill(
        "episode.html",
        masthead,
        entry.language,
        "../",
        entry=entry,
        title=head.get("title", ()),
        dek=head.get("dek", ()),
        passages=[passage for passage in passages if passage.role not in ("title", "dek")],
        chapters=_anchored(entry, passages),
        spans=partial(_spans, entry.language),
        when=entry.when(),
        voice=manifest["voice"]["name"],
        data=audio_object(masthead.channel, entry, episode=True),
        snippet=snippet(masthead.channel, entry),
    )


def embed_page(masthead: Masthead, entry: Entry) -> bytes:
    """Return the page for a frame in an article: the player alone."""
    data = audio_object(masthead.channel, entry)
    return _fill("embed.html", masthead, entry.language, "../", entry=entry, data=data)


def oembed(channel: Channel, entry: Entry) -> bytes:
    """Return the oEmbed document of an episode (oembed.com, version 1.0)."""
    response = {
        "version": "1.0",
        "type": "rich",
        "title": entry.title,
        "author_name": ", ".join(entry.authors) or entry.site,
        "provider_name": channel.title,
        "provider_url": f"{channel.base}/",
        "cache_age": 86400,
        "width": 640,
        "height": HEIGHT,
        "html": snippet(channel, entry, data=False),
        "thumbnail_url": channel.address(picture(entry)),
        "thumbnail_width": 480,
        "thumbnail_height": 480,
    }
    return json.dumps(response, ensure_ascii=False, indent=1).encode() + b"\n"


def list_pages(masthead: Masthead, entries: Sequence[Entry]) -> Iterator[tuple[str, slice, Callable[[], bytes]]]:
    """Yield the pages of the list of episodes: path, slice of the entries, and a function that returns the page."""
    total = max(1, -(-len(entries) // PER_LIST))
    for number in range(total):
        part = slice(number * PER_LIST, (number + 1) * PER_LIST)
        yield _list_path(number), part, partial(_list_page, masthead, entries[part], number, total)


def _is_at_home(address: str) -> bool:
    """Return whether the host of an address is in a home network or this computer."""
    host = split_address(address).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".lan", ".home.arpa")) or "." not in host


def _list_page(masthead: Masthead, entries: Sequence[Entry], number: int, total: int) -> bytes:
    """Return a page of the list of episodes, as HTML."""
    channel = masthead.channel
    address = channel.address("feed.xml")
    bare, quoted = address.partition("://")[2], quote(address, safe="")
    return _fill(
        "list.html",
        masthead,
        channel.language,
        "",
        feed=address,
        apps=[
            (name, form.format(bare=bare, quoted=quoted))
            for name, form in _APPS
            if name not in _FETCHED_ELSEWHERE or not _is_at_home(address)
        ],
        entries=entries,
        newer=_list_path(number - 1) if number else "",
        older=_list_path(number + 1) if number + 1 < total else "",
        number=number,
        data=_series(channel),
    )


def _list_path(number: int) -> str:
    """Return the path of a page of the list."""
    return f"page-{number + 1}.html" if number else "index.html"


def _series(channel: Channel) -> dict[str, Any]:
    """Return the show as JSON-LD."""
    return {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": channel.title,
        "description": channel.description,
        "url": f"{channel.base}/",
        "webFeed": channel.address("feed.xml"),
        "image": channel.address(channel.cover),
        "inLanguage": channel.language,
        "author": {"@type": "Organization", "name": channel.author},
    }


def search_index(entries: Sequence[Entry]) -> bytes:
    """Return the index for the search in the list, as a script: a page opened from a disk cannot load JSON."""
    rows = [
        [
            entry.slug,
            entry.title,
            " · ".join(filter(None, (entry.site, ", ".join(entry.authors)))),
            f"{entry.when():%Y-%m-%d}",
            minutes(entry.duration),
            entry.language,
            direction(entry.language),
            entry.dek[:200],
            entry.sound.file,
            picture(entry),
            entry.guid,
        ]
        for entry in entries
    ]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    # Line separators end a line of an older JavaScript.
    return f"window.audiogenEpisodes={text};\n".replace("\u2028", " ").replace("\u2029", " ").encode()


def picture(entry: Entry) -> str:
    """Return the path of an episode's picture, relative to the library: the article's, or the show's."""
    return f"episodes/{entry.card}" if entry.card else "assets/cover-small.jpg"


def minutes(seconds: float) -> int:
    """Return a length rounded to minutes, at least 1."""
    return max(1, round(seconds / 60))


def read_along(manifest: Mapping[str, Any], language: str) -> list[Passage]:
    """Return a manifest's sentences, grouped in passages."""
    numbered = enumerate(manifest["script"])
    found = []
    for (_, role), lines in groupby(numbered, key=lambda pair: _passage(pair[1])):
        sentences = tuple(
            Sentence(number, line["written"], line["start"], line["end"], line.get("language") or language)
            for number, line in lines
        )
        found.append(Passage(role, _TAGS.get(role, "p"), sentences))
    return found


def _spans(language: str, passage: Passage) -> Markup:
    """Return a passage's sentences as HTML. A template would take three times as long."""
    from markupsafe import Markup, escape

    space = "" if language.partition("-")[0] in _UNSPACED else " "
    written = []
    for sentence in passage.sentences:
        foreign = sentence.language != language
        tongue = f' lang="{escape(sentence.language)}" dir="{direction(sentence.language)}"' if foreign else ""
        times = f'data-start="{float(sentence.start)}" data-end="{float(sentence.end)}"'
        written.append(f'<span class="s" id="s{sentence.number}" {times}{tongue}>{escape(sentence.text)}</span>')
    return Markup(space.join(written))


def _anchored(entry: Entry, passages: Sequence[Passage]) -> list[tuple[float, str, int]]:
    """Return start, title and number of the first sentence for each chapter, by which its link works without
    scripts.

    Chapters of less than a minute are omitted, and so is a single remaining one.
    """
    first = {passage.sentences[0].start: passage.sentences[0].number for passage in passages}
    ends = [start for start, _ in entry.chapters[1:]] + [entry.duration]
    long = [chapter for chapter, end in zip(entry.chapters, ends, strict=False) if end - chapter[0] >= SHORTEST_CHAPTER]
    return [(start, name, first.get(start, 0)) for start, name in long] if len(long) > 1 else []


def _passage(line: Mapping[str, Any]) -> tuple[int, str]:
    """Return the key by which sentences are grouped: block and role."""
    return line["block"], line["role"]
