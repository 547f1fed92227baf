"""The door of the room: engines by name, their options, and what is said when one is not there."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from audiogen import engines
from audiogen.engines import ENGINES, engine_names, folders, open_engine, speak_all
from audiogen.engines.tone import CARD, Tone
from audiogen.engines.traits import Traits
from audiogen.errors import EngineMissingError, SettingsError
from tests.engines.conftest import SENTENCES, say

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Clip, Utterance, Voice


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_of_the_table_is_a_context_manager_with_its_name(name: str) -> None:
    module, _, attribute = ENGINES[name].partition(":")
    kind = getattr(import_module(module), attribute)
    assert kind.name == name
    assert all(callable(getattr(kind, method)) for method in ("__enter__", "__exit__", "voices", "speak"))
    assert kind.traits.longest is None or kind.traits.longest > 0


def test_loading_the_door_or_an_engine_loads_no_heavy_package() -> None:
    modules = sorted({place.partition(":")[0] for place in ENGINES.values()} | {"audiogen.engines.script_speaker"})
    code = f"import sys, {', '.join(modules)}\n"
    code += "heavy = {'numpy', 'onnxruntime', 'piper', 'kokoro_onnx', 'httpx', 'pyttsx3', 'soundfile', 'soxr'}\n"
    code += "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_engine_is_an_error_with_those_there_are() -> None:
    with pytest.raises(EngineMissingError, match="no engine called 'telepathy'") as caught:
        open_engine("telepathy")
    assert all(name in caught.value.message for name in ENGINES)


def test_an_option_an_engine_does_not_take_is_named() -> None:
    with pytest.raises(SettingsError, match="volume") as caught:
        open_engine("pyttsx3", {"volume": 1})
    assert caught.value.subject == "engines.pyttsx3"


def test_a_package_that_cannot_be_imported_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "broken", "audiogen.no_such_module:Broken")
    with pytest.raises(EngineMissingError, match="needs a package that is not installed"):
        open_engine("broken")


def test_all_engines_are_named_ours_first() -> None:
    assert engine_names()[: len(ENGINES)] == tuple(ENGINES)


def test_an_engine_that_cannot_work_ahead_is_asked_one_by_one() -> None:
    asked = []

    class Plain(Tone):
        def speak(self, utterance: Utterance, voice: Voice) -> Clip:
            asked.append(utterance.spoken)
            return super().speak(utterance, voice)

    clips = speak_all(Plain(), [say(sentence) for sentence in SENTENCES], CARD)
    next(clips)
    assert asked == [SENTENCES[0]]
    assert len(list(clips)) == len(SENTENCES) - 1


def test_what_is_examined_is_what_the_room_tells() -> None:
    assert engines.examine() == engines.examine()
    assert all(finding.detail for finding in engines.examine())


def test_a_person_has_folders_of_their_own(person: Path) -> None:
    for folder in (folders.user_cards(), folders.models(), folders.kept_speech()):
        assert "audiogen" in folder.parts
        assert not folder.exists()
    if sys.platform == "linux":
        assert all(
            person in folder.parents for folder in (folders.user_cards(), folders.models(), folders.kept_speech())
        )


def test_the_packages_cards_are_found_in_a_checkout_and_in_a_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (folders.package_cards() / "english.toml").is_file()
    (tmp_path / "audiogen").mkdir()
    monkeypatch.setattr(folders, "_PACKAGE", tmp_path / "audiogen")
    assert folders.package_cards() == tmp_path / "voices"
    (tmp_path / "audiogen" / "voices").mkdir()
    assert folders.package_cards() == tmp_path / "audiogen" / "voices"


@pytest.mark.parametrize("name", ENGINES)
def test_what_an_engine_can_stand_is_told_without_opening_it(name: str) -> None:
    traits = engines.traits_of(name)
    assert traits.parallel >= 1
    assert traits == getattr(import_module(ENGINES[name].partition(":")[0]), ENGINES[name].partition(":")[2]).traits


def test_an_engine_that_tells_no_traits_stands_the_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine of another package may be a bare function."""
    monkeypatch.setattr(engines, "_foreign", lambda name: lambda: Tone())
    assert engines.traits_of("theirs") == Traits()
    assert open_engine("theirs").name == "tone"


def test_an_engine_of_another_package_takes_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: dict[str, object] = {}

    def make(**options: object) -> Tone:
        taken.update(options)
        return Tone()

    monkeypatch.setattr(engines, "_foreign", lambda name: make)
    open_engine("theirs", {"base_url": "http://127.0.0.1", "tries": 3})
    assert taken == {"base_url": "http://127.0.0.1", "tries": 3}


@pytest.mark.parametrize("options", [None, {}])
def test_no_options_are_needed(options: dict[str, object] | None) -> None:
    with open_engine("tone", options) as engine:
        assert engine.speak(say("Two words."), CARD).pcm


def test_an_error_of_ours_passes_through_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> object:
        raise SettingsError("engines.theirs", "Their settings are wrong.")

    monkeypatch.setattr(engines, "_foreign", broken)
    with pytest.raises(SettingsError, match="Their settings"):
        open_engine("theirs")
