"""What was good and was left alone is not decoded again; whatever was touched is, and nothing is believed unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.audit import audit, record
from audiogen.errors import SettingsError
from audiogen.podcast import publish
from tests.audit.conftest import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.audit import Report

NOTE = ".audiogen/checked.json"
Touch = Callable[[Shelf], Shelf | None]


def again(shelf: Shelf) -> Report:
    """Check what changed since the last check."""
    return audit(shelf.root, shelf.settings, everything=False)


def test_what_was_good_and_left_alone_is_not_decoded_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    first = audit(shelf.root, shelf.settings)
    assert (first.is_good, first.unchanged) == (True, 0)

    def deaf(path: Path) -> None:
        raise AssertionError(f"{path} was decoded")

    monkeypatch.setattr("audiogen.audit.listening.listen", deaf)
    second = again(shelf)
    assert second.unchanged == 2
    assert replace(second, unchanged=0) == first


def _flipped(shelf: Shelf) -> None:
    """A bit of the sound flips, and somebody put size and time of the file back."""
    path = shelf.path(".mp3")
    before, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _cut(shelf: Shelf) -> None:
    shelf.path(".vtt").write_text("WEBVTT\n", encoding="utf-8")


TOUCHES: dict[str, tuple[Touch, str]] = {
    "a bit of the sound flipped": (_flipped, "SHA-256"),
    "the sound gone": (lambda shelf: shelf.path(".mp3").unlink(), "is missing"),
    "the transcript cut": (_cut, "does not say"),
    "the words gone": (lambda shelf: shelf.path(".words.json").unlink(), "is missing"),
    "the page emptied": (lambda shelf: (shelf.path(".html").write_text(""), None)[1], "not on the episode's page"),
    "the manifest edited": (
        lambda shelf: shelf.change(lambda manifest: manifest["utterances"].update(spoken=1)),
        "1 were spoken",
    ),
    "the feed says another length": (
        lambda shelf: (
            (shelf.root / "feed.xml").write_text(
                (shelf.root / "feed.xml").read_text("utf-8").replace('length="', 'length="9'), "utf-8"
            ),
            None,
        )[1],
        "The feed says",
    ),
    "another loudness wanted": (
        lambda shelf: replace(shelf, settings=shelf.settings.with_flags(audio__loudness=-19.0)),
        "is wanted",
    ),
    "the disclosure wanted elsewhere": (
        lambda shelf: replace(shelf, settings=shelf.settings.with_flags(disclosure__place="start")),
        "disclosure.place is 'start'",
    ),
    "another sentence wanted": (
        lambda shelf: replace(shelf, settings=shelf.settings.with_flags(disclosure__text="Read by a machine.")),
        "Read by a machine.",
    ),
    "another root trusted": (
        lambda shelf: replace(shelf, settings=shelf.settings.with_flags(c2pa__anchors="keys/chain.pem")),
        "",
    ),
}


@pytest.mark.parametrize(("touch", "says"), TOUCHES.values(), ids=TOUCHES)
def test_whatever_was_touched_is_looked_at_again(shelf: Shelf, touch: Touch, says: str) -> None:
    audit(shelf.root, shelf.settings)
    touched = touch(shelf) or shelf
    report = again(touched)
    assert report.unchanged < 2
    assert says in " ".join(fault.message for fault in touched.faults(report))


def test_an_episode_with_a_fault_is_looked_at_each_time(shelf: Shelf) -> None:
    shelf.path(".vtt").unlink()
    reports = [again(shelf) for _ in range(2)]
    assert [report.unchanged for report in reports] == [0, 1]
    assert shelf.faults(reports[0]) == shelf.faults(reports[1]) != []
    assert shelf.slug not in json.loads((shelf.root / NOTE).read_text(encoding="utf-8"))["good"]


def test_everything_is_looked_at_where_that_is_asked_for(shelf: Shelf) -> None:
    again(shelf)
    assert audit(shelf.root, shelf.settings).unchanged == 0
    assert again(shelf).unchanged == 2


def test_what_other_checks_found_good_is_looked_at_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    again(shelf)
    monkeypatch.setattr(record, "_CHECKS", "0.1.0/other")
    assert again(shelf).unchanged == 0


@pytest.mark.parametrize(
    "damage",
    ["", "[]", '{"checks": 3}', '{"good": {}}', "[" * 100_000, None],
    ids=["empty", "a list", "no rows", "no version", "brackets", "gone"],
)
def test_a_damaged_record_costs_time_and_nothing_else(shelf: Shelf, damage: str | None) -> None:
    first = audit(shelf.root, shelf.settings)
    path = shelf.root / NOTE
    if damage is None:
        path.unlink()
    else:
        path.write_text(damage, encoding="utf-8")
    assert again(shelf) == first


@pytest.mark.parametrize(
    "row", [None, {}, {"mark": 3, "found": {}}, {"mark": "x"}, {"mark": "x", "found": {"worth": 1}}], ids=repr
)
def test_a_damaged_row_is_passed_over(shelf: Shelf, row: object) -> None:
    again(shelf)
    path = shelf.root / NOTE
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["good"][shelf.slug] = row
    path.write_text(json.dumps(kept), encoding="utf-8")
    report = again(shelf)
    assert (report.is_good, report.unchanged) == (True, 1)


def test_a_library_that_cannot_be_written_is_checked_all_the_same(shelf: Shelf) -> None:
    (shelf.root / NOTE).unlink(missing_ok=True)
    (shelf.root / NOTE).mkdir(parents=True)
    assert again(shelf).is_good
    assert list((shelf.root / NOTE).parent.glob(".checked.json*")) == []


def test_roots_that_are_not_there_are_told(shelf: Shelf) -> None:
    lost = replace(shelf, settings=shelf.settings.with_flags(c2pa__anchors="keys/lost.pem"))
    with pytest.raises(SettingsError, match=r"lost\.pem, cannot be read"):
        again(lost)


def test_a_twin_of_a_good_episode_is_told_each_time(shelf: Shelf) -> None:
    other = next(audit.slug for audit in again(shelf).verdicts if audit.slug != shelf.slug)
    guid = json.loads((shelf.root / "episodes" / f"{other}.json").read_text(encoding="utf-8"))["guid"]
    shelf.change(lambda manifest: manifest.update(guid=guid))
    for _ in range(2):
        faults = [fault.message for audit in again(shelf).verdicts for fault in audit.faults]
        assert any("It has the GUID of" in message for message in faults)


def test_side_by_side_the_same_is_found_in_the_same_order(shelf: Shelf) -> None:
    publish(shelf.root, shelf.settings)
    shelf.path(".words.json").unlink()
    assert audit(shelf.root, shelf.settings, jobs=4) == audit(shelf.root, shelf.settings)
