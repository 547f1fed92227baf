"""What an article says is heard, in order, and its file tells what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3

from audiogen.engines.tone import frequency_of
from audiogen.errors import (
    SettingsError,
)
from audiogen.production import EpisodeMaker, make_in_library, write_sound_file
from audiogen.settings import Settings
from tests.assembler.sounds import sine
from tests.conftest import EXAMPLES
from tests.hearing import length_of, tones_in

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.episodes.library import Library
    from audiogen.model import Article


def test_every_utterance_is_in_the_mp3_in_order_with_its_pause(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    script = episode_maker.script(article)
    master = write_sound_file(tmp_path, episode_maker, article)
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
    master = write_sound_file(tmp_path, episode_maker, article)
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
        master = write_sound_file(tmp_path, episode_maker, article)
    assert master.manifest["voice"]["engine"] == "pyttsx3"
    assert master.manifest["utterances"] == {"total": 7, "spoken": 7}
    assert 8 < length_of(master.recording.path) < 30
    assert master.recording.loudness == pytest.approx(-16, abs=0.5)


def test_the_tags_tell_what_it_is_and_how_it_was_made(
    episode_maker: EpisodeMaker, article: Article, tmp_path: Path
) -> None:
    master = write_sound_file(tmp_path, episode_maker, article)
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


def test_progress_is_told_for_every_utterance(episode_maker: EpisodeMaker, article: Article, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    write_sound_file(tmp_path, episode_maker, article, lambda done, total: steps.append((done, total)))
    assert steps == [(number, 7) for number in range(1, 8)]


@pytest.mark.parametrize("pauses", [{"titel": 1.0}, {"title": -1.0}], ids=str)
def test_a_pause_that_cannot_be_is_told_before_anything_is_spoken(
    tones: Settings, article: Article, pauses: dict[str, float], tmp_path: Path
) -> None:
    with EpisodeMaker(replace(tones, pauses=pauses)) as episode_maker, pytest.raises(SettingsError, match="pause"):
        write_sound_file(tmp_path, episode_maker, article)
    assert list(tmp_path.iterdir()) == []


def test_music_of_the_show_is_found_in_its_folder(tones: Settings, article: Article, library: Library) -> None:
    import soundfile

    library.root.mkdir()
    soundfile.write(library.root / "jingle.wav", sine(1.0, 44_100, level=-12), 44_100)
    with EpisodeMaker(
        tones.with_flags(audio__intro="jingle.wav", audio__quality="small"), folder=library.root
    ) as episode_maker:
        episode = make_in_library(library, episode_maker, article)
    manifest = library.manifest(episode.slug)
    assert manifest is not None
    # The jingle of a second, and the silence before the first word.
    assert manifest["script"][0]["start"] == pytest.approx(1.2, abs=0.05)
