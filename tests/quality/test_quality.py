"""The floors under what is heard of pages written for the project: they may rise, and fall only by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.quality import scores

if TYPE_CHECKING:
    from pathlib import Path

FLOORS = json.loads(scores.FLOORS.read_text())
PAGES = scores.cases("html")
HARD = [case for case in PAGES if case.hard]


@pytest.mark.parametrize("key", sorted(FLOORS))
def test_no_figure_is_below_its_floor(key: str) -> None:
    kind, _, name = key.partition(".")
    assert scores.figures(kind)[name] >= FLOORS[key]


@pytest.mark.parametrize("case", [case for case in PAGES if not case.hard], ids=lambda case: case.name)
def test_a_page_is_heard_to_the_line(case: scores.Case) -> None:
    result = scores.judge(case.path)
    assert (result.leaks, result.lost) == ((), ())


@pytest.mark.parametrize("case", HARD, ids=lambda case: case.name)
def test_a_page_that_has_become_right_is_hard_no_more(case: scores.Case) -> None:
    assert not scores.judge(case.path).right, f'take "hard" out of {case.name}.expected.json and pin the floors'


def test_the_floors_leave_room_to_rise_while_pages_are_hard() -> None:
    assert bool(HARD) == (FLOORS["html.right"] < 1)


def test_pages_of_every_language_are_among_them() -> None:
    languages = {case.expected["language"] for case in PAGES}
    assert languages >= {"en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"}


def test_a_floor_is_lowered_only_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"html.right": 2.0}))
    monkeypatch.setattr(scores, "FLOORS", floors)
    assert scores.pin([]) == 1
    assert json.loads(floors.read_text())["html.right"] == 2.0
    assert "--lower html.right" in capsys.readouterr().err
    assert scores.pin(["html.right"]) == 0
    assert json.loads(floors.read_text())["html.right"] <= 1.0
