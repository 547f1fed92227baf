"""Read the data files beside the code."""

from __future__ import annotations

import os.path
import tomllib
from functools import cache
from typing import Any


@cache
def load_table(module_file: str, name: str) -> dict[str, Any]:
    """Load the TOML file *name* that lies beside the module whose `__file__` is given.

    Without pathlib, whose import takes as long as all our tables.
    """
    with open(os.path.join(os.path.dirname(module_file), name), "rb") as file:  # noqa: PTH118, PTH120, PTH123
        return tomllib.load(file)


def pairs(text: str) -> dict[str, str]:
    """Split a list of "form = said" lines, as our TOML files hold it in one string.

    It loads several times faster than a table.

    >>> pairs("km = kilometer\\n= = equals")
    {'km': 'kilometer', '=': 'equals'}
    """
    split = (line.rpartition(" = ") for line in text.splitlines() if line)
    return {form: said for form, _, said in split}


def words(text: str) -> frozenset[str]:
    """Split a word list as our TOML files hold it, in one string over many lines; it loads faster than an array."""
    return frozenset(text.split())
