"""What the feed takes from a manifest, and how little it takes for granted."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.episodes.manifest import FORMAT
from audiogen.errors import FeedError
from audiogen.podcast.entries import (
    SOUND_TYPES,
    Entry,
    dump_index,
    index_path,
    parse_date,
    plain,
    read_index,
    web_address,
)
from tests.podcast.libraries import SOUND, manifest, shelve

if TYPE_CHECKING:
    from pathlib import Path


def only(root: Path) -> Entry:
    """Read the one episode of a library."""
    (entry,) = read_index(root).entries
    return entry


def fault(root: Path) -> str:
    """Say why the one episode of a library cannot be published."""
    index = read_index(root)
    assert index.entries == ()
    (broken,) = index.broken
    return broken.reason


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("A title", "A title", id="plain"),
        pytest.param("", "", id="empty"),
        pytest.param("  blanks around ", "blanks around", id="blanks around"),
        pytest.param("two  blanks", "two blanks", id="two blanks"),
        pytest.param("two\nlines", "two lines", id="line break"),
        pytest.param("a\ttab", "a tab", id="tab"),
        pytest.param("a\u00a0hard blank", "a hard blank", id="no-break space"),
        pytest.param("nul\x00l", "null", id="null byte"),
        pytest.param("bell\x07", "bell", id="control character"),
        pytest.param("\x85next line", "next line", id="C1 control"),
        pytest.param("\u202eright to left", "right to left", id="override of direction"),
        pytest.param("\u2067isolated\u2069", "isolated", id="isolate of direction"),
        pytest.param("half \ud83d of an emoji", "half of an emoji", id="lone surrogate"),
        pytest.param("a\ufffe", "a", id="noncharacter"),
        pytest.param("👩\u200d🚀 flies", "👩\u200d🚀 flies", id="joined emoji stays"),
        pytest.param("שלום \u200fעולם", "שלום \u200fעולם", id="a mark of direction stays"),
        pytest.param("Ærøskøbing, Łódź, Київ", "Ærøskøbing, Łódź, Київ", id="letters of all kinds"),
        pytest.param(None, "", id="null"),
        pytest.param(7, "", id="a number"),
        pytest.param(["a"], "", id="a list"),
    ],
)
def test_a_text_is_one_line_without_what_does_harm(text: object, kept: str) -> None:
    assert plain(text) == kept


@given(st.text())
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert "\n" not in once
    once.encode()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://ledger.example/a?b=c#d", True),
        ("http://ledger.example", True),
        ("https://ledger.example/Київ", True),
        ("", False),
        ("ledger.example/a", False),
        ("//ledger.example/a", False),
        ("ftp://ledger.example/a", False),
        ("javascript:alert(1)", False),
        ("data:text/html,<b>", False),
        ("https://ledger.example/<b>", False),
        ('https://ledger.example/"onload=', False),
        ("https://ledger.example/two words", False),
        ("https://ledger.example\\@other.example", False),
        ("HTTPS://LEDGER.EXAMPLE", False),
    ],
)
def test_only_an_address_of_the_web_is_linked_to(address: str, kept: bool) -> None:
    assert web_address(address) == (address if kept else "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-09-14T06:30:00+00:00", "2026-09-14T06:30:00+00:00"),
        ("2026-09-14T06:30:00Z", "2026-09-14T06:30:00+00:00"),
        ("2026-09-14T06:30:00+05:30", "2026-09-14T06:30:00+05:30"),
        ("2026-09-14T06:30", "2026-09-14T06:30:00+00:00"),
        ("2026-09-14", "2026-09-14T00:00:00+00:00"),
        ("2026-09-14 and more", "2026-09-14T00:00:00+00:00"),
        ("0001-01-01", "0001-01-01T00:00:00+00:00"),
    ],
)
def test_a_date_is_read_and_has_a_zone(text: str, iso: str) -> None:
    assert parse_date(text).isoformat() == iso


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "14.09.2026"])
def test_what_is_no_date_is_said_so(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_date(text)


def test_an_entry_has_what_its_manifest_says(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    entry = only(tmp_path)
    assert entry.slug == "dam"
    assert entry.title == "The dam closes"
    assert entry.dek == "A river town waits."
    assert entry.authors == ("Ada Merrin", "Tomas Hale")
    assert entry.site == "The Harrow Ledger"
    assert entry.url == "https://ledger.example/dam"
    assert entry.language == "en"
    assert entry.tags == ("Rivers",)
    assert entry.duration == 492.4
    assert entry.disclosure == "This audio is created with AI assistance."
    assert entry.chapters == ((0.0, "The dam closes"), (10.0, "A quiet machine"), (20.0, "What comes back"))
    assert (entry.transcript, entry.chapters_file, entry.card) == ("dam.vtt", "dam.chapters.json", "")
    assert (entry.sound.file, entry.sound.type, entry.sound.bytes) == ("dam.mp3", "audio/mpeg", len(SOUND))
    assert entry.version == ""


@pytest.mark.parametrize(
    ("article", "field", "value"),
    [
        pytest.param({"title": ""}, "title", "dam", id="without a title the slug stands for it"),
        pytest.param({"title": " \x00 "}, "title", "dam", id="a title of nothing is none"),
        pytest.param({"language": "pt-BR"}, "language", "pt-BR", id="a tag with a region"),
        pytest.param({"language": "Englisch!"}, "language", "en", id="what is no tag is English"),
        pytest.param({"language": ""}, "language", "en", id="no tag is English"),
        pytest.param({"authors": ["", " ", "Ada"]}, "authors", ("Ada",), id="authors without a name are none"),
        pytest.param({"tags": []}, "tags", (), id="no tags"),
        pytest.param({"url": "javascript:alert(1)"}, "url", "", id="an address that acts is none"),
        pytest.param({"published": None}, "published", "", id="no date"),
        pytest.param({"published": "2026-09-14"}, "published", "2026-09-14", id="a day"),
    ],
)
def test_odd_metadata_are_taken_as_far_as_they_go(
    tmp_path: Path, article: dict[str, Any], field: str, value: object
) -> None:
    shelve(tmp_path, "dam", **article)
    assert getattr(only(tmp_path), field) == value


@pytest.mark.parametrize(
    ("published", "added", "dates", "iso"),
    [
        ("2026-09-14T06:30:00+00:00", None, "published", "2026-09-14T06:30:00+00:00"),
        ("2026-09-14T06:30:00+00:00", None, "created", "2026-10-01T08:00:00+00:00"),
        ("2026-09-14T06:30:00+00:00", None, "added", "2026-10-01T08:00:00+00:00"),
        ("2026-09-14T06:30:00+00:00", "2026-09-20T20:00:00+00:00", "added", "2026-09-20T20:00:00+00:00"),
        ("2026-09-14T06:30:00+00:00", "2026-09-20T20:00:00+00:00", "created", "2026-10-01T08:00:00+00:00"),
        (None, None, "published", "2026-10-01T08:00:00+00:00"),
        (None, "2026-09-20T20:00:00+00:00", "published", "2026-09-20T20:00:00+00:00"),
        ("2026-09-14", None, "published", "2026-09-14T00:00:00+00:00"),
    ],
)
def test_an_episode_has_the_articles_date_or_one_of_its_own(
    tmp_path: Path, published: str | None, added: str | None, dates: str, iso: str
) -> None:
    data = manifest("dam", published=published) | ({"added": added} if added else {})
    shelve(tmp_path, "dam", data)
    assert only(tmp_path).when(dates).isoformat() == iso


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        pytest.param({"format": FORMAT + 1}, "made by a newer audiogen", id="a newer format"),
        pytest.param({"format": "one"}, "cannot be read", id="a format that is none"),
        pytest.param({"article": None}, "cannot be read", id="no article"),
        pytest.param({"audio": {}}, "cannot be read", id="no sound"),
        pytest.param({"script": None}, "cannot be read", id="no script"),
        pytest.param({"script": [{"role": "title"}]}, "cannot be read", id="a line without its text"),
        pytest.param({"created": "long ago"}, "cannot be read", id="a date that is none"),
        pytest.param({"added": "long ago"}, "cannot be read", id="a first date that is none"),
        pytest.param({"disclosure": None}, "cannot be read", id="no disclosure"),
        pytest.param({"revision": "first"}, "cannot be read", id="a revision that is no number"),
    ],
)
def test_a_damaged_manifest_is_named_and_does_not_stop_the_rest(
    tmp_path: Path, damage: dict[str, Any], says: str
) -> None:
    shelve(tmp_path, "weir")
    broken = shelve(tmp_path, "dam") | damage
    (tmp_path / "episodes" / "dam.json").write_text(json.dumps(broken), encoding="utf-8")
    index = read_index(tmp_path)
    assert [entry.slug for entry in index.entries] == ["weir"]
    assert [(found.slug, says in found.reason) for found in index.broken] == [("dam", True)]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}'])
def test_a_file_that_is_no_manifest_is_named(tmp_path: Path, content: bytes) -> None:
    shelve(tmp_path, "dam")
    (tmp_path / "episodes" / "dam.json").write_bytes(content)
    assert "its manifest cannot be read" in fault(tmp_path)


def test_a_sound_file_that_is_missing_is_named(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    (tmp_path / "episodes" / "dam.mp3").unlink()
    assert fault(tmp_path) == "its sound file dam.mp3 is missing"


def test_a_folder_in_the_sound_files_place_is_none(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    (tmp_path / "episodes" / "dam.mp3").unlink()
    (tmp_path / "episodes" / "dam.mp3").mkdir()
    assert fault(tmp_path) == "its sound file dam.mp3 is missing"


def test_files_without_a_manifest_are_no_episode(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    (tmp_path / "episodes" / "weir.mp3").write_bytes(SOUND)
    (tmp_path / "episodes" / "notes.txt").write_text("buy milk", encoding="utf-8")
    index = read_index(tmp_path)
    assert [entry.slug for entry in index.entries] == ["dam"]
    assert index.broken == ()


def test_the_digest_is_told_only_of_the_file_that_was_digested(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    assert only(tmp_path).sound.sha256 == "ab" * 32
    (tmp_path / "episodes" / "dam.mp3").write_bytes(SOUND + b"a tag that somebody put there")
    changed = only(tmp_path).sound
    assert changed.sha256 == ""
    assert changed.bytes == len(SOUND) + 29


def test_other_formats_of_the_reading_are_found_best_first(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    for suffix in (".opus", ".m4b"):
        (tmp_path / "episodes" / f"dam{suffix}").write_bytes(suffix.encode())
    (tmp_path / "episodes" / "dam.wav").write_bytes(b"not offered")
    others = only(tmp_path).others
    assert [(sound.file, sound.type) for sound in others] == [("dam.m4b", "audio/mp4"), ("dam.opus", "audio/ogg")]
    assert [sound.sha256 for sound in others] == [sha256(b".m4b").hexdigest(), sha256(b".opus").hexdigest()]


@pytest.mark.parametrize(
    ("names", "card"),
    [((), ""), (("dam.png",), "dam.png"), (("dam.jpg",), "dam.jpg"), (("dam.png", "dam.jpg"), "dam.jpg")],
)
def test_a_picture_beside_the_episode_is_its_card(tmp_path: Path, names: tuple[str, ...], card: str) -> None:
    shelve(tmp_path, "dam")
    for name in names:
        (tmp_path / "episodes" / name).write_bytes(b"picture")
    assert only(tmp_path).card == card


@pytest.mark.parametrize(("revision", "version"), [(1, ""), (2, "2"), (17, "17")])
def test_a_spoken_anew_reading_has_a_version(tmp_path: Path, revision: int, version: str) -> None:
    shelve(tmp_path, "dam", manifest("dam") | {"revision": revision})
    assert only(tmp_path).version == version


def test_a_manifest_of_before_revisions_is_a_first_reading(tmp_path: Path) -> None:
    data = manifest("dam")
    del data["revision"]
    shelve(tmp_path, "dam", data)
    assert only(tmp_path).version == ""


def test_a_folder_without_episodes_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="no episodes"):
        read_index(tmp_path)


def test_episodes_come_by_their_slugs(tmp_path: Path) -> None:
    for slug in ("weir", "dam", "mill"):
        shelve(tmp_path, slug)
    assert [entry.slug for entry in read_index(tmp_path).entries] == ["dam", "mill", "weir"]


def keep(root: Path) -> None:
    """Write the index as publishing does."""
    index_path(root).parent.mkdir(exist_ok=True)
    index_path(root).write_bytes(dump_index(read_index(root)))


def test_the_index_gives_back_the_very_entries(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    shelve(tmp_path, "weir", authors=[], tags=["a", "b"], published=None)
    (tmp_path / "episodes" / "dam.m4b").write_bytes(b"the same in another format")
    read = read_index(tmp_path)
    keep(tmp_path)
    # What is not read again cannot have come from the manifests.
    for slug in ("dam", "weir"):
        path = tmp_path / "episodes" / f"{slug}.json"
        stat = path.stat()
        path.write_bytes(b" " * stat.st_size)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert read_index(tmp_path) == read


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: (folder / "dam.mp3").write_bytes(b"longer than it was" * 99), id="its sound"),
        pytest.param(lambda folder: (folder / "dam.vtt").unlink(), id="its captions"),
        pytest.param(lambda folder: (folder / "dam.png").write_bytes(b"picture"), id="its picture"),
        pytest.param(lambda folder: (folder / "dam.opus").write_bytes(b"sound"), id="another format"),
        pytest.param(
            lambda folder: (folder / "dam.json").write_text(json.dumps(manifest("dam", title="Anew"))), id="its text"
        ),
    ],
)
def test_an_episode_is_read_again_when_a_file_of_it_changed(tmp_path: Path, change: Any) -> None:
    shelve(tmp_path, "dam")
    before = only(tmp_path)
    keep(tmp_path)
    change(tmp_path / "episodes")
    assert only(tmp_path) != before


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"index": "0/0", "entries": []}', b'{"index": 1}', b"\xff", b'{"entries": [[1]]}'],
)
def test_an_index_that_cannot_be_used_counts_as_none(tmp_path: Path, content: bytes) -> None:
    shelve(tmp_path, "dam")
    index_path(tmp_path).parent.mkdir()
    index_path(tmp_path).write_bytes(content)
    assert only(tmp_path).title == "The dam closes"


def test_every_field_of_an_entry_is_in_the_index(tmp_path: Path) -> None:
    shelve(tmp_path, "dam")
    kept = json.loads(dump_index(read_index(tmp_path)))
    ((slug, mark, row),) = kept["entries"]
    assert slug == "dam"
    assert mark
    assert len(row) == len(fields(Entry))


def test_every_kind_of_sound_has_a_type_of_sound() -> None:
    assert all(kind.startswith("audio/") for kind in SOUND_TYPES.values())
    assert next(iter(SOUND_TYPES)) == ".mp3"
