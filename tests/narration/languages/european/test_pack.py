"""From a language to its pack: where sentences end, and headlines in capitals."""

from __future__ import annotations

import pytest

from audiogen.narration.packs import load_pack
from audiogen.narration.sentences import sentences

#: Sentences, each of which must stay whole and apart from the next.
TEXTS = {
    "de": [
        "Am 6. September kam Dr. Müller z. B. nach Berlin.",
        "Er zahlte 2,5 Mio. Euro usw.",
        "Dann sagte er: „Gut.“",
        "Peter kam u. a. mit Prof. Weber.",
    ],
    "fr": ["M. Dupont et Mme Curie sont là, etc.", "Il a dit : « Oui. »", "Puis il vit le n° 5.", "Fin."],
    "es": ["El Sr. García vive en EE. UU. desde 1998.", "¿Quién?", "Don Juan lee la pág. 5, etc.", "Luego salió."],
    "it": ["Il dott. Rossi e l'on. Verdi, ecc.", "Poi venne il sig. Bianchi con l'art. 5 in mano.", "Fine."],
    "pt": ["O Sr. Silva, a Dra. Costa e o n.º 5, etc.", "Depois veio D. João II.", "Fim."],
    "pt-BR": ["O Dr. Souza mora na av. Paulista.", "Depois comprou pão etc.", "Não voltou."],
    "pl": [
        "Prof. Nowak i gen. Kukuła byli m.in. w Krakowie.",
        "To było 6 września 2024 r.",
        "Potem zginęło 5 tys. Polaków.",
    ],
    "uk": ["Проф. Іваненко живе на вул. Хрещатик.", "Це було 6 вересня 2024 р.", "Потім у 2014 р. Росія напала."],
    "ru": ["Проф. Иванов живёт в г. Москва.", "Это было 6 сентября 2024 г.", "Потом дали 5 руб.", "Это мало."],
}


@pytest.mark.parametrize("language", TEXTS)
def test_an_abbreviation_ends_a_sentence_only_where_a_word_opens_the_next(language: str) -> None:
    pack = load_pack(language)
    assert pack is not None
    text = " ".join(TEXTS[language])
    assert [text[start:end] for start, end in sentences(text, pack)] == TEXTS[language]


@pytest.mark.parametrize(
    ("language", "headline", "spoken"),
    [
        ("de", "DIE NATO UND DIE UKRAINE", "Die NATO und die ukraine"),
        ("uk", "НАТО ДОПОМОЖЕ УКРАЇНІ", "НАТО допоможе україні"),
        ("fr", "L'OTAN À KIEV", "L'OTAN à kiev"),
        ("pl", "ZUS", "ZUS"),
        ("de", "EU TAGTE", "EU TAGTE"),
        ("de", "EU TAGTE.", "EU tagte."),
        ("de", "NATO TAGT", "NATO tagt"),
    ],
)
def test_a_headline_in_capitals_is_quieted_but_for_initialisms(language: str, headline: str, spoken: str) -> None:
    pack = load_pack(language)
    assert pack is not None
    assert pack.unshout(headline) == spoken
    assert len(pack.unshout(headline)) == len(headline)
