"""Converts IPA to the alphabets of engines: misaki's (hibari, Kokoro) and eSpeak NG's; and the names of letters.

What is to be said is given in broad IPA, with English sounds or those of another language; the nearest English sounds
are written. The tables are in `phonemes.toml`.
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

#: Vowels of IPA, any of which may carry the stress.
_VOWELS = "aeiouyæɑɒɔəɚɛɜɝɘɐɪʊʌɤɯɨᵻʉɵøœʏ"
#: A stress mark, and the consonants of its syllable behind which the engines want it.
_STRESS = re.compile(rf"([ˈˌ])([^{_VOWELS}ˈˌ ]*)(?=[{_VOWELS}])")
#: Sounds behind which a plural or possessive is another sound than z.
_HISSING, _VOICELESS = re.compile("[szʃʒʧʤ]$"), re.compile("[ptkfθ]$")
#: British voices say an r before vowels alone.
_SILENT_R = re.compile(rf"ɹ(?![{_VOWELS}AIOQWYˈˌ])")
#: An o before an r of its syllable is said open in English: the voices never learned another one there.
_O_BEFORE_R = re.compile(rf"o[ʊː]?(?=r(?![{_VOWELS}ˈˌ]))")
_TILDE = "\u0303"


def english(ipa: str) -> str:
    """Write IPA as the nearest English sounds, with stress marks before vowels.

    >>> english("ˈkiːjɪv"), english("ʐɛˈʂuf"), english("ˈt͡ʃɛ.xɔf"), english("mɛʁkɔ̃"), english("ˈorʃit͡ʃ")
    ('kˈiːjɪv', 'ʒɛʃˈuf', 'tʃˈɛhɔf', 'mɛrkɔn', 'ˈɔːrʃitʃ')
    """
    decomposed = normalize("NFD", ipa).replace("ˈˈ", "ˈ").replace("'", "ˈ").replace(_TILDE, "n")
    plain = "".join(sound for sound in decomposed if not combining(sound) and sound not in "./[]|‿ʲʰˤʼ()-")
    sounds = _O_BEFORE_R.sub("ɔː", _written(plain, _table("english")))
    return _STRESS.sub(r"\2\1", sounds).strip()


def misaki(ipa: str, *, british: bool = False) -> str:
    """Write IPA in misaki's alphabet.

    >>> misaki("ˈkiːjɪv"), misaki("zəˈlɛnski"), misaki("ˈoʊkəfɔːr", british=True)
    ('kˈijɪv', 'zəlˈɛnski', 'ˈQkəfɔː')
    """
    sounds = _written(english(ipa), _table("misaki", "misaki-british" if british else ""))
    return _SILENT_R.sub("", sounds) if british else sounds


def espeak(ipa: str) -> str:
    """Write IPA in the mnemonics of eSpeak NG's English voices.

    >>> espeak("ˈkiːjɪv"), espeak("ˈtʃɛhɔːf")
    ("k'i:jIv", "tS'EhO:f")
    """
    return _written(english(ipa), _table("espeak"))


def espeak_ipa(ipa: str) -> str:
    """Write IPA as eSpeak NG's English voices do.

    >>> espeak_ipa("ˈkiːjɪv"), espeak_ipa("ˈmodrit͡ʃ"), espeak_ipa("ˈnevada")
    ('kˈiːjɪv', 'mˈoʊdɹitʃ', 'nˈɛvɑːdɑː')
    """
    return _written(english(ipa), _table("espeak-ipa"))


def names_of_letters(letters: str, *, british: bool = False) -> str:
    """Say letters by their names, as one word with the stress on its last; empty if one is not English.

    >>> names_of_letters("F B I"), names_of_letters("A Z", british=True), names_of_letters("Ł K")
    ('ˌɛfbˌiːˈaɪ', 'ˌeɪzˈɛd', '')
    """
    table = _table("letters", "letters-british" if british else "")
    names = [table.get(letter, "") for letter in letters if letter != " "]
    if not all(names):
        return ""
    return "".join([*(name.replace("ˈ", "ˌ") for name in names[:-1]), *names[-1:]])


def with_ending(ipa: str) -> str:
    """Add the plural or possessive.

    >>> [with_ending(ipa) for ipa in ("ˈɛf", "ˈɛs", "bˈiː")]
    ['ˈɛfs', 'ˈɛsᵻz', 'bˈiːz']
    """
    if _HISSING.search(ipa):
        return f"{ipa}ᵻz"
    return f"{ipa}s" if _VOICELESS.search(ipa) else f"{ipa}z"


def _written(text: str, table: Mapping[str, str]) -> str:
    """Replace what the table has, longest keys first; what it does not have is kept."""
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
    """Lay tables over each other."""
    tables = _tables()
    return {key: value for name in names if name for key, value in tables[name].items()}


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("phonemes.toml").read_text(encoding="utf-8"))
