"""Plays are counted from what real clients fetch of a real server and what its players say, and nobody is kept."""

from __future__ import annotations

import json
import shutil
import socket
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.episodes import remove, withdraw
from audiogen.episodes.actions.plays import PARTS, plays_of
from audiogen.server.catalog import Catalog
from audiogen.server.plays import PlayCounter, Spans, is_crawler, tag_size
from tests.podcast.libraries import SOUND, shelve
from tests.server.conftest import Served, make_library, serving, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Every episode here is 492.4 seconds long, in 256 bytes: a minute is 31.2 of them.
APP, BROWSER = "PodcastAddict/v5 (+https://podcastaddict.example/; Android podcast app)", "Mozilla/5.0 Firefox/140.0"
#: One for all tests: making one costs more than what it asks.
CLIENT = httpx.Client(timeout=60)
_numbers = count()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    library = make_library(tmp_path_factory.mktemp("plays") / "library")
    for number in range(50):
        shelve(library, f"tide-{number}", title=f"Tide {number}")
    with serving(library) as made:
        yield made


@pytest.fixture
def slug() -> str:
    """An episode that no other test plays."""
    return f"tide-{next(_numbers)}"


def get(server: Served, slug: str, part: str = "", **headers: str) -> httpx.Response:
    known = {"user-agent": APP} | ({"range": f"bytes={part}"} if part else {})
    return CLIENT.get(f"{server.url}/episodes/{slug}.mp3", headers=known | headers)


def say(server: Served, slug: str, heard: Any, below: str = "", **headers: str) -> int:
    known = {"user-agent": BROWSER} | {name.replace("_", "-"): value for name, value in headers.items()}
    return CLIENT.post(f"{server.url}{below}/plays/{slug}", content=json.dumps(heard), headers=known).status_code


def plays_of_all(server: Served) -> float:
    """Plays that Prometheus reads."""
    lines = CLIENT.get(f"{server.url}/metrics").text.splitlines()
    [result] = [line.rpartition(" ")[2] for line in lines if line.startswith("audiogen_plays_total ")]
    return float(result)


def counted(server: Served, slug: str) -> dict[str, Any]:
    result: dict[str, Any] = CLIENT.get(f"{server.url}/api/episodes/{slug}").json()["plays"]
    return result


@pytest.mark.parametrize(
    ("parts", "plays", "completed"),
    [
        ([""], 1, 1),
        (["0-"], 1, 1),
        (["0-1", "0-30"], 0, 0),
        (["0-1", "0-31"], 1, 0),
        # Ranges that overlap, come again, or in another order are counted once.
        (["0-20", "10-30"], 0, 0),
        (["20-29", "0-25", "0-25"], 0, 0),
        (["240-255", "100-115"], 1, 0),
        (["128-255", "0-127"], 1, 1),
        (["300-"], 0, 0),
    ],
)
def test_an_app_has_played_what_it_fetched_a_minute_of(
    server: Served, parts: list[str], plays: int, completed: int
) -> None:
    slug = f"tide-{next(_numbers)}"
    for part in parts:
        get(server, slug, part)
    result = counted(server, slug)["apps"]
    assert (result["plays"], result["completed"]) == (plays, completed)
    assert max(result["parts"]) == plays


def test_where_listeners_leave_is_told_by_twentieths(server: Served, slug: str) -> None:
    get(server, slug, "0-127")
    get(server, slug, "", **{"user-agent": "AntennaPod/3.4"})
    assert counted(server, slug)["apps"]["parts"] == [2] * 10 + [1] * 10


def test_a_client_is_counted_once_a_day_and_programs_that_do_not_listen_never(server: Served, slug: str) -> None:
    for program in (APP, APP, "AntennaPod/3.4", "Googlebot/2.1", "curl/8.5", ""):
        get(server, slug, **{"user-agent": program})
    # Another address, as a proxy of this machine tells it.
    get(server, slug, **{"x-forwarded-for": "203.0.113.8"})
    CLIENT.head(f"{server.url}/episodes/{slug}.mp3", headers={"user-agent": "Overcast/3"})
    result = counted(server, slug)
    assert result["total"] == result["apps"]["plays"] == 3
    assert list(result["days"].values()) == [3]


def test_what_the_players_own_page_fetches_is_known_by_what_it_says_was_heard(server: Served, slug: str) -> None:
    page = f"{server.url}/episodes/{slug}.html"
    for headers in ({"sec-fetch-site": "same-origin"}, {"referer": page}):
        get(server, slug, **{"user-agent": BROWSER}, **headers)
    assert counted(server, slug)["total"] == 0
    # A browser that tells neither is an app until it says what was heard.
    get(server, slug, **{"user-agent": BROWSER})
    assert counted(server, slug)["apps"]["plays"] == 1
    server.service.counter.save()  # type: ignore[union-attr]
    before = plays_of_all(server)
    assert say(server, slug, [[0, 30], [100, 492.4]]) == 204
    assert say(server, slug, [[20, 60]]) == 204
    assert plays_of_all(server) == before >= 1, "it is a play still, of another kind"
    result = counted(server, slug)
    assert (result["apps"]["plays"], result["player"]["plays"], result["player"]["completed"]) == (0, 1, 1)
    assert result["player"]["parts"] == [1, 1, 0, 0] + [1] * 16
    assert result["days"] == {result["since"]: 1}


@pytest.mark.parametrize(
    ("heard", "plays", "completed"),
    [([[0, 2.9]], 0, 0), ([[0, 3]], 1, 0), ([[0, 443]], 1, 0), ([[0, 443.2]], 1, 1), ([[-5, 9e9]], 1, 1), ([], 0, 0)],
)
def test_a_player_has_played_what_was_heard_for_three_seconds(
    server: Served, slug: str, heard: list[list[float]], plays: int, completed: int
) -> None:
    assert say(server, slug, heard) == 204
    result = counted(server, slug)["player"]
    assert (result["plays"], result["completed"]) == (plays, completed)


def test_what_no_player_says_is_refused_and_counts_nothing(server: Served, slug: str) -> None:
    assert say(server, slug, [[0, 400]], sec_fetch_site="cross-site") == 403
    assert say(server, "none", [[0, 400]]) == 404
    assert say(server, slug, [[0, 400]] * 1000) == 413
    for wrong in ([[0]], {"a": 1}, "x", [["a", 1]], [[0, float("nan")]], 7):
        assert say(server, slug, wrong) == 422
    assert say(server, slug, [[0, 400]], user_agent="examplebot/1") == 204
    assert counted(server, slug)["total"] == 0


def test_drafts_and_removed_episodes_are_not_counted(server: Served, slug: str) -> None:
    other = f"tide-{next(_numbers)}"
    withdraw(server.service.home.root, slug)
    remove(server.service.home.root, other)
    for name in (slug, other):
        assert say(server, name, [[0, 400]]) == 404
        assert get(server, name).status_code == 404
    assert CLIENT.get(f"{server.url}/app/sound/{slug}", headers={"user-agent": BROWSER}).status_code == 200
    assert counted(server, slug)["total"] == 0


def test_the_apps_player_is_counted_too_and_strangers_are_not(server: Served, slug: str) -> None:
    result = CLIENT.post(f"{server.url}/app/plays/{slug}", content="[[0, 490]]", headers={"user-agent": BROWSER})
    assert result.status_code == 204
    assert server.stranger().post(f"/app/plays/{slug}", content="[[0, 490]]").status_code == 403
    assert counted(server, slug)["player"]["plays"] == 1
    page = CLIENT.get(f"{server.url}/app/episodes/{slug}").text
    assert "1 play<" in page
    assert "1 in the web player (1 heard to the end)" in page


def test_what_is_written_is_counts_alone_and_outlives_the_server_and_its_notes(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "quay")
    with serving(library) as server:
        get(server, "quay", **{"x-forwarded-for": "203.0.113.77"})
        say(server, "quay", [[0, 100]])
        assert not (library / "state" / "plays").exists()
        page = CLIENT.get(f"{server.url}/episodes/quay.html").text
        assert 'data-plays="../plays/quay"' in page
    written = (library / "state" / "plays" / "quay.json").read_text(encoding="utf-8")
    assert json.loads(written).keys() == {"apps", "player", "since", "days"}
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for result in (b"203.0.113", b"PodcastAddict", b"Firefox"):
        assert result not in everything
    shutil.rmtree(library / ".audiogen", ignore_errors=True)
    with serving(library) as server:
        assert counted(server, "quay")["total"] == 2
        # Who listened is forgotten with the server: the same client counts anew.
        get(server, "quay", **{"x-forwarded-for": "203.0.113.77"})
        assert counted(server, "quay")["apps"]["plays"] == 2


def test_a_new_day_counts_the_same_client_anew_under_a_new_key(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "quay")
    now = [datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)]
    counter = PlayCounter(Catalog(library), clock=lambda: now[0])
    keys = set()
    # The last of them is a clock that was set back.
    for step in (0, 1, 0, -2):
        now[0] += timedelta(seconds=step)
        for _ in range(2):
            counter.record_heard("203.0.113.9\nFirefox", "quay", [(0, 492.4)])
        keys.add(counter._days[-1].key)
    assert counter.total() == 3
    counter.save()
    played = plays_of(library, "quay")
    assert (played.total, played.days) == (3, {"2026-11-30": 2, "2026-12-01": 1})
    assert counter.total() == 3
    assert len(keys) == 3
    assert len(counter._days) == 1
    counter.save()
    assert plays_of(library, "quay") == played


def test_counts_that_cannot_be_read_are_left_as_they_are(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "quay")
    path = library / "state" / "plays" / "quay.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"apps": 7}', encoding="utf-8")
    counter = PlayCounter(Catalog(library))
    counter.record_heard("somebody", "quay", [(0, 100)])
    counter.save()
    assert path.read_text(encoding="utf-8") == '{"apps": 7}'
    path.unlink()
    counter.save()
    assert plays_of(library, "quay").total == 1


def test_two_servers_of_one_library_add_to_the_same_counts(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "quay")
    counters = [PlayCounter(Catalog(library)) for _ in range(2)]
    for counter in counters:
        counter.record_heard("somebody", "quay", [(0, 100)])
        counter.save()
        counter.record_heard("somebody", "quay", [(100, 492.4)])
    for counter in counters:
        counter.save()
    played = plays_of(library, "quay")
    assert (played.player.plays, played.player.completed) == (2, 2)
    assert counters[0].plays("quay") == played


def test_with_the_setting_off_nothing_is_counted(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    settings = library / "audiogen.toml"
    settings.write_text(settings.read_text().replace("[show]\n", "[show]\ncount_plays = false\n"))
    shelve(library, "quay")
    with serving(library) as server:
        assert get(server, "quay").content == SOUND
        assert say(server, "quay", [[0, 100]]) == 405
        assert "data-plays" not in CLIENT.get(f"{server.url}/episodes/quay.html").text
        assert counted(server, "quay") is None
        assert CLIENT.post(f"{server.url}/app/plays/quay", content="[[0, 100]]").status_code == 204
    assert not (library / "state" / "plays").exists()


def test_under_a_private_address_a_player_is_heard_there_alone(server: Served, slug: str) -> None:
    key = server.service.accounts.set_feed_key(private=True)
    try:
        assert say(server, slug, [[0, 100]]) == 404
        assert say(server, slug, [[0, 100]], "/k/wrong") == 404
        assert say(server, slug, [[0, 100]], f"/k/{key}") == 204
    finally:
        server.service.accounts.set_feed_key(private=False)
    assert counted(server, slug)["player"]["plays"] == 1


def test_what_a_client_that_goes_away_was_not_sent_is_not_counted(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "long")
    with (library / "episodes" / "long.mp3").open("wb") as file:
        file.truncate(64 << 20)
    with serving(library) as server:
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f"GET /episodes/long.mp3 HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {APP}\r\n\r\n".encode())
            left = 12 << 20
            while left > 0:
                left -= len(connection.recv(1 << 20))
        wait_for(lambda: counted(server, "long")["apps"]["plays"])
        result = counted(server, "long")["apps"]
        assert result["completed"] == result["parts"][-1] == 0
        assert result["parts"][0] == 1


def test_a_cover_before_the_sound_is_no_seconds_of_it() -> None:
    assert tag_size(b"ID3\x04\x00\x00\x00\x00\x01\x05") == 143
    assert tag_size(SOUND[:10]) == tag_size(b"ID3\x04") == tag_size(b"") == 0


@pytest.mark.parametrize(
    ("program", "crawls"),
    [
        ("Overcast/3.0 (+http://overcast.fm/; iOS podcast app)", False),
        ("AppleCoreMedia/1.0.0.22F76 (iPhone; U; CPU OS 18_5 like Mac OS X; en_us)", False),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
            False,
        ),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", True),
        ("python-requests/2.32", True),
        ("Wget/1.24", True),
        ("", True),
    ],
)
def test_crawlers_are_known_by_their_names(program: str, crawls: bool) -> None:
    assert is_crawler(program) is crawls


_SHARES = st.floats(-0.5, 1.5, allow_nan=False)


@given(st.lists(st.tuples(_SHARES, _SHARES), max_size=60))
def test_spans_are_apart_in_order_and_inside(pairs: list[tuple[float, float]]) -> None:
    spans = Spans()
    for start, end in pairs:
        spans.add(start, end)
    edges = [edge for span in spans.known for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= 1 for edge in edges)
    assert len(spans.known) <= 40
    assert len(spans.parts()) == PARTS
    again = Spans()
    for start, end in reversed(spans.known):
        again.add(start, end)
    assert asdict(again) == asdict(spans)
