"""Data files are TOML beside the code."""

from __future__ import annotations

from pathlib import Path

from audiogen.narration.data import load_table, pairs, words

PACKAGE = Path(__file__).parents[2] / "audiogen" / "narration"


def test_a_table_is_read_from_beside_the_module() -> None:
    table = load_table(str(PACKAGE / "pauses.py"), "pauses.toml")
    assert table["after"]["title"] > 0


def test_a_list_of_pairs_keeps_signs_of_equality() -> None:
    assert pairs("\nkm = kilometer\n= = equals\n") == {"km": "kilometer", "=": "equals"}


def test_a_list_of_words_is_a_set() -> None:
    assert words("\nNATO EU\nNATO\n") == {"NATO", "EU"}


def test_every_data_file_of_english_can_be_read() -> None:
    files = sorted((PACKAGE / "languages" / "en").glob("*.toml"))
    assert len(files) >= 9
    for file in files:
        assert load_table(str(file), file.name)
