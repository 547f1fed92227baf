"""Symbols: words, pauses, or nothing."""

from __future__ import annotations

import pytest

from audiogen import normalize


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Ja (nein) doch", "Ja, nein, doch"),
        ("(Nein)", "Nein"),
        ("Ja – nein", "Ja, nein"),
        ("Ja, – nein", "Ja, nein"),
        ("Ost–West", "Ost West"),
        ("und/oder", "und oder"),
        ("a * b", "a b"),
        ("Wort[1] weiter", "Wort weiter"),
        ("5 ± 2", "fünf plus minus zwei"),
        ("Also...", "Also..."),
        ("x²", "x zwei"),
        ("🙂 gut", "gut"),
    ],
)
def test_a_symbol_is_a_word_a_pause_or_nothing(written: str, spoken: str) -> None:
    assert normalize(written, "de") == spoken


def test_marks_a_language_keeps_are_kept() -> None:
    assert normalize("¿Sí? ¡No!", "es") == "¿Sí? ¡No!"
