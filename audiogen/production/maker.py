"""Makes the files of episodes: runs the stages on an article, in order."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from audiogen.assembler import QUALITIES, Sound, assemble
from audiogen.cleaner import check_speakable
from audiogen.disclosure import disclosure, source_type
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.engines.speechcache import SpeechCache
from audiogen.episodes.digests import VERSION, article_digest
from audiogen.episodes.edits import Edit, apply_edit
from audiogen.episodes.finishing import Take, cover_of, finish, shown
from audiogen.episodes.identity import guid_of
from audiogen.episodes.names import sound_name
from audiogen.production.made import EpisodeFiles
from audiogen.production.preparing import prepare
from audiogen.production.reuse import Reuse
from audiogen.production.revision import Revision, edit_facts
from audiogen.production.speakers import Speakers, is_priced, traits_of
from audiogen.production.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from audiogen.engines.script_speaker import Listen
    from audiogen.model import Article, Clip, Recording, Script, Voice
    from audiogen.production.speakers import Speaker
    from audiogen.settings import Settings

    Progress = Callable[[int, int], None]

_log = logging.getLogger(__name__)
#: The page that warms up the stages and the voice before there is an article.
_TRIAL_PAGE = b"<article><h1>A word</h1><p>This is heard by nobody, as it is only a trial.</p></article>"


class EpisodeMaker:
    """Makes episodes, one after another, and keeps the engines open between them."""

    def __init__(self, settings: Settings, *, folder: Path | None = None, voice_named: bool = False) -> None:
        """Take the settings, and the show's *folder* with voice cards of its own under `voices`.

        *voice_named* means that the user named the voice for this run: it speaks corrections, too.
        """
        self.settings = settings
        self._folder = folder
        speech = settings.speech
        self._script_speaker = ScriptSpeaker(
            speech.voice,
            folders=(folder / "voices",) if folder else (),
            rate=speech.rate or None,
            options=settings.engines,
            cache=SpeechCache() if speech.cache else None,
            insist=voice_named,
            strict=speech.strict,
            listen=_listener(settings) if settings.listen.speech else None,
        )
        self.speakers = Speakers(settings, self._script_speaker, folder, voice_named=voice_named)
        self._wording = Wording(settings, folder)
        self.reuse = Reuse(settings, self.speakers, self._wording.lexicon_digest)

    def __enter__(self) -> Self:
        self._script_speaker.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._script_speaker.__exit__(kind, error, trace)

    def prepare(
        self,
        source: str | bytes | Path,
        *,
        url: str | None = None,
        force: bool = False,
        known: Callable[[Article], Article] | None = None,
        language: str = "",
    ) -> Article:
        """Read and clean a source; *force* accepts it even if it is no article.

        *known* adds facts on the article from elsewhere, before it is cleaned; *language* is its language, if it is
        not to be detected.
        """
        article = prepare(
            source, self.settings, folder=self._folder, url=url, force=force, known=known, language=language
        )
        check_speakable(article)
        return article

    def cost(self, article: Article, voice: Voice | None = None) -> float:
        """Return the cost of speaking the article, in the currency of the cards' prices; no request is made."""
        # Most voices are free, so no script is written for them.
        voice = voice or self.speakers.voice(article)
        if not is_priced(voice, self._folder):
            return 0.0
        return self._script_speaker.estimate(self.script(article, voice), voice).price or 0.0

    def script(self, article: Article, voice: Voice | None = None, say: Mapping[str, str] | None = None) -> Script:
        """Write the script, with the disclosure; *voice* replaces the settings' voice.

        *say* has respellings for this article alone.
        """
        return self._wording.script(article, voice or self.speakers.voice(article), say or {})

    def lexicon_digest(self, article: Article) -> str:
        """Return the digest of the word-list entries that the article uses; "" if it uses none."""
        return self._wording.lexicon_digest(article)

    def check(self, *, here: bool = True) -> None:
        """Check what all articles need, before any is made: the word lists, and the named voice.

        The voice's engine is checked only if the work is done in this process or its workers (*here*).

        Raises:
            LexiconError: a word list is invalid.
            UnknownVoiceError: no card has that name, or the engine has no such voice.
            EngineMissingError: something its engine needs is not installed.
        """
        self._wording.word_lists()
        self._script_speaker.check(here=here)

    def load_ahead(self) -> None:
        """Start to load the voice that will probably speak next, while an article is read and cleaned."""
        self._script_speaker.load_ahead(self.settings.show.language or "en")

    def warm_up(self) -> None:
        """Load what the first article would wait for: the tables of the stages, and the voice, which speaks a word.

        A remote voice does not speak.
        """
        self.load_ahead()
        import audiogen.assembler.recording  # noqa: F401

        article = self.prepare(_TRIAL_PAGE, force=True, language=self.settings.show.language or "en")
        script = self.script(article)
        if not any(traits_of(voice).remote for voice in self._script_speaker.cast(script)):
            for _ in self._script_speaker.speak(script):
                pass

    def make(
        self,
        article: Article,
        folder: Path,
        slug: str,
        progress: Progress | None = None,
        *,
        revision: Revision | None = None,
        speaker: Speaker | None = None,
        edit: Edit | None = None,
        preview: Path | None = None,
    ) -> EpisodeFiles:
        """Make all files of the article's episode in *folder*.

        Without a *revision* it is the first of a new episode; without a *speaker* the settings' voice speaks. An *edit*
        is applied to the article. The sound is written also to the file *preview* while it is made.
        """
        started = time.perf_counter()
        revision, edit = revision or Revision(), edit or Edit()
        edited, unfit = apply_edit(article, edit)
        speaker = speaker or self.speakers.speaker(edited, edit=edit)
        target = folder / sound_name(slug, revision.number, self.settings.audio.format)
        script, recording, cover = self._record(edited, speaker.voice, edit.say, target, progress, preview)
        facts = self._facts(article, slug, script, speaker) | revision.facts()
        if edit.revision:
            facts["edit"] = edit_facts(edit, unfit)
        facts["guid"] = revision.guid or guid_of(edited)
        seconds, name = time.perf_counter() - started, speaker.voice.name
        _log.debug("Spoken in %.2f s: %s, %.1f s of sound, by %s.", seconds, target.name, recording.duration, name)
        take = Take(edited, script, speaker.voice, recording, facts, cover)
        return EpisodeFiles(folder, slug, recording, finish(take, self.settings, self._folder))

    def _record(
        self,
        article: Article,
        voice: Voice,
        say: Mapping[str, str],
        target: Path,
        progress: Progress | None,
        preview: Path | None,
    ) -> tuple[Script, Recording, bytes]:
        """Write and speak the script, and make the cover at the same time."""
        script = self.script(article, voice, say)
        other = () if voice == self.speakers.voice(article) else (voice,)
        clips = _watched(self._script_speaker.speak(script, *other), len(script.utterances), progress)
        with ThreadPoolExecutor(1, "cover") as aside:
            cover = aside.submit(cover_of, article, self.settings, self._folder)
            recording = assemble(script, clips, target, self._sound(), preview)
        return script, recording, cover.result()

    def _facts(self, article: Article, slug: str, script: Script, speaker: Speaker) -> dict[str, Any]:
        """Return the sections of the manifest that do not depend on the sound."""
        return {
            "slug": slug,
            "digests": {
                "version": VERSION,
                "article": article_digest(article),
                "settings": speaker.digest,
                **({"voice": speaker.asked} if speaker.asked else {}),
                **({"document": article.document} if article.document else {}),
                **({"lexicon": lexicon} if (lexicon := self.lexicon_digest(article)) else {}),
            },
            "disclosure": {
                "text": disclosure(script.language, self.settings.disclosure.text),
                "place": self.settings.disclosure.place,
                "source_type": source_type(
                    {voice.synthesis for voice in self._script_speaker.cast(script, speaker.voice)}
                ),
            },
        }

    def _sound(self) -> Sound:
        """Return the sound properties in the settings."""
        audio = self.settings.audio
        music = (shown(name, self._folder) for name in (audio.intro, audio.outro, audio.bed))
        return Sound(audio.loudness, audio.peak, QUALITIES[audio.quality], audio.format, *music)


def _listener(settings: Settings) -> Listen:
    """Return the listener that checks speech by recognition; its model is loaded at first use.

    Raises:
        ListeningError: (at first use) there is no recogniser, or its model cannot be loaded.
    """
    from audiogen.listening.clips import Listener

    return Listener(settings.listen.model)


def _watched(clips: Iterator[Clip], total: int, progress: Progress | None) -> Iterator[Clip]:
    """Yield the clips, and report the progress after each."""
    for done, clip in enumerate(clips, 1):
        yield clip
        if progress:
            progress(done, total)
