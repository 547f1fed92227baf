"""A library is listened to once; what is new, or asked for, is listened to again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import soundfile

from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.episodes.library import Library
from audiogen.errors import ListeningError
from audiogen.listening.clips import MIN_SENTENCES, Listener
from audiogen.listening.library import listen_to_all
from audiogen.listening.recogniser import Whisper
from audiogen.model import Article, Block, Clip, Script, Utterance
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

WRITTEN = "The night ferry leaves the harbour at noon."


class Ear:
    """A recogniser that hears the same of every sound, or nothing, and counts how often it is asked."""

    name = "ear"

    def __init__(self, heard: str = "", languages: tuple[str, ...] = ("en",)) -> None:
        self.heard, self.languages = heard, languages
        self.asked = 0

    def knows(self, language: str) -> bool:
        return language in self.languages

    def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
        self.asked += 1
        return self.heard


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
        make_in_library(Library(tmp_path), episode_maker, article)
    return tmp_path


def silenced(library: Path, spoken: str) -> Path:
    """Take the sound of a sentence out of the episode; return its manifest's path."""
    (path,) = (path for path in library.glob("episodes/*.json") if path.name.count(".") == 1)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    line = next(line for line in manifest["script"] if line["spoken"] == spoken)
    audio = path.with_name(manifest["audio"]["file"])
    samples, rate = soundfile.read(audio, dtype="float32")
    samples[round(line["start"] * rate) : round((line["start"] + line["end"]) / 2 * rate)] = 0.0
    soundfile.write(audio, samples, rate, format="MP3")
    return path


def test_what_is_not_heard_as_the_voice_says_it_is_found_and_told_again_without_listening(
    library: Path, settings: Settings
) -> None:
    silenced(library, WRITTEN)
    first = listen_to_all(library, settings, ear := Ear())
    ((slug, (found,)),) = first.findings.items()
    assert (found.spoken, found.kind) == (WRITTEN, "altered")
    assert list(first.remarks) == [slug]
    assert "sentences in “en” whole" in first.remarks[slug][0]
    asked = ear.asked
    again = listen_to_all(library, settings, ear)
    assert (again.findings, again.remarks, again.unchanged) == (first.findings, first.remarks, 1)
    assert ear.asked == asked
    assert listen_to_all(library, settings, ear, everything=True).unchanged == 0
    assert ear.asked == 2 * asked


def test_damaged_notes_are_no_notes(library: Path, settings: Settings) -> None:
    listen_to_all(library, settings, Ear())
    notes = library / ".audiogen" / "listened.json"
    rows = json.loads(notes.read_text())
    for damage in ({"found": [{"line": 1}]}, {"remarks": 1}, {"mark": 1}):
        notes.write_text(json.dumps({slug: {**row, **damage} for slug, row in rows.items()}))
        assert listen_to_all(library, settings, Ear()).unchanged == 0


def test_notes_that_cannot_be_written_cost_the_next_round_and_leave_nothing_behind(
    library: Path, settings: Settings
) -> None:
    notes = library / ".audiogen" / "listened.json"
    notes.mkdir(parents=True)
    assert listen_to_all(library, settings, Ear()).remarks
    assert list(notes.parent.glob(".listened.json*")) == []
    assert listen_to_all(library, settings, Ear()).unchanged == 0


@pytest.mark.parametrize(
    ("change", "found"),
    [({}, "altered"), ({"speech": "0" * 16}, None), ({"speech": None}, None)],
    ids=["the same", "another version", "a manifest of before"],
)
def test_what_the_voice_was_not_given_the_same_for_is_no_fault(
    library: Path, settings: Settings, change: dict[str, str | None], found: str | None
) -> None:
    """The sound is not what the voice says today; the recogniser hears nothing in either."""
    path = silenced(library, WRITTEN)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for line in manifest["script"]:
        line |= change
    path.write_text(json.dumps(manifest), encoding="utf-8")
    (findings,) = listen_to_all(library, settings, Ear()).findings.values()
    assert [one.kind for one in findings] == ([found] if found else [])


def test_a_clip_in_a_language_that_was_never_understood_is_not_doubted(caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener("", ear := Ear("one two three four"))
    clip = Clip(b"\1\0" * 16_000, 16_000)
    spoken = [listener(Utterance(f"{WRITTEN} {number}", WRITTEN), clip, "en") for number in range(MIN_SENTENCES + 2)]
    assert not any(spoken)
    assert [record.message for record in caplog.records] == [
        "The recogniser hears few sentences in “en” whole: what it misses is not counted."
    ]
    ear.heard = WRITTEN
    for _ in range(MIN_SENTENCES):
        assert listener(Utterance(WRITTEN, WRITTEN), clip, "en") == ""
    ear.heard = "The night ferry leaves."
    assert "is missing" in listener(Utterance(WRITTEN, WRITTEN), clip, "en")


def test_a_clip_in_a_language_that_the_recogniser_does_not_know_is_not_heard(caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener("", ear := Ear())
    spoken = [listener(Utterance(WRITTEN, WRITTEN), Clip(b"\1\0" * 16_000, 16_000), "ga") for _ in range(2)]
    assert (spoken, ear.asked) == (["", ""], 0)
    assert [record.message for record in caplog.records] == [
        "The recogniser does not know the language “ga”: nobody listens to it."
    ]


def test_a_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiogen.listening.recogniser.find_spec", lambda name: None)
    with pytest.raises(ListeningError, match="a recogniser must be installed: `"):
        Whisper("base")


def test_what_a_listener_hears_in_no_way_carries_its_doubt() -> None:
    script = Script((Utterance(WRITTEN, WRITTEN),))
    with ScriptSpeaker("tone", listen=lambda *_: "nothing is heard") as script_speaker:
        (clip,) = script_speaker.speak(script)
    assert clip.doubt == "nothing is heard"
    assert clip.digest
