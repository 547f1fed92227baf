"""What `make mutation` asks of the suite, tried without Cosmic Ray, which is not there on every system."""

from __future__ import annotations

import pytest

from tools.mutation import PACKAGES, ROOT, lines_of_types, named_tests

MODULES = [str(module.relative_to(ROOT)) for package in PACKAGES for module in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_tests_that_its_mutants_are_tried_by(module: str) -> None:
    tests = named_tests(module)
    assert tests
    assert all((ROOT / test).is_file() for test in tests)


def test_a_module_is_tried_by_the_file_of_its_name() -> None:
    assert named_tests("audiogen/cleaner/text/rules.py") == ["tests/cleaner/text/test_rules.py"]
    assert named_tests("audiogen/narration/languages/de/german.py") == ["tests/narration/languages/test_de.py"]


def test_lines_that_only_types_are_checked_by_are_left_alone() -> None:
    source = "if TYPE_CHECKING:\n    import re\n\n\ndef one(\n    number: int | None,\n) -> int | None:\n    return 1\n"
    assert lines_of_types(source) == {1, 2, 5, 6, 7}
