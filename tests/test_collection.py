"""Every process collects the same tests: pytest-xdist refuses to run tests whose names differ between its workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def collected(hash_seed: int) -> list[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300)
    return [line for line in done.stdout.splitlines() if "::" in line]


@pytest.mark.slow
def test_no_name_of_a_test_depends_on_the_clock_or_on_the_order_of_a_set() -> None:
    first, second = collected(1), collected(2)
    assert len(first) > 1000
    assert first == second
