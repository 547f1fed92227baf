"""What a worker process does with a job: reads, cleans and speaks its article, and stores the episode."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.batch.progress import follow
from audiogen.batch.shares import share
from audiogen.batch.work import Task, complete, episode_maker_for, faults, saved_of
from audiogen.episodes import find
from audiogen.episodes.edits import load_edit
from audiogen.episodes.identity import key_of_location
from audiogen.episodes.library import open_library
from audiogen.episodes.recognition import Identity, Sighting, recognise
from audiogen.model import Source
from audiogen.production import KEPT, Standing, check_wanted, make_in_library, speak_edit
from audiogen.server.orders import Result
from audiogen.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.episodes.library import Library
    from audiogen.model import Article
    from audiogen.server.jobs import Job
    from audiogen.server.orders import Order, WarmUp

    Tell = Callable[[str, str], None]

#: Standings with which an episode is kept. Changed settings alone do not replace it, unless the job names a
#: voice or a rate.
_KEPT_USUALLY = (*KEPT, Standing.OTHER_SETTINGS)


def do(order: Order, tell: Tell) -> Result:
    """Execute a job in this process; *tell* is called with each stage and the expected outcome.

    Raises:
        AudiogenError: It could not be made; a bug is raised as a `CrashError`.
    """
    return {"make": make_episode, "speak": speak_anew}[order.job.action](order, tell)


def speak_anew(order: Order, tell: Tell) -> Result:
    """Speak an edited episode again, without its source.

    Raises:
        AudiogenError: it could not be spoken.
    """
    job = order.job
    with faults(Source(job.location)):
        episode_maker, library = episode_maker_for(_task(order))
        tell("speaking", "changed")
        manifest = find(library, job.slug)
        episode = speak_edit(library, episode_maker, job.slug, manifest, follow(job.id), _preview(order))
        return Result("changed", episode.slug, str(manifest["guid"]), episode.title, episode.duration)


def make_episode(order: Order, tell: Tell) -> Result:
    """Make the episode of a job's document, unless the library has it; *tell* is called with stages and outcome.

    Raises:
        AudiogenError: It could not be made; a bug is raised as a `CrashError`.
    """
    job, source = order.job, source_of(order)
    with faults(source):
        episode_maker, library = episode_maker_for(_task(order))
        tell("reading", "")
        episode_maker.load_ahead()
        article = episode_maker.prepare(
            _document(source),
            url=source.url or None,
            force=bool(job.force),
            known=lambda article: complete(article, source),
            language=job.language,
        )
        identity = _identify(library, article, job)
        manifest = library.find(identity.guid)
        edit = load_edit(library, manifest["slug"], identity.guid) if manifest else None
        standing = episode_maker.reuse.standing(article, manifest, identity, edit)
        check_wanted(library, identity.guid)
        keep = KEPT if job.voice or job.rate else _KEPT_USUALLY
        is_kept = manifest is not None and library.has_sound(manifest) and standing in keep
        outcome = "unchanged" if is_kept else "new" if manifest is None else "changed"
        tell("speaking", outcome)
        episode = make_in_library(
            library,
            episode_maker,
            article,
            follow(job.id),
            saved=saved_of(source),
            tags=source.tags,
            keep=keep,
            identity=identity,
            preview=_preview(order),
        )
    return Result(outcome, episode.slug, identity.guid, episode.title, episode.duration)


def warm_up(order: WarmUp) -> None:
    """Load what the next job needs: the program, and the show's voice. Errors are ignored.

    That job will report them.
    """
    with suppress(Exception):
        episode_maker, _ = episode_maker_for(_settings_for(order.library, order.workers))
        episode_maker.warm_up()


def _preview(order: Order) -> Path | None:
    """Return the path of the preview; None if none is wanted."""
    return Path(order.preview) if order.preview else None


def source_of(order: Order) -> Source:
    """Return a job's article as a source; its location is the server's, which reveals no path of this machine."""
    job = order.job
    return Source(
        job.location,
        path=Path(order.uploads) / job.document,
        url=job.url,
        title=job.title,
        tags=tuple(job.tags.split("\n")) if job.tags else (),
        external_id=job.external_id,
    )


def _document(source: Source) -> Path:
    """Return the path of a source's document."""
    assert source.path is not None, "an address is fetched before it is worked on"
    return source.path


def _task(order: Order) -> Task:
    """Return the settings of a job: the show's current ones, with what the job asks for."""
    job = order.job
    flags = {
        "speech__voice": job.voice or None,
        "speech__rate": job.rate or None,
        "show__drafts": True if job.draft else None,
    }
    task = _settings_for(order.library, order.workers, **flags)
    return replace(task, force=bool(job.force), voice_named=bool(job.voice), language=job.language)


def _settings_for(location: str, workers: int, **flags: Any) -> Task:
    """Return the show's current settings, for one of so many workers."""
    library = open_library(location)
    library.storage.refresh()
    settings = load_settings(library.root).with_flags(**flags)
    if workers > 1:
        _, settings = share(settings, library.root, workers)
    return Task(location, settings)


def _identify(library: Library, article: Article, job: Job) -> Identity:
    """Return the identity of the article. If a sender uses an id again, it is the same article."""
    identity = recognise(library, article, Sighting(job.location))
    tie = library.tied(key_of_location(job.location)) if job.external_id else None
    if tie is None or library.find(tie.guid) is None:
        return replace(identity, outdated=False)
    return Identity(tie.guid, tie.seen, location=job.location)
