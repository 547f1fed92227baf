"""What the patterns of the rules share. All are verbose ones: a space in them is written `[ ]` or `\\s`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from audiogen.narration.languages.european.language import Language

#: A dash between the ends of a range; a hyphen only where it touches both, or neither.
TO = r"(?:[ ]?[–—−][ ]?|-|[ ]-[ ])"
#: A space between a number and what it counts, or none.
GAP = r"[ ]?"
#: A sign that touches its number.
SIGN = r"(?P<sign>(?<!\w)[-−–+±](?=\d))?"

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'.-]*?)[.]?[\s\"'(\[]+\Z")
_WORDS_AFTER = re.compile(r"[\s-]*([^\W\d_][\w']*)(?:\s+([^\W\d_][\w']*))?(?:\s+([^\W\d_][\w']*))?")
#: What joins Roman numerals in a row: "siglos XIX y XX", "XIX-XX secolo", "XIX та XX століть".
_CONJUNCTION = r"(?:,?[ ](?:y|e|o|ou|u|a|al|et|i|oraz|lub|і|й|та|або|и|или)[ ]|,[ ]|[ ]?[-–—][ ]?)"
_BEFORE_ROW = re.compile(rf"([^\W\d_][\w'-]*)[ ](?:[IVXLCХІ]+{_CONJUNCTION})*\Z")
_BEHIND_ROW = re.compile(rf"(?:{_CONJUNCTION}[IVXLCХІ]{{1,8}}(?!\w)){{0,4}}[ ]([^\W\d_][\w']*)")
_TEXT_ENDS = re.compile(r"[\s\"')\]]*\Z")
_SENTENCE_STARTS = re.compile(r"[\"')\]]*\s+[\"'(\[—–-]*\s*([^\W\d_]+)")


def first_words(forms: Iterable[str]) -> set[str]:
    """List what triggers the forms: the word each begins with, in lower case, or its first symbol."""
    starts = set()
    for form in forms:
        found = re.match(r"[^\W\d_]\w*", form)
        starts.add(found[0].lower() if found else form[0])
    return starts


def spread(table: dict[str, str]) -> dict[str, str]:
    """Give each written form of a key its own entry: "млн, млн." is two."""
    return {form: spoken for forms, spoken in table.items() for form in forms.split(", ")}


def rule(
    name: str,
    starts: Iterable[str],
    pattern: str,
    say: Callable[[Language, re.Match[str]], str | None],
    language: Language,
) -> Rule:
    """Make a rule whose function also gets the language."""
    return Rule(name, starts, pattern, lambda match: say(language, match))


def word_before(match: re.Match[str]) -> str:
    """The word before the match in lower case; empty if punctuation parts them or the text begins."""
    found = _WORD_BEFORE.search(match.string[max(0, match.start() - 40) : match.start()])
    return found[1].lower() if found else ""


def name_before(match: re.Match[str]) -> str:
    """The word before the match as written; empty if more than a space parts them."""
    found = re.search(r"([^\W\d_][\w'-]*)[ ]\Z", match.string[max(0, match.start() - 40) : match.start()])
    return found[1] if found else ""


def before_numerals(match: re.Match[str]) -> str:
    """The word before a Roman numeral, over other numerals of its row; empty if there is none."""
    found = search_before(match, _BEFORE_ROW)
    return found[1] if found else ""


def after_numerals(match: re.Match[str]) -> str:
    """The word after a Roman numeral, over other numerals of its row; empty if there is none."""
    found = _BEHIND_ROW.match(match.string, match.end())
    return found[1] if found else ""


def words_after(match: re.Match[str]) -> list[str]:
    """Up to three words after the match, as written; none if punctuation comes first."""
    found = _WORDS_AFTER.match(match.string, match.end())
    return [word for word in found.groups() if word] if found else []


def stop_after(match: re.Match[str], openers: Container[str] | None = None) -> str:
    """Give back the full stop of an abbreviation that ended the text, or a sentence: one of *openers* follows."""
    text, end = match.string, match.end()
    if text[end - 1 : end] != ".":
        return ""
    if _TEXT_ENDS.match(text, end):
        return "."
    found = _SENTENCE_STARTS.match(text, end) if openers else None
    return "." if openers and found and found[1].istitle() and found[1].lower() in openers else ""
