"""The work of a batch's worker, in this process, in another one, or on another machine.

A batch works on an article in two steps. `prepare` reads and cleans it and finds its standing in the library, so that
the batch can skip it if it is done or a duplicate; `make` makes its episode. Both take and return plain values that can
be pickled. Each thread of a worker keeps one episode maker open, with its engine, while it gets articles of one
batch.
"""

from __future__ import annotations

import atexit
import threading
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from audiogen.batch.near_duplicates import sign
from audiogen.batch.progress import follow
from audiogen.episodes.edits import load_edit
from audiogen.episodes.identity import keys_of
from audiogen.episodes.library import open_library
from audiogen.episodes.recognition import Identity, Sighting, recognise
from audiogen.episodes.storage.local import is_out_of_room
from audiogen.errors import AudiogenError, CrashError, UnwritableError
from audiogen.model import Reason
from audiogen.production import (
    KEPT,
    EpisodeMaker,
    Standing,
    check_wanted,
    keep_existing,
    make_in_library,
    record_identity,
    traits_of,
)
from audiogen.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.episodes.library import Library
    from audiogen.model import Article, Episode, Source
    from audiogen.settings import Settings


@dataclass(frozen=True, slots=True)
class Task:
    """The settings that all articles of a batch have in common."""

    #: The library's folder, or its address.
    library: str
    settings: Settings
    #: Whether to narrate pages that seem to be no articles.
    force: bool = False
    #: Whether to make episodes again that have other settings or are of an older version.
    remake: bool = False
    #: Whether the user named the voice for this run.
    voice_named: bool = False
    #: Whether only to report what would be done; nothing is recorded.
    dry: bool = False
    #: BCP 47 tag of the articles' language; "" lets the reader find it out.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A cleaned article, and its standing in the library."""

    article: Article
    #: The episode that the article belongs to.
    identity: Identity
    standing: Standing
    #: The existing episode, if any.
    episode: Episode | None
    words: int
    voice: str
    #: Whether its voice runs on a remote server.
    remote: bool
    #: Cost of speaking it, in the currency of the voice's price.
    cost: float
    #: Signature of the text, to find near-duplicates.
    signature: bytes
    #: Seconds of work.
    work: float

    @property
    def guid(self) -> str:
        """GUID of its episode."""
        return self.identity.guid

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that another article of the same episode would share."""
        keys = keys_of(self.article)
        if "id" in keys:
            # A newsletter's issues may all give the address of its front page.
            keys.pop("address", None)
        return (self.guid, *keys.values())


@dataclass(frozen=True, slots=True)
class Made:
    """An episode that was made; None if another run is working on it."""

    episode: Episode | None
    work: float


class _ThreadState(threading.local):
    """The episode maker of this thread."""

    key = ""
    episode_maker: EpisodeMaker | None = None
    library: Library | None = None


_thread_state = _ThreadState()
_open: list[EpisodeMaker] = []


def prepare(task: Task, source: Source, noted: tuple[str, str] = ("", "")) -> Prepared:
    """Read and clean a source, and find its standing in the library.

    *noted* is the library's note on the source: the GUID of its episode, and the digest of its document.

    Raises:
        RemovedError: somebody removed its episode.
        AudiogenError: it cannot be narrated; a bug is raised as a `CrashError`.
    """
    started = perf_counter()
    with faults(source):
        episode_maker, library = episode_maker_for(task)
        document = source.document if source.document is not None else source.path
        assert document is not None, "an address is fetched before it is prepared"
        article = episode_maker.prepare(
            document,
            url=source.url or None,
            force=task.force,
            known=lambda article: complete(article, source),
            language=task.language,
        )
        identity = recognise(library, article, Sighting(source.name, *noted, of_pile=True))
        check_wanted(library, identity.guid)
        manifest = library.find(identity.guid)
        edit = load_edit(library, manifest["slug"], identity.guid) if manifest else None
        standing = episode_maker.reuse.standing(article, manifest, identity, edit)
        voice = episode_maker.speakers.speaker(article, manifest, renew=task.remake).voice
        if manifest and not library.has_sound(manifest):
            manifest, standing = None, Standing.NEW
        if manifest and not task.dry and standing is not Standing.CHANGED:
            record_identity(library, article, identity)
        return Prepared(
            article=_light(article),
            identity=identity,
            standing=standing,
            episode=_episode_of(library, manifest, task, source) if manifest else None,
            words=len(article.text.split()),
            voice=voice.name,
            remote=traits_of(voice).remote,
            cost=episode_maker.cost(article, voice) if standing is not Standing.DONE else 0.0,
            signature=sign(article.text),
            work=perf_counter() - started,
        )


def _episode_of(library: Library, manifest: dict[str, Any], task: Task, source: Source) -> Episode:
    """Return an existing episode, after adding what a service newly has of its article."""
    return (
        keep_existing(library, manifest)
        if task.dry
        else keep_existing(library, manifest, saved_of(source), source.tags)
    )


def make(
    task: Task, source: Source, article: Article, *, wait: bool, identity: Identity | None = None, anew: bool = False
) -> Made:
    """Make the episode of a prepared article; if another run is making it, *wait* for that or return at once.

    *identity* is the article's; it is looked up if it is None. *anew* makes the episode again, as its sound
    or its manifest is lost.

    Raises:
        AudiogenError: it could not be made; a bug is raised as a `CrashError`.
    """
    started = perf_counter()
    with faults(source):
        episode_maker, library = episode_maker_for(task)
        identity = identity or recognise(library, article, Sighting(source.name, of_pile=True))
        with library.hold(identity.guid, wait=wait) as mine:
            if not mine:
                return Made(None, perf_counter() - started)
        progress = follow(source.name)
        keep = (Standing.DONE,) if task.remake else (*KEPT, Standing.OTHER_SETTINGS)
        episode = make_in_library(
            library,
            episode_maker,
            article,
            progress,
            saved=saved_of(source),
            tags=source.tags,
            keep=keep,
            identity=identity,
            anew=anew,
        )
        return Made(episode, perf_counter() - started)


def measure(task: Task, article: Article) -> tuple[float, float]:
    """Make an episode of an article as a trial; return the seconds of sound and of work."""
    started = perf_counter()
    with temporary_folder() as folder:
        master = episode_maker_for(task)[0].make(article, folder, "trial")
        return master.recording.duration, perf_counter() - started


def complete(article: Article, source: Source) -> Article:
    """Add what the export knows of an article: tags always, other facts only if the page does not have them."""
    return replace(
        article,
        title=article.title or source.title,
        url=article.url or source.url,
        published=article.published or source.published,
        tags=tuple(dict.fromkeys((*article.tags, *source.tags))),
        external_id=article.external_id or source.external_id,
    )


def close() -> None:
    """Close every episode maker of this process."""
    while _open:
        with suppress(Exception):
            _open.pop().__exit__(None, None, None)
    _thread_state.episode_maker, _thread_state.key = None, ""


atexit.register(close)


def episode_maker_for(task: Task) -> tuple[EpisodeMaker, Library]:
    """Return this thread's episode maker and library; those for other settings take the place of the ones before."""
    key = repr((task.library, task.settings, task.voice_named))
    if _thread_state.episode_maker is None or _thread_state.library is None or _thread_state.key != key:
        if _thread_state.episode_maker is not None:
            _open.remove(_thread_state.episode_maker)
            _thread_state.episode_maker.__exit__(None, None, None)
            _thread_state.episode_maker = None
        library = open_library(task.library)
        library.storage.refresh()
        episode_maker = EpisodeMaker(task.settings, folder=library.root, voice_named=task.voice_named)
        episode_maker.__enter__()
        _open.append(episode_maker)
        _thread_state.episode_maker, _thread_state.library, _thread_state.key = episode_maker, library, key
    return _thread_state.episode_maker, _thread_state.library


def _light(article: Article) -> Article:
    """Drop the evidence, which is large and only of use to the cleaner; keep the marks of notes."""
    return replace(
        article,
        blocks=tuple(replace(block, evidence=None) for block in article.blocks),
        removed=tuple(
            entry if entry.reason is Reason.REFERENCES else replace(entry, block=replace(entry.block, evidence=None))
            for entry in article.removed
        ),
    )


def saved_of(source: Source) -> dict[str, Any] | None:
    """Return what a service knows of the article, for the manifest."""
    saved = {
        "at": source.saved.isoformat() if source.saved else None,
        "read": source.read,
    }
    return saved if any(value is not None for value in saved.values()) else None


@contextmanager
def faults(source: Source) -> Iterator[None]:
    """Turn an unexpected error into one that can be pickled and names the article."""
    try:
        yield
    except Exception as error:
        if is_out_of_room(error) and not isinstance(error, UnwritableError):
            message = f"Nothing more can be written ({_first_reason(error)}); it stopped at {source.name}."
            raise UnwritableError(source.name, message) from error
        if isinstance(error, AudiogenError):
            raise
        # The episode maker may be in any state now; the next article gets a new one.
        _discard()
        raise CrashError(
            source.name,
            f"A fault in audiogen stopped the work on {source.name} ({type(error).__name__}: {error}). "
            "The log has the details; please report it.",
            traceback.format_exc(),
        ) from None


def _first_reason(error: BaseException) -> str:
    while (before := error.__cause__ or error.__context__) is not None:
        error = before
    return str(error)


def _discard() -> None:
    episode_maker, _thread_state.episode_maker = _thread_state.episode_maker, None
    if episode_maker is not None:
        _open.remove(episode_maker)
        with suppress(Exception):
            episode_maker.__exit__(None, None, None)
