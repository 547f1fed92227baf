"""What English says is known, with its usual endings and spellings; what somebody made up is not."""

from __future__ import annotations

import pytest

from audiogen.narration.doubtful import doubtful_words
from audiogen.narration.lexicon import Lexicon
from audiogen.narration.vocabulary import bits_per_letter, is_known, plain, words

#: Names made up for this test, by shape: fantasy, brands, medicines, places, family names of no country.
_INVENTED = """
Quorvath Zenthrix Blorfax Myrondel Krelsinger Vaxunore Drimbleshaw Oskventi Thalquist Jorvelline Pryndask Ulmethra
Cravendish Sorbequin Telvaro Wyxholm Norbethil Frelandris Gaspundle Hexovar Imbrulith Kavornay Lusperine Mortuvane
Nexquora Ondrivel Plissertine Quandrovy Rethmoor Skarvendil Trevoxin Urbanthra Velcorine Wrenthos Xandrivane Yorbelisk
Zaltravex Adruvian Brynthollow Cindravar Dolvetrex Elmorvane Fendruska Grovantel Harquith Ixolderm Jandrovar Kestravine
Lomvardis Mexabrill Nordaveth Oplinex Perquadon Quillorex Rondaveth Stroxbury Tandrovex Ulvestine Vindraquel Wolthrane
Xerovant Ymbrisal Zorvinski Abrilumab Bextarine Cloravimod Dapruvex Entoralix Fosravacin Gelvutide Hivronate Ilvestrant
Jantrexol Klorbetane Lintraxib Movalutinib Nerovastin Ostradine Pralvexor Quintovir Rasolvimab Sentrobix Tolvarexin
Umbrexate Valdotine Wexlorane Xintravir Yolvastat Zerbinide Aldroth Berquist-Olm Corvessa Duvrane Eskarith Fjolmarr
Gwendraith Hrothmun Ipswithen Jakthar Kolmirene
"""
#: Words of any day: derived, British, compound, new.
_USUAL = """
the council said that houses were being rebuilt because nobody had planned anything better unmanageable reconsidered
colourful organisation neighbours centre metres travelled analysing behaviour labour programme cancelled dialogue
smartphone podcasts websites emailed blogger streaming software database laptops online offline download lighthouse
keeper's farmhouse riverbank schoolchildren watchmaker snowfall firefighters bookshop teaspoonful happily happiness
quickest studies studied carried carrying stopping stopped planner biggest shortly shortness movement movable childlike
hopeless greenish homeward neighbourhood friendship pianist tourism modernized modernizing rusty regional preheated
coexist antivirus overestimate underfunded outnumbered postwar nonprofit multicultural microscopic subtitles
fogged unplugging
"""


def listed(words_: list[str]) -> set[str]:
    """Which of the words are listed, each in the middle of a sentence."""
    return {doubt.written for doubt in doubtful_words([f"They saw {word} there." for word in words_], Lexicon())}


def test_names_that_somebody_made_up_are_listed() -> None:
    names = _INVENTED.split()
    found = listed(names)
    missed = [name for name in names if not found & set(name.split("-"))]
    assert len(missed) <= 3, missed


def test_words_of_any_day_are_not() -> None:
    assert listed(_USUAL.split()) == set()


@pytest.mark.parametrize("word", ["I’m", "I'm", "didn’t", "won't", "They’ve", "she'll", "it’s", "O'Neil's", "y'all"])
def test_a_contraction_is_never_listed(word: str) -> None:
    assert listed([word]) == set()


@pytest.mark.parametrize(("word", "bare"), [("O’Néill", "oneill"), ("Łódź", "lodz"), ("IV-7", "iv"), ("", "")])
def test_words_are_compared_in_plain_small_letters(word: str, bare: str) -> None:
    assert plain(word) == bare


def test_the_list_is_of_words_and_large_enough() -> None:
    assert len(words()) > 100_000
    assert all(word.isalpha() and word.isascii() and word.islower() for word in words())


@pytest.mark.parametrize(("known", "unknown"), [("council", "kzqwu"), ("running", "xqvoth"), ("farmer", "mrzygłód")])
def test_what_is_spelled_like_no_word_surprises_more(known: str, unknown: str) -> None:
    assert bits_per_letter(known) < 4 < bits_per_letter(unknown)


def test_an_empty_word_surprises_nobody() -> None:
    assert bits_per_letter("") == 0
    assert not is_known("")
