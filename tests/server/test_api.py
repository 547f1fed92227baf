"""The API as a program uses it: send, watch, correct, change, remove; against a real server with real workers."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.server.api import OPERATIONS
from audiogen.server.jobs import Limits
from tests.batch.pile import page, paragraphs
from tests.server.conftest import Served, finished, make_library, serving, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    import httpx


def cms(number: int, **more: Any) -> dict[str, Any]:
    return {
        "title": f"Story {number} of the harbour",
        "html": "".join(f"<p>{text}</p>" for text in paragraphs(number)),
        "url": f"https://post.example/stories/{number}",
        "language": "en",
        "id": number,
        **more,
    }


def send(client: httpx.Client, **request: Any) -> dict[str, Any]:
    answer = client.post("/api/articles", **request)
    assert answer.status_code == 202, answer.text
    [job] = answer.json()["jobs"]
    assert isinstance(job, dict)
    return job


def test_a_cms_pushes_corrects_and_retracts_a_story(served: Served) -> None:
    with served.client as client:
        answer = client.post("/api/articles", json=cms(1))
        assert answer.json()["feed"] == f"{served.url}/feed.xml"
        [job] = answer.json()["jobs"]
        assert job["embed"] == f"{served.url}/embed?url=https%3A%2F%2Fpost.example%2Fstories%2F1"
        assert client.get(job["embed"]).status_code == 404, "there is no player yet"
        done = finished(client, job)
        assert (done["state"], done["outcome"], done["by"]) == ("done", "new", "this machine")
        episode = done["episode"]
        assert client.get(episode["addresses"]["audio"]).headers["content-type"] == "audio/mpeg"
        assert client.get(job["embed"], follow_redirects=True).url == episode["addresses"]["player"]
        assert client.post("/api/articles", json=cms(1)).json()["jobs"][0]["id"] == job["id"], "idempotent"
        corrected = send(client, json=cms(1, title="Story 1, corrected"))
        assert corrected["priority"] == "correction"
        again = finished(client, corrected)
        assert (again["outcome"], again["episode"]["guid"]) == ("changed", episode["guid"])
        assert again["episode"]["title"] == "Story 1, corrected"
        assert client.delete(episode["addresses"]["self"]).json()["state"] == "removed"
        assert client.get(job["embed"]).status_code == 404
        assert "Story 1" not in client.get("/feed.xml").text
        refused = finished(client, send(client, json=cms(1, title="Story 1, once more")))
        assert (refused["state"], refused["error"]["kind"]) == ("refused", "RemovedError")
        assert refused["episode"]["state"] == "removed"
        restored = client.post(f"{episode['addresses']['self']}/restore").json()
        assert restored["state"] == "to listen"


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        ({"content": page(11).encode(), "headers": {"content-type": "text/html"}}, "House 11 and its neighbours"),
        (
            {
                "content": ("A plain text\n\n" + "\n\n".join(paragraphs(12))).encode(),
                "headers": {"content-type": "text/plain; charset=utf-8"},
                "params": {"title": "Only where the text has none"},
            },
            "A plain text",
        ),
        (
            {"files": [("file", ("saved.html", page(13).encode(), "text/html"))], "data": {"tags": "sea, ice"}},
            "House 13 and its neighbours",
        ),
        ({"data": {"html": page(14)}}, "House 14 and its neighbours"),
    ],
    ids=["html", "text", "multipart", "form"],
)
def test_articles_come_in_many_forms(served: Served, request_: dict[str, Any], title: str) -> None:
    with served.client as client:
        done = finished(client, send(client, **request_))
    assert (done["state"], done["message"], done["episode"]["title"]) == ("done", None, title)
    assert done["episode"]["tags"] == (["sea", "ice"] if "files" in request_ else [])


def test_tokens_in_addresses_are_not_shown_and_other_values_are(served: Served) -> None:
    address = "https://ledger.example/x?id=7&token=4f3a91c27bd0"
    with served.client as client:
        [job] = client.post("/api/articles", json={"url": address}).json()["jobs"]
        hook = client.post("/api/webhooks", json={"url": address}).json()
        told = (job["url"], job["name"], hook["url"], client.get("/api/webhooks").json()["webhooks"][0]["url"])
        assert told == ("https://ledger.example/x?id=7",) * 4
        assert "4f3a91c27bd0" not in client.get("/api/jobs").text


def test_a_list_of_articles_becomes_a_job_for_each(served: Served) -> None:
    with served.client as client:
        jobs = client.post("/api/articles", json=[cms(21), cms(22)]).json()["jobs"]
        assert [job["priority"] for job in jobs] == ["pile", "pile"]
        assert [finished(client, job)["state"] for job in jobs] == ["done", "done"]


@pytest.mark.parametrize(
    ("request_", "status", "message"),
    [
        ({"json": {"url": "ftp://ledger.example/x"}}, 422, "no address"),
        ({"json": {"url": "https://mira:secret@ledger.example/x"}}, 422, "names no user"),
        ({"json": {"url": "https://ledger.example/x", "rate": 9}}, 422, "words a minute"),
        ({"json": {"url": "https://ledger.example/x", "language": "english!"}}, 422, "language tag"),
        ({"json": {"url": "https://ledger.example/" + "x" * 5000}}, 422, "too long"),
        ({"content": b"{broken", "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"content": b"[" * 100_000, "headers": {"content-type": "application/json"}}, 400, "no JSON"),
        ({"json": {"headline": "No body"}}, 422, "no form that is read"),
        ({"content": b"", "headers": {"content-type": "text/html"}}, 422, "empty"),
        ({"content": b"MZ", "headers": {"content-type": "application/x-msdownload"}}, 415, "is not read"),
        ({"data": {"title": "alone"}}, 422, "nothing to narrate"),
    ],
)
def test_what_will_not_do_is_refused_at_once_and_leaves_nothing(
    served: Served, request_: dict[str, Any], status: int, message: str
) -> None:
    before = set(served.service.intake.uploads.iterdir())
    with served.client as client:
        answer = client.post("/api/articles", **request_)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert message in answer.json()["detail"]
    assert set(served.service.intake.uploads.iterdir()) <= before


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    head = f"POST /api/articles HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: text/html\r\nContent-Length: 100000000"
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(f"{head}\r\n\r\n".encode())
        answer = line.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "connection: close" in answer.lower()


def test_a_body_that_grows_too_large_is_cut_off(tmp_path: Path) -> None:
    with serving(make_library(tmp_path / "library")) as served:
        served.app.largest = 100_000
        with served.client as client:
            parts = (b"x" * 10_000 for _ in range(1000))
            answer = client.post("/api/articles", content=parts, headers={"content-type": "text/html"})
        assert answer.status_code == 413
        assert list(served.service.intake.uploads.iterdir()) == []


def test_half_an_upload_leaves_nothing(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    before = served.service.queue.last_change(), set(served.service.intake.uploads.iterdir())
    head = (
        f"POST /api/articles HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode() + b"<p>half of it")
        wait_for(lambda: set(served.service.intake.uploads.iterdir()) - before[1])
    wait_for(lambda: set(served.service.intake.uploads.iterdir()) <= before[1])
    assert served.service.queue.last_change() == before[0]


def test_an_address_of_the_own_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGEN_FETCH_PRIVATE", "false")
    addresses = [
        "http://127.0.0.1:9/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]:9/x",
        "http://2130706433:9/x",
        "http://192.168.1.1/x",
    ]
    with serving(make_library(tmp_path / "library")) as served, served.client as client:
        jobs = client.post("/api/articles", data={"text": "\n".join(addresses)}).json()["jobs"]
        result = [finished(client, job) for job in jobs]
    assert [(one["state"], one["error"]["kind"]) for one in result] == [("refused", "FetchError")] * len(addresses)


def test_a_full_queue_answers_429_and_says_when_to_come_back(tmp_path: Path) -> None:
    with serving(make_library(tmp_path / "library"), limits=Limits(waiting=2, at_once_of_source=0)) as served:
        with served.client as client:
            sent = [client.post("/api/articles", json=cms(number)) for number in (1, 2, 3)]
            assert [answer.status_code for answer in sent] == [202, 202, 429]
            assert int(sent[2].headers["retry-after"]) > 0
            assert client.post("/api/articles", json=cms(2)).status_code == 202, "what waits already is no more"
            assert client.post("/api/articles", json=[cms(4), cms(5)]).status_code == 429
        assert len(served.service.queue.waiting()) == 2
        assert len(list(served.service.intake.uploads.iterdir())) == 2


def test_a_job_is_cancelled_and_tried_again(tmp_path: Path) -> None:
    limits = Limits(at_once_of_source=0)
    with serving(make_library(tmp_path / "library"), limits=limits) as served, served.client as client:
        job = send(client, json=cms(1))
        cancelled = client.delete(f"/api/jobs/{job['id']}").json()
        assert (cancelled["state"], cancelled["actions"]) == ("cancelled", ["retry"])
        assert client.post(f"/api/jobs/{job['id']}/retry").json()["state"] == "queued"
        assert client.post(f"/api/jobs/{job['id']}/retry").status_code == 409
        assert client.delete("/api/jobs/nobody").status_code == 404


def test_jobs_are_watched_as_they_change(served: Served) -> None:
    seen: list[dict[str, Any]] = []
    watching = threading.Event()

    def watch() -> None:
        with served.client as client, client.stream("GET", "/api/events") as stream:
            for line in stream.iter_lines():
                watching.set()
                if line.startswith("data: "):
                    seen.append(json.loads(line.removeprefix("data: ")))
                    if seen[-1]["name"] == "House 31 and its neighbours" and seen[-1]["state"] == "done":
                        return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    assert watching.wait(30)
    with served.client as client:
        finished(client, send(client, content=page(31).encode(), headers={"content-type": "text/html"}))
    watcher.join(30)
    assert not watcher.is_alive()
    assert seen[-1]["episode"]["title"] == "House 31 and its neighbours"


def test_episodes_are_listed_searched_moved_and_marked(served: Served) -> None:
    with served.client as client:
        slugs = []
        for number in (41, 42):
            job = finished(client, send(client, json=cms(number)))
            slugs.append(job["episode"]["slug"])
        found = client.get("/api/episodes", params={"q": "story 42"}).json()
        assert [one["slug"] for one in found["episodes"]] == [slugs[1]]
        client.patch(f"/api/episodes/{slugs[1]}", json={"place": 0, "position": 3.5})
        queue = client.get("/api/episodes", params={"state": "queue"}).json()["episodes"]
        assert (queue[0]["slug"], queue[0]["position"]) == (slugs[1], 3.5)
        assert client.post(f"/api/episodes/{slugs[1]}/listened").json()["state"] == "listened"
        queue = client.get("/api/episodes", params={"state": "queue"}).json()["episodes"]
        assert slugs[1] not in [one["slug"] for one in queue]
        for change in ({"listened": "yes"}, {"position": True}, {"place": -1}):
            assert client.patch(f"/api/episodes/{slugs[0]}", json=change).status_code == 422
        assert client.patch("/api/episodes/none", json={"listened": True}).status_code == 404
        assert client.get("/api/episodes/..%2f..%2fetc").status_code == 404


def test_a_draft_is_shown_nowhere_until_it_is_published(served: Served) -> None:
    with served.client as client:
        job = finished(client, send(client, json=cms(51), params={"draft": "1"}))
        episode = job["episode"]
        assert episode["state"] == "draft"
        assert client.get(episode["addresses"]["audio"]).status_code == 404
        assert client.get(episode["embed"]).status_code == 404
        assert client.post(f"/api/episodes/{episode['slug']}/publish").json()["state"] == "to listen"
        assert client.get(episode["addresses"]["audio"]).status_code == 200
    log = (served.service.home.root / "state" / "log.jsonl").read_text(encoding="utf-8")
    assert "this machine" in log.splitlines()[-1]


def test_an_episode_is_edited_and_spoken_anew_and_of_two_tabs_the_second_is_told(served: Served) -> None:
    with served.client as client:
        episode = finished(client, send(client, json=cms(71)))["episode"]
        address = f"/api/episodes/{episode['slug']}"
        first = client.patch(address, json={"title": "A better title", "tags": ["ice"], "revision": 0})
        assert first.status_code == 200
        assert first.json()["edit"]["revision"] == 1
        second = client.patch(address, json={"title": "Another title", "revision": 0})
        assert (second.status_code, second.json()["revision"]) == (409, 1)
        assert client.patch(address, json={"title": "Another title"}, headers={"if-match": '"0"'}).status_code == 409
        done = finished(client, first.json()["job"])
        assert (done["state"], done["outcome"], done["message"]) == ("done", "changed", None)
        response = client.get(address).json()
        assert (response["title"], response["tags"], response["guid"]) == ("A better title", ["ice"], episode["guid"])
        assert response["addresses"]["audio"] != episode["addresses"]["audio"], "podcast apps fetch it anew"
        assert response["edit"]["history"][0]["by"] == "this machine"


def test_a_sentence_is_mended_in_the_text_of_an_episode(served: Served) -> None:
    with served.client as client:
        episode = finished(client, send(client, json=cms(72)))["episode"]
        address = f"/api/episodes/{episode['slug']}/text"
        text = client.get(address)
        mended = text.text.replace("In house", "In the house", 1)
        assert mended != text.text
        result = {"content-type": "text/plain", "if-match": text.headers["etag"]}
        put = client.put(address, content=mended.encode(), headers=result)
        assert put.status_code == 200, put.text
        assert finished(client, put.json()["job"])["state"] == "done"
        transcript = client.get(client.get(f"/api/episodes/{episode['slug']}").json()["addresses"]["transcript"])
        assert "In the house" in " ".join(transcript.text.split())
        assert client.put(address, content=mended.encode(), headers=result).status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        {"voice": "nobody"},
        {"rate": 9},
        {"title": "  "},
        {"title": 7},
        {"colour": "red"},
        {"say": {"Kyiv": 7}},
        {"say": ["Kyiv"]},
        {"text": [{"act": "sing"}]},
        {"text": [{"act": "drop", "line": "x"}]},
        {"text": "all"},
        {"reset": "title"},
        {"reset": ["colour"]},
        {"revision": "last", "title": "x"},
    ],
)
def test_an_edit_that_will_not_do_is_told_and_saves_nothing(served: Served, change: dict[str, Any]) -> None:
    with served.client as client:
        episode = finished(client, send(client, json=cms(73)))["episode"] if not _known else _known[0]
        _known[:] = [episode]
        answer = client.patch(f"/api/episodes/{episode['slug']}", json=change)
        assert answer.status_code == 422, answer.text
        assert client.get(f"/api/episodes/{episode['slug']}").json()["edit"]["revision"] == 0


#: The episode that nothing changes, made once.
_known: list[dict[str, Any]] = []


def test_the_document_that_describes_the_api_is_valid_and_complete(served: Served) -> None:
    from openapi_spec_validator import validate  # half a second to load, for this test alone

    with served.client as client:
        response = client.get("/api/openapi.json").json()
        validate(response)
        described = {(method.upper(), path) for path, methods in response["paths"].items() for method in methods}
        assert described == {(operation.method, operation.path) for operation in OPERATIONS}
        page = client.get("/api/docs")
    assert page.status_code == 200
    assert "src=" not in page.text, "it loads nothing but its style sheet"
    assert page.text.count('href="http') == 0


def test_answers_are_as_they_are_described(served: Served) -> None:
    import jsonschema

    with served.client as client:
        response = client.get("/api/openapi.json").json()
        finished(client, send(client, json=cms(61)))
        for path, name in (("/api/jobs", "jobs"), ("/api/episodes", "episodes"), ("/api/webhooks", "webhooks")):
            schema = {"$ref": f"#/components/schemas/{name}", "components": response["components"]}
            jsonschema.validate(client.get(path).json(), schema)


def test_an_unknown_state_or_number_is_told(served: Served) -> None:
    with served.client as client:
        for query in ("state=gone", "limit=0", "limit=x", "before=-1"):
            assert client.get(f"/api/jobs?{query}").status_code == 422
        assert client.get("/api/jobs?state=done,queued").status_code == 200
        assert client.get("/api/nothing").status_code == 404
