"""A manifest of the wrong shape is told by the key at fault, before anything else looks at it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.episodes.manifest import FORMAT
from audiogen.episodes.shape import shape_faults
from tests.podcast.libraries import manifest

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = manifest("river")


def changed(edit: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    broken = copy.deepcopy(GOOD)
    edit(broken)
    return broken


def test_a_good_manifest_has_no_fault() -> None:
    assert shape_faults(GOOD, "river") == []


@pytest.mark.parametrize("value", [None, [], "river", 3, True], ids=repr)
def test_what_is_no_object_is_told(value: object) -> None:
    assert shape_faults(value, "river") == ["Its manifest is not a JSON object."]


#: Every key that the other checks rely on, by section.
KEYS = {
    "": "format guid slug article audio disclosure script",
    "article": "title authors site url",
    "audio": "file type bytes sha256 duration",
    "disclosure": "text place source_type",
    "utterances": "total spoken",
}
PLACES = [(section, key) for section, keys in KEYS.items() for key in keys.split()]


@pytest.mark.parametrize(("section", "key"), PLACES, ids=lambda value: str(value) or "top")
def test_a_key_that_is_missing_is_named(section: str, key: str) -> None:
    broken = changed(lambda m: (m[section] if section else m).pop(key))
    wanted = f"{section}.{key}".lstrip(".")
    assert any(fault.startswith(f"Its manifest lacks {wanted}") for fault in shape_faults(broken, "river"))


@pytest.mark.parametrize(("section", "key"), PLACES, ids=lambda value: str(value) or "top")
@pytest.mark.parametrize("value", [None, {"a": {}}], ids=["null", "another kind"])
def test_a_value_of_the_wrong_kind_is_named(section: str, key: str, value: object) -> None:
    broken = changed(lambda m: (m[section] if section else m).update({key: value}))
    assert any(f"{section}.{key}".lstrip(".") in fault for fault in shape_faults(broken, "river"))


@pytest.mark.parametrize("section", [name for name in KEYS if name])
def test_a_section_that_is_no_table_is_named_once(section: str) -> None:
    faults = shape_faults(changed(lambda m: m.update({section: "x"})), "river")
    assert f"Its manifest lacks {section}." in faults


@pytest.mark.parametrize("key", ["written", "spoken", "role", "start", "end"])
@pytest.mark.parametrize("number", [0, 5])
def test_a_line_that_lacks_a_key_is_named_by_its_number(number: int, key: str) -> None:
    faults = shape_faults(changed(lambda m: m["script"][number].pop(key)), "river")
    assert faults == [f"Its manifest lacks script[{number}].{key}, or it is of the wrong kind."]


@pytest.mark.parametrize("line", [None, "The dam closes", 3, []], ids=repr)
def test_a_line_that_is_no_object_is_named(line: object) -> None:
    faults = shape_faults(changed(lambda m: m["script"].insert(1, line)), "river")
    assert faults == ["Its manifest lacks script[1]."]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"slug": "lake"}, "of another episode, lake."),
        ({"format": FORMAT + 1}, f"has format {FORMAT + 1}; this version knows {FORMAT}."),
        ({"disclosure": {**GOOD["disclosure"], "place": "middle"}}, "has the disclosure at 'middle'."),
    ],
    ids=["slug", "format", "place"],
)
def test_a_value_that_cannot_be_is_told(edit: dict[str, Any], says: str) -> None:
    (fault,) = shape_faults(changed(lambda m: m.update(edit)), "river")
    assert fault.endswith(says)


@pytest.mark.parametrize("place", ["start", "end", "both", "none"])
def test_the_places_of_a_disclosure_are_known(place: str) -> None:
    assert shape_faults(changed(lambda m: m["disclosure"].update(place=place)), "river") == []


def test_an_episode_without_lines_has_the_right_shape() -> None:
    """That nothing is spoken is for the check of utterances to tell."""
    assert shape_faults(changed(lambda m: m.update(script=[])), "river") == []


@pytest.mark.parametrize("name", ["../river.mp3", "/etc/river.mp3", "a/b.mp3", "..", ""])
def test_a_sound_outside_the_folder_of_episodes_is_refused(name: str) -> None:
    """A library comes from anywhere; its manifests must not make us read other files of this machine."""
    (fault,) = shape_faults(changed(lambda m: m["audio"].update(file=name)), "river")
    assert fault == f"Its manifest names the sound {name!r}, which is no file beside it."


@pytest.mark.parametrize("number", [True, float("nan"), float("inf"), -1.0], ids=str)
@pytest.mark.parametrize("key", ["start", "end"])
def test_a_time_that_is_none_is_refused(key: str, number: float) -> None:
    (fault,) = shape_faults(changed(lambda m: m["script"][2].update({key: number})), "river")
    assert fault.startswith(f"Its manifest lacks script[2].{key}")
