"""An episode as an editable text: fields at its head, then the paragraphs; those that are not narrated are comments.

title: The quay
say: Kyiv = kee-yiv

---

A paragraph that is heard.

#[call to action] One that is not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from audiogen.episodes.edits import FIELDS, Act, Edit, Overrule, apply_edit, lines_of
from audiogen.errors import SettingsError
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audiogen.episodes.edits import Line
    from audiogen.model import Article

_HELP = """\
# The episode {slug}, revision {revision}.
#
# Below the line of dashes is a paragraph on each line. A line that begins with # is not heard; the reason is in
# brackets.
#   To have one heard: take away the # (and the brackets).
#   To drop one: put a # before it.
#   To change words: change them. To add a paragraph: write it on a line of its own.
# Here at the head are title, standfirst (dek), and so on. Several authors or tags are parted by a semicolon; an empty
# voice, rate (words a minute) or language is the show's own.
#   To say a word otherwise in this episode, add a line for it:   say: Kyiv = kee-yiv
# What you delete altogether is not heard. To change nothing at all, leave the text as it is.
"""
_RULE_LINE = "---"
_REVISION = re.compile(r"^# The episode .*, revision (\d+)\.$", re.MULTILINE)
_REASONS = {reason.value for reason in Reason}
_REASON = re.compile(r"\[([a-z -]+)\]\s*")
#: Possible ends of sentences. They need not be right, as long as old and new text are split in the same way.
_SENTENCE = re.compile(r"(?<=[.!?…。！？])[\"”’»)\]]*\s+")
#: Least similarity from which two lines count as one that was changed.
_LIKE = 0.4


class EditedLine(NamedTuple):
    """A line of the text."""

    text: str
    heard: bool


def written_text(slug: str, article: Article, edit: Edit) -> str:
    """Return an article with its edit as a text for editing."""
    edited, _ = apply_edit(article, edit)
    head = _HELP.format(slug=slug, revision=edit.revision)
    fields = "\n".join(f"{name}: {value}".rstrip() for name, value in _head(edited, edit))
    lines = "\n\n".join(map(_written, lines_of(edited)))
    return f"{head}\n{fields}\n\n{_RULE_LINE}\n\n{lines}\n"


def _head(edited: Article, edit: Edit) -> Iterator[tuple[str, str]]:
    for name, kind in FIELDS.items():
        value = getattr(edited, name, None) if name not in ("voice", "rate") else getattr(edit, name)
        yield name, "; ".join(value) if kind is tuple and value else str(value or "")
    for word, respelling in edit.say.items():
        yield "say", f"{word} = {respelling}"


def _written(line: Line) -> str:
    text = line.block.text
    if line.removed is not None:
        return f"#[{line.removed.reason.value}] {text}"
    return f"\\{text}" if text.startswith(("#", "\\")) or _reason_of(text) else text


def _reason_of(text: str) -> re.Match[str] | None:
    found = _REASON.match(text)
    return found if found and found[1] in _REASONS else None


def parse_text(text: str, article: Article, known: Edit) -> tuple[Edit, int | None]:
    """Parse an edited text; return the edit, and the revision that the text was written from.

    Overrules that do not fit the article, and so are not in the text, are kept.

    Raises:
        SettingsError: a line of its head cannot be read.
    """
    revision = _REVISION.search(text)
    head, _, body = _parted(text)
    edited, unfit = apply_edit(article, known)
    wanted = _fields(head, article, edited, known)
    overrules = (*unfit, *overrules_between(list(lines_of(article)), list(_edited_lines(body))))
    return replace(wanted, text=overrules), int(revision[1]) if revision else None


def _parted(text: str) -> tuple[list[str], str, list[str]]:
    lines = text.lstrip("\ufeff").splitlines()
    index = next((number for number, line in enumerate(lines) if line.strip() == _RULE_LINE), None)
    if index is None:
        raise SettingsError("text", "The line of dashes (---) between the fields and the text is missing.")
    return lines[:index], _RULE_LINE, lines[index + 1 :]


def _fields(head: list[str], article: Article, edited: Article, known: Edit) -> Edit:
    """Parse the head of an edited text; fields that it does not name stay as they are."""
    named: dict[str, Any] = {name: getattr(known, name) for name in FIELDS}
    say: dict[str, str] = {}
    for line in head:
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, value = (part.strip() for part in line.partition(":"))
        if name == "say" and "=" in value:
            word, _, respelling = (part.strip() for part in value.partition("="))
            say[word] = respelling
        elif colon and name in FIELDS:
            named[name] = _field(name, value, article, edited, named[name])
        elif value or not colon:
            raise SettingsError(line, f"The line {line.strip()!r} is none of {', '.join(FIELDS)} and say.")
    return Edit(say={word: respelling for word, respelling in say.items() if respelling}, **named)


def _field(name: str, value: str, article: Article, edited: Article, before: Any) -> Any:
    """Parse a field; an unchanged one keeps its value, and one with the value of the source is no edit."""
    if name == "rate":
        if value and not value.isdecimal():
            raise SettingsError(name, f"The rate is {value!r}; it must be a number of words a minute, or empty.")
        return int(value) if value else None
    if name == "voice":
        return value or None
    given: Any = tuple(part.strip() for part in value.split(";") if part.strip()) if FIELDS[name] is tuple else value
    if given == getattr(edited, name):
        return before
    return None if given == getattr(article, name) or (name == "language" and not given) else given


def _edited_lines(body: list[str]) -> Iterator[EditedLine]:
    """Yield the paragraphs of an edited text; those after "#" are not narrated."""
    for line in body:
        text = line.strip()
        heard = not text.startswith("#")
        text = text if heard else text[1:].strip()
        if found := _reason_of(text):
            text = text[found.end() :]
        text = text.removeprefix("\\") if heard else text
        if text:
            yield EditedLine(" ".join(text.split()), heard)


def overrules_between(lines: Sequence[Line], wanted: Sequence[EditedLine]) -> Iterator[Overrule]:
    """Yield the overrules that turn the paragraphs of an article into the edited ones."""
    old, new = [line.block.text for line in lines], [edited.text for edited in wanted]
    before = ""
    for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for line, edited in _pairs(lines[start:end], wanted[first:last]):
            yield from _between(line, edited, before)
            before = line.block.text if line is not None else before


def _pairs(lines: Sequence[Line], wanted: Sequence[EditedLine]) -> Iterator[tuple[Line | None, EditedLine | None]]:
    """Pair paragraphs with their edited versions, in order; either may be missing."""
    rest = list(wanted)
    for index, line in enumerate(lines):
        at = _partner(line, rest, last=len(rest) == len(lines) - index)
        if at is None:
            yield line, None
            continue
        yield from ((None, edited) for edited in rest[:at])
        yield line, rest[at]
        del rest[: at + 1]
    yield from ((None, edited) for edited in rest)


def _partner(line: Line, rest: Sequence[EditedLine], *, last: bool) -> int | None:
    likeness = [SequenceMatcher(None, line.block.text, edited.text).ratio() for edited in rest]
    best = max(likeness, default=0.0)
    if best >= _LIKE:
        return likeness.index(best)
    # As many as before: each is the edited version of the one at its position, however little they have in common.
    return 0 if last and rest and rest[0].heard else None


def _between(line: Line | None, edited: EditedLine | None, before: str) -> Iterator[Overrule]:
    """Yield the overrules that turn a paragraph into its edited version."""
    if line is None:
        if edited is not None and edited.heard:
            yield Overrule(Act.ADD, before, new=edited.text)
        return
    text, heard = line.block.text, line.removed is None
    wanted = edited is not None and edited.heard
    if heard and not wanted:
        yield Overrule(Act.DROP, text)
    if not heard and wanted:
        yield Overrule(Act.HEAR, text)
    if wanted and edited is not None and edited.text != text:
        yield from _reworded(text, edited.text)


def _reworded(old: str, new: str) -> Iterator[Overrule]:
    """Yield a replacement for each changed sentence, so that later corrections of other sentences do not conflict."""
    found = list(_changes(_sentences(old), _sentences(new)))
    result = old
    for stretch, words in found:
        # In the order in which they are applied: the new words of one may contain the text of a later one.
        result = result.replace(stretch, words, 1) if stretch else ""
    if result.split() == new.split() and all(old.count(stretch) == 1 for stretch, _ in found):
        yield from (Overrule(Act.REPLACE, old, stretch, words) for stretch, words in found)
    else:
        yield Overrule(Act.REPLACE, old, old, new)


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Yield old and new text of the sentences that differ."""
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "insert":
            # Inserted together with the sentence before or after it.
            start, first = (start - 1, first - 1) if start else (start, first)
            end, last = (end, last) if start < end else (end + 1, last + 1)
        yield "".join(before[start:end]).strip(), "".join(after[first:last]).strip()


def _sentences(text: str) -> list[str]:
    """Split a text into sentences, each with the space after it, so that their concatenation is the text."""
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True) if start < end]
