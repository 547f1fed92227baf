"""Edits: what a user changed in an episode. They are stored apart from the source, and applied each time it is made.

An edit overrules the source and the cleaner: another title, a paragraph kept that the cleaner removed, one removed, a
sentence with other words, a word with another pronunciation. Each overrule has the text that it changes. If a corrected
source does not have that text any more, the overrule does not fit and is returned (`unfit`); the others are applied.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from audiogen.episodes.state import FOLDER
from audiogen.errors import LibraryError
from audiogen.model import Article, Block, BlockKind, Reason, Removed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from audiogen.episodes.library import Library

#: Fields that can be edited, each with its type; the first three are texts of the article.
FIELDS: dict[str, type] = {
    "title": str,
    "dek": str,
    "language": str,
    "authors": tuple,
    "tags": tuple,
    "voice": str,
    "rate": int,
}
#: Those of them that are the article's.
_OF_ARTICLE = ("title", "dek", "language", "authors", "tags")
#: The ledger's rule for a paragraph that a user removed.
RULE = "edit"
#: Least share of common words from which a paragraph counts as the one that an overrule names.
_ALIKE = 0.8
#: Kinds of blocks that cannot be narrated as they are: if they are to be, they become paragraphs.
_UNREAD = frozenset(
    {BlockKind.TABLE, BlockKind.CODE, BlockKind.FORMULA, BlockKind.EMBED, BlockKind.CHART, BlockKind.LINK_LIST}
)


class Act(StrEnum):
    """The kind of an overrule."""

    #: Narrate a paragraph that the cleaner removed.
    HEAR = "hear"
    #: Remove a paragraph that would be narrated.
    DROP = "drop"
    #: Replace a range of a paragraph.
    REPLACE = "replace"
    #: Add a paragraph after another; after "" means before the first.
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Overrule:
    """One change of the text."""

    act: Act
    #: The paragraph that it changes, as in the source; for an addition the one before.
    block: str
    #: Of a replacement: the text that is replaced, empty for the whole paragraph.
    old: str = ""
    #: Of a replacement and an addition: the new text.
    new: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """All changes of a user to an episode; None means unchanged."""

    #: GUID of the episode; an edit of another one with the same slug is ignored.
    guid: str = ""
    #: Number of changes; 0 if there was none.
    revision: int = 0
    title: str | None = None
    dek: str | None = None
    language: str | None = None
    authors: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    #: Name of a voice card.
    voice: str | None = None
    #: Words a minute.
    rate: int | None = None
    text: tuple[Overrule, ...] = ()
    #: Pronunciations for this episode: written form to respelling.
    say: Mapping[str, str] = field(default_factory=dict)
    #: Who changed what and when: `revision`, `at`, `by`, `changed`.
    history: tuple[Mapping[str, Any], ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields that differ from the source."""
        named = [name for name in FIELDS if getattr(self, name) is not None]
        return (*named, *(name for name in ("text", "say") if getattr(self, name)))

    def since(self, revision: int) -> frozenset[str]:
        """Return the names of the fields that were changed after a *revision*."""
        later = [entry for entry in self.history if entry.get("revision", 0) > revision]
        return frozenset(str(name) for entry in later for name in entry.get("changed", ()))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the page, narrated or not."""

    block: Block
    #: Its entry in the ledger, if it is not narrated.
    removed: Removed | None = None
    #: Its text in the source.
    origin: str = ""


# Applying an edit to an article.


def apply_edit(article: Article, edit: Edit) -> tuple[Article, tuple[Overrule, ...]]:
    """Apply an edit to a cleaned article; return the edited article, and the overrules that do not fit."""
    named = {name: getattr(edit, name) for name in _OF_ARTICLE if getattr(edit, name) is not None}
    lines, unfit = list(lines_of(article)), []
    for overrule in edit.text:
        if not _ACTS[overrule.act](lines, overrule):
            unfit.append(overrule)
    edited = with_lines(article, lines) if len(unfit) < len(edit.text) else article
    return replace(edited, **named), tuple(unfit)


def lines_of(article: Article) -> Iterator[Line]:
    """Yield the paragraphs of a cleaned article, narrated or not, in the page's order."""
    removed = {entry.position: entry for entry in article.removed}
    heard = iter(article.blocks)
    for position in range(len(article.blocks) + len(article.removed)):
        entry = removed.get(position)
        if entry is not None:
            yield Line(entry.block, entry, entry.block.text)
        elif (block := next(heard, None)) is not None:
            yield Line(block, origin=block.text)
    yield from (Line(block, origin=block.text) for block in heard)


def with_lines(article: Article, lines: Iterable[Line]) -> Article:
    """Return the article with these paragraphs."""
    blocks, removed = [], []
    for position, line in enumerate(lines):
        if line.removed is None:
            blocks.append(line.block)
        else:
            removed.append(replace(line.removed, position=position))
    return replace(article, blocks=tuple(blocks), removed=tuple(removed))


def _hear(lines: list[Line], overrule: Overrule) -> bool:
    """Restore a removed paragraph; return False if it does not exist."""
    number = _number_of(lines, overrule.block, heard=False)
    if number is None:
        # The cleaner does not remove it any more.
        return _number_of(lines, overrule.block, heard=True) is not None
    block = lines[number].block
    heard = replace(block, kind=BlockKind.PARAGRAPH) if block.kind in _UNREAD else block
    lines[number] = Line(heard, origin=lines[number].origin)
    return True


def _drop(lines: list[Line], overrule: Overrule) -> bool:
    number = _number_of(lines, overrule.block, heard=True)
    if number is None:
        return _number_of(lines, overrule.block, heard=False) is not None
    block = lines[number].block
    lines[number] = Line(block, Removed(block, Reason.EDIT, RULE), lines[number].origin)
    return True


def _replace(lines: list[Line], overrule: Overrule) -> bool:
    """Replace the text that an overrule names; return False if it is missing or ambiguous."""
    old = overrule.old or overrule.block
    exact = [number for number, line in enumerate(lines) if line.removed is None and line.origin == overrule.block]
    numbers = exact or [number for number, line in enumerate(lines) if line.removed is None and old in line.block.text]
    # Words in several paragraphs, none of which is exactly the one that is named, are ambiguous.
    if (len(numbers) != 1 and not exact) or old not in lines[numbers[0]].block.text:
        return False
    block = lines[numbers[0]].block
    start = block.text.index(old)
    lines[numbers[0]] = Line(respelt(block, start, start + len(old), overrule.new), origin=lines[numbers[0]].origin)
    return True


def _add(lines: list[Line], overrule: Overrule) -> bool:
    """Insert an added paragraph after the block that it names; return False if there is no such block."""
    number = -1
    if overrule.block:
        found = _number_of(lines, overrule.block, heard=True)
        found = _number_of(lines, overrule.block, heard=False) if found is None else found
        if found is None:
            return False
        number = found
    # After what was added there before.
    while number + 1 < len(lines) and not lines[number + 1].origin:
        number += 1
    lines.insert(number + 1, Line(Block(overrule.new)))
    return True


_ACTS = {Act.HEAR: _hear, Act.DROP: _drop, Act.REPLACE: _replace, Act.ADD: _add}


def _number_of(lines: list[Line], text: str, *, heard: bool) -> int | None:
    """Return the index of a paragraph that is narrated, or of one that is not: the same text, else the most similar.

    None if there is neither, or if the same text is there in the other state: then a similar paragraph is not the one
    that is meant.
    """
    same = [number for number, line in enumerate(lines) if line.origin == text]
    if same or not text:
        return next((number for number in same if (lines[number].removed is None) is heard), None)
    numbers = [number for number, line in enumerate(lines) if (line.removed is None) is heard]
    words = _words(text)
    shares = [(_share(words, _words(lines[number].origin)), -number) for number in numbers]
    share, number = max(shares, default=(0.0, 0))
    return -number if share >= _ALIKE else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _share(one: list[str], other: list[str]) -> float:
    """Return the share of words that two texts have in common, in order."""
    least = min(len(one), len(other))
    if not least or least < _ALIKE / 2 * max(len(one), len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def respelt(block: Block, start: int, end: int, new: str) -> Block:
    """Replace a range of a block's text; the markup of the rest stays."""
    text = " ".join(f"{block.text[:start]}{new}{block.text[end:]}".split()) if new == "" else ""
    text = text or f"{block.text[:start]}{new}{block.text[end:]}"
    moved = len(text) - len(block.text)
    spans = [
        span if span.end <= start else replace(span, start=span.start + moved, end=span.end + moved)
        for span in block.spans
        if span.end <= start or span.start >= end
    ]
    return replace(block, text=text, spans=tuple(spans))


# Storage.


def file_of_edit(slug: str) -> str:
    """Return the name of an episode's edit within the library."""
    return f"{FOLDER}/edits/{slug}.json"


def load_edit(library: Library, slug: str, guid: str = "") -> Edit:
    """Load the edit of the episode *slug*; an empty one if it is of another episode than that of the *guid*.

    Raises:
        LibraryError: the file cannot be read.
    """
    name = file_of_edit(slug)
    content = library.storage.read(name)
    edit = Edit() if content is None else parse_edit(content, library.storage.where(name))
    return edit if not guid or edit.guid in ("", guid) else Edit()


def parse_edit(content: bytes, where: object) -> Edit:
    """Parse the content of an edit's file.

    Raises:
        LibraryError: it is no edit.
    """
    try:
        data = json.loads(content)
        named = {name: _value(name, kind, data[name]) for name, kind in FIELDS.items() if data.get(name) is not None}
        return Edit(
            guid=str(data["guid"]),
            revision=int(data["revision"]),
            text=tuple(_overrule(entry) for entry in data.get("text", ())),
            say={str(word): str(respelling) for word, respelling in data.get("say", {}).items()},
            history=tuple(dict(entry) for entry in data.get("history", ())),
            **named,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"{where} cannot be read ({type(error).__name__}: {error}). Repair it, or put a copy of it back."
        raise LibraryError(where, message) from error


def _value(name: str, kind: type, value: Any) -> Any:
    if kind is tuple and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    if kind is tuple or not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}")
    return value


def _overrule(entry: dict[str, Any]) -> Overrule:
    texts = {key: entry.get(key, "") for key in ("block", "old", "new")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError("an overrule has texts")
    return Overrule(Act(entry["act"]), **texts)


def written_edit(edit: Edit) -> bytes:
    """Return the content of an edit's file."""
    data: dict[str, Any] = {"guid": edit.guid, "revision": edit.revision}
    data |= {name: value for name in FIELDS if (value := getattr(edit, name)) is not None}
    data["text"] = [
        {name.name: value for name in fields(overrule) if (value := getattr(overrule, name.name))}
        for overrule in edit.text
    ]
    data |= {"say": dict(edit.say), "history": list(edit.history)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
