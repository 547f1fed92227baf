"""The settings that a new library starts with, every key explained: `initial.toml` with the answers filled in."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from audiogen.podcast.show import show_guid

if TYPE_CHECKING:
    from collections.abc import Mapping


def initial_settings(answers: Mapping[str, str], *, private: bool = False) -> str:
    """Write the text of an `audiogen.toml`.

    Args:
        answers: title, author, description, base_url, email, language and category; an empty one stays behind a #.
        private: whether the show is kept out of directories.
    """
    template = resources.files("audiogen.podcast").joinpath("initial.toml").read_text(encoding="utf-8")
    values = {key: _quoted(value) for key, value in answers.items()}
    base = answers["base_url"].rstrip("/")
    guid = f"guid = {_quoted(show_guid(f'{base}/feed.xml'))}" if base else '# guid = ""'
    return template.format(**values, private="true" if private else "false", guid=guid)


def _quoted(text: str) -> str:
    """Write a basic string of TOML, whose escapes are JSON's.

    >>> _quoted('say "yes"')
    '"say \\\\"yes\\\\""'
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
