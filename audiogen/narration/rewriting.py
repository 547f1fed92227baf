"""The engine of rules: one pass over the written text, each rule proposing what is said for a stretch of it.

The text is searched for triggers (a digit, a symbol, a capital, a listed word). At each one the rules that may start
there are tried in the order of their list; the first that matches and is sure of itself replaces its stretch, and the
search goes on behind it. Text without a trigger is copied. So a rule never sees what another has said, every spoken
stretch knows its written one, and the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Classes of triggers a rule may start at, besides single symbols ("$") and single words ("sept").
DIGIT, SYMBOL, WORD = "digit", "symbol", "word"


class Piece(NamedTuple):
    """A stretch of the written text (offsets, end exclusive) and what is said for it."""

    start: int
    end: int
    spoken: str


class Rule:
    """A named rewriting: where it may start, what it matches, what is said.

    The pattern is compiled when it is first tried, for most texts need few of the rules.
    """

    __slots__ = ("_match", "name", "pattern", "say", "starts")

    def __init__(self, name: str, starts: Iterable[str], pattern: str, say: Callable[[re.Match[str]], str | None]) -> None:
        self.name = name
        #: DIGIT, SYMBOL, WORD, symbols ("$") or words in lower case ("sept").
        self.starts = tuple(starts)
        #: A verbose regular expression (spaces and comments are ignored), matched at the trigger.
        self.pattern = pattern
        self.say = say
        self._match: Callable[[str, int], re.Match[str] | None] | None = None

    def __repr__(self) -> str:
        return f"Rule({self.name!r})"

    def propose(self, text: str, start: int) -> Piece | None:
        """Say the stretch of *text* that begins at *start*, if the rule knows it."""
        if self._match is None:
            self._match = re.compile(self.pattern, re.VERBOSE).match
        found = self._match(text, start)
        if found is None or found.end() == start:
            return None
        spoken = self.say(found)
        return None if spoken is None else Piece(start, found.end(), spoken)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules in order, indexed by where they may start."""

    trigger: re.Pattern[str]
    digits: tuple[Rule, ...]
    symbols: dict[str, tuple[Rule, ...]]
    any_symbol: tuple[Rule, ...]
    words: dict[str, tuple[Rule, ...]]
    any_word: tuple[Rule, ...]

    def rules_at(self, trigger: str) -> tuple[Rule, ...]:
        """List the rules that may start at *trigger*, in order."""
        first = trigger[0]
        if first.isalpha():
            return self.words.get(trigger.lower(), self.any_word)
        if first.isdecimal():
            return self.digits
        return self.symbols.get(first, self.any_symbol)


def grammar_of(rules: Iterable[Rule]) -> Grammar:
    """Index *rules*; the order of the list is the order in which they are tried."""
    rules = tuple(rules)
    listed = {start for rule in rules for start in rule.starts} - {DIGIT, SYMBOL, WORD}
    words = sorted(start for start in listed if start[0].isalpha())
    symbols = sorted(listed.difference(words))

    def starting(*starts: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in rules if not set(starts).isdisjoint(rule.starts))

    return Grammar(
        # A word that begins with another letter is a trigger in any case.
        trigger=_trigger_of(word for word in words if word[0].isascii()),
        digits=starting(DIGIT),
        symbols={symbol: starting(symbol, SYMBOL) for symbol in symbols},
        any_symbol=starting(SYMBOL),
        words={word: starting(word, WORD) for word in words},
        any_word=starting(WORD),
    )


def _trigger_of(words: Iterable[str]) -> re.Pattern[str]:
    """Compile the search for triggers; words of the lists are found in lower case too, all others by a capital or digit."""
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"\Z\A"
    return re.compile(
        rf"""
        (?<![\w]) (?: [A-Z]\w* | (?:{listed})(?![^\W_]) | [a-z]+ (?: [A-Z0-9]\w* | (?=[\w.+-]{{0,64}}@\w | [\w-]{{0,64}}\.[a-z]{{2}} | ://) ) | [^\W\d_a-zA-Z]\w* )
        | \d
        | (?<!\w) [-.'] (?=\d)
        | (?<!\S) -+ (?!\S) | -- | \.\.
        | (?<!\w) - (?=[.$£€¥])
        | [^\w\s.,;:!?'"-]
        | [_¼-¾⅐-⅞²³¹⁰⁴-⁹]
        """,
        re.VERBOSE,
    )


def rewrite(text: str, grammar: Grammar) -> Iterator[Piece]:
    """Yield the stretches of *text* that are said otherwise than written, in order and without overlap."""
    search, rules_at = grammar.trigger.search, grammar.rules_at
    hit = search(text)
    while hit is not None:
        start, end = hit.span()
        for rule in rules_at(hit.group()):
            piece = rule.propose(text, start)
            if piece is not None:
                yield piece
                end = piece.end
                break
        hit = search(text, end)


def joined(text: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Cover all of *text* with the pieces and the copied stretches between them, ready to be joined.

    Spaces are mended where a piece said nothing, or begins with the comma of a pause.
    """
    cover: list[Piece] = []
    at = 0
    for piece in pieces:
        if at < piece.start:
            _append(cover, Piece(at, piece.start, text[at : piece.start]))
        _append(cover, piece)
        at = piece.end
    if at < len(text):
        _append(cover, Piece(at, len(text), text[at:]))
    return cover


def _append(cover: list[Piece], piece: Piece) -> None:
    spoken = piece.spoken
    if not spoken:
        return
    if cover:
        last = cover[-1]
        if spoken[0] in _CLOSING and last.spoken[-1].isspace():
            cover[-1] = last._replace(spoken=last.spoken.rstrip())
            if not cover[-1].spoken:
                cover.pop()
        elif spoken[0].isspace() and last.spoken[-1].isspace():
            piece = piece._replace(spoken=spoken.lstrip())
    else:
        piece = piece._replace(spoken=spoken.lstrip())
    if piece.spoken:
        cover.append(piece)


#: What is said without a space before it.
_CLOSING = ",.;:?!"
