"""An article goes in; an episode, or nothing, comes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from mutagen.id3 import ID3

import audiogen
from audiogen.disclosure import disclosure
from audiogen.engines.tone import CARD, Tone, frequency_of
from audiogen.episodes.digests import VERSION, article_digest, settings_digest, settings_digest_1
from audiogen.episodes.library import Library
from audiogen.episodes.recognition import Identity
from audiogen.errors import (
    AssemblyError,
    LibraryError,
    NotAnArticleError,
    SettingsError,
    SourceNotFoundError,
    SpeechError,
    UnknownVoiceError,
)
from audiogen.model import Article, Block, Clip, Script
from audiogen.production import KEPT, EpisodeMaker, Standing, is_priced, prepare, produce, put_in, put_mp3, traits_of
from audiogen.settings import Settings, user_folder
from tests.assembler.sounds import sine
from tests.cli.pages import LOGIN, make_page, write_page
from tests.conftest import EXAMPLES
from tests.hearing import length_of, tones_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def episode_maker(tones: Settings) -> Iterator[EpisodeMaker]:
    with EpisodeMaker(tones) as episode_maker:
        yield episode_maker


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with its time and content."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_every_utterance_is_in_the_mp3_in_order_with_its_pause(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    script = episode_maker.script(article)
    master = put_mp3(tmp_path, episode_maker, article)
    tones = tones_in(master.recording.path)
    assert len(tones) == len(script.utterances) == 7
    for tone, utterance, cue in zip(tones, script.utterances, master.recording.cues, strict=True):
        assert tone.frequency == pytest.approx(frequency_of(utterance.spoken), rel=0.01)
        assert (tone.start, tone.end) == pytest.approx((cue.start, cue.end), abs=0.03)
    for before, after, utterance in zip(tones, tones[1:], script.utterances, strict=False):
        assert after.start - before.end == pytest.approx(utterance.pause_after, abs=0.03)


@pytest.mark.parametrize(("name", "first"), [("harbor-ledger.html", "Grain ships"), ("night-train.txt", "Night train")])
def test_an_example_is_spoken_whole_and_its_nuisances_are_not(
    episode_maker: EpisodeMaker, tmp_path: Path, name: str, first: str
) -> None:
    article = episode_maker.prepare(EXAMPLES / name)
    assert article.title.startswith(first)
    master = put_mp3(tmp_path, episode_maker, article)
    assert len(tones_in(master.recording.path)) == len(episode_maker.script(article).utterances)
    heard = article.text.lower()
    nuisances = (
        "member",
        "support us",
        "supporter",
        "subscribe",
        "news feed",
        "min read",
        "gift",
        "skip to",
        "ai assistance",
    )
    for nuisance in nuisances:
        assert nuisance not in heard


def test_the_default_voice_speaks_an_article(article: Article, tmp_path: Path) -> None:
    with EpisodeMaker(Settings()) as episode_maker:
        master = put_mp3(tmp_path, episode_maker, article)
    assert master.manifest["voice"]["engine"] == "pyttsx3"
    assert master.manifest["utterances"] == {"total": 7, "spoken": 7}
    assert 8 < length_of(master.recording.path) < 30
    assert master.recording.loudness == pytest.approx(-16, abs=0.5)


def test_the_tags_tell_what_it_is_and_how_it_was_made(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    master = put_mp3(tmp_path, episode_maker, article)
    id3 = ID3(master.recording.path, translate=False)
    assert id3.version == (2, 3, 0)
    assert str(id3["TIT2"]) == article.title
    assert str(id3["TPE1"]) == "Mira Tolland, Jonas Reeve"
    assert str(id3["TALB"]) == "The Harbor Ledger"
    assert str(id3["TLAN"]) == "eng"
    assert str(id3["TYER"]) == "2026"
    assert id3["WOAS"].url == article.url
    assert "created with AI assistance" in str(id3["COMM::eng"])
    assert "created with AI assistance" in str(id3["TXXX:AI-DISCLOSURE"])
    assert str(id3["TXXX:DigitalSourceType"]).endswith("/algorithmicMedia")
    assert article.text in str(id3["USLT::eng"])
    chapters = sorted(id3.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert [str(chapter.sub_frames["TIT2"]) for chapter in chapters] == [article.title, "What comes next"]


@pytest.mark.parametrize(("place", "where"), [("start", [0]), ("end", [-1]), ("both", [0, -1]), ("none", [])])
def test_the_disclosure_is_heard_where_the_show_wants_it(
    tones: Settings, article: Article, place: str, where: list[int]
) -> None:
    with EpisodeMaker(tones.with_flags(disclosure__place=place)) as episode_maker:
        utterances = episode_maker.script(article).utterances
    disclosures = [utterance for utterance in utterances if utterance.role == "disclosure"]
    assert disclosures == [utterances[index] for index in where]
    assert all(utterance.written.startswith("This audio is created") for utterance in disclosures)


def test_an_episode_has_its_files_and_its_manifest_tells_of_them(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    episode = put_in(library, episode_maker, article)
    assert episode.slug == "2026-09-06-the-ferry-to-ostrand-sails-again"
    manifest = library.manifest(episode.slug)
    assert manifest is not None
    assert manifest["audio"]["bytes"] == Path(episode.audio).stat().st_size
    assert manifest["audio"]["duration"] == pytest.approx(length_of(Path(episode.audio)), abs=0.001)
    assert [line["written"] for line in manifest["script"]][:2] == [article.title, article.dek]
    assert (library.episodes / f"{episode.slug}.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    assert episode.utterances == episode.spoken == 7


def test_producing_again_costs_nothing_and_changes_nothing(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = put_in(library, episode_maker, article)
    before = snapshot(library.root)
    assert put_in(library, episode_maker, article) == first
    assert snapshot(library.root) == before


def test_a_changed_article_keeps_its_guid_and_gets_a_new_file(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = put_in(library, episode_maker, article)
    corrected = replace(article, blocks=(*article.blocks, Block("Correction: it sails once a day.")))
    second = put_in(library, episode_maker, corrected)
    assert second.audio != first.audio
    assert not Path(first.audio).exists()
    assert [manifest["slug"] for manifest in library.manifests()] == [second.slug]


def test_an_mp3_made_again_takes_the_place_of_the_old_one(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    first = put_mp3(tmp_path, episode_maker, article).recording.path
    assert put_mp3(tmp_path, episode_maker, article).recording.path == first
    other = put_mp3(tmp_path, episode_maker, replace(article, url="https://elsewhere.example/ferry")).recording.path
    assert other.name == f"{first.stem}-2.mp3"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("no-such-file.html", SourceNotFoundError),
        (b"", audiogen.errors.EmptyArticleError),
        (b"  \n \n", audiogen.errors.EmptyArticleError),
        (bytes(range(256)) * 40, audiogen.errors.UnsupportedSourceError),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", audiogen.errors.UnsupportedSourceError),
        ("<html><body><form><h1>Log in</h1><input><button>Sign in</button></form></body></html>", NotAnArticleError),
    ],
    ids=["missing", "empty", "blank", "binary", "pdf", "login"],
)
def test_a_source_without_an_article_ends_in_its_error_and_leaves_nothing(
    tones: Settings, tmp_path: Path, source: str | bytes, error: type[audiogen.AudiogenError]
) -> None:
    library = tmp_path / "library"
    with pytest.raises(error) as caught:
        produce(source, library, settings=tones)
    assert "\n" not in caught.value.message
    assert not list(tmp_path.rglob("*.mp3"))


def test_an_unknown_voice_offers_near_names(tones: Settings, article: Article) -> None:
    with (
        pytest.raises(UnknownVoiceError, match="english"),
        EpisodeMaker(tones.with_flags(speech__voice="englsh")) as episode_maker,
    ):
        episode_maker.voice(article)


def test_a_folder_that_cannot_be_written_is_named(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(LibraryError, match="Name another folder with -o"):
        put_mp3(blocker / "below", episode_maker, article)


def test_an_engine_that_fails_half_way_leaves_nothing_behind(
    episode_maker: EpisodeMaker, article: Article, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speak(script: Script) -> Iterator[Clip]:
        yield Tone().speak(script.utterances[0], CARD)
        raise SpeechError(script.utterances[1], "The engine went silent at “A storm had”.")

    monkeypatch.setattr(episode_maker._script_speaker, "speak", speak)
    with pytest.raises(SpeechError):
        put_in(library, episode_maker, article)
    assert list(library.episodes.iterdir()) == []
    assert list(library.notes.glob("making-*")) == []


def test_progress_is_told_for_every_utterance(episode_maker: EpisodeMaker, article: Article, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    put_mp3(tmp_path, episode_maker, article, lambda done, total: steps.append((done, total)))
    assert steps == [(number, 7) for number in range(1, 8)]


def voice_card(folder: Path, name: str, text: str) -> None:
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    (folder / "voices" / f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "flags", "standing"),
    [
        ({}, {}, Standing.DONE),
        ({"dek": "Nine days it had lain in port."}, {}, Standing.CHANGED),
        ({"authors": ("Mira Tolland",)}, {}, Standing.CHANGED),
        ({"source": "/moved/elsewhere.html"}, {}, Standing.DONE),
        ({}, {"audio__loudness": -19.0}, Standing.OTHER_SETTINGS),
        ({}, {"disclosure__place": "both"}, Standing.OTHER_SETTINGS),
        ({}, {"speech__voice": "english"}, Standing.OTHER_SETTINGS),
        ({}, {"speech__cache": True}, Standing.DONE),
        ({}, {"show__title": "Another"}, Standing.DONE),
        ({"dek": "Changed."}, {"audio__loudness": -19.0}, Standing.CHANGED),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else None,
)
def test_how_an_article_stands_to_its_episode(
    tones: Settings, article: Article, change: dict[str, Any], flags: dict[str, Any], standing: Standing
) -> None:
    with EpisodeMaker(tones) as episode_maker:
        digests = {
            "article": article_digest(article),
            "settings": settings_digest(tones),
            "version": VERSION,
        }
        assert episode_maker.standing(article, None) is Standing.NEW
        assert episode_maker.standing(article, {}) is Standing.CHANGED
    with EpisodeMaker(tones.with_flags(**flags)) as other:
        assert other.standing(replace(article, **change), {"digests": digests}) is standing


def test_an_episode_made_anew_has_another_name_for_its_sound_and_a_higher_revision(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    """Podcast apps fetch an address once: a corrected reading needs another."""
    names = []
    for turn in range(3):
        episode = put_in(library, episode_maker, replace(article, dek=f"Turn {turn}."))
        manifest = library.manifest(episode.slug)
        assert manifest is not None
        names.append((manifest["revision"], Path(episode.audio).name.removeprefix(episode.slug)))
    assert names == [(1, ".mp3"), (2, ".v2.mp3"), (3, ".v3.mp3")]
    assert [path.suffix for path in library.episodes.glob("*.mp3")] == [".mp3"]


@pytest.mark.parametrize("added", [{"added": "2026-09-20T20:00:00+00:00"}, {}], ids=["told", "of a manifest of 0.1.0"])
def test_an_episode_made_anew_was_added_when_it_was_first_made(
    episode_maker: EpisodeMaker, article: Article, library: Library, added: dict[str, str]
) -> None:
    slug = put_in(library, episode_maker, article).slug
    first = library.manifest(slug)
    assert first is not None
    assert first["added"] == first["created"]
    del first["added"]
    library.amend({**first, "created": "2026-09-21T20:00:00+00:00", **added})
    put_in(library, episode_maker, replace(article, dek="A correction."))
    again = library.manifest(slug)
    assert again is not None
    assert again["added"] == added.get("added", "2026-09-21T20:00:00+00:00")
    assert again["created"] > "2026-09-22"


def test_an_episode_of_other_settings_is_kept_where_that_is_wished(
    episode_maker: EpisodeMaker, article: Article, library: Library, tones: Settings
) -> None:
    first = put_in(library, episode_maker, article)
    before = snapshot(library.root)
    with EpisodeMaker(tones.with_flags(audio__loudness=-19.0)) as other:
        kept_one = put_in(library, other, article, keep=(Standing.DONE, Standing.OTHER_SETTINGS))
        assert kept_one == first
        assert snapshot(library.root) == before
        assert put_in(library, other, article).audio != first.audio


def test_an_episode_that_lost_its_sound_is_made_again(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = put_in(library, episode_maker, article)
    Path(first.audio).unlink()
    second = put_in(library, episode_maker, article)
    assert Path(second.audio).is_file()
    assert second.slug == first.slug


def test_what_a_service_says_is_noted_without_a_new_recording(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = put_in(library, episode_maker, article, saved={"service": "pocket", "read": False})
    sound = Path(first.audio).read_bytes()
    put_in(library, episode_maker, article, saved={"service": "pocket", "read": True})
    manifest = library.manifest(first.slug)
    assert manifest is not None
    assert manifest["saved"] == {"service": "pocket", "read": True}
    assert manifest["revision"] == 1
    assert Path(first.audio).read_bytes() == sound
    before = snapshot(library.root)
    put_in(library, episode_maker, article)
    assert snapshot(library.root) == before


def test_two_articles_of_one_title_and_day_get_two_names(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    slugs = [put_in(library, episode_maker, replace(article, url=f"https://a.example/{n}")).slug for n in range(3)]
    assert slugs == [slugs[0], f"{slugs[0]}-2", f"{slugs[0]}-3"]


LIST = '[[entry]]\nwritten = "Ostrand"\nsay = "{}"\n'


def test_the_show_s_word_list_wins_over_the_user_s_and_the_voice_s_over_both(
    tones: Settings, article: Article, tmp_path: Path
) -> None:
    show = tmp_path / "show"
    voice_card(show, "anchor", 'engine = "tone"')
    settings = tones.with_flags(speech__voice="anchor")

    def said() -> str:
        with EpisodeMaker(settings, folder=show) as episode_maker:
            return episode_maker.script(article).utterances[0].spoken

    assert "Ostrand" in said()
    user_folder().mkdir(parents=True)
    (user_folder() / "lexicon.toml").write_text(LIST.format("Ohstrand"), encoding="utf-8")
    assert "Ohstrand" in said()
    (show / "lexicon.toml").write_text(LIST.format("Osstrand"), encoding="utf-8")
    assert "Osstrand" in said()
    voice_card(show, "anchor", 'engine = "tone"\n[lexicon]\nOstrand = "Awstrand"')
    assert "Awstrand" in said()


def test_pauses_of_the_voice_win_over_those_of_the_settings(tones: Settings, article: Article, tmp_path: Path) -> None:
    voice_card(tmp_path, "calm", 'engine = "tone"\npauses = {title = 2.5}')
    settings = replace(tones.with_flags(speech__voice="calm"), pauses={"title": 1.5, "dek": 1.7})
    with EpisodeMaker(settings, folder=tmp_path) as episode_maker:
        title, dek = episode_maker.script(article).utterances[:2]
    assert (title.pause_after, dek.pause_after) == (2.5, 1.7)


@pytest.mark.parametrize("pauses", [{"titel": 1.0}, {"title": -1.0}], ids=str)
def test_a_pause_that_cannot_be_is_told_before_anything_is_spoken(
    tones: Settings, article: Article, pauses: dict[str, float], tmp_path: Path
) -> None:
    with EpisodeMaker(replace(tones, pauses=pauses)) as episode_maker, pytest.raises(SettingsError, match="pause"):
        put_mp3(tmp_path, episode_maker, article)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "ends"), [("de", "erstellt."), ("tlh", "assistance."), ("", "assistance.")])
def test_the_disclosure_is_in_the_language_of_the_article(
    tones: Settings, article: Article, language: str, ends: str
) -> None:
    with EpisodeMaker(tones) as episode_maker:
        last = episode_maker.script(replace(article, language=language)).utterances[-1]
    assert last.role == "disclosure"
    assert last.written == disclosure(language or "en")
    assert last.written.endswith(ends)


def test_a_show_s_own_disclosure_is_said_as_numbers_are(tones: Settings, article: Article) -> None:
    with EpisodeMaker(tones.with_flags(disclosure__text="Spoken by machine no. 5.")) as episode_maker:
        last = episode_maker.script(article).utterances[-1]
    assert last.written == "Spoken by machine no. 5."
    assert "five" in last.spoken


@pytest.mark.parametrize(
    ("cards", "priced"),
    [
        ({"anchor": 'engine = "tone"'}, False),
        ({"anchor": 'engine = "tone"\noptions = {price = 15.0}'}, True),
        ({"anchor": 'engine = "tone"\nroles = {quote = "guest"}', "guest": 'engine = "tone"'}, False),
        (
            {
                "anchor": 'engine = "tone"\nroles = {quote = "guest"}',
                "guest": 'engine = "tone"\noptions = {price = 1.0}',
            },
            True,
        ),
    ],
    ids=["free", "priced", "two free", "a priced guest"],
)
def test_a_voice_costs_what_its_cast_costs(
    tones: Settings, article: Article, tmp_path: Path, cards: dict[str, str], priced: bool
) -> None:
    for name, text in cards.items():
        voice_card(tmp_path, name, text)
    with EpisodeMaker(tones.with_flags(speech__voice="anchor"), folder=tmp_path) as episode_maker:
        assert is_priced(episode_maker.voice(article), tmp_path) is priced
        if not priced:
            assert episode_maker.cost(article) == 0.0


def test_music_that_is_not_there_leaves_nothing_behind(tones: Settings, article: Article, library: Library) -> None:
    with (
        EpisodeMaker(tones.with_flags(audio__intro="jingle.wav"), folder=library.root) as episode_maker,
        pytest.raises(AssemblyError, match=r"jingle\.wav"),
    ):
        put_in(library, episode_maker, article)
    assert not list(library.root.rglob("*.mp3"))
    assert list(library.notes.glob("making-*")) == []


def test_music_of_the_show_is_found_in_its_folder(tones: Settings, article: Article, library: Library) -> None:
    import soundfile

    library.root.mkdir()
    soundfile.write(library.root / "jingle.wav", sine(1.0, 44_100, level=-12), 44_100)
    with EpisodeMaker(
        tones.with_flags(audio__intro="jingle.wav", audio__quality="small"), folder=library.root
    ) as episode_maker:
        episode = put_in(library, episode_maker, article)
    manifest = library.manifest(episode.slug)
    assert manifest is not None
    # The jingle of a second, and the silence before the first word.
    assert manifest["script"][0]["start"] == pytest.approx(1.2, abs=0.05)


def test_produce_reads_the_settings_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "audiogen.toml").write_text("[speech]\nvoice = 'tone'\n[audio]\nquality = 'small'\n")
    text = make_page(url="")
    episode = produce(text, tmp_path, url="https://harborledger.example/lock")
    manifest = Library(tmp_path).manifest(episode.slug)
    assert manifest is not None
    assert (manifest["voice"]["name"], manifest["audio"]["bitrate"]) == ("tone", 32)
    assert manifest["article"]["url"] == "https://harborledger.example/lock"
    assert produce(text, tmp_path, url="https://harborledger.example/lock") == episode


def test_produce_makes_what_is_no_article_only_with_force(tones: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotAnArticleError):
        produce(LOGIN, tmp_path, settings=tones)
    assert Path(produce(LOGIN, tmp_path, settings=tones, force=True).audio).is_file()


def test_what_is_known_from_elsewhere_is_laid_over_the_page(episode_maker: EpisodeMaker, tmp_path: Path) -> None:
    path = write_page(tmp_path)
    article = episode_maker.prepare(
        path, known=lambda read: replace(read, title="The lock at last opens", tags=("Canals",))
    )
    assert (article.title, article.tags) == ("The lock at last opens", ("Canals",))
    assert article.source == str(path)


def test_a_site_file_of_the_show_holds(tones: Settings, tmp_path: Path) -> None:
    """A house knows its own pages: what its file names is not heard."""
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "ledger.toml").write_text('hosts = ["harborledger.example"]\n[[drop]]\nselector = "p.note"\n')
    text = write_page(tmp_path).read_text(encoding="utf-8").replace("<p>Nobody", '<p class="note">Nobody')
    heard = [prepare(text, tones, folder=folder).text for folder in (None, tmp_path)]
    assert ["Nobody cheered" in one for one in heard] == [True, False]


def test_the_engine_s_traits_are_those_of_the_voice_s_engine() -> None:
    assert traits_of(CARD) == Tone.traits


LOW = 'engine = "tone"\nid = "tone"\npitch = 20\n'


@pytest.mark.parametrize(
    ("now", "named", "renew", "speaks"),
    [
        pytest.param("tone", False, False, "low", id="a correction, whatever the settings name now"),
        pytest.param("", False, False, "low", id="a correction, where they name none"),
        pytest.param("tone", True, False, "tone", id="a voice that was named for this run"),
        pytest.param("tone", False, True, "tone", id="made anew with the settings' voice"),
        pytest.param("", False, True, "low", id="made anew, where they name none"),
    ],
)
def test_an_episode_keeps_the_voice_that_spoke_it_unless_somebody_names_another(
    article: Article, tones: Settings, tmp_path: Path, now: str, named: bool, renew: bool, speaks: str
) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "low.toml").write_text(LOW, encoding="utf-8")
    manifest = {"voice": {"name": "low"}, "digests": {"version": VERSION, "voice": "low"}}
    settings = replace(tones, speech=replace(tones.speech, voice=now))
    with EpisodeMaker(settings, folder=tmp_path, voice_named=named) as episode_maker:
        assert episode_maker.speaker(article, manifest, renew=renew).voice.name == speaks
        assert episode_maker.speaker(article).voice.name == episode_maker.voice(article).name


def test_a_voice_that_is_not_here_any_more_is_replaced(article: Article, tones: Settings) -> None:
    with EpisodeMaker(tones) as episode_maker:
        for name in ("gone", "none:gone"):
            assert episode_maker.speaker(article, {"voice": {"name": name}}).voice.name == "tone"


def test_a_correction_tells_the_settings_it_was_spoken_with_and_what_is_made_anew_those_of_today(
    article: Article, tones: Settings, tmp_path: Path
) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "low.toml").write_text(LOW, encoding="utf-8")
    library, both = Library(tmp_path), (*KEPT, Standing.OTHER_SETTINGS)
    low = tones.with_flags(speech__voice="low")
    with EpisodeMaker(low, folder=tmp_path) as episode_maker:
        slug = put_in(library, episode_maker, article).slug
    corrected = replace(article, dek="A correction was added.")
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        put_in(library, episode_maker, corrected, keep=both)
        manifest = library.manifest(slug)
        assert manifest
        assert (manifest["voice"]["name"], manifest["digests"]["voice"]) == ("low", "low")
        assert episode_maker.standing(corrected, manifest) is Standing.OTHER_SETTINGS
        put_in(library, episode_maker, corrected)
        manifest = library.manifest(slug)
        assert manifest
        assert (manifest["voice"]["name"], manifest["digests"]["voice"]) == ("tone", "tone")
        assert episode_maker.standing(corrected, manifest) is Standing.DONE


FIRST, SECOND = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"


@pytest.mark.parametrize(
    ("now", "noted", "written", "standing"),
    [
        pytest.param(FIRST, "", FIRST, Standing.OLDER, id="the same document"),
        pytest.param(SECOND, "", FIRST, Standing.CHANGED, id="another document"),
        pytest.param(FIRST, FIRST, "", Standing.OLDER, id="the same as noted"),
        pytest.param(SECOND, FIRST, "", Standing.CHANGED, id="another than noted"),
        pytest.param(SECOND, "", "", Standing.OLDER, id="nobody can tell"),
        pytest.param("", "", FIRST, Standing.CHANGED, id="written by a program"),
        pytest.param(FIRST, SECOND, SECOND, Standing.CHANGED, id="put back"),
    ],
)
def test_what_is_read_otherwise_has_changed_only_with_its_document(
    article: Article, tones: Settings, now: str, noted: str, written: str, standing: Standing
) -> None:
    with EpisodeMaker(tones) as episode_maker:
        digests = {"version": VERSION, "article": "sha256:other", "settings": settings_digest(tones)}
        manifest = {"generator": "audiogen 0.0", "digests": digests | ({"document": written} if written else {})}
        identity = Identity("urn:uuid:x", seen=noted)
        assert episode_maker.standing(replace(article, document=now), manifest, identity) is standing
        outdated = replace(identity, outdated=True)
        assert episode_maker.standing(replace(article, document=now), manifest, outdated) is Standing.DONE


@pytest.mark.parametrize(
    ("before", "now", "standing"),
    [
        pytest.param("", "", Standing.DONE, id="no list"),
        pytest.param("Ostrand", "Ostrand", Standing.DONE, id="the same entry"),
        pytest.param("", "Ostrand", Standing.OLDER, id="an entry for a word of the article"),
        pytest.param("", "OSTRAND", Standing.OLDER, id="in other capitals"),
        pytest.param("", "Vardoe", Standing.DONE, id="an entry for another word"),
        pytest.param("Ostrand", "", Standing.OLDER, id="an entry that is gone"),
        pytest.param("Ostrand|or-strand", "Ostrand|ost-rand", Standing.OLDER, id="another respelling"),
        pytest.param("", "Ostrand||de", Standing.DONE, id="an entry of another language"),
    ],
)
def test_an_episode_made_with_another_word_list_is_older_where_its_words_are_concerned(
    article: Article, tones: Settings, tmp_path: Path, before: str, now: str, standing: Standing
) -> None:
    _list_words(tmp_path / "lexicon.toml", before)
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        episode = put_in(Library(tmp_path), episode_maker, article)
        manifest = Library(tmp_path).manifest(episode.slug)
        _list_words(tmp_path / "lexicon.toml", now)
        assert episode_maker.standing(article, manifest) is standing


def test_a_list_that_changed_speaks_nothing_again_until_it_is_asked_to(
    article: Article, tones: Settings, tmp_path: Path
) -> None:
    library = Library(tmp_path)
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        first = put_in(library, episode_maker, article)
        _list_words(tmp_path / "lexicon.toml", "Ostrand")
        assert put_in(library, episode_maker, article).audio == first.audio
        again = put_in(library, episode_maker, article, keep=(Standing.DONE,))
        assert again.audio != first.audio
        assert put_in(library, episode_maker, article, keep=(Standing.DONE,)).audio == again.audio
    manifest = library.manifest(first.slug)
    assert manifest is not None
    assert "ost-rand" in manifest["script"][0]["spoken"]


def _list_words(path: Path, told: str) -> None:
    """Write an entry "word|respelling|language", or none."""
    written, said, language = f"{told}||".split("|")[:3]
    entry = f'[[entry]]\nwritten = "{written}"\nsay = "{said or "ost-rand"}"\nlanguage = "{language}"\n'
    path.write_text(entry if told else "")


@pytest.mark.parametrize(
    ("flags", "standing"),
    [
        ({}, Standing.DONE),
        ({"speech__voice": "tone"}, Standing.DONE),
        ({"speech__rate": 200}, Standing.OLDER),
        ({"disclosure__place": "both"}, Standing.OTHER_SETTINGS),
        ({"disclosure__text": "A machine speaks."}, Standing.OTHER_SETTINGS),
        ({"audio__format": "opus"}, Standing.OTHER_SETTINGS),
        ({"audio__quality": "podcast"}, Standing.OTHER_SETTINGS),
        ({"speech__voice": "english"}, Standing.OTHER_SETTINGS),
    ],
    ids=lambda value: str(value),
)
def test_settings_of_the_first_version_are_others_only_where_its_manifest_shows_it(
    article: Article, tones: Settings, flags: dict[str, Any], standing: Standing
) -> None:
    with EpisodeMaker(tones) as episode_maker:
        manifest = {
            "digests": {
                "article": article_digest(article, 1),
                "settings": settings_digest_1(tones, episode_maker.voice(article)),
            },
            "disclosure": {"place": "end", "text": "This audio is created with AI assistance."},
            "audio": {"file": "x.mp3", "bitrate": 64},
            "voice": {"name": "tone"},
        }
    with EpisodeMaker(tones.with_flags(**flags)) as other:
        assert other.standing(article, manifest) is standing


def test_a_draft_that_is_narrated_again_replaces_its_sound_and_no_other(tones: Settings, tmp_path: Path) -> None:
    told = [
        f"<html><h1>Morning Briefing</h1><p>The {name} sails at noon, and the pilots wait for it at the outer pier.</p>"
        for name in ("ferry", "dredger", "old ferry")
    ]
    first, other = tmp_path / "first.html", tmp_path / "other.html"
    with EpisodeMaker(tones) as episode_maker:
        files = []
        for path, text in ((first, told[0]), (other, told[1]), (first, told[2])):
            path.write_text(text, encoding="utf-8")
            files.append(
                put_mp3(tmp_path / "out", episode_maker, episode_maker.prepare(path, force=True)).recording.path
            )
    assert files[0] == files[2] != files[1]
    assert len(list((tmp_path / "out").iterdir())) == 2
