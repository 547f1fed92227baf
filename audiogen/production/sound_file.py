"""Makes only the sound file of an article, in a folder that is no library."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.episodes.identity import guid_of_file
from audiogen.episodes.names import slug_of
from audiogen.errors import LibraryError
from audiogen.production.producing import location_of
from audiogen.production.revision import Revision
from audiogen.temporary import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.production.made import EpisodeFiles
    from audiogen.production.maker import EpisodeMaker, Progress


def write_sound_file(
    folder: Path, episode_maker: EpisodeMaker, article: Article, progress: Progress | None = None
) -> EpisodeFiles:
    """Make only the sound file of the article in *folder*; it gets its final name when it is complete."""
    with _work_folder(folder) as work:
        suffix = f".{episode_maker.settings.audio.format}"
        guid = guid_of_file(article, location_of(article))
        slug = _free_name(folder, slug_of(article.title, article.published), suffix, guid)
        made = episode_maker.make(article, work, slug, progress, revision=Revision(guid))
        target = folder / f"{slug}{suffix}"
        made.recording.path.replace(target)
        return replace(made, folder=folder, recording=replace(made.recording, path=target))


@contextmanager
def _work_folder(folder: Path) -> Iterator[Path]:
    """Make a hidden temporary folder inside *folder*, so that it is on the same file system."""
    work = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = make_folder(".audiogen-", folder)
        yield work
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(folder, f"{folder} cannot be written ({reason}). Name another folder with -o.") from error
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)


def _free_name(folder: Path, wanted: str, suffix: str, guid: str) -> str:
    """Return *wanted*, with a number if that file belongs to another article; a file of this article is replaced."""
    from audiogen.assembler.tagging import read_guid

    name, number = wanted, 1
    while (path := folder / f"{name}{suffix}").exists() and read_guid(path) != guid:
        number += 1
        name = f"{wanted}-{number}"
    return name
