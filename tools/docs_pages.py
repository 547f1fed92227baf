"""Pages of docs/ that are made of the source: `python -m tools.docs_pages` writes them anew.

What the source says of settings, commands and packages stands there alone. A test (`tests/test_docs_pages.py`) compares
the pages that are in the repository with what would be written.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools import api_page, command_page, package_table, settings_page

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"

#: Pages, and what makes the text of each.
PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page.page,
    "commands.md": command_page.page,
    "architecture.md": package_table.page,
    "api.md": api_page.page,
}


def stale() -> list[str]:
    """Name the pages whose text is not what the source says."""
    return [name for name, make in PAGES.items() if _text(DOCS / name) != make()]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> None:
    """Write the pages that are stale, and print their names; with `--check` write none, and end with 1."""
    names = stale()
    for name in names:
        if "--check" not in sys.argv:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
        print(f"docs/{name}")
    sys.exit(1 if names and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()
