"""Reads and cleans a source, by the settings and by the site files of the user and of the show."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.cleaner import clean
from audiogen.cleaner.foreign import Foreign
from audiogen.engines.voices import load_cards, spoken_languages
from audiogen.readers import read
from audiogen.settings import user_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.model import Article
    from audiogen.settings import Settings

_log = logging.getLogger(__name__)
#: Folder of site files, in the user's folder and in the show's.
SITES = "sites"
#: Longest text that may be a path, in characters.
_LONGEST_PATH = 1000


def prepare(
    source: str | bytes | Path,
    settings: Settings,
    *,
    folder: Path | None = None,
    url: str | None = None,
    force: bool = False,
    known: Callable[[Article], Article] | None = None,
    language: str = "",
) -> Article:
    """Read and clean a source, by the settings and by the site files of the user and of the show's *folder*.

    *force* accepts it even if it is no article; *known* adds facts on the article from elsewhere, before it is
    cleaned; *language* is a BCP 47 tag that is used instead of the detected language.
    """
    started = time.perf_counter()
    article = read(source, url=url)
    if language:
        article = replace(article, language=language)
    if path := _path_of(source):
        article = replace(article, source=str(path))
    sites = [where / SITES for where in (user_folder(), folder) if where and (where / SITES).is_dir()]
    cards = load_cards((folder / "voices",) if folder else ())
    foreign = Foreign(settings.speech.foreign, spoken_languages(cards))
    article = known(article) if known else article
    article = clean(article, force=force, placeholders=settings.stand_ins, sites=sites, foreign=foreign)
    _log.debug(
        "Read and cleaned in %.2f s: %s; %d paragraphs are heard, %d are not.",
        time.perf_counter() - started,
        article.title or "an article without a title",
        len(article.blocks),
        len(article.removed),
    )
    return article


def _path_of(source: str | bytes | Path) -> Path | None:
    """Return the path of a source; a text is a path if that file exists."""
    if isinstance(source, str) and len(source) < _LONGEST_PATH and "\n" not in source:
        with suppress(OSError, ValueError):
            return Path(source) if Path(source).exists() else None
    return source if isinstance(source, Path) else None
