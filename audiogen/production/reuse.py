"""Reuse: decides whether the existing episode of an article can stay."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.assembler import QUALITIES
from audiogen.episodes.digests import article_digest, settings_digest, settings_digest_1
from audiogen.episodes.edits import Edit, apply_edit
from audiogen.episodes.identity import document_of, is_of_first_version, says_the_same
from audiogen.production.revision import revision_of_edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.episodes.recognition import Identity
    from audiogen.model import Article
    from audiogen.production.speakers import Speakers
    from audiogen.settings import Settings


class Standing(StrEnum):
    """The state of an article's episode in the library."""

    NEW = "new"
    DONE = "done"
    #: Its document and its text have changed.
    CHANGED = "changed"
    #: A user edited it, and the edit is not spoken yet.
    EDITED = "edited"
    OTHER_SETTINGS = "other settings"
    #: Its text is read differently, while its document is the same or unknown: audiogen has changed, or the rules that
    #: it reads by.
    OLDER = "older"


#: Standings with which an episode is kept by default.
KEPT = (Standing.DONE, Standing.OLDER)


class Reuse:
    """Compares articles with their episodes."""

    def __init__(self, settings: Settings, speakers: Speakers, lexicon_digest: Callable[[Article], str]) -> None:
        """Take the current settings, their voices, and a function that returns an article's digest of word lists."""
        self._settings, self._speakers, self._lexicon_digest = settings, speakers, lexicon_digest

    def standing(
        self,
        article: Article,
        manifest: dict[str, Any] | None,
        identity: Identity | None = None,
        edit: Edit | None = None,
    ) -> Standing:
        """Return the standing of the article's episode, which has this *manifest*; *identity* is the article's.

        *edit* is the user's edit of the episode.
        """
        if manifest is None:
            return Standing.NEW
        if identity is not None and identity.outdated:
            return Standing.DONE
        edit = edit or Edit()
        if edit.revision != revision_of_edit(manifest):
            return Standing.EDITED
        digests = manifest.get("digests", {})
        same = digests.get("article") == article_digest(article, digests.get("version", 1))
        seen = identity.seen if identity else ""
        if not same and _is_corrected(article, apply_edit(article, edit)[0], manifest, seen):
            return Standing.CHANGED
        same = same and digests.get("lexicon", "") == self._lexicon_digest(article)
        standing = self._standing_of_settings(article, manifest)
        return standing if same or standing is Standing.OTHER_SETTINGS else Standing.OLDER

    def _standing_of_settings(self, article: Article, manifest: dict[str, Any]) -> Standing:
        """Return whether the settings are those that the episode was made with."""
        digests, voice = manifest.get("digests", {}), self._speakers.voice(article)
        if digests.get("version", 1) > 1:
            same = digests.get("settings") == settings_digest(self._settings, self._speakers.custom_voice(voice))
            return Standing.DONE if same else Standing.OTHER_SETTINGS
        # The default voice and the cards may have changed since: only differences in the manifest itself count.
        voices = (voice, None if self._settings.speech.voice else self._speakers.spoke(article, manifest))
        if digests.get("settings") in [settings_digest_1(self._settings, one) for one in voices if one]:
            return Standing.DONE
        return Standing.OTHER_SETTINGS if _shows_other(self._settings, manifest) else Standing.OLDER


def _is_corrected(article: Article, edited: Article, manifest: dict[str, Any], seen: str) -> bool:
    """Return whether an article whose text differs from its episode's was corrected, not just read differently.

    *edited* is the article with the edit, *seen* the digest of its former document.
    """
    if not article.document:
        # A program passed the article itself, so the difference is not one of reading.
        return True
    before = {document_of(manifest), seen} - {""}
    if not before or article.document in before:
        return False
    read_by_us = manifest.get("generator") == f"audiogen {__version__}" and not is_of_first_version(manifest)
    return read_by_us or not says_the_same(manifest, edited)


def _shows_other(settings: Settings, manifest: dict[str, Any]) -> bool:
    """Return whether a manifest shows other settings than these."""
    disclosed, audio = manifest.get("disclosure", {}), manifest.get("audio", {})
    wanted, quality = settings.disclosure, QUALITIES[settings.audio.quality]
    kind = Path(str(audio.get("file", ""))).suffix.removeprefix(".")
    return (
        disclosed.get("place") != wanted.place
        or bool(wanted.text and wanted.text != disclosed.get("text"))
        or bool(settings.speech.voice and settings.speech.voice != manifest.get("voice", {}).get("name"))
        or kind != settings.audio.format
        or (kind == "mp3" and audio.get("bitrate") != quality.bitrate)
    )
