"""One voice for each language that may be published with, from the table `recommended.toml`.

A language is named in English ("german"), by its own name ("deutsch") or by its tag ("de", "de-AT").
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.errors import UnknownVoiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Engine of the voices that a recommended one is better than.
FORMANT_ENGINE = "pyttsx3"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a voice: its path in the collection, its size in bytes, and its MD5 digest."""

    path: str
    size: int
    md5: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The voice recommended for a language."""

    language: str
    #: What the language is called in English.
    title: str
    #: Other names of the language, besides the tag.
    names: tuple[str, ...]
    engine: str
    #: The engine's own name of the voice.
    voice: str
    licence: str
    #: Where the licence is stated.
    source: str
    #: Frames a second.
    sample_rate: int
    options: Mapping[str, str] = field(default_factory=dict)
    #: Empty where the engine has one model for all its voices.
    files: tuple[File, ...] = ()


def recommended(name: str) -> Recommendation | None:
    """Return the voice recommended for the language called *name*; None if that is no language of the table.

    >>> [found.voice for name in ("german", "Deutsch", "de-AT") if (found := recommended(name))]
    ['de_DE-ramona-low', 'de_DE-ramona-low', 'de_DE-ramona-low']
    >>> recommended("klingon")

    Raises:
        UnknownVoiceError: the language has none; it says why.
    """
    wanted = name.strip().casefold().replace("_", "-")
    for key in dict.fromkeys((wanted, wanted.partition("-")[0])):
        if key in _table():
            return _table()[key]
        if key in _refusals():
            raise UnknownVoiceError(name, _refusals()[key])
    return None


def suggestion(engine: str, language: str) -> str:
    """Say that a better voice than that of an engine can be had; empty if it is none of eSpeak NG, or none is known.

    >>> suggestion("pyttsx3", "de-AT")
    'German is spoken by eSpeak NG; `audiogen voices install german` brings a better voice.'
    """
    try:
        found = recommended(language) if engine == FORMANT_ENGINE else None
    except UnknownVoiceError:
        return ""
    if found is None:
        return ""
    return f"{found.title} is spoken by eSpeak NG; `audiogen voices install {found.names[0]}` brings a better voice."


@cache
def recommendations() -> tuple[Recommendation, ...]:
    """Read the table."""
    return tuple(
        Recommendation(
            **{
                **entry,
                "names": tuple(entry["names"]),
                "files": tuple(File(**file) for file in entry.get("files", ())),
            }
        )
        for entry in _read()["voice"]
    )


@cache
def _table() -> dict[str, Recommendation]:
    """Lay the voices by everything that a person may write for their languages."""
    return {key.casefold(): entry for entry in recommendations() for key in (*entry.names, entry.language)}


@cache
def _refusals() -> dict[str, str]:
    """Say for each language without a voice why it has none, by everything that a person may write for it."""
    return {
        key.casefold(): (
            f"No voice of {entry['title']} can be recommended to publish with. {entry['nearest']} is there, but "
            f"{entry['reason']}. For your own ears: `audiogen voices install piper:{entry['nearest']}`."
        )
        for entry in _read()["none"]
        for key in (*entry["names"], entry["language"])
    }


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("recommended.toml").read_text(encoding="utf-8"))
