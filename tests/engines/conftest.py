"""Folders of a person's own, kept apart from the real ones, and a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.model import Utterance

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real_defaults: None) -> Path:
    """A home folder that is empty: no cards, no models, no kept speech."""
    home = tmp_path / "home"
    for variable, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CACHE_HOME": ".cache",
    }.items():
        monkeypatch.setenv(variable, str(home / folder))
    monkeypatch.setenv("HOME", str(home))
    return home


def say(spoken: str, **fields: object) -> Utterance:
    """Make an utterance that is written as it is spoken."""
    return Utterance(spoken, spoken, **fields)  # type: ignore[arg-type]


#: A paragraph of our own, a sentence an utterance.
SENTENCES = (
    "The ferry left the harbour before the fog had lifted.",
    "On deck, nobody spoke until the lighthouse came into view.",
    "The captain said the crossing would take forty minutes longer than usual.",
    "Nobody minded.",
    "By noon the market on the other side was open, and so was the bakery.",
)
