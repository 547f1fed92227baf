"""Trusted libraries: their cards and settings may name programs, servers, keys and files outside of the library.

A library may come from a stranger. Its voice cards and settings could name engines that run programs, or that send
texts and keys to servers, and paths outside of the library. audiogen refuses all of these, with a message that names
the command that allows them, `audiogen trust`. The list of trusted libraries is in the user's settings folder.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.private import write_readable_by_owner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Engines that run on this machine, start no other program, and use no server.
LOCAL_ENGINES = frozenset({"pyttsx3", "hibari", "piper", "kokoro", "tone", "sapi5", "nsss"})
#: Options of engines with a program, an address, or the variable of a key.
_RISKY = frozenset({"command", "base_url", "key_variable"})
#: Settings with the path of a file or a folder.
_FILES = (
    ("show", "cover"),
    ("audio", "intro"),
    ("audio", "outro"),
    ("audio", "bed"),
    ("c2pa", "certificate"),
    ("c2pa", "key"),
    ("c2pa", "anchors"),
)
#: Folders of a library that audiogen writes to.
_OUTPUT_FOLDERS = ("episodes", ".audiogen", "state", "removed", "oembed", "assets", "feeds")
#: Folders with files that are overwritten in place, so that a link in them could make audiogen write elsewhere.
_OVERWRITTEN_FOLDERS = (".audiogen", ".audiogen/locks", "state", "state/edits", "state/plays")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://")


def trusted() -> list[str]:
    """Return the trusted libraries: absolute paths, and addresses."""
    try:
        data = json.loads(_file().read_text(encoding="utf-8"))
        return [str(library) for library in data["libraries"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def is_trusted(library: str | os.PathLike[str]) -> bool:
    """Return whether the user trusts the library in a folder, or at an address."""
    return _name(library) in trusted()


def trust(*libraries: str | os.PathLike[str]) -> None:
    """Add libraries to the trusted ones."""
    _write(dict.fromkeys([*trusted(), *map(_name, libraries)]))


def distrust(*libraries: str | os.PathLike[str]) -> None:
    """Remove libraries from the trusted ones."""
    gone = set(map(_name, libraries))
    _write(library for library in trusted() if library not in gone)


def _name(library: str | os.PathLike[str]) -> str:
    """Return a library as it is stored in the list: an absolute path, or an address."""
    text = os.fspath(library)
    return text.rstrip("/") if _ADDRESS.match(text) else str(Path(text).resolve())


def _file() -> Path:
    """Return the path of the list of trusted libraries."""
    from platformdirs import user_config_path

    return user_config_path("audiogen", appauthor=False) / "trusted.json"


def _write(libraries: Any) -> None:
    text = json.dumps({"libraries": list(libraries)}, ensure_ascii=False, indent=1) + "\n"
    # The folder is that of the user's settings, which others may read.
    write_readable_by_owner(_file(), text.encode())


def how_to_allow(library: str | os.PathLike[str]) -> str:
    """Return the sentence of an error message on how to trust the library."""
    return f"Where you know whose it is, allow it: `audiogen trust {os.fspath(library)}`."


# What needs to be allowed.


def risks_of_card(engine: str, options: Mapping[str, Any]) -> str:
    """Return the action of a voice card that only a trusted library may do; "" if there is none."""
    if engine == "command":
        return "runs a program"
    if engine == "http":
        return "sends texts, and a key of yours, to a server"
    if engine not in LOCAL_ENGINES:
        return f"uses the engine {engine}, which is none of audiogen's own"
    named = sorted(_RISKY & options.keys())
    return f"names a {named[0]}" if named else ""


def risks_of_settings(values: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the settings in *values* that only a trusted library may have: pairs of the key and its action."""
    for section, key in _FILES:
        name = _table(values, section).get(key)
        if isinstance(name, str) and name and not is_inside(folder, name):
            yield f"{section}.{key}", f"names a file outside of the library ({name})"
    if str(_table(values, "fetch").get("private", "")).lower() in ("true", "1", "yes"):
        yield "fetch.private", "has addresses of your own network fetched"
    if str(_table(values, "fetch").get("sandbox", "true")).lower() not in ("true", "1", "yes"):
        yield "fetch.sandbox", "has strangers' scripts run in a browser without its sandbox"
    model = _table(values, "listen").get("model")
    if isinstance(model, str) and ("/" in model or "\\" in model):
        yield "listen.model", f"names a model of somebody's, or a folder ({model})"
    voice = _table(values, "speech").get("voice")
    engine, colon, _ = voice.partition(":") if isinstance(voice, str) else ("", "", "")
    if colon and engine not in LOCAL_ENGINES and _is_installed(engine):
        yield "speech.voice", risks_of_card(engine, {})
    for engine, options in _table(values, "engines").items():
        if risk := _risk_of_options(engine, options):
            yield f"engines.{engine}", risk


def _is_installed(engine: str) -> bool:
    """Return whether an engine of that name is installed; other code reports an unknown one."""
    from importlib.metadata import entry_points

    return engine in ("http", "command") or engine in entry_points(group="audiogen.engines").names


def _risk_of_options(engine: str, options: Any) -> str:
    """Return the action of an engine's options that only a trusted library may do; "" if there is none."""
    if engine not in LOCAL_ENGINES and engine not in ("http", "command"):
        return risks_of_card(engine, {})
    options = options if isinstance(options, dict) else {}
    leading = [key for key, value in options.items() if isinstance(value, str) and ("/" in value or "\\" in value)]
    named = sorted({*leading, *(_RISKY & options.keys())})
    return f"names an address, a program or a file ({named[0]})" if named else ""


def _table(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = values.get(name)
    return table if isinstance(table, dict) else {}


def is_inside(folder: Path, name: str) -> bool:
    """Return whether a path, relative to *folder* or absolute, is inside it, after links are resolved."""
    try:
        path = Path(name).expanduser()
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def links_out(folder: Path) -> Iterator[str]:
    """Yield the symbolic links in a library, at paths that audiogen writes to, that lead out of the library."""
    for name in _OUTPUT_FOLDERS:
        if (folder / name).is_symlink() and not is_inside(folder, name):
            yield name
    for directory in _OVERWRITTEN_FOLDERS:
        try:
            entries = list(os.scandir(folder / directory))
        except OSError:
            continue
        for entry in entries:
            if entry.is_symlink() and not is_inside(folder, f"{directory}/{entry.name}"):
                yield f"{directory}/{entry.name}"
