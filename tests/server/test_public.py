"""The server gives podcast apps what they ask of a host, and nobody anything but the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from starlette.testclient import TestClient

from audiogen.server.public import build_app, is_of_episode
from audiogen.settings import Settings, Show
from tests.podcast.checklist import faults
from tests.podcast.libraries import SOUND, files_of, settings, shelve

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    shelve(root, "river")
    (root / "audiogen.toml").write_text("[show]\n")
    (root / ".audiogen").mkdir()
    (root / ".audiogen" / "secret.json").write_text("{}")
    (tmp_path / "outside.mp3").write_bytes(b"outside")
    return root


@pytest.fixture
def client(root: Path) -> TestClient:
    return TestClient(build_app(root, settings()), base_url="http://192.168.1.20:8000")


def test_the_feed_is_made_for_the_address_it_is_asked_at(client: TestClient) -> None:
    feed = client.get("/feed.xml")
    assert feed.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert faults(feed.content) == []
    enclosure = etree.fromstring(feed.content).find("channel/item/enclosure")
    assert enclosure is not None
    address = enclosure.get("url", "")
    assert address == "http://192.168.1.20:8000/episodes/river.mp3"
    assert client.get(address).content == SOUND


def test_the_queue_is_shown_as_it_was_picked_last(client: TestClient, root: Path) -> None:
    assert [client.get(path).status_code for path in ("/queue.m3u8", "/feeds/queue.xml")] == [404, 404]
    shelve(root, "lake")
    (root / "queue.m3u8").write_text("#EXTM3U\nepisodes/lake.mp3\nepisodes/gone.mp3\nepisodes/river.v1.mp3\n")
    response = client.get("/queue.m3u8")
    assert response.headers["content-type"] == "audio/mpegurl; charset=utf-8"
    assert [line for line in response.text.splitlines() if line[0] != "#"] == [
        "episodes/lake.mp3",
        "episodes/river.mp3",
    ]
    feed = client.get("/feeds/queue.xml")
    assert faults(feed.content) == []
    addresses = [item.get("url") for item in etree.fromstring(feed.content).iter("enclosure")]
    assert addresses == [f"http://192.168.1.20:8000/episodes/{name}.mp3" for name in ("lake", "river")]


def test_looking_writes_nothing(client: TestClient, root: Path) -> None:
    before = files_of(root)
    for path in ("/", "/feed.xml", "/episodes/river.html", "/episodes/river.mp3"):
        assert client.get(path).status_code == 200
    assert files_of(root) == before


def test_a_library_without_settings_can_be_listened_to(root: Path) -> None:
    client = TestClient(build_app(root, Settings(show=Show())))
    assert faults(client.get("/feed.xml").content) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/episodes/river.html", "text/html; charset=utf-8"),
        ("/episodes/river.mp3", "audio/mpeg"),
        ("/episodes/river.vtt", "text/vtt; charset=utf-8"),
        ("/episodes/river.chapters.json", "application/json+chapters"),
        ("/episodes/river.json", "application/json"),
        ("/oembed/river.json", "application/json"),
        ("/assets/player.js", "text/javascript; charset=utf-8"),
        ("/assets/audiogen.css", "text/css; charset=utf-8"),
        ("/assets/cover-small.jpg", "image/jpeg"),
        ("/assets/feed-qr.svg", "image/svg+xml"),
    ],
)
def test_types_are_those_that_apps_expect_and_head_tells_the_same(client: TestClient, path: str, kind: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert whole.status_code == head.status_code == 200
    assert whole.headers["content-type"] == kind
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize(
    ("asked", "status", "content", "message"),
    [
        ("bytes=0-3", 206, SOUND[:4], "bytes 0-3/256"),
        ("bytes=250-", 206, SOUND[250:], "bytes 250-255/256"),
        ("bytes=-4", 206, SOUND[-4:], "bytes 252-255/256"),
        ("bytes=900-", 416, None, "bytes */256"),
    ],
)
def test_a_part_of_the_sound_can_be_asked_for(
    client: TestClient, asked: str, status: int, content: bytes | None, message: str
) -> None:
    answer = client.get("/episodes/river.mp3", headers={"Range": asked})
    assert answer.status_code == status
    assert answer.headers["content-range"].replace("bytes */", "*/") == message.replace("bytes */", "*/")
    assert content is None or answer.content == content


def test_the_sound_says_that_it_can_be_asked_in_parts(client: TestClient) -> None:
    assert client.head("/episodes/river.mp3").headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("path", ["/feed.xml", "/episodes/river.mp3", "/episodes/river.html"])
def test_what_is_known_already_is_not_sent_again(client: TestClient, path: str) -> None:
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_players_elsewhere_may_read_timed_text_and_nobody_frames_but_the_embed(client: TestClient) -> None:
    assert client.get("/episodes/river.vtt").headers["access-control-allow-origin"] == "*"
    policies = [
        client.get(f"/episodes/river{kind}").headers["content-security-policy"] for kind in (".html", ".embed.html")
    ]
    assert [policy.rpartition("; ")[2] for policy in policies] == ["frame-ancestors 'self'", "frame-ancestors *"]


@pytest.mark.parametrize(
    "path",
    [
        "/audiogen.toml",
        "/.audiogen/secret.json",
        "/episodes/",
        "/episodes",
        "/assets/",
        "/episodes/../audiogen.toml",
        "/episodes/%2e%2e/audiogen.toml",
        "/episodes/..%2f..%2foutside.mp3",
        "/episodes/..%5c..%5coutside.mp3",
        "/..%2foutside.mp3",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/episodes/river.mp3%00.html",
        "/episodes/.hidden.mp3",
        "/episodes/river.txt",
        "/episodes/none.mp3",
        "/episodes/none.html",
        "/oembed/none.json",
    ],
)
def test_nothing_but_the_library_is_shown(client: TestClient, root: Path, path: str) -> None:
    (root / "episodes" / ".hidden.mp3").write_bytes(b"hidden")
    (root / "episodes" / "river.txt").write_bytes(b"not ours")
    assert client.get(path).status_code == 404


def test_a_browser_with_an_old_link_is_led_to_the_list(client: TestClient) -> None:
    found = client.get("/episodes/none.html", headers={"Accept": "text/html,*/*"})
    assert (found.status_code, found.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<a href="http://192.168.1.20:8000/">All episodes</a>' in found.text
    assert "script" not in found.text
    assert client.get("/episodes/none.html").text == "Not found"


def test_a_link_that_leads_out_is_not_followed(root: Path) -> None:
    try:
        (root / "episodes" / "link.mp3").symlink_to(root.parent / "outside.mp3")
    except OSError:  # Windows asks for a privilege
        return
    assert not is_of_episode(root, "episodes/link.mp3")
    assert is_of_episode(root, "episodes/river.mp3")


@pytest.mark.parametrize(
    "host", ["evil.example/path", "a b", "<script>", "user@host", "", "localhost:99999", "[1.2.3.4]"]
)
def test_a_host_that_is_none_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/feed.xml", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(client: TestClient, method: str) -> None:
    assert client.request(method, "/feed.xml").status_code == 405


def test_a_new_episode_is_seen_at_once(client: TestClient, root: Path) -> None:
    assert client.get("/feed.xml").content.count(b"<item>") == 1
    shelve(root, "second")
    assert client.get("/feed.xml").content.count(b"<item>") == 2
    assert client.get("/episodes/second.html").status_code == 200


def test_a_page_finds_its_player_by_its_own_address(client: TestClient) -> None:
    url = "https://www.ledger.example/river/?utm_source=mail"
    answer = client.get("/embed", params={"url": url}, follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"] == "http://192.168.1.20:8000/episodes/river.embed.html"
    response = client.get("/embed.json", params={"url": url})
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.json()["player"] == answer.headers["location"]
    assert response.json()["data"]["@type"] == "AudioObject"


@pytest.mark.parametrize(
    "url", ["https://ledger.example/none", "https://ledger.example/", "", "javascript:1", "http://["]
)
def test_a_page_without_an_episode_gets_no_player(client: TestClient, url: str) -> None:
    assert client.get("/embed", params={"url": url}, follow_redirects=False).status_code == 404
    response = client.get("/embed.json", params={"url": url})
    assert (response.status_code, response.json()) == (200, {"player": None})


def test_the_script_for_a_whole_site_is_the_same_for_all(client: TestClient) -> None:
    script = client.get("/embed.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert client.get("/embed.js", headers={"If-None-Match": script.headers["etag"]}).status_code == 304


def test_behind_a_proxy_that_speaks_https_addresses_are_https(root: Path) -> None:
    client = TestClient(build_app(root, settings()), base_url="https://audio.example")
    assert "https://audio.example/episodes/river.mp3" in client.get("/feed.xml").text
