"""From article to script: the order of utterances, their roles and pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.model import BlockKind, Role, Script, Utterance
from audiogen.narration.packs import SILENT, load_pack
from audiogen.narration.speaking import spoken_of
from audiogen.narration.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.model import Article


@dataclass(frozen=True, slots=True)
class Narration:
    """How the room likes its work."""

    #: Language of articles that do not say theirs.
    language: str = "en"


_ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.QUESTION: Role.QUESTION,
    BlockKind.ANSWER: Role.ANSWER,
    BlockKind.STAND_IN: Role.STAND_IN,
}
_PAUSES = {Role.TITLE: 1.2, Role.DEK: 1.0, Role.HEADING: 0.8}


def say(text: str, language: str) -> str:
    """Say *text* in words."""
    return spoken_of(text, load_pack(language) or SILENT)


def script_of(article: Article, options: Narration) -> Script:
    """Make the script of *article*."""
    language = article.language or options.language
    return Script(utterances=tuple(_utterances(article, language)), language=language)


def _utterances(article: Article, language: str) -> Iterator[Utterance]:
    for text, role in ((article.title, Role.TITLE), (article.dek, Role.DEK)):
        if text.strip():
            yield Utterance(text, say(text, language), _PAUSES[role], role)
    for index, block in enumerate(article.blocks):
        role = _ROLES.get(block.kind, Role.PARAGRAPH)
        own = block.language or language
        spans = list(sentences(block.text, load_pack(own)))
        for start, end in spans:
            written = block.text[start:end]
            pause = 0.35 if (start, end) != spans[-1] else _PAUSES.get(role, 0.6)
            mark = own if own != language else ""
            yield Utterance(written, say(written, own), pause, role, language=mark, block=index)
