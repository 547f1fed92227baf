"""The notes of an article, by the id that their marks link to, for the option to narrate them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.model import SpanKind
from audiogen.narration.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audiogen.model import Article, Block, TextSpan

#: What is around a note's text: its own mark, and links back to the mark in the text.
_AROUND = late(
    r"\A(?:\s|\^|[↑↩⏎]|\ufe0e|\[?\d{1,3}[\].]?(?=\s|[A-Z])|[*†‡]|(?:[a-z]\s){1,5}(?=[A-Z]))+|[\s↑↩⏎\ufe0e^]+\Z"
)
_MARKS = (SpanKind.RAISED, SpanKind.NOTE)
#: Longest note that is narrated, in characters.
LONGEST = 2_000


def notes_of(article: Article) -> Mapping[str, str]:
    """Return the text of each note that is not narrated at its own place, by the id of its element and by its mark."""
    parts: dict[str, list[str]] = {}
    opened = ""
    for entry in article.removed:
        block = entry.block
        path = block.evidence.path if block.evidence else ()
        found = next((name for step in reversed(path) if (name := _id(step))), "")
        text = _AROUND.sub("", block.text)
        if found and not any(map(str.isalpha, text)):  # the note's number, in an element of its own before its text
            opened = found
            continue
        for key in dict.fromkeys(filter(None, (found or opened, opened, _leading(block)))):
            parts.setdefault(key, []).append(text)
        opened = ""
    return {key: " ".join(texts)[:LONGEST] for key, texts in parts.items() if any(texts)}


def _id(step: str) -> str:
    """Return the id in a step of a path: "li.note#fn1@doc-endnote" has "fn1"."""
    return step.partition("#")[2].partition("@")[0]


def _leading(block: Block) -> str:
    """Return the mark that a note begins with, as a key that cannot be an id."""
    raised = next((span.end for span in block.spans[:3] if span.start == 0 and span.kind in _MARKS), 0)
    mark = (block.text[:raised] or block.text[:1]).strip("[]() .")
    return f"mark {mark}" if mark and not any(map(str.isspace, mark)) and not mark.isalpha() else ""


def marked_notes(text: str, spans: tuple[TextSpan, ...], notes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the offsets of notes' marks in a block's *text*, in order, each with its note's text; each note once."""
    seen: set[str] = set()
    for span in spans:
        if span.kind not in _MARKS:
            continue
        mark = f"mark {text[span.start : span.end].strip('[]() .')}"
        note = (notes.get(span.value) if span.value else None) or notes.get(mark)
        if note and note not in seen:
            seen.add(note)
            yield span.start, note
