"""The walls of the house, held by reading the source."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tools import docs_pages

PACKAGE = Path(__file__).parent.parent / "audiogen"

#: What each package may import of ours besides itself; None is everything.
MAY_IMPORT: dict[str, set[str] | None] = {
    "model": set(),
    "errors": {"untrusted"},
    "installation": {"untrusted"},
    "language": set(),
    "untrusted": set(),
    "retrying": set(),
    "temporary": set(),
    "private": set(),
    "trust": {"private"},
    "placeholders": {"errors"},
    "settings": {"errors", "placeholders", "trust", "untrusted"},
    "readers": {"model", "errors", "installation", "language", "untrusted"},
    "sources": {"model", "errors", "installation", "private", "retrying", "temporary", "untrusted"},
    "cleaner": {"model", "errors", "language", "placeholders", "untrusted"},
    "narration": {"model", "errors", "language", "untrusted"},
    "engines": {"model", "errors", "installation", "retrying", "temporary", "trust", "untrusted"},
    "assembler": {"model", "errors", "installation", "artwork", "untrusted"},
    "artwork": set(),
    "disclosure": {"model"},
    "episodes": {
        "model", "errors", "installation", "settings", "assembler", "artwork", "temporary", "trust", "untrusted",
    },
    "podcast": {"model", "errors", "settings", "disclosure", "episodes", "artwork", "trust", "untrusted"},
    "audit": {"errors", "installation", "settings", "disclosure", "assembler", "episodes", "podcast", "untrusted"},
    "listening": {
        "model", "errors", "installation", "settings", "narration", "engines", "assembler", "audit", "episodes",
    },
    "queue": {"episodes", "podcast"},
    "exporting": {"errors", "podcast"},
    "production": {
        "model", "errors", "settings", "readers", "cleaner", "narration", "engines", "assembler", "disclosure",
        "episodes", "listening", "temporary",
    },
    "episodes/actions": {
        "model", "errors", "settings", "untrusted", "cleaner", "narration", "engines", "episodes", "podcast",
        "production", "queue",
    },
    "batch": {
        "model", "errors", "installation", "settings", "sources", "assembler", "episodes", "production", "temporary",
        "untrusted",
    },
    "server": {
        "model", "errors", "settings", "sources", "episodes", "episodes/actions", "production", "batch", "podcast",
        "private", "temporary", "untrusted",
        # For what is heard of an article while it is spoken.
        "assembler",
        # For names of voices, words and the disclosure's sentence on the app's pages; nothing here speaks.
        "engines", "narration", "disclosure",
    },
    "cli": None,
}  # fmt: skip


def room_of(path: Path) -> str:
    return room_of_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"))


def room_of_module(name: str) -> str:
    """The room of a module; what `audiogen.episodes` gives is all of its actions."""
    first, *others = name.split(".")[1:] or [""]
    return "episodes/actions" if first == "episodes" and (not others or others[0] == "actions") else first


def imports_of_ours(path: Path) -> set[str]:
    """The rooms that a module imports, wherever in it and however late."""
    return {room_of_module(name) for name in modules_of_ours(path)} - {"__version__"}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_of_ours(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "audiogen" else [f"audiogen.{alias.name}" for alias in node.names]
        found |= {name for name in names if name.startswith("audiogen.")}
    return found


ROOMED = [path for path in sorted(PACKAGE.rglob("*.py")) if MAY_IMPORT.get(room_of(path)) is not None]


@pytest.mark.parametrize("path", ROOMED, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_knows_nothing_of_its_neighbours(path: Path) -> None:
    allowed = MAY_IMPORT[room_of(path)]
    assert allowed is not None
    assert imports_of_ours(path) - {room_of(path)} <= allowed


#: What each part of `episodes` may import of its other parts; `actions` is a room of its own.
EPISODES_MAY_IMPORT: dict[str, set[str]] = {
    "manifest": set(),
    "shape": {"manifest"},
    "timed": set(),
    "covers": set(),
    "identity": set(),
    "digests": set(),
    "state": {"shape"},
    "storage": {"shape", "state"},
    "names": set(),
    "ties": {"identity", "storage"},
    "slugs": {"shape", "storage"},
    "library": {"identity", "shape", "slugs", "state", "storage", "ties"},
    "edits": {"library", "state"},
    "kept_articles": {"library"},
    "recognition": {"digests", "identity", "library"},
    "finishing": {"covers", "manifest", "timed"},
}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((PACKAGE / "episodes").rglob("*.py")) if room_of(path) == "episodes"],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_a_part_of_episodes_knows_nothing_of_those_above_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[1].removesuffix(".py")
    used = {name.split(".")[2] for name in modules_of_ours(path) if name.startswith("audiogen.episodes.")}
    assert used - {own} <= EPISODES_MAY_IMPORT[own]


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
    tree = tree_of(path)
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    used = {part_of_cleaner(name) for name in modules if name.startswith("audiogen.cleaner")}
    own = part_of_cleaner(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    assert path.name == CHOOSING or used - {own} <= CLEANER_MAY_IMPORT[own]


def test_no_modules_need_each_other() -> None:
    """However late they import; what a package gives at its front is not followed."""
    paths = [path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py"]
    modules = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in paths}
    graph = {name: (named_in(path) & modules.keys()) - {name} for name, path in modules.items()}
    TopologicalSorter(graph).prepare()


def named_in(path: Path) -> set[str]:
    """All that a module imports when it runs, and what it would be if it were a module."""
    named: set[str] = set()
    nodes: list[ast.AST] = [tree_of(path)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.ImportFrom):
            named |= {name for alias in node.names for name in (node.module or "", f"{node.module}.{alias.name}")}
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            nodes += node.orelse
        else:
            nodes += [inner for inner in ast.iter_child_nodes(node) if isinstance(inner, ast.stmt | ast.excepthandler)]
    return named


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
    "argon2", "playwright", "prometheus_client", "python_multipart", "regex",
    "ftfy",
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
        "import audiogen.settings, audiogen.model, audiogen.errors, audiogen.episodes.library",
        "import audiogen; audiogen.normalize('Plain words.')",
    ],
    ids=["import", "--help", "nouns", "normalize"],
)
def test_no_heavy_library_is_loaded_before_it_is_needed(code: str) -> None:
    assert modules_after(code) & set(HEAVY) == set()


@pytest.mark.parametrize("value", [None, "0"])
def test_packages_that_we_use_report_to_nobody_unless_the_user_says_so(value: str | None, tmp_path: Path) -> None:
    names = ("ORT_DISABLE_TELEMETRY", "HF_HUB_DISABLE_TELEMETRY")
    given = {**os.environ, "TMPDIR": str(tmp_path), **dict.fromkeys(names, value or "")}
    environment = {name: text for name, text in given.items() if text or name not in names}
    code = f"import audiogen, os; print([os.environ[name] for name in {names}]); import onnxruntime"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.stdout.strip() == str([value or "1"] * 2)
    if value is None:
        assert list(tmp_path.iterdir()) == [], "onnxruntime keeps the name of a session there that it reports"


def test_the_pages_that_are_made_of_the_source_say_what_it_says() -> None:
    """Settings and commands stand in the source alone; a change of them renews their pages of docs/."""
    assert docs_pages.stale() == [], "`make docs-pages` (python -m tools.docs_pages) writes these pages anew"
