"""The other pages' console blocks, gone through as they are written, by somebody who has a library already.

That the wheel installs, and begins with nothing, is the subject of `test_documents`. Here the copy of the tests speaks,
with eSpeak NG, in a home with saved pages and a library of two episodes.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.clean.console import Shell, clean_variables, fits, steps_of

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent.parent / "docs"
#: Pages that `test_documents` goes through.
ELSEWHERE = {"first-evening.md"}
PAGES = [
    page
    for page in sorted(DOCS.glob("*.md"))
    if page.name not in ELSEWHERE and steps_of(page.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory, clone: Path) -> Path:
    """A home with saved pages and a library, and a copy of it: libraries know the paths of their sources."""
    home = tmp_path_factory.mktemp("settled") / "home"
    (home / "saved").mkdir(parents=True)
    for example in (*clone.glob("examples/*.html"), *clone.glob("examples/*.txt")):
        shutil.copy(example, home / "saved")
    shell = _shell(home, clone)
    for command in (
        'audiogen init ~/Podcasts/articles --title "My reading list" --yes',
        "audiogen batch ~/saved -o ~/Podcasts/articles",
    ):
        code, printed = shell.run(command)
        assert code == 0, printed
    shutil.copytree(home, home.with_name("copy"))
    return home


def _shell(home: Path, folder: Path) -> Shell:
    return Shell(folder, clean_variables(home, Path(sys.executable).parent) | {"AUDIOGEN_VOICE": "espeak"})


def test_there_are_pages_with_commands() -> None:
    assert len(PAGES) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_true_from_its_first_command_to_the_last(
    page: Path, settled: Path, clone: Path, tmp_path: Path
) -> None:
    shutil.rmtree(settled)
    shutil.copytree(settled.with_name("copy"), settled)
    shutil.copytree(clone / "examples", tmp_path / "examples")
    shell = _shell(settled, tmp_path)
    for step in steps_of(page.read_text(encoding="utf-8")):
        code, printed = shell.run(step.command)
        where = f"{page.name}, line {step.line}: $ {step.command}\nended with {code} and printed\n{printed}"
        assert fits(step.expected, printed), where
        assert code == 0 or (code == 1 and step.command.startswith("audiogen lexicon check")), where
