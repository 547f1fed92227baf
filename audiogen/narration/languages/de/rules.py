"""Rules of German alone: ordinals with a stop, rulers' numbers, decades, words that begin with figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.continental.parts import choice, stop_after, word_before, words_after
from audiogen.narration.continental.words import roman_value
from audiogen.narration.data import words
from audiogen.narration.languages.de.german import NUMBERED
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from audiogen.narration.languages.de.german import German

_ARTICLES = words("der die das dieser diese dieses")
#: What stands before a numeral and is no name: "im II. Weltkrieg".
_NOT_NAMES = words("im am zum vom der die das den dem des ein eine einer einem und oder seit bis")
_QUEENS = words("Elisabeth Elizabeth Katharina Margrethe Maria Anna Beatrix Isabella Christina")


def _ordinal(language: German, match: re.Match[str]) -> str | None:
    """Say "20." as an ordinal before a noun or an adjective, where the words around it are sure."""
    before = word_before(match)
    after = words_after(match)
    number = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not after or not number:
        return None
    ending = language.ending(match, "")
    if not before or (not ending and before not in _ARTICLES):
        return None
    return language.ordinal(number) + ending


def _ruler(language: German, match: re.Match[str]) -> str | None:
    """Say the number of a ruler: "Ludwig der Vierzehnte"; behind a preposition "von Ludwig dem Vierzehnten"."""
    value = roman_value(match["numeral"])
    if not value or match["name"].lower() in NUMBERED | _NOT_NAMES:
        return None
    feminine = match["name"] in _QUEENS
    said, stop = language.ordinal(value).capitalize(), stop_after(match)
    word = word_before(match)
    if word in ("von", "unter", "mit", "nach", "bei", "zu"):
        return f"{match['name']} {'der' if feminine else 'dem'} {said}n{stop}"
    if word in ("für", "durch", "gegen", "ohne"):
        return f"{match['name']} {'die' if feminine else 'den'} {said}{'' if feminine else 'n'}{stop}"
    return f"{match['name']} {'die' if feminine else 'der'} {said}{stop}"


def _street(match: re.Match[str]) -> str:
    return match["name"] + match["str"].replace("tr", "traße")


def _decade(language: German, match: re.Match[str]) -> str:
    """Say "neunziger" and "neunzehnhundertneunziger"."""
    number = int(match["number"])
    return (language.year(number) if number > 99 else language.cardinal(number)) + "er"


def _compound(language: German, match: re.Match[str]) -> str | None:
    """Say the number that begins a word: "10-jährig", "5-köpfig"; a capital after the hyphen keeps it apart."""
    number = language.cardinal(int(match["number"]))
    if number.endswith("eins"):
        number = number[:-1]
    return f"{number}{match['word']}" if match["word"][0].islower() else f"{number}-{match['word']}"


#: What follows a number inside a word.
_TAILS = words("jährig köpfig fach mal tägig stündig wöchig prozentig stellig stöckig monatig minütig teilig seitig")


def own(language: German) -> Iterator[Rule]:
    """Rules of German alone, tried before those it shares."""
    names = r"(?P<name>[A-ZÄÖÜ][a-zäöüß]+)[ ](?P<numeral>[IVX]+)\.?(?=[\s,;:)!?]|\Z)"
    yield Rule("ruler", [WORD], names, partial(_ruler, language))
    yield Rule("decade", [DIGIT, "'"], r"'?(?P<number>(?:1[1-9]|20)\d0|[1-9]0)er\b", partial(_decade, language))
    tails = choice(_TAILS)
    number = r"(?P<number>\d{1,4})"
    yield Rule("number in a word", [DIGIT], rf"{number}-?(?P<word>{tails}\w*)", partial(_compound, language))
    yield Rule(
        "number before a noun", [DIGIT], rf"{number}-(?P<word>[A-ZÄÖÜ][a-zäöüß]\w*)", partial(_compound, language)
    )
    yield Rule("street", [WORD], r"(?P<name>[A-ZÄÖÜ][\w-]*?)(?P<str>-Str|str)\.", _street)


def places(language: German) -> Iterator[Rule]:
    """Ordinals in figures, tried when a number is no date and no measure."""
    place = r"(?P<number>\d{1,3}|[IVX]+)\.(?=[ ][^\W\d_])"
    yield Rule("ordinal", [DIGIT, WORD], place, partial(_ordinal, language))
