"""Notes are kept through kills and shared between batches, and nothing is written where there is nothing to note."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from audiogen.batch.index import Index, Note
from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path


def note(source: str, status: str = "done", **facts: object) -> Note:
    return Note(source, status, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        note("/pile/a.html", digest="d", known="k", size=7, changed=1_725_603_180_123_456_789, guid="urn:uuid:1"),
        note("https://ledger.example/ferry", "failed", reason="It broke.\nTwice.", origin="/pile"),
        note("export.zip#Łódź", "duplicate", slug="ferry", audio="ferry.mp3", bytes=5_000_000_000, title="Łódź"),
        note("'; DROP TABLE notes; --", "refused", settings="0.1", voice="tone", words=3, seconds=1.5, work=0.25),
    ],
    ids=lambda written: written.status,
)
def test_a_note_is_read_as_it_was_written(tmp_path: Path, written: Note) -> None:
    with Index(tmp_path) as index:
        index.write(written)
    with Index(tmp_path) as index:
        read = index.recall(written.source)
    assert read is not None
    assert read.at.endswith("+00:00")
    assert Note(*[getattr(read, name) for name in Note.__slots__][:-1]) == written


def test_the_last_note_on_a_source_stands(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.write(note("a", "failed"))
        index.write(note("a", "done"))
        assert [one.status for one in (index.recall("a"),) if one] == ["done"]
        assert list(index.troubles()) == []


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with Index(tmp_path / "library") as index:
        assert index.recall("a") is None
        assert index.same("digest", "known") is None
        assert list(index.troubles()) == []
        assert list(index.signatures()) == []
        assert index.speed("tone") == (0, 0.0, 0.0)
    assert list(tmp_path.iterdir()) == []


def test_reading_changes_no_byte(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.write(note("a"))
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    with Index(tmp_path) as index:
        assert index.recall("a")
        assert index.recall("b") is None
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("digest", "known", "found"),
    [("d", "k", True), ("d", "other", False), ("other", "k", False), ("", "", False)],
)
def test_the_same_document_is_known_under_another_name(tmp_path: Path, digest: str, known: str, found: bool) -> None:
    with Index(tmp_path) as index:
        index.write(note("a", digest="d", known="k"))
        index.write(note("b", "failed", digest="x", known="k"))
        assert (index.same(digest, known) is not None) is found
        assert index.same("x", "k") is None, "what failed is done under no name"


def test_troubles_are_what_failed_and_what_was_refused(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        for number, status in enumerate(("done", "failed", "duplicate", "refused", "failed")):
            index.write(note(f"{number}.html", status))
        assert [one.source for one in index.troubles()] == ["1.html", "3.html", "4.html"]


def test_speed_sums_up_what_was_made_with_a_voice(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.write(note("a", voice="tone", words=100, seconds=40.0, work=2.0))
        index.write(note("b", voice="tone", words=50, seconds=20.0, work=1.0))
        index.write(note("c", voice="tone", words=1000, seconds=0.0, work=0.0))
        index.write(note("d", voice="other", words=7, seconds=3.0, work=9.0))
        assert index.speed("tone") == (150, 60.0, 3.0)
        assert index.speed("other") == (7, 3.0, 9.0)
        assert index.speed("nobody") == (0, 0.0, 0.0)


def test_signatures_are_kept_and_forgotten(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        index.sign("two", b"\x00\x02")
        index.sign("one", b"\x01")
        index.sign("one", b"\x03")
        index.forget("two")
        index.forget("nobody")
    with Index(tmp_path) as index:
        assert list(index.signatures()) == [("one", b"\x03")]


def test_two_batches_write_to_one_library(tmp_path: Path) -> None:
    with Index(tmp_path) as first, Index(tmp_path) as second:
        first.write(note("a"))
        first.flush()
        second.write(note("b"))
        second.flush()
        assert first.recall("b")
        assert second.recall("a")


def test_what_was_not_flushed_is_lost_with_its_process_and_nothing_else(tmp_path: Path) -> None:
    kept = Index(tmp_path)
    kept.write(note("a"))
    kept.flush()
    kept.write(note("b"))
    # Another process sees what is on disk.
    with Index(tmp_path) as other:
        assert other.recall("a")
        assert other.recall("b") is None
    kept.__exit__(None, None, None)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\x01" * 200])
def test_notes_that_cannot_be_read_are_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "batch.sqlite").write_bytes(content)
    with pytest.raises(LibraryError, match="may be deleted") as caught, Index(tmp_path) as index:
        index.recall("a")
    assert caught.value.subject == tmp_path / "batch.sqlite"


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "batch.sqlite").close()
    with Index(tmp_path) as index:
        assert index.recall("a") is None
        index.write(note("a"))
        assert index.recall("a")
