"""The show: checks the settings that directories require, and derives its identity."""

from __future__ import annotations

import re
import tomllib
import uuid
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from audiogen.errors import SettingsError
from audiogen.podcast.entries import plain
from audiogen.settings import is_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.settings import Show

#: Namespace of `podcast:guid`, by its specification.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
#: Apple's maximum length of the description of a show or an episode, in bytes.
DESCRIPTION_BYTES = 4000

_SAFE = re.compile(r"[A-Za-z0-9._/-]+")


@dataclass(frozen=True, slots=True)
class Channel:
    """A show with complete settings."""

    title: str
    author: str
    email: str
    description: str
    #: The library's public address, without a slash at the end.
    base: str
    link: str
    language: str
    #: Category and subcategory; the latter may be empty.
    category: tuple[str, str]
    explicit: bool
    copyright: str
    license: str
    private: bool
    #: Path of the cover art, relative to the library.
    cover: str
    #: Date of an episode: "published", "created" or "added".
    dates: str = "published"

    def address(self, path: str, version: str = "") -> str:
        """Return the address of a file of the library, with *version* as a query, which static hosts ignore.

        audiogen's own names are ASCII; other characters are percent-encoded, as Apple requires.
        """
        # Nearly every path; asking costs a tenth of quoting.
        quoted = path if _SAFE.fullmatch(path) else quote(path)
        return f"{self.base}/{quoted}?v={quote(version)}" if version else f"{self.base}/{quoted}"


def channel_of(show: Show, *, cover: str, dates: str = "published") -> Channel:
    """Return the show after checking its settings.

    Raises:
        SettingsError: A key that directories require is missing or wrong; `subject` is the key.
    """
    for key, check in _CHECKS.items():
        if fault := check(getattr(show, key)):
            raise SettingsError(f"show.{key}", f"The setting show.{key} {fault} Set it in audiogen.toml.")
    category, _, subcategory = show.category.partition(" > ")
    base = show.base_url.rstrip("/")
    return Channel(
        title=plain(show.title),
        author=plain(show.author) or plain(show.title),
        email=show.email,
        description=plain(show.description),
        base=base,
        link=show.link or f"{base}/",
        language=show.language,
        category=(category, subcategory),
        explicit=show.explicit,
        copyright=plain(show.copyright),
        license=plain(show.license),
        private=show.private,
        cover=cover,
        dates=dates,
    )


def show_guid(address: str) -> str:
    """Return the `podcast:guid` of a feed by its address, without scheme and trailing slashes.

    >>> show_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(PODCAST_NAMESPACE, address.partition("://")[2].rstrip("/")))


@cache
def categories() -> dict[str, list[str]]:
    """Return Apple's categories with their subcategories."""
    return tomllib.loads(resources.files("audiogen.podcast").joinpath("categories.toml").read_text(encoding="utf-8"))


def _text(limit: int, what: str) -> Callable[[str], str]:
    """Return the check of a required text of at most *limit* bytes; *what* is the text's name."""

    def check(value: str) -> str:
        if not plain(value):
            return f"is missing; directories require {what}."
        return f"is longer than {limit} bytes." if len(plain(value).encode()) > limit else ""

    return check


def _base(value: str) -> str:
    """Return what is wrong with `base_url`; "" if nothing."""
    if not value:
        return "is missing; it is the address where the library can be reached, as https://audio.example.org/show."
    good = is_address(value, base=True)
    return "" if good else f"is {value!r}; it must be an ASCII address that begins with https://."


def _link(value: str) -> str:
    """Return what is wrong with a link; "" if nothing."""
    return "" if not value or is_address(value) else f"is {value!r}; it must be an address."


def _email(value: str) -> str:
    """Return what is wrong with an e-mail address; "" if nothing."""
    return "" if not value or re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value) else f"is {value!r}; it must be an e-mail."


def _language(value: str) -> str:
    """Return what is wrong with a language tag; "" if nothing."""
    good = re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value)
    return "" if good else f"is {value!r}; it must be a language tag such as en or pt-BR."


def _category(value: str) -> str:
    """Return what is wrong with a category; "" if nothing."""
    category, _, subcategory = value.partition(" > ")
    known = [*categories(), *(f"{name} > {sub}" for name, subs in categories().items() for sub in subs)]
    if category in categories() and (not subcategory or subcategory in categories()[category]):
        return ""
    near = get_close_matches(value, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it takes one of {', '.join(categories())}."
    return f"is {value!r}, which is no category of Apple's: {hint}"


def _guid(value: str) -> str:
    """Return what is wrong with a GUID; "" if nothing."""
    try:
        return "" if not value or str(uuid.UUID(value)) == value.lower() else "must be a UUID."
    except ValueError:
        return f"is {value!r}; it must be a UUID."


_CHECKS: dict[str, Callable[[str], str]] = {
    "title": _text(255, "a title"),
    "description": _text(DESCRIPTION_BYTES, "a description"),
    "base_url": _base,
    "link": _link,
    "email": _email,
    "language": _language,
    "category": _category,
    "guid": _guid,
}


def check_setting(key: str, value: str) -> str:
    """Return what is wrong with the value of a key of `[show]`; "" if nothing."""
    check = _CHECKS.get(key)
    return check(value) if check else ""
