"""Two real servers over one bucket, at once: S3's protocol on this machine, a state folder and a cache for each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from audiogen.episodes.storage.objects import Objects
from tests.batch.pile import page, paragraphs
from tests.episodes.storage.conftest import assert_whole, endpoint
from tests.server.conftest import TOML, finished, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["endpoint"]

#: Two servers are started, and look at the bucket every other second.
pytestmark = pytest.mark.slow

HTML = {"content-type": "text/html"}


@dataclass(frozen=True)
class Pair:
    """Two servers, and the bucket that they share."""

    one: httpx.Client
    other: httpx.Client
    store: Objects

    def both(self) -> tuple[httpx.Client, httpx.Client]:
        return self.one, self.other

    def state(self, kind: str) -> dict[str, Any]:
        result: dict[str, Any] = json.loads(self.store.read(f"state/{kind}.json") or b"{}")
        return result

    def made(self, number: int, by: httpx.Client | None = None) -> str:
        """Have an article made by one of them, and seen by both; gives its slug."""
        client = by or self.one
        sent = client.post("/api/articles", content=page(number).encode(), headers=HTML)
        job = finished(client, sent.json()["jobs"][0])
        assert job["state"] == "done", job
        slug = str(job["episode"]["slug"])
        for client in self.both():
            wait_for(lambda client=client: client.get(f"/api/episodes/{slug}").status_code == 200)  # type: ignore[misc]
        return slug


@contextmanager
def serving(address: str, folder: Path) -> Iterator[httpx.Client]:
    """Run `audiogen serve` on a machine of its own, as far as files go."""
    command = [sys.executable, "-m", "audiogen", "serve", address, "--host", "127.0.0.1", "--port", "0"]
    own = {"AUDIOGEN_STATE": str(folder / "state"), "XDG_CACHE_HOME": str(folder / "cache")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ | own
    ) as process:
        try:
            assert process.stdout is not None
            at = process.stdout.readline().strip().removesuffix("/feed.xml")
            with httpx.Client(base_url=at, timeout=60) as client:
                yield client
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def pair(endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Two servers of one show that is in a bucket."""
    import boto3

    result = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        for name, value in result.items():
            patch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket="served")
        address = "s3://served/show"
        store = Objects(address)
        store.write("audiogen.toml", TOML.encode())
        one, other = (stack.enter_context(serving(address, tmp_path_factory.mktemp(name))) for name in ("one", "other"))
        yield Pair(one, other, store)


def test_what_one_makes_both_show_and_play(pair: Pair) -> None:
    slug = pair.made(1)
    entry = pair.one.get(f"/api/episodes/{slug}").json()
    sound = pair.store.read(f"episodes/{slug}.mp3") or b""
    for client in pair.both():
        assert slug in client.get("/feed.xml").text
        assert client.get(f"/app/episodes/{slug}").status_code == 200
        assert client.get(f"/app/episodes/{slug}/review").status_code == 200
        assert client.get(f"/episodes/{slug}.vtt").content == pair.store.read(f"episodes/{slug}.vtt")
        assert client.get(f"/app/cover/{slug}").headers["content-type"] == "image/jpeg"
        for path in (f"/episodes/{slug}.mp3", f"/app/sound/{slug}"):
            whole = client.get(path)
            assert (whole.status_code, whole.content) == (200, sound)
            assert whole.headers["accept-ranges"] == "bytes"
            assert whole.headers["content-type"] == "audio/mpeg"
    assert entry["bytes"] == len(sound)
    assert list(assert_whole("s3://served/show")) == [slug]


@pytest.mark.parametrize(
    ("asked", "status", "part", "message"),
    [
        ("bytes=0-99", 206, slice(0, 100), "bytes 0-99/{size}"),
        ("bytes=100-", 206, slice(100, None), "bytes 100-{last}/{size}"),
        ("bytes=-7", 206, slice(-7, None), "bytes {seventh}-{last}/{size}"),
        ("bytes=0-9999999", 206, slice(None), "bytes 0-{last}/{size}"),
        ("bytes=9999999-", 416, slice(0), "bytes */{size}"),
        ("bytes=0-1,5-6", 200, slice(None), ""),
        ("lines=1-2", 200, slice(None), ""),
    ],
)
def test_podcast_apps_get_the_parts_that_they_ask_for(
    pair: Pair, asked: str, status: int, part: slice, message: str
) -> None:
    slug = pair.made(1)
    sound = pair.store.read(f"episodes/{slug}.mp3") or b""
    size = len(sound)
    answer = pair.other.get(f"/episodes/{slug}.mp3", headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, sound[part])
    assert answer.headers.get("content-range", "") == message.format(size=size, last=size - 1, seventh=size - 7)
    assert int(answer.headers["content-length"]) == len(answer.content)
    head = pair.other.head(f"/episodes/{slug}.mp3", headers={"range": asked})
    assert (head.status_code, head.content) == (status, b"")
    tag = answer.headers["etag"]
    assert pair.one.get(f"/episodes/{slug}.mp3", headers={"if-none-match": tag}).status_code == 304
    stale = {"range": "bytes=0-99", "if-range": '"another"'}
    assert pair.one.get(f"/episodes/{slug}.mp3", headers=stale).status_code == 200


def test_an_article_that_both_are_given_at_once_is_made_once(pair: Pair) -> None:
    text = page(2, text=paragraphs(2, 12)).encode()
    with ThreadPoolExecutor(2) as executor:
        sent = list(executor.map(lambda to: to.post("/api/articles", content=text, headers=HTML), pair.both()))
    jobs = [finished(client, one.json()["jobs"][0]) for client, one in zip(pair.both(), sent, strict=True)]
    assert [job["state"] for job in jobs] == ["done", "done"]
    assert len({job["episode"]["slug"] for job in jobs}) == 1
    assert len({job["episode"]["guid"] for job in jobs}) == 1
    guids = assert_whole("s3://served/show")
    assert len(set(guids.values())) == len(guids)


def test_nothing_that_people_say_at_once_is_lost(pair: Pair) -> None:
    slugs = [pair.made(number) for number in (1, 3)]
    changes = [{"position": 1.5}, {"listened": True}, {"listened": False}, {"position": 2.5}]

    def say(to: httpx.Client, slug: str) -> list[int]:
        return [to.patch(f"/api/episodes/{slug}", json=change).status_code for change in changes]

    with ThreadPoolExecutor(2) as executor:
        result = list(executor.map(say, pair.both(), slugs))
    assert result == [[200] * len(changes)] * 2
    assert {slug: entry["seconds"] for slug, entry in pair.state("positions").items()} == dict.fromkeys(slugs, 2.5)
    for client in pair.both():
        for slug in slugs:
            wait_for(lambda client=client, slug=slug: client.get(f"/api/episodes/{slug}").json()["position"] == 2.5)  # type: ignore[misc]


def test_an_edit_at_one_is_seen_at_the_other_which_is_told_that_its_own_is_late(pair: Pair) -> None:
    slug = pair.made(1)
    changed = pair.one.patch(f"/api/episodes/{slug}", json={"title": "The house by the weir", "revision": 0})
    assert finished(pair.one, changed.json()["job"])["outcome"] == "changed"
    wait_for(lambda: pair.other.get(f"/api/episodes/{slug}").json()["title"] == "The house by the weir")
    late = pair.other.patch(f"/api/episodes/{slug}", json={"title": "Another", "revision": 0})
    assert late.status_code == 409, late.text
    again = pair.other.patch(f"/api/episodes/{slug}", json={"tags": ["rivers"], "revision": 1})
    assert again.json()["edit"]["revision"] == 2
    assert finished(pair.other, again.json()["job"])["state"] == "done"
    wait_for(lambda: pair.one.get(f"/api/episodes/{slug}").json()["tags"] == ["rivers"])


def test_what_one_removes_leaves_both_and_the_other_does_not_make_it_again(pair: Pair) -> None:
    slug = pair.made(4, pair.other)
    sound = f"/episodes/{slug}.mp3"
    assert pair.other.delete(f"/api/episodes/{slug}").json()["state"] == "removed"
    for client in pair.both():
        wait_for(lambda client=client: client.get(sound).status_code == 404)  # type: ignore[misc]
        wait_for(lambda client=client: slug not in client.get("/feed.xml").text)  # type: ignore[misc]
    sent = pair.one.post("/api/articles", content=page(4).encode(), headers=HTML)
    job = finished(pair.one, sent.json()["jobs"][0])
    assert (job["state"], job["error"]["kind"]) == ("refused", "RemovedError")
    assert pair.one.post(f"/api/episodes/{slug}/restore").json()["state"] == "to listen"
    for client in pair.both():
        wait_for(lambda client=client: client.get(sound).status_code == 200)  # type: ignore[misc]


def test_a_word_of_the_show_and_the_log_are_kept_in_the_bucket(pair: Pair) -> None:
    form = pair.one.get("/app/show/lexicon")
    token = form.text.partition('name="csrf" value="')[2].partition('"')[0]
    added = pair.one.post("/app/show/lexicon", data={"csrf": token, "word": "Mytholmroyd", "say": "my-tham-royd"})
    assert added.status_code in (200, 303), added.text
    assert b"my-tham-royd" in (pair.store.read("lexicon.toml") or b"")
    wait_for(lambda: "my-tham-royd" in pair.other.get("/app/show/lexicon").text)
    slug = pair.made(1)
    pair.one.patch(f"/api/episodes/{slug}", json={"draft": True})
    assert "withdrawn" in pair.other.get("/app/show/log").text
    wait_for(lambda: pair.other.get(f"/episodes/{slug}.mp3").status_code == 404)
    pair.other.patch(f"/api/episodes/{slug}", json={"draft": False})
    assert pair.state("drafts") == {}


def test_only_what_belongs_to_the_library_is_in_the_bucket(pair: Pair) -> None:
    pair.made(1)
    assert pair.one.get("/healthz").json() == {"status": "ok", "faults": []}
    names = pair.store.listing()
    assert not [name for name in names if "sqlite" in name or "token" in name or "password" in name]
