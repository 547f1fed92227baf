"""Elements that are not part of the article, recognized by class, id or role: reads `elements.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

ELEMENTS_FILE = Path(__file__).with_name("elements.toml")
#: The regular expression around the names of each key of an entry.
FORMS = {
    "names": r"[.#@](?:{})(?:-\d+)?(?=[.#@]|$)",
    "begins": r"[.#@](?:{})(?![a-z])",
    "words": r"[.#@](?:[\w-]*[-_])?(?:{})(?![a-z])",
}


@dataclass(frozen=True, slots=True)
class NamedElement:
    """An entry of `elements.toml`: a pattern of element names, and the reason to drop blocks in such an element."""

    reason: Reason
    #: Probability from which a block in such an element is narrated; None means never.
    least: float | None
    pattern: re.Pattern[str]


def is_called(named: NamedElement, path: Iterable[str]) -> bool:
    """Return whether the pattern of *named* matches a segment of *path*."""
    return any(_is_called(named.pattern, segment) for segment in path)


@lru_cache(maxsize=100_000)
def _is_called(pattern: re.Pattern[str], segment: str) -> bool:
    return pattern.search(segment) is not None


@cache
def named_elements() -> tuple[NamedElement, ...]:
    """Return the entries of the package's `elements.toml`, in the order of the file."""
    return read_elements(ELEMENTS_FILE.read_text(encoding="utf-8"))


def read_elements(text: str) -> tuple[NamedElement, ...]:
    """Return the entries of a text in the format of `elements.toml`.

    Raises:
        ValueError: an entry has an unknown key or reason, or no name.
    """
    return tuple(_element(entry) for entry in tomllib.loads(text).get("element", []))


def _element(entry: dict[str, Any]) -> NamedElement:
    """Return an entry of the file; raise ValueError if it has an unknown key or no name."""
    unknown = entry.keys() - {"reason", "least"} - FORMS.keys()
    parts = [FORMS[key].format("|".join(entry[key])) for key in FORMS if entry.get(key)]
    if unknown or not parts:
        raise ValueError(f"{entry.get('reason')}: {f'unknown {min(unknown)}' if unknown else 'no name'}")
    return NamedElement(Reason(entry["reason"]), entry.get("least"), re.compile("|".join(parts), re.I))
