"""Passages of a text in another language than its own: whole sentences, quoted phrases, and runs of another script.

What is written in another script is certain. A passage in the same script must be long enough, hold common words of
the other language and hardly any of the text's own, and leave the classifier no doubt: an English sentence full of
French names is English. A single foreign word stays with its sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from audiogen.language.detection import common_words, guess_language, same_language, word_counts
from audiogen.language.scripts import LANGUAGES, script_of, script_of_letter, scripts_of, written_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Where a sentence ends, in any script; an abbreviation may be taken for an end, for only whole foreign ones matter.
# Each run of marks is tried once: no part of one is followed by a blank if the whole is not.
_END = re.compile(r"(?:(?<![.!?…؟։።])[.!?…؟։።]++[\"'”’»)\]]*+(?=\s)|[。！？।]+[」』”]*)\s*")
#: Quoted phrases; an apostrophe is no quote.
_QUOTED = re.compile(
    "|".join(
        f"{opened}[^{opened}{closed}]{{1,600}}[{closed}]"
        for opened, closed in (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"), ('"', '"'))
    )
)
_PROSE = re.compile(r"[^\W_]|[\s.,;:!?…'’‘\"“”„«»()–—-]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
#: What a run of another script ends at, and what goes with a passage that it follows.
_ENDS_RUN = frozenset('().,;:“”„«»"/')
_FOLLOWING = re.compile(r"[,.;:!?…)]+")
#: Words that a passage in the same script must have, as a sentence and as a quoted phrase.
SENTENCE_WORDS, QUOTED_WORDS = 5, 4
#: Words that a passage must have which the page marks as another language's.
MARKED_WORDS = 3
#: Words that a run of another script must have, and letters where words are not parted by spaces.
RUN_WORDS, RUN_LETTERS = 2, 4
#: Share of a sentence's letters that must be of another script for the whole of it to be a passage.
MOSTLY = 0.7
#: Share of the words that may be common ones of the text's own language ("in", "de" and the like are so in many).
OWN_WORDS = 0.2
#: How many more of another language's common words there must be than of the text's own.
OTHERS = 2
#: Share of the characters that letters and the marks of prose make up in prose.
PROSE = 0.97
#: Least probability, and that for languages that share most of their words.
SURE, SURE_OF_KIN = 0.97, 0.9999
#: Letters of the longest word that links the parts of a name.
LINK = 3
#: Words that a passage in a kindred language must have.
KIN_WORDS = 9
_KIN = tuple(
    map(
        frozenset,
        (
            {"da", "nb", "nn", "no", "sv"}, {"cs", "sk"}, {"es", "gl", "ca", "pt"},
            {"hr", "sr", "bs", "sl", "mk", "bg"},
            {"nl", "af"}, {"id", "ms"}, {"ru", "uk", "be", "bg", "sr", "mk"}, {"hi", "mr", "ne"}, {"ar", "fa", "ur"},
        ),
    )
)  # fmt: skip
#: Scripts that part no words by spaces.
_UNPARTED = frozenset({"Hani", "Kana", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
#: Letters that only one language of a script has, for phrases too short to be classified.
_TELLTALE = {"be": "ў", "uk": "їєґі", "sr": "ђћџ", "mk": "ѓќѕ", "ru": "ыэё", "fa": "پچگژ", "ur": "ٹڈڑے"}
#: Language of a script whose letters tell no more.
_USUAL = {**LANGUAGES, "Cyrl": "ru", "Arab": "ar", "Deva": "hi"}


class Passage(NamedTuple):
    """A stretch of a text (offsets in characters, end exclusive) and its language."""

    start: int
    end: int
    language: str
    #: Whether it is made of whole sentences, rather than a part of one.
    whole: bool = True


def passages(text: str, language: str, marked: Sequence[tuple[int, int, str]] = ()) -> tuple[Passage, ...]:
    """Find what in *text*, written in *language*, is in another one; in order, none overlapping.

    *marked* are stretches that the page marks as another language's: start, end, tag. A phrase of three words is
    believed where its words do not speak against it; names stay in their sentence.

    >>> text = "The sign read “Слава Україні” in yellow."
    >>> [(text[p.start : p.end], p.language) for p in passages(text, "en")]
    [('“Слава Україні”', 'uk')]
    """
    if not language or language == "und" or not text:
        return ()
    found: list[Passage] = []
    confirmed = [
        Passage(start, end, tag, whole=False)
        for start, end, tag in marked
        if _is_confirmed(text[start:end], language, tag)
    ]
    for start, end in _sentences(text):
        for passage in _within(text, start, end, language):
            if found and _meets(text, found[-1], passage):
                found[-1] = found[-1]._replace(end=passage.end)
            else:
                found.append(passage)
    return tuple(_with_marked(found, confirmed) if confirmed else found)


def _with_marked(found: list[Passage], confirmed: list[Passage]) -> list[Passage]:
    """Add what is marked; it knows its ends better than a sentence that was found around it."""
    kept = [one for one in found if not any(one.start < other.end and other.start < one.end for other in confirmed)]
    apart: list[Passage] = []
    for one in sorted([*kept, *confirmed]):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _is_confirmed(text: str, language: str, declared: str) -> bool:
    """Return whether a stretch that is marked as another language's is a phrase of it."""
    words = [word.group() for word in _WORD.finditer(text)]
    tag = declared.partition("-")[0].lower()
    if len(words) < MARKED_WORDS or same_language(language, declared) or 2 * sum(map(_is_name, words)) > len(words):
        return False
    script = script_of(text)
    if not script or script not in written_in(tag) or tag not in common_words():
        return False
    counts = word_counts([word.casefold() for word in words])
    in_main = max((counts[other] for other in counts if same_language(other, language)), default=0)
    return counts[tag] > in_main


def _meets(text: str, one: Passage, other: Passage) -> bool:
    """Return whether one passage goes on in the next."""
    same = one.language == other.language and one.whole == other.whole
    return same and not text[one.end : other.start].strip()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        yield start, mark.start() + len(mark[0].rstrip())
        start = mark.end()
    if text[start:].strip():
        yield start, start + len(text[start:].rstrip())


def _within(text: str, start: int, end: int, language: str) -> Iterator[Passage]:
    """Find the passages of one sentence: the whole of it, or what is quoted in it, and runs of another script."""
    quotes = list(_QUOTED.finditer(text, start, end))
    if other := _of_sentence(text[start:end], quotes, language):
        yield Passage(start, end, other)
        return
    at = start
    for quoted in quotes:
        if other := _other_language(quoted[0], language, QUOTED_WORDS):
            yield from _runs(text, at, quoted.start(), language)
            at = _after(text, quoted.end(), end)
            yield Passage(quoted.start(), at, other, whole=False)
    yield from _runs(text, at, end, language)


def _of_sentence(sentence: str, quotes: list[re.Match[str]], language: str) -> str:
    """Name the other language of a whole sentence; what it quotes says nothing of who quotes."""
    frame = _QUOTED.sub(" ", sentence) if quotes else sentence
    return _other_language(frame if _WORD.search(frame) else sentence, language, SENTENCE_WORDS)


def _after(text: str, at: int, end: int) -> int:
    """Take the marks with a passage that stand right behind it."""
    marks = _FOLLOWING.match(text, at, end)
    return marks.end() if marks else at


def _other_language(text: str, language: str, fewest: int) -> str:
    """Name the language of a whole sentence or phrase where it is surely another; "" if it is not."""
    script = script_of(text)
    if not script:
        return ""
    if script not in written_in(language):
        return _by_script(text, script)
    return "" if script in LANGUAGES else _by_words(text, language, fewest)


def _by_script(text: str, script: str) -> str:
    counts = scripts_of(text)
    east = script in ("Hani", "Kana", "Hang")
    in_script = sum(counts[name] for name in (("Hani", "Kana", "Hang") if east else (script,)))
    if in_script < MOSTLY * sum(counts.values()) or not _is_run(text, script):
        return ""
    return language_in(text, script)


def language_in(text: str, script: str) -> str:
    """Name the language of a text in a known script, however short it is; "" for Latin where nothing tells."""
    guess = guess_language(text)
    fits = script in written_in(guess.language) if guess.language else False
    if fits and guess.probability >= SURE:
        return guess.language
    small = text.casefold()
    by_letters = (
        tag for tag, letters in _TELLTALE.items() if script in written_in(tag) and any(map(small.count, letters))
    )
    return next(by_letters, "") or (guess.language if fits and guess.probability > 0.5 else _USUAL.get(script, ""))


def _by_words(text: str, language: str, fewest: int) -> str:
    """Return the language of a passage that is certainly in another one, by its common words; "" if in doubt."""
    words = [word.group() for word in _WORD.finditer(text)]
    if len(words) < fewest or 2 * sum(word[0].isupper() for word in words) > len(words):
        return ""
    counts = word_counts([word.casefold() for word in _outside_names(words)])
    main_tag = language.split("-")[0]
    in_main = max(counts[tag] for tag in (*(tag for tag in counts if same_language(tag, language)), main_tag))
    if in_main > OWN_WORDS * len(words) or max(counts.values()) < in_main + OTHERS or _is_code(text):
        return ""
    guess = guess_language(text)
    is_telltale = any(map(text.casefold().count, _TELLTALE.get(guess.language, "")))
    kin = not is_telltale and any({main_tag, guess.language} <= group for group in _KIN)
    if same_language(guess.language, language) or guess.language not in common_words() or not counts[guess.language]:
        return ""
    sure = guess.probability >= (SURE_OF_KIN if kin else SURE) and len(words) >= (KIN_WORDS if kin else fewest)
    return guess.language if sure and counts[guess.language] >= in_main + OTHERS else ""


def _outside_names(words: list[str]) -> Iterator[str]:
    """Leave out the short words inside names ("Île de la Cité"): they tell of the name's language, not the text's."""
    for at, word in enumerate(words):
        around = words[max(0, at - 2) : at], words[at + 1 : at + 3]
        linked = len(word) <= LINK and word.islower() and all(any(map(_is_name, side)) for side in around)
        if not linked:
            yield word


def _is_name(word: str) -> bool:
    return word != word.lower()


def _is_code(text: str) -> bool:
    """Return whether it is a line of a program or a formula, whose names look like any language."""
    return len(_PROSE.findall(text)) < PROSE * len(text)


def _is_run(text: str, script: str) -> bool:
    """Return whether a stretch of another script is more than a word or a name."""
    if script in _UNPARTED:
        return sum(map(str.isalpha, text)) >= RUN_LETTERS
    return len(_WORD.findall(text)) >= RUN_WORDS


def _runs(text: str, start: int, end: int, language: str) -> Iterator[Passage]:
    """Find runs of words in another script; Latin ones are names and terms, which every voice knows to read."""
    if text.isascii():
        return
    known_scripts = written_in(language) | {"Latn", ""}
    for run in _foreign_runs(text, start, end, known_scripts):
        stretch = text[run[0] : run[1]]
        script = script_of(stretch)
        if _is_run(stretch, script) and (other := language_in(stretch, script)):
            yield Passage(run[0], _after(text, run[1], end), other, whole=False)


def _foreign_runs(text: str, start: int, end: int, known_scripts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield stretches of letters that are not of the *known_scripts*, with the spaces and marks between them."""
    first = last = -1
    for at in range(start, end):
        script = script_of_letter(text[at])
        if script and script not in known_scripts:
            first, last = (at if first < 0 else first), at + 1
        elif first >= 0 and (script or text[at] in _ENDS_RUN or text[at].isdigit()):
            yield first, last
            first = -1
    if first >= 0:
        yield first, last
