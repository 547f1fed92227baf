"""Pauses by role, by how a sentence ends, and marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiogen.errors import SettingsError
from audiogen.model import Role
from audiogen.narration.packs import load_pack
from audiogen.narration.pauses import default_pauses
from audiogen.narration.speaking import spoken_and_aligned

PAUSES = default_pauses()


def test_every_role_has_a_pause_after_it() -> None:
    assert set(PAUSES.after) == set(Role)


def test_a_title_is_followed_by_the_longest_pause() -> None:
    assert max(PAUSES.after, key=lambda role: PAUSES.after[role]) is Role.TITLE


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("It rained.", "sentence"),
        ("Did it?", "question"),
        ('"Did it?"', "question"),
        ("It did!", "exclamation"),
        ("Wait…", "ellipsis"),
        ("Wait...", "ellipsis"),
        ("He said:", "colon"),
        ("no mark", "sentence"),
    ],
)
def test_between_sentences_the_ending_decides(written: str, name: str) -> None:
    assert PAUSES.following(written, Role.PARAGRAPH, last=False, next_role=None) == PAUSES.between[name]


def test_after_the_last_sentence_of_a_block_its_role_decides() -> None:
    pause = PAUSES.following("It rained.", Role.QUOTE, last=True, next_role=Role.PARAGRAPH)
    assert pause == PAUSES.after[Role.QUOTE]


def test_a_heading_wants_more_silence_before_it() -> None:
    before_heading = PAUSES.following("It rained.", Role.PARAGRAPH, last=True, next_role=Role.HEADING)
    assert before_heading == PAUSES.before[Role.HEADING] > PAUSES.after[Role.PARAGRAPH]


def test_the_longer_of_two_pauses_is_kept() -> None:
    pauses = replace(PAUSES, before={Role.HEADING: 0.1})
    assert pauses.following("It.", Role.TITLE, last=True, next_role=Role.HEADING) == pauses.after[Role.TITLE]


@pytest.mark.parametrize(
    ("marks", "spoken"),
    [
        ({}, "He (the mayor) left, late: at once, so..."),
        ({"dash": " -"}, "He, the mayor, left - late: at once, so..."),
        ({"bracket": ";"}, "He; the mayor; left, late: at once, so..."),
        ({"colon": ","}, "He, the mayor, left, late, at once, so..."),
        ({"ellipsis": ","}, "He, the mayor, left, late: at once, so,"),
    ],
    ids=["usual", "dash", "bracket", "colon", "ellipsis"],
)
def test_marks_are_those_of_the_show(marks: dict[str, str], spoken: str) -> None:
    pack = load_pack("en")
    assert pack is not None
    expected, *_ = spoken_and_aligned("He (the mayor) left — late: at once, so…", pack, marks=marks)
    assert expected == (spoken if marks else "He, the mayor, left, late: at once, so...")


@pytest.mark.parametrize(("length", "allowed"), [(0.0, True), (0.5, True), (-0.1, False)])
def test_a_pause_of_the_show_is_nothing_or_longer(length: float, allowed: bool) -> None:
    if allowed:
        assert PAUSES.adjusted({"title": length, "question": length}).after[Role.TITLE] == length
        assert PAUSES.adjusted({"question": length}).between["question"] == length
        return
    with pytest.raises(SettingsError, match="cannot be negative"):
        PAUSES.adjusted({"title": length})


def test_an_unknown_pause_is_named_with_those_that_are_known() -> None:
    with pytest.raises(SettingsError, match=r"no pause called 'coffee'; known are title"):
        PAUSES.adjusted({"coffee": 1.0})


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_a_pause_before_it_changes_none(role: Role) -> None:
    pauses = replace(PAUSES, before={Role.HEADING: 9.0}, after=dict.fromkeys(Role, 0.2))
    assert pauses.following("It.", role, last=True, next_role=Role.PARAGRAPH) == 0.2
    assert pauses.following("It.", role, last=True, next_role=None) == 0.2
    assert pauses.following("It.", role, last=True, next_role=Role.HEADING) == 9.0
