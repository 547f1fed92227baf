"""Sounds in the alphabets of engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.engines.phonemes import english, espeak, misaki, names_of_letters, with_ending
from audiogen.narration.lexicon import package_lexicon

if TYPE_CHECKING:
    from audiogen.narration.entry import Entry

#: What misaki's English voices were trained on.
MISAKI = set("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻbdfhjklmnpstvwzðŋɡɹʃʒʤʧθˈˌː ")


@pytest.mark.parametrize(
    ("ipa", "american", "british"),
    [
        ("ˈkiːjɪv", "kˈijɪv", "kˈiːjɪv"),
        ("oʊˈkɑːfər", "Okˈɑfəɹ", "Qkˈɑːfə"),
        ("ˈʒɛʂuf", "ʒˈɛʃuf", "ʒˈɛʃuf"),
        ("ˈt͡ʃɛxɔf", "ʧˈɛhɔf", "ʧˈɛhɔf"),
        ("maˈkʁɔ̃", "mɑkɹˈɔn", "makɹˈɔn"),
        ("ˈɑːrmər", "ˈɑɹməɹ", "ˈɑːmə"),
        ("ɡaʎˈaɾdo", "ɡɑljˈɑɹdO", "ɡaljˈadQ"),
    ],
)
def test_ipa_is_written_in_misakis_alphabet(ipa: str, american: str, british: str) -> None:
    assert misaki(ipa) == american
    assert misaki(ipa, british=True) == british
    assert set(american + british) <= MISAKI


@pytest.mark.parametrize("ipa", ["ˈkiːjɪv", "kˈiːjɪv", "/ˈkiː.jɪv/", "[ˈkiːjɪv]", "'kiːjɪv"])
def test_ipa_may_be_written_in_the_ways_dictionaries_do(ipa: str) -> None:
    assert english(ipa) == "kˈiːjɪv"


def test_espeak_is_given_its_mnemonics() -> None:
    assert espeak("zəˈlɛnski") == "z@l'Enski:"
    assert espeak("ˈtʃɜːrtʃɪl") == "tS'3:tSIl"


def test_letters_have_their_names() -> None:
    assert misaki(names_of_letters("F B I")) == "ˌɛfbˌiˈI"
    assert misaki(names_of_letters("W")) == "dˈʌbəlju"
    assert names_of_letters("Ш А") == ""


@pytest.mark.parametrize(("ipa", "plural"), [("ɛf", "ɛfs"), ("ɛs", "ɛsᵻz"), ("eɪtʃ", "eɪtʃᵻz"), ("bˈiː", "bˈiːz")])
def test_a_plural_sounds_by_what_it_follows(ipa: str, plural: str) -> None:
    assert with_ending(ipa) == plural


@pytest.mark.parametrize("entry", package_lexicon().entries.values(), ids=lambda entry: entry.written)
def test_the_starter_lexicon_is_said_in_sounds_that_every_engine_has(entry: Entry) -> None:
    assert set(misaki(entry.ipa) + misaki(entry.ipa, british=True)) <= MISAKI
    assert espeak(entry.ipa).isascii()
