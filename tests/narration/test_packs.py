"""Finding the pack of a language."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from audiogen import normalize
from audiogen.narration import languages
from audiogen.narration.packs import SILENT, Pack, load_pack
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_US", "en-Latn-GB"])
def test_the_nearest_pack_is_taken(tag: str) -> None:
    pack = load_pack(tag)
    assert pack is not None
    assert pack.tag == "en"


@pytest.mark.parametrize("tag", ["fi", "tlh", "european", "", "x-klingon", "../en", "en.numbers", "ENGLISH"])
def test_a_language_without_a_pack_has_none(tag: str) -> None:
    assert load_pack(tag) is None


def test_a_fault_inside_a_pack_is_not_taken_for_no_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xq.py").write_text("import no_such_module_of_anybody\n", encoding="utf-8")
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    with pytest.raises(ModuleNotFoundError, match="no_such_module_of_anybody"):
        load_pack("xq")


def test_a_pack_is_loaded_once() -> None:
    assert load_pack("en-GB") is load_pack("en")


def test_without_a_pack_symbols_are_cleaned_and_words_and_numbers_are_left() -> None:
    assert normalize("Se ★ maksaa 5 kr, 50 % [1] *nyt*.", language="fi") == "Se maksaa 5 kr, 50 % 1 nyt."


def test_a_pack_indexes_its_rules() -> None:
    rule = Rule("number", [DIGIT], r"\d+", lambda match: "N")
    pack = Pack("xx", (rule,))
    assert pack.grammar.rules == (rule,)
    assert repr(pack) == "Pack('xx')"
    assert pack.unshout("LOUD") == "LOUD"


def test_the_silent_pack_knows_no_sentences_of_its_own() -> None:
    assert SILENT.tag == "und"
    assert not SILENT.abbreviations


def test_the_door_loads_nothing_before_it_is_used() -> None:
    code = "import sys, audiogen.narration; print([m for m in sys.modules if m.startswith('audiogen.narration.')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "heavy", ["num2words", "dataclasses", "logging", "inspect", "tomllib", "datetime", "audiogen.model"]
)
def test_a_first_text_is_said_without_what_is_slow_to_load(heavy: str) -> None:
    code = f"import sys, audiogen; audiogen.normalize('On Sept. 6 it cost $5.'); print({heavy!r} in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "False"
