"""Reads the TOML files beside the code."""

from __future__ import annotations

import os.path
import re
from functools import cache
from typing import Any

from audiogen.narration.late import late


@cache
def load_table(module_file: str, name: str) -> dict[str, Any]:
    """Return the content of the TOML file *name* in the folder of *module_file*, the `__file__` of a module; cached.

    pathlib is avoided, as its import takes as long as all tables, and for simple files tomllib, as its import takes
    several times as long.
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
    """Return the content of TOML that has only tables of strings; None if it has anything else.

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
    """Return a dict of lines "written = spoken".

    The TOML files have these lines in one string, which loads several times faster than a table.

    >>> pairs("km = kilometer\\n= = equals")
    {'km': 'kilometer', '=': 'equals'}
    """
    split = (line.rpartition(" = ") for line in text.splitlines() if line)
    return {form: spoken for form, _, spoken in split}


def words(text: str) -> frozenset[str]:
    """Return the set of words in *text*; the TOML files have lists in one string, which loads faster than an array."""
    return frozenset(text.split())
