"""Converts IPA to the alphabets of engines: misaki's (hibari, Kokoro) and eSpeak NG's; and the names of letters.

The input is broad IPA with English sounds or those of another language; the output has the nearest English sounds. The
tables are in `phonemes.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Vowels of IPA, which can be stressed.
_VOWELS = "aeiouyæɑɒɔəɚɛɜɝɘɐɪʊʌɤɯɨᵻʉɵøœʏ"
#: A stress mark and the consonants of its syllable; engines need the mark after them.
_STRESS = re.compile(rf"([ˈˌ])([^{_VOWELS}ˈˌ ]*)(?=[{_VOWELS}])")
#: Sounds after which the plural or possessive ending is not z.
_HISSING, _VOICELESS = re.compile("[szʃʒʧʤ]$"), re.compile("[ptkfθ]$")
#: British voices pronounce r only before vowels.
_SILENT_R = re.compile(rf"ɹ(?![{_VOWELS}AIOQWYˈˌ])")
#: In English, o is open before an r of the same syllable; the voices know no other.
_O_BEFORE_R = re.compile(rf"o[ʊː]?(?=r(?![{_VOWELS}ˈˌ]))")
_TILDE = "\u0303"


def english(ipa: str) -> str:
    """Return IPA with the nearest English sounds, and stress marks directly before vowels.

    >>> english("ˈkiːjɪv"), english("ʐɛˈʂuf"), english("ˈt͡ʃɛ.xɔf"), english("mɛʁkɔ̃"), english("ˈorʃit͡ʃ")
    ('kˈiːjɪv', 'ʒɛʃˈuf', 'tʃˈɛhɔf', 'mɛrkɔn', 'ˈɔːrʃitʃ')
    """
    decomposed = normalize("NFD", ipa).replace("ˈˈ", "ˈ").replace("'", "ˈ").replace(_TILDE, "n")
    plain = "".join(sound for sound in decomposed if not combining(sound) and sound not in "./[]|‿ʲʰˤʼ()-")
    sounds = _O_BEFORE_R.sub("ɔː", _written(plain, _table("english")))
    return _STRESS.sub(r"\2\1", sounds).strip()


def misaki(ipa: str, *, british: bool = False) -> str:
    """Return IPA in misaki's alphabet.

    >>> misaki("ˈkiːjɪv"), misaki("zəˈlɛnski"), misaki("ˈoʊkəfɔːr", british=True)
    ('kˈijɪv', 'zəlˈɛnski', 'ˈQkəfɔː')
    """
    sounds = _written(english(ipa), _table("misaki", "misaki-british" if british else ""))
    return _SILENT_R.sub("", sounds) if british else sounds


def espeak(ipa: str) -> str:
    """Return IPA in the mnemonics of eSpeak NG's English voices.

    >>> espeak("ˈkiːjɪv"), espeak("ˈtʃɛhɔːf")
    ("k'i:jIv", "tS'EhO:f")
    """
    return _written(english(ipa), _table("espeak"))


def espeak_ipa(ipa: str) -> str:
    """Return IPA in the spelling of eSpeak NG's English voices.

    >>> espeak_ipa("ˈkiːjɪv"), espeak_ipa("ˈmodrit͡ʃ"), espeak_ipa("ˈnevada")
    ('kˈiːjɪv', 'mˈoʊdɹitʃ', 'nˈɛvɑːdɑː')
    """
    return _written(english(ipa), _table("espeak-ipa"))


def names_of_letters(letters: str, *, british: bool = False) -> str:
    """Return the names of letters in IPA, as one word with the stress on the last; "" if a letter is not English.

    >>> names_of_letters("F B I"), names_of_letters("A Z", british=True), names_of_letters("Ł K")
    ('ˌɛfbˌiːˈaɪ', 'ˌeɪzˈɛd', '')
    """
    table = _table("letters", "letters-british" if british else "")
    names = [table.get(letter, "") for letter in letters if letter != " "]
    if not all(names):
        return ""
    return "".join([*(name.replace("ˈ", "ˌ") for name in names[:-1]), *names[-1:]])


def with_ending(ipa: str) -> str:
    """Return IPA with the plural or possessive ending.

    >>> [with_ending(ipa) for ipa in ("ˈɛf", "ˈɛs", "bˈiː")]
    ['ˈɛfs', 'ˈɛsᵻz', 'bˈiːz']
    """
    if _HISSING.search(ipa):
        return f"{ipa}ᵻz"
    return f"{ipa}s" if _VOICELESS.search(ipa) else f"{ipa}z"


def _written(text: str, table: Mapping[str, str]) -> str:
    """Return the text with the table's keys replaced, the longest first; the rest is kept."""
    longest = max(map(len, table))
    parts, at = [], 0
    while at < len(text):
        for size in range(longest, 0, -1):
            if (sound := table.get(text[at : at + size])) is not None:
                break
        else:
            size, sound = 1, text[at]
        parts.append(sound)
        at += size
    return "".join(parts)


@cache
def _table(*names: str) -> Mapping[str, str]:
    """Return the named tables merged; later ones take precedence."""
    tables = _tables()
    return {key: value for name in names if name for key, value in tables[name].items()}


@cache
def _tables() -> Mapping[str, Any]:
    """Return the content of `phonemes.toml`."""
    return tomllib.loads(Path(__file__).with_name("phonemes.toml").read_text(encoding="utf-8"))
