"""What an address lets in with is written down nowhere in a library."""

from __future__ import annotations

import gzip
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audiogen import episodes
from audiogen.batch import open_batch, work
from audiogen.episodes.identity import clean_address, guid_of, keys_of
from audiogen.episodes.library import Library
from audiogen.errors import FetchError
from audiogen.model import Article, Source
from audiogen.podcast import publish
from audiogen.untrusted import public_address, without_secrets
from tests.batch.pile import page, paragraphs
from tests.podcast.libraries import manifest, settings, shelve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.settings import Settings

SECRET = "hunter2swordfish"
KEY = "Zm9vYmFyMTIzNDU2Nzg5MA"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (f"https://ada:{SECRET}@news.example/a", "https://news.example/a"),
        (f"https://{SECRET}@news.example:8443/a?id=7", "https://news.example:8443/a?id=7"),
        (f"https://news.example/a?id=7&token={SECRET}", "https://news.example/a?id=7"),
        (f"https://news.example/a?access_token={SECRET}&page=2#part", "https://news.example/a?page=2#part"),
        (f"https://news.example/a?apikey={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?X-Amz-Signature={SECRET}&X-Amz-Credential={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?PHPSESSID={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?unlocked_article_code={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?key={KEY}", "https://news.example/a"),
        (f"https://news.example/a?x={KEY}{KEY}", "https://news.example/a"),
        ("https://news.example/a?x=eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln", "https://news.example/a"),
        (f"https://news.example/a#access_token={SECRET}", "https://news.example/a"),
        (f"s3://ada:{SECRET}@bucket/library", "s3://bucket/library"),
        # Addresses that are none, and those that only browsers understand.
        (f"https://ada:{SECRET}@news.example:99999/a", "https://news.example:99999/a"),
        (f"https://ada:{SECRET}@[bad/a", "https://[bad/a"),
        (f"https://ada:{SECRET}#x@news.example/a", "https://news.example/a"),
        (f"https://ada:{SECRET}/x@news.example/a?id=7", "https://news.example/a?id=7"),
        (f"https://ada:{SECRET}?x@news.example/a", "https://news.example/a"),
        (f"https:/ada:{SECRET}@news.example/a", "https:/news.example/a"),
        (f"https:ada:{SECRET}@news.example/a", "https:news.example/a"),
        (f"https:\\\\ada:{SECRET}@news.example/a", "https:\\\\news.example/a"),
        (f"//ada:{SECRET}@news.example/a", "//news.example/a"),
        (f"feed:https://ada:{SECRET}@news.example/a", "feed:https://news.example/a"),
        # Names of values in every spelling.
        (f"https://news.example/a?id=7&api-key={SECRET}", "https://news.example/a?id=7"),
        (f"https://news.example/a?session-id={SECRET}&Key-Pair-Id={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?user[token]={SECRET}&token%5B%5D={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?userToken2={SECRET}&AWSAccessKeyId={SECRET}", "https://news.example/a"),
        (f"https://news.example/a?%2574oken={SECRET}&token%3D{SECRET}", "https://news.example/a"),
        (f"https://news.example/a?passwort={SECRET}&hmac={SECRET}&bearer={SECRET}", "https://news.example/a"),
        # Values between other marks, and inside of other values.
        (f"https://news.example/a?id=7;token={SECRET}", "https://news.example/a?id=7"),
        (f"https://news.example/a?id=7&amp;token={SECRET}&amp;page=2", "https://news.example/a?id=7&amp;page=2"),
        (f"https://news.example/a;jsessionid={SECRET}?id=7", "https://news.example/a?id=7"),
        (f"https://news.example/#/a?token={SECRET}", "https://news.example/#/a"),
        (
            f"https://news.example/a?next=https://b.example/c?token={SECRET}",
            "https://news.example/a?next=https://b.example/c",
        ),
        (
            f"https://news.example/a?next=https%3A%2F%2Fada%3A{SECRET}%40b.example%2Fc&id=7",
            "https://news.example/a?next=https%3A%2F%2Fb.example%2Fc&id=7",
        ),
        (f"https://news.example/a?next=%2Fc%3Fid%3D7%26token%3D{SECRET}", "https://news.example/a?next=%2Fc%3Fid%3D7"),
        (
            f"https://news.example/feed#https://ada:{SECRET}@b.example/c",
            "https://news.example/feed#https://b.example/c",
        ),
        (
            f"https://news.example/feed?https://ada:{SECRET}@b.example/c",
            "https://news.example/feed?https://b.example/c",
        ),
        (
            f"https://news.example/2024/https://ada:{SECRET}@b.example/c",
            "https://news.example/2024/https://b.example/c",
        ),
        ("https://news.example/a?eyJhbGciOiJIUzI1.eyJzdWIiOiIx.c2ln", "https://news.example/a"),
    ],
)
def test_what_lets_in_is_left_out(address: str, wanted: str) -> None:
    assert public_address(address) == wanted
    assert without_secrets(f"{address} is gone") == f"{wanted} is gone"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://news.example/a",
        "https://news.example/a?id=5f2b8c1d9e7a4b3c2d1e0f9a",
        "https://news.example/a?p=1234&page=2",
        "https://news.example/a?key=opinion",
        "https://news.example/a?session=12",
        "https://news.example/a?s=the-quay-at-dawn-of-2026",
        "https://news.example/a?title=the-quay-at-dawn-of-2026-and-what-came-after-it-all",
        "https://news.example/a?author=Ada+Merrin&lang=en",
        "https://news.example/@ada/the-quay-1a2b3c",
        "https://news.example/a?token=",
        "https://news.example/#!/story/7",
        "https://news.example/a;v=2?p=1;page=2",
        "https://news.example/a?next=https%3A%2F%2Fb.example%2Fc%3Fid%3D7",
        "https://news.example/a?filter=year%3D2024&sort=-date",
        "https://news.example/a?keys=2&monkey=george&passage=3&compass=north",
        "https://news.example/a?ticket=4711&invite=spring",
        "https://news.example:8443/@ada/a?b=c#d",
        "https://news.example/#:~:text=the%20quay",
        "see: ada@news.example, or note;well",
        "/home/ada/a?token=1",
        "mailto:ada@news.example",
        "not an address?token=1",
    ],
)
def test_what_names_the_article_stays(address: str) -> None:
    assert public_address(address) == address


def test_an_address_with_a_line_break_inside_is_cleaned_as_a_browser_reads_it() -> None:
    address = f"https://news.example/a\n?to\tken={SECRET}"
    assert public_address(address) == without_secrets(address) == "https://news.example/a"


def test_an_address_by_itself_is_one_whatever_signs_its_password_has() -> None:
    assert without_secrets(f'https://ada:"{SECRET}>@news.example/a') == "https://news.example/a"


@pytest.mark.parametrize(
    "text",
    [
        "https://news.example/?" + "a_" * 20_000 + "=1",
        "https://news.example/?" + "%25" * 20_000 + "=1",
        "https://news.example/?" + "a=https://b.example/?" * 5_000,
        "https://news.example/" + ";a=1" * 10_000,
        "//a" * 20_000,
        "a" * 50_000 + " ://",
    ],
    ids=["name", "escapes", "nested", "parameters", "slashes", "letters"],
)
def test_long_addresses_are_cleaned_in_linear_time(text: str) -> None:
    # With a step that grows with the square, one of these takes minutes.
    assert without_secrets(text)
    assert public_address(text)


def test_the_sentence_of_every_error_is_without_secrets() -> None:
    error = FetchError(f"https://news.example/a?token={SECRET}", f"https://news.example/a?token={SECRET} is gone.")
    assert str(error) == error.message == "https://news.example/a is gone."
    assert SECRET in str(error.subject), "who caught it may need the address"


def test_a_guid_is_of_the_address_as_it_was_found_and_an_episode_is_known_by_what_is_public() -> None:
    first, second = (Article(url=f"https://news.example/a?id=7&token={token}") for token in ("one", "two"))
    assert guid_of(first) != guid_of(second)
    assert (
        guid_of(first) == "urn:uuid:" + __import__("uuid").uuid5(__import__("uuid").NAMESPACE_URL, first.url).__str__()
    )
    assert keys_of(first)["address"] == keys_of(second)["address"]
    assert clean_address(first.url) == "news.example/a?id=7"


def everything(library: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a library by its name, unpacked."""
    for path in library.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield str(path.relative_to(library)), gzip.decompress(content) if path.suffix == ".gz" else content


@pytest.mark.parametrize("fails", [False, True])
def test_a_planted_secret_is_found_nowhere_in_the_library(tones: Settings, tmp_path: Path, fails: bool) -> None:
    library = tmp_path / "library"
    address = f"https://ada:{SECRET}@news.example/quay?id=7&token={SECRET}&key={KEY}"
    text = "<html><p>nothing</p></html>" if fails else page(1, url="", text=paragraphs(4))
    source = Source(address, document=text, url=address, origin=address, external_id=address, title="The quay")
    with ThreadPoolExecutor(1) as thread:
        with open_batch(library, thread, settings=tones.with_flags(audio__quality="small")) as batch:
            [outcome] = batch.run([source])
            [again] = batch.run([source])
        thread.submit(work.close).result()
    assert (outcome.status in ("refused", "failed")) is fails
    assert again.status == (outcome.status if fails else "done"), "its notes know it without the secret"
    if not fails:
        assert outcome.episode is not None
        episodes.edit(library, outcome.episode.slug, title="Mud", by="ada")
        publish(library, settings())
        episodes.remove(library, outcome.episode.slug)
    found = {name for name, content in everything(library) if SECRET.encode() in content or KEY.encode() in content}
    assert found == set()
    with closing(sqlite3.connect(library / ".audiogen" / "batch.sqlite")) as notes:
        assert notes.execute("SELECT source FROM notes").fetchone() == ("https://news.example/quay?id=7",)


def test_a_manifest_of_an_earlier_version_shows_no_secret_in_feed_and_pages(tmp_path: Path) -> None:
    data = manifest("quay", url=f"https://ada:{SECRET}@news.example/quay?token={SECRET}")
    shelve(tmp_path, "quay", data)
    publish(tmp_path, settings())
    shown = {name for name, content in everything(tmp_path) if SECRET.encode() in content}
    assert shown == {"episodes/quay.json"}, "manifests are the truth, and are not written over"
    assert Library(tmp_path).manifest("quay") == data
