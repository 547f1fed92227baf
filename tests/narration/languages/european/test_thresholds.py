"""Both sides of thresholds that rules have, in several packs."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    ("de", "Am 5.3.49 kam er.", "Am fünften März zweitausendneunundvierzig kam er."),
    ("de", "Am 5.3.50 kam er.", "Am fünften März neunzehnhundertfünfzig kam er."),
    ("fr", "Le 05/03/49 il vint.", "Le cinq mars deux mille quarante-neuf il vint."),
    ("fr", "Le 05/03/50 il vint.", "Le cinq mars mille neuf cent cinquante il vint."),
    ("es", "Reinó Alfonso X en Toledo.", "Reinó Alfonso décimo en Toledo."),
    ("es", "Reinó Alfonso XI en Toledo.", "Reinó Alfonso once en Toledo."),
    ("de", "Das sind 3 Tsd. Euro.", "Das sind dreitausend Euro."),
    ("nl", "Er kwamen 21 en 11 en 111 mensen.", "Er kwamen eenentwintig en elf en honderdelf mensen."),
    ("sv", "Det var 21 hus och 11 hus.", "Det var tjugoett hus och elva hus."),
]


@pytest.mark.parametrize(("language", "written", "spoken"), CASES)
def test_a_threshold_lies_where_it_is_said_to(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


def test_every_denominator_of_recipes_and_screws_is_said_as_a_part() -> None:
    texts = {part: normalize(f"Take 1/{part} cup.") for part in (2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100)}
    assert texts == {
        2: "Take one half cup.",
        3: "Take one third cup.",
        4: "Take one quarter cup.",
        5: "Take one fifth cup.",
        6: "Take one sixth cup.",
        8: "Take one eighth cup.",
        10: "Take one tenth cup.",
        16: "Take one sixteenth cup.",
        32: "Take one thirty-second cup.",
        64: "Take one sixty-fourth cup.",
        100: "Take one hundredth cup.",
    }
