"""An episode that is spoken anew is one revision more, and keeps what is its own."""

from __future__ import annotations

from typing import Any

import pytest

from audiogen.episodes.edits import Act, Edit, Overrule
from audiogen.production.revision import (
    Revision,
    digests_after,
    edit_facts,
    edited_fields,
    next_revision,
    revision_of_edit,
)

GUID = "urn:uuid:6b5e1a2d-051a-5626-9b9c-d6621671d636"
FIRST = {"created": "2026-09-20T20:00:00+00:00"}


@pytest.mark.parametrize(
    ("manifest", "revision"),
    [
        (None, Revision(GUID)),
        (FIRST, Revision(GUID, 2, FIRST["created"])),
        ({**FIRST, "added": "2026-09-01", "revision": 2}, Revision(GUID, 3, "2026-09-01")),
    ],
    ids=["new", "of a first one", "of a later one"],
)
def test_each_making_is_one_more_and_its_first_day_stays(manifest: dict[str, Any] | None, revision: Revision) -> None:
    assert next_revision(GUID, manifest) == revision


def test_a_manifest_tells_only_what_there_is() -> None:
    assert Revision(GUID).facts() == {"revision": 1}
    result = Revision(GUID, 2, "2026-09-01", {"service": "pocket"}, {"version": 2}).facts()
    assert result == {"revision": 2, "added": "2026-09-01", "saved": {"service": "pocket"}, "digests": {"version": 2}}


def test_without_its_source_an_episode_keeps_the_digests_of_the_source() -> None:
    before = {"version": 2, "article": "a", "settings": "s", "lexicon": "l", "document": "d"}
    after = digests_after({"digests": before}, "t", "anchor", "")
    assert after == {"version": 2, "article": "a", "settings": "t", "voice": "anchor", "document": "d"}
    assert digests_after({"digests": {"article": "a"}}, "t", "anchor", "") == {"article": "a"}, "of audiogen 0.1.0"


@pytest.mark.parametrize("expected", [None, 7, [], {"revision": "2", "changed": "title"}])
def test_what_is_told_of_an_edit_in_another_shape_counts_as_none(expected: object) -> None:
    assert revision_of_edit({"edit": expected}) == 0
    assert edited_fields({"edit": expected}) == ()


def test_a_manifest_tells_of_the_edit_that_its_episode_was_made_with() -> None:
    edit = Edit(GUID, revision=3, title="The quay")
    result = edit_facts(edit, (Overrule(Act.DROP, "A line that is gone."),))
    assert result == {"revision": 3, "changed": ["title"], "unfit": ["A line that is gone."]}
    assert (revision_of_edit({"edit": result}), edited_fields({"edit": result})) == (3, ("title",))
