"""The app without a script: forms, pages, and hostile titles in each of them."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.server.jobs import Job, State
from audiogen.server.web.pages import messages, static_files
from tests.batch.pile import page
from tests.podcast.libraries import shelve
from tests.server.conftest import Served, held, make_library, serving, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover='alert(3)"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    for slug in ("river", "lake"):
        shelve(library, slug, title=f"{slug} {HOSTILE}")
    with serving(library) as made:
        yield made


def token(text: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', text)
    assert found
    return found[1]


def test_an_article_is_added_by_a_form_and_seen_on_its_way(app: Served) -> None:
    with app.client as client:
        csrf = token(client.get("/app/add").text)
        files = {"file": ("page.html", page(1), "text/html")}
        added = client.post("/app/add", data={"csrf": csrf, "text": ""}, files=files)
        assert added.status_code == 303
        assert added.headers["location"].startswith("/app/jobs#job-")
        identifier = added.headers["location"].rpartition("-")[2]
        assert f'id="job-{identifier}"' in client.get("/app/jobs").text
        wait_for(lambda: "House 1 and its neighbours" in client.get(f"/app/jobs/{identifier}").text)


def test_what_was_refused_is_narrated_anyway_and_what_failed_tried_again_by_its_buttons(app: Served) -> None:
    ended = [
        Job(
            "",
            "Ice",
            "ice",
            state=State.REFUSED,
            error="NotAnArticleError",
            message="It is a listing.",
            document="a/b.html",
        ),
        Job(
            "",
            "Snow",
            "snow",
            state=State.FAILED,
            error="CrashError",
            message="It died.",
            document="a/c.html",
            finished=time.time(),
        ),
    ]
    ice, snow = (app.service.queue.add(job).id for job in ended)
    with app.client as client, held(app.service.queue, "ice"), held(app.service.queue, "snow"):
        text = client.get("/app/jobs").text
        assert "It is a listing." in text
        csrf = token(text)
        for identifier, action in ((ice, "force"), (snow, "retry")):
            assert f'action="/app/jobs/{identifier}/{action}"' in text
            answer = client.post(f"/app/jobs/{identifier}/{action}", data={"csrf": csrf})
            assert answer.headers["location"] == f"/app/jobs#job-{identifier}"
            job = app.service.queue.find(identifier)
            assert job is not None
            assert (job.state, bool(job.force)) == (State.QUEUED, action == "force")
            assert client.post(f"/app/jobs/{identifier}/{action}", data={"csrf": csrf}).status_code == 409
            assert client.post(f"/app/jobs/{identifier}/cancel", data={"csrf": csrf}).status_code == 303
            job = app.service.queue.find(identifier)
            assert job is not None
            assert job.state is State.CANCELLED
        assert client.post(f"/app/jobs/{ice}/sing", data={"csrf": csrf}).status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [({}, 403), ({"csrf": "wrong", "text": "https://ledger.example/x"}, 403)],
)
def test_a_form_that_is_not_ours_does_nothing(app: Served, form: dict[str, str], status: int) -> None:
    before = app.service.queue.last_change()
    with app.client as client:
        assert client.post("/app/add", data=form).status_code == status
        assert client.post("/app/episodes/river/remove", data=form).status_code == status
        assert client.post("/app/queue/river", data={**form, "place": "0"}).status_code == status
        bare: dict[str, Any] = {"content": b"<p>spam", "headers": {"content-type": "text/html"}}
        assert client.post("/app/add", **bare).status_code == 403
    assert app.service.queue.last_change() == before
    assert app.service.catalog.contents().by_slug["river"].state == "to listen"


def test_what_is_shared_only_fills_in_the_form(app: Served) -> None:
    with app.client as client:
        before = app.service.queue.last_change()
        text = client.get("/app/add", params={"text": "Look: https://ledger.example/ferry", "url": ""}).text
        assert '<textarea name="text" rows="5">https://ledger.example/ferry</textarea>' in text
        hostile = client.get("/app/add", params={"text": f"</textarea>{HOSTILE}"}).text
        assert "<script>alert" not in hostile
        assert app.service.queue.last_change() == before


@pytest.mark.parametrize(
    "path", ["/app/queue", "/app/jobs", "/app/episodes", "/app/episodes/river", "/app/add?said=added"]
)
def test_a_hostile_title_is_a_title_on_every_page(app: Served, path: str) -> None:
    with app.client as client:
        client.post("/api/articles", params={"title": HOSTILE}, json={"url": "http://127.0.0.1:9/x"})
        answer = client.get(path)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert not re.search(r"<(script|style)[^>]*>\s*[^<\s]", answer.text), "nothing inline"
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!127\.0\.0\.1)""", answer.text), "nothing from elsewhere"


def test_an_episode_is_moved_marked_removed_and_restored_by_its_buttons(app: Served) -> None:
    with app.client as client:
        csrf = token(client.get("/app/queue").text)

        def press(path: str, **more: Any) -> str:
            answer = client.post(path, data={"csrf": csrf, **more}, follow_redirects=True)
            assert answer.status_code == 200
            return answer.text

        press("/app/queue/lake", place="0")
        assert app.service.catalog.contents().queue[0] == "lake"
        assert messages()["listened"] in press("/app/episodes/lake/listened")
        assert "lake" not in app.service.catalog.contents().queue
        assert messages()["removed"] in press("/app/episodes/lake/remove")
        assert messages()["restored"] in press("/app/episodes/lake/restore")
        assert client.post("/app/episodes/none/listened", data={"csrf": csrf}).status_code == 404
        assert client.post("/app/episodes/river/explode", data={"csrf": csrf}).status_code == 404
        assert client.post("/app/queue/river", data={"csrf": csrf, "place": "-1"}).status_code == 422


def test_the_first_password_is_set_in_the_app_and_asked_for_from_then_on(tmp_path_factory: Any) -> None:
    library = make_library(tmp_path_factory.mktemp("first") / "library")
    with serving(library) as served, served.client as client:
        csrf = token(client.get("/app/first").text)
        wrong = {"csrf": csrf, "user": "mira", "password": "correct horse", "again": "correct house"}
        assert client.post("/app/first", data=wrong).status_code == 422
        short = {"csrf": csrf, "user": "mira", "password": "horse", "again": "horse"}
        assert client.post("/app/first", data=short).status_code == 422
        right = {**wrong, "again": "correct horse"}
        assert client.post("/app/first", data=right).headers["location"] == "/app/add?said=first"
        assert messages()["first"] in client.get("/app/add?said=first").text
        client.cookies.clear()
        assert client.get("/app/add").headers["location"] == "/app/login?next=/app/add"
        assert client.post("/app/first", data=right).headers["location"] == "/app/login"


def test_what_pages_load_is_kept_by_browsers_until_it_changes(app: Served) -> None:
    with app.client as client:
        text = client.get("/app/add").text
        for address in re.findall(r'(?:src|href)="(/app/static/[^"]+)"', text):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]
        assert client.get("/app/static/app.css").headers["cache-control"] == "no-cache"
        assert client.get("/app/static/..%2fpages.py").status_code == 404
        assert client.get("/app/static/none.js").status_code == 404
    assert {"app.css", "app.js", "icon.svg"} <= static_files().keys()
