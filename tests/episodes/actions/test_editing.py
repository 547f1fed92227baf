"""An edit is kept apart from the source, survives its corrections, and has only spoken what changed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import episodes
from audiogen.audit import audit
from audiogen.engines.tone import Tone
from audiogen.episodes.edits import Act, Overrule, file_of_edit
from audiogen.episodes.library import Library
from audiogen.errors import EditConflictError, LexiconError, LibraryError, SettingsError, UnknownVoiceError
from audiogen.production import Standing, produce
from tests.cli.pages import SENTENCES, make_page

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Episode, Utterance
    from audiogen.settings import Settings

PARAGRAPHS = (
    "The gates of the old dam were opened at dawn on Monday. Nobody was there to see it. The mud stayed where it was.",
    "Two engineers from the county had come to measure the silt, and they left before noon without a word to anybody.",
    "The town council meets on Thursday to decide what becomes of the island. It has met four times about it already.",
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "saved" / "dam.html"
    path.parent.mkdir()
    text = make_page("The dam opens")
    for old, new in zip(SENTENCES, PARAGRAPHS, strict=True):
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


@pytest.fixture
def cached(tones: Settings) -> Settings:
    """Tones, and what was spoken is kept."""
    return tones.with_flags(speech__cache=True)


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine is asked to speak."""
    expected: list[str] = []
    real = Tone.speak

    def speak(self: Tone, utterance: Utterance, *rest: Any, **named: Any) -> Any:
        expected.append(utterance.written)
        return real(self, utterance, *rest, **named)

    monkeypatch.setattr(Tone, "speak", speak)
    return expected


@pytest.fixture
def made(page: Path, library: Path, cached: Settings) -> Episode:
    return produce(page, library, settings=cached)


def manifest(library: Path, made: Episode) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((library / "episodes" / f"{made.slug}.json").read_text(encoding="utf-8"))
    return found


def heard(library: Path, made: Episode) -> list[str]:
    return [line["written"] for line in manifest(library, made)["script"]]


@pytest.mark.parametrize("notes", ["with its notes", "without its notes"])
def test_only_what_was_changed_is_spoken(
    library: Path, made: Episode, cached: Settings, spoken: list[str], notes: str
) -> None:
    before = manifest(library, made)
    if notes == "without its notes":
        shutil.rmtree(library / ".audiogen")
    change = Overrule(Act.REPLACE, PARAGRAPHS[0], "Nobody was there to see it.", "Two people were there to see it.")
    episodes.edit(library, made.slug, title="The dam is open", text=[change], by="ada")
    again = episodes.speak(library, made.slug, settings=cached)
    after = manifest(library, made)
    assert spoken == ["The dam is open", "Two people were there to see it."]
    assert [after[key] for key in ("guid", "slug", "added")] == [before[key] for key in ("guid", "slug", "added")]
    assert after["digests"]["article"] == before["digests"]["article"]
    assert (after["revision"], after["article"]["title"]) == (2, "The dam is open")
    assert after["edit"] == {"revision": 1, "changed": ["title", "text"]}
    assert again.audio == library / "episodes" / f"{made.slug}.v2.mp3"
    report = audit(library, cached)
    assert [(verdict.faults, verdict.edits) for verdict in report.verdicts] == [((), ())]


def test_an_edited_episode_is_done_for_the_next_batch_and_a_correction_keeps_the_edit(
    page: Path, library: Path, made: Episode, cached: Settings, spoken: list[str]
) -> None:
    episodes.edit(library, made.slug, title="The dam is open", text=[Overrule(Act.DROP, PARAGRAPHS[1])])
    episodes.speak(library, made.slug, settings=cached)
    sound = manifest(library, made)["audio"]["file"]
    produce(page, library, settings=cached)
    assert manifest(library, made)["audio"]["file"] == sound, "nothing was to be done"
    spoken.clear()
    page.write_text(page.read_text(encoding="utf-8").replace("four times", "five times"), encoding="utf-8")
    produce(page, library, settings=cached)
    assert spoken == ["It has met five times about it already."]
    data = manifest(library, made)
    assert (data["article"]["title"], data["edit"]["revision"]) == ("The dam is open", 1)
    assert "Two engineers from the county" not in " ".join(heard(library, made))
    assert [entry["reason"] for entry in data["removed"] if entry["text"] == PARAGRAPHS[1]] == ["edit"]


def test_what_does_not_fit_a_correction_is_told_and_the_rest_holds(
    page: Path, library: Path, made: Episode, cached: Settings
) -> None:
    change = Overrule(Act.REPLACE, PARAGRAPHS[0], "Nobody was there to see it.", "Two people were there.")
    episodes.edit(library, made.slug, text=[change, Overrule(Act.DROP, PARAGRAPHS[1])])
    episodes.speak(library, made.slug, settings=cached)
    page.write_text(page.read_text(encoding="utf-8").replace("Nobody was there", "A crowd was there"), encoding="utf-8")
    produce(page, library, settings=cached)
    assert "A crowd was there to see it." in heard(library, made)
    assert manifest(library, made)["edit"]["unfit"] == [PARAGRAPHS[0]]
    [verdict] = audit(library, cached).verdicts
    assert (verdict.faults, len(verdict.edits)) == ((), 1)
    assert "does not fit its source any more" in verdict.edits[0]


def test_a_batch_speaks_an_edit_that_was_only_saved(page: Path, library: Path, made: Episode, cached: Settings) -> None:
    episodes.edit(library, made.slug, title="The dam is open")
    [verdict] = audit(library, cached).verdicts
    assert "not spoken anew yet" in verdict.edits[0]
    produce(page, library, settings=cached)
    assert manifest(library, made)["article"]["title"] == "The dam is open"


def test_what_is_taken_back_is_as_in_the_source(library: Path, made: Episode, cached: Settings) -> None:
    before = heard(library, made)
    episodes.edit(library, made.slug, title="Mud", text=[Overrule(Act.DROP, PARAGRAPHS[0])], say={"mud": "mood"})
    episodes.speak(library, made.slug, settings=cached)
    assert heard(library, made) != before
    episodes.edit(library, made.slug, reset=("title", "text", "say"))
    episodes.speak(library, made.slug, settings=cached)
    assert heard(library, made) == before
    assert manifest(library, made)["edit"] == {"revision": 2, "changed": []}


def test_a_word_is_said_otherwise_in_this_episode(library: Path, made: Episode, cached: Settings) -> None:
    episodes.edit(library, made.slug, say={"mud": "mood"})
    episodes.speak(library, made.slug, settings=cached)
    assert any("mood" in line["spoken"] for line in manifest(library, made)["script"])
    assert "mood" not in " ".join(heard(library, made)), "what is written stays"


def test_new_tags_are_shown_and_nothing_is_spoken(
    page: Path, library: Path, made: Episode, cached: Settings, spoken: list[str]
) -> None:
    before = manifest(library, made)["audio"]
    spoken.clear()
    episodes.edit(library, made.slug, tags=["Towns"])
    episodes.speak(library, made.slug, settings=cached)
    data = manifest(library, made)
    assert (data["article"]["tags"], data["audio"], spoken) == (["Towns"], before, [])
    produce(page, library, settings=cached)
    assert manifest(library, made)["article"]["tags"] == ["Towns"]


def test_another_voice_speaks_it_and_goes_with_the_edit(
    page: Path, library: Path, made: Episode, cached: Settings
) -> None:
    (library / "voices").mkdir()
    (library / "voices" / "low.toml").write_text('engine = "tone"\n', encoding="utf-8")
    episodes.edit(library, made.slug, voice="low", rate=200)
    episodes.speak(library, made.slug, settings=cached)
    assert manifest(library, made)["voice"]["name"] == "low"
    sound = manifest(library, made)["audio"]["file"]
    produce(page, library, settings=cached)
    assert manifest(library, made)["audio"]["file"] == sound
    episodes.edit(library, made.slug, reset=("voice",))
    episodes.speak(library, made.slug, settings=cached)
    assert manifest(library, made)["voice"]["name"] == "tone"


def test_a_voice_that_is_not_here_is_told_and_nothing_is_made(library: Path, made: Episode, cached: Settings) -> None:
    with pytest.raises(UnknownVoiceError, match="no voice called 'nobody'"):
        episodes.edit(library, made.slug, voice="nobody")
    assert episodes.edit_of(library, made.slug).revision == 0
    (library / "voices").mkdir()
    (library / "voices" / "german.toml").write_text('engine = "tone"\nlanguage = "de"\n', encoding="utf-8")
    episodes.edit(library, made.slug, voice="german")
    with pytest.raises(UnknownVoiceError, match="german is not here, or does not speak en"):
        episodes.speak(library, made.slug, settings=cached)
    assert manifest(library, made).get("revision", 1) == 1


def test_who_saves_on_an_old_revision_is_told(library: Path, made: Episode) -> None:
    text = episodes.text_for_editing(library, made.slug)
    first = episodes.edit(library, made.slug, title="First", by="ada", revision=0)
    with pytest.raises(EditConflictError, match="changed by ada meanwhile") as caught:
        episodes.edit(library, made.slug, title="Second", by="tom", revision=0)
    assert caught.value.revision == first.revision == 1
    with pytest.raises(EditConflictError):
        episodes.save_edited_text(library, made.slug, text.replace("dam opens", "dam"), by="tom")
    assert episodes.edit_of(library, made.slug).title == "First"
    assert episodes.edit(library, made.slug, title="Second", by="tom", revision=1).revision == 2
    log = [json.loads(row) for row in (library / "state" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["did"], row["by"], row["changed"]) for row in log] == [
        ("edited", "ada", ["title"]),
        ("edited", "tom", ["title"]),
    ]


def test_a_change_that_changes_nothing_is_no_revision(library: Path, made: Episode) -> None:
    episodes.edit(library, made.slug, title="First")
    assert episodes.edit(library, made.slug, title="First").revision == 1


@pytest.mark.parametrize(
    ("named", "error"),
    [
        ({"titel": "x"}, SettingsError),
        ({"title": " "}, SettingsError),
        ({"title": 1}, SettingsError),
        ({"title": "\u202e\0\u200b"}, SettingsError),
        ({"title": "Cut \ud83d"}, SettingsError),
        ({"tags": ("cut \ud83d",)}, SettingsError),
        ({"tags": "Towns"}, SettingsError),
        ({"rate": 79}, SettingsError),
        ({"rate": True}, SettingsError),
        ({"reset": ("guid",)}, SettingsError),
        ({"say": {"Kyiv": "KEE"}}, LexiconError),
    ],
)
def test_what_cannot_be_edited_is_told(
    library: Path, made: Episode, named: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        episodes.edit(library, made.slug, **named)
    assert episodes.edit_of(library, made.slug).revision == 0


def test_an_edit_that_cannot_be_read_stops_the_episode_and_is_a_fault(
    page: Path, library: Path, made: Episode, cached: Settings
) -> None:
    path = library / file_of_edit(made.slug)
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot be read"):
        produce(page, library, settings=cached)
    [verdict] = audit(library, cached).verdicts
    assert [fault.check for fault in verdict.faults] == ["file"]
    assert path.read_text(encoding="utf-8") == "{"


def test_an_edit_outlives_the_notes_and_is_not_taken_for_another_episode_s(
    library: Path, made: Episode, cached: Settings
) -> None:
    episodes.edit(library, made.slug, title="Mud")
    shutil.rmtree(library / ".audiogen")
    assert episodes.edit_of(library, made.slug).title == "Mud"
    path = library / file_of_edit(made.slug)
    report = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(report | {"guid": "urn:uuid:other"}), encoding="utf-8")
    assert episodes.edit_of(library, made.slug).revision == 0


def test_the_standing_of_an_edited_episode_is_its_own() -> None:
    assert Standing("edited") is Standing.EDITED
    assert Library("x").state("drafts") == {}


@pytest.mark.parametrize(("former", "name"), [("edit_text", "text_for_editing"), ("take_text", "save_edited_text")])
def test_former_names_of_the_text_of_an_edit_are_accepted_with_a_warning(former: str, name: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"`{former}` is called `{name}` now"):
        function = getattr(episodes, former)
    assert function is getattr(episodes, name)
