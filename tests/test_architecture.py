"""The walls of the house, held by reading the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import docs_pages

PACKAGE = Path(__file__).parent.parent / "audiogen"

#: What each room may import of ours besides itself; None is everything.
MAY_IMPORT: dict[str, set[str] | None] = {
    "model": set(),
    "errors": set(),
    "installation": {"untrusted"},
    "language": set(),
    "untrusted": set(),
    "temporary": set(),
    "trust": set(),
    "settings": {"errors", "trust", "untrusted"},
    "readers": {"model", "errors", "installation", "language", "untrusted"},
    "sources": {"model", "errors", "temporary", "untrusted"},
    "cleaner": {"model", "errors", "language", "untrusted"},
    "narration": {"model", "errors", "language", "untrusted"},
    "engines": {"model", "errors", "installation", "temporary", "trust", "untrusted"},
    "assembler": {"model", "errors", "installation", "artwork"},
    "artwork": set(),
    "disclosure": {"model"},
    "digests": {"model", "settings"},
    "identity": {"model", "untrusted"},
    "shape": {"manifest"},
    "state": {"errors", "shape"},
    "library": {"errors", "model", "identity", "shape", "state", "temporary", "trust", "untrusted"},
    "edits": {"errors", "library", "model", "state"},
    "keeping": {"library", "model", "untrusted"},
    "recognition": {"model", "digests", "identity", "library"},
    "remote": {"errors", "installation", "library", "state", "temporary"},
    "manifest": {"model", "untrusted"},
    "podcast": {
        "model", "errors", "shape", "settings", "library", "manifest", "artwork", "state", "trust", "untrusted",
    },
    "covers": {"model", "artwork", "untrusted"},
    "finishing": {"model", "errors", "settings", "manifest", "assembler", "podcast", "covers", "untrusted"},
    "audit": {
        "errors", "shape", "installation", "settings", "disclosure", "manifest", "assembler", "podcast", "finishing",
        "edits", "library", "state",
    },
    "listening": {"model", "errors", "installation", "settings", "narration", "engines", "assembler", "audit", "shape"},
    "queue": {"podcast", "state"},
    "episodes": {
        "edits", "engines", "errors", "identity", "keeping", "library", "manifest", "model", "narration", "podcast",
        "production", "queue", "remote", "settings", "shape", "state",
    },
    "exporting": {"errors", "podcast"},
    "production": {
        "model", "errors", "settings", "readers", "cleaner", "narration", "engines", "assembler", "disclosure",
        "library", "digests", "identity", "recognition", "manifest", "finishing", "remote", "listening", "state",
        "edits", "keeping", "temporary",
    },
    "batch": {
        "model", "errors", "installation", "settings", "sources", "library", "digests", "identity", "recognition",
        "manifest", "shape", "production", "finishing", "assembler", "remote", "state", "edits", "temporary",
        "untrusted",
    },
    "server": {
        "model", "errors", "settings", "sources", "identity", "library", "recognition", "production", "batch",
        "podcast", "remote", "untrusted", "state", "episodes", "edits",
        # For names of voices, words and the disclosure's sentence on the app's pages; nothing here speaks.
        "engines", "narration", "disclosure",
    },
    "cli": None,
}  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of_ours(path: Path) -> set[str]:
    """The rooms that a module imports, wherever in it and however late."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "audiogen" else [f"audiogen.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("audiogen.")}
    return found - {"__version__"}


ROOMED = [path for path in sorted(PACKAGE.rglob("*.py")) if MAY_IMPORT.get(room_of(path)) is not None]


@pytest.mark.parametrize("path", ROOMED, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_knows_nothing_of_its_neighbours(path: Path) -> None:
    allowed = MAY_IMPORT[room_of(path)]
    assert allowed is not None
    assert imports_of_ours(path) - {room_of(path)} <= allowed


#: What each part of the cleaner may import of its other parts; its modules that no folder holds are `shared`.
CLEANER_MAY_IMPORT: dict[str, set[str]] = {
    "html": {"shared", "models"},
    "text": {"shared", "models"},
    "models": set(),
    "shared": set(),
}
#: A mail is a page, or a letter.
CHOOSING = "mail.py"


def part_of_cleaner(name: str) -> str:
    part = name.split(".")[2] if name.count(".") > 1 else "shared"
    return part if part in CLEANER_MAY_IMPORT else "shared"


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "cleaner").rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_a_part_of_the_cleaner_knows_only_what_all_of_them_share(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    used = {part_of_cleaner(name) for name in modules if name.startswith("audiogen.cleaner")}
    own = part_of_cleaner(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    assert path.name == CHOOSING or used - {own} <= CLEANER_MAY_IMPORT[own]


def test_addresses_are_taken_apart_in_one_place() -> None:
    """The standard library's functions raise on what pages and exports hold; `untrusted` has those that do not."""
    raising = re.compile(r"\b(?:urlsplit|urlparse|urljoin)\b")
    assert [path.name for path in PACKAGE.rglob("*.py") if raising.search(path.read_text(encoding="utf-8"))] == [
        "untrusted.py"
    ]


def test_nothing_but_the_command_line_imports_it() -> None:
    others = [path for path in PACKAGE.rglob("*.py") if room_of(path) not in ("cli", "__main__")]
    assert [path for path in others if "cli" in imports_of_ours(path)] == []


#: Libraries too slow to load before they are needed.
HEAVY = (
    "numpy", "lxml", "trafilatura", "onnxruntime", "pydub", "mutagen", "pyttsx3", "rich", "soxr", "lameenc",
    "num2words", "httpx", "PIL", "feedparser", "protego", "watchfiles", "starlette", "uvicorn", "distributed",
    "charset_normalizer", "fsspec", "s3fs", "py3langid", "hibari", "faster_whisper", "ctranslate2",
    "argon2", "prometheus_client", "python_multipart", "regex",
)  # fmt: skip


def modules_after(code: str) -> set[str]:
    report = f"{code}\nimport sys; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import audiogen",
        "from audiogen.cli import cli\ntry: cli(['--help'])\nexcept SystemExit: pass",
        "import audiogen.settings, audiogen.model, audiogen.errors, audiogen.library",
        "import audiogen; audiogen.normalize('Plain words.')",
    ],
    ids=["import", "--help", "nouns", "normalize"],
)
def test_no_heavy_library_is_loaded_before_it_is_needed(code: str) -> None:
    assert modules_after(code) & set(HEAVY) == set()


def test_the_pages_that_are_made_of_the_source_say_what_it_says() -> None:
    """Settings and commands stand in the source alone; a change of them renews their pages of docs/."""
    assert docs_pages.stale() == [], "`make docs-pages` (python -m tools.docs_pages) writes these pages anew"
