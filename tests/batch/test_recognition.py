"""What changes between two runs, and what must come of it: which episode an article belongs to, and how it stands."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.batch.memory import BatchOptions
from audiogen.cleaner import clean as real_clean
from audiogen.episodes.library import Library
from audiogen.model import Article, Source
from audiogen.production import produce
from audiogen.settings import Settings
from tests.batch.conftest import runs_into, snapshot, statuses
from tests.batch.pile import page, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.batch.conftest import Run


def note(number: int, title: str = "Morning Briefing", *, more: str = "") -> str:
    """A page without address, day or outlet."""
    body = "".join(f"<p>{text}</p>" for text in [*paragraphs(number, 4), *([more] if more else [])])
    return f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body>'


def manifests(library: Path) -> dict[str, dict[str, Any]]:
    return {manifest["slug"]: manifest for manifest in Library(library).manifests()}


def guids(library: Path) -> set[str]:
    return {manifest["guid"] for manifest in manifests(library).values()}


@dataclass(frozen=True)
class Pile:
    """A folder with one page, and what was made of it."""

    folder: Path
    library: Path

    @property
    def page(self) -> Path:
        return self.folder / "a.html"

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8")


@pytest.fixture
def one(tmp_path: Path, library: Path) -> Pile:
    folder = tmp_path / "saved"
    folder.mkdir()
    pile = Pile(folder, library)
    pile.write("a.html", note(1))
    return pile


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where a pile of one page was made into a library, with a copy of all in `before`."""
    root = tmp_path_factory.mktemp("made")
    pile = Pile(root / "here" / "saved", root / "here" / "library")
    pile.folder.mkdir(parents=True)
    pile.write("a.html", note(1))
    with runs_into(pile.library, Settings().with_flags(speech__voice="tone", speech__cache=False)) as run:
        assert statuses(run(pile.folder)) == {"a.html": "new"}
    shutil.copytree(root / "here", root / "before")
    return root


@pytest.fixture
def known(made: Path) -> Pile:
    """A pile whose page was made already, the same for each test and at the same place: notes tell where files lie."""
    shutil.rmtree(made / "here")
    shutil.copytree(made / "before", made / "here")
    return Pile(made / "here" / "saved", made / "here" / "library")


@pytest.fixture
def run_again(known: Pile, tones: Settings) -> Iterator[Run]:
    with runs_into(known.library, tones) as go:
        yield go


def _rename(pile: Pile) -> None:
    pile.page.rename(pile.folder / "b.html")


def _move(pile: Pile) -> None:
    (pile.folder / "below").mkdir()
    pile.page.rename(pile.folder / "below" / "a.html")


def _copy(pile: Pile) -> None:
    shutil.copy(pile.page, pile.folder / "b.html")


#: What changes, what is told of each file then, and how many episodes there are; the first one keeps its GUID and slug.
CHANGES: list[tuple[str, Callable[[Pile], object], dict[str, str], int]] = [
    ("nothing", lambda pile: None, {"a.html": "done"}, 1),
    ("touched", lambda pile: pile.page.touch(), {"a.html": "done"}, 1),
    ("renamed", _rename, {"b.html": "done"}, 1),
    ("moved", _move, {"a.html": "done"}, 1),
    ("copied", _copy, {"a.html": "done", "b.html": "duplicate"}, 1),
    (
        "corrected",
        lambda pile: pile.write("a.html", note(1, more="A correction was added.")),
        {"a.html": "changed"},
        1,
    ),
    ("text replaced", lambda pile: pile.write("a.html", note(2)), {"a.html": "changed"}, 1),
    ("retitled", lambda pile: pile.write("a.html", note(1, "Evening Briefing")), {"a.html": "changed"}, 1),
    (
        "another article under the old name",
        lambda pile: pile.write("a.html", note(2, "The clock")),
        {"a.html": "new"},
        2,
    ),
    (
        "another with the same title",
        lambda pile: pile.write("b.html", note(2)),
        {"a.html": "done", "b.html": "new"},
        2,
    ),
    (
        "said the same, in other markup",
        lambda pile: pile.write("a.html", note(1).replace("<p>", "<p class='x'>")),
        {"a.html": "done"},
        1,
    ),
]


@pytest.mark.parametrize("forgotten", ["", ".audiogen/batch.sqlite", ".audiogen/ties/stock.json"])
@pytest.mark.parametrize(("change", "fields", "count"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_what_comes_of_a_change(
    run_again: Run,
    known: Pile,
    change: Callable[[Pile], object],
    fields: dict[str, str],
    count: int,
    forgotten: str,
) -> None:
    [(slug, before)] = manifests(known.library).items()
    if forgotten:
        _forget(known.library / forgotten)
    change(known)
    assert statuses(run_again(known.folder)) == fields
    assert manifests(known.library)[slug]["guid"] == before["guid"]
    assert len(guids(known.library)) == len(manifests(known.library)) == count
    settled = snapshot(known.library / "episodes")
    assert set(statuses(run_again(known.folder)).values()) <= {"done", "duplicate"}
    assert snapshot(known.library / "episodes") == settled


def _forget(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("change", "fields", "count"),
    [
        pytest.param(lambda pile: None, {"a.html": "done"}, 1, id="nothing"),
        pytest.param(_rename, {"b.html": "done"}, 1, id="renamed"),
        pytest.param(_copy, {"a.html": "done", "b.html": "duplicate"}, 1, id="copied"),
        pytest.param(lambda pile: pile.write("b.html", note(2)), {"a.html": "done", "b.html": "new"}, 2, id="another"),
        # Where it lay was noted nowhere else: nothing is overwritten by a guess.
        pytest.param(lambda pile: pile.write("a.html", note(1, more="More.")), {"a.html": "new"}, 2, id="corrected"),
    ],
)
def test_without_any_notes_a_document_is_known_by_its_manifest(
    run_again: Run, known: Pile, change: Callable[[Pile], object], fields: dict[str, str], count: int
) -> None:
    shutil.rmtree(known.library / ".audiogen")
    change(known)
    assert statuses(run_again(known.folder)) == fields
    assert len(guids(known.library)) == count


def test_files_that_share_but_a_title_never_replace_each_other(run: Run, one: Pile) -> None:
    one.write("b.html", note(2))
    assert statuses(run(one.folder)) == {"a.html": "new", "b.html": "new"}
    settled = snapshot(one.library / "episodes")
    for batch_options in (BatchOptions(), BatchOptions(remake=True), BatchOptions(keep_duplicates=True)):
        assert statuses(run(one.folder, options=batch_options)) == {"a.html": "done", "b.html": "done"}
    shutil.rmtree(one.library / ".audiogen")
    assert statuses(run(one.folder)) == {"a.html": "done", "b.html": "done"}
    assert snapshot(one.library / "episodes") == settled


def test_two_pages_without_a_body_are_two(run: Run, tmp_path: Path, library: Path) -> None:
    for name in ("a", "b"):
        markup = f"<html><title>Morning Briefing</title><meta name='x' content='{name}'><h1>Morning Briefing</h1>"
        (tmp_path / f"{name}.html").write_text(markup, encoding="utf-8")
    sources = [tmp_path / "a.html", tmp_path / "b.html"]
    assert statuses(run(*sources, options=BatchOptions(force=True))) == {"a.html": "new", "b.html": "new"}
    assert statuses(run(*sources, options=BatchOptions(force=True))) == {"a.html": "done", "b.html": "done"}
    assert len(guids(library)) == 2


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        pytest.param({"url": "https://x.example/a"}, {"url": "https://x.example/a"}, "changed", id="same address"),
        pytest.param(
            {"url": "https://x.example/a?utm_source=mail"},
            {"url": "http://www.x.example/a/?fbclid=9"},
            "changed",
            id="the address but for its tracking",
        ),
        pytest.param({"url": "https://x.example/?p=1"}, {"url": "https://x.example/?p=2"}, "new", id="another address"),
        pytest.param(
            {"url": "https://x.example/a", "external_id": "urn:x:7"},
            {"url": "https://x.example/b", "external_id": "urn:x:7"},
            "changed",
            id="the same outside id at another address",
        ),
        pytest.param(
            {"url": "https://x.example/a", "external_id": "7"},
            {"url": "https://y.example/b", "external_id": "7"},
            "new",
            id="the same number at another outlet",
        ),
        pytest.param({"external_id": "<1@x.example>"}, {"external_id": "<2@x.example>"}, "new", id="another id"),
        pytest.param({}, {}, "new", id="nothing but a title"),
    ],
)
@pytest.mark.parametrize("forgotten", [False, True], ids=["with notes", "without notes"])
def test_what_another_document_is_tied_by(
    run: Run, library: Path, first: dict[str, Any], second: dict[str, Any], status: str, forgotten: bool
) -> None:
    run(Source("export#1", document=note(1), **first))
    [before] = guids(library)
    if forgotten:
        shutil.rmtree(library / ".audiogen")
    [outcome] = run(Source("export#2", document=note(2), **second))
    assert outcome.status == status
    assert (guids(library) == {before}) is (status == "changed")


def test_an_older_copy_does_not_take_over_from_a_newer_one(run: Run, one: Pile) -> None:
    address = "https://ledger.example/liveblog"
    monday, tuesday = (Source(f"export#{day}", document=note(day), url=address) for day in (1, 2))
    assert [outcome.status for outcome in run(monday)] == ["new"]
    assert [outcome.status for outcome in run(tuesday)] == ["changed"]
    settled = snapshot(one.library / "episodes")
    for _ in range(2):
        assert [outcome.status for outcome in (*run(monday), *run(tuesday))] == ["done", "done"]
    assert snapshot(one.library / "episodes") == settled


def test_what_was_corrected_can_be_put_back(run: Run, one: Pile) -> None:
    texts = (note(1), note(1, more="A correction was added."), note(1))
    result: list[str] = []
    for text in texts:
        one.write("a.html", text)
        result += statuses(run(one.folder)).values()
    assert result == ["new", "changed", "changed"]
    assert len(guids(one.library)) == 1


# What is read otherwise, settings, voices.


@pytest.fixture
def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Read every article as another version might: another title, outlet and end."""

    def clean(article: Article, **options: Any) -> Article:
        result = real_clean(article, **options)
        return replace(result, title=f"{result.title} | Ledger", site="Ledger", blocks=result.blocks[1:])

    return lambda: monkeypatch.setattr("audiogen.production.preparing.clean", clean)


@pytest.mark.parametrize("forgotten", ["batch.sqlite", "ties", ""])
def test_what_is_read_otherwise_is_kept_and_told_until_somebody_wants_it_anew(
    run: Run, one: Pile, read_otherwise: Callable[[], None], forgotten: str, tones: Settings
) -> None:
    one.write("b.html", page(3))
    run(one.folder)
    before, settled = guids(one.library), snapshot(one.library / "episodes")
    read_otherwise()
    _forget(one.library / ".audiogen" / forgotten)
    assert statuses(run(one.folder)) == {"a.html": "done", "b.html": "done"}
    for name in ("a.html", "b.html"):
        produce(one.folder / name, one.library, settings=tones.with_flags(audio__quality="small"))
    assert snapshot(one.library / "episodes") == settled
    assert statuses(run(one.folder, options=BatchOptions(remake=True))) == {"a.html": "changed", "b.html": "changed"}
    assert guids(one.library) == before
    assert statuses(run(one.folder, options=BatchOptions(remake=True))) == {"a.html": "done", "b.html": "done"}


def test_produce_makes_anew_what_is_read_otherwise_where_that_is_asked_for(
    one: Pile, read_otherwise: Callable[[], None], tones: Settings
) -> None:
    first = produce(str(one.page), one.library, settings=tones)
    read_otherwise()
    assert produce(str(one.page), one.library, settings=tones) == first
    again = produce(str(one.page), one.library, settings=tones, remake=True)
    assert again.title == "Morning Briefing | Ledger"
    assert (again.slug, again.audio != first.audio) == (first.slug, True)
