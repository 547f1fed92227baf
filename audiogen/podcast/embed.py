"""Parts for a publisher's own page: the player in a frame, and structured data about the audio."""

from __future__ import annotations

import json
from html import escape
from importlib import resources
from typing import TYPE_CHECKING, Any

from audiogen.podcast.phrases import phrases

if TYPE_CHECKING:
    from audiogen.podcast.entries import Entry
    from audiogen.podcast.show import Channel

#: schema.org's names of the IPTC digital source types of synthetic voices.
_SOURCES = {
    "trainedAlgorithmicMedia": "TrainedAlgorithmicMediaDigitalSource",
    "algorithmicMedia": "AlgorithmicMediaDigitalSource",
    "compositeWithTrainedAlgorithmicMedia": "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "compositeSynthetic": "CompositeSyntheticDigitalSource",
}
#: Height of the player in a frame of a phone's width, in pixels.
HEIGHT = 210


def label(entry: Entry) -> str:
    """Return the player's title: "Listen to this article", the length, and the disclosure."""
    words = phrases(entry.language)
    length = words["minutes"].format(n=max(1, round(entry.duration / 60)))
    return " · ".join((words["listen"], length, entry.disclosure.rstrip(".")))


def snippet(channel: Channel, entry: Entry, *, data: bool = True) -> str:
    """Return the HTML to paste into an article: the frame, and with *data* the structured data."""
    address = escape(channel.address(f"episodes/{entry.slug}.embed.html"))
    frame = (
        f'<iframe src="{address}" title="{escape(label(entry))}" width="100%" height="{HEIGHT}" loading="lazy" '
        'allow="autoplay" style="border:0;display:block"></iframe>'
    )
    if not data:
        return frame
    metadata = json.dumps(audio_object(channel, entry), ensure_ascii=False).replace("<", "\\u003c")
    return f'{frame}\n<script type="application/ld+json">{metadata}</script>'


def embed_script() -> str:
    """Return the script for a publisher's pages: it shows the player of the page's episode, if there is one."""
    return resources.files("audiogen.podcast").joinpath("embed.js").read_text(encoding="utf-8")


def embed_data(channel: Channel, entry: Entry) -> dict[str, Any]:
    """Return the facts that the script needs: the player's address and labels."""
    return {
        "player": channel.address(f"episodes/{entry.slug}.embed.html"),
        "page": channel.address(f"episodes/{entry.slug}.html"),
        "title": entry.title,
        "label": label(entry),
        "duration": entry.duration,
        "height": HEIGHT,
        "data": audio_object(channel, entry),
    }


def audio_object(channel: Channel, entry: Entry, *, episode: bool = False) -> dict[str, Any]:
    """Return the audio as a schema.org object; with *episode*, inside an episode of the show."""
    sound: dict[str, Any] = {
        "@type": "AudioObject",
        "name": entry.title,
        "description": entry.disclosure,
        "contentUrl": channel.address(f"episodes/{entry.sound.file}"),
        "encodingFormat": entry.sound.type,
        "contentSize": str(entry.sound.bytes),
        "duration": duration(entry.duration),
        "inLanguage": entry.language,
        "uploadDate": entry.when("created").isoformat(),
        "embedUrl": channel.address(f"episodes/{entry.slug}.embed.html"),
        "digitalSourceType": _source(entry.source_type),
    }
    if entry.url:
        sound["isBasedOn"] = entry.url
    if entry.transcript:
        captions = channel.address(f"episodes/{entry.transcript}", entry.version)
        sound["caption"] = {"@type": "MediaObject", "contentUrl": captions, "encodingFormat": "text/vtt"}
    if not episode:
        return {"@context": "https://schema.org", **sound}
    return {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": entry.title,
        "description": entry.dek or entry.disclosure,
        "url": channel.address(f"episodes/{entry.slug}.html"),
        "datePublished": entry.when(channel.dates).isoformat(),
        "inLanguage": entry.language,
        "timeRequired": duration(entry.duration),
        "author": [{"@type": "Person", "name": name} for name in entry.authors],
        "associatedMedia": sound,
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": channel.title,
            "url": f"{channel.base}/",
            "webFeed": channel.address("feed.xml"),
        },
    }


def _source(address: str) -> str:
    """Return the schema.org address of a digital source type."""
    name = address.rpartition("/")[2]
    return f"https://schema.org/{_SOURCES[name]}" if name in _SOURCES else address


def duration(seconds: float) -> str:
    """Return a length in the format of ISO 8601.

    >>> duration(492), duration(3700)
    ('PT8M12S', 'PT1H1M40S')
    """
    whole = max(1, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"PT{f'{hours}H' if hours else ''}{rest // 60}M{rest % 60}S"
