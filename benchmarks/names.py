"""How near names come to their said form, by English rules and by their own language's: `python -m benchmarks.names`.

`names.tsv` holds names with the language they are from, the said form in broad IPA (our reading of the source's
respelling, which tells vowels roughly and stress seldom), the source's own notation, and the source. The share of
phonemes that are wrong (Levenshtein distance over length, in percent) is counted for hibari's guess, for that of
Kokoro, Piper and eSpeak NG by English rules, and for what eSpeak NG says in the name's language, all in misaki's
alphabet without stress; once as they are, and once with vowels that a respelling does not tell apart taken for one.
Names of languages that eSpeak NG does not read in Latin letters are said by its Croatian voice, whose spelling is
plainest.

Behind each guess stands what is spoken: the guess, or the language that the spelling shows (`engines/names.toml`).
The signs were chosen by one half of the names (by checksum); "held out" is the other half.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from audiogen.engines.hibari import _phonemizer
from audiogen.engines.kokoro import _phonemized, _say
from audiogen.engines.phonemes import misaki
from audiogen.model import Utterance, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Voices of eSpeak NG whose name is not the language's tag.
VOICES = {"es": "es-419", "fr": "fr-fr", "uk": "hr", "ru": "hr", "other": "hr"}
#: Vowels that respellings write alike.
ALIKE = {sound: group[0] for group in ("aæɑʌə", "iɪᵻ", "ɔO", "uʊ", "ɛA") for sound in group}


class Name(NamedTuple):
    """A name, the language it is from, and how it is said."""

    written: str
    language: str
    ipa: str
    notation: str
    source: str


def names() -> list[Name]:
    """Read the names."""
    with Path(__file__).with_name("names.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Name(*row) for row in rows]


def distance(guessed: str, right: str) -> int:
    """Count the phonemes to change, add or leave out.

    >>> distance("kitten", "sitting")
    3
    """
    row = list(range(len(right) + 1))
    for place, sound in enumerate(guessed, 1):
        above, row = row, [place]
        for column, other in enumerate(right, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (sound != other)))
    return row[-1]


def plain(phonemes: str, *, coarse: bool) -> str:
    """Leave stress out, and differences of vowels that respellings do not tell.

    >>> plain("kˈijɪv", coarse=False), plain("kˈijɪv", coarse=True)
    ('kijɪv', 'kijiv')
    """
    sounds = re.sub("[ˈˌː ]", "", phonemes).replace("ᵊ", "ə").replace("T", "t")
    return "".join(ALIKE.get(sound, sound) for sound in sounds) if coarse else sounds


def guesses() -> tuple[list[Callable[[str], str]], Callable[[str, str], str]]:
    """Return what says a name in misaki's alphabet, and what says one in a language by eSpeak NG.

    The former are hibari's own phonemizer and ours, then Kokoro's without and with names.
    """
    from hibari.g2p import G2P
    from kokoro_onnx.tokenizer import Tokenizer  # which makes phonemizer find the eSpeak NG of espeakng-loader
    from phonemizer import phonemize

    tokenizer, voice = Tokenizer(), Voice("", "kokoro", "af_heart", "en-US")

    def kokoro(name: str) -> str:
        return "".join(phonemes for _, phonemes in _phonemized(tokenizer, Utterance(name, name), voice))

    def native(name: str, language: str) -> str:
        return misaki(phonemize(name, language, with_stress=True, strip=True, language_switch="remove-flags"))

    return [G2P(), _phonemizer(british=False), lambda name: _say(tokenizer, name, "en-us"), kokoro], native


def figures() -> Iterator[tuple[str, int, list[float]]]:
    """Yield each language, its number of names, and the percentages: strict and coarse, each of five ways."""
    ways, native = guesses()
    wrong: dict[str, list[int]] = defaultdict(lambda: [0] * 12)
    for name in names():
        right = misaki(name.ipa)
        voice = VOICES.get(name.language, name.language)
        guessed = [way(name.written) for way in ways] + [native(name.written, voice)]
        half = "held out" if crc32(name.written.encode()) % 2 else "chosen by"
        for key in (name.language, half, "all"):
            counts = wrong[key]
            counts[0] += 1
            counts[1] += len(plain(right, coarse=False))
            for place, (coarse, phonemes) in enumerate((c, p) for c in (False, True) for p in guessed):
                counts[2 + place] += distance(plain(phonemes, coarse=coarse), plain(right, coarse=coarse))
    for language, (number, sounds, *rest) in sorted(wrong.items(), key=lambda item: -item[1][0]):
        yield language, number, [100 * count / sounds for count in rest]


if __name__ == "__main__":
    print("strict, then coarse: hibari's guess, as spoken; Kokoro's, as spoken; own language")
    for language, number, shares in figures():
        print(f"{language:9} {number:6}", *(f"{share:8.1f}" for share in shares))
