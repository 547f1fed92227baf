"""An episode stays as it is where nothing that it was made from has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.episodes.digests import VERSION, article_digest, settings_digest, settings_digest_1
from audiogen.episodes.library import Library
from audiogen.episodes.recognition import Identity
from audiogen.production import EpisodeMaker, Standing, make_in_library

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.settings import Settings


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
        assert episode_maker.reuse.standing(article, None) is Standing.NEW
        assert episode_maker.reuse.standing(article, {}) is Standing.CHANGED
    with EpisodeMaker(tones.with_flags(**flags)) as other:
        assert other.reuse.standing(replace(article, **change), {"digests": digests}) is standing


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
        assert episode_maker.reuse.standing(replace(article, document=now), manifest, identity) is standing
        outdated = replace(identity, outdated=True)
        assert episode_maker.reuse.standing(replace(article, document=now), manifest, outdated) is Standing.DONE


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
        episode = make_in_library(Library(tmp_path), episode_maker, article)
        manifest = Library(tmp_path).manifest(episode.slug)
        _list_words(tmp_path / "lexicon.toml", now)
        assert episode_maker.reuse.standing(article, manifest) is standing


def test_a_list_that_changed_speaks_nothing_again_until_it_is_asked_to(
    article: Article, tones: Settings, tmp_path: Path
) -> None:
    library = Library(tmp_path)
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        first = make_in_library(library, episode_maker, article)
        _list_words(tmp_path / "lexicon.toml", "Ostrand")
        assert make_in_library(library, episode_maker, article).audio == first.audio
        again = make_in_library(library, episode_maker, article, keep=(Standing.DONE,))
        assert again.audio != first.audio
        assert make_in_library(library, episode_maker, article, keep=(Standing.DONE,)).audio == again.audio
    manifest = library.manifest(first.slug)
    assert manifest is not None
    assert "ost-rand" in manifest["script"][0]["spoken"]


def _list_words(path: Path, message: str) -> None:
    """Write an entry "word|respelling|language", or none."""
    written, expected, language = f"{message}||".split("|")[:3]
    entry = f'[[entry]]\nwritten = "{written}"\nsay = "{expected or "ost-rand"}"\nlanguage = "{language}"\n'
    path.write_text(entry if message else "")


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
                "settings": settings_digest_1(tones, episode_maker.speakers.voice(article)),
            },
            "disclosure": {"place": "end", "text": "This audio is created with AI assistance."},
            "audio": {"file": "x.mp3", "bitrate": 64},
            "voice": {"name": "tone"},
        }
    with EpisodeMaker(tones.with_flags(**flags)) as other:
        assert other.reuse.standing(article, manifest) is standing
