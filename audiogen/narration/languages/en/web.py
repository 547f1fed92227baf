"""Rules for web and e-mail addresses, handles, hashtags and file names."""

from __future__ import annotations

import re

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.en.letters import say_mixed
from audiogen.narration.languages.en.numbers import halves
from audiogen.narration.late import late
from audiogen.narration.rewriting import DIGIT, WORD, Rule

_DATA = load_table(__file__, "web.toml")
_ENDINGS = words(_DATA["endings"])
#: Top-level domains of two letters that are said as a word.
_SPOKEN_ENDINGS = frozenset(("co",))
_FILE_ENDINGS = words(_DATA["files"])
_FILES = "|".join(sorted(_FILE_ENDINGS))

_LABEL = r"[A-Za-z0-9](?:[\w-]{0,62})"
_HOST = rf"(?:{_LABEL}\.){{1,5}}(?P<ending>[a-z]{{2,6}})(?![\w-]|\.[a-z])"
_PATH = r"(?:/[^\s\"'<>()\[\]{},;]*(?<![.:!?]))?"
_MARKS = {
    ".": "dot",
    "-": "dash",
    "_": "underscore",
    "+": "plus",
    "/": "slash",
    "~": "tilde",
    "&": "and",
    "#": "hash",
    "%": "percent",
}
#: The maximum length, in characters, of a path that is spoken.
_MAX_PATH_LENGTH = 40


def say_address(text: str) -> str:
    """Return the parts of an address, and the symbols between them, in words.

    >>> say_address("a1b2.smith-jones")
    'a one b two dot smith dash jones'
    """
    return " ".join(_MARKS.get(part, "") if not part.isalnum() else say_mixed(part) for part in _split(text)).replace(
        "  ", " "
    )


def _split(text: str) -> list[str]:
    """Return the alphanumeric runs of *text* and the characters between them."""
    return [part for part in re.split(r"([^A-Za-z0-9])", text) if part]


def _label(text: str) -> str:
    """Return one label of a host name in words."""
    return text if text in _SPOKEN_ENDINGS else say_address(text)


def _host(text: str) -> str:
    """Return a host name in words, without "www."."""
    labels = text.removeprefix("www.").split(".")
    if not labels[-1].isalpha():
        return " dot ".join(map(say_address, labels))
    last = labels.pop()
    ending = last if len(last) > 2 or last in _SPOKEN_ENDINGS else " ".join(last.upper())
    return " dot ".join([*map(_label, labels), ending])


def _page(match: re.Match[str]) -> str:
    """Return a web address in words: the host, and the path if it is short and has no query."""
    path = (match["path"] or "").rstrip("/")
    spoken = _host(match["host"])
    if path and "?" not in path and "=" not in path and len(path) <= _MAX_PATH_LENGTH:
        spoken += " " + say_address(path)
    return spoken


def _mail(match: re.Match[str]) -> str:
    """Return an e-mail address in words."""
    return f"{say_address(match['name'])} at {_host(match['host'])}" + (
        f" {say_address(match['path'])}" if match["path"] else ""
    )


_CAMEL = late(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|_")


def _camel(text: str) -> str:
    """Return the parts of a name in camel case in words."""
    parts = _CAMEL.findall(text)
    return " ".join(_camel_part(part) for part in parts) or text


def _camel_part(part: str) -> str:
    """Return one part of a name in camel case in words."""
    if part == "_":
        return "underscore"
    return halves(part) if part.isdecimal() and len(part) < 5 else say_mixed(part)


def _handle(match: re.Match[str]) -> str:
    """Return a handle such as "@name" in words."""
    return f"at {_camel(match['name'])}"


def _hashtag(match: re.Match[str]) -> str:
    """Return a hashtag in words."""
    return f"hashtag {_camel(match['name'])}"


def _file(match: re.Match[str]) -> str:
    """Return a file name with its extension in words."""
    ending = match["ending"]
    return f"{say_mixed(match['name'])} dot {'net' if ending == 'NET' else say_mixed(ending)}"


def _point(match: re.Match[str]) -> str | None:
    """Return ".NET", ".uk" or ".pdf" in words; None for another ending."""
    name = match["name"]
    if name == "NET":
        return "dot net"
    if name in _ENDINGS:
        return f"dot {name if len(name) > 2 or name in _SPOKEN_ENDINGS else ' '.join(name.upper())}"
    return f"dot {say_mixed(name)}" if name in _FILE_ENDINGS else None


RULES = (
    Rule(
        "e-mail",
        [WORD, DIGIT],
        rf"(?P<name>[A-Za-z0-9][\w.+-]{{0,63}})@(?P<host>(?:{_LABEL}\.){{1,5}}[A-Za-z]{{2,12}})(?P<path>{_PATH})",
        _mail,
        "@ . - o x #",
    ),
    Rule(
        "url",
        [WORD],
        rf"(?i:https?|ftp)://(?P<host>(?:{_LABEL}\.){{0,5}}{_LABEL})(?::\d+)?(?P<path>{_PATH})",
        _page,
        ":",
    ),
    Rule(
        "web address",
        [WORD, DIGIT],
        rf"(?P<host>{_HOST})(?P<path>{_PATH})",
        lambda m: _page(m) if m["ending"] in _ENDINGS else None,
        ". - x _ #",
    ),
    Rule("file name", [WORD], rf"(?P<name>[A-Za-z]\w*)\.(?P<ending>{_FILES}|NET)(?![\w])", _file, ". x"),
    Rule("point before a name", ["."], r"\.(?P<name>[A-Za-z]{2,6})(?![\w]|\.\w)", _point),
    Rule("handle", ["@"], r"@(?P<name>[A-Za-z_]\w{0,40})", _handle),
    Rule("hashtag", ["#"], r"\#(?P<name>[^\W\d]\w{0,80})", _hashtag),
)
