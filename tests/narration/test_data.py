"""Data files are TOML beside the code."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from audiogen.narration.data import load_table, pairs, read_simple, words

PACKAGE = Path(__file__).parents[2] / "audiogen" / "narration"
FILES = sorted(PACKAGE.rglob("*.toml"))


def test_a_table_is_read_from_beside_the_module() -> None:
    table = load_table(str(PACKAGE / "pauses.py"), "pauses.toml")
    assert table["after"]["title"] > 0


def test_a_list_of_pairs_keeps_signs_of_equality() -> None:
    assert pairs("\nkm = kilometer\n= = equals\n") == {"km": "kilometer", "=": "equals"}


def test_a_list_of_words_is_a_set() -> None:
    assert words("\nNATO EU\nNATO\n") == {"NATO", "EU"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_data_file_is_read_as_tomllib_reads_it(file: Path) -> None:
    assert load_table(str(file), file.name) == tomllib.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sorted((PACKAGE / "languages" / "en").glob("*.toml")), ids=lambda file: str(file.name))
def test_every_data_file_of_english_is_simple(file: Path) -> None:
    """One that were not would bring tomllib into the first text, with a tenth of its time."""
    assert read_simple(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("# a comment\n\n", id="a comment"),
        pytest.param('a = "b"', id="no line end"),
        pytest.param('a = "b"  # why\n', id="a comment behind a string"),
        pytest.param('a = "#b"\n', id="a sign of a comment in a string"),
        pytest.param('"a b" = "c"\n', id="a key in quotes"),
        pytest.param('a = ""\n', id="an empty string"),
        pytest.param("a = '''\nb\n# c\n'''\n", id="a string in many lines"),
        pytest.param("a = '''b'''\n", id="a literal string in one line"),
        pytest.param("a = '''\nit's a '' quote\n'''\n", id="quotes in a literal string"),
        pytest.param("a = '''\nb\n'''\n[t]\na = '''\nc\n'''\n", id="two strings in many lines"),
        pytest.param('[t]\na = "b"\n[u]\na = "c"\n', id="tables"),
        pytest.param('  [t]\n  a = "b"\n', id="indented"),
    ],
)
def test_simple_toml_is_read_as_tomllib_reads_it(text: str) -> None:
    assert read_simple(text) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = 1\n", id="a number"),
        pytest.param("a = ['b']\n", id="an array"),
        pytest.param("a = { b = 'c' }\n", id="an inline table"),
        pytest.param('a = "b\\n"\n', id="an escape"),
        pytest.param('a = """\nb\n"""\n', id="a basic string in many lines"),
        pytest.param("a = 'b'\n", id="a literal string"),
        pytest.param("[a.b]\n", id="a dotted table"),
        pytest.param("a.b = 'c'\n", id="a dotted key"),
        pytest.param("[[a]]\n", id="an array of tables"),
        pytest.param("nonsense\n", id="no TOML"),
        pytest.param("a = '''b\n", id="an open string"),
    ],
)
def test_all_other_toml_is_left_to_tomllib(text: str) -> None:
    assert read_simple(text) is None


def test_a_file_that_is_not_simple_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text("a = [1, 2]\n", encoding="utf-8")
    assert load_table(str(tmp_path / "module.py"), "odd.toml") == {"a": [1, 2]}
