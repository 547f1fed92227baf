"""The settings that a new library starts with, every key explained: `initial.toml` with the answers filled in."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from audiogen.podcast.show import show_guid
from audiogen.untrusted import toml_string

if TYPE_CHECKING:
    from collections.abc import Mapping


def initial_settings(answers: Mapping[str, str], *, private: bool = False) -> str:
    """Return the text of an `audiogen.toml`.

    Args:
        answers: title, author, description, base_url, email, language and category; empty ones are commented out.
        private: Whether the show is excluded from directories.
    """
    template = resources.files("audiogen.podcast").joinpath("initial.toml").read_text(encoding="utf-8")
    values = {key: toml_string(value) for key, value in answers.items()}
    base = answers["base_url"].rstrip("/")
    guid = f"guid = {toml_string(show_guid(f'{base}/feed.xml'))}" if base else '# guid = ""'
    return template.format(**values, private="true" if private else "false", guid=guid)
