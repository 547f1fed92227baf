"""The workflows of the repository's host say what the project says elsewhere. They can't be run here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def pythons() -> set[str]:
    """The versions of Python that the project names."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {found.group(1) for line in project["classifiers"] if (found := re.search(r":: (3\.\d+)$", line))}


@pytest.mark.parametrize("job", ["linux", "others"])
def test_every_python_that_is_named_is_tried(job: str) -> None:
    assert set(load("ci.yml")["jobs"][job]["strategy"]["matrix"]["python"]) == pythons()


def test_all_three_systems_are_tried_and_linux_as_here() -> None:
    jobs = load("ci.yml")["jobs"]
    assert jobs["others"]["strategy"]["matrix"]["system"] == ["macos-latest", "windows-latest"]
    assert jobs["linux"]["steps"][-1]["run"] == ".ci/run"
    assert (PROJECT / ".ci" / "run").exists() or not (PROJECT / ".git").exists()


def test_a_release_has_no_key_and_only_the_step_that_publishes_may_say_who_it_is() -> None:
    jobs = load("release.yml")["jobs"]
    assert jobs["publish"]["permissions"] == {"contents": "read", "id-token": "write"}
    assert "secrets." not in (FOLDER / "release.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_makes_of_make_and_of_other_workflows_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"run: make ([a-z-]+)", text)) <= targets
    assert all((PROJECT / used).exists() for used in re.findall(r"uses: (\./\S+)", text))
    assert load(path.name)["permissions"] == {"contents": "read"}
