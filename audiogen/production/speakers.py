"""Chooses the voice of an episode.

An episode keeps the voice that spoke it, so that a correction does not sound like another show. The settings' voice
replaces it if the user named it for this run, or if episodes are made again for new settings and these name a
voice; and if the former one is not available any more, or spoke only for an edit that was undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audiogen.engines import traits_of as engine_traits
from audiogen.engines.voices import load_cards, named_voice, speaks
from audiogen.episodes.digests import settings_digest
from audiogen.episodes.edits import Edit
from audiogen.episodes.identity import is_of_first_version
from audiogen.errors import UnknownVoiceError
from audiogen.production.revision import edited_fields

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audiogen.engines.script_speaker import ScriptSpeaker
    from audiogen.engines.traits import Traits
    from audiogen.model import Article, Voice
    from audiogen.settings import Settings

#: Engine whose voices were the defaults of every language up to version 0.1.
FORMER_ENGINE = "pyttsx3"


@dataclass(frozen=True, slots=True)
class Speaker:
    """The voice of an episode, and what its manifest records of the settings."""

    voice: Voice
    #: The voice in the settings at that time; empty for the default of the language.
    asked: str
    #: Digest of the settings.
    digest: str


class Speakers:
    """Chooses the voices of episodes among those available."""

    def __init__(
        self, settings: Settings, script_speaker: ScriptSpeaker, folder: Path | None, *, voice_named: bool = False
    ) -> None:
        """Take the settings, the script speaker, and the show's *folder*.

        *voice_named* means that the user named the voice for this run: it speaks corrections, too.
        """
        self._settings, self._script_speaker, self._folder = settings, script_speaker, folder
        self._voice_named = voice_named

    def voice(self, article: Article) -> Voice:
        """Return the main voice: that of the settings, or the default of the article's language."""
        return self._script_speaker.voice(article.language or "en")

    def speaker(
        self,
        article: Article,
        manifest: dict[str, Any] | None = None,
        *,
        renew: bool = False,
        edit: Edit | None = None,
    ) -> Speaker:
        """Choose the voice of the article's episode; *manifest* is that of the existing episode, if any.

        A voice and a rate in the *edit* override all others. *renew* means that episodes are made again
        for new settings.

        Raises:
            UnknownVoiceError: the edit's voice does not exist, or cannot speak the language here.
        """
        edit = edit or Edit()
        if "voice" in edited_fields(manifest) and edit.voice is None:
            manifest = None
        speaker = self._unedited(article, manifest, renew=renew)
        if edit.voice is not None:
            speaker = replace(speaker, voice=self._named(edit.voice, article.language or "en"))
        if edit.rate is not None:
            speaker = replace(speaker, voice=replace(speaker.voice, rate=edit.rate))
        return speaker

    def _named(self, name: str, language: str) -> Voice:
        """Return a voice by its name; UnknownVoiceError if it does not exist or cannot speak *language*."""
        voice = self._script_speaker.named(name, language)
        if voice is None:
            message = f"The voice {name} is not here, or does not speak {language}."
            raise UnknownVoiceError(name, f"{message} `audiogen voices` lists those there are.")
        return voice

    def _unedited(self, article: Article, manifest: dict[str, Any] | None, *, renew: bool) -> Speaker:
        """Choose the voice without an edit: an existing episode keeps its own, unless another was named."""
        asked = self.voice(article)
        custom = self.custom_voice(asked)
        speaker = Speaker(asked, self._settings.speech.voice, settings_digest(self._settings, custom))
        chosen = self._voice_named or (renew and (self._settings.speech.voice or custom is not None))
        spoke = None if manifest is None or chosen else self.spoke(article, manifest)
        if manifest is None or spoke is None:
            return speaker
        if renew:
            return replace(speaker, voice=spoke)
        before = _asked_of(manifest, self._settings)
        settings = replace(self._settings, speech=replace(self._settings.speech, voice=before))
        return Speaker(spoke, before, settings_digest(settings, self.custom_voice(spoke)))

    def spoke(self, article: Article, manifest: dict[str, Any]) -> Voice | None:
        """Return the voice that spoke the episode; None if it is not available, or of another language."""
        name, voice = str(manifest.get("voice", {}).get("name") or ""), self.voice(article)
        return voice if name in ("", voice.name) else self._script_speaker.named(name, article.language or "en")

    def custom_voice(self, voice: Voice) -> Voice | None:
        """Return the voice if its card is the user's or the show's, else None."""
        card = load_cards((self._folder / "voices",) if self._folder else ()).get(voice.name)
        return voice if card is not None and card.layer != "package" else None


def _asked_of(manifest: dict[str, Any], settings: Settings) -> str:
    """Return the voice in the settings with which an episode was made; audiogen 0.1.0 did not record it."""
    if not is_of_first_version(manifest):
        return str(manifest["digests"].get("voice") or "")
    now = settings.speech.voice
    return now if now == manifest.get("voice", {}).get("name") else ""


def traits_of(voice: Voice) -> Traits:
    """Return the traits of the voice's engine, for planning."""
    return engine_traits(voice.engine)


def is_priced(voice: Voice, folder: Path | None = None) -> bool:
    """Return whether the voice, or one of its roles' voices, has a price; *folder* is the show's."""
    cards = load_cards((folder / "voices",) if folder else ()) if voice.roles else {}
    voices = (voice, *(named_voice(name, cards) for name in voice.roles.values()))
    return any("price" in one.options for one in voices)


def former_defaults(name: str, others: Iterable[str], folder: Path) -> list[str]:
    """Return those of the *others* that are eSpeak NG's voices for the language of the default voice *name*.

    *folder* is the show's. Empty if the voice itself is eSpeak NG's.
    """
    cards = load_cards((folder / "voices",))
    if name not in cards or cards[name].voice.engine == FORMER_ENGINE:
        return []
    language = cards[name].voice.language
    known = (cards[other].voice for other in others if other in cards)
    return [voice.name for voice in known if voice.engine == FORMER_ENGINE and speaks(voice, language)]
