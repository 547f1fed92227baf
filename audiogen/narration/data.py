"""Read the data files beside the code."""

from __future__ import annotations

import os.path
import re
from functools import cache
from typing import Any

from audiogen.narration.late import late


@cache
def load_table(module_file: str, name: str) -> dict[str, Any]:
    """Load the TOML file *name* from the folder of the module whose `__file__` is given.

    Without pathlib, whose import takes as long as all our tables, and where the file is simple, without tomllib, whose
    import takes several times as long.
    """
    with open(os.path.join(os.path.dirname(module_file), name), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123
        text = file.read()
    table = read_simple(text)
    if table is None:
        import tomllib

        table = tomllib.loads(text)
    return table


#: A line of simple TOML: empty, a comment, the name of a table, or a key with a string without escapes, in one line or
#: as a literal string over several lines.
_LINE = late(
    r"""[ ]*(?: \[(?P<table>\w+)\]
    | (?P<key>\w+|"[^"\\\n]*")[ ]*=[ ]*(?: '''\n?(?P<lines>(?s:.*?))'''(?!') | "(?P<text>[^"\\\n]*)"(?!") ) )?
    [ ]*(?:\#[^\n]*)?(?:\n|\Z)""",
    re.VERBOSE,
)


def read_simple(text: str) -> dict[str, Any] | None:
    """Parse TOML that has only tables of strings; None if it has anything else.

    >>> read_simple("a = 'b'"), read_simple('[a]\\nb = "c"  # d')
    (None, {'a': {'b': 'c'}})
    """
    data: dict[str, Any] = {}
    table = data
    at = 0
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None:
            return None
        if line["table"]:
            table = data[line["table"]] = {}
        elif line["key"]:
            table[line["key"].strip('"')] = line["lines"] if line["text"] is None else line["text"]
        at = line.end()
    return data


def pairs(text: str) -> dict[str, str]:
    """Parse lines of "written = spoken", which our TOML files have in one string.

    Such a string loads several times faster than a table.

    >>> pairs("km = kilometer\\n= = equals")
    {'km': 'kilometer', '=': 'equals'}
    """
    split = (line.rpartition(" = ") for line in text.splitlines() if line)
    return {form: spoken for form, _, spoken in split}


def words(text: str) -> frozenset[str]:
    """Split a list of words, which our TOML files have in one string: that loads faster than an array."""
    return frozenset(text.split())
