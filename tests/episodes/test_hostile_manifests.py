"""A manifest is data from anywhere: whatever one holds, only its own episode is at fault."""

from __future__ import annotations

import copy
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.artwork import EPISODE_SIZE, draw
from audiogen.assembler.decoding import decoded, music
from audiogen.audit import audit
from audiogen.audit.publication import read_publication
from audiogen.cleaner.sites import load as load_sites
from audiogen.engines.voices import load_card
from audiogen.episodes.covers import episode_cover
from audiogen.episodes.library import Library
from audiogen.episodes.state import read_state
from audiogen.errors import AudiogenError
from audiogen.model import Article
from audiogen.narration.lexicon import load_lexicon
from audiogen.podcast.cover import check_cover
from audiogen.podcast.playlist import queued
from audiogen.podcast.publishing import load_note, publish
from audiogen.queue import candidates, pick
from tests.podcast.libraries import manifest, settings, shelve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EDITS: dict[str, Callable[[dict[str, Any]], object]] = {
    "a duration beyond all time": lambda m: m["audio"].update(duration=1e308),
    "an endless duration": lambda m: m["audio"].update(duration=float("inf")),
    "a duration that is no number": lambda m: m["audio"].update(duration=float("nan")),
    "a duration as a text": lambda m: m["audio"].update(duration="long"),
    "a duration of a century": lambda m: m["audio"].update(duration=3.2e9),
    "a negative size": lambda m: m["audio"].update(bytes=-1),
    "a size beyond all disks": lambda m: m["audio"].update(bytes=10**40),
    "a start that is a text": lambda m: m["script"][2].update(start="soon"),
    "a start that is a list": lambda m: m["script"][2].update(start=[1]),
    "a line without an end": lambda m: m["script"][2].pop("end"),
    "a line that is a text": lambda m: m["script"].append("And so on."),
    "a script that is an object": lambda m: m.update(script={"0": m["script"][0]}),
    "an article that is a list": lambda m: m.update(article=[m["article"]]),
    "authors as a number": lambda m: m["article"].update(authors=5),
    "a title that is a table": lambda m: m["article"].update(title={"en": "The dam"}),
    "tags as a table": lambda m: m["article"].update(tags={"a": 1}),
    "a language that is a list": lambda m: m["article"].update(language=["en"]),
    "a revision that is a text": lambda m: m.update(revision="two"),
    "saved as a list": lambda m: m.update(saved=["read"]),
    "no voice and no guid": lambda m: (m.pop("voice"), m.pop("guid")),
    "a guid that leads out": lambda m: m.update(guid="../../../escaped"),
    "a slug that leads out": lambda m: m.update(slug="../../escaped"),
    "a sound that leads out": lambda m: m["audio"].update(file="../../../etc/passwd"),
    "a sound with a zero byte": lambda m: m["audio"].update(file="a\0.mp3"),
    "a day that is none": lambda m: m.update(created="the day before yesterday"),
    "a format that is a text": lambda m: m.update(format="1"),
}
CONTENTS = {
    "nothing": "",
    "half a manifest": json.dumps(manifest("broken"))[:300],
    "a list": "[1, 2]",
    "null": "null",
    "brackets": "[" * 100_000,
    "a number without end": '{"format": ' + "9" * 20_000 + "}",
}
#: What is no file at all, where the system has it: whoever opens a pipe waits until somebody writes into it.
PIPES = ["a pipe"] if hasattr(os, "mkfifo") else []


def _written(name: str) -> str:
    if name in CONTENTS:
        return CONTENTS[name]
    data = copy.deepcopy(manifest("broken"))
    EDITS[name](data)
    return json.dumps(data)


@pytest.fixture(params=[*EDITS, *CONTENTS, *PIPES])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A library of two good episodes with a broken one between them in order."""
    root = tmp_path / "deep" / "library"
    for slug in ("alder", "broken", "cedar"):
        shelve(root, slug)
    path = root / "episodes" / "broken.json"
    if request.param in PIPES:
        path.unlink()
        os.mkfifo(path)
    else:
        path.write_text(_written(request.param), encoding="utf-8")
    return root


def test_the_feed_has_the_others_and_tells_of_the_one(library: Path) -> None:
    done = publish(library, settings())
    assert done.episodes == 2
    assert [lost.slug for lost in done.broken] == ["broken"]
    assert "alder.mp3" in (library / "feed.xml").read_text(encoding="utf-8")


def test_the_queue_has_the_others(library: Path) -> None:
    entries = pick(candidates(library), None, "saved")
    assert [entry.slug for entry in entries] == ["alder", "cedar"]


def test_check_looks_at_the_others_and_finds_the_one_at_fault(library: Path) -> None:
    verdicts = {verdict.slug: verdict for verdict in audit(library, settings()).verdicts}
    assert set(verdicts) == {"alder", "broken", "cedar"}
    assert verdicts["broken"].faults
    assert not [fault for fault in verdicts["cedar"].faults if "could not be looked at" in fault.message]


def test_a_library_without_its_notes_finds_the_others_and_writes_nothing_outside(library: Path) -> None:
    before = {path for path in library.parent.rglob("*") if library not in path.parents}
    found = Library(library).find(manifest("cedar")["guid"])
    assert found is not None
    assert found["slug"] == "cedar"
    assert {path for path in library.parent.rglob("*") if library not in path.parents} == before


@pytest.mark.skipif(not PIPES, reason="the system has no named pipes")
@pytest.mark.parametrize(
    "kind",
    [
        *("state", "note", "playlist", "voice card", "lexicon", "site file"),
        *("feed", "cover", "cover of an episode", "jingle", "sound"),
    ],
)
def test_a_pipe_in_a_librarys_folder_is_not_waited_for(kind: str, tmp_path: Path) -> None:
    shelve(tmp_path, "alder")
    named = {
        "state": "state/removed.json",
        "note": ".audiogen/feed-files.json",
        "playlist": "queue.m3u8",
        "feed": "feed.xml",
    }
    path = tmp_path / named.get(kind, "pipe.toml")
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    article = Article(title="A title")
    readers: dict[str, Callable[[], object]] = {
        "state": lambda: read_state(tmp_path, "removed"),
        "note": lambda: load_note(tmp_path, "feed-files.json"),
        "playlist": lambda: queued(tmp_path, ()),
        "voice card": lambda: load_card(path),
        "lexicon": lambda: load_lexicon(path),
        "site file": lambda: load_sites(tmp_path),
        "feed": lambda: read_publication(tmp_path).items,
        "cover": lambda: check_cover(tmp_path, path.name),
        "cover of an episode": lambda: episode_cover(article, show_cover=path) != draw("A title", "", EPISODE_SIZE),
        "jingle": lambda: music(path).__enter__(),
        "sound": lambda: decoded(path).__enter__(),
    }
    with suppress(AudiogenError):
        assert not readers[kind]()


@pytest.mark.parametrize("slug", ["../../outside", "/etc/passwd", "a/b", "..", "", "a\\b"])
def test_a_note_that_leads_out_of_the_library_names_no_episode(slug: str, tmp_path: Path) -> None:
    guid = shelve(tmp_path / "library", "alder")["guid"]
    note = tmp_path / "library" / ".audiogen" / "guids" / guid.removeprefix("urn:uuid:")
    note.parent.mkdir(parents=True)
    note.write_text(slug, encoding="utf-8")
    assert Library(tmp_path / "library").find(guid) is None
