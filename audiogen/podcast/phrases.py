"""The words of pages in the language of an article, from `phrases.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

#: Languages written from right to left.
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


@cache
def phrases(language: str) -> dict[str, str]:
    """Return the phrases of a language, in English if there are none; the key `lang` is their language.

    >>> phrases("uk-UA")["play"], phrases("xx")["lang"]
    ('Слухати', 'en')
    """
    known = _all()
    main = language.partition("-")[0].lower()
    found = main if main in known else "en"
    return {**known["en"], **known[found], "lang": found}


def language_name(language: str) -> str:
    """Return a language's own name if it is known, otherwise its tag.

    >>> language_name("de"), language_name("de-AT"), language_name("xx")
    ('Deutsch', 'Deutsch (de-AT)', 'xx')
    """
    known = _all().get(language.partition("-")[0].lower())
    if known is None:
        return language
    return f"{known['name']} ({language})" if "-" in language else known["name"]


def direction(language: str) -> str:
    """Return the direction of a language's script, "ltr" or "rtl".

    >>> direction("ar-EG"), direction("en"), direction("uz-Arab")
    ('rtl', 'ltr', 'rtl')
    """
    main, *subtags = language.lower().split("-")
    return "rtl" if main in _RIGHT_TO_LEFT or "arab" in subtags or "hebr" in subtags else "ltr"


@cache
def _all() -> dict[str, dict[str, str]]:
    """Return the phrases by language."""
    return tomllib.loads(resources.files("audiogen.podcast").joinpath("phrases.toml").read_text(encoding="utf-8"))
