"""Stores to keep libraries in: S3's protocol on this machine, and one in memory for what needs no protocol."""

from __future__ import annotations

import hashlib
import itertools
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import produce_all
from audiogen.batch import work
from audiogen.episodes.storage.objects import Objects
from tests.batch.pile import make_pile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audiogen.model import Outcome
    from audiogen.settings import Settings

    Run = Callable[..., list[Outcome]]
    Versions = Callable[[], frozenset[tuple[str, str]]]

_numbers = itertools.count()


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The address of a server that speaks S3's protocol."""
    from moto.server import ThreadedMotoServer

    # It tells of every request on stderr, which pytest does not catch in threads of a session.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def keys(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """How people tell S3 libraries where to go, and who they are."""
    result = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    for name, value in result.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def client(keys: None) -> Any:
    """Amazon's own client, to look at buckets with other eyes than ours."""
    import boto3

    return boto3.client("s3")


@pytest.fixture
def bucket(client: Any) -> str:
    """A bucket that keeps every version of every object."""
    name = f"bucket-{next(_numbers)}"
    client.create_bucket(Bucket=name)
    client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


@pytest.fixture
def address(bucket: str) -> str:
    """Where a library may be."""
    return f"s3://{bucket}/shows/library"


@pytest.fixture
def versions(client: Any, bucket: str) -> Versions:
    """Give every object that was ever written or removed: the same twice means that nothing was."""

    def look() -> frozenset[tuple[str, str]]:
        result = client.list_object_versions(Bucket=bucket)
        return frozenset(
            (entry["Key"], entry["VersionId"])
            for kind in ("Versions", "DeleteMarkers")
            for entry in result.get(kind, ())
        )

    return look


@pytest.fixture
def store() -> Objects:
    """A store of this process."""
    return Objects(f"memory://store-{next(_numbers)}")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    return make_pile(tmp_path / "pile", 2)


@pytest.fixture
def run(tones: Settings, address: str) -> Iterator[Run]:
    """Work through sources in a thread of this process, with tones."""
    with ThreadPoolExecutor(1) as executor:

        def go(*sources: Any) -> list[Outcome]:
            settings = tones.with_flags(audio__quality="small")
            return list(produce_all(sources, address, executor, settings=settings))

        yield go
        executor.submit(work.close).result()


def assert_whole(address: str) -> dict[str, str]:
    """Hold that every episode that has a manifest has all its files, as it tells of them; GUIDs by slug."""
    store, guids = Objects(address), {}
    names = store.listing("episodes")
    for name in names:
        if name.endswith(".json") and not name.endswith((".chapters.json", ".words.json")):
            manifest = json.loads(store.read(name) or b"")
            sound = store.read(f"episodes/{manifest['audio']['file']}") or b""
            assert hashlib.sha256(sound).hexdigest() == manifest["audio"]["sha256"]
            assert manifest["utterances"]["spoken"] == manifest["utterances"]["total"] > 0
            stem = name.removesuffix(".json")
            assert {f"{stem}.vtt", f"{stem}.chapters.json"} <= names.keys()
            guids[manifest["slug"]] = manifest["guid"]
    return guids
