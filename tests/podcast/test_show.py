"""What directories require of a show is required here, and the key that lacks is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audiogen.errors import SettingsError
from audiogen.podcast.show import categories, channel_of, check_setting, show_guid
from tests.podcast.libraries import SHOW


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("title", "", "is missing"),
        ("title", " \x00 ", "is missing"),
        ("title", "x" * 256, "longer than 255"),
        ("description", "", "is missing"),
        ("description", "ж" * 2001, "longer than 4000"),
        ("base_url", "", "is missing"),
        ("base_url", "audio.example", "begins with https://"),
        ("base_url", "ftp://audio.example", "begins with https://"),
        ("base_url", "https://", "begins with https://"),
        ("base_url", "https://бібліотека.example", "ASCII"),
        ("base_url", "https://audio.example/?a=b", "must be"),
        ("link", "javascript:alert(1)", "must be an address"),
        ("email", "nobody", "must be an e-mail"),
        ("language", "English", "language tag"),
        ("category", "news", "did you mean 'News'"),
        ("category", "News > Weather", "no category of Apple's"),
        ("category", "Xyzzy", "it takes one of Arts, Business"),
        ("guid", "12", "must be a UUID"),
    ],
)
def test_a_wrong_key_is_named(key: str, value: str, says: str) -> None:
    changed: dict[str, Any] = {key: value}
    with pytest.raises(SettingsError, match=f"show.{key}") as caught:
        channel_of(replace(SHOW, **changed), cover="cover.jpg")
    assert caught.value.subject == f"show.{key}"
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base_url", "http://localhost:8000"),
        ("category", "TV & Film > After Shows"),
        ("language", "pt-BR"),
        ("guid", ""),
    ],
)
def test_a_good_value_is_taken(key: str, value: str) -> None:
    assert check_setting(key, value) == ""


def test_what_is_not_told_follows_from_what_is() -> None:
    channel = channel_of(replace(SHOW, author="", link="", base_url="https://audio.example/show//"), cover="c.jpg")
    assert channel.author == SHOW.title
    assert channel.link == "https://audio.example/show/"
    assert channel.address("episodes/ä b.mp3", "2") == "https://audio.example/show/episodes/%C3%A4%20b.mp3?v=2"


def test_the_guid_is_that_of_the_specification() -> None:
    """Both are in the text of podcastindex.org/namespace/1.0."""
    assert show_guid("https://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert show_guid("http://podnews.net/rss/") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_apple_has_nineteen_categories() -> None:
    assert len(categories()) == 19
    assert all(len(set(names)) == len(names) for names in categories().values())
