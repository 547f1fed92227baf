"""Mutation testing of the cleaner and the narrator: do their tests notice a small fault in the code?

A mutant is one module with one small change, by Cosmic Ray's operators: another comparison, a number one higher or
lower, `and` for `or`, an added `not`, a loop that never runs. A sample of them, chosen by a seed, is tested in a copy
of the project, each by the tests of its module. A mutant survives if these tests pass: either a test is missing, or
the mutant is equivalent to the code, which the reader of the list must decide. Needs `fork`: Linux or macOS.

    python -m tools.mutation --sample 150 --seed 16
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
#: The packages that are mutated.
PACKAGES = ("audiogen/cleaner", "audiogen/narration")
#: What a copy of the project needs for its tests.
COPIED = (
    "audiogen",
    "tests",
    "examples",
    "benchmarks",
    "tools",
    "fuzz",
    "voices",
    "docs",
    "pyproject.toml",
    "README.md",
)
#: The operators of Cosmic Ray that are used: plausible small faults, not those that always crash.
OPERATORS = (
    "NumberReplacer", "AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop", "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_USub_UAdd", "ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_Mul_Add", "ReplaceBinaryOperator_FloorDiv_Mul", "ReplaceBinaryOperator_Mod_Mul",
    "ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq", "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_Lt_GtE", "ReplaceComparisonOperator_LtE_Lt", "ReplaceComparisonOperator_LtE_Gt",
    "ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_Gt_LtE", "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_GtE_Lt", "ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is",
)  # fmt: skip
#: Timeout, in seconds, of the tests of one mutant; longer ones are in an endless loop.
LONGEST = 900


@dataclass(frozen=True, order=True)
class Mutant:
    """One change of one module."""

    #: The module's path in the project.
    module: str
    operator: str
    #: Index of the occurrence that the operator changes, from 0.
    occurrence: int
    #: The line that is changed, from 1.
    line: int


@dataclass(frozen=True)
class Verdict:
    """The result of a mutant's tests."""

    mutant: Mutant
    killed: bool
    before: str
    after: str


def mutants(module: Path) -> list[Mutant]:
    """List all mutants of a module, except those of annotations and docstrings."""
    from cosmic_ray.ast import ast_nodes, get_ast

    source = module.read_text(encoding="utf-8")
    nodes = list(ast_nodes(get_ast(source)))
    unmeant = lines_of_types(source)
    found = []
    for name, operator in _operators().items():
        positions = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        path = str(module.relative_to(ROOT))
        found += [Mutant(path, name, place, line) for place, (line, _) in enumerate(positions) if line not in unmeant]
    return found


@cache
def _operators() -> dict[str, Any]:
    from cosmic_ray.plugins import get_operator

    return {name: get_operator(f"core/{name}")() for name in OPERATORS}


def lines_of_types(source: str) -> set[int]:
    """Return the lines that only type checkers use: signatures, imports for types."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            lines.update(range(node.lineno, node.body[0].lineno) if node.returns else ())
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def mutated(source: str, mutant: Mutant) -> str | None:
    """Return the module's text with the change; None if the operator changes nothing there."""
    from cosmic_ray.mutating import mutate_code

    changed: str | None = mutate_code(source, _operators()[mutant.operator], mutant.occurrence)
    return changed


def named_tests(module: str) -> list[str]:
    """Return the tests of a module: the test file of its name, and that of its language; else those of its folder.

    >>> named_tests("audiogen/narration/languages/european/dates.py")[0]
    'tests/narration/languages/european/test_dates.py'
    """
    path = Path(module)
    inside = path.parent.relative_to("audiogen")
    folder = Path("tests") / inside
    languages = Path("tests/narration/languages")
    if inside.parent.name == "languages":
        folder = {"en": languages / "english"}.get(inside.name, languages / "european")
    own = [
        folder / f"test_{path.stem}.py",
        folder.parent / f"test_{inside.name}.py",
        languages / f"test_{inside.name}.py",
    ]
    existing = dict.fromkeys(str(one) for one in own if (ROOT / one).exists())
    return list(existing) or [str(one.relative_to(ROOT)) for one in _files(folder) or _files(folder.parent)]


def _files(folder: Path) -> list[Path]:
    return sorted((ROOT / folder).glob("test_*.py"))


class MutantTester:
    """A copy of the project in which one mutant at a time is tested."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: Tests that passed on the unchanged code.
        self.passing: set[tuple[str, ...]] = set()
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder / name)

    def kills(self, mutant: Mutant, changed: str) -> bool:
        """Return whether the tests of its module fail with *mutant*."""
        module = self.folder / mutant.module
        original = module.read_text(encoding="utf-8")
        try:
            self._write(module, changed)
            killed = self._fails(named_tests(mutant.module))
        finally:
            self._write(module, original)
        if killed:
            self._check_unchanged(named_tests(mutant.module))
        return killed

    def _check_unchanged(self, tests: list[str]) -> None:
        """Raise an error if *tests* fail on the unchanged code: they would kill every mutant."""
        if tuple(tests) in self.passing:
            return
        if self._fails(tests):
            raise click.ClickException(f"Without a mutant these tests fail in a copy of the project: {' '.join(tests)}")
        self.passing.add(tuple(tests))

    def _write(self, module: Path, text: str) -> None:
        """Write a module and delete its bytecode: both may have the modification time of the same second."""
        module.write_text(text, encoding="utf-8")
        for compiled in (module.parent / "__pycache__").glob(f"{module.stem}.*.pyc"):
            with contextlib.suppress(FileNotFoundError):
                compiled.unlink()

    def _fails(self, tests: list[str]) -> bool:
        """Run *tests* in a fork of this process, which has already imported their dependencies."""
        child = multiprocessing.get_context("fork").Process(target=_run, args=(self.folder, tests))
        child.start()
        child.join(LONGEST)
        if child.is_alive():
            child.kill()
            child.join()
        return child.exitcode != 0


def _run(folder: Path, tests: list[str]) -> None:
    import pytest

    os.chdir(folder)
    sys.path[:] = [str(folder), *(entry for entry in sys.path if Path(entry or ".").resolve() != ROOT)]
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", *tests])
    os._exit(int(code))


def _load_beforehand() -> None:
    """Import the dependencies of the tests, but not the project, so that they are not imported for each mutant."""
    for name in ("pytest", "hypothesis", "lxml.html", "numpy", "regex"):
        importlib.import_module(name)


def chosen(sample: int, seed: int) -> list[Mutant]:
    """Return a random *sample* of the mutants of both packages, the same for the same seed and code."""
    modules = sorted(module for package in PACKAGES for module in (ROOT / package).rglob("*.py"))
    return random.Random(seed).sample([mutant for module in modules for mutant in mutants(module)], sample)


def tried(mutant: Mutant, workshop: MutantTester) -> Verdict | None:
    """Test one mutant; None if its code is unchanged."""
    source = (ROOT / mutant.module).read_text(encoding="utf-8")
    changed = mutated(source, mutant)
    if changed is None or ast.dump(ast.parse(changed)) == ast.dump(ast.parse(source)):
        return None
    pairs = zip(source.splitlines(), changed.splitlines(), strict=False)
    before, after = next(((old, new) for old, new in pairs if old != new), ("", ""))
    return Verdict(mutant, workshop.kills(mutant, changed), before.strip(), after.strip())


def verdicts(sample: list[Mutant]) -> Iterator[Verdict]:
    """Yield the verdict on each mutant, in the order of the sample."""
    _load_beforehand()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        workshop = MutantTester(Path(folder))
        for mutant in sample:
            if (verdict := tried(mutant, workshop)) is not None:
                yield verdict


@click.command()
@click.option("--sample", default=150, show_default=True, help="How many mutants are tried.")
@click.option("--seed", default=16, show_default=True, help="Chooses them.")
@click.option("--part", default="1/1", show_default=True, help="Which part of the sample, of how many: 2/3.")
@click.option("--module", "named", default="", help="Only those of modules whose path holds this.")
@click.option("--goal", default=0, show_default=True, help="Fail where fewer per cent are killed.")
def main(sample: int, seed: int, part: str, named: str, goal: int) -> None:
    """Test a sample of mutants, and print those that survive."""
    first, of = map(int, part.split("/"))
    mine = [mutant for mutant in chosen(sample, seed)[first - 1 :: of] if named in mutant.module]
    killed = lived = 0
    for verdict in verdicts(mine):
        killed += verdict.killed
        lived += not verdict.killed
        if not verdict.killed:
            one = verdict.mutant
            click.echo(f"{one.module}:{one.line} {one.operator}\n  - {verdict.before}\n  + {verdict.after}")
    share = 100 * killed / max(1, killed + lived)
    click.echo(f"{killed} of {killed + lived} killed, {share:.1f} %")
    if share < goal:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
