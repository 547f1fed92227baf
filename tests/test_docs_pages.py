"""Pages that are made of the source have all of it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import audiogen
import audiogen.episodes
from audiogen import __version__
from audiogen.settings import Settings, _keys
from tools import api_page, command_page, docs_pages, package_table, settings_page

PACKAGE = Path(__file__).parent.parent / "audiogen"
COMMANDS = dict(command_page.all_commands())
EXAMPLES = [(name, example) for name, command in COMMANDS.items() for example in command_page.examples_of(command)]


def test_every_setting_is_on_the_page_with_its_variable() -> None:
    page = settings_page.page()
    keys = list(_keys(Settings))
    assert len(keys) > 30
    assert [key for key in keys if f"`AUDIOGEN_{key.replace('.', '_').upper()}`" not in page] == []


def test_every_variable_that_the_source_names_is_on_the_page() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    named = set(re.findall(r"\bAUDIOGEN_[A-Z_]+\b", text))
    assert "AUDIOGEN_HTTP_KEY" in named
    page = settings_page.page()
    of_the_tests = {"AUDIOGEN_REAL_MODELS", "AUDIOGEN_REQUIRE_BROWSER"}
    assert {name for name in named - of_the_tests if f"`{name}`" not in page} == set()


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("speech.rate", "`--rate` of `narrate`, `batch`"),
        ("speech.cache", "`--no-cache` of `narrate`, `batch`"),
        ("show.base_url", "`--base-url` of `feed`"),
    ],
)
def test_a_flag_stands_with_the_setting_that_it_overrides(key: str, message: str) -> None:
    assert message in settings_page.flags_by_setting()[key]


def test_a_setting_that_the_source_says_nothing_of_is_a_fault() -> None:
    @dataclass(frozen=True)
    class Section:
        #: The first.
        one: str = ""
        two: str = ""

    with pytest.raises(ValueError, match=r"Section\.two"):
        settings_page.field_comments(Section)


def test_a_command_with_one_example_is_a_fault() -> None:
    with pytest.raises(ValueError, match="two examples"):
        command_page.examples_of(click.Command("one", help="Do it.\n\n\b\nExample:\n    audiogen one"))


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_an_example_calls_a_command_that_is_there_with_options_that_it_has(name: str, example: str) -> None:
    words = shlex.split(example)
    called = max((known for known in COMMANDS if words[1:][: len(known.split())] == known.split()), key=len)
    options = {flag for option in COMMANDS[called].params for flag in (*option.opts, *option.secondary_opts)}
    assert words[0] == "audiogen"
    assert {word for word in words if re.match(r"--?[a-z]", word)} <= options


def test_exit_codes_are_told_of_commands_that_are_there() -> None:
    named = {name for names in command_page.OF_COMMANDS for name in names.split(", ")}
    assert named <= set(COMMANDS)


def test_stale_pages_are_named_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs_pages, "DOCS", tmp_path)
    monkeypatch.setattr(docs_pages, "PAGES", {"a.md": lambda: "A\n"})
    assert docs_pages.stale() == ["a.md"]
    monkeypatch.setattr(sys, "argv", ["docs_pages", "--check"])
    with pytest.raises(SystemExit, match="1"):
        docs_pages.main()
    monkeypatch.setattr(sys, "argv", ["docs_pages"])
    with pytest.raises(SystemExit, match="0"):
        docs_pages.main()
    assert (tmp_path / "a.md").read_text() == "A\n"
    assert docs_pages.stale() == []


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_no_color_is_heeded(variables: dict[str, str], coloured: bool) -> None:
    """On a terminal, which the standard library's `pty` makes."""
    code = "import os, pty, sys\npty.spawn([sys.executable, '-m', 'audiogen', 'doctor'])\n"
    pytest.importorskip("pty")
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | variables
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
    assert (b"\x1b[32m" in done.stdout) is coloured


def test_every_package_is_in_the_table_with_a_sentence() -> None:
    page = package_table.page()
    packages = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert (
        packages - {"__init__", "__main__", "__pycache__", "cli"} - set(re.findall(r"^\| `(\w+)` \| .+ \|", page, re.M))
        == set()
    )


def test_a_page_without_a_place_for_the_table_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_table, "PAGE", tmp_path / "architecture.md")
    (tmp_path / "architecture.md").write_text("# Words\n")
    with pytest.raises(ValueError, match="no table"):
        package_table.page()


def test_what_the_architecture_names_in_the_repository_is_there() -> None:
    """The names of files and folders that stand as code and have a slash in them."""
    root = PACKAGE.parent
    named = set(re.findall(r"`((?:audiogen|tests|voices)/[\w./]*)`", package_table.PAGE.read_text(encoding="utf-8")))
    made_up = {name for name in named if "LANGUAGE" not in name and not (root / name).exists()}
    assert (len(named) > 20, made_up) == (True, set())


def test_the_version_stands_once() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "audiogen/__init__.py"
    assert f'__version__ = "{__version__}"' in (PACKAGE / "__init__.py").read_text(encoding="utf-8")


def test_the_newest_release_in_the_changelog_is_the_version() -> None:
    changelog = (PACKAGE.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^## (\S+)(?: – (\d{4}-\d\d-\d\d))?$", changelog)
    releases = [(number, day) for number, day in headings if number != "Unreleased"]
    assert releases[0][0] == __version__
    assert all(day for _, day in releases)
    assert [day for _, day in releases] == sorted((day for _, day in releases), reverse=True)


EXPORTED = [
    (module, name) for modules in api_page.EXPORTS.values() for module, names in modules.items() for name in names
]


def test_everything_exported_is_on_the_page_with_what_it_is() -> None:
    page = api_page.page()
    sections = {name: page.partition(f"\n### {name}\n")[2].partition("\n### ")[0] for _, name in EXPORTED}
    assert {name for name, section in sections.items() if len(section.split()) <= 3} == set()


def test_every_public_name_of_the_package_is_exported() -> None:
    assert {name for _, name in EXPORTED} >= {*audiogen.__all__, *audiogen.episodes.__all__}


def test_what_says_nothing_of_itself_is_a_fault() -> None:
    def speak() -> None: ...

    with pytest.raises(ValueError, match="no docstring"):
        list(api_page.describe(speak, "speak"))


def test_arguments_errors_and_examples_of_a_docstring_are_tables_and_code() -> None:
    def speak(text: str, rate: int = 0) -> None:
        """Speak.

        >>> speak("Yes.")

        Args:
            text: what is said,
                in words.
            rate: how fast.

        Raises:
            KeyError, ValueError: it cannot be said.
        """

    assert list(api_page.describe(speak, "speak"))[4:] == [
        "Speak.",
        "",
        "```python",
        '>>> speak("Yes.")',
        "```",
        "",
        "| argument | what it is |",
        "|---|---|",
        "| `text` | what is said, in words. |",
        "| `rate` | how fast. |",
        "",
        "| error | when |",
        "|---|---|",
        "| `KeyError`, `ValueError` | it cannot be said. |",
    ]


#: Extras that install nothing, and those for people who work on audiogen.
NOT_FOR_USERS = {"web", "serve", "http", "dev", "docs", "fuzz", "mutation", "training"}


def test_the_page_on_installing_lists_every_extra_for_users() -> None:
    project = PACKAGE.parent
    extras = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    page = (project / "docs" / "install.md").read_text(encoding="utf-8")
    assert {extra for extra in extras if f"| `{extra}` |" not in page} == NOT_FOR_USERS
