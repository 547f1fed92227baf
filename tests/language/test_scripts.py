"""Which script a text is written in."""

from __future__ import annotations

import pytest

from audiogen.language.scripts import script_of, written_in


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Harbour", "Latn"),
        ("Łódź", "Latn"),
        ("Gare de l'Est, 12", "Latn"),
        ("Київ", "Cyrl"),
        ("Αθήνα", "Grek"),
        ("القاهرة", "Arab"),
        ("ירושלים", "Hebr"),
        ("दिल्ली", "Deva"),
        ("กรุงเทพ", "Thai"),
        ("北京", "Hani"),
        ("東京へ", "Kana"),
        ("서울 北", "Hang"),
        ("1984 — €5", ""),
        ("", ""),
        # Most letters decide, not one.
        ("The word мир stands in an English sentence.", "Latn"),
        ("iPhone в Україні", "Cyrl"),
    ],
)
def test_most_letters_name_the_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("language", "script", "is_written"),
    [
        ("en", "Latn", True), ("en", "Cyrl", False), ("uk-UA", "Cyrl", True), ("sr", "Cyrl", True),
        ("sr", "Latn", True), ("ja", "Hani", True), ("zh-TW", "Hani", True), ("zh", "Kana", False),
    ],
)  # fmt: skip
def test_a_language_is_written_in_its_scripts(language: str, script: str, is_written: bool) -> None:
    assert (script in written_in(language)) is is_written
