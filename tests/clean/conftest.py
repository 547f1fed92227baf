"""A machine on which audiogen was never installed, as far as that can be had here: a home with nothing in it, a copy of
the project as a clone of it is, and environments made from the built wheel, with dependencies from the index.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clean.console import Shell, clean_variables

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all that is made once; what was downloaded is kept in it as well."""
    return tmp_path_factory.mktemp("clean")


@pytest.fixture(scope="session")
def python(workshop: Path) -> Path:
    """A folder of programs with nothing but `python3`, the one that the tests' own environment was made with."""
    folder = workshop / "python"
    folder.mkdir()
    (folder / "python3").symlink_to(Path(getattr(sys, "_base_executable", sys.executable)).resolve())
    return folder


@pytest.fixture(scope="session")
def clone(workshop: Path) -> Path:
    """The project as a clone has it: what git knows of, or will, and nothing that was made here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file() and not name.startswith(("tests/", "training/", "benchmarks/")):
            (workshop / "audiogen" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, workshop / "audiogen" / name)
    return workshop / "audiogen"


@pytest.fixture(scope="session")
def new_home(workshop: Path) -> Callable[..., Shell]:
    """Begin as a person with an empty home, and the given folders of programs in the path."""
    number = iter(range(100))

    def begin(*programs: Path) -> Shell:
        home = workshop / f"home-{next(number)}"
        home.mkdir()
        variables = clean_variables(home, *programs)
        variables |= {"PIP_CACHE_DIR": str(workshop / "pip"), "UV_CACHE_DIR": str(workshop / "uv")}
        return Shell(home, variables)

    return begin


@pytest.fixture(scope="session")
def sure(new_home: Callable[..., Shell]) -> Callable[..., str]:
    """Run a command that must succeed, in a shell of its own unless one is given; give what it printed."""

    def run(command: str, shell: Shell | None = None, *programs: Path) -> str:
        code, printed = (shell or new_home(*programs)).run(command)
        assert code == 0, f"$ {command}\n{printed}"
        return printed

    return run


@pytest.fixture(scope="session")
def wheel(workshop: Path, clone: Path, python: Path, sure: Callable[..., str]) -> Path:
    """The wheel that is built of the clone."""
    sure(f"python3 -m venv {workshop}/builder", None, python)
    sure(f"{workshop}/builder/bin/pip wheel -q --no-deps -w {workshop}/dist {clone}")
    (built,) = (workshop / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def make_environment(workshop: Path, wheel: Path, python: Path, sure: Callable[..., str]) -> Callable[[str], Path]:
    """Make an environment that has the wheel and what it asks the index for; give the folder of its programs."""

    def make(name: str) -> Path:
        sure(f"python3 -m venv {workshop / name}", None, python)
        sure(f"{workshop / name}/bin/pip install -q {wheel}")
        return workshop / name / "bin"

    return make
