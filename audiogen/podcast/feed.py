"""Builds the RSS 2.0 feed by the rules of Apple, PSP-1 and the Podcast Index.

It uses the iTunes and Podcasting 2.0 namespaces. The same library gives the same bytes: the order of elements is fixed,
and dates come from the episodes and not from the clock. Sources: podcasters.apple.com/support/823,
github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification, podcastindex.org/namespace/1.0, RFC 5005.
"""

from __future__ import annotations

import base64
from copy import deepcopy
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from lxml.etree import Element as new_element
from lxml.etree import SubElement, indent, tostring

from audiogen import __version__
from audiogen.podcast.phrases import phrases
from audiogen.podcast.show import DESCRIPTION_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from lxml.etree import _Element as Element

    from audiogen.podcast.entries import Entry, Sound
    from audiogen.podcast.paging import FeedPage
    from audiogen.podcast.show import Channel

    #: An element of an item: its tag, its text, those of its attributes that are the episode's.
    _Row = tuple[str, str, dict[str, str]]

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
#: Apple requires exactly this line; lxml would write single quotes.
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = {"itunes": ITUNES, "podcast": PODCAST, "atom": ATOM, "fh": HISTORY}

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: Maximum length of a text in PSP-1, and of a person's name in the namespace.
_TEXT, _PERSON = 255, 128
#: Minimum number of chapters in a description that Apple shows.
_FEWEST_CHAPTERS = 3
#: Link relations of RFC 5005 in the order of the feed.
_RELATIONS = ("self", "first", "prev", "next", "last", "current", "prev-archive", "next-archive")

_AUTHOR, _DURATION, _IMAGE, _EPISODE_TYPE, _EXPLICIT = (
    f"{{{ITUNES}}}{name}" for name in ("author", "duration", "image", "episodeType", "explicit")
)
_TRANSCRIPT, _CHAPTERS, _WRITER, _TXT = (f"{{{PODCAST}}}{name}" for name in ("transcript", "chapters", "person", "txt"))
#: Attributes of an item's elements that are the same for all episodes.
_FIXED = {
    "guid": {"isPermaLink": "false"},
    _TRANSCRIPT: {"type": "text/vtt", "rel": "captions"},
    _CHAPTERS: {"type": "application/json+chapters"},
    _WRITER: {"group": "writing", "role": "author"},
    _TXT: {"purpose": "ai-content"},
}


def build_feed(channel: Channel, page: FeedPage, items: Mapping[str, str], *, label: str = "", guid: str = "") -> bytes:
    """Return a page of a feed.

    Args:
        channel: The show.
        page: Its episodes, and its position among the feed's pages.
        items: The results of `build_item` by slug.
        label: A label that is added to the show's title, for the feed of a site, tag or language.
        guid: The feed's `podcast:guid`.
    """
    root = new_element("rss", {"version": "2.0"}, nsmap=NAMESPACES)
    head = SubElement(root, "channel")
    _describe(head, channel, page, f"{channel.title}: {label}" if label else channel.title, guid)
    indent(root, " ")
    frame = tostring(root, encoding="unicode")
    end = frame.rindex(" </channel>")
    whole = "".join((DECLARATION, frame[:end], *(items[entry.slug] for entry in page.entries), frame[end:], "\n"))
    return whole.encode()


def _describe(head: Element, channel: Channel, page: FeedPage, title: str, guid: str) -> None:
    """Add the elements of the channel."""
    _add(head, "title", _cut(title, _TEXT))
    for relation in _RELATIONS:
        if relation in page.links:
            link = {"rel": relation, "href": channel.address(page.links[relation]), "type": "application/rss+xml"}
            _add(head, f"{{{ATOM}}}link", **link)
    if page.archive:
        _add(head, f"{{{HISTORY}}}archive")
    _add(head, "link", channel.link)
    _add(head, "description", _channel_description(channel, page.entries))
    _add(head, "language", channel.language.lower())
    if channel.copyright:
        _add(head, "copyright", _cut(channel.copyright, _TEXT))
    if page.entries:
        _add(head, "pubDate", _date(page.entries[0], channel.dates))
        _add(head, "lastBuildDate", _newest(page.entries))
    _add(head, "generator", f"audiogen {__version__}")
    _picture(head, channel, title)
    _itunes(head, channel)
    _podcasting(head, channel, guid)


def _channel_description(channel: Channel, entries: Sequence[Entry]) -> str:
    """Return the show's description and, as Apple asks of shows with AI voices, its newest episode's disclosure."""
    disclosed = _cut_bytes(entries[0].disclosure, 1000) if entries else ""
    room = DESCRIPTION_BYTES - len(disclosed.encode()) - 1
    return " ".join(filter(None, (_cut_bytes(channel.description, room), disclosed)))


def _newest(entries: Sequence[Entry]) -> str:
    """Return the date of the episode that was made last."""
    return _rfc_2822(max(entry.when("created") for entry in entries))


def _picture(head: Element, channel: Channel, title: str) -> None:
    """Add the channel's image."""
    image = _add(head, "image")
    _add(image, "url", channel.address(channel.cover))
    _add(image, "title", _cut(title, _TEXT))
    _add(image, "link", channel.link)


def _itunes(head: Element, channel: Channel) -> None:
    """Add the channel's elements of Apple's namespace."""
    category, subcategory = channel.category
    _add(head, f"{{{ITUNES}}}author", _cut(channel.author, _TEXT))
    if channel.email:
        owner = _add(head, f"{{{ITUNES}}}owner")
        _add(owner, f"{{{ITUNES}}}name", _cut(channel.author, _TEXT))
        _add(owner, f"{{{ITUNES}}}email", channel.email)
    _add(head, f"{{{ITUNES}}}image", href=channel.address(channel.cover))
    above = _add(head, f"{{{ITUNES}}}category", text=category)
    if subcategory:
        _add(above, f"{{{ITUNES}}}category", text=subcategory)
    _add(head, f"{{{ITUNES}}}explicit", "true" if channel.explicit else "false")
    _add(head, f"{{{ITUNES}}}type", "episodic")
    if channel.private:
        _add(head, f"{{{ITUNES}}}block", "Yes")


def _podcasting(head: Element, channel: Channel, guid: str) -> None:
    """Add the channel's elements of the Podcasting 2.0 namespace."""
    if guid:
        _add(head, f"{{{PODCAST}}}guid", guid)
    _add(head, f"{{{PODCAST}}}locked", "yes", **({"owner": channel.email} if channel.email else {}))
    _add(head, f"{{{PODCAST}}}medium", "podcast")
    if channel.private:
        _add(head, f"{{{PODCAST}}}block", "yes")
    if channel.license:
        _add(head, f"{{{PODCAST}}}license", _cut(channel.license.lower(), _PERSON))
    _add(head, f"{{{PODCAST}}}txt", "true", purpose="ai-content")


def build_item(channel: Channel, entry: Entry) -> str:
    """Return the `<item>` of an episode; it uses the namespaces that the root declares."""
    rows = [*_plain_rows(channel, entry), *_itunes_rows(channel, entry), *_podcast_rows(channel, entry)]
    root = deepcopy(_blank(tuple(row[0] for row in rows)))
    item = root[0]
    for element, (_, text, attributes) in zip(item, rows, strict=True):
        if text:
            element.text = text
        for name, value in attributes.items():
            element.set(name, value)
    if entry.others:
        for other in (entry.sound, *entry.others):
            _alternate(item, channel, other, main=other is entry.sound)
        indent(root, " ", level=1)
    written = tostring(root, encoding="unicode")
    return f"  {written[written.index('<item>') : -len('</rss>')].rstrip()}\n"


@lru_cache(maxsize=256)
def _blank(tags: tuple[str, ...]) -> Element:
    """Return an item with empty elements, to be copied, because creating elements is slow."""
    root = new_element("rss", nsmap=NAMESPACES)
    item = SubElement(root, "item")
    for tag in tags:
        SubElement(item, tag, _FIXED.get(tag, {}))
    indent(root, " ", level=1)
    return root


def _plain_rows(channel: Channel, entry: Entry) -> Iterator[_Row]:
    """Yield the elements of RSS itself."""
    yield "title", _cut(entry.title, _TEXT), {}
    yield "link", channel.address(f"episodes/{entry.slug}.html"), {}
    yield "description", describe(entry), {}
    yield "guid", entry.guid, {}
    yield "pubDate", _date(entry, channel.dates), {}
    sound = entry.sound
    url = channel.address(f"episodes/{sound.file}")
    yield "enclosure", "", {"url": url, "length": str(sound.bytes), "type": sound.type}
    for tag in entry.tags:
        yield "category", _cut(tag, _TEXT), {}


def _itunes_rows(channel: Channel, entry: Entry) -> Iterator[_Row]:
    """Yield the elements of Apple's namespace."""
    if entry.authors or entry.site:
        yield _AUTHOR, _cut(", ".join(entry.authors) or entry.site, _TEXT), {}
    yield _DURATION, str(max(1, round(entry.duration))), {}
    card = channel.address(f"episodes/{entry.card}", entry.version) if entry.card else channel.address(channel.cover)
    yield _IMAGE, "", {"href": card}
    yield _EPISODE_TYPE, "full", {}
    yield _EXPLICIT, "true" if channel.explicit else "false", {}


def _podcast_rows(channel: Channel, entry: Entry) -> Iterator[_Row]:
    """Yield the elements of the Podcasting 2.0 namespace."""
    if entry.transcript:
        address = channel.address(f"episodes/{entry.transcript}", entry.version)
        yield _TRANSCRIPT, "", {"url": address, "language": entry.language}
    if entry.chapters_file:
        yield _CHAPTERS, "", {"url": channel.address(f"episodes/{entry.chapters_file}", entry.version)}
    for author in entry.authors:
        yield _WRITER, _cut(author, _PERSON), {}
    yield _TXT, "true", {}


def _alternate(item: Element, channel: Channel, sound: Sound, *, main: bool) -> None:
    """Add a format of the same recording, with its digest in the form of Subresource Integrity."""
    default = {"default": "true"} if main else {}
    other = _add(item, f"{{{PODCAST}}}alternateEnclosure", type=sound.type, length=str(sound.bytes), **default)
    _add(other, f"{{{PODCAST}}}source", uri=channel.address(f"episodes/{sound.file}"))
    if sound.sha256:
        digest = base64.b64encode(bytes.fromhex(sound.sha256)).decode()
        _add(other, f"{{{PODCAST}}}integrity", type="sri", value=f"sha256-{digest}")


def describe(entry: Entry) -> str:
    """Return an episode's show notes as HTML: summary, authors, source, disclosure and chapters.

    What exceeds Apple's 4000 bytes is omitted: the chapters first, then the end of the standfirst.
    """
    words = phrases(entry.language)
    by = " · ".join(filter(None, (", ".join(entry.authors[:10]), entry.site)))
    source = f'<a href="{escape(entry.url)}">{escape(words["original"])}</a>' if entry.url else ""
    parts = (_escaped(by, 700), source if len(source) < 1000 else "", _escaped(entry.disclosure, 1500))
    tail = "".join(f"<p>{part}</p>" for part in parts if part)
    dek = _escaped(entry.dek, DESCRIPTION_BYTES - len(tail.encode()) - len("<p></p>"))
    whole = f"<p>{dek}</p>{tail}" if dek else tail
    if len(entry.chapters) < _FEWEST_CHAPTERS:
        return whole
    marks = "".join(
        f"<p>{format_duration(start, always_hours=True)} {escape(title)}</p>" for start, title in entry.chapters
    )
    return whole + marks if len((whole + marks).encode()) <= DESCRIPTION_BYTES else whole


def _escaped(text: str, limit: int) -> str:
    """Return a text escaped for HTML, cut to at most *limit* bytes."""
    whole = escape(text)
    # Six bytes is the most that escaping makes of one.
    return whole if len(whole.encode()) <= limit else escape(_cut_bytes(text, limit // 6))


def format_duration(seconds: float, *, always_hours: bool = False) -> str:
    """Return a length or position as H:MM:SS or M:SS; with *always_hours* as HH:MM:SS.

    >>> format_duration(75.2), format_duration(3675), format_duration(75, always_hours=True)
    ('1:15', '1:01:15', '00:01:15')
    """
    whole = int(seconds)
    if always_hours:
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    short = f"{whole // 60 % 60}:{whole % 60:02}"
    return f"{whole // 3600}:{short:0>5}" if whole >= 3600 else short


def _date(entry: Entry, dates: str) -> str:
    """Return the episode's date for the feed."""
    return _rfc_2822(entry.when(dates))


def _rfc_2822(when: datetime) -> str:
    """Return a date in the format of RFC 2822; `email.utils` would take three times as long.

    >>> from datetime import datetime
    >>> _rfc_2822(datetime.fromisoformat("2026-11-20T08:00:00+02:00"))
    'Fri, 20 Nov 2026 08:00:00 +0200'
    """
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    zone = f"{when:%z}" if when.utcoffset() else "+0000"
    return f"{day}, {when.day:02} {month} {when.year:04} {when.hour:02}:{when.minute:02}:{when.second:02} {zone}"


def _add(above: Element, tag: str, content: str = "", **attributes: str) -> Element:
    """Add an element with text and attributes, and return it."""
    made = SubElement(above, tag, attributes)
    if content:
        made.text = content
    return made


def _cut(text: str, limit: int) -> str:
    """Return a text shortened to *limit* characters, at the end of a word if possible.

    >>> _cut("one two three", 9)
    'one two…'
    """
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    words, _, _ = head.rpartition(" ")
    return (words if len(words) > limit // 2 else head).rstrip() + "…"


def _cut_bytes(text: str, limit: int) -> str:
    """Return a text shortened to *limit* bytes of UTF-8."""
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: max(0, limit - 3)].decode(errors="ignore").rstrip() + "…"
