"""Makes the episodes of a library: those that it does not have yet, and those that have changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.episodes.edits import Edit, apply_edit, load_edit
from audiogen.episodes.identity import keys_of
from audiogen.episodes.kept_articles import keep_article, kept_article
from audiogen.episodes.library import open_library
from audiogen.episodes.names import slug_of
from audiogen.episodes.recognition import Identity, Sighting, recognise
from audiogen.episodes.state import DRAFTS, now
from audiogen.errors import RemovedError
from audiogen.production.made import episode_of
from audiogen.production.maker import EpisodeMaker
from audiogen.production.reuse import KEPT, Standing
from audiogen.production.revision import (
    Revision,
    digests_after,
    edit_facts,
    edited_fields,
    next_revision,
    revision_of_edit,
)
from audiogen.settings import Settings, load_settings

if TYPE_CHECKING:
    import os
    from collections.abc import Container, Mapping, Sequence

    from audiogen.episodes.library import Library
    from audiogen.model import Article, Episode
    from audiogen.production.made import EpisodeFiles
    from audiogen.production.maker import Progress


def produce(
    source: str | bytes | Path,
    library: str | os.PathLike[str],
    *,
    url: str | None = None,
    settings: Settings | None = None,
    force: bool = False,
    remake: bool = False,
) -> Episode:
    """Make an episode of *source* in *library*; if it exists and nothing has changed, only return it.

    The episode of a corrected article is made again with its voice, and so is one that was made with other settings.
    If an older version of audiogen read the article differently, its episode stays.

    Args:
        source: a path, or the document itself.
        library: the library's folder, which is made if it does not exist, or its address (`s3://bucket/library`).
        url: the article's address, if the source does not have it.
        settings: used instead of those of the library, the user and the environment.
        force: narrate the page even if it is no article.
        remake: make also episodes again whose article an older version read differently.

    Raises:
        ReadError: the source could not be read.
        NotAnArticleError: it is no article.
        EngineError: it could not be spoken whole.
        LibraryError: the library could not be written.
        RemovedError: somebody removed its episode.
    """
    opened = open_library(library)
    opened.storage.refresh()
    with EpisodeMaker(settings or load_settings(opened.root), folder=opened.root) as episode_maker:
        article = episode_maker.prepare(source, url=url, force=force)
        return make_in_library(opened, episode_maker, article, keep=(Standing.DONE,) if remake else KEPT)


def make_in_library(
    library: Library,
    episode_maker: EpisodeMaker,
    article: Article,
    progress: Progress | None = None,
    *,
    saved: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
    keep: Container[Standing] = KEPT,
    identity: Identity | None = None,
    anew: bool = False,
    preview: Path | None = None,
) -> Episode:
    """Make the article's episode in *library*, or return the existing one if its standing is one of those to *keep*.

    Args:
        library: the library.
        episode_maker: what makes the files.
        article: the cleaned article.
        progress: called with the number of spoken utterances and of all utterances.
        saved: what a read-later service knows of the article; stored in the manifest.
        tags: the article's tags in that service; added to the manifest's.
        keep: the standings with which an existing episode stays.
        identity: the article's identity; looked up if it is None.
        anew: make the episode again with its own voice, whatever its standing, as its sound is damaged.
        preview: a file from which the part that is already spoken can be heard.
    """
    identity = identity or recognise(library, article, Sighting(location_of(article)))
    with library.hold(identity.guid):
        check_wanted(library, identity.guid)
        known = library.find(identity.guid)
        edit = load_edit(library, known["slug"], identity.guid) if known else None
        whole = known is not None and not anew and library.has_sound(known)
        if known and whole and episode_maker.reuse.standing(article, known, identity, edit) in keep:
            record_identity(library, article, identity)
            return keep_existing(library, known, saved, tags)
        renew = Standing.OTHER_SETTINGS not in keep
        revision = next_revision(identity.guid, known, saved)
        made = _make_and_store(library, episode_maker, article, revision, known, edit, progress, preview, renew=renew)
        keep_article(library, made.slug, article, str(made.manifest["digests"]["article"]))
        record_identity(library, article, identity)
        return made.episode(library)


def _make_and_store(
    library: Library,
    episode_maker: EpisodeMaker,
    article: Article,
    revision: Revision,
    known: dict[str, Any] | None,
    edit: Edit | None,
    progress: Progress | None,
    preview: Path | None,
    *,
    renew: bool,
) -> EpisodeFiles:
    """Make the files in a staging folder and move them into the library, where they replace those of a *known* episode.

    *known* is the manifest of the existing episode; *renew* means that episodes are made again for new settings.
    """
    guid = revision.guid
    with library.stage() as folder:
        slug = library.name(guid, slug_of(article.title, article.published))
        edit = edit or load_edit(library, slug, guid)
        speaker = episode_maker.speakers.speaker(apply_edit(article, edit)[0], known, renew=renew, edit=edit)
        made = episode_maker.make(
            article, folder, slug, progress, revision=revision, speaker=speaker, edit=edit, preview=preview
        )
        if known is None and episode_maker.settings.show.drafts and library.size(f"{slug}.json") is None:
            with library.changing(DRAFTS) as drafts:
                drafts[slug] = {"at": now()}
        library.put(guid, slug, folder)
    return made


def speak_edit(
    library: Library,
    episode_maker: EpisodeMaker,
    slug: str,
    manifest: dict[str, Any],
    progress: Progress | None = None,
    preview: Path | None = None,
) -> Episode:
    """Make an edited episode without its source; if the edit is spoken already, only return the episode.

    GUID, slug and date in the feed stay. Speech in the cache is used; if only tags were changed, nothing is spoken. The
    sound is written also to the file *preview* while it is made.

    Raises:
        RemovedError: somebody removed the episode.
        EngineError: it could not be spoken whole.
        LibraryError: the library could not be written.
    """
    guid = str(manifest["guid"])
    with library.hold(guid):
        check_wanted(library, guid)
        known = library.find(guid) or manifest
        edit = load_edit(library, slug, guid)
        if edit.revision == revision_of_edit(known):
            return episode_of(known, library)
        article = kept_article(library, known)
        if edit.since(revision_of_edit(known)) <= {"tags"}:
            return _amend_tags(library, known, article, edit)
        speaker = episode_maker.speakers.speaker(apply_edit(article, edit)[0], known, edit=edit)
        digests = digests_after(known, speaker.digest, speaker.asked, episode_maker.lexicon_digest(article))
        revision = next_revision(guid, known, known.get("saved"), digests)
        with library.stage() as folder:
            made = episode_maker.make(
                article, folder, slug, progress, revision=revision, speaker=speaker, edit=edit, preview=preview
            )
            library.put(guid, slug, folder)
        return made.episode(library)


def _amend_tags(library: Library, manifest: dict[str, Any], article: Article, edit: Edit) -> Episode:
    """Change the tags in the manifest only: tags are not spoken."""
    edited, unfit = apply_edit(article, edit)
    retagged = {**manifest["article"], "tags": list(edited.tags)}
    amended = {**manifest, "edit": edit_facts(edit, unfit), "article": retagged}
    library.amend(amended)
    return episode_of(amended, library)


def check_wanted(library: Library, guid: str) -> None:
    """Raise an error if a user removed the episode with this GUID.

    Raises:
        RemovedError: somebody did.
    """
    removed = library.removed(guid)
    if removed is not None:
        slug, entry = removed
        message = f"{slug} was removed ({str(entry.get('at', ''))[:10]}) and is not made again."
        raise RemovedError(
            slug, f"{message} `audiogen remove --restore {library.location} {slug}` brings it back.", guid=guid
        )


def record_identity(library: Library, article: Article, identity: Identity) -> None:
    """Record the keys by which later runs recognise the article of this episode."""
    library.tie(identity.guid, keys_of(article).values(), identity.location, article.document)


def location_of(article: Article) -> str:
    """Return where the article's document is; "" if it was passed as text."""
    return str(Path(article.source).absolute()) if article.source else ""


def keep_existing(
    library: Library,
    manifest: dict[str, Any],
    saved: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
) -> Episode:
    """Add to an existing episode's manifest what a service newly has of its article, and return the episode.

    *saved* replaces what is stored; *tags* are added, unless an edit changed the tags. Without news nothing is written.
    """
    article = manifest.get("article", {})
    news: dict[str, Any] = {}
    if saved and manifest.get("saved") != saved:
        news["saved"] = dict(saved)
    if "tags" in edited_fields(manifest):
        tags = ()
    if more := [tag for tag in tags if tag not in article.get("tags", [])]:
        news["article"] = {**article, "tags": [*article.get("tags", []), *more]}
    if news:
        library.amend({**manifest, **news})
    return episode_of(manifest, library)
