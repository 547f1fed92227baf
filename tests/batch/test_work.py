"""What a worker does with one article: plain values in, plain values out, and never anything but errors of ours."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.batch import work
from audiogen.batch.work import Task, complete, make, prepare
from audiogen.episodes.identity import guid_of
from audiogen.episodes.library import Library
from audiogen.errors import CrashError, EmptyArticleError
from audiogen.model import Article, Source
from audiogen.production import EpisodeMaker, Standing
from tests.batch.pile import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.settings import Settings


@pytest.fixture
def task(tmp_path: Path, tones: Settings) -> Iterator[Task]:
    yield Task(str(tmp_path / "library"), tones.with_flags(audio__quality="small"))
    work.close()


def source(number: int = 0, **known: Any) -> Source:
    return Source(f"{number}.html", document=page(number), **known)


def test_what_travels_between_processes_can_be_pickled(task: Task) -> None:
    prepared = prepare(task, source())
    assert pickle.loads(pickle.dumps((task, source(), prepared))) == (task, source(), prepared)
    assert (prepared.standing, prepared.episode, prepared.voice, prepared.remote) == (Standing.NEW, None, "tone", False)
    assert prepared.words > 50
    assert prepared.signature
    assert prepared.cost == 0.0


def test_what_only_the_cleaner_needed_stays_behind(task: Task) -> None:
    article = prepare(task, source()).article
    assert all(block.evidence is None for block in article.blocks)
    assert all(entry.block.evidence is None for entry in article.removed)
    assert guid_of(article) == prepare(task, source()).guid


def test_an_article_stands_new_then_done_then_changed(task: Task) -> None:
    prepared = prepare(task, source())
    made = make(task, source(), prepared.article, wait=True)
    assert made.episode
    again = prepare(task, source())
    assert (again.standing, again.episode) == (Standing.DONE, made.episode)
    changed = prepare(task, Source("0.html", document=page(0, text=["Another text. " * 20])))
    assert (changed.standing, changed.guid) == (Standing.CHANGED, prepared.guid)


def test_an_episode_without_its_sound_is_new(task: Task) -> None:
    prepared = prepare(task, source())
    make(task, source(), prepared.article, wait=True)
    (Library(task.library).episodes / "house-0-and-its-neighbours.mp3").unlink()
    assert prepare(task, source()).standing is Standing.NEW


def test_what_another_run_has_in_hand_is_left_to_it(task: Task) -> None:
    prepared = prepare(task, source())
    with Library(task.library).hold(prepared.guid):
        assert make(task, source(), prepared.article, wait=False).episode is None
    assert make(task, source(), prepared.article, wait=False).episode


DAY, SAVED = datetime(2024, 9, 5, tzinfo=UTC), datetime(2024, 9, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("article", "known", "expected"),
    [
        pytest.param(Article(), {"title": "Ferry"}, Article(title="Ferry"), id="a title where there is none"),
        pytest.param(Article(title="Own"), {"title": "Ferry"}, Article(title="Own"), id="the page's own title"),
        pytest.param(Article(), {"url": "https://a.example"}, Article(url="https://a.example"), id="an address"),
        pytest.param(Article(published=DAY), {"published": SAVED}, Article(published=DAY), id="the page's own date"),
        pytest.param(Article(), {"published": SAVED}, Article(published=SAVED), id="a date"),
        pytest.param(
            Article(tags=("a", "b")), {"tags": ("b", "c")}, Article(tags=("a", "b", "c")), id="tags of both, once"
        ),
        pytest.param(Article(), {"saved": SAVED, "read": True}, Article(), id="what is not of the article"),
    ],
)
def test_what_an_export_knew_fills_what_the_page_does_not_tell(
    article: Article, known: dict[str, Any], expected: Article
) -> None:
    assert complete(article, Source("x", **known)) == expected


def test_an_article_that_cannot_be_read_is_an_error_of_ours(task: Task) -> None:
    with pytest.raises(EmptyArticleError):
        prepare(task, Source("empty.html", document=""))


def test_a_fault_names_its_article_and_keeps_its_trace(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nothing")

    with monkeypatch.context() as patch:
        patch.setattr(EpisodeMaker, "prepare", fail)
        with pytest.raises(CrashError, match=r"0\.html \(ZeroDivisionError: by nothing\)") as caught:
            prepare(task, source())
    assert caught.value.subject == "0.html"
    assert "by nothing" in caught.value.trace
    assert "Traceback" in pickle.loads(pickle.dumps(caught.value)).trace
    assert prepare(task, source()).standing is Standing.NEW, "the next article gets a new episode maker"


def test_a_studio_is_kept_from_article_to_article_and_closed_for_other_settings(
    task: Task, tones: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[EpisodeMaker] = []
    closed: list[EpisodeMaker] = []
    enter, leave = EpisodeMaker.__enter__, EpisodeMaker.__exit__

    def note(episode_maker: EpisodeMaker) -> EpisodeMaker:
        opened.append(episode_maker)
        return enter(episode_maker)

    def note_end(episode_maker: EpisodeMaker, *error: Any) -> None:
        closed.append(episode_maker)
        leave(episode_maker, *error)

    monkeypatch.setattr(EpisodeMaker, "__enter__", note)
    monkeypatch.setattr(EpisodeMaker, "__exit__", note_end)
    for number in range(3):
        prepare(task, source(number))
    assert (len(opened), closed) == (1, [])
    prepare(Task(task.library, tones.with_flags(speech__rate=200)), source())
    assert (len(opened), closed) == (2, opened[:1])
    work.close()
    assert closed == opened
