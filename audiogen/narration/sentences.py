"""Splits a written text into sentences, before any rule is applied."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.packs import Pack

#: Punctuation that may end a sentence, closing quotes and brackets, and the space. German closes with the English
#: opening quote; French has a space before its guillemets.
_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]+(?:\s\.(?!\w))*(?:[\"'”“’»)\]]|\s»(?=\s|\Z))*(?P<gap>\s+)")
_LAST_WORD = re.compile(r"[^\s\"“”(\[—–/]*\Z")
#: A name after a quotation, the word after it, and what shows that the attribution ends the sentence.
_SPEAKER = re.compile(
    r"(?:[A-Z][\w'’.-]*\s){1,3}([a-z]+)(?:[.,]|\s(?:in|on|at|as|during|after|before|when|while|with|him|her|them|me)\b)"
)
_DOTS = re.compile(r"\.\s?\.")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[¿¡]*([^\W_][\w'’-]*)?")
#: Most characters of an abbreviation.
_MAX_WORD_LENGTH = 40


def sentences(text: str, pack: Pack) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence of *text*; together they cover all of it except white space.

    A sentence does not end after a title or an initial, or before a small letter. It ends after an abbreviation only if
    the next word is one that begins sentences.
    """
    start = len(text) - len(text.lstrip())
    for found in _END.finditer(text):
        if found.start() > start and _ends_sentence(text, start, found, pack) and found.end() < len(text):
            yield start, found.start("gap")
            start = found.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def _is_followed_by_attribution(text: str, found: re.Match[str], pack: Pack) -> bool:
    """Return whether an attribution follows a quotation that ends with "?" or "!": '"Is it open?" Jones asked.'."""
    if found[0].rstrip()[-1] not in "\"”'’":
        return False
    speaker = _SPEAKER.match(text, found.end())
    return speaker is not None and speaker[1] in pack.speech_verbs


def _ends_sentence(text: str, start: int, found: re.Match[str], pack: Pack) -> bool:
    """Return whether the punctuation in *found* ends the sentence that begins at *start*."""
    following = _NEXT_WORD.match(text, found.end())
    after = (following[1] if following else None) or ""
    if after[:1].islower() and not after[1:2].isupper():
        return False
    if found[0][0] != "." or _DOTS.match(found[0]):
        return not _is_followed_by_attribution(text, found, pack)
    last = _LAST_WORD.search(text, max(start, found.start() - _MAX_WORD_LENGTH), found.start())
    word = last[0] if last else ""
    if found.start() - len(word) == start and (word.isdecimal() or len(word) == 1):
        return False  # the number of a list item, or an initial that opens the sentence
    if word.isdecimal() and after in pack.starters:
        return True
    if word in pack.abbreviations or (word.lower() in pack.counted and after[:1].isdigit()):
        return False
    if pack.is_ordinal(_word_before(text, start, found.start() - len(word)), word, after):
        return False
    if word in pack.final_abbreviations or _DOTTED.search(word) or (len(word) == 1 and word.isupper() and word != "I"):
        return after in pack.starters
    return True


def _word_before(text: str, start: int, end: int) -> str:
    """Return the last word of the sentence from *start* before *end*; "" at its beginning."""
    words = text[max(start, end - _MAX_WORD_LENGTH) : end].split()
    return words[-1] if words else ""
