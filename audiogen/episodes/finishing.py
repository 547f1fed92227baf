"""Finishes a recording: adds tags and cover, credentials, the manifest, and the texts beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.episodes.manifest import build_manifest
from audiogen.errors import AssemblyError
from audiogen.model import Role
from audiogen.untrusted import public_address, read_file

if TYPE_CHECKING:
    from audiogen.assembler.tags import Chapter, Tags
    from audiogen.model import Article, Recording, Script, Voice
    from audiogen.settings import Settings


@dataclass(frozen=True, slots=True)
class Take:
    """A recording with its article, script, voice and further facts."""

    article: Article
    script: Script
    voice: Voice
    recording: Recording
    #: Keys of the manifest that only the producer knows: GUID, slug, digests, disclosure…
    facts: dict[str, Any]
    #: The picture inside the file, from `cover_of`.
    cover: bytes = b""


def finish(take: Take, settings: Settings, show: Path | None = None) -> dict[str, Any]:
    """Tag and sign the take's file, write the texts beside it, and return its manifest.

    *show* is the folder that paths in the settings are relative to; None for the working folder.

    Raises:
        AssemblyError: a file could not be written or signed.
    """
    from audiogen.assembler.tagging import tag

    path = take.recording.path
    tag(path, _tags(take, settings))
    if settings.c2pa.certificate:
        _sign(take, settings, show)
    manifest = build_manifest(take.article, take.script, take.recording, take.voice, take.facts)
    _write_texts(path.parent, take, manifest)
    return manifest


def shown(name: str, show: Path | None) -> Path | None:
    """Return the path of a file in the settings; None if it is not set."""
    return (show or Path()) / Path(name).expanduser() if name else None


def cover_of(article: Article, settings: Settings, show: Path | None = None) -> bytes:
    """Return the article's cover; it needs no sound, so it can be made while the article is being spoken.

    A relative path of a cover in the settings starts at the folder *show*.
    """
    # The module that writes the tags is imported at that time, too.
    import audiogen.assembler.tagging  # noqa: F401
    from audiogen.episodes.covers import episode_cover

    page = Path(article.source) if article.source else None
    return episode_cover(article, page, shown(settings.show.cover, show))


def lost_texts(folder: Path, manifest: dict[str, Any]) -> dict[str, str]:
    """Return, by file name, the texts that *folder* lacks or has cut off, made from the episode's manifest.

    A complete text stays, even if somebody changed it. Only the words file has the times of words: without it they
    are estimated between the edges of the transcript's cues, and marked as estimated.
    """
    from audiogen.episodes.timed import (
        chapters_file,
        estimated_words,
        is_incomplete,
        read_words,
        transcript,
        words_file,
    )

    slug = manifest["slug"]
    names = {kind: f"{slug}.{kind}" for kind in ("vtt", "words.json", "chapters.json")}
    there = {kind: _text(folder / name) for kind, name in names.items()}
    words = read_words(there["words.json"], manifest)
    texts = {}
    if words is None:
        words = estimated_words(manifest, there["vtt"])
        texts[names["words.json"]] = words_file(words)
    if is_incomplete(there["vtt"], manifest):
        texts[names["vtt"]] = transcript(manifest, words)
    if not _is_json(there["chapters.json"]):
        texts[names["chapters.json"]] = chapters_file(manifest)
    return texts


def _text(path: Path) -> str:
    try:
        return read_file(path).decode("utf-8")
    except (OSError, ValueError):
        return ""


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _tags(take: Take, settings: Settings) -> Tags:
    """Return the tags of a finished recording."""
    from audiogen.assembler.tags import Tags

    article, disclosure = take.article, take.facts["disclosure"]
    return Tags(
        title=article.title or take.facts["slug"],
        artist=", ".join(article.authors) or article.site or settings.show.author or "audiogen",
        album=settings.show.title or article.site or "Articles",
        language=take.script.language,
        disclosure=disclosure["text"],
        source_type=disclosure["source_type"],
        guid=take.facts["guid"],
        text=article.text,
        summary=article.dek,
        publisher=article.site,
        copyright=settings.show.copyright,
        published=article.published,
        url=public_address(article.url),
        duration=take.recording.duration,
        chapters=_chapters(take),
        cover=take.cover,
    )


def _chapters(take: Take) -> tuple[Chapter, ...]:
    """Return the title and the headings; nothing if there is no heading."""
    from audiogen.assembler.tags import Chapter

    heads = [
        (0.0 if utterance.role is Role.TITLE else cue.start, utterance.written)
        for utterance, cue in zip(take.script.utterances, take.recording.cues, strict=True)
        if utterance.role in (Role.TITLE, Role.HEADING)
    ]
    if len(heads) < 2:
        return ()
    ends = [start for start, _ in heads[1:]] + [take.recording.duration]
    return tuple(Chapter(title, start, end) for (start, title), end in zip(heads, ends, strict=True))


def _sign(take: Take, settings: Settings, show: Path | None) -> None:
    """Sign the sound file with Content Credentials."""
    from audiogen.assembler.credentials import Signer, Statement, sign

    names, disclosure = settings.c2pa, take.facts["disclosure"]
    certificates, key = shown(names.certificate, show), shown(names.key, show)
    if certificates is None or key is None:
        raise AssemblyError(take.recording.path, "To sign, c2pa.certificate and c2pa.key must both be set.")
    statement = Statement(
        title=take.article.title or take.facts["slug"],
        url=public_address(take.article.url),
        source_type=disclosure["source_type"],
        disclosure=disclosure["text"],
        agent=take.voice.engine,
        generator=f"audiogen {__version__}",
    )
    sign(take.recording.path, statement, Signer(certificates, key, names.algorithm, shown(names.anchors, show)))


def _write_texts(folder: Path, take: Take, manifest: dict[str, Any]) -> None:
    """Write the transcript, the word times, the chapters and the manifest."""
    from audiogen.episodes.timed import chapters_file, transcript, word_times, words_file

    slug = take.facts["slug"]
    words = word_times(take.script, take.recording.cues)
    texts = {
        f"{slug}.vtt": transcript(manifest, words),
        f"{slug}.words.json": words_file(words),
        f"{slug}.chapters.json": chapters_file(manifest),
        f"{slug}.json": json.dumps(manifest, ensure_ascii=False, indent=1) + "\n",
    }
    try:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise AssemblyError(
            folder, f"The files beside {take.recording.path.name} could not be written: {error}."
        ) from error
