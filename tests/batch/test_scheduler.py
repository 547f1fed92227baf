"""A batch resumes, skips, never loses, and says what it did."""

from __future__ import annotations

import errno
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import NotAnArticleError
from audiogen.batch.memory import BatchOptions
from audiogen.engines.tone import Tone
from audiogen.episodes.library import Library
from audiogen.errors import (
    AssemblyError,
    CrashError,
    EngineMissingError,
    LibraryError,
    SettingsError,
    SourceNotFoundError,
    UnwritableError,
)
from audiogen.model import Source
from audiogen.production import EpisodeMaker
from tests.batch.conftest import assert_whole, snapshot, statuses
from tests.batch.pile import make_pile, page, paragraphs

if TYPE_CHECKING:
    from audiogen.model import Article, Clip, Script, Utterance, Voice
    from audiogen.settings import Settings
    from tests.batch.conftest import Run


def add(pile: Path, name: str, content: str) -> Path:
    path = pile / name
    path.write_text(content, encoding="utf-8")
    return path


def test_every_article_of_a_folder_becomes_an_episode(run: Run, pile: Path, library: Path) -> None:
    outcomes = run(pile)
    assert statuses(outcomes) == dict.fromkeys(("story-00000.html", "story-00001.html", "story-00002.html"), "new")
    assert sorted(assert_whole(library)) == [f"house-{number}-and-its-neighbours" for number in range(3)]
    for outcome in outcomes:
        assert outcome.episode
        assert Path(outcome.episode.audio).is_file()
        assert outcome.work > 0


def test_a_second_run_changes_no_byte_and_reads_no_article(
    run: Run, pile: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(pile)
    before = snapshot(library)
    monkeypatch.setattr(EpisodeMaker, "prepare", None)
    second = run(pile)
    assert set(statuses(second).values()) == {"done"}
    assert snapshot(library) == before
    known = {outcome.source: outcome.episode for outcome in first}
    for outcome in second:
        old, new = known[outcome.source], outcome.episode
        assert old
        assert new
        assert (new.slug, new.audio, new.title, new.utterances) == (old.slug, old.audio, old.title, old.utterances)


def test_without_its_notes_a_library_still_knows_what_is_done(run: Run, pile: Path, library: Path) -> None:
    run(pile)
    shutil.rmtree(library / ".audiogen")
    before = snapshot(library / "episodes")
    assert set(statuses(run(pile)).values()) == {"done"}
    assert snapshot(library / "episodes") == before


def test_a_changed_article_is_made_anew_under_its_guid_and_name(run: Run, pile: Path, library: Path) -> None:
    run(pile)
    path = library / "episodes" / "house-1-and-its-neighbours.json"
    old = json.loads(path.read_text(encoding="utf-8"))
    add(pile, "story-00001.html", page(1, text=[*paragraphs(1), "A correction was added."], title="House 1, corrected"))
    assert statuses(run(pile)) == {
        "story-00000.html": "done",
        "story-00001.html": "changed",
        "story-00002.html": "done",
    }
    new = json.loads(path.read_text(encoding="utf-8"))
    assert new["guid"] == old["guid"]
    assert new["article"]["title"] == "House 1, corrected"
    assert len(assert_whole(library)) == 3


@pytest.mark.usefixtures("calm_tones")
def test_of_a_changed_article_only_the_changed_sentences_are_spoken(
    run: Run, pile: Path, tones: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, spoken = Tone.speak, []

    def speak(engine: Tone, utterance: Utterance, voice: Voice) -> Clip:
        spoken.append(utterance.written)
        return real(engine, utterance, voice)

    monkeypatch.setattr(Tone, "speak", speak)
    keeping = tones.with_flags(speech__cache=True, audio__quality="small")
    run(pile, settings=keeping)
    assert len(spoken) > 12
    spoken.clear()
    first, second = paragraphs(1)
    changed = [first, f"{second} A correction was added."]
    add(pile, "story-00001.html", page(1, text=changed))
    assert statuses(run(pile, settings=keeping))["story-00001.html"] == "changed"
    assert spoken == ["A correction was added."]


def test_speech_that_is_not_kept_is_no_other_setting(run: Run, pile: Path, library: Path, tones: Settings) -> None:
    run(pile, settings=tones.with_flags(speech__cache=True))
    before = snapshot(library)
    outcomes = run(pile, settings=tones.with_flags(speech__cache=False), options=BatchOptions(remake=True))
    assert set(statuses(outcomes).values()) == {"done"}
    assert snapshot(library / "episodes") == {
        name.removeprefix("episodes/"): mark for name, mark in before.items() if name.startswith("episodes/")
    }


def test_an_entry_of_a_feed_with_neither_address_nor_text_is_told(run: Run, tmp_path: Path) -> None:
    feed = add(
        tmp_path,
        "feed.xml",
        "<rss version='2.0'><channel><title>T</title><item><title>Nothing but a title</title></item>"
        f"<item><guid>told</guid><description>{' '.join(paragraphs(4))}</description></item></channel></rss>",
    )
    nothing, result = run(feed)
    assert (nothing.source, nothing.status) == (f"{feed}#1", "refused")
    assert "There is no text" in str(nothing.error)
    assert (result.source, result.status) == (f"{feed}#told", "new")


def test_a_file_that_was_only_touched_is_done(run: Run, pile: Path) -> None:
    run(pile)
    os.utime(pile / "story-00001.html", (1, 1))
    assert set(statuses(run(pile)).values()) == {"done"}


def test_a_change_that_keeps_size_and_time_is_seen_where_the_clock_leaves_doubt(run: Run, pile: Path) -> None:
    path = pile / "story-00001.html"
    times = (time_ns(), time_ns() + 1_000_000_000)
    os.utime(path, ns=times)
    run(pile)
    path.write_text(path.read_text(encoding="utf-8").replace("watched", "waited.")[: path.stat().st_size], "utf-8")
    os.utime(path, ns=times)
    assert statuses(run(pile))["story-00001.html"] == "changed"


def test_a_pile_that_moved_is_done(run: Run, pile: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(pile)
    moved = pile.rename(pile.with_name("elsewhere"))
    monkeypatch.setattr(EpisodeMaker, "prepare", None)
    assert set(statuses(run(moved)).values()) == {"done"}
    assert len(assert_whole(library)) == 3


def test_a_file_that_was_copied_is_a_duplicate(run: Run, pile: Path) -> None:
    run(pile)
    shutil.copy(pile / "story-00001.html", pile / "copy.html")
    again = {outcome.source: outcome for outcome in run(pile)}
    copy = again[str(pile / "copy.html")]
    assert copy.status == "duplicate"
    assert "story-00001.html" in copy.note
    assert copy.episode
    assert copy.episode.slug == "house-1-and-its-neighbours"


@pytest.mark.parametrize("missing", [".mp3", ".json"])
def test_an_episode_that_lost_a_file_is_made_again(run: Run, pile: Path, library: Path, missing: str) -> None:
    run(pile)
    (library / "episodes" / f"house-1-and-its-neighbours{missing}").unlink()
    assert statuses(run(pile))["story-00001.html"] == "healed"
    assert len(assert_whole(library)) == 3


def test_other_settings_make_nothing_anew_unless_asked(run: Run, pile: Path, library: Path, tones: Settings) -> None:
    run(pile)
    before = snapshot(library)
    louder = tones.with_flags(audio__loudness=-19.0)
    assert set(statuses(run(pile, settings=louder)).values()) == {"done"}
    assert snapshot(library) == before
    assert set(statuses(run(pile, settings=louder, options=BatchOptions(remake=True))).values()) == {"changed"}
    assert set(statuses(run(pile, settings=louder, options=BatchOptions(remake=True))).values()) == {"done"}


def test_the_same_story_on_two_sites_becomes_one_episode(run: Run, pile: Path, library: Path) -> None:
    wire = page(1, url="https://other.example/wire", text=[*paragraphs(1), "Reporting by a wire service."])
    add(pile, "wire.html", wire)
    outcomes = {outcome.source: outcome for outcome in run(pile)}
    near_duplicate = outcomes[str(pile / "wire.html")]
    assert near_duplicate.status == "duplicate"
    assert near_duplicate.note == f"the same story as {pile / 'story-00001.html'}"
    assert near_duplicate.episode
    assert near_duplicate.episode.slug == "house-1-and-its-neighbours"
    assert len(assert_whole(library)) == 3
    before = snapshot(library)
    assert statuses(run(pile))["wire.html"] == "duplicate"
    assert snapshot(library) == before


def test_the_same_story_is_known_again_a_week_later(run: Run, pile: Path, tmp_path: Path) -> None:
    run(pile)
    later = tmp_path / "later"
    later.mkdir()
    wire = add(later, "wire.html", page(1, url="https://other.example/wire"))
    assert statuses(run(wire)) == {"wire.html": "duplicate"}


def test_duplicates_are_kept_where_that_is_wished(run: Run, pile: Path, library: Path) -> None:
    add(pile, "wire.html", page(1, url="https://other.example/wire"))
    assert set(statuses(run(pile, options=BatchOptions(keep_duplicates=True))).values()) == {"new"}
    assert len(assert_whole(library)) == 4


def test_two_files_of_one_address_are_one_episode_and_stay_so(run: Run, pile: Path, library: Path) -> None:
    add(pile, "story-00001-again.html", page(1, text=paragraphs(77)))
    first = statuses(run(pile))
    assert first == {
        "story-00000.html": "new",
        "story-00001-again.html": "new",
        "story-00001.html": "duplicate",
        "story-00002.html": "new",
    }
    before = snapshot(library)
    assert set(statuses(run(pile)).values()) == {"done", "duplicate"}
    assert snapshot(library) == before


def test_a_duplicate_steps_in_where_the_first_of_its_kind_fails(
    run: Run, pile: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(pile, "wire.html", page(1, url="https://other.example/wire", title="The wire's title"))
    real = EpisodeMaker.make

    def fail_on_one(episode_maker: EpisodeMaker, article: object, *rest: object, **options: object) -> object:
        if getattr(article, "url", "") == "https://ledger.example/stories/1":
            raise RuntimeError("a fault")
        return real(episode_maker, article, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(EpisodeMaker, "make", fail_on_one)
    assert statuses(run(pile)) == {
        "story-00000.html": "new",
        "story-00001.html": "failed",
        "story-00002.html": "new",
        "wire.html": "new",
    }
    assert "the-wires-title" in assert_whole(library)


def test_a_fault_fails_its_article_alone_and_is_in_the_log(
    run: Run, pile: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = EpisodeMaker.script

    def fault(episode_maker: EpisodeMaker, article: object, *rest: object) -> object:
        if getattr(article, "url", "").endswith("/1"):
            raise ZeroDivisionError("nobody foresaw this")
        return real(episode_maker, article, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(EpisodeMaker, "script", fault)
    outcomes = {Path(outcome.source).name: outcome for outcome in run(pile)}
    assert {name: outcome.status for name, outcome in outcomes.items()} == {
        "story-00000.html": "new",
        "story-00001.html": "failed",
        "story-00002.html": "new",
    }
    assert isinstance(outcomes["story-00001.html"].error, CrashError)
    log = (library / ".audiogen" / "batch.log").read_text(encoding="utf-8")
    assert "nobody foresaw this" in log
    assert "Traceback" in log
    monkeypatch.undo()
    assert statuses(run(pile))["story-00001.html"] == "new"


def test_what_is_no_article_is_refused_once_and_again_only_when_asked(
    run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = add(pile, "stub.html", page(9, text=["Subscribe to read on."]))
    real = EpisodeMaker.prepare
    asked = []

    def refuse(episode_maker: EpisodeMaker, source: object, **rest: object) -> object:
        asked.append(source)
        if source == stub:
            raise NotAnArticleError(stub, "paywall stub", "one paragraph and a price")
        return real(episode_maker, source, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(EpisodeMaker, "prepare", refuse)
    assert statuses(run(pile))["stub.html"] == "refused"
    asked.clear()
    again = {Path(outcome.source).name: outcome for outcome in run(pile)}
    assert again["stub.html"].status == "refused"
    assert "paywall stub" in str(again["stub.html"].error)
    assert asked == []
    assert statuses(run(stub, options=BatchOptions(retry=True))) == {"stub.html": "refused"}
    assert asked == [stub]


def test_a_dry_run_tells_what_would_be_done_and_changes_nothing(run: Run, pile: Path, library: Path) -> None:
    assert set(statuses(run(pile, options=BatchOptions(dry=True))).values()) == {"new"}
    assert not library.exists()
    run(pile)
    add(pile, "story-00001.html", page(1, text=paragraphs(78)))
    add(pile, "wire.html", page(2, url="https://other.example/wire"))
    before = snapshot(library)
    assert statuses(run(pile, options=BatchOptions(dry=True))) == {
        "story-00000.html": "done",
        "story-00001.html": "changed",
        "story-00002.html": "done",
        "wire.html": "duplicate",
    }
    assert snapshot(library) == before


def test_what_a_service_knew_is_in_the_manifest_and_follows_it(run: Run, pile: Path, library: Path) -> None:
    source = Source(
        "export.zip#1",
        document=page(5),
        tags=("ships", "towns"),
        published=datetime(2026, 3, 1, tzinfo=UTC),
        saved=datetime(2026, 3, 2, 8, tzinfo=UTC),
        read=False,
    )
    assert statuses(run(source)) == {"export.zip#1": "new"}
    [manifest] = Library(library).manifests()
    assert manifest["article"]["tags"] == ["ships", "towns"]
    assert manifest["article"]["published"].startswith("2026-03-01")
    assert manifest["saved"] == {"at": "2026-03-02T08:00:00+00:00", "read": False}
    sound = snapshot(library)["episodes/2026-03-01-house-5-and-its-neighbours.mp3"]
    from dataclasses import replace

    assert statuses(run(replace(source, read=True))) == {"export.zip#1": "done"}
    [manifest] = Library(library).manifests()
    assert manifest["saved"]["read"] is True
    assert snapshot(library)["episodes/2026-03-01-house-5-and-its-neighbours.mp3"] == sound


def test_a_path_that_does_not_exist_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="nothing-here"):
        run(tmp_path / "nothing-here")


def test_a_library_that_cannot_be_written_stops_the_batch(run: Run, pile: Path, library: Path) -> None:
    library.write_text("a file is in the way")
    with pytest.raises(LibraryError):
        run(pile)


class Fault:
    """What goes wrong for the second story alone, once."""

    def __init__(self, error: BaseException, cause: BaseException | None = None) -> None:
        self.error, self.cause, self.real = error, cause, EpisodeMaker.script

    def __call__(self, episode_maker: EpisodeMaker, article: Article) -> Script:
        if article.url.endswith("/1"):
            raise self.error from self.cause
        return self.real(episode_maker, article)


@pytest.mark.parametrize(
    "error",
    [
        RecursionError("too deep"),
        MemoryError(),
        OSError(errno.ENAMETOOLONG, "File name too long"),
        PermissionError(errno.EACCES, "Permission denied"),
        "half an emoji: \ud83d".encode,
        LibraryError("library", "library cannot be written (File name too long)."),
        LibraryError(Path("elsewhere"), "elsewhere cannot be read."),
        EngineMissingError("kokoro", "Kokoro is not installed."),
        AssemblyError("x.mp3", "It could not be encoded."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_goes_wrong_with_one_article_fails_it_alone(
    error: Any, run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if callable(error):
        with pytest.raises(UnicodeEncodeError) as caught:
            error()
        error = caught.value
    fault = Fault(error)
    monkeypatch.setattr(EpisodeMaker, "script", lambda episode_maker, article, *rest: fault(episode_maker, article))
    assert statuses(run(pile)) == {
        "story-00000.html": "new",
        "story-00001.html": "failed",
        "story-00002.html": "new",
    }


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        AssemblyError("x.mp3", "The files beside x.mp3 could not be written."),
        EngineMissingError("tone", "The engine is not installed."),
    ],
    ids=["full", "read-only", "found by another", "the show's engine"],
)
def test_what_every_article_would_fail_of_ends_the_batch(
    error: Exception, run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cause = OSError(errno.ENOSPC, "No space left on device") if isinstance(error, AssemblyError) else None
    fault = Fault(error, cause)
    monkeypatch.setattr(EpisodeMaker, "script", lambda episode_maker, article, *rest: fault(episode_maker, article))
    with pytest.raises((UnwritableError, EngineMissingError)):
        run(pile)


def test_settings_that_no_article_can_be_made_with_stop_the_batch(
    run: Run, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise SettingsError("audio.quality", "There is no such quality.")

    monkeypatch.setattr(EpisodeMaker, "make", refuse)
    with pytest.raises(SettingsError):
        run(pile)


def test_leaving_early_keeps_what_is_done(tones: Settings, pile: Path, library: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from audiogen import produce_all

    with ThreadPoolExecutor(1) as executor:
        for outcome in produce_all([make_pile(pile, 6)], library, executor, settings=tones):
            assert outcome.status == "new"
            break
    assert 1 <= len(assert_whole(library)) <= 4
