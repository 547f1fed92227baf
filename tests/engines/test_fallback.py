"""Who speaks where the default voice is missing, too old, broken or damaged."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from audiogen.engines import examination, fallback, folders
from audiogen.engines.examination import examine, look_at
from audiogen.engines.hibari import downloads, model_of
from audiogen.engines.voices import find_voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def looked_at_anew() -> Iterator[None]:
    """What was found out once a process is found out anew."""
    examination._tried.cache_clear()
    fallback._tell.cache_clear()
    yield
    examination._tried.cache_clear()
    fallback._tell.cache_clear()


class Trouble:
    """Ways in which hibari cannot speak, made real."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, monkeypatch

    def missing(self) -> None:
        real = find_spec
        self._patch.setattr(examination, "find_spec", lambda name: None if name == "onnxruntime" else real(name))

    def broken(self) -> None:
        """A compiled library that does not load, as on Windows without its runtime."""
        (self._folder / "onnxruntime").mkdir()
        (self._folder / "onnxruntime" / "__init__.py").write_text("raise ImportError('DLL load failed')")
        self._patch.delitem(sys.modules, "onnxruntime", raising=False)
        self._patch.syspath_prepend(self._folder)

    def old(self, package: str = "onnxruntime", version: str = "1.10.0") -> None:
        info = self._folder / f"{package}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
        self._patch.syspath_prepend(self._folder)

    def new(self) -> None:
        self.old("hibari_tts", "0.3.0")

    def cut(self) -> None:
        self._assets(lambda model: model[:1000])

    def changed(self) -> None:
        self._assets(lambda model: model[:-1] + bytes([model[-1] ^ 1]))

    def _assets(self, damage: object) -> None:
        from audiogen.engines import hibari

        real = hibari._assets()
        (self._folder / "voices.json").write_bytes((real / "voices.json").read_bytes())
        model = (real / "hibari.onnx").read_bytes()
        (self._folder / "hibari.onnx").write_bytes(damage(model))  # type: ignore[operator]
        self._patch.setattr(hibari, "_assets", lambda: self._folder)


@pytest.fixture
def trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trouble:
    return Trouble(tmp_path, monkeypatch)


TROUBLES = {
    "missing": "needs the package onnxruntime",
    "broken": "DLL load failed",
    "old": "onnxruntime 1.10.0 is too old",
    "new": "hibari-tts 0.3.0 is too new",
    "cut": "is damaged",
    "changed": "is damaged",
}


@pytest.mark.parametrize(("kind", "spoken"), TROUBLES.items(), ids=list(TROUBLES))
@pytest.mark.parametrize(("language", "instead"), [("en", "english"), ("en-GB", "british")])
def test_espeak_speaks_instead_and_one_line_says_why(
    trouble: Trouble, caplog: pytest.LogCaptureFixture, kind: str, spoken: str, language: str, instead: str
) -> None:
    getattr(trouble, kind)()
    for _ in range(3):
        assert find_voice(None, language).name == instead
    (line,) = caplog.messages
    assert line.startswith("The voice hibari cannot speak here")
    assert spoken in line
    assert line.endswith(f"{instead} speaks instead.")


@pytest.mark.parametrize(("kind", "spoken"), TROUBLES.items(), ids=list(TROUBLES))
def test_the_doctor_tells_what_is_wrong_and_the_command(trouble: Trouble, kind: str, spoken: str) -> None:
    getattr(trouble, kind)()
    findings = [finding for finding in examine() if finding.engine == "hibari" and not finding.ready]
    assert [spoken in finding.detail for finding in findings] == [True]
    assert "hibari-tts" in findings[0].remedy or "onnxruntime" in findings[0].remedy


def test_where_nothing_is_wrong_nothing_is_said(caplog: pytest.LogCaptureFixture) -> None:
    assert find_voice(None, "en").name == "hibari"
    assert find_voice(None, "en-GB").name == "hibari"
    assert caplog.messages == []
    assert all(finding.ready for finding in examine() if finding.engine == "hibari")


def test_a_british_voice_that_is_fetched_reads_british_pages_once_it_is_whole(caplog: pytest.LogCaptureFixture) -> None:
    emma = find_voice("hibari-emma")
    assert look_at(emma).remedy == "audiogen voices install hibari:emma"
    path, size = model_of(emma)
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(size))
    assert find_voice(None, "en-GB").name == "hibari"
    assert f"The model {path} is damaged" in caplog.text
    assert folders.models() in path.parents
    assert size == downloads()["emma"]["bytes"]


def test_a_voice_that_was_asked_for_is_not_replaced(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    trouble.missing()
    assert find_voice("hibari", "en").name == "hibari"
    assert caplog.messages == []
