"""Webhooks: told until they are heard, signed, and not lost with the server."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.server.accounts import AccountError
from audiogen.server.jobs import Job, State
from audiogen.server.webhooks import Hooks, WebhookSender, event_of
from tests.batch.pile import page
from tests.server.conftest import finished, make_library, serving, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Receiver(ThreadingHTTPServer):
    """A program that hears webhooks, and answers with the statuses it was given, the last of them again and again."""

    def __init__(self, *answers: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.heard = list(answers), list[tuple[dict[str, str], bytes]]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        """Hear one delivery."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.heard.append(({key.lower(): value for key, value in self.headers.items()}, body))
        answers = self.server.answers
        self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
        self.send_header("location", "http://127.0.0.1:9/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver(204) as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def hooks(state: Path) -> Iterator[Hooks]:
    made = Hooks(state / "webhooks.sqlite", delays=(0.05, 0.05))
    yield made
    made.close()


@pytest.fixture
def sender(hooks: Hooks) -> Iterator[WebhookSender]:
    made = WebhookSender(hooks)
    made.start()
    yield made
    made.close()


def states(hooks: Hooks) -> list[tuple[str, int, str]]:
    return [(one.state, one.attempts, one.answer) for one in hooks.deliveries()]


def test_a_delivery_is_signed_so_that_its_receiver_can_check_it(
    hooks: Hooks, sender: WebhookSender, receiver: Receiver
) -> None:
    hook = hooks.add(receiver.url)
    hooks.tell("done", "17", {"at": "2026-11-30T08:00:00Z", "job": {"id": "17"}})
    sender.wake()
    wait_for(lambda: hooks.counts().get("delivered"))
    [(headers, body)] = receiver.heard
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    own = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{own}"
    assert json.loads(body) == {"type": "done", "at": "2026-11-30T08:00:00Z", "job": {"id": "17"}}


@pytest.mark.slow
def test_a_receiver_that_is_down_is_told_again_under_the_same_id(
    hooks: Hooks, sender: WebhookSender, receiver: Receiver
) -> None:
    receiver.answers = [500, 302, 200]
    hooks.add(receiver.url)
    hooks.tell("done", "17", {})
    wait_for(lambda: hooks.counts().get("delivered"))
    assert states(hooks) == [("delivered", 3, "200")]
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    assert len(receiver.heard) == 3, "a redirect is followed nowhere"


@pytest.mark.slow
def test_a_receiver_that_never_answers_is_given_up(hooks: Hooks, sender: WebhookSender) -> None:
    hooks.add("http://127.0.0.1:9/hook")
    hooks.tell("done", "17", {})
    wait_for(lambda: hooks.counts().get("failed"))
    [(state, attempts, answer)] = states(hooks)
    assert (state, attempts) == ("failed", 3)
    assert "ConnectError" in answer


def test_what_was_not_told_yet_is_told_by_the_next_server(state: Path, hooks: Hooks, receiver: Receiver) -> None:
    hooks.add(receiver.url)
    hooks.tell("failed", "17", {})
    again = Hooks(state / "webhooks.sqlite")
    sender = WebhookSender(again)
    sender.start()
    wait_for(lambda: receiver.heard)
    sender.close()
    again.close()


def test_the_same_end_is_written_down_once_and_each_receiver_hears_what_it_asked_for(hooks: Hooks) -> None:
    hooks.add("https://one.example/", ("done",))
    hooks.add("https://two.example/", ("done", "failed"))
    for event in ("done", "failed", "done"):
        hooks.tell(event, "17", {"at": "2026-11-30T08:00:00Z"})
    assert len(hooks.deliveries()) == 3
    hooks.tell("done", "17", {"at": "2026-11-30T09:00:00Z"})
    assert len(hooks.deliveries()) == 5


def test_a_receiver_that_is_removed_hears_nothing_more(hooks: Hooks) -> None:
    hook = hooks.add("https://one.example/")
    hooks.tell("done", "17", {})
    assert hooks.remove(hook.id)
    assert hooks.due() == []
    assert not hooks.remove(hook.id)


@pytest.mark.parametrize(
    ("url", "events"), [("ftp://x.example", ("done",)), ("https://x.example", ()), ("https://x.example", ("gone",))]
)
def test_a_receiver_is_an_address_with_events_that_there_are(hooks: Hooks, url: str, events: tuple[str, ...]) -> None:
    with pytest.raises(AccountError):
        hooks.add(url, events)


@pytest.mark.parametrize(
    ("state_", "outcome", "event"),
    [
        (State.DONE, "new", "done"),
        (State.DONE, "unchanged", "done"),
        (State.DONE, "changed", "corrected"),
        (State.DONE, "list", ""),
        (State.REFUSED, "", "refused"),
        (State.FAILED, "", "failed"),
        (State.CANCELLED, "", ""),
    ],
)
def test_what_a_job_came_to_is_named(state_: State, outcome: str, event: str) -> None:
    assert event_of(Job("1", "x", "x", state=state_, outcome=outcome)) == event


@pytest.mark.slow
def test_a_cms_hears_what_became_of_what_it_sent(tmp_path: Path, receiver: Receiver) -> None:
    with serving(make_library(tmp_path / "library")) as served, served.program("admin") as client:
        hook = client.post("/api/webhooks", json={"url": receiver.url, "events": ["done", "refused"]}).json()
        assert hook["secret"].startswith("whsec_")
        assert "secret" not in client.get("/api/webhooks").json()["webhooks"][0]
        stub = page(2, text=["The harbour froze.", "Subscribe to continue reading. Already a subscriber? Log in."])
        for text in (page(1), stub):
            result: dict[str, Any] = {"content": text.encode(), "headers": {"content-type": "text/html"}}
            finished(client, client.post("/api/articles", **result).json()["jobs"][0])
        wait_for(lambda: len(receiver.heard) == 2)
        bodies: list[dict[str, Any]] = [json.loads(body) for _, body in receiver.heard]
        assert [body["type"] for body in bodies] == ["done", "refused"]
        audio = bodies[0]["job"]["episode"]["addresses"]["audio"]
        assert audio.endswith(".mp3")
        assert bodies[1]["job"]["error"]["kind"] == "NotAnArticleError"
        assert client.post(f"/api/webhooks/{hook['id']}/test").status_code == 204
        wait_for(lambda: len(receiver.heard) == 3)
        assert client.delete(f"/api/webhooks/{hook['id']}").status_code == 204
