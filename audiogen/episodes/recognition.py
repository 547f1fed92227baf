"""Recognition: finds the episode that an article belongs to.

Each kind of evidence is tried in turn, the strongest first:

1. the document: the same bytes, under whatever name
2. the location where it was found: a change there is a correction
3. the id that a feed, a CMS or a newsletter gave the article
4. its address, as found and without tracking parameters
5. only for episodes of audiogen 0.1.0: outlet, date and title, or most of the text; always with common text

Evidence that the text contradicts does not count: if hardly a word is left, and the title is another too, a file name
or a number was used again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audiogen.episodes.digests import article_digest
from audiogen.episodes.identity import (
    contradicts,
    document_of,
    first_guid_of,
    guids_of,
    is_elsewhere,
    is_of_first_version,
    is_same_text,
    key_of_location,
    keys_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.episodes.library import Library
    from audiogen.model import Article


@dataclass(frozen=True, slots=True)
class Sighting:
    """The location of an article's document in this run, and the note on that location."""

    #: A path, an address, "export.zip#entry"; empty if the document was passed as text.
    location: str = ""
    #: GUID of the episode that was made of the document there, and the digest of that document.
    guid: str = ""
    document: str = ""
    #: Whether it is one of many. Then an earlier version of a document is an old copy, not a request to return to it.
    of_pile: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """The episode that an article belongs to."""

    #: The GUID of its episode, or of the one to be made.
    guid: str
    #: Digest of the document last seen at the same location; "" if unknown.
    seen: str = ""
    #: Whether the document is an earlier version, and the episode has been made from a later one.
    outdated: bool = False
    location: str = ""
    #: Whether a user removed its episode; it is not made again.
    removed: bool = False


def recognise(library: Library, article: Article, sighting: Sighting | None = None) -> Identity:
    """Return the episode of the library that the article belongs to, or the GUID of a new one."""
    return _Search(library, article, sighting or Sighting()).run()


class _Search:
    """The search for the episode of one article."""

    def __init__(self, library: Library, article: Article, sighting: Sighting) -> None:
        self._library, self._article, self._keys = library, article, keys_of(article)
        self._location = sighting.location
        self._seen = sighting
        tie = library.tied(key_of_location(sighting.location)) if sighting.location else None
        if tie is not None:
            self._seen = replace(sighting, guid=tie.guid, document=tie.seen)
        self._read: dict[str, dict[str, Any] | None] = {}

    def run(self) -> Identity:
        """Identify the article by the first of the steps that finds an episode; else it is new."""
        steps: tuple[Callable[[], str], ...] = (
            self._by_document,
            self._by_location,
            self._by_id,
            self._by_address,
            self._by_first_formula,
            self._by_text,
        )
        guid = next((guid for step in steps if (guid := step())), "")
        if not guid:
            return Identity(self._unused(), location=self._location)
        if self._library.removed(guid) is not None:
            return Identity(guid, location=self._location, removed=True)
        seen = self._seen.document if self._seen.guid == guid else ""
        return Identity(guid, seen, self._is_outdated(guid, seen), self._location)

    def _by_document(self) -> str:
        """Return the GUID for the same document, even if its episode was deleted."""
        tie = self._library.tied(self._keys["document"]) if "document" in self._keys else None
        return tie.guid if tie else ""

    def _by_location(self) -> str:
        manifest = self._find(self._seen.guid) if self._seen.guid else None
        return self._seen.guid if manifest and not contradicts(manifest, self._article, self._seen.document) else ""

    def _by_id(self) -> str:
        return self._agreeing("id")

    def _by_address(self) -> str:
        if "address" not in self._keys:
            return ""
        guid = next(guids_of(self._article))
        manifest = self._find(guid)
        if manifest is not None and not self._has_other_id(manifest):
            return guid
        return self._agreeing("address")

    def _by_first_formula(self) -> str:
        guid = first_guid_of(self._article)
        manifest = self._find(guid)
        if manifest is None or not is_of_first_version(manifest):
            return ""
        same = is_same_text(manifest, self._article) or _has_first_digest(manifest, self._article)
        return guid if same else ""

    def _by_text(self) -> str:
        for guid in self._library.alike(self._article):
            manifest = self._find(guid)
            if manifest is None or not is_of_first_version(manifest) or is_elsewhere(manifest, self._article):
                continue
            if is_same_text(manifest, self._article):
                return guid
        return ""

    def _agreeing(self, kind: str) -> str:
        """Return the GUID of a key, unless its episode has another external id and another text."""
        tie = self._library.tied(self._keys[kind]) if kind in self._keys else None
        if tie is None:
            return ""
        manifest = self._find(tie.guid)
        return "" if manifest and self._has_other_id(manifest) else tie.guid

    def _has_other_id(self, manifest: dict[str, Any]) -> bool:
        """Return whether external id, title and text are another article's, as of issues that share one address."""
        recorded, article = manifest.get("article", {}), self._article
        pairs = ((recorded.get("external_id"), article.external_id), (recorded.get("title"), article.title))
        return all(old and new and old != new for old, new in pairs) and not is_same_text(manifest, article)

    def _is_outdated(self, guid: str, seen: str) -> bool:
        """Return whether the episode is of a later version of the document, and nothing changed at its location."""
        document = self._article.document
        manifest = self._find(guid)
        latest = document_of(manifest) if manifest else ""
        if not document or latest in ("", document):
            return False
        if seen or not self._seen.of_pile:
            return seen == document
        tie = self._library.tied(self._keys["document"])
        began_with_it = guid == next(guids_of(replace(self._article, url="", external_id="")))
        return began_with_it or (tie is not None and tie.guid == guid)

    def _find(self, guid: str) -> dict[str, Any] | None:
        if guid not in self._read:
            self._read[guid] = self._library.find(guid) or self._library.find_removed(guid)
        return self._read[guid]

    def _unused(self) -> str:
        """Return the first possible GUID of the article that no episode has."""
        *better, last = guids_of(self._article)
        return next((guid for guid in better if self._find(guid) is None), last)


def _has_first_digest(manifest: dict[str, Any], article: Article) -> bool:
    return bool(manifest.get("digests", {}).get("article") == article_digest(article, 1))
