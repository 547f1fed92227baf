"""The engine of docs/engines.md works as it is printed there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audiogen.engines.voices import find_voice
from audiogen.errors import UnknownVoiceError
from audiogen.model import Voice
from tests.engines.conftest import say

PAGE = Path(__file__).parents[2] / "docs" / "engines.md"


def test_the_worked_example_is_an_engine() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    space: dict[str, type] = {}
    exec(compile(code, str(PAGE), "exec"), space)
    with space["Morse"](beep=0.1) as engine:
        (voice,) = engine.voices()
        assert engine.speak(say("SOS"), voice).duration == pytest.approx(0.6)
        with pytest.raises(UnknownVoiceError):
            engine.speak(say("SOS"), Voice("v", "morse", "loud"))


def test_every_card_the_page_names_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("english", "german", "british", "duo", "english-f3", "english-m3", "espeak-command", "flite"):
        assert f"`{name}`" in text or f'"{name}"' in text or f" {name}" in text
        assert find_voice(name, "").name == name
