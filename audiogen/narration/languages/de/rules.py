"""Rules of German alone: ordinals with a stop, rulers' numbers, decades, words that begin with figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.continental.parts import TO, rule, word_before, words_after
from audiogen.narration.continental.words import roman_value
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.narration.continental.language import Language

#: What stands before a ruler's name in another case than the nominative.
_OBLIQUE = re.compile(r"\b(?:von|unter|mit|nach|bei|zu|vor|gegen|für|durch|König|Kaiser|Papst)\s+(?:\w+\s+){0,2}\Z")


def _ordinal(language: Language, match: re.Match[str]) -> str | None:
    """Say "20." as an ordinal before a noun or an adjective, where the words around it are sure."""
    before = word_before(match)
    after = words_after(match)
    if not after or int(match["number"]) > 999:
        return None
    ending = language.ending(match, "")  # type: ignore[attr-defined]
    if not before or ending == "" and before not in _ARTICLES:
        return None
    return language.ordinal(int(match["number"])) + ending


_ARTICLES = frozenset("der die das dieser diese dieses".split())


def _ruler(language: Language, match: re.Match[str]) -> str | None:
    """Say the number of a ruler: "Ludwig der Vierzehnte"; behind a preposition "von Ludwig dem Vierzehnten"."""
    value = roman_value(match["numeral"])
    if not value:
        return None
    feminine = match["name"] in _QUEENS
    said = language.ordinal(value).capitalize()
    before = re.search(r"(\w+)\s+\Z", match.string[max(0, match.start() - 20) : match.start()])
    word = before[1].lower() if before else ""
    if word in ("von", "unter", "mit", "nach", "bei", "zu", "papst") and word != "papst":
        return f"{match['name']} {'der' if feminine else 'dem'} {said}n"
    if word in ("für", "durch", "gegen", "ohne"):
        return f"{match['name']} {'die' if feminine else 'den'} {said}{'' if feminine else 'n'}"
    return f"{match['name']} {'die' if feminine else 'der'} {said}"


_QUEENS = frozenset("Elisabeth Elizabeth Katharina Margrethe Maria Anna Beatrix Isabella Christina".split())


def _decade(language: Language, match: re.Match[str]) -> str:
    """Say "neunziger" and "neunzehnhundertneunziger"."""
    number = int(match["number"])
    return (language.year(number) if number > 99 else language.cardinal(number)) + "er"


def _compound(language: Language, match: re.Match[str]) -> str | None:
    """Say the number that begins a word: "10-jährig", "5-köpfig"; a capital after the hyphen keeps it apart."""
    number = language.cardinal(int(match["number"]))
    if number.endswith("eins"):
        number = number[:-1]
    return f"{number}{match['word']}" if match["word"][0].islower() else f"{number}-{match['word']}"


_RULES: tuple[tuple[str, list[str], str, Callable[[Language, re.Match[str]], str | None]], ...] = (
    ("ruler", [WORD], r"(?P<name>[A-ZÄÖÜ][a-zäöüß]+)[ ](?P<numeral>[IVX]+)\.?(?=[\s,;:)!?]|\Z)", _ruler),
    ("decade", [DIGIT, "'"], r"'?(?P<number>(?:1[1-9]|20)\d0|[1-9]0)er(?=\b)", _decade),
    ("number in a word", [DIGIT], r"(?P<number>\d{1,4})-?(?P<word>(?:jährig|köpfig|fach|mal|tägig|stündig|wöchig|prozentig|stellig|stöckig|monatig|minütig|teilig|seitig)\w*)", _compound),
    ("number with a hyphen", [DIGIT], r"(?P<number>\d{1,4})-(?P<word>[A-ZÄÖÜ][a-zäöüß]\w*)", _compound),
    ("ordinal", [DIGIT], rf"(?P<number>\d{{1,3}})\.(?=[ ][^\W\d_])", _ordinal),
)  # fmt: skip


def _maker(row: tuple[str, list[str], str, Callable[[Language, re.Match[str]], str | None]]) -> Callable[[Language], Rule]:
    name, starts, pattern, say = row
    return lambda language: rule(name, starts, pattern, say, language)


RULES = [_maker(row) for row in _RULES]
