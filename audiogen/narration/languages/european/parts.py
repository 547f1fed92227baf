r"""Patterns and helper functions that the rules share.

All patterns are verbose regular expressions: a space in them is written `[ ]` or `\\s`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from audiogen.narration.languages.european.language import Language

#: A dash between the ends of a range; a hyphen must have spaces on both sides, or on neither.
TO = r"(?:[ ]?[–—−][ ]?|-|[ ]-[ ])"
#: An optional space between a number and its unit.
GAP = r"[ ]?"
#: A sign that touches its number.
SIGN = r"(?P<sign>(?<!\w)[-−–+±](?=\d))?"

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'.-]*?)[.]?[\s\"'(\[]+\Z")
#: A word is read up to 80 characters, so that a long one is not read anew at each of its signs ("½½½…").
_WORD = r"([^\W\d_][\w']{0,79})"
_WORDS_AFTER = re.compile(rf"[\s-]{{0,80}}{_WORD}(?:\s{{1,80}}{_WORD})?(?:\s{{1,80}}{_WORD})?")
#: A conjunction or dash between Roman numerals: "siglos XIX y XX", "XIX-XX secolo", "XIX та XX століть".
_CONJUNCTION = r"(?:,?[ ](?:y|e|o|ou|u|a|al|et|i|oraz|lub|і|й|та|або|и|или)[ ]|,[ ]|[ ]?[-–—][ ]?)"
_BEFORE_ROW = re.compile(rf"([^\W\d_][\w'-]*)[ ](?:[IVXLCХІ]+{_CONJUNCTION})*\Z")
_BEHIND_ROW = re.compile(rf"(?:{_CONJUNCTION}[IVXLCХІ]{{1,8}}(?!\w)){{0,4}}[ ]{_WORD}")
_TEXT_ENDS = re.compile(r"[\s\"')\]]*\Z")
_SENTENCE_STARTS = re.compile(r"[\"')\]]*\s+[\"'(\[—–-]*\s*([^\W\d_]+)")


def first_words(forms: Iterable[str]) -> set[str]:
    """Return the triggers of the written forms: the first word of each in lower case, or its first symbol."""
    starts = set()
    for form in forms:
        found = re.match(r"[^\W\d_]\w*", form)
        starts.add(found[0].lower() if found else form[0])
    return starts


def spread(table: dict[str, str]) -> dict[str, str]:
    """Return the table with an entry for each written form: the key "млн, млн." becomes two."""
    return {form: spoken for forms, spoken in table.items() for form in forms.split(", ")}


def rule(
    name: str,
    starts: Iterable[str],
    pattern: str,
    say: Callable[[Language, re.Match[str]], str | None],
    language: Language,
) -> Rule:
    """Return a rule with a callback that takes the language and the match."""
    return Rule(name, starts, pattern, lambda match: say(language, match))


def word_before(match: re.Match[str]) -> str:
    """Return the word before the match in lower case; "" if punctuation or the start of the text comes first."""
    found = _WORD_BEFORE.search(match.string[max(0, match.start() - 40) : match.start()])
    return found[1].lower() if found else ""


def name_before(match: re.Match[str]) -> str:
    """Return the word before the match as written; "" if there is more than a space between them."""
    found = re.search(r"([^\W\d_][\w'-]*)[ ]\Z", match.string[max(0, match.start() - 40) : match.start()])
    return found[1] if found else ""


def before_numerals(match: re.Match[str]) -> str:
    """Return the word before a series of Roman numerals that the match belongs to; "" if there is none."""
    found = search_before(match, _BEFORE_ROW)
    return found[1] if found else ""


def after_numerals(match: re.Match[str]) -> str:
    """Return the word after a series of Roman numerals that the match belongs to; "" if there is none."""
    found = _BEHIND_ROW.match(match.string, match.end())
    return found[1] if found else ""


def words_after(match: re.Match[str]) -> list[str]:
    """Return up to three words after the match, as written; an empty list if punctuation comes first."""
    found = _WORDS_AFTER.match(match.string, match.end())
    return [word for word in found.groups() if word] if found else []


def stop_after(match: re.Match[str], openers: Container[str] | None = None) -> str:
    """Return "." if the abbreviation's full stop also ends the text or a sentence; otherwise "".

    A sentence ends if the next word is capitalised and one of *openers*.
    """
    text, end = match.string, match.end()
    if text[end - 1 : end] != ".":
        return ""
    if _TEXT_ENDS.match(text, end):
        return "."
    found = _SENTENCE_STARTS.match(text, end) if openers else None
    return "." if openers and found and found[1].istitle() and found[1].lower() in openers else ""
