"""The language of a text."""

from __future__ import annotations

import pytest

from audiogen.readers.language import detect, likeness

TEXTS = {
    "en": "The harbour was frozen and the ferries did not leave for a week.",
    "uk": "Порт замерз, і пороми не виходили в море цілий тиждень, як це було й раніше.",
    "ru": "Порт замёрз, и паромы не выходили в море целую неделю, как это было и раньше.",
    "de": "Der Hafen war zugefroren, und die Fähren fuhren eine Woche lang nicht.",
    "fr": "Le port était gelé et les ferries ne sont pas partis de la semaine.",
    "es": "El puerto estaba helado y los barcos no salieron en una semana.",
    "pt": "O porto estava gelado e os barcos não saíram durante uma semana.",
    "it": "Il porto era gelato e i traghetti non sono partiti per una settimana.",
    "pl": "Port był zamarznięty i promy nie wypłynęły przez tydzień, a na to się nie zanosiło.",
    "ja": "港は凍り、フェリーは一週間出なかった。",
    "ar": "تجمد الميناء ولم تغادر العبارات لمدة أسبوع.",
}


@pytest.mark.parametrize(("tag", "text"), TEXTS.items(), ids=TEXTS)
def test_a_sentence_tells_its_language(tag: str, text: str) -> None:
    assert detect(text) == tag


def test_a_few_english_labels_do_not_make_a_page_english() -> None:
    assert detect("Share Tweet Subscribe\n" + TEXTS["de"]) == "de"


def test_numbers_tell_nothing() -> None:
    assert detect("12 : 30 — 14 : 00") == ""


def test_a_language_is_more_like_itself_than_its_bytes_read_wrongly() -> None:
    text = TEXTS["ru"]
    assert likeness(text) > likeness(text.encode("cp1251").decode("cp1252"))
