"""An episode that was removed is out of sight, is not made again, and can be brought back."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from audiogen import episodes, produce
from audiogen.episodes.library import Library
from audiogen.errors import LibraryError, NoEpisodeError, RemovedError
from audiogen.podcast import publish
from audiogen.podcast.entries import read_index
from tests.batch.pile import make_pile
from tests.podcast.libraries import files_of, settings

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.settings import Settings


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_its_files_are_moved_aside_and_nothing_is_deleted(library: Path) -> None:
    before = files_of(library / "episodes")
    episodes.remove(library, "mud", by="ada")
    assert names(library / "removed") == {"mud.mp3", "mud.json", "mud.vtt", "mud.chapters.json"}
    assert {**files_of(library / "episodes"), **files_of(library / "removed")} == before
    report = json.loads((library / "state" / "removed.json").read_text(encoding="utf-8"))["mud"]
    assert (report["title"], report["by"]) == ("The mud", "ada")


def test_feed_and_pages_do_not_show_it_any_more_and_it_comes_back_as_it_was(library: Path) -> None:
    publish(library, settings())
    before = (library / "feed.xml").read_bytes()
    episodes.remove(library, "mud")
    assert not (library / "episodes" / "mud.html").exists()
    publish(library, settings())
    assert b"/mud" not in (library / "feed.xml").read_bytes()
    assert not (library / "oembed" / "mud.json").exists()
    episodes.restore(library, "mud")
    publish(library, settings())
    assert (library / "feed.xml").read_bytes() == before
    assert names(library / "removed") == set()


def test_an_episode_whose_name_begins_alike_stays(library: Path) -> None:
    shutil.copy(library / "episodes" / "mud.vtt", library / "episodes" / "mud-2.vtt")
    episodes.remove(library, "mud")
    assert (library / "episodes" / "mud-2.vtt").exists()


@pytest.mark.parametrize("slug", ["nobody", "../library", "", "a/b", "mud.mp3"])
@pytest.mark.parametrize("verb", ["remove", "restore", "forget"])
def test_a_name_that_no_episode_has_is_told(library: Path, verb: str, slug: str) -> None:
    before = files_of(library)
    with pytest.raises(NoEpisodeError):
        getattr(episodes, verb)(library, slug)
    assert files_of(library) == before


def test_a_near_name_is_offered(library: Path) -> None:
    with pytest.raises(NoEpisodeError, match="Did you mean quay"):
        episodes.remove(library, "quays")


def test_who_removes_twice_is_told_how_to_bring_it_back(library: Path) -> None:
    episodes.remove(library, "mud")
    with pytest.raises(NoEpisodeError, match="--restore"):
        episodes.remove(library, "mud")


def test_one_whose_files_were_deleted_cannot_come_back_and_stays_removed(library: Path) -> None:
    episodes.remove(library, "mud")
    shutil.rmtree(library / "removed")
    with pytest.raises(LibraryError, match=r"not in .*removed any more"):
        episodes.restore(library, "mud")
    assert [row.state for row in episodes.listing(library) if row.slug == "mud"] == ["removed"]


def test_a_removal_that_was_broken_off_is_finished_by_the_next_run(library: Path) -> None:
    episodes.remove(library, "mud")
    Library(library).bring_back("mud")
    Library(library).recover()
    assert [entry.slug for entry in read_index(library).entries] == ["ferry", "quay"]
    assert (library / "removed" / "mud.json").exists()


def test_a_new_article_does_not_get_the_name_of_one_that_was_removed(library: Path) -> None:
    episodes.remove(library, "mud")
    shutil.rmtree(library / ".audiogen", ignore_errors=True)
    assert Library(library).name("urn:uuid:00000000-0000-5000-8000-000000000001", "mud") == "mud-2"


def test_a_state_file_that_cannot_be_read_is_told_and_not_written_over(library: Path) -> None:
    path = library / "state" / "removed.json"
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"removed\.json cannot be read"):
        episodes.remove(library, "mud")
    assert path.read_text(encoding="utf-8") == "{"


def test_produce_says_why_it_makes_nothing(tones: Settings, tmp_path: Path) -> None:
    [page] = make_pile(tmp_path / "one", 1).iterdir()
    made = produce(page, tmp_path / "library", settings=tones)
    episodes.remove(tmp_path / "library", made.slug)
    with pytest.raises(RemovedError, match="audiogen remove --restore"):
        produce(page, tmp_path / "library", settings=tones)
