"""A machine's cores are shared out between workers and the threads of their engines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from audiogen.batch import open_batch
from audiogen.batch.shares import main_voice, share
from audiogen.errors import UnknownVoiceError
from audiogen.settings import Settings
from audiogen.trust import trust

if TYPE_CHECKING:
    from pathlib import Path

CARDS = {
    "neural": 'engine = "piper"\nid = "some.onnx"\nlanguage = "en"\n',
    "program": 'engine = "command"\nid = "x"\nlanguage = "en"\n',
    "server": 'engine = "http"\nid = "x"\nlanguage = "en"\n[options]\nprice = 15.0\n',
    "two": 'engine = "piper"\nid = "some.onnx"\nlanguage = "en"\n[roles]\nquote = "server"\n',
    "free": 'engine = "piper"\nid = "some.onnx"\nlanguage = "en"\n[roles]\nquote = "neural"\n',
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "voices"
    folder.mkdir()
    for name, card in CARDS.items():
        (folder / f"{name}.toml").write_text(card, encoding="utf-8")
    trust(tmp_path)
    return tmp_path


def spoken_by(name: str) -> Settings:
    return Settings().with_flags(speech__voice=name)


@pytest.mark.parametrize(
    ("voice", "jobs", "got", "workers"),
    [
        pytest.param("neural", None, 1, None, id="one model, a thread for each core"),
        pytest.param("neural", 1, 1, None, id="asked for one"),
        pytest.param("neural", 4, 4, 2, id="asked for four, which share the cores"),
        pytest.param("neural", 16, 16, 1, id="never less than a thread"),
        pytest.param("server", None, 4, None, id="as many as a server stands"),
        pytest.param("server", 6, 6, None, id="requests are not threads of ours"),
        pytest.param("tone", 3, 3, None, id="an engine without threads"),
    ],
)
def test_eight_cores_are_shared_out(library: Path, voice: str, jobs: int | None, got: int, workers: int | None) -> None:
    number, settings = share(spoken_by(voice), library, jobs, cores=8)
    assert number == got
    engine = main_voice(settings, library).engine
    assert settings.engines.get(engine, {}).get("workers") == workers


def test_programs_take_a_process_for_each_core_and_one_thread_in_each(library: Path) -> None:
    cores = os.cpu_count() or 1
    jobs, settings = share(spoken_by("program"), library)
    assert jobs == cores
    assert settings.engines.get("command", {}).get("workers", 1) == 1


def test_a_number_of_threads_in_the_settings_stands(library: Path) -> None:
    mine = Settings(engines={"piper": {"workers": 3, "models": "here"}}).with_flags(speech__voice="neural")
    assert share(mine, library, 4, cores=8) == (4, mine)


def test_other_options_of_the_engine_stay(library: Path) -> None:
    mine = Settings(engines={"piper": {"models": "here"}}).with_flags(speech__voice="neural")
    _, settings = share(mine, library, 2, cores=8)
    assert settings.engines == {"piper": {"models": "here", "workers": 4}}


def test_the_default_voice_takes_a_process_for_each_core(tmp_path: Path) -> None:
    cores = os.cpu_count() or 1
    assert share(Settings(), tmp_path) == (cores, Settings())


def test_a_batch_takes_its_share(library: Path) -> None:
    with open_batch(library, settings=spoken_by("neural"), jobs=2) as batch:
        assert batch.task.settings.engines["piper"]["workers"] == max(1, (os.cpu_count() or 1) // 2)
    with open_batch(library, settings=spoken_by("neural")) as batch:
        assert batch.task.settings.engines == {}


def test_a_voice_nobody_knows_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnknownVoiceError), open_batch(tmp_path, settings=spoken_by("nobody")):
        pass


@pytest.mark.parametrize(("voice", "priced"), [("server", True), ("two", True), ("neural", False), ("free", False)])
def test_a_voice_with_a_price_is_known(library: Path, voice: str, priced: bool) -> None:
    with open_batch(library, settings=spoken_by(voice)) as batch:
        assert batch.is_priced is priced
