"""How well pages written for the project are cleaned: the same figures as for real ones, held by `floors.json`.

A page that is not yet right says in its expected file, under "hard", what is hard about it. It counts like the others,
so that the floors lie below 1 and can rise; one that has become right is hard no more, and a test says so.

`python -m tests.quality.scores` prints them; `--pin` raises the floors to them, and refuses to lower one unless
`--lower` names it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from audiogen.cleaner import clean
from audiogen.errors import NotAnArticleError
from audiogen.readers import read

FOLDER = Path(__file__).parent
FLOORS = FOLDER / "floors.json"
#: Kinds of source and how their files end.
KINDS = {"html": ".html", "text": ".txt"}


@dataclass(frozen=True, slots=True)
class Case:
    """A source and what is expected of it: title, dek, heard lines, and lines that are removed with their reasons."""

    path: Path

    @property
    def name(self) -> str:
        """Give the case's name."""
        return self.path.stem

    @property
    def expected(self) -> dict[str, Any]:
        """Load what is expected."""
        loaded: dict[str, Any] = json.loads(
            self.path.with_name(f"{self.name}.expected.json").read_text(encoding="utf-8")
        )
        return loaded

    @property
    def hard(self) -> str:
        """Say what about the case is not right yet; "" where everything is."""
        return str(self.expected.get("hard", ""))

    @property
    def lines(self) -> list[str]:
        """Give the lines that are to be heard."""
        return [str(line) for line in self.expected["heard"]]

    @property
    def reasons(self) -> dict[str, str]:
        """Give the lines whose reason in the ledger matters."""
        return {line: reason for line, reason in self.expected["removed"].items() if reason}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case."""

    leaks: tuple[str, ...]
    lost: tuple[str, ...]
    #: Lines whose reason in the ledger is another than expected.
    misnamed: tuple[str, ...]
    title: bool
    dek: bool

    @property
    def right(self) -> bool:
        """Tell whether everything heard is wanted and everything wanted is heard."""
        return not self.leaks and not self.lost and self.title and self.dek


def cases(kind: str) -> list[Case]:
    """List the cases of a kind by name."""
    return [Case(path) for path in sorted((FOLDER / kind).glob(f"*{KINDS[kind]}"))]


@cache
def judge(path: Path) -> Result:
    """Clean the page at *path* and compare."""
    case = Case(path)
    expected = case.expected
    page = read(path)
    try:
        article = clean(page)
    except NotAnArticleError:
        article = replace(page, title="", blocks=())
    heard = [block.text for block in article.blocks]
    wanted = case.lines
    reasons = {entry.block.text: entry.reason.value for entry in article.removed}
    return Result(
        leaks=tuple((Counter(heard) - Counter(wanted)).elements()),
        lost=tuple((Counter(wanted) - Counter(heard)).elements()),
        misnamed=tuple(
            f"{line}: {reasons.get(line)}" for line, reason in case.reasons.items() if reasons.get(line) != reason
        ),
        title=article.title == expected["title"],
        dek=article.dek == expected["dek"],
    )


def figures(kind: str) -> dict[str, float]:
    """Sum a kind up: shares of cases and lines, 1 where nothing is wrong."""
    results = [judge(case.path) for case in cases(kind)]
    lines = sum(len(case.lines) for case in cases(kind))
    named = sum(len(case.reasons) for case in cases(kind))
    count = max(1, len(results))
    return {
        "right": round(sum(result.right for result in results) / count, 4),
        "heard": round(1 - sum(len(result.lost) for result in results) / max(1, lines), 4),
        "clean": round(1 - sum(len(result.leaks) for result in results) / max(1, lines), 4),
        "reasons": round(1 - sum(len(result.misnamed) for result in results) / max(1, named), 4),
    }


def pin(lower: list[str]) -> int:
    """Raise the floors to the present figures; lower only those that are named. Gives the number that were refused."""
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    refused = 0
    for kind in KINDS:
        for name, value in figures(kind).items():
            key = f"{kind}.{name}"
            if value < floors.get(key, 0.0) and key not in lower:
                print(
                    f"{key} is {value}, below its floor of {floors[key]}: say --lower {key} to lower it",
                    file=sys.stderr,
                )
                refused += 1
            else:
                floors[key] = value
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    return refused


def main() -> None:
    """Print the figures and what is wrong, or pin the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--lower", nargs="*", default=[])
    arguments = parser.parse_args()
    for kind in KINDS:
        print(kind, figures(kind))
        for case in cases(kind):
            result = judge(case.path)
            if not result.right or result.misnamed:
                print(f"  {case.name}: {result}")
    if arguments.pin:
        sys.exit(pin(arguments.lower))


if __name__ == "__main__":
    main()
