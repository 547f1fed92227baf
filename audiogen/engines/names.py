"""Names in other languages: recognises the language by the spelling, and finds the pronunciation.

A name that no lexicon has is guessed by English rules. Where its spelling shows a language whose names eSpeak NG says
better than that guess (`python -m benchmarks.names`), they are said as eSpeak NG says them, with the nearest English
sounds. What shows a language is in `names.toml`.
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

#: A name as it is written, which a possessive may end. One letter or two show no language; no name has more than forty.
_NAME = re.compile(r"([^\W\d_]{3,40})(['’]s)?")
#: A word of running text that may be one, its accents with it.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){2,39}")
#: English has no short e at a word's end: readers say "ay", as in "Konaté" and "Koke".
_LAST_E = re.compile("e$")
#: eSpeak NG's: sound goes nowhere; text is UTF-8; phonemes are IPA.
_NO_SOUND, _UTF8, _IPA = 2, 1, 2
#: eSpeak NG is one library with one state.
_SPEAKING = Lock()


class Entry(NamedTuple):
    """A language, as a voice of eSpeak NG, and what in the spelling of a name shows it."""

    signs: re.Pattern[str]
    #: Empty where the guess stays.
    language: str
    #: Regular expressions, and what is read in place of what they find.
    instead: tuple[tuple[str, str], ...] = ()
    #: Sounds of IPA, and what English readers put for them.
    sounds: tuple[tuple[str, str], ...] = ()


def name_in_misaki(name: str, *, british: bool = False) -> str:
    """Say a name in misaki's alphabet as its language does; empty if its spelling shows none.

    >>> name_in_misaki("Modrić"), name_in_misaki("Wałęsa’s"), name_in_misaki("Baker"), name_in_misaki("café")
    ('mˈOdɹɪʧ', 'vɑwˈɛnsɑz', '', '')
    """
    found = _NAME.fullmatch(normalize("NFC", name))
    ipa = _in_english_sounds(found[1]) if found else ""
    return misaki(with_ending(ipa) if ipa and found and found[2] else ipa, british=british)


def with_names(utterance: Utterance) -> Utterance:
    """Add pronunciations of names in other languages to an English utterance; its own pronunciations win.

    It is for voices whose phonemizer guesses at every name by English rules.
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
    """Say a name as its language does, in IPA of English sounds; empty if its spelling shows none."""
    name = normalize("NFC", name)
    entry = shown_by(name) if name.istitle() else None
    return english(ipa_of_name(name, entry)) if entry else ""


def shown_by(name: str) -> Entry | None:
    """Find the language that a name's spelling shows.

    >>> [entry and entry.language for entry in map(shown_by, ("Szczęsny", "Milosevic", "Müller"))]
    ['pl', 'hr', None]
    """
    name = normalize("NFC", name).lower()
    found = next((entry for entry in _entries() if entry.signs.search(name)), None)
    return found if found and found.language else None


def ipa_of_name(name: str, entry: Entry) -> str:
    """Say a name in the IPA of its language; empty if eSpeak NG cannot."""
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
    """Ask eSpeak NG for a word's sounds; empty if there is no eSpeak NG, or it has not the language."""
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
    """Open the eSpeak NG of espeakng-loader inside this process: it writes phonemes only and makes no sound."""
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
