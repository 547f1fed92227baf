"""Each way of installing the wheel, really gone: what `audiogen doctor` says is to be done does it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.clean.console import Shell

    Sure = Callable[..., str]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tools(workshop: Path, python: Path, sure: Sure) -> Path:
    """pipx and uv, in an environment of their own."""
    sure(f"python3 -m venv {workshop}/tools", None, python)
    sure(f"{workshop}/tools/bin/pip install -q pipx uv")
    return workshop / "tools" / "bin"


def remedy(message: str, thing: str) -> str:
    """What doctor says is to be done about a thing."""
    found = re.search(rf"^--  {thing} .*  ->  (.*)$", message, re.MULTILINE)
    assert found, message
    return found.group(1)


def with_pip(
    shell: Shell, wheel: Path, tools: Path, make_environment: Callable[[str], Path], python: Path, sure: Sure
) -> None:
    shell.variables["PATH"] = f"{make_environment('by-pip')}:{shell.variables['PATH']}"


def with_pipx(
    shell: Shell, wheel: Path, tools: Path, make_environment: Callable[[str], Path], python: Path, sure: Sure
) -> None:
    shell.variables["PATH"] = f"{shell.variables['HOME']}/.local/bin:{tools}:{python}:{shell.variables['PATH']}"
    sure(f"pipx install --python {python}/python3 {wheel}", shell)


def with_uv_tool(
    shell: Shell, wheel: Path, tools: Path, make_environment: Callable[[str], Path], python: Path, sure: Sure
) -> None:
    shell.variables["PATH"] = f"{shell.variables['HOME']}/.local/bin:{tools}:{python}:{shell.variables['PATH']}"
    sure(f"uv tool install --python {python}/python3 {wheel}", shell)


@pytest.mark.parametrize(
    ("install", "begins"),
    [
        (with_pip, "pip install "),
        (with_pipx, "pipx inject audiogen-articles "),
        (with_uv_tool, "uv tool install --with "),
    ],
    ids=["pip", "pipx", "uv tool"],
)
def test_what_doctor_says_is_missing_is_there_after_the_command_it_gives(
    install: Callable[..., None],
    begins: str,
    new_home: Callable[..., Shell],
    wheel: Path,
    tools: Path,
    make_environment: Callable[[str], Path],
    python: Path,
    sure: Sure,
) -> None:
    shell = new_home()
    install(shell, wheel, tools, make_environment, python, sure)
    for extra in ("c2pa", "dask"):
        command = remedy(sure("audiogen doctor", shell), extra)
        assert command.startswith(begins)
        sure(command, shell)
    result = sure("audiogen doctor", shell)
    assert re.search(r"^ok  c2pa ", result, re.MULTILINE), "what was added first is still there"
    assert re.search(r"^ok  dask ", result, re.MULTILINE)


def test_the_former_distribution_is_told_and_taken_away_by_the_commands_that_doctor_gives(
    new_home: Callable[..., Shell],
    clone: Path,
    workshop: Path,
    make_environment: Callable[[str], Path],
    sure: Sure,
) -> None:
    """Its files lie where ours do: taking it away takes ours too, which the second command puts in place again."""
    shell = new_home(make_environment("by-both-names"))
    sure(f"cp -r {clone} {workshop}/former", shell)
    sure(f"sed -i 's/^name = .*/name = \"audiogen\"/' {workshop}/former/pyproject.toml", shell)
    sure(f"pip install -q --no-deps {workshop}/former", shell)
    sure(remedy(sure("audiogen doctor", shell), "audiogen"), shell)
    result = sure("audiogen doctor", shell)
    assert "former name" not in result
    assert sure(f"audiogen text {clone}/examples/harbor-ledger.html", shell).startswith("Grain ships leave")
