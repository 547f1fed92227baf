"""The rule engine: in one pass over the written text, rules replace ranges of it by spoken text.

The text is searched for triggers (a digit, a symbol, a capital, a listed word). At each trigger, the rules for it are
tried in order. The first rule that matches and does not decline replaces its range, and the search continues after it.
Text without a trigger is copied. So no rule reads the result of another, every spoken range has a written range, and
the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from audiogen.narration.late import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from audiogen.narration.entry import Entry

#: Classes of triggers; other triggers are single symbols ("$") and single words ("sept").
DIGIT, SYMBOL, WORD = "digit", "symbol", "word"


class Piece(NamedTuple):
    """A range of the written text (offsets, end exclusive) and its spoken text."""

    start: int
    end: int
    spoken: str
    #: The entry of the lexicon that it comes from, if any.
    entry: Entry | None = None


class Rule:
    """A named rule: its triggers, its pattern, and a function that returns the spoken text of a match.

    The function returns None to decline. The pattern is compiled at the first try, as most texts need few of the rules.
    """

    __slots__ = ("_match", "entry_of", "follows", "may", "name", "pattern", "say", "starts")

    def __init__(
        self,
        name: str,
        starts: Iterable[str],
        pattern: str,
        say: Callable[[re.Match[str]], str | None],
        follows: str | None = None,
        may: Callable[[str, int], object] | None = None,
        entry_of: Callable[[re.Match[str]], Entry] | None = None,
    ) -> None:
        self.name = name
        #: DIGIT, SYMBOL, WORD, symbols ("$"), words in lower case ("sept") or their beginnings ("kyiv*").
        self.starts = tuple(starts)
        #: A verbose regular expression (spaces and comments are ignored), matched at the trigger.
        self.pattern = pattern
        self.say = say
        #: Kinds of characters (see `kind_after`) that may follow the trigger, separated by spaces, or "#" after a
        #: word with digits; None for any. They save tries that cannot succeed.
        self.follows = None if follows is None else frozenset(follows.split())
        #: A fast test whether the pattern may match, which saves the compilation of a long pattern.
        self.may = may
        #: Returns the entry of a match, in a rule that was made of a lexicon.
        self.entry_of = entry_of
        self._match: Callable[[str, int], re.Match[str] | None] | None = None

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"

    def propose(self, text: str, start: int) -> Piece | None:
        """Return the piece that begins at *start*; None if the rule does not match there, or declines."""
        if self._match is None:
            if self.may is not None and not self.may(text, start):
                return None
            self._match = re.compile(self.pattern, re.VERBOSE).match
        found = self._match(text, start)
        if found is None or found.end() == start:
            return None
        spoken = self.say(found)
        if spoken is None:
            return None
        return Piece(start, found.end(), spoken, self.entry_of(found) if self.entry_of else None)


def kind_after(text: str, end: int) -> str:
    """Return the kind of the character after a trigger that ends at *end*.

    One of the characters ``: / ' % @ & _``; ``,`` or ``.`` where a letter or digit is after it; ``-`` for every dash;
    ``x`` for a letter or digit; ``_0``, ``_a``, ``_A``, ``_o`` for a space and a digit, small letter, capital or other;
    ``o`` for other characters; ``end`` for the text's end or a mark that ends a phrase.

    >>> [kind_after("5" + more, 1) for more in ("", ".", ".5", ":30", "–6", " May", " km", "kg", "€")]
    ['end', 'end', '.', ':', '-', '_A', '_a', 'x', 'o']
    """
    first, second = text[end : end + 1], text[end + 1 : end + 2]
    if first == " ":
        return _kind_after_space(second)
    if first in _ITSELF:
        return first or "end"
    if first in ".,":
        return first if second.isalnum() else "end"
    if first in _DASHES:
        return "-"
    if first.isalnum():
        return "x"
    return "end" if first in _ENDING else "o"


def _kind_after_space(second: str) -> str:
    """Return the kind of a space, by the character *second* after it (see `kind_after`)."""
    if second.isdecimal():
        return "_0"
    if second.islower():
        return "_a"
    return "_A" if second.isupper() else "_o"


_ITSELF, _DASHES, _ENDING = ":/'%@&_", "-–—−", ';?!)]"\n\t'


class Grammar:
    """An ordered list of rules, indexed by their triggers and by the characters that may follow."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        listed = {start for rule in self.rules for start in rule.starts} - {DIGIT, SYMBOL, WORD}
        self._words = frozenset(start for start in listed if start[0].isalpha())
        self._beginnings = tuple(sorted(start[:-1] for start in self._words if start.endswith("*")))
        self._symbols = listed - self._words
        # A word that begins with a non-ASCII letter is always a trigger.
        self.trigger = _trigger_of(word for word in self._words if word[0].isascii())
        self._tables: dict[tuple[str, str], tuple[Rule, ...]] = {}

    def rules_at(self, text: str, start: int, end: int) -> tuple[Rule, ...]:
        """Return the rules for the trigger between *start* and *end*, in order."""
        trigger = text[start:end]
        first = trigger[0]
        kind = kind_after(text, end)
        if first.isalpha():
            word = trigger.lower()
            key = word if word in self._words else self._beginning_of(word) or WORD
            # Nothing but a listing makes a plain word a trigger: "Boston " is no designation, address or initialism.
            if not trigger.isalpha():
                kind = "#"
                letters = _leading_letters(word)
                key = letters if key == WORD and letters in self._words else key  # "USD5"
            elif kind in _PLAINLY and trigger[1:].islower():
                key = key + " alone"
        elif first.isdecimal():
            key = DIGIT
        else:
            key, kind = (first if first in self._symbols else SYMBOL), ""
        rules = self._tables.get((key, kind))
        if rules is None:
            rules = self._tables[key, kind] = self._select(key, kind)
        return rules

    def _beginning_of(self, word: str) -> str:
        return next((f"{start}*" for start in self._beginnings if word.startswith(start)), "")

    def _select(self, key: str, kind: str) -> tuple[Rule, ...]:
        """Return the rules for a trigger with the given key and a next character of the given kind."""
        starts = {key.removesuffix(" alone")}
        if key[0].isalpha() and key not in (DIGIT, WORD, SYMBOL):
            starts |= set() if key.endswith(" alone") else {WORD}
        elif key not in (DIGIT, WORD):
            starts.add(SYMBOL)
        if key == f"{WORD} alone":
            return ()
        return tuple(
            rule
            for rule in self.rules
            if not starts.isdisjoint(rule.starts) and (not kind or rule.follows is None or kind in rule.follows)
        )


def _leading_letters(word: str) -> str:
    return word[: next((key for key, letter in enumerate(word) if not letter.isalpha()), len(word))]


_PLAINLY = frozenset(("end", "_a", "_A", "_0", "_o", ",", "'"))


def grammar_of(rules: Iterable[Rule]) -> Grammar:
    """Return the grammar of *rules*, which are tried in this order."""
    return Grammar(rules)


def _trigger_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of triggers.

    It matches listed words (in small letters or with a capital), other words with a capital unless they are plain
    ("Boston "), words directly before digits, capitals or an address, digits, and all signs except plain punctuation.
    """
    whole = set(words)
    beginnings = {word for word in whole if word.endswith("*")}
    return late(
        rf"""
        (?<!\w) (?: (?:{_word_pattern(whole - beginnings)})(?![^\W_])
            | (?:{_word_pattern(word[:-1] for word in beginnings)})\w*
            | [A-Z] (?! [a-z]+ (?: [\s;?!)\]",'] | \.(?![^\W_]) | \Z ) ) \w*
            | [a-z]+ (?: [A-Z0-9] \w* | (?= [\w.+-]{{0,64}}@\w | [\w-]{{0,64}}\.[a-z]{{2}} | :// ) )
            | [^\W\d_a-zA-Z]\w* )
        | \d+
        | (?<!\w) [-.'] (?=\d)
        | (?<!\S) -+ (?!\S) | -- | \.(?: [ ]?\. | (?<!\S\.)(?=[A-Za-z]) )
        | (?<!\w) - (?=[.$£€¥])
        | [^\w\s.,;:!?'"-]
        | [_¼-¾⅐-⅞²³¹⁰⁴-⁹]
        """,
        re.VERBOSE,
    )


def _word_pattern(words: Iterable[str]) -> str:
    """Return a pattern of *words*, grouped by first letter, which matches with a small or capital first letter.

    Longer words come before their prefixes. A deeper trie is not faster to search, and takes longer to compile.

    >>> _word_pattern(["jan", "january", "jr", "a"])
    '[aA]|[jJ](?:r|anuary|an)'
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(set(words), reverse=True):
        by_letter.setdefault(word[0], []).append(literal(word[1:]))
    return (
        "|".join(sorted(f"[{first}{first.upper()}]{_alternatives(rests)}" for first, rests in by_letter.items()))
        or "(?!)"
    )


def literal(text: str) -> str:
    """Return *text* escaped for a verbose pattern."""
    return text if text.isalnum() else re.escape(text)


def _alternatives(rests: list[str]) -> str:
    """Return a pattern that matches any of *rests*; it is optional if one of them is ""."""
    optional = "?" if "" in rests else ""
    rests = [rest for rest in rests if rest]
    return f"(?:{'|'.join(rests)}){optional}" if rests else ""


def rewrite(text: str, grammar: Grammar) -> Iterator[Piece]:
    """Yield the pieces of *text* with a spoken text that differs, in order and without overlap."""
    search, rules_at = grammar.trigger.search, grammar.rules_at
    hit = search(text)
    while hit is not None:
        start, end = hit.span()
        for rule in rules_at(text, start, end):
            piece = rule.propose(text, start)
            if piece is not None:
                yield piece
                end = piece.end
                break
        else:
            # An unknown word is skipped, but not the digits in it.
            letters = _LETTERS.match(text, start, end)
            end = letters.end() if letters else end
        hit = search(text, end)


_LETTERS = late(r"[^\W\d_¼-¾⅐-⅞²³¹⁰⁴-⁹]+")


def join_pieces(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces that cover all of *text*: the given ones, and copies of the text between them.

    Spaces are corrected where a piece is empty, or begins with the comma of a pause.
    """
    cover: list[Piece] = []
    at = 0
    for piece in pieces:
        if at < piece.start:
            _append(cover, Piece(at, piece.start, text[at : piece.start]))
        if not cover and piece.spoken.startswith(", "):  # a pause before anything is said
            piece = piece._replace(spoken=piece.spoken.lstrip(" ,"))
        _append(cover, piece)
        at = piece.end
    if at < len(text):
        _append(cover, Piece(at, len(text), text[at:]))
    return cover


def _append(cover: list[Piece], piece: Piece) -> None:
    """Append *piece* to *cover*, with the spaces between it and the last piece corrected."""
    spoken = piece.spoken
    if not spoken:
        return
    if cover:
        last = cover[-1]
        if spoken[0] in _CLOSING and (last.spoken[-1].isspace() or spoken[0] == "."):
            kept = last.spoken.rstrip(" \n\t." if spoken[:2] == ".." else None)
            cover[-1] = last._replace(spoken=kept)
            if not kept:
                cover.pop()
        elif spoken[0].isspace() and last.spoken[-1].isspace():
            piece = piece._replace(spoken=spoken.lstrip())
        elif spoken[0] == JOINED:
            piece = piece._replace(spoken=spoken[1:])
        elif spoken[0].isalnum() and last.spoken[-1].isalnum():
            piece = piece._replace(spoken=f" {spoken}")
    else:
        piece = piece._replace(spoken=spoken.lstrip())
    if piece.spoken:
        cover.append(piece)


#: The beginning of a piece that is one word with the piece before it: "want[ed]".
JOINED = "\u2060"
#: Punctuation without a space before it.
_CLOSING = ",.;:?!"
