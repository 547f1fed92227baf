"""Rules for chapters and verses of the Bible: "Gen. 1:1-3", "1 Cor. 13:4", "John 3:16"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table
from audiogen.narration.languages.en.numbers import cardinal, ordinal
from audiogen.narration.languages.en.parts import TO, word_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

#: Books by their names and abbreviations.
BOOKS = {
    form: name
    for name, forms in (line.split(";") for line in load_table(__file__, "scripture.toml")["books"].split("\n") if line)
    for form in (name, *forms.split())
}
#: Their abbreviations, in small letters.
SHORT = [form.lower() for form, name in BOOKS.items() if form != name]


def _reference(match: re.Match[str]) -> str | None:
    """Return a book with its chapter and verses in words; None for an unknown book."""
    book = BOOKS.get(match["book"])
    if book is None:
        return None
    numbered = f"{ordinal(int(match['number'])).capitalize()} " if match["number"] else ""
    return f"{numbered}{book} {_verses(match)}"


def _after_book(match: re.Match[str]) -> str | None:
    """Return a chapter and verses in words; None if the word before is not a book."""
    return _verses(match) if word_before(match).title() in BOOKS else None


def _verses(match: re.Match[str]) -> str:
    """Return a chapter and a verse, or a range of verses, in words."""
    chapter, verse = int(match["chapter"]), int(match["verse"])
    # "Twenty three" would be heard as one number.
    pause = "," if chapter % 10 == 0 and verse < 10 else ""
    spoken = f"{cardinal(chapter)}{pause} {cardinal(verse)}"
    if match["last"]:
        other = f"{cardinal(int(match['until']))} " if match["until"] else ""
        spoken += f" {'and' if match['and'] else 'to'} {other}{cardinal(int(match['last']))}"
    return spoken


_VERSE = rf"""(?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})(?:[a-c]\b)?
    (?:(?:{TO}|(?P<and>,\s?))(?:(?P<until>\d{{1,3}}):)?(?P<last>\d{{1,3}})\b)?(?![\w:])(?!\s?[ap]\.?m\b)"""

RULES = (
    Rule(
        "numbered book",
        [DIGIT],
        rf"(?P<number>[1-3])\s(?P<book>[A-Z][a-z]+)\.?\s{_VERSE}",
        _reference,
        "_A",
    ),
    Rule("book", SHORT, rf"(?P<number>)(?P<book>[A-Z][a-z]+)\.?\s{_VERSE}", _reference, "end _0"),
    Rule("verse", [DIGIT], _VERSE, _after_book, ":"),
)
