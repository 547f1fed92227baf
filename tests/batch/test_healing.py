"""What is done stays whole: what is damaged is made whole again, and what somebody changed is theirs."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.batch.memory import BatchOptions
from audiogen.episodes.library import Library
from tests.batch.conftest import assert_whole, snapshot, statuses
from tests.batch.pile import make_pile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.batch.conftest import Run

SLUG = "house-0-and-its-neighbours"
NAME = "story-00000.html"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return make_pile(tmp_path / "pile", 1)


def manifest_of(library: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((library / "episodes" / f"{SLUG}.json").read_text(encoding="utf-8"))
    return result


def cut(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def flip(path: Path) -> None:
    """Break the headers of many frames, as a failing disk does."""
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    path.write_bytes(data)


def retag(path: Path) -> None:
    from mutagen.id3 import ID3, TIT2

    tags = ID3(path)
    tags.add(TIT2(encoding=3, text=["My own title"]))
    tags.save(path)


TEXTS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "no transcript": (".vtt", lambda path: path.unlink()),
    "an empty transcript": (".vtt", lambda path: path.write_text("")),
    "a transcript that is cut off": (".vtt", cut),
    "no words": (".words.json", lambda path: path.unlink()),
    "words that are cut off": (".words.json", cut),
    "no chapters": (".chapters.json", lambda path: path.unlink()),
    "chapters that are none": (".chapters.json", lambda path: path.write_text("{")),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("notes", [True, False], ids=["with notes", "without notes"])
def test_a_text_is_written_again_and_nothing_is_spoken(
    name: str, notes: bool, run: Run, one: Path, library: Path
) -> None:
    run(one)
    suffix, damage = TEXTS[name]
    path = library / "episodes" / f"{SLUG}{suffix}"
    before, sound = path.read_bytes(), snapshot(library)[f"episodes/{SLUG}.mp3"]
    damage(path)
    if not notes:
        shutil.rmtree(library / ".audiogen")
    assert statuses(run(one)) == {NAME: "healed"}
    # The words that are lost are reckoned; all else is as it was.
    assert path.read_bytes() == before or suffix == ".words.json"
    assert snapshot(library)[f"episodes/{SLUG}.mp3"] == sound
    assert statuses(run(one)) == {NAME: "done"}


SOUNDS: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": cut,
    "zeros in it": flip,
    "something else": lambda path: path.write_bytes(b"no sound at all" * 100),
}


@pytest.mark.usefixtures("calm_tones")
@pytest.mark.parametrize("name", SOUNDS)
def test_sound_that_is_lost_is_made_anew_as_the_next_revision(name: str, run: Run, one: Path, library: Path) -> None:
    run(one)
    before = manifest_of(library)
    SOUNDS[name](library / "episodes" / f"{SLUG}.mp3")
    assert statuses(run(one)) == {NAME: "healed"}
    after = manifest_of(library)
    assert (after["guid"], after["slug"], after["voice"]) == (before["guid"], before["slug"], before["voice"])
    assert after["revision"] == 2
    assert assert_whole(library) == [SLUG]
    assert statuses(run(one)) == {NAME: "done"}


def test_sound_that_somebody_tagged_is_kept_and_told_of(run: Run, one: Path, library: Path) -> None:
    run(one)
    sound = library / "episodes" / f"{SLUG}.mp3"
    retag(sound)
    theirs = sound.read_bytes()
    for _ in range(2):
        [outcome] = run(one)
        assert outcome.status == "done"
        assert "is kept" in outcome.note
    assert sound.read_bytes() == theirs


def test_a_transcript_that_somebody_edited_is_kept(run: Run, one: Path, library: Path) -> None:
    run(one)
    path = library / "episodes" / f"{SLUG}.vtt"
    path.write_text(path.read_text(encoding="utf-8").replace("house", "cottage"), encoding="utf-8")
    theirs = path.read_bytes()
    assert statuses(run(one)) == {NAME: "done"}
    assert path.read_bytes() == theirs


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}'])
def test_an_episode_whose_manifest_is_lost_is_made_anew_under_its_name(
    content: str, run: Run, one: Path, library: Path
) -> None:
    run(one)
    guid = manifest_of(library)["guid"]
    (library / "episodes" / f"{SLUG}.json").write_text(content, encoding="utf-8")
    assert statuses(run(one)) == {NAME: "healed"}
    assert manifest_of(library)["guid"] == guid
    assert assert_whole(library) == [SLUG]


@pytest.mark.usefixtures("calm_tones")
def test_a_change_that_left_size_and_time_alone_is_found_by_reading_every_byte(
    run: Run, one: Path, library: Path
) -> None:
    import os

    run(one)
    sound = library / "episodes" / f"{SLUG}.mp3"
    stat = sound.stat()
    flip(sound)
    os.utime(sound, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert statuses(run(one)) == {NAME: "done"}
    assert statuses(run(one, options=BatchOptions(verify=True))) == {NAME: "healed"}
    assert assert_whole(library) == [SLUG]


def test_an_episode_without_a_source_gets_its_texts_and_is_told_of_where_its_sound_is_lost(
    run: Run, tmp_path: Path, library: Path
) -> None:
    pile = make_pile(tmp_path / "pile", 2)
    run(pile)
    (pile / NAME).unlink()
    (library / "episodes" / f"{SLUG}.vtt").unlink()
    assert statuses(run(pile)) == {"story-00001.html": "done", f"{SLUG}.json": "healed"}
    cut(library / "episodes" / f"{SLUG}.mp3")
    for _ in range(2):
        became = {outcome.status: outcome for outcome in run(pile)}
        assert set(became) == {"done", "damaged"}
        assert "none of the sources" in became["damaged"].note


def test_a_dry_run_heals_nothing(run: Run, one: Path, library: Path) -> None:
    run(one)
    (library / "episodes" / f"{SLUG}.vtt").unlink()
    before = snapshot(library)
    run(one, options=BatchOptions(dry=True))
    assert snapshot(library) == before
    assert Library(library).manifest(SLUG) is not None


def test_what_options_was_called_before_is_still_taken(run: Run, one: Path) -> None:
    run(one)
    with pytest.warns(DeprecationWarning, match="`wishes` is called `options` now"):
        assert statuses(run(one, wishes=BatchOptions(dry=True))) == {NAME: "done"}
