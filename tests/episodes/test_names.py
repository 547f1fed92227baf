"""Files have plain names that stay."""

from __future__ import annotations

from datetime import date

import pytest

from audiogen.episodes.names import slug_of, sound_name


@pytest.mark.parametrize(
    ("title", "published", "slug"),
    [
        ("The ferry sails again", date(2026, 9, 6), "2026-09-06-the-ferry-sails-again"),
        ("The ferry sails again", None, "the-ferry-sails-again"),
        ("Паром знову ходить", None, "parom-znovu-khodit"),
        ("It’s “over” — isn't it?", None, "its-over-isnt-it"),
        ("!!!", None, "article"),
        ("", date(2026, 9, 6), "2026-09-06-article"),
        ("a" * 300, None, "a" * 80),
        ("one two three four five six seven eight nine", None, "one-two-three-four-five-six-seven-eight"),
        ("../../etc/passwd", None, "etc-passwd"),
    ],
)
def test_a_file_name_is_plain_and_short(title: str, published: date | None, slug: str) -> None:
    assert slug_of(title, published) == slug


@pytest.mark.parametrize(
    ("title", "published", "name"),
    [
        ("Con", None, "con-file"),
        ("AUX!", None, "aux-file"),
        ("Com1", None, "com1-file"),
        ("Con men", None, "con-men"),
        ("Concord", None, "concord"),
        ("Con", date(2024, 9, 7), "2024-09-07-con"),
        ("Nul. ", None, "nul-file"),
    ],
)
def test_no_episode_is_called_as_a_device_of_windows(title: str, published: date | None, name: str) -> None:
    assert slug_of(title, published) == name


@pytest.mark.parametrize(("revision", "name"), [(1, "con-men.mp3"), (2, "con-men.v2.mp3"), (10, "con-men.v10.mp3")])
def test_each_revision_has_a_sound_of_its_own(revision: int, name: str) -> None:
    assert sound_name("con-men", revision, "mp3") == name
