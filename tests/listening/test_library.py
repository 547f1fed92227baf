"""A library is listened to once; what is new, or asked for, is listened to again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.episodes.library import Library
from audiogen.errors import ListeningError
from audiogen.listening.library import listen_to_all
from audiogen.listening.recogniser import Whisper
from audiogen.model import Article, Block, Script, Utterance
from audiogen.production import EpisodeMaker, put_in
from audiogen.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

WRITTEN = "The night ferry leaves the harbour at noon."


class Deaf:
    """A recogniser that hears nothing, and counts how often it is asked."""

    name = "deaf"

    def __init__(self) -> None:
        self.asked = 0

    def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
        self.asked += 1
        return ""


@pytest.fixture
def settings() -> Settings:
    return Settings().with_flags(speech__voice="tone", speech__cache=False)


@pytest.fixture
def library(tmp_path: Path, settings: Settings) -> Path:
    article = Article(
        title="The Night Ferry",
        url="https://ledger.example/ferry",
        blocks=(Block(WRITTEN),),
        language="en",
        cleaned=True,
    )
    with EpisodeMaker(settings, folder=tmp_path) as episode_maker:
        put_in(Library(tmp_path), episode_maker, article)
    return tmp_path


def test_every_utterance_that_is_not_heard_is_found_and_told_again_without_listening(
    library: Path, settings: Settings
) -> None:
    first = listen_to_all(library, settings, ear := Deaf())
    ((slug, found),) = first.findings.items()
    assert WRITTEN in [one.spoken for one in found]
    assert {one.kind for one in found} == {"missing"}
    asked = ear.asked
    again = listen_to_all(library, settings, ear)
    assert (again.findings, again.unchanged, ear.asked) == ({slug: found}, 1, asked)
    assert listen_to_all(library, settings, ear, everything=True).unchanged == 0
    assert ear.asked == 2 * asked


def test_damaged_notes_are_no_notes(library: Path, settings: Settings) -> None:
    listen_to_all(library, settings, Deaf())
    notes = library / ".audiogen" / "listened.json"
    rows = json.loads(notes.read_text())
    notes.write_text(json.dumps({slug: {**row, "found": [{"line": 1}]} for slug, row in rows.items()}))
    assert listen_to_all(library, settings, Deaf()).unchanged == 0


def test_notes_that_cannot_be_written_cost_the_next_round_and_leave_nothing_behind(
    library: Path, settings: Settings
) -> None:
    notes = library / ".audiogen" / "listened.json"
    notes.mkdir(parents=True)
    assert listen_to_all(library, settings, Deaf()).findings
    assert list(notes.parent.glob(".listened.json*")) == []
    assert listen_to_all(library, settings, Deaf()).unchanged == 0


def test_a_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiogen.listening.recogniser.find_spec", lambda name: None)
    with pytest.raises(ListeningError, match="a recogniser must be installed: `"):
        Whisper("base")


def test_what_a_listener_hears_in_no_way_carries_its_doubt() -> None:
    script = Script((Utterance(WRITTEN, WRITTEN),))
    with ScriptSpeaker("tone", listen=lambda *_: "nothing is heard") as script_speaker:
        (clip,) = script_speaker.speak(script)
    assert clip.doubt == "nothing is heard"
