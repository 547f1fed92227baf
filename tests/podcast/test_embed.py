"""What goes into a publisher's own page is valid, says what the audio is, and cannot act there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from audiogen.podcast.embed import HEIGHT, audio_object, duration, label, snippet
from audiogen.podcast.entries import Sound, read_index
from audiogen.podcast.show import channel_of
from tests.podcast.libraries import SHOW, shelve

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.podcast.entries import Entry

CHANNEL = channel_of(SHOW, cover="cover.jpg")
BASE = "https://audio.ledger.example/reach"


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    shelve(tmp_path, "dam")
    (entry,) = read_index(tmp_path).entries
    return entry


@pytest.mark.parametrize(
    ("seconds", "iso"),
    [
        (0, "PT0M1S"),
        (0.4, "PT0M1S"),
        (59.4, "PT0M59S"),
        (59.6, "PT1M0S"),
        (3599, "PT59M59S"),
        (3600, "PT1H0M0S"),
        (36_061, "PT10H1M1S"),
    ],
)
def test_a_length_is_written_as_iso_8601_has_it(seconds: float, iso: str) -> None:
    assert duration(seconds) == iso


@pytest.mark.parametrize(
    ("language", "seconds", "expected"),
    [
        ("en", 492, "Listen to this article · 8 min · This audio is created with AI assistance"),
        ("en", 20, "Listen to this article · 1 min · This audio is created with AI assistance"),
        ("xx", 492, "Listen to this article · 8 min · This audio is created with AI assistance"),
        ("de-AT", 240, "Artikel anhören · 4 Min. · This audio is created with AI assistance"),
        ("fr", 240, "Écouter cet article · 4 min · This audio is created with AI assistance"),
        ("uk", 240, "Слухати статтю · 4 хв · This audio is created with AI assistance"),
    ],
)
def test_the_label_says_what_it_is_how_long_and_how_it_came_about(
    entry: Entry, language: str, seconds: float, expected: str
) -> None:
    assert label(replace(entry, language=language, duration=seconds)) == expected


def test_the_frame_is_as_wide_as_its_place_and_loads_late(entry: Entry) -> None:
    frame = html.fragment_fromstring(snippet(CHANNEL, entry, data=False))
    assert frame.tag == "iframe"
    assert frame.get("src") == f"{BASE}/episodes/dam.embed.html"
    assert frame.get("width") == "100%"
    assert frame.get("height") == str(HEIGHT)
    assert frame.get("loading") == "lazy"
    assert frame.get("title") == label(entry)


def test_the_data_stand_after_the_frame_and_are_json(entry: Entry) -> None:
    frame, data = html.fragments_fromstring(snippet(CHANNEL, entry))
    assert frame.tag == "iframe"
    assert data.get("type") == "application/ld+json"
    assert json.loads(data.text or "") == audio_object(CHANNEL, entry)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", '" onload="alert(1)', "&quot;"])
def test_no_text_ends_the_element_it_stands_in(entry: Entry, text: str) -> None:
    made = html.fragments_fromstring(snippet(CHANNEL, replace(entry, title=text, disclosure=text)))
    assert [element.tag for element in made] == ["iframe", "script"]
    assert set(made[0].attrib) == {"src", "title", "width", "height", "loading", "allow", "style"}
    assert json.loads(made[1].text or "")["name"] == text


def test_the_audio_is_described_as_schema_org_does(entry: Entry) -> None:
    result = audio_object(CHANNEL, entry)
    assert result == {
        "@context": "https://schema.org",
        "@type": "AudioObject",
        "name": "The dam closes",
        "description": "This audio is created with AI assistance.",
        "contentUrl": f"{BASE}/episodes/dam.mp3",
        "encodingFormat": "audio/mpeg",
        "contentSize": "256",
        "duration": "PT8M12S",
        "inLanguage": "en",
        "uploadDate": "2026-10-01T08:00:00+00:00",
        "embedUrl": f"{BASE}/episodes/dam.embed.html",
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
        "isBasedOn": "https://ledger.example/dam",
        "caption": {
            "@type": "MediaObject",
            "contentUrl": f"{BASE}/episodes/dam.vtt",
            "encodingFormat": "text/vtt",
        },
    }


@pytest.mark.parametrize(
    ("changes", "absent"),
    [({"url": ""}, "isBasedOn"), ({"transcript": ""}, "caption")],
)
def test_what_there_is_not_is_not_told(entry: Entry, changes: dict[str, Any], absent: str) -> None:
    assert absent in audio_object(CHANNEL, entry)
    assert absent not in audio_object(CHANNEL, replace(entry, **changes))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("trainedAlgorithmicMedia", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
        ("algorithmicMedia", "https://schema.org/AlgorithmicMediaDigitalSource"),
        ("compositeSynthetic", "https://schema.org/CompositeSyntheticDigitalSource"),
        ("somethingNew", "http://cv.iptc.org/newscodes/digitalsourcetype/somethingNew"),
    ],
)
def test_the_source_has_schema_orgs_name_where_it_has_one(entry: Entry, source: str, message: str) -> None:
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{source}"
    assert audio_object(CHANNEL, replace(entry, source_type=address))["digitalSourceType"] == message


def test_an_episode_has_its_show_around_it(entry: Entry) -> None:
    result = audio_object(CHANNEL, entry, episode=True)
    assert result["@type"] == "PodcastEpisode"
    assert result["url"] == f"{BASE}/episodes/dam.html"
    assert result["datePublished"] == "2026-09-14T06:30:00+00:00"
    assert result["timeRequired"] == "PT8M12S"
    assert [person["name"] for person in result["author"]] == ["Ada Merrin", "Tomas Hale"]
    assert result["associatedMedia"]["@type"] == "AudioObject"
    assert "@context" not in result["associatedMedia"]
    assert result["partOfSeries"] == {
        "@type": "PodcastSeries",
        "name": "The Reach, Read Aloud",
        "url": f"{BASE}/",
        "webFeed": f"{BASE}/feed.xml",
    }


def test_an_episode_without_a_standfirst_is_described_by_its_disclosure(entry: Entry) -> None:
    assert audio_object(CHANNEL, entry, episode=True)["description"] == "A river town waits."
    assert audio_object(CHANNEL, replace(entry, dek=""), episode=True)["description"] == entry.disclosure


def test_a_new_reading_has_captions_of_a_new_address_and_a_new_file(entry: Entry) -> None:
    anew = replace(entry, version="2", sound=Sound("dam.v2.mp3", "audio/mpeg", 9))
    result = audio_object(CHANNEL, anew)
    assert result["contentUrl"] == f"{BASE}/episodes/dam.v2.mp3"
    assert result["caption"]["contentUrl"] == f"{BASE}/episodes/dam.vtt?v=2"
