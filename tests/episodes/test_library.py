"""A library is a plain folder in which an episode is whole or not there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audiogen.episodes.library import Library
from audiogen.errors import LibraryError

GUID = "urn:uuid:6b5e1a2d-051a-5626-9b9c-d6621671d636"
OTHER = GUID.replace("6b", "7b")
SUFFIXES = (".mp3", ".vtt", ".chapters.json", ".json")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def put(library: Library, slug: str, guid: str = GUID, note: str = "") -> None:
    with library.stage() as folder:
        for suffix in SUFFIXES:
            content = json.dumps({"slug": slug, "guid": guid, "note": note}) if suffix == ".json" else note
            (folder / f"{slug}{suffix}").write_text(content, encoding="utf-8")
        library.put(guid, slug, folder)


def files(library: Library) -> list[str]:
    return sorted(path.name for path in library.episodes.iterdir())


def test_an_episode_that_was_put_in_is_found_by_its_guid(library: Library) -> None:
    assert library.find(GUID) is None
    put(library, "ferry", note="first")
    found = library.find(GUID)
    assert found is not None
    assert found["note"] == "first"
    assert files(library) == sorted(f"ferry{suffix}" for suffix in SUFFIXES)
    assert [manifest["slug"] for manifest in library.manifests()] == ["ferry"]


def test_an_episode_made_anew_takes_the_place_of_the_old_one(library: Library) -> None:
    put(library, "ferry", note="first")
    put(library, library.name(GUID, "another title by now"), note="second")
    found = library.find(GUID)
    assert found is not None
    assert found["note"] == "second"
    assert files(library) == sorted(f"ferry{suffix}" for suffix in SUFFIXES)


def test_two_articles_of_one_name_do_not_meet(library: Library) -> None:
    assert library.name(GUID, "ferry") == "ferry"
    assert library.name(OTHER, "ferry") == "ferry-2"
    assert library.name(GUID, "ferry") == "ferry"
    put(library, "ferry")
    put(library, "ferry-2", guid=OTHER)
    assert library.name(GUID.replace("6b", "8b"), "ferry") == "ferry-3"


def test_a_name_that_a_file_has_already_is_not_given_away(library: Library) -> None:
    library.episodes.mkdir(parents=True)
    (library.episodes / "ferry.mp3").write_bytes(b"somebody's own")
    assert library.name(GUID, "ferry") == "ferry-2"


def test_a_library_that_was_copied_without_its_notes_knows_its_episodes(library: Library, tmp_path: Path) -> None:
    put(library, "ferry", note="first")
    copy = Library(tmp_path / "copy")
    shutil.copytree(library.episodes, copy.episodes)
    found = copy.find(GUID)
    assert found is not None
    assert found["slug"] == "ferry"
    assert copy.name(GUID, "ferry") == "ferry"
    assert copy.name(OTHER, "ferry") == "ferry-2"


@pytest.mark.parametrize("moved", range(len(SUFFIXES) + 1))
def test_a_run_killed_among_the_last_moves_is_finished_by_the_next(library: Library, moved: int) -> None:
    put(library, "ferry", note="first")
    ready = library.notes / "ready-ferry"
    ready.mkdir()
    for number, suffix in enumerate(SUFFIXES):
        home = library.episodes if number < moved else ready
        content = json.dumps({"slug": "ferry", "guid": GUID, "note": "second"}) if suffix == ".json" else "second"
        (home / f"ferry{suffix}").write_text(content, encoding="utf-8")
    again = Library(library.root)
    again.recover()
    assert not ready.exists()
    assert {path.read_text(encoding="utf-8")[:6] for path in again.episodes.iterdir()} == {"second", '{"slug'}
    found = again.find(GUID)
    assert found is not None
    assert found["note"] == "second"


def put_revision(library: Library, sound: str) -> None:
    with library.stage() as folder:
        (folder / sound).write_text(sound)
        (folder / "ferry.json").write_text(json.dumps({"slug": "ferry", "guid": GUID, "audio": {"file": sound}}))
        library.put(GUID, "ferry", folder)


class KilledError(BaseException):
    """The end of a process, as far as a test can have it."""


@pytest.mark.parametrize(
    ("step", "count"),
    [("replace", 0), ("replace", 1), ("unlink", 0), ("unlink", 1), ("rmdir", 0)],
    ids=["before any move", "before the manifest", "before the older sound", "before the note", "before the folder"],
)
def test_the_older_sound_goes_though_the_run_was_killed_before(
    library: Library, monkeypatch: pytest.MonkeyPatch, step: str, count: int
) -> None:
    put_revision(library, "ferry.mp3")
    real, left = getattr(Path, step), [None] * count

    def killed_at_last(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.parent.name == "ready-ferry" or path.name == "ready-ferry" or path.name == "ferry.mp3":
            if not left:
                raise KilledError
            left.pop()
        return real(path, *arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, step, killed_at_last)
        with pytest.raises(KilledError):
            put_revision(library, "ferry.v2.mp3")
    again = Library(library.root)
    again.recover()
    assert files(again) == ["ferry.json", "ferry.v2.mp3"]
    assert list(again.notes.glob("ready-*")) == []


def test_a_note_of_an_older_sound_cannot_lead_out_of_the_folder(library: Library) -> None:
    put_revision(library, "ferry.mp3")
    (library.root / "mine.mp3").write_text("mine")
    ready = library.notes / "ready-ferry"
    ready.mkdir()
    (ready / ".older-sound").write_text("../mine.mp3")
    Library(library.root).recover()
    assert files(library) == ["ferry.json", "ferry.mp3"]
    assert (library.root / "mine.mp3").exists()


def test_one_run_at_a_time_makes_an_episode(library: Library) -> None:
    with library.hold(GUID) as mine:
        assert mine
        with Library(library.root).hold(GUID, wait=False) as theirs:
            assert not theirs
    with Library(library.root).hold(GUID, wait=False) as theirs:
        assert theirs


def test_the_lock_of_a_killed_process_is_free(library: Library) -> None:
    code = (
        "import sys, time; from audiogen.episodes.library import Library\n"
        "with Library(sys.argv[1]).hold(sys.argv[2]): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(library.root), GUID]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with library.hold(GUID, wait=False) as mine:
            assert not mine
        holder.kill()
    with library.hold(GUID, wait=False) as mine:
        assert mine


def test_a_manifest_can_be_amended_alone(library: Library) -> None:
    put(library, "ferry", note="first")
    library.amend({"slug": "ferry", "guid": GUID, "note": "read"})
    found = library.find(GUID)
    assert found is not None
    assert found["note"] == "read"
    assert files(library) == sorted(f"ferry{suffix}" for suffix in SUFFIXES)


def test_nothing_is_left_of_an_episode_that_failed(library: Library) -> None:
    def fail() -> None:
        with library.stage() as folder:
            (folder / "half.mp3").write_bytes(b"half")
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fail()
    assert files(library) == []
    assert list(library.notes.glob("making-*")) == []


def test_the_work_of_a_killed_run_is_swept_away_by_a_later_one(library: Library) -> None:
    put(library, "ferry")
    stale, fresh = library.notes / "making-stale", library.notes / "making-fresh"
    for folder in (stale, fresh):
        folder.mkdir()
        (folder / "half.mp3").write_bytes(b"half")
    os.utime(stale, (0, 0))
    put(Library(library.root), "ferry-2")
    assert not stale.exists()
    assert fresh.exists()


def test_an_episode_without_its_manifest_does_not_exist(library: Library) -> None:
    put(library, "ferry")
    (library.episodes / "ferry.json").unlink()
    assert library.find(GUID) is None
    assert list(library.manifests()) == []


def test_a_manifest_that_cannot_be_read_is_named(library: Library) -> None:
    put(library, "ferry")
    (library.episodes / "ferry.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"ferry\.json"):
        library.manifest("ferry")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(LibraryError, match="Name another folder"), Library(blocker / "library").stage():
        pass


@pytest.mark.parametrize(
    ("file", "size"),
    [("ferry.mp3", 5), ("ferry.vtt", 5), ("quay.mp3", None), ("", None), ("a\x00b", None), ("folder", None)],
)
def test_the_size_of_a_file_is_told_where_there_is_one(library: Library, file: str, size: int | None) -> None:
    put(library, "ferry", note="12345")
    (library.episodes / "folder").mkdir()
    assert library.size(file) == size


def test_a_folder_is_at_hand_and_needs_nothing_brought(library: Library) -> None:
    put(library, "ferry")
    before = files(library)
    library.storage.prepare_sizes()
    library.storage.refresh()
    for whole in (False, True):
        with library.storage.working(), library.storage.local_folder(whole=whole) as folder:
            assert folder == library.root
    assert library.location == library.root
    assert library.where("ferry.mp3") == (library.episodes / "ferry.mp3")
    assert files(library) == before


def test_notes_that_are_lost_while_a_library_is_open_are_made_again(library: Library) -> None:
    put(library, "ferry")
    assert library.find(OTHER) is None
    shutil.rmtree(library.notes)
    assert (library.find(GUID) or {})["slug"] == "ferry"
    assert [path.read_text() for path in (library.notes / "guids").iterdir()] == ["ferry"]
