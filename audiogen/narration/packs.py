"""Language packs: the rules and word lists of a language for narration."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from audiogen.narration.rewriting import SYMBOL, Rule, grammar_of

if TYPE_CHECKING:
    from collections.abc import Callable


def _identity(text: str) -> str:
    return text


def _never(before: str, number: str, after: str) -> bool:
    return False


class Pack:
    """The rules of a language, in order, and the word lists by which its sentences are split.

    It is a plain class, as dataclasses take time to import: `normalize` must answer within a tenth of a second.
    """

    __slots__ = (
        "abbreviations", "article_rules", "counted", "final_abbreviations", "grammar", "is_ordinal", "rules",
        "speech_verbs", "starters", "tag", "unshout",
    )  # fmt: skip

    def __init__(
        self,
        tag: str,
        rules: tuple[Rule, ...],
        article_rules: tuple[Rule, ...] = (),
        abbreviations: frozenset[str] = frozenset(),
        final_abbreviations: frozenset[str] = frozenset(),
        counted: frozenset[str] = frozenset(),
        starters: frozenset[str] = frozenset(),
        speech_verbs: frozenset[str] = frozenset(),
        unshout: Callable[[str], str] = _identity,
        is_ordinal: Callable[[str, str, str], bool] = _never,
    ) -> None:
        #: BCP 47 tag: "en".
        self.tag = tag
        self.rules = rules
        #: Rules only for sentences of an article, not for single ones; tried before the others.
        self.article_rules = article_rules
        #: Abbreviations without their full stop, as written ("Gen", "Sept"), which never end a sentence.
        self.abbreviations = abbreviations
        #: Abbreviations that may end a sentence ("etc", "Inc"): they do if a word of `starters` follows.
        self.final_abbreviations = final_abbreviations
        #: Abbreviations in lower case that do not end a sentence if a digit follows ("no").
        self.counted = counted
        #: Capitalised words that begin a sentence, as they are no names: "The", "But".
        self.starters = starters
        #: Verbs of attributions: '"Is it open?" Jones asked.' is one sentence.
        self.speech_verbs = speech_verbs
        #: Converts a headline in capitals to the usual case; the length stays.
        self.unshout = unshout
        #: Returns whether the full stop after a number makes it an ordinal, by the words before and after it.
        self.is_ordinal = is_ordinal
        self.grammar = grammar_of(rules)

    def __repr__(self) -> str:
        return f"Pack({self.tag!r})"


@cache
def load_pack(language: str) -> Pack | None:
    """Return the pack of *language* ("en", "en-GB", "EN_us") or of its base language; None if there is none."""
    tag = language.replace("_", "-").lower()
    while tag:
        pack = _pack_of(tag) if tag.replace("-", "").isalnum() else None
        if pack is not None:
            return pack
        tag = tag.rpartition("-")[0]
    return None


def _pack_of(tag: str) -> Pack | None:
    """Return the pack in the module of a language; None if there is none."""
    name = f"audiogen.narration.languages.{tag.replace('-', '_')}"
    try:
        # Modules that the packs share are in the same folder, and have no pack.
        pack: Pack | None = getattr(import_module(name), "PACK", None)
    except ModuleNotFoundError as error:
        if error.name != name:  # a fault in the pack rather than no pack
            raise
        return None
    return pack


#: The pack of languages without one: it drops symbols that no voice should read, and leaves the rest as written.
SILENT = Pack(
    tag="und",
    rules=(
        Rule(
            "decoration",
            [SYMBOL],
            r"(?:[\u2190-\u2bff\U0001f000-\U0001faff*_^~|<>=•·©®™†‡¶§\\\\#{}\[\]]|https?://)+",
            lambda match: "",
        ),
    ),
)
