"""docs/python.md runs as it stands."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


@pytest.mark.slow
def test_every_example_of_the_python_page_gives_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").mkdir()
    for example in (*EXAMPLES.glob("*.html"), *EXAMPLES.glob("*.txt")):
        shutil.copy(example, tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )
    assert (results.failed, results.attempted >= 20) == (0, True)
