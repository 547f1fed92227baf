"""What was noted of a source holds as long as the source, the files and the wishes are as they were."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.batch.index import Index, Note
from audiogen.batch.memory import BatchOptions, Item, Memory, known_digest
from audiogen.batch.work import Task
from audiogen.episodes.library import Library
from audiogen.errors import NotAnArticleError, ReadError
from audiogen.model import Episode, Outcome, Source
from audiogen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETTINGS = Settings()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    library.episodes.mkdir(parents=True)
    for suffix in (".mp3", ".json"):
        (library.episodes / f"ferry{suffix}").write_bytes(b"12345")
    return library


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    with Index(library.notes) as index:
        yield index


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    path.write_text("<p>The ferry left.")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def memory(
    library: Library, index: Index, settings: Settings = SETTINGS, batch_options: BatchOptions | None = None
) -> Memory:
    return Memory(library, index, Task(str(library.root), settings), batch_options or BatchOptions())


def item(path: Path, **known: Any) -> Item:
    source = Source(str(path), path, **known)
    return Item(source, source)


def outcome(library: Library, path: Path, status: str = "new", note: str = "") -> Outcome:
    episode = Episode("ferry", library.where("ferry.mp3"), library.where("ferry.json"), "The ferry", 9.0, 3, 3)
    errors = {"refused": NotAnArticleError(path, "listing", "links"), "failed": ReadError(path, "It broke.")}
    error = errors.get(status)
    return Outcome(str(path), None if error else episode, error, status, note, work=0.5)


@pytest.mark.parametrize(
    ("status", "batch_options", "recalled"),
    [
        ("new", {}, "done"),
        ("changed", {}, "done"),
        ("done", {}, "done"),
        ("new", {"retry": True, "force": True, "keep_duplicates": True}, "done"),
        ("new", {"remake": True}, None),
        ("duplicate", {}, "duplicate"),
        ("duplicate", {"remake": True}, "duplicate"),
        ("duplicate", {"keep_duplicates": True}, None),
        ("refused", {}, "refused"),
        ("refused", {"retry": True}, None),
        ("refused", {"force": True}, None),
        ("failed", {}, None),
        ("failed", {"retry": True}, None),
    ],
)
def test_what_became_of_a_source_is_recalled_unless_that_is_not_wished(
    library: Library, index: Index, page: Path, status: str, batch_options: dict[str, Any], recalled: str | None
) -> None:
    memory(library, index).note(item(page), outcome(library, page, status))
    result = memory(library, index, batch_options=BatchOptions(**batch_options)).recall(item(page))
    assert (result.status if result else None) == recalled


def test_what_is_recalled_is_what_was_told(library: Library, index: Index, page: Path) -> None:
    first = outcome(library, page, "duplicate", "the same story as b.html")
    memory(library, index).note(item(page), first)
    result = memory(library, index).recall(item(page))
    assert result is not None
    assert (result.note, result.work) == ("the same story as b.html", 0.0)
    assert result.episode
    assert first.episode
    assert (result.episode.slug, result.episode.audio, result.episode.size) == ("ferry", first.episode.audio, 5)


def refuse(path: Path) -> None:
    raise AssertionError(f"{path} was read")


@pytest.mark.parametrize(
    ("change", "recalled"),
    [
        pytest.param(lambda page, library: None, True, id="nothing"),
        pytest.param(lambda page, library: os.utime(page, (1_600_000_000, 1_600_000_000)), True, id="touched"),
        pytest.param(lambda page, library: page.write_text("<p>The ferry sank."), False, id="another text"),
        pytest.param(lambda page, library: (library.episodes / "ferry.mp3").unlink(), False, id="no sound"),
        pytest.param(lambda page, library: (library.episodes / "ferry.mp3").write_bytes(b"1"), False, id="other sound"),
        pytest.param(lambda page, library: (library.episodes / "ferry.json").unlink(), False, id="no manifest"),
        pytest.param(lambda page, library: (library.episodes / "ferry.json").write_bytes(b"{}"), True, id="amended"),
    ],
)
def test_what_is_done_stays_done_while_source_and_files_agree(
    library: Library, index: Index, page: Path, change: Callable[[Path, Library], object], recalled: bool
) -> None:
    memory(library, index).note(item(page), outcome(library, page))
    change(page, library)
    assert (memory(library, index).recall(item(page)) is not None) is recalled


def test_a_file_whose_size_and_time_are_as_noted_is_not_read(
    library: Library, index: Index, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory(library, index).note(item(page), outcome(library, page))
    monkeypatch.setattr("audiogen.batch.memory._examine", lambda item: refuse(item.source.path))
    assert memory(library, index).recall(item(page))


def test_a_file_that_was_just_written_is_read_since_the_clock_may_stand(
    library: Library, index: Index, page: Path
) -> None:
    page.write_text("<p>The ferry left.")
    memory(library, index).note(item(page), outcome(library, page))
    stamp = page.stat().st_mtime_ns
    page.write_text("<p>The ferry sank.")
    os.utime(page, ns=(stamp, stamp))
    assert memory(library, index).recall(item(page)) is None


@pytest.mark.parametrize(
    "known",
    [
        {"url": "https://ledger.example/b"},
        {"title": "Another"},
        {"tags": ("ships",)},
        {"published": datetime(2024, 9, 6, tzinfo=UTC)},
        {"saved": datetime(2024, 9, 6, tzinfo=UTC)},
        {"read": True},
    ],
    ids=lambda known: next(iter(known)),
)
def test_what_a_service_says_of_it_is_part_of_a_source(
    library: Library, index: Index, page: Path, known: dict[str, Any]
) -> None:
    memory(library, index).note(item(page), outcome(library, page))
    assert memory(library, index).recall(item(page, **known)) is None
    assert known_digest(Source("a", **known)) != known_digest(Source("a"))
    assert known_digest(Source("a", origin="x", **known)) == known_digest(Source("b", **known))


def test_an_address_is_known_without_its_page(library: Library, index: Index) -> None:
    url = "https://ledger.example/ferry"
    asked = Item(Source(url, url=url), Source(url, url=url))
    memory(library, index).note(asked, replace(outcome(library, library.root), source=url))
    result = memory(library, index).recall(asked)
    assert result
    assert result.status == "done"


@pytest.mark.parametrize("keep", [False, True])
def test_a_copy_is_a_duplicate_and_what_moved_is_done(library: Library, index: Index, page: Path, keep: bool) -> None:
    memory(library, index).note(item(page), outcome(library, page))
    copy = page.with_name("copy.html")
    copy.write_bytes(page.read_bytes())
    result = memory(library, index, batch_options=BatchOptions(keep_duplicates=keep)).recall(item(copy))
    assert result
    assert result.status == ("done" if keep else "duplicate")
    assert result.note == ("" if keep else f"the same file as {page}")
    page.unlink()
    moved = page.with_name("moved.html")
    copy.rename(moved)
    result = memory(library, index).recall(item(moved))
    assert result
    assert result.status == "done"


def test_a_dry_run_notes_nothing(library: Library, index: Index, page: Path) -> None:
    memory(library, index, batch_options=BatchOptions(dry=True)).note(item(page), outcome(library, page))
    assert index.recall(str(page)) is None


def test_a_refusal_holds_for_the_version_that_refused(library: Library, index: Index, page: Path) -> None:
    memory(library, index).note(item(page), outcome(library, page, "refused"))
    noted = index.recall(str(page))
    assert isinstance(noted, Note)
    index.write(replace(noted, settings="0.0.1"))
    assert memory(library, index).recall(item(page)) is None


def test_a_file_that_is_gone_is_noted_without_a_digest(library: Library, index: Index, tmp_path: Path) -> None:
    gone = tmp_path / "gone.html"
    memory(library, index).note(item(gone), outcome(library, gone, "failed"))
    noted = index.recall(str(gone))
    assert noted
    assert (noted.status, noted.digest, noted.reason) == ("failed", "", "It broke.")
    with pytest.raises(OSError, match=r"gone\.html"):
        memory(library, index).recall(item(gone))


def test_episodes_of_other_settings_are_counted(library: Library, index: Index, page: Path) -> None:
    memory(library, index).note(item(page), outcome(library, page))
    same, other = memory(library, index), memory(library, index, SETTINGS.with_flags(audio__quality="podcast"))
    assert same.recall(item(page))
    assert other.recall(item(page))
    assert (same.stale, other.stale) == (0, 1)


def test_notes_of_the_first_version_are_of_the_same_settings(library: Library, index: Index, page: Path) -> None:
    memory(library, index).note(item(page), outcome(library, page))
    noted = index.recall(str(page))
    assert isinstance(noted, Note)
    index.write(replace(noted, settings="f81937fd5ee82c5a"))
    same, other = memory(library, index), memory(library, index, SETTINGS.with_flags(audio__quality="podcast"))
    assert same.recall(item(page))
    assert other.recall(item(page))
    assert (same.stale, other.stale) == (0, 1)


def test_what_is_known_of_a_source_is_summed_up_as_by_the_first_version() -> None:
    assert known_digest(Source("a")) == known_digest(Source("a", external_id="7")) == "1293a956e5141bf9"
