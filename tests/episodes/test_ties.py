"""What ties an article to its episode is noted, and made of the manifests again where it is lost."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.episodes.identity import Tie, key_of_location, keys_of
from audiogen.episodes.library import Library
from audiogen.model import Article, Block

if TYPE_CHECKING:
    from pathlib import Path

GUID = "urn:uuid:6b5e1a2d-051a-5626-9b9c-d6621671d636"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def manifest_of(guid: str, slug: str, **more: Any) -> dict[str, Any]:
    return {"guid": guid, "slug": slug, "audio": {"file": f"{slug}.mp3"}} | more


def write(library: Library, manifest: dict[str, Any]) -> None:
    library.episodes.mkdir(parents=True, exist_ok=True)
    (library.episodes / f"{manifest['slug']}.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_what_was_tied_is_found_by_every_run(library: Library) -> None:
    key = next(iter(keys_of(Article(document="sha256:1")).values()))
    assert library.tied(key) is None
    library.tie(GUID, [key], "/saved/ferry.html", "sha256:1")
    for opened in (library, Library(library.root)):
        assert opened.tied(key) == Tie(GUID)
        assert opened.tied(key_of_location("/saved/ferry.html")) == Tie(GUID, "sha256:1")
        assert opened.tied(key_of_location("/saved/other.html")) is None


def test_what_is_tied_already_is_not_written_again(library: Library) -> None:
    for _ in range(2):
        library.tie(GUID, ["address-x"], "/saved/ferry.html", "sha256:1")
        before = {path: path.stat().st_mtime_ns for path in (library.root / ".audiogen" / "ties").iterdir()}
        assert len(before) == 3
    library.tie(GUID, ["address-x"], "/saved/ferry.html", "sha256:1")
    assert {path: path.stat().st_mtime_ns for path in (library.root / ".audiogen" / "ties").iterdir()} == before


def test_no_path_can_be_read_from_a_tie(library: Library) -> None:
    library.tie(GUID, [], "/home/somebody/ferry.html", "sha256:1")
    ties = library.root / ".audiogen" / "ties"
    assert not any("ferry" in path.name + path.read_text(encoding="utf-8") for path in ties.iterdir())


@pytest.mark.parametrize("lost", ["nothing", "the index", "the content of the index", "everything"])
def test_ties_that_are_lost_are_made_of_the_manifests(library: Library, lost: str) -> None:
    article = Article(url="https://ledger.example/ferry", document="sha256:1")
    keys = keys_of(article)
    write(library, manifest_of(GUID, "ferry", article={"url": article.url}, digests={"document": "sha256:1"}))
    library.tie(GUID, keys.values())
    index = library.root / ".audiogen" / "ties" / "stock.json"
    if lost == "the index":
        index.unlink()
    elif lost == "the content of the index":
        index.write_text("{", encoding="utf-8")
    elif lost == "everything":
        shutil.rmtree(library.root / ".audiogen")
    for opened in (library, Library(library.root)):
        assert [opened.tied(key) for key in keys.values()] == [Tie(GUID)] * 2


def test_a_look_up_reads_the_manifests_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        write(
            library, manifest_of(f"{GUID[:-1]}{number}", f"s{number}", article={"url": f"https://x.example/{number}"})
        )
    assert library.tied("address-none") is None
    monkeypatch.setattr(Library, "manifests", None)
    for opened in (library, Library(library.root)):
        for number in range(3):
            key = keys_of(Article(url=f"http://x.example/{number}/"))["address"]
            assert opened.tied(key) == Tie(f"{GUID[:-1]}{number}")


def test_only_older_episodes_are_looked_for_by_their_text(library: Library) -> None:
    texts = [f"The ferry of house {number} sails at noon today." for number in (1, 2)]
    lines = [{"written": text, "block": place, "role": "paragraph"} for place, text in enumerate(texts)]
    article = Article(blocks=tuple(map(Block, texts)))
    write(library, manifest_of(GUID, "ferry", script=lines))
    write(library, manifest_of(f"{GUID[:-1]}0", "newer", script=lines, digests={"version": 2}))
    assert library.alike(article) == [GUID]
    assert library.alike(Article(blocks=(Block("Nothing of the kind was said by anybody here."),))) == []


@pytest.mark.parametrize("broken", ["", "{", "[]", "null", '{"guid": 7, "article": "x", "script": [1]}'])
def test_a_broken_manifest_is_no_other_episode_s_trouble(library: Library, broken: str) -> None:
    write(library, manifest_of(GUID, "ferry", article={"url": "https://ledger.example/ferry"}))
    (library.episodes / "a-broken-one.json").write_text(broken, encoding="utf-8")
    assert library.tied(keys_of(Article(url="https://ledger.example/ferry"))["address"]) == Tie(GUID)
