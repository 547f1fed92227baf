"""Production: an article goes through the stages, in order, and becomes an episode."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.assembler import QUALITIES, Sound, assemble
from audiogen.cleaner import check_speakable, clean
from audiogen.cleaner.foreign import Foreign
from audiogen.cleaner.placeholders import Placeholders
from audiogen.disclosure import disclosure, source_type
from audiogen.engines import traits_of as engine_traits
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.engines.speechcache import SpeechCache
from audiogen.engines.voices import load_cards, named_voice, speaks, spoken_languages
from audiogen.episodes.digests import VERSION, article_digest, lexicon_digest, settings_digest, settings_digest_1
from audiogen.episodes.edits import Edit, apply_edit, load_edit
from audiogen.episodes.finishing import Take, cover_of, finish, shown
from audiogen.episodes.identity import document_of, guid_of, guid_of_file, is_of_first_version, keys_of, says_the_same
from audiogen.episodes.kept_articles import keep_article, kept_article
from audiogen.episodes.library import open_library
from audiogen.episodes.manifest import added_of, doubtful_lines
from audiogen.episodes.names import slug_of, sound_name
from audiogen.episodes.recognition import Identity, Sighting, recognise
from audiogen.episodes.state import DRAFTS, now
from audiogen.errors import LibraryError, RemovedError, UnknownVoiceError
from audiogen.model import Episode, Role, Script, Utterance
from audiogen.narration import narrate, normalize
from audiogen.narration.lexicon import Lexicon, load_lexicon, voice_lexicon
from audiogen.narration.pauses import default_pauses
from audiogen.narration.script import Narration
from audiogen.readers import read
from audiogen.settings import Settings, load_settings, user_folder
from audiogen.temporary import make_folder

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from audiogen.engines.script_speaker import Listen
    from audiogen.engines.traits import Traits
    from audiogen.episodes.library import Library
    from audiogen.model import Article, Clip, Recording, Voice

    Progress = Callable[[int, int], None]

#: The house's word list, in the user's folder and in the show's.
LEXICON = "lexicon.toml"
#: Folder of site files, in the user's folder and in the show's.
SITES = "sites"
#: Longest text that may be a path, in characters.
_LONGEST_PATH = 1000
#: What a voice is tried with before there is an article.
_TRIAL_PAGE = b"<article><h1>A word</h1><p>This is heard by nobody, as it is only a trial.</p></article>"
#: Silence around the spoken disclosure, in seconds.
_DISCLOSURE_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Master:
    """An episode's files, made but not yet in place."""

    folder: Path
    slug: str
    recording: Recording
    manifest: dict[str, Any]

    def episode(self, library: Library) -> Episode:
        """Tell of the episode as it stands in the library."""
        return _episode(self.manifest, library)


class Standing(StrEnum):
    """How an article stands to its episode in the library."""

    NEW = "new"
    DONE = "done"
    #: Its document is another now, and says something else.
    CHANGED = "changed"
    #: Somebody edited it, and it is not spoken yet.
    EDITED = "edited"
    OTHER_SETTINGS = "other settings"
    #: It is read otherwise than it was, while its document is the same, or nobody can tell: audiogen has changed, or
    #: what it reads by.
    OLDER = "older"


#: Episodes that are kept where nobody asks for anything else.
KEPT = (Standing.DONE, Standing.OLDER)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks an episode, and what its manifest tells of the settings it was made with."""

    voice: Voice
    #: The voice that the settings named then; empty where it was the default of the language.
    asked: str
    #: Digest of the settings.
    digest: str


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
    """Read and clean a source as the settings, the user's site files and those of the show's *folder* want it.

    *force* takes what there is even where it is no article; *known* adds what is known of the article from elsewhere,
    before it is cleaned; *language* is a BCP 47 tag for what the reader would find out.
    """
    article = read(source, url=url)
    if language:
        article = replace(article, language=language)
    if path := _path_of(source):
        article = replace(article, source=str(path))
    sites = [where / SITES for where in (user_folder(), folder) if where and (where / SITES).is_dir()]
    placeholders = Placeholders(**asdict(settings.stand_ins))
    cards = load_cards((folder / "voices",) if folder else ())
    foreign = Foreign(settings.speech.foreign, spoken_languages(cards))
    return clean(
        known(article) if known else article, force=force, placeholders=placeholders, sites=sites, foreign=foreign
    )


def _path_of(source: str | bytes | Path) -> Path | None:
    """Give the source where it is a path; a text is one where something lies there."""
    if isinstance(source, str) and len(source) < _LONGEST_PATH and "\n" not in source:
        with suppress(OSError, ValueError):
            return Path(source) if Path(source).exists() else None
    return source if isinstance(source, Path) else None


class EpisodeMaker:
    """Makes episodes, one after another, with engines that are kept open from one to the next."""

    def __init__(self, settings: Settings, *, folder: Path | None = None, voice_named: bool = False) -> None:
        """Take the settings, and the show's *folder* with voice cards of its own under `voices`.

        *voice_named* tells that somebody named the settings' voice for this very run: it speaks corrections, too.
        """
        self.settings = settings
        self._voice_named = voice_named
        self._folder = folder
        self._lexicons = [where / LEXICON for where in (user_folder(), folder) if where]
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
        """Read and clean a source; *force* takes what there is even where it is no article.

        *known* adds what is known of the article from elsewhere, before it is cleaned; *language* is what it is in,
        where the reader is not to find that out.
        """
        article = prepare(
            source, self.settings, folder=self._folder, url=url, force=force, known=known, language=language
        )
        check_speakable(article)
        return article

    def voice(self, article: Article) -> Voice:
        """Find the main voice: that of the settings, or the default of the article's language."""
        return self._script_speaker.voice(article.language or "en")

    def speaker(
        self,
        article: Article,
        manifest: dict[str, Any] | None = None,
        *,
        renew: bool = False,
        edit: Edit | None = None,
    ) -> Speaker:
        """Choose who speaks the article's episode, of which *manifest* tells where there is one.

        Whoever an *edit* names speaks it, at the rate that it names; else it is as follows.

        An episode keeps the voice that spoke it, so that a correction does not sound like another show. The settings'
        voice takes over where somebody named it for this run, or where episodes are made anew for new settings
        (*renew*) and these name a voice; and where the one that spoke is not here any more, or spoke for an edit that
        was taken back.

        Raises:
            UnknownVoiceError: there is no voice of the name that the edit has, or it cannot speak the language here.
        """
        edit = edit or Edit()
        if "voice" in _edited(manifest) and edit.voice is None:
            manifest = None
        speaker = self._speaker(article, manifest, renew=renew)
        if edit.voice is not None:
            voice = self._script_speaker.named(edit.voice, article.language or "en")
            if voice is None:
                message = f"The voice {edit.voice} is not here, or does not speak {article.language or 'en'}."
                raise UnknownVoiceError(edit.voice, f"{message} `audiogen voices` lists those there are.")
            speaker = replace(speaker, voice=voice)
        if edit.rate is not None:
            speaker = replace(speaker, voice=replace(speaker.voice, rate=edit.rate))
        return speaker

    def _speaker(self, article: Article, manifest: dict[str, Any] | None, *, renew: bool) -> Speaker:
        asked = self.voice(article)
        own = self._own(asked)
        speaker = Speaker(asked, self.settings.speech.voice, settings_digest(self.settings, own))
        chosen = self._voice_named or (renew and (self.settings.speech.voice or own is not None))
        spoke = None if manifest is None or chosen else self._spoke(article, manifest)
        if manifest is None or spoke is None:
            return speaker
        if renew:
            return replace(speaker, voice=spoke)
        before = _asked_of(manifest, self.settings)
        settings = replace(self.settings, speech=replace(self.settings.speech, voice=before))
        return Speaker(spoke, before, settings_digest(settings, self._own(spoke)))

    def _spoke(self, article: Article, manifest: dict[str, Any]) -> Voice | None:
        """Give the voice that spoke the episode; None where it is not here, or of another language."""
        name, voice = str(manifest.get("voice", {}).get("name") or ""), self.voice(article)
        return voice if name in ("", voice.name) else self._script_speaker.named(name, article.language or "en")

    def cost(self, article: Article, voice: Voice | None = None) -> float:
        """Tell what speaking the article costs, in the money of the cards' prices; nothing is asked of any server."""
        # Most voices cost nothing; writing a script only to say so would take time.
        voice = voice or self.voice(article)
        if not is_priced(voice, self._folder):
            return 0.0
        return self._script_speaker.estimate(self.script(article, voice), voice).price or 0.0

    def script(self, article: Article, voice: Voice | None = None, say: Mapping[str, str] | None = None) -> Script:
        """Write what is said, the disclosure with it; *voice* speaks instead of the settings'.

        *say* has respellings for this article alone.
        """
        script = narrate(article, self._narration(voice or self.voice(article), say or {}))
        line = self._disclosure(script.language)
        place = self.settings.disclosure.place
        first = (line,) if place in ("start", "both") else ()
        last = (line,) if place in ("end", "both") else ()
        return replace(script, utterances=(*first, *script.utterances, *last))

    def check(self, *, here: bool = True) -> None:
        """Look, before any article is made, at what all of them need: the word lists, and the voice that was named.

        The voice's engine is only asked where the work is done *here*.

        Raises:
            LexiconError: a word list has a fault.
            UnknownVoiceError: there is no voice of that name, or its engine does not have it.
            EngineMissingError: something its engine needs is not installed.
        """
        self._word_lists()
        self._script_speaker.check(here=here)

    def warm_up(self) -> None:
        """Load what the first article would wait for: the stages' tables, and the voice, which says a word to nobody.

        A voice on somebody's server is asked for nothing.
        """
        import audiogen.assembler.recording  # noqa: F401

        article = self.prepare(_TRIAL_PAGE, force=True, language=self.settings.show.language or "en")
        script = self.script(article)
        if not any(engine_traits(voice.engine).remote for voice in self._script_speaker.cast(script)):
            for _ in self._script_speaker.speak(script):
                pass

    def _word_lists(self) -> list[Lexicon]:
        """Load the user's word list and the show's."""
        return [load_lexicon(path) for path in self._lexicons if path.is_file()]

    def lexicon_digest(self, article: Article) -> str:
        """Sum up what the user's word list and the show's say of the article's words; empty where that is nothing."""
        together = Lexicon()
        for lexicon in self._word_lists():
            together = lexicon.over(together)
        return lexicon_digest(together.used_in(article.text, article.language or "en"))

    def _narration(self, voice: Voice, say: Mapping[str, str]) -> Narration:
        """Lay the user's, the show's and the voice's word lists and pauses over the package's own, *say* over all."""
        return Narration(
            pauses=default_pauses().adjusted({**self.settings.pauses, **voice.pauses}),
            lexicons=(*self._word_lists(), voice_lexicon(voice.lexicon), voice_lexicon(say)),
            foreign=self.settings.speech.foreign != "as-is",
            notes=self.settings.speech.notes == "read",
        )

    def _disclosure(self, language: str) -> Utterance:
        written = disclosure(language, self.settings.disclosure.text)
        return Utterance(written, normalize(written, language=language), _DISCLOSURE_PAUSE, Role.DISCLOSURE)

    def make(
        self,
        article: Article,
        folder: Path,
        slug: str,
        progress: Progress | None = None,
        saved: Mapping[str, Any] | None = None,
        revision: int = 1,
        added: str = "",
        guid: str = "",
        speaker: Speaker | None = None,
        edit: Edit | None = None,
        digests: Mapping[str, Any] | None = None,
        preview: Path | None = None,
    ) -> Master:
        """Make every file of the article's episode in *folder*; *added* is when it was first made, if not now.

        Without a *guid* it gets that of a new article; without a *speaker* the settings' voice speaks. An *edit* is
        laid over the article. *digests* are those of the manifest instead of the article's own. What is spoken so far
        can be heard from the file *preview* meanwhile.

        An episode that is spoken anew is a further *revision*, and its sound has a new name: podcast apps fetch a file
        once and never look at that address again.
        """
        source, edit = article, edit or Edit()
        article, unfit = apply_edit(article, edit)
        speaker = speaker or self.speaker(article, edit=edit)
        other = () if speaker.voice == self.voice(article) else (speaker.voice,)
        script = self.script(article, other[0] if other else None, edit.say)
        clips = _watched(self._script_speaker.speak(script, *other), len(script.utterances), progress)
        target = folder / sound_name(slug, revision, self.settings.audio.format)
        with ThreadPoolExecutor(1, "cover") as aside:
            cover = aside.submit(cover_of, article, self.settings, self._folder)
            recording = assemble(script, clips, target, self._sound(), preview)
        known = {"revision": revision, "saved": dict(saved or {}), "added": added}
        facts = self._facts(source, slug, script, speaker) | {key: value for key, value in known.items() if value}
        if digests is not None:
            facts["digests"] = dict(digests)
        if edit.revision:
            facts["edit"] = _told_of_edit(edit, [overrule.block or overrule.new for overrule in unfit])
        facts["guid"] = guid or guid_of(article)
        take = Take(article, script, speaker.voice, recording, facts, cover.result())
        manifest = finish(take, self.settings, self._folder)
        return Master(folder, slug, recording, manifest)

    def _facts(self, article: Article, slug: str, script: Script, speaker: Speaker) -> dict[str, Any]:
        """Give what is known before a word is spoken."""
        return {
            "slug": slug,
            "digests": {
                "version": VERSION,
                "article": article_digest(article),
                "settings": speaker.digest,
                **({"voice": speaker.asked} if speaker.asked else {}),
                **({"document": article.document} if article.document else {}),
                **({"lexicon": said} if (said := self.lexicon_digest(article)) else {}),
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
        audio = self.settings.audio
        music = (shown(name, self._folder) for name in (audio.intro, audio.outro, audio.bed))
        return Sound(audio.loudness, audio.peak, QUALITIES[audio.quality], audio.format, *music)

    def standing(
        self,
        article: Article,
        manifest: dict[str, Any] | None,
        identity: Identity | None = None,
        edit: Edit | None = None,
    ) -> Standing:
        """Tell how the article stands to the episode that *manifest* tells of; *identity* is what ties the two.

        *edit* is what somebody changed in the episode.
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
        same = same and digests.get("lexicon", "") == self.lexicon_digest(article)
        standing = self._standing_of_settings(article, manifest)
        return standing if same or standing is Standing.OTHER_SETTINGS else Standing.OLDER

    def _standing_of_settings(self, article: Article, manifest: dict[str, Any]) -> Standing:
        """Tell whether the settings are those that the episode was made with."""
        digests, voice = manifest.get("digests", {}), self.voice(article)
        if digests.get("version", 1) > 1:
            same = digests.get("settings") == settings_digest(self.settings, self._own(voice))
            return Standing.DONE if same else Standing.OTHER_SETTINGS
        # The default voice may be another today, and cards are mended: only what the manifest shows is told for sure.
        voices = (voice, None if self.settings.speech.voice else self._spoke(article, manifest))
        if digests.get("settings") in [settings_digest_1(self.settings, one) for one in voices if one]:
            return Standing.DONE
        return Standing.OTHER_SETTINGS if _shows_other(self.settings, manifest) else Standing.OLDER

    def _own(self, voice: Voice) -> Voice | None:
        """Give the voice where its card is the user's or the show's."""
        card = load_cards((self._folder / "voices",) if self._folder else ()).get(voice.name)
        return voice if card is not None and card.layer != "package" else None


def _listener(settings: Settings) -> Listen:
    """Give who hears whether speech says its words; the recogniser is loaded when it is first asked.

    Raises:
        ListeningError: (when first asked) there is no recogniser, or its model cannot be loaded.
    """
    from audiogen.listening.clips import Listener

    return Listener(settings.listen.model)


def produce(
    source: str | bytes | Path,
    library: str | os.PathLike[str],
    *,
    url: str | None = None,
    settings: Settings | None = None,
    force: bool = False,
    remake: bool = False,
) -> Episode:
    """Make an episode of *source* in *library*; where it is there already and nothing changed, only tell of it.

    A corrected article is spoken anew, by the voice that spoke it, and so is one that was made with other settings.
    What an older version of audiogen read otherwise is left as it is.

    Args:
        source: a path, or the document itself.
        library: the library's folder, which is made where it does not exist, or its address (`s3://bucket/library`).
        url: the article's address, where the source does not tell it.
        settings: instead of those of the library, the user and the environment.
        force: narrate the page even where it is no article.
        remake: make anew also what an older version read otherwise.

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
        return put_in(opened, episode_maker, article, keep=(Standing.DONE,) if remake else KEPT)


def put_in(
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
    """Make the article's episode in *library*, unless it is there already and its standing is among those to *keep*.

    *saved* is what a read-later service said of the article, *tags* are those it has there; the manifest carries both.
    *identity* tells whose episode it is; without it, that is looked up. *anew* makes it again, with the voice it has,
    whatever its standing: its sound is damaged. What is spoken so far can be heard from the file *preview* meanwhile.
    """
    identity = identity or recognise(library, article, Sighting(place_of(article)))
    guid = identity.guid
    with library.hold(guid):
        check_wanted(library, guid)
        known = library.find(guid)
        whole = known is not None and not anew and library.has_sound(known)
        edit = load_edit(library, known["slug"], guid) if known else Edit()
        if known and whole and episode_maker.standing(article, known, identity, edit) in keep:
            tie(library, article, identity)
            return kept(library, known, saved, tags)
        with library.stage() as folder:
            slug = library.name(guid, slug_of(article.title, article.published))
            revision = known.get("revision", 1) + 1 if known else 1
            added = added_of(known) if known else ""
            edit = edit if known else load_edit(library, slug, guid)
            edited, _ = apply_edit(article, edit)
            speaker = episode_maker.speaker(edited, known, renew=Standing.OTHER_SETTINGS not in keep, edit=edit)
            master = episode_maker.make(
                article, folder, slug, progress, saved, revision, added, guid, speaker, edit, preview=preview
            )
            if known is None and episode_maker.settings.show.drafts and library.size(f"{slug}.json") is None:
                with library.changing(DRAFTS) as drafts:
                    drafts[slug] = {"at": now()}
            library.put(guid, slug, folder)
        keep_article(library, slug, article, str(master.manifest["digests"]["article"]))
        tie(library, article, identity)
        return master.episode(library)


def speak_edit(
    library: Library,
    episode_maker: EpisodeMaker,
    slug: str,
    manifest: dict[str, Any],
    progress: Progress | None = None,
    preview: Path | None = None,
) -> Episode:
    """Make an episode as its edit wants it, without its source; where that is spoken already, only tell of it.

    GUID, slug and place in the feed stay. What the speech cache has is not spoken again; where nothing but tags was
    changed, nothing is. What is spoken so far can be heard from the file *preview* meanwhile.

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
            return _episode(known, library)
        article = kept_article(library, known)
        edited, unfit = apply_edit(article, edit)
        if edit.since(revision_of_edit(known)) <= {"tags"}:
            told = _told_of_edit(edit, [overrule.block or overrule.new for overrule in unfit])
            amended = {**known, "edit": told, "article": {**known["article"], "tags": list(edited.tags)}}
            library.amend(amended)
            return _episode(amended, library)
        speaker = episode_maker.speaker(edited, known, edit=edit)
        with library.stage() as folder:
            master = episode_maker.make(
                article, folder, slug, progress, known.get("saved"), known.get("revision", 1) + 1, added_of(known),
                guid, speaker, edit, _digests_after(known, speaker, episode_maker.lexicon_digest(article)), preview,
            )  # fmt: skip
            library.put(guid, slug, folder)
        return master.episode(library)


def _digests_after(manifest: dict[str, Any], speaker: Speaker, lexicon: str) -> dict[str, Any]:
    """Give the digests of an episode that is made anew without its source: those of the source stay."""
    before = dict(manifest.get("digests", {}))
    if is_of_first_version(manifest):
        return before
    named = {"settings": speaker.digest, "voice": speaker.asked, "lexicon": lexicon}
    return {name: value for name, value in (before | named).items() if value}


def revision_of_edit(manifest: dict[str, Any]) -> int:
    """Tell which revision of its edit an episode was made with; 0 where there was none."""
    told = manifest.get("edit")
    revision = told.get("revision") if isinstance(told, dict) else None
    return revision if isinstance(revision, int) else 0


def _edited(manifest: dict[str, Any] | None) -> tuple[str, ...]:
    """Name what of an episode is other than its source's."""
    told = (manifest or {}).get("edit")
    changed = told.get("changed") if isinstance(told, dict) else None
    return tuple(map(str, changed)) if isinstance(changed, list) else ()


def _told_of_edit(edit: Edit, unfit: list[str]) -> dict[str, Any]:
    """Tell a manifest of the edit that its episode was made with."""
    return {"revision": edit.revision, "changed": list(edit.changed), **({"unfit": unfit} if unfit else {})}


def check_wanted(library: Library, guid: str) -> None:
    """Hold that nobody removed the episode with this GUID.

    Raises:
        RemovedError: somebody did.
    """
    removed = library.removed(guid)
    if removed is not None:
        slug, entry = removed
        told = f"{slug} was removed ({str(entry.get('at', ''))[:10]}) and is not made again."
        raise RemovedError(
            slug, f"{told} `audiogen remove --restore {library.place} {slug}` brings it back.", guid=guid
        )


def tie(library: Library, article: Article, identity: Identity) -> None:
    """Keep what ties the article to its episode, so that it is known again."""
    library.tie(identity.guid, keys_of(article).values(), identity.place, article.document)


def place_of(article: Article) -> str:
    """Give where the article's document lies; empty where it was handed over."""
    return str(Path(article.source).absolute()) if article.source else ""


def kept(
    library: Library,
    manifest: dict[str, Any],
    saved: Mapping[str, Any] | None = None,
    tags: Sequence[str] = (),
) -> Episode:
    """Tell of an episode that stays as it is; where a service says something new of its article, note that."""
    told = manifest.get("article", {})
    news: dict[str, Any] = {}
    if saved and manifest.get("saved") != saved:
        news["saved"] = dict(saved)
    if "tags" in _edited(manifest):
        tags = ()
    if more := [tag for tag in tags if tag not in told.get("tags", [])]:
        news["article"] = {**told, "tags": [*told.get("tags", []), *more]}
    if news:
        library.amend({**manifest, **news})
    return _episode(manifest, library)


def traits_of(voice: Voice) -> Traits:
    """Tell what the voice's engine can stand, for whoever plans its work."""
    return engine_traits(voice.engine)


def is_priced(voice: Voice, folder: Path | None = None) -> bool:
    """Tell whether the voice has a price, or one that speaks a part for it; *folder* is the show's."""
    cards = load_cards((folder / "voices",) if folder else ()) if voice.roles else {}
    voices = (voice, *(named_voice(name, cards) for name in voice.roles.values()))
    return any("price" in one.options for one in voices)


#: Engine whose voices were the defaults of every language up to version 0.1.
FORMER_ENGINE = "pyttsx3"


def former_defaults(name: str, others: Iterable[str], folder: Path) -> list[str]:
    """Give those of the *others* that eSpeak NG speaks in the language of the default voice called *name*.

    *folder* is the show's. Nothing is given where the voice is eSpeak's itself.
    """
    cards = load_cards((folder / "voices",))
    if name not in cards or cards[name].voice.engine == FORMER_ENGINE:
        return []
    language = cards[name].voice.language
    known = (cards[other].voice for other in others if other in cards)
    return [voice.name for voice in known if voice.engine == FORMER_ENGINE and speaks(voice, language)]


def put_mp3(folder: Path, episode_maker: EpisodeMaker, article: Article, progress: Progress | None = None) -> Master:
    """Make just the sound file of the article in *folder*: a whole file under its final name, or nothing."""
    with _workshop(folder) as work:
        suffix = f".{episode_maker.settings.audio.format}"
        guid = guid_of_file(article, place_of(article))
        slug = _free_name(folder, slug_of(article.title, article.published), suffix, guid)
        master = episode_maker.make(article, work, slug, progress, guid=guid)
        target = folder / f"{slug}{suffix}"
        master.recording.path.replace(target)
        return replace(master, folder=folder, recording=replace(master.recording, path=target))


def _is_corrected(article: Article, edited: Article, manifest: dict[str, Any], seen: str) -> bool:
    """Tell whether an article that is read otherwise than its episode's was corrected, rather than read by others.

    *edited* is what the episode would say of it now, *seen* the digest of the document that was at the article's place
    before.
    """
    if not article.document:
        # It was written by a program: nobody reads it, so nobody can read it better.
        return True
    before = {document_of(manifest), seen} - {""}
    if not before or article.document in before:
        return False
    read_by_us = manifest.get("generator") == f"audiogen {__version__}" and not is_of_first_version(manifest)
    return read_by_us or not says_the_same(manifest, edited)


def _asked_of(manifest: dict[str, Any], settings: Settings) -> str:
    """Give the voice that was named in the settings an episode was made with; audiogen 0.1.0 did not tell."""
    if not is_of_first_version(manifest):
        return str(manifest["digests"].get("voice") or "")
    now = settings.speech.voice
    return now if now == manifest.get("voice", {}).get("name") else ""


def _shows_other(settings: Settings, manifest: dict[str, Any]) -> bool:
    """Tell whether a manifest shows other settings than these."""
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


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Lend a hidden folder inside *folder*, on the same file system, for as long as it takes."""
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
    """Return *wanted*, or with a number where that file is of another article; an older one of this one is replaced."""
    from audiogen.assembler.tags import read_guid

    name, number = wanted, 1
    while (path := folder / f"{name}{suffix}").exists() and read_guid(path) != guid:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _watched(clips: Iterator[Clip], total: int, progress: Progress | None) -> Iterator[Clip]:
    """Report each utterance that was spoken."""
    for done, clip in enumerate(clips, 1):
        yield clip
        if progress:
            progress(done, total)


def _episode(manifest: dict[str, Any], library: Library) -> Episode:
    slug = manifest["slug"]
    return Episode(
        slug=slug,
        audio=library.where(manifest["audio"]["file"]),
        manifest=library.where(f"{slug}.json"),
        title=manifest["article"]["title"],
        duration=manifest["audio"]["duration"],
        utterances=manifest["utterances"]["total"],
        spoken=manifest["utterances"]["spoken"],
        size=manifest["audio"]["bytes"],
        doubtful=len(doubtful_lines(manifest)),
    )
