"""What somebody removed is not made again, whatever leads to it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from audiogen import episodes
from audiogen.episodes.library import Library
from tests.batch.conftest import statuses

if TYPE_CHECKING:
    from pathlib import Path

    from tests.batch.conftest import Run


@pytest.mark.parametrize("notes", ["with its notes", "without its notes"])
@pytest.mark.parametrize("files", ["with its files", "without its files"])
def test_no_batch_makes_it_again(run: Run, pile: Path, library: Path, notes: str, files: str) -> None:
    slugs = [outcome.episode.slug for outcome in run(pile) if outcome.episode]
    source = sorted(pile.iterdir())[0]
    gone = next(outcome for outcome in run(source)).episode
    assert gone is not None
    episodes.remove(library, gone.slug)
    if notes == "without its notes":
        shutil.rmtree(library / ".audiogen")
    if files == "without its files":
        shutil.rmtree(library / "removed")
    for _ in range(2):
        result = statuses(run(pile))
        assert result.pop(source.name) == "removed"
        assert set(result.values()) == {"done"}
    assert gone.slug not in [manifest["slug"] for manifest in Library(library).manifests()]
    assert len(slugs) == 3


def test_a_correction_of_its_article_is_not_made_either(run: Run, pile: Path, library: Path) -> None:
    run(pile)
    source = sorted(pile.iterdir())[0]
    gone = next(outcome for outcome in run(source)).episode
    assert gone is not None
    episodes.remove(library, gone.slug)
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("</p>", " It was corrected.</p>", 1), encoding="utf-8")
    assert statuses(run(source)) == {source.name: "removed"}


def test_a_copy_of_the_file_under_another_name_is_not_made_either(run: Run, pile: Path, library: Path) -> None:
    source = sorted(pile.iterdir())[0]
    [first] = run(source)
    assert first.episode is not None
    episodes.remove(library, first.episode.slug)
    copy = source.with_name(f"copy{source.suffix}")
    shutil.copy(source, copy)
    assert statuses(run(copy)) == {copy.name: "removed"}


def test_what_was_restored_is_done_and_what_was_forgotten_is_made(run: Run, pile: Path, library: Path) -> None:
    source = sorted(pile.iterdir())[0]
    [first] = run(source)
    assert first.episode is not None
    episodes.remove(library, first.episode.slug)
    run(source)
    episodes.restore(library, first.episode.slug)
    assert statuses(run(source)) == {source.name: "done"}
    episodes.remove(library, first.episode.slug)
    run(source)
    episodes.forget(library, first.episode.slug)
    assert statuses(run(source))[source.name] in ("new", "healed")
