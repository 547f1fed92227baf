"""The recommended voice of each language, with a licence for publishing, from the table `recommended.toml`.

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

#: The engine whose voices are worse than the recommended ones.
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
    #: The language's English name.
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
    #: The voice's files; empty if the engine has one model for all voices.
    files: tuple[File, ...] = ()


def recommended(name: str) -> Recommendation | None:
    """Return the voice recommended for a language; None if the table does not have the language.

    Raises:
        UnknownVoiceError: The table says that no voice of the language can be recommended.

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
    """Return the hint that a better voice can be installed.

    "" if *engine* is not eSpeak NG, or no better one is known.

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
    """Return the voices in the table."""
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
    """Return the voices by all names of their languages."""
    return {key.casefold(): entry for entry in recommendations() for key in (*entry.names, entry.language)}


@cache
def _refusals() -> dict[str, str]:
    """Return why a language has no recommended voice, by all names of such languages."""
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
    """Return the content of `recommended.toml`."""
    return tomllib.loads(Path(__file__).with_name("recommended.toml").read_text(encoding="utf-8"))
