"""docs/settings.md: every setting, as `audiogen/settings.py` has it, and every variable of the environment."""

from __future__ import annotations

import ast
import inspect
import json
import math
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import click

from audiogen import settings
from audiogen.cli.options import SETTINGS
from audiogen.engines import ENGINES
from audiogen.narration.pauses import default_pauses
from audiogen.settings import ADDRESSES, LIMITS, Settings
from tools import markdown
from tools.command_page import all_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# Settings

Settings are read once, when a command starts. What stands further down wins:

1. the defaults below;
2. your own `config.toml`, in the folder that your system keeps settings in (Linux: `~/.config/audiogen`, macOS:
   `~/Library/Application Support/audiogen`, Windows: `%LOCALAPPDATA%\\audiogen`);
3. the library's `audiogen.toml`, which `audiogen init` writes;
4. variables of the environment;
5. flags of the command.

Both files are TOML: a table for each section, a key for each setting.

    [audio]
    quality = "podcast"

A key that is not on this page is refused, with the nearest one that is; so is a value of another type or beyond its
limits. The exit code is 2 then, and nothing is made. What the flags do is in [commands.md](commands.md)."""

PAUSES = """\
## `[pauses]`

Seconds of silence, 0 to 60. They follow what the key names: the last sentence of such a block, or a sentence within a
block that ends so. `question` is both. `row` stands, at the least, in place of a row of signs (`* * *`), `line` follows
a line that ends without a mark. A voice card may have a `[pauses]` of its own. There are no variables and no flags."""

ENGINE_OPTIONS = """\
## `[engines.NAME]`

Options of each engine; what they do is in [engines.md](engines.md). There are no variables and no flags. `hibari`,
`piper` and `kokoro` take `base_url` as well: where `audiogen voices install` fetches their files."""

VARIABLES = """\
## Other variables of the environment"""

HEADINGS = ("key", "takes", "default", "what it does", "variable and flags")

#: Variables that are no settings, and what they do.
OTHER_VARIABLES = {
    "AUDIOGEN_VOICE": "Short for `AUDIOGEN_SPEECH_VOICE`.",
    "AUDIOGEN_HTTP_KEY": "The key that the engine `http` sends to its server; else `OPENAI_API_KEY`. No file keeps it.",
    "AUDIOGEN_STATE": "Folder in which `audiogen serve` keeps its queue and other state, instead of the system's.",
    "NO_COLOR": "Where it is set to anything, no colours are printed.",
    "AUDIOGEN_HOST": "Read by `deploy/compose.yaml` and `deploy/Caddyfile`: the host name of the server.",
    "AUDIOGEN_UPSTREAM": "Read by `deploy/Caddyfile`: host and port of `audiogen serve`, by default `127.0.0.1:8000`.",
}


def page() -> str:
    """Write the page."""
    return markdown.page(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    for name, section in _sections():
        yield from ("", f"## `[{name}]`", "", inspect.getdoc(section) or "", "")
        yield from markdown.table(HEADINGS, _rows(name, section))
    yield from ("", PAUSES, "")
    yield from markdown.table(("key", "within a block", "after a block"), _pause_rows())
    yield from ("", ENGINE_OPTIONS, "")
    yield from markdown.table(("engine", "options and their defaults"), _engine_rows())
    others = [(f"`{name}`", does) for name, does in OTHER_VARIABLES.items()]
    yield from ("", VARIABLES, "")
    yield from markdown.table(("variable", "what it does"), others)


def _pause_rows() -> Iterator[tuple[str, str, str]]:
    pauses = default_pauses()
    after = {str(role): seconds for role, seconds in pauses.after.items()}
    for name in dict.fromkeys([*pauses.between, *after]):
        yield f"`{name}`", str(pauses.between.get(name, "")), str(after.get(name, ""))


def _sections() -> Iterator[tuple[str, type]]:
    """Yield the sections that are dataclasses, by name."""
    for name, hint in get_type_hints(Settings).items():
        if is_dataclass(hint) and isinstance(hint, type):
            yield name, hint


def _rows(name: str, section: type) -> Iterator[tuple[str, ...]]:
    comments, flags = field_comments(section), flags_by_setting()
    hints = get_type_hints(section)
    for entry in fields(section):
        key = f"{name}.{entry.name}"
        reached = [f"`AUDIOGEN_{key.replace('.', '_').upper()}`", *flags.get(key, [])]
        yield (
            f"`{entry.name}`", _takes(hints[entry.name], key), f"`{_value(entry.default)}`",
            comments[entry.name], "; ".join(reached),
        )  # fmt: skip


def field_comments(section: type) -> dict[str, str]:
    """Read what the source says of each field of a section: the lines that begin with `#:` above it.

    Raises:
        ValueError: it says nothing of one.
    """
    found, pending = {}, []
    for line in inspect.getsource(section).splitlines():
        text = line.strip()
        if text.startswith("#:"):
            pending.append(text.removeprefix("#:").strip())
        elif ":" in text and " = " in text:
            found[text.partition(":")[0]] = " ".join(pending)
            pending = []
    if silent := [name for name, comment in found.items() if not comment]:
        raise ValueError(f"audiogen/settings.py has no line '#: …' above {section.__name__}.{silent[0]}.")
    return found


def _takes(hint: Any, key: str) -> str:
    """Say what values a setting takes."""
    if get_origin(hint) is Literal:
        return ", ".join(f"`{json.dumps(choice)}`" for choice in get_args(hint))
    if key in ADDRESSES:
        return "an address"
    kind = {bool: "`true`, `false`", int: "a whole number", float: "a number", str: "text"}[hint]
    return f"{kind}{_limits(key)}"


def _limits(key: str) -> str:
    if key not in LIMITS:
        return ""
    least, greatest = LIMITS[key]
    zero = " or 0" if key in settings.UNSET_AT_ZERO else ""
    return (f", {least:g} to {greatest:g}" if greatest < math.inf else f", {least:g} or more") + zero


def _value(default: object) -> str:
    return json.dumps(default, ensure_ascii=False)


def flags_by_setting() -> dict[str, list[str]]:
    """Return the flags, with their commands, that replace each setting."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, command in all_commands():
        options = {option.name: option for option in command.params if isinstance(option, click.Option)}
        for setting, parameter in _replaced(command):
            if parameter in options:
                flag = f"`{_longest(options[parameter].opts)}`"
                found.setdefault(setting.replace("__", "."), {}).setdefault(flag, []).append(f"`{name}`")
    return {
        key: [f"{flag} of {', '.join(commands)}" for flag, commands in flags.items()] for key, flags in found.items()
    }


def _replaced(command: click.Command) -> Iterator[tuple[str, str]]:
    """Yield the settings that a command replaces, each with the parameter of its value.

    A command either passes them to `with_flags` by keyword, or collects them with `options.take_settings`.
    """
    if command.callback is None:
        return
    tree = ast.parse(inspect.getsource(inspect.unwrap(command.callback)))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr == "take_settings":
            yield from ((setting, parameter) for parameter, setting in SETTINGS.items())
        elif node.func.attr == "with_flags":
            for keyword in node.keywords:
                names = (part.id for part in ast.walk(keyword.value) if isinstance(part, ast.Name))
                yield from ((keyword.arg or "", name) for name in names)


def _longest(names: list[str]) -> str:
    return max(names, key=len)


def _engine_rows() -> Iterator[tuple[str, str]]:
    for name, place in ENGINES.items():
        module, _, attribute = place.partition(":")
        taken = inspect.signature(getattr(import_module(module), attribute)).parameters.values()
        options = ", ".join(f"`{option.name} = {_value(option.default)}`" for option in taken)
        yield f"`{name}`", options or "none"
