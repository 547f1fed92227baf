"""The request guard refuses what a stranger would try."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.server.accounts import TOKEN_PREFIX, Scope
from audiogen.server.guard import COOKIE, Hosts, is_guarded
from audiogen.server.rates import RATES
from audiogen.server.webhooks import EVENTS
from tests.podcast.libraries import SOUND, shelve
from tests.server.conftest import Served, make_library, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "correct horse battery"
#: Everything that writes, or tells of what only the owner sees.
GUARDED = [
    ("GET", "/api/jobs"),
    ("GET", "/api/episodes"),
    ("GET", "/api/events"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/webhooks"),
    ("GET", "/api/tokens"),
    ("POST", "/api/articles"),
    ("POST", "/api/tokens"),
    ("POST", "/api/webhooks"),
    ("PATCH", "/api/episodes/river"),
    ("DELETE", "/api/episodes/river"),
    ("DELETE", "/api/jobs/x"),
    ("GET", "/metrics"),
]


@pytest.fixture(scope="module")
def open_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on which nobody has set a password."""
    library = make_library(tmp_path_factory.mktemp("open") / "library")
    shelve(library, "river")
    with serving(library) as made:
        yield made


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a user."""
    library = make_library(tmp_path_factory.mktemp("locked") / "library")
    shelve(library, "river")
    with serving(library) as made:
        made.service.accounts.set_password("mira", PASSWORD)
        yield made


def login(served: Served, client: Any, password: str = PASSWORD, user: str = "mira") -> Any:
    return client.post("/app/login", data={"user": user, "password": password, "next": "/app/jobs"})


# Without a password.


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_without_a_password_a_stranger_may_do_nothing_but_listen(open_: Served, method: str, path: str) -> None:
    assert open_.stranger().request(method, path).status_code == 401


def test_without_a_password_a_stranger_may_listen(open_: Served) -> None:
    stranger = open_.stranger()
    assert stranger.get("/episodes/river.mp3").content == SOUND
    assert b"<item>" in stranger.get("/feed.xml").content
    assert stranger.get("/app/add").status_code == 403
    assert stranger.get("/app/first").status_code == 403, "nobody else sets the first password"
    assert stranger.post(
        "/app/first", data={"user": "eve", "password": "12345678", "again": "12345678"}
    ).status_code in (
        403,
        303,
    )
    assert open_.service.accounts.users() == []


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "via", "forwarded"])
def test_what_a_proxy_passes_on_is_not_this_machine(open_: Served, header: str) -> None:
    near = open_.stranger("127.0.0.1", "127.0.0.1:8000")
    assert near.get("/api/jobs").status_code == 200
    assert near.get("/api/jobs", headers={header: "127.0.0.1"}).status_code == 401
    assert open_.stranger("127.0.0.1", "audio.example").get("/api/jobs").status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "a b", "", "x/y"])
def test_a_name_that_the_server_does_not_go_by_gets_400(open_: Served, host: str) -> None:
    """DNS rebinding: a page of evil.example asks what its own name server calls evil.example."""
    near = open_.stranger("127.0.0.1", "127.0.0.1")
    for path in ("/api/jobs", "/app/add", "/metrics"):
        assert near.get(path, headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "[::1]:8000", "192.168.1.20", "nas", "nas.local:8000", "audio.example", "pi.home.arpa"]
)
def test_local_names_and_those_that_were_allowed_are_known(host: str) -> None:
    assert Hosts(frozenset({"audio.example"})).knows(host)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_site_can_send_nothing_to_a_server_without_a_password(
    open_: Served, headers: dict[str, str]
) -> None:
    with open_.client as client:
        sent = client.post("/api/articles", content=b"<p>spam", headers={"content-type": "text/html", **headers})
    assert sent.status_code == 403
    assert open_.service.queue.listed() == []


def test_a_script_of_our_own_page_needs_the_token_against_forged_requests(open_: Served) -> None:
    with open_.client as client:
        page = client.get("/app/add").text
        token = re.search(r'name="csrf" value="(\w+)"', page)
        assert token
        result = {"origin": open_.url, "content-type": "application/json"}
        assert client.post("/api/webhooks", json={}, headers=result).status_code == 403
        sent = client.post("/api/webhooks", json={}, headers={**result, "x-csrf-token": token[1]})
        assert sent.status_code == 422, "it came through, and is judged by what it says"


# With a password.


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_with_a_password_this_machine_is_a_stranger_too(locked: Served, method: str, path: str) -> None:
    near = locked.stranger("127.0.0.1", "127.0.0.1")
    assert near.request(method, path).status_code == 401
    assert near.request(method, path, headers={"authorization": "Bearer wrong"}).status_code in (401, 429)


def test_logging_in_gives_a_cookie_that_no_script_reads_and_logging_out_ends_it(locked: Served) -> None:
    client = locked.stranger("203.0.113.20")
    assert client.get("/app/jobs").headers["location"] == "/app/login?next=/app/jobs"
    answer = login(locked, client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/jobs")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie, "a home network has no certificates"
    page = client.get("/app/jobs")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["content-security-policy"]
    token = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert token
    assert client.post("/app/logout", data={"csrf": "wrong"}).status_code == 403
    secret = client.cookies[COOKIE]
    assert client.post("/app/logout", data={"csrf": token[1]}).status_code == 303
    client.cookies.set(COOKIE, secret)
    assert client.get("/api/jobs").status_code == 401, "the session has ended, whoever kept the cookie"


def test_over_https_the_cookie_is_for_https_alone(locked: Served) -> None:
    client = locked.stranger("203.0.113.21")
    client.base_url = "https://audio.example"
    assert "secure" in login(locked, client).headers["set-cookie"].lower()


def test_a_session_changes_nothing_by_the_api_without_the_token_against_forged_requests(locked: Served) -> None:
    client = locked.stranger("203.0.113.22")
    login(locked, client)
    assert client.get("/api/jobs").status_code == 200
    assert client.post("/api/tokens", json={"name": "x", "scope": "add"}).status_code == 403
    token = re.search(r'name="csrf" value="(\w+)"', client.get("/app/add").text)
    assert token
    made = client.post("/api/tokens", json={"name": "x", "scope": "add"}, headers={"x-csrf-token": token[1]})
    assert made.status_code == 201


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_logging_in_leads_nowhere_else(locked: Served, target: str) -> None:
    client = locked.stranger("203.0.113.23")
    answer = client.post("/app/login", data={"user": "mira", "password": PASSWORD, "next": target})
    assert answer.headers["location"] == "/app/add"


def test_passwords_are_guessed_a_few_times_and_no_more(locked: Served) -> None:
    client = locked.stranger("198.51.100.7")
    tries = RATES["password"].tries
    answers = [login(locked, client, "wrong password").status_code for _ in range(tries + 1)]
    assert answers == [401] * tries + [429]
    last = login(locked, client)
    assert last.status_code == 429, "not even the right one, for now"
    assert int(last.headers["retry-after"]) > 0
    assert login(locked, locked.stranger("198.51.100.8")).status_code == 303, "others are not kept out"


def test_a_wrong_name_and_a_wrong_password_look_alike(locked: Served) -> None:
    answers = [
        login(locked, locked.stranger(f"198.51.100.{number}"), "wrong password", user).text
        for number, user in ((31, "mira"), (32, "nobody"))
    ]
    assert answers[0].replace("mira", "") == answers[1].replace("nobody", "")


def test_tokens_are_guessed_a_few_times_and_no_more(locked: Served) -> None:
    client = locked.stranger("198.51.100.40")
    tries = RATES["token"].tries
    response = [
        client.get("/api/jobs", headers={"authorization": f"Bearer {TOKEN_PREFIX}{number}"}).status_code
        for number in range(tries + 1)
    ]
    assert response == [401] * tries + [429]


@pytest.mark.parametrize(
    ("scope", "statuses"), [("read", [200, 403, 403]), ("add", [200, 422, 403]), ("admin", [200, 422, 422])]
)
def test_a_token_does_what_its_scope_says(locked: Served, scope: str, statuses: list[int]) -> None:
    with locked.program(scope) as client:
        asked = [client.get("/api/jobs"), client.post("/api/articles", json={}), client.post("/api/webhooks", json={})]
    assert [answer.status_code for answer in asked] == statuses


def test_a_token_that_was_revoked_is_no_token(locked: Served) -> None:
    with locked.program("admin") as client:
        [own] = [one for one in client.get("/api/tokens").json()["tokens"] if one["used"] is not None][-1:]
        assert client.delete(f"/api/tokens/{own['id']}").status_code == 204
        assert client.get("/api/tokens").status_code == 401


def test_scripts_of_other_sites_use_the_api_only_where_that_was_allowed(locked: Served) -> None:
    client = locked.stranger("203.0.113.60")
    asked = {"access-control-request-method": "POST"}
    allowed = client.options("/api/articles", headers={"origin": "https://cms.example", **asked})
    assert allowed.headers["access-control-allow-origin"] == "https://cms.example"
    assert "access-control-allow-credentials" not in allowed.headers
    foreign = client.options("/api/articles", headers={"origin": "https://evil.example", **asked})
    assert (foreign.status_code, "access-control-allow-origin" in foreign.headers) == (403, False)


def test_no_secret_is_on_disk_and_what_is_there_is_the_owners_alone(locked: Served) -> None:
    _, secret = locked.service.accounts.make_token("disk", "read")
    client = locked.stranger("203.0.113.61")
    login(locked, client)
    content = b"".join(path.read_bytes() for path in locked.service.folder.rglob("*") if path.is_file())
    for result in (secret, client.cookies[COOKIE], PASSWORD):
        assert result.encode() not in content
    assert b"$argon2id$" in content
    if os.name != "nt":
        files = list(locked.service.folder.glob("*.sqlite*"))
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert stat.S_IMODE(locked.service.folder.stat().st_mode) == 0o700


def test_nothing_of_the_servers_own_is_in_the_library(locked: Served) -> None:
    names = {path.name for path in locked.service.home.root.rglob("*") if path.is_file()}
    assert not {name for name in names if name.endswith(".sqlite") and name != "batch.sqlite"}
    for path in ("/state/log.jsonl", "/accounts.sqlite", "/jobs.sqlite", "/../state/accounts.sqlite"):
        assert locked.stranger().get(path).status_code == 404


# A private feed.


def test_a_private_feed_is_at_an_address_that_nobody_guesses(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "river")
    with serving(library) as served:
        key = served.service.accounts.set_feed_key(private=True)
        stranger = served.stranger()
        for path in ("/", "/feed.xml", "/episodes/river.mp3", "/episodes/river.html", "/k/wrong/feed.xml", "/k/", "/k"):
            assert stranger.get(path).status_code == 404
        feed = stranger.get(f"/k/{key}/feed.xml").text
        assert f"http://audio.local/k/{key}/episodes/river.mp3" in feed
        assert stranger.get(f"/k/{key}/episodes/river.mp3").content == SOUND
        assert stranger.get(f"/k/{key}/../../etc/passwd").status_code == 404
        response = served.client.get("/api/episodes/river").json()
        assert response["addresses"]["audio"] == f"{served.url}/k/{key}/episodes/river.mp3"
        second = served.service.accounts.set_feed_key(private=True)
        assert stranger.get(f"/k/{key}/feed.xml").status_code == 404, "the address before has ended"
        assert stranger.get(f"/k/{second}/feed.xml").status_code == 200
        served.service.accounts.set_feed_key(private=False)
        assert stranger.get("/feed.xml").status_code == 200


@pytest.mark.parametrize(
    ("path", "guarded"),
    [("/api", True), ("/api/jobs", True), ("/app/", True), ("/metrics", True), ("/apis", False), ("/feed.xml", False)],
)
def test_what_is_guarded(path: str, guarded: bool) -> None:
    assert is_guarded(path) is guarded


def test_scopes_include_those_before_them() -> None:
    assert Scope.ADMIN > Scope.ADD > Scope.READ > Scope.NOTHING
    assert len(EVENTS) == 4


def test_who_is_not_logged_in_can_send_little(locked: Served) -> None:
    answer = login(locked, locked.stranger(), "a" * 100_000)
    assert answer.status_code == 413
    assert "64 kB" in answer.text
