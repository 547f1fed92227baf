"""docs/api.md: everything that Python programs may use, as signatures, comments and docstrings have it."""

from __future__ import annotations

import inspect
import re
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import audiogen
from audiogen import episodes, errors, model
from tools import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

HEAD = """\
# Python reference

[python.md](python.md) shows at work what is listed here name by name. Arguments behind a `*` are given by name.
Everything is typed; a type that is named without its module is one of the [options](#options) or [values](#values).
What is not here may change with any version."""


def _classes_of(module: ModuleType) -> tuple[str, ...]:
    return tuple(name for name, kind in vars(module).items() if _is_class_of(kind, module))


def _is_class_of(kind: object, module: ModuleType) -> bool:
    return isinstance(kind, type) and kind.__module__ == module.__name__ and not kind.__name__.startswith("_")


#: What programs may use: headings of the page, the modules that it is imported from, and its names.
EXPORTS: dict[str, dict[str, tuple[str, ...]]] = {
    "Functions": {"audiogen": tuple(name for name in audiogen.__all__ if name.islower())},
    "Episodes of a library": {"audiogen.episodes": tuple(episodes.__all__)},
    "The feed": {"audiogen.podcast": ("publish",)},
    "Options": {
        "audiogen.settings": ("load_settings", "Settings"),
        "audiogen.narration.script": ("Narration",),
        "audiogen.placeholders": ("Placeholders",),
        "audiogen.batch.memory": ("BatchOptions",),
    },
    "Values": {"audiogen.model": _classes_of(model)},
    "Errors": {"audiogen.errors": _classes_of(errors)},
}

#: Sections of a docstring that become tables, and the heads of those.
_SECTIONS = {"Args": ("argument", "what it is"), "Raises": ("error", "when")}
_SECTION = re.compile(rf"^({'|'.join(_SECTIONS)}):\n((?:[ \t]+.*\n|\n)+)", re.MULTILINE)
_ITEM = re.compile(r"^ {4}(\S[^:]*): ", re.MULTILINE)


def page() -> str:
    """Write the page."""
    return markdown.page(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    for heading, modules in EXPORTS.items():
        yield from ("", f"## {heading}")
        for module, names in modules.items():
            yield from ("", f"From `{module}`.")
            for name in names:
                yield from ("", f"### {name}", "")
                yield from describe(getattr(import_module(module), name), name)


def describe(thing: Any, name: str) -> Iterator[str]:
    """Write the lines of one name, below its heading.

    Raises:
        ValueError: it has no docstring.
    """
    if not isinstance(thing, type):
        yield from _call(thing, name)
    elif issubclass(thing, Exception):
        yield from (f"A kind of `{thing.__mro__[1].__name__}`. {_docstring(thing)}",)
    elif issubclass(thing, Enum):
        yield from (_docstring(thing), "")
        rows = [(f"`{name}.{member.name}`", f"`{member.value!r}`", comment(thing, member.name)) for member in thing]
        yield from markdown.table(("name", "value", "what it is"), rows)
    else:
        yield from _class(thing, name)


def _class(kind: type, name: str) -> Iterator[str]:
    yield from _text(_docstring(kind))
    if is_dataclass(kind):
        yield ""
        rows = [
            (f"`{entry.name}`", f"`{entry.type}`", _default(entry), comment(kind, entry.name)) for entry in fields(kind)
        ]
        yield from markdown.table(("field", "type", "default", "what it is"), rows)
    for method, value in vars(kind).items():
        if not method.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
            yield from ("", f"#### {name}.{method}", "")
            yield from _call(value, method) if inspect.isfunction(value) else _text(_docstring(value))


def _default(entry: Field[Any]) -> str:
    if entry.default is not MISSING:
        return f"`{str(entry.default)!r}`" if isinstance(entry.default, Enum) else f"`{entry.default!r}`"
    return "" if entry.default_factory is MISSING else "its own"


def _call(function: Callable[..., Any], name: str) -> Iterator[str]:
    yield from ("```python", signature(function, name), "```", "")
    yield from _text(_docstring(function))


def signature(function: Callable[..., Any], name: str) -> str:
    """Write a call with the types of what it takes and gives, a line each where one line is too long.

    >>> def speak(text: str, *, voice: str = "en") -> None: "Speak."
    >>> print(signature(speak, "speak"))
    speak(text: str, *, voice: str = 'en') -> None
    """
    taken = inspect.signature(function)
    plain = [parameter for parameter in taken.parameters.values() if parameter.name != "self"]
    text = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(taken.replace(parameters=plain)))
    line = f"{name}{text}"
    if len(line) <= 100:
        return line
    inside, _, result = text[1:].rpartition(") -> ")
    parts = "".join(f"    {part},\n" for part in _split(inside))
    return f"{name}(\n{parts}) -> {result}"


def _split(arguments: str) -> Iterator[str]:
    """Split arguments at the commas that stand in no bracket."""
    depth, start = 0, 0
    for place, sign in enumerate(arguments):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield arguments[start:place].strip()
            start = place + 1
    yield arguments[start:].strip()


def _docstring(thing: object) -> str:
    # Of the object itself: a dataclass without one has its signature there, and an exception its parent's.
    text = vars(thing).get("__doc__") if isinstance(thing, type) else thing.__doc__
    if not text or text.startswith(f"{getattr(thing, '__name__', '')}("):
        raise ValueError(f"{thing!r} has no docstring.")
    return inspect.cleandoc(text)


def _text(docstring: str) -> Iterator[str]:
    """Write a docstring: its paragraphs as they are, examples as code, its sections as tables."""
    parts = _SECTION.split(docstring + "\n")
    yield from _paragraphs(parts[0])
    for section, body, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        yield ""
        yield from markdown.table(_SECTIONS[section], _items(body))
        if after.strip():
            yield ""
            yield from _paragraphs(after)


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield ""
        yield from ("```python", paragraph, "```") if paragraph.startswith(">>>") else (paragraph,)


def _items(body: str) -> Iterator[tuple[str, str]]:
    parts = _ITEM.split(body)
    for names, what in zip(parts[1::2], parts[2::2], strict=True):
        yield ", ".join(f"`{name.strip('*')}`" for name in names.split(", ")), " ".join(what.split())


@cache
def _source(kind: type) -> list[str]:
    return inspect.getsource(kind).splitlines()


def comment(kind: type, name: str) -> str:
    """Read what the source says of a field or a member: the lines that begin with `#:` above it."""
    lines: list[str] = []
    for line in _source(kind):
        text = line.strip()
        if text.startswith("#:"):
            lines.append(text.removeprefix("#:").strip())
            continue
        if re.match(rf"{name}\b\s*[:=]", text):
            return " ".join(lines)
        lines = []
    return ""
