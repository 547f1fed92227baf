"""What Apple, PSP-1 and the Podcast Index require of a feed, as a list of faults: our own reading of their rules.

Apple: podcasters.apple.com/support/823 and 896. PSP-1: the Podcast Standards Project. Podcasting 2.0:
podcastindex.org/namespace/1.0. It is written from the rules, not from the code that writes feeds.
"""

from __future__ import annotations

import re
import tomllib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from importlib import resources

from lxml import etree

NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
_CATEGORIES = tomllib.loads(resources.files("audiogen.podcast").joinpath("categories.toml").read_text("utf-8"))
_PERSON_ROLES = {("writing", "author"), ("cast", "host"), ("cast", "narrator")}
#: Elements that may be there once at most.
_SINGLE = {
    "channel": "title link description language copyright pubDate lastBuildDate itunes:image itunes:explicit "
    "itunes:type itunes:author itunes:owner podcast:guid podcast:locked podcast:medium podcast:license",
    "item": "title link description guid pubDate enclosure itunes:duration itunes:image itunes:explicit "
    "itunes:episodeType podcast:chapters",
}
Element = etree._Element


def faults(feed: bytes) -> list[str]:
    """List what is wrong with a feed; nothing where it keeps every rule."""
    if not feed.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<rss '):
        return ["the declaration is not the one that Apple asks for"]
    root = etree.fromstring(feed)
    channel = root.find("channel")
    if channel is None or root.get("version") != "2.0":
        return ["it is not RSS 2.0"]
    items = channel.findall("item")
    found = [*_wrong("channel", channel, _CHANNEL), *_single("channel", channel), *_texts(channel)]
    for number, item in enumerate(items):
        found += [*_wrong(f"item {number}", item, _ITEM), *_single("item", item), *_texts(item)]
    return [*found, *_repeated(items)]


def _text(element: Element, path: str) -> str:
    return element.findtext(path, "", NS)


def _attribute(element: Element, path: str, name: str) -> str:
    found = element.find(path, NS)
    return found.get(name, "") if found is not None else ""


def _is_address(text: str) -> bool:
    return text.isascii() and bool(re.fullmatch(r"https?://[^\s<>\"]+", text))


def _is_description(text: str) -> bool:
    return 0 < len(text.encode()) <= 4000 and text == text.strip()


def _is_title(text: str) -> bool:
    return 0 < len(text) <= 255 and text == text.strip()


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", text) and parsedate_to_datetime(text))


def _is_category(channel: Element) -> bool:
    above = channel.find("itunes:category", NS)
    if above is None or above.get("text") not in _CATEGORIES:
        return False
    below = above.find("itunes:category", NS)
    return below is None or below.get("text") in _CATEGORIES[above.get("text", "")]


def _is_uuid(text: str) -> bool:
    return str(uuid.UUID(text)) == text


def _is_whole_enclosure(item: Element) -> bool:
    enclosure = item.find("enclosure")
    if enclosure is None or set(enclosure.attrib) != {"url", "length", "type"}:
        return False
    good_type = enclosure.get("type") in ("audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg")
    return _is_address(enclosure.get("url", "")) and int(enclosure.get("length", "0")) > 0 and good_type


def _is_guid(item: Element) -> bool:
    text = _text(item, "guid")
    permalink = _attribute(item, "guid", "isPermaLink") == "false"
    return permalink and text.startswith("urn:uuid:") and _is_uuid(text.removeprefix("urn:uuid:"))


def _are_links(parent: Element, path: str, types: set[str]) -> bool:
    return all(_is_address(link.get("url", "")) and link.get("type") in types for link in parent.findall(path, NS))


def _are_people(item: Element) -> bool:
    return all(
        0 < len(person.text or "") <= 128 and (person.get("group"), person.get("role")) in _PERSON_ROLES
        for person in item.findall("podcast:person", NS)
    )


def _are_alternates(item: Element) -> bool:
    for other in item.findall("podcast:alternateEnclosure", NS):
        source = _attribute(other, "podcast:source", "uri")
        digest = _attribute(other, "podcast:integrity", "value")
        if not (other.get("type") and _is_address(source) and re.match(r"^(sha(256|384|512)-|$)", digest)):
            return False
    return True


def _discloses(element: Element) -> bool:
    result = [text.text for text in element.findall("podcast:txt", NS) if text.get("purpose") == "ai-content"]
    return result in (["true"], ["false"])


Rules = dict[str, Callable[[Element], bool]]

_CHANNEL: Rules = {
    "title": lambda it: _is_title(_text(it, "title")),
    "link": lambda it: _is_address(_text(it, "link")),
    "description": lambda it: _is_description(_text(it, "description")),
    "language": lambda it: bool(re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", _text(it, "language"))),
    "atom:link self": lambda it: _is_address(_attribute(it, "atom:link[@rel='self']", "href")),
    "atom:link type": lambda it: all(link.get("type") == "application/rss+xml" for link in it.findall("atom:link", NS)),
    "itunes:image": lambda it: bool(re.search(r"\.(jpg|png)$", _attribute(it, "itunes:image", "href"))),
    "itunes:category": _is_category,
    "itunes:explicit": lambda it: _text(it, "itunes:explicit") in ("true", "false"),
    "itunes:type": lambda it: _text(it, "itunes:type") in ("episodic", "serial"),
    "itunes:author": lambda it: _is_title(_text(it, "itunes:author")),
    "podcast:guid": lambda it: _is_uuid(_text(it, "podcast:guid")),
    "podcast:locked": lambda it: _text(it, "podcast:locked") in ("yes", "no"),
    "podcast:medium": lambda it: _text(it, "podcast:medium") == "podcast",
    "podcast:license": lambda it: _text(it, "podcast:license").islower() or not _text(it, "podcast:license"),
    "podcast:txt": _discloses,
    "lastBuildDate": lambda it: not it.findall("item") or _is_date(_text(it, "lastBuildDate")),
}

_ITEM: Rules = {
    "title": lambda it: _is_title(_text(it, "title")),
    "link": lambda it: _is_address(_text(it, "link")),
    "description": lambda it: _is_description(_text(it, "description")),
    "enclosure": _is_whole_enclosure,
    "guid": _is_guid,
    "pubDate": lambda it: _is_date(_text(it, "pubDate")),
    "itunes:duration": lambda it: _text(it, "itunes:duration").isdigit(),
    "itunes:image": lambda it: _is_address(_attribute(it, "itunes:image", "href")),
    "itunes:explicit": lambda it: _text(it, "itunes:explicit") in ("true", "false"),
    "itunes:episodeType": lambda it: _text(it, "itunes:episodeType") in ("full", "trailer", "bonus"),
    "podcast:transcript": lambda it: _are_links(it, "podcast:transcript", {"text/vtt"}),
    "podcast:chapters": lambda it: _are_links(it, "podcast:chapters", {"application/json+chapters"}),
    "podcast:person": _are_people,
    "podcast:alternateEnclosure": _are_alternates,
    "podcast:txt": _discloses,
}


def _wrong(name: str, element: Element, rules: Rules) -> Iterator[str]:
    for rule, holds in rules.items():
        if not holds(element):
            yield f"{name}: {rule}"


def _single(kind: str, element: Element) -> Iterator[str]:
    for path in _SINGLE[kind].split():
        if len(element.findall(path, NS)) > 1:
            yield f"{kind}: {path} is there more than once"


def _texts(element: Element) -> Iterator[str]:
    """Say which texts carry what reorders, hides or breaks other text."""
    for child in element:
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", child.text or ""):
            yield f"{child.tag}: control characters"


def _repeated(items: list[Element]) -> Iterator[str]:
    for path, values in {
        "guid": [_text(item, "guid") for item in items],
        "enclosure": [_attribute(item, "enclosure", "url") for item in items],
    }.items():
        yield from (f"{path} {value} is there {n} times" for value, n in Counter(values).items() if n > 1)
