"""Language packs: what the room must know of a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from audiogen.narration.rewriting import SYMBOL, Grammar, Rule, grammar_of

if TYPE_CHECKING:
    from collections.abc import Callable

def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Pack:
    """A language: its rules in order, and what tells where its sentences end."""

    #: BCP 47 tag: "en".
    tag: str
    rules: tuple[Rule, ...]
    #: Rules that only hold in an article, where a sentence does not stand alone; tried before the others.
    article_rules: tuple[Rule, ...] = ()
    #: Abbreviations without their full stop, as written ("Gen", "Sept"): a sentence goes on behind them.
    abbreviations: frozenset[str] = frozenset()
    #: Abbreviations that a sentence may also end at ("etc", "Inc"): it does where a word of `starters` follows.
    final_abbreviations: frozenset[str] = frozenset()
    #: Abbreviations in small letters behind which a sentence goes on where a digit follows ("no").
    counted: frozenset[str] = frozenset()
    #: Words with a capital that open sentences rather than go on with a name: "The", "But".
    starters: frozenset[str] = frozenset()
    #: Turns a headline in capitals into words as they are written in a sentence, of the same length.
    unshout: Callable[[str], str] = _as_it_is
    grammar: Grammar = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "grammar", grammar_of(self.rules))


@cache
def load_pack(language: str) -> Pack | None:
    """Load the pack of *language* ("en", "en-GB", "EN_us"), the nearest there is; None where there is none."""
    tag = language.replace("_", "-").lower()
    while tag:
        name = f"audiogen.narration.languages.{tag.replace('-', '_')}"
        if tag.replace("-", "").isalnum() and find_spec(name) is not None:
            pack: Pack = import_module(name).PACK
            return pack
        tag = tag.rpartition("-")[0]
    return None


#: For a language without a pack: symbols that no voice should try are dropped, words and numbers are left to the voice.
SILENT = Pack(
    tag="und",
    rules=(
        Rule("decoration", [SYMBOL], r"(?:[\u2190-\u2bff\U0001f000-\U0001faff*_^~|<>=•·©®™†‡¶§\\\\#{}\[\]]|https?://)+", lambda match: ""),
    ),
)
