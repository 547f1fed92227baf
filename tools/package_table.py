"""The table of packages in docs/architecture.md: what each does, and which others it may import."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tools import markdown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs" / "architecture.md"
_BEGIN = "<!-- Made by `make docs-pages` of the packages' docstrings and tests/test_architecture.py. -->"
_END = "<!-- End of what is made. -->"
_TABLE = re.compile(f"(?<={re.escape(_BEGIN)}\n).*?(?={re.escape(_END)})", re.DOTALL)


def page() -> str:
    """Return the page with its table as it should be; the rest of it is written by hand.

    Raises:
        ValueError: the page has no place for a table.
    """
    text = PAGE.read_text(encoding="utf-8")
    if not _TABLE.search(text):
        raise ValueError(f"{PAGE} has no table between the comments that mark it.")
    # Here, as the test imports the tools.
    from tests.test_architecture import EPISODES_MAY_IMPORT, MAY_IMPORT

    packages = markdown.table(("package", "what it does", "may import of ours"), _rows(MAY_IMPORT))
    parts = markdown.table(
        ("part of `episodes`", "what it does", "may import of the others"), _rows(EPISODES_MAY_IMPORT, "episodes/")
    )
    made = "\n".join([*packages, "", *parts]) + "\n"
    return _TABLE.sub(lambda _: f"\n{made}\n", text)


def _rows(table: Mapping[str, Collection[str] | None], folder: str = "") -> Iterator[tuple[str, str, str]]:
    for name, allowed in table.items():
        others = "everything" if allowed is None else ", ".join(f"`{other}`" for other in sorted(allowed)) or "nothing"
        yield f"`{name}`", first_sentence(folder + name), others


def first_sentence(name: str) -> str:
    """Return the first paragraph of the docstring of a package or module of ours."""
    path = PROJECT / "audiogen" / name
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0]
