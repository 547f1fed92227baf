"""Names in other languages: recognises the language by the spelling, and finds the pronunciation.

A name without an entry in a lexicon is guessed by English rules. If its spelling shows a language whose names eSpeak NG
pronounces better than that guess (`python -m benchmarks.names`), eSpeak NG's pronunciation is used, with the nearest
English sounds. The patterns of spellings are in `names.toml`.
"""

from __future__ import annotations

import ctypes
import re
import tomllib
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from audiogen.engines.espeak_library import espeak_of_wheel
from audiogen.engines.phonemes import english, misaki, with_ending
from audiogen.model import Pronunciation, Saying

if TYPE_CHECKING:
    from audiogen.model import Utterance

#: A name, with a possessive ending or without. One or two letters do not show a language.
_NAME = re.compile(r"([^\W\d_]{3,40})(['’]s)?")
#: A word of running text that may be a name, with its accents.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){2,39}")
#: English has no short e at a word's end; it is pronounced "ay", as in "Konaté" and "Koke".
_LAST_E = re.compile("e$")
#: Constants of eSpeak NG: no sound output, UTF-8 text, IPA phonemes.
_NO_SOUND, _UTF8, _IPA = 2, 1, 2
#: eSpeak NG's library has one state for the process.
_SPEAKING = Lock()


class Entry(NamedTuple):
    """A language, as a voice of eSpeak NG, and the patterns of its spelling."""

    signs: re.Pattern[str]
    #: The voice; empty if the guess by English rules is used.
    language: str
    #: Regular expressions, and their replacements in the text that eSpeak NG reads.
    instead: tuple[tuple[str, str], ...] = ()
    #: Sounds of IPA, and the English sounds that replace them.
    sounds: tuple[tuple[str, str], ...] = ()


def name_in_misaki(name: str, *, british: bool = False) -> str:
    """Return a name in misaki's alphabet, pronounced as in its language; "" if its spelling shows none.

    >>> name_in_misaki("Modrić"), name_in_misaki("Wałęsa’s"), name_in_misaki("Baker"), name_in_misaki("café")
    ('mˈOdɹɪʧ', 'vɑwˈɛnsɑz', '', '')
    """
    found = _NAME.fullmatch(normalize("NFC", name))
    ipa = _in_english_sounds(found[1]) if found else ""
    return misaki(with_ending(ipa) if ipa and found and found[2] else ipa, british=british)


def with_names(utterance: Utterance) -> Utterance:
    """Return an English utterance with pronunciations of names in other languages.

    Its own pronunciations take precedence.

    It is for voices with a phonemizer that guesses all names by English rules.
    """
    taken = [range(part.start, part.end) for part in utterance.pronunciations]
    found = [
        Pronunciation(word.start(), word.end(), Saying.IPA, ipa=ipa)
        for word in _WORD.finditer(utterance.spoken)
        if not any(part.start < word.end() and word.start() < part.stop for part in taken)
        and (ipa := _in_english_sounds(word[0]))
    ]
    return replace(utterance, pronunciations=(*utterance.pronunciations, *found)) if found else utterance


def _in_english_sounds(name: str) -> str:
    """Return a name, pronounced as in its language, in IPA of English sounds; "" if its spelling shows no language."""
    name = normalize("NFC", name)
    entry = shown_by(name) if name.istitle() else None
    return english(ipa_of_name(name, entry)) if entry else ""


def shown_by(name: str) -> Entry | None:
    """Return the language that a name's spelling shows; None if it shows none.

    >>> [entry and entry.language for entry in map(shown_by, ("Szczęsny", "Milosevic", "Müller"))]
    ['pl', 'hr', None]
    """
    name = normalize("NFC", name).lower()
    found = next((entry for entry in _entries() if entry.signs.search(name)), None)
    return found if found and found.language else None


def ipa_of_name(name: str, entry: Entry) -> str:
    """Return a name in the IPA of its language; "" if eSpeak NG is not available."""
    name = normalize("NFC", name).lower()
    for sign, text in entry.instead:
        name = re.sub(sign, text, name)
    ipa = _ipa(name, entry.language)
    for sound, nearest in entry.sounds:
        ipa = ipa.replace(sound, nearest)
    return _LAST_E.sub("eɪ", ipa)


def names_in(text: str) -> list[str]:
    """Return the words of a text whose spelling shows another language.

    >>> names_in("Łukasz met Ann Baker in Kraków.")
    ['Łukasz', 'Kraków']
    """
    return [word for word in _WORD.findall(text) if normalize("NFC", word).istitle() and shown_by(word)]


@cache
def _entries() -> tuple[Entry, ...]:
    """Load the spellings and sounds of names by language."""
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["entry"]
    return tuple(
        Entry(
            re.compile("|".join(table["signs"])),
            table["language"],
            tuple(table.get("instead", {}).items()),
            tuple(table.get("sounds", {}).items()),
        )
        for table in tables
    )


@lru_cache(maxsize=4096)
def _ipa(word: str, language: str) -> str:
    """Return eSpeak NG's IPA of a word; "" if it is not installed or does not have the language."""
    with _SPEAKING:
        library = _library()
        if library is None or library.espeak_SetVoiceByName(language.encode()) != 0:
            return ""
        text = ctypes.c_char_p(word.encode())
        phonemes: bytes | None = library.espeak_TextToPhonemes(ctypes.byref(text), _UTF8, _IPA)
    # "(en)" and the like stand where it has changed to another language's rules.
    return re.sub(r"\([a-z-]+\)", "", (phonemes or b"").decode("utf-8", "replace")).strip()


@cache
def _library() -> Any:
    """Return the eSpeak NG of espeakng-loader, opened in this process for phonemes only; None if not installed."""
    path, data = espeak_of_wheel()
    if not path:
        return None
    try:
        library = ctypes.CDLL(path)
        if library.espeak_Initialize(_NO_SOUND, 0, data.encode(), 0) < 0:
            return None
    except (OSError, AttributeError):
        return None
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    return library
