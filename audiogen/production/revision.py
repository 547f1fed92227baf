"""Revisions: an episode that is spoken again gets the next revision number; its GUID, slug and date in feeds stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audiogen.episodes.identity import is_of_first_version
from audiogen.episodes.manifest import added_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audiogen.episodes.edits import Edit, Overrule


@dataclass(frozen=True, slots=True)
class Revision:
    """The number of a revision, and the facts that stay from the one before."""

    #: The GUID of a new article, if there is no episode.
    guid: str = ""
    number: int = 1
    #: When the episode was first made, ISO 8601; empty if that is now.
    added: str = ""
    #: What a read-later service knows of the article.
    saved: Mapping[str, Any] = field(default_factory=dict)
    #: Digests of the manifest, instead of the article's own.
    digests: Mapping[str, Any] | None = None

    def facts(self) -> dict[str, Any]:
        """Return the manifest's keys of the revision."""
        values = {"revision": self.number, "saved": dict(self.saved), "added": self.added}
        facts = {key: value for key, value in values.items() if value}
        return facts if self.digests is None else facts | {"digests": dict(self.digests)}


def next_revision(
    guid: str,
    manifest: Mapping[str, Any] | None,
    saved: Mapping[str, Any] | None = None,
    digests: Mapping[str, Any] | None = None,
) -> Revision:
    """Return the number after the manifest's revision; the first if there is none."""
    if manifest is None:
        return Revision(guid, saved=saved or {}, digests=digests)
    return Revision(guid, manifest.get("revision", 1) + 1, added_of(dict(manifest)), saved or {}, digests)


def digests_after(manifest: dict[str, Any], settings: str, voice: str, lexicon: str) -> dict[str, Any]:
    """Return the digests of an episode that is made again without its source: the digests of the source stay.

    *settings* and *lexicon* are the current digests, *voice* is the name in the settings.
    """
    before = dict(manifest.get("digests", {}))
    if is_of_first_version(manifest):
        return before
    named = {"settings": settings, "voice": voice, "lexicon": lexicon}
    return {name: value for name, value in (before | named).items() if value}


def revision_of_edit(manifest: dict[str, Any]) -> int:
    """Return the revision of the edit that an episode was made with; 0 if it had none."""
    edit = manifest.get("edit")
    revision = edit.get("revision") if isinstance(edit, dict) else None
    return revision if isinstance(revision, int) else 0


def edited_fields(manifest: dict[str, Any] | None) -> tuple[str, ...]:
    """Return the names of an episode's fields that differ from its source."""
    edit = (manifest or {}).get("edit")
    changed = edit.get("changed") if isinstance(edit, dict) else None
    return tuple(map(str, changed)) if isinstance(changed, list) else ()


def edit_facts(edit: Edit, unfit: tuple[Overrule, ...]) -> dict[str, Any]:
    """Return the manifest's facts of an edit; overrules in *unfit* did not fit the article any more."""
    texts = [overrule.block or overrule.new for overrule in unfit]
    return {"revision": edit.revision, "changed": list(edit.changed), **({"unfit": texts} if texts else {})}
