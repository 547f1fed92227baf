"""An article goes in; an episode, or nothing, comes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3

import audiogen
from audiogen.engines.tone import CARD, Tone, frequency_of
from audiogen.errors import LibraryError, NotAnArticleError, SourceNotFoundError, SpeechError, UnknownVoiceError
from audiogen.library import Library
from audiogen.model import Article, Block, Clip, Script
from audiogen.production import Studio, produce, put_in, put_mp3
from audiogen.settings import Settings
from tests.conftest import EXAMPLES
from tests.hearing import length_of, tones_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def studio(tones: Settings) -> Iterator[Studio]:
    with Studio(tones) as studio:
        yield studio


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with its time and content."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_every_utterance_is_in_the_mp3_in_order_with_its_pause(
    studio: Studio, article: Article, tmp_path: Path
) -> None:
    script = studio.script(article)
    master = put_mp3(tmp_path, studio, article)
    tones = tones_in(master.recording.path)
    assert len(tones) == len(script.utterances) == 7
    for tone, utterance, cue in zip(tones, script.utterances, master.recording.cues, strict=True):
        assert tone.frequency == pytest.approx(frequency_of(utterance.spoken), rel=0.01)
        assert (tone.start, tone.end) == pytest.approx((cue.start, cue.end), abs=0.03)
    for before, after, utterance in zip(tones, tones[1:], script.utterances, strict=False):
        assert after.start - before.end == pytest.approx(utterance.pause_after, abs=0.03)


@pytest.mark.parametrize(("name", "first"), [("harbor-ledger.html", "Grain ships"), ("night-train.txt", "Night train")])
def test_an_example_is_spoken_whole_and_its_nuisances_are_not(
    studio: Studio, tmp_path: Path, name: str, first: str
) -> None:
    article = studio.prepare(EXAMPLES / name)
    assert article.title.startswith(first)
    master = put_mp3(tmp_path, studio, article)
    assert len(tones_in(master.recording.path)) == len(studio.script(article).utterances)
    heard = article.text.lower()
    for nuisance in ("member", "supporter", "subscribe", "news feed", "min read", "gift", "skip to", "ai assistance"):
        assert nuisance not in heard


def test_the_default_voice_speaks_an_article(article: Article, tmp_path: Path) -> None:
    with Studio(Settings()) as studio:
        master = put_mp3(tmp_path, studio, article)
    assert master.manifest["voice"]["engine"] == "pyttsx3"
    assert master.manifest["utterances"] == {"total": 7, "spoken": 7}
    assert 8 < length_of(master.recording.path) < 30
    assert master.recording.loudness == pytest.approx(-16, abs=0.5)


def test_the_tags_tell_what_it_is_and_how_it_was_made(studio: Studio, article: Article, tmp_path: Path) -> None:
    master = put_mp3(tmp_path, studio, article)
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
    with Studio(tones.with_flags(disclosure__place=place)) as studio:
        utterances = studio.script(article).utterances
    disclosures = [utterance for utterance in utterances if utterance.role == "disclosure"]
    assert disclosures == [utterances[index] for index in where]
    assert all(utterance.written.startswith("This audio is created") for utterance in disclosures)


def test_an_episode_has_its_files_and_its_manifest_tells_of_them(
    studio: Studio, article: Article, library: Library
) -> None:
    episode = put_in(library, studio, article)
    assert episode.slug == "2026-09-06-the-ferry-to-ostrand-sails-again"
    manifest = library.manifest(episode.slug)
    assert manifest is not None
    assert manifest["audio"]["bytes"] == Path(episode.audio).stat().st_size
    assert manifest["audio"]["duration"] == pytest.approx(length_of(Path(episode.audio)), abs=0.001)
    assert [line["written"] for line in manifest["script"]][:2] == [article.title, article.dek]
    assert library.path(episode.slug, ".vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    assert episode.utterances == episode.spoken == 7


def test_producing_again_costs_nothing_and_changes_nothing(studio: Studio, article: Article, library: Library) -> None:
    first = put_in(library, studio, article)
    before = snapshot(library.root)
    assert put_in(library, studio, article) == first
    assert snapshot(library.root) == before


def test_a_changed_article_keeps_its_guid_and_gets_a_new_file(
    studio: Studio, article: Article, library: Library
) -> None:
    first = put_in(library, studio, article)
    corrected = replace(article, blocks=(*article.blocks, Block("Correction: it sails once a day.")))
    second = put_in(library, studio, corrected)
    assert second.audio != first.audio
    assert not Path(first.audio).exists()
    assert [manifest["slug"] for manifest in library.manifests()] == [second.slug]


def test_an_mp3_made_again_takes_the_place_of_the_old_one(studio: Studio, article: Article, tmp_path: Path) -> None:
    first = put_mp3(tmp_path, studio, article).recording.path
    assert put_mp3(tmp_path, studio, article).recording.path == first
    other = put_mp3(tmp_path, studio, replace(article, url="https://elsewhere.example/ferry")).recording.path
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
    with pytest.raises(UnknownVoiceError, match="english"), Studio(tones.with_flags(speech__voice="englsh")) as studio:
        studio.voice(article)


def test_a_folder_that_cannot_be_written_is_named(studio: Studio, article: Article, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(LibraryError, match="Name another folder with -o"):
        put_mp3(blocker / "below", studio, article)


def test_an_engine_that_fails_half_way_leaves_nothing_behind(
    studio: Studio, article: Article, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speak(script: Script) -> Iterator[Clip]:
        yield Tone().speak(script.utterances[0], CARD)
        raise SpeechError(script.utterances[1], "The engine went silent at “A storm had”.")

    monkeypatch.setattr(studio._booth, "speak", speak)
    with pytest.raises(SpeechError):
        put_in(library, studio, article)
    assert list(library.shelf.episodes.iterdir()) == []
    assert list(library.shelf.notes.glob("making-*")) == []


def test_progress_is_told_for_every_utterance(studio: Studio, article: Article, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    put_mp3(tmp_path, studio, article, lambda done, total: steps.append((done, total)))
    assert steps == [(number, 7) for number in range(1, 8)]
