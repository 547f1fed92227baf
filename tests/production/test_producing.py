"""An article goes in; an episode of the library, or nothing, comes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import audiogen
from audiogen.engines.tone import CARD, Tone
from audiogen.episodes.library import Library
from audiogen.errors import (
    AssemblyError,
    NotAnArticleError,
    SourceNotFoundError,
    SpeechError,
)
from audiogen.model import Article, Block, Clip, Script
from audiogen.production import EpisodeMaker, Standing, make_in_library, produce
from tests.cli.pages import LOGIN, make_page
from tests.hearing import length_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.settings import Settings


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with its time and content."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_an_episode_has_its_files_and_its_manifest_tells_of_them(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    episode = make_in_library(library, episode_maker, article)
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
    first = make_in_library(library, episode_maker, article)
    before = snapshot(library.root)
    assert make_in_library(library, episode_maker, article) == first
    assert snapshot(library.root) == before


def test_a_changed_article_keeps_its_guid_and_gets_a_new_file(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = make_in_library(library, episode_maker, article)
    corrected = replace(article, blocks=(*article.blocks, Block("Correction: it sails once a day.")))
    second = make_in_library(library, episode_maker, corrected)
    assert second.audio != first.audio
    assert not Path(first.audio).exists()
    assert [manifest["slug"] for manifest in library.manifests()] == [second.slug]


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


def test_an_engine_that_fails_half_way_leaves_nothing_behind(
    episode_maker: EpisodeMaker, article: Article, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speak(script: Script) -> Iterator[Clip]:
        yield Tone().speak(script.utterances[0], CARD)
        raise SpeechError(script.utterances[1], "The engine went silent at “A storm had”.")

    monkeypatch.setattr(episode_maker._script_speaker, "speak", speak)
    with pytest.raises(SpeechError):
        make_in_library(library, episode_maker, article)
    assert list(library.episodes.iterdir()) == []
    assert list(library.notes.glob("making-*")) == []


def test_an_episode_made_anew_has_another_name_for_its_sound_and_a_higher_revision(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    """Podcast apps fetch an address once: a corrected reading needs another."""
    names = []
    for turn in range(3):
        episode = make_in_library(library, episode_maker, replace(article, dek=f"Turn {turn}."))
        manifest = library.manifest(episode.slug)
        assert manifest is not None
        names.append((manifest["revision"], Path(episode.audio).name.removeprefix(episode.slug)))
    assert names == [(1, ".mp3"), (2, ".v2.mp3"), (3, ".v3.mp3")]
    assert [path.suffix for path in library.episodes.glob("*.mp3")] == [".mp3"]


@pytest.mark.parametrize("added", [{"added": "2026-09-20T20:00:00+00:00"}, {}], ids=["told", "of a manifest of 0.1.0"])
def test_an_episode_made_anew_was_added_when_it_was_first_made(
    episode_maker: EpisodeMaker, article: Article, library: Library, added: dict[str, str]
) -> None:
    slug = make_in_library(library, episode_maker, article).slug
    first = library.manifest(slug)
    assert first is not None
    assert first["added"] == first["created"]
    del first["added"]
    library.amend({**first, "created": "2026-09-21T20:00:00+00:00", **added})
    make_in_library(library, episode_maker, replace(article, dek="A correction."))
    again = library.manifest(slug)
    assert again is not None
    assert again["added"] == added.get("added", "2026-09-21T20:00:00+00:00")
    assert again["created"] > "2026-09-22"


def test_an_episode_of_other_settings_is_kept_where_that_is_wished(
    episode_maker: EpisodeMaker, article: Article, library: Library, tones: Settings
) -> None:
    first = make_in_library(library, episode_maker, article)
    before = snapshot(library.root)
    with EpisodeMaker(tones.with_flags(audio__loudness=-19.0)) as other:
        kept_one = make_in_library(library, other, article, keep=(Standing.DONE, Standing.OTHER_SETTINGS))
        assert kept_one == first
        assert snapshot(library.root) == before
        assert make_in_library(library, other, article).audio != first.audio


def test_an_episode_that_lost_its_sound_is_made_again(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = make_in_library(library, episode_maker, article)
    Path(first.audio).unlink()
    second = make_in_library(library, episode_maker, article)
    assert Path(second.audio).is_file()
    assert second.slug == first.slug


def test_what_a_service_says_is_noted_without_a_new_recording(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    first = make_in_library(library, episode_maker, article, saved={"service": "pocket", "read": False})
    sound = Path(first.audio).read_bytes()
    make_in_library(library, episode_maker, article, saved={"service": "pocket", "read": True})
    manifest = library.manifest(first.slug)
    assert manifest is not None
    assert manifest["saved"] == {"service": "pocket", "read": True}
    assert manifest["revision"] == 1
    assert Path(first.audio).read_bytes() == sound
    before = snapshot(library.root)
    make_in_library(library, episode_maker, article)
    assert snapshot(library.root) == before


def test_two_articles_of_one_title_and_day_get_two_names(
    episode_maker: EpisodeMaker, article: Article, library: Library
) -> None:
    slugs = [
        make_in_library(library, episode_maker, replace(article, url=f"https://a.example/{n}")).slug for n in range(3)
    ]
    assert slugs == [slugs[0], f"{slugs[0]}-2", f"{slugs[0]}-3"]


def test_music_that_is_not_there_leaves_nothing_behind(tones: Settings, article: Article, library: Library) -> None:
    with (
        EpisodeMaker(tones.with_flags(audio__intro="jingle.wav"), folder=library.root) as episode_maker,
        pytest.raises(AssemblyError, match=r"jingle\.wav"),
    ):
        make_in_library(library, episode_maker, article)
    assert not list(library.root.rglob("*.mp3"))
    assert list(library.notes.glob("making-*")) == []


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
