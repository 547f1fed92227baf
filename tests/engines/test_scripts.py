"""In which script is a text written?"""

from __future__ import annotations

import pytest

from audiogen.engines.scripts import home_script, main_script, script_of, usual_language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Good morning, Київ", "LATIN"),
        ("Доброго ранку, Kyiv", "CYRILLIC"),
        ("漢字とかな", "CJK"),
        ("좋은 아침", "HANGUL"),
        ("صباح الخير", "ARABIC"),
        ("ＦＵＬＬ 𝒜ℬ", "LATIN"),
        ("1984 — €", ""),
    ],
)
def test_the_script_of_most_letters_counts(text: str, script: str) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize(
    ("language", "script"),
    [("en", "LATIN"), ("uk-UA", "CYRILLIC"), ("sr_Latn", "LATIN"), ("ja", "CJK"), ("vi", "LATIN"), ("", "LATIN")],
)
def test_a_language_has_a_script_of_its_own(language: str, script: str) -> None:
    assert home_script(language) == script


def test_a_script_has_a_language_whose_voice_is_asked() -> None:
    assert (usual_language("THAI"), usual_language("CJK"), usual_language("CUNEIFORM")) == ("th", "cmn", "")
    assert all(home_script(usual_language(script_of(letter))) == script_of(letter) for letter in "Жع字ก한")
