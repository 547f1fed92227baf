"""The notes of an article, by the ids that their marks link to. They are narrated only if the options say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.model import SpanKind
from audiogen.narration.late import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audiogen.model import Article, Block, TextSpan

#: The parts of a note besides its text: its own mark, and links back to the mark in the text.
_AROUND = late(
    r"\A(?:\s|\^|[↑↩⏎]|\ufe0e|\[?\d{1,3}[\].]?(?=\s|[A-Z])|[*†‡]|(?:[a-z]\s){1,5}(?=[A-Z]))+|[\s↑↩⏎\ufe0e^]+\Z"
)
_MARKS = (SpanKind.RAISED, SpanKind.NOTE)
#: Longest note that is narrated, in characters.
MAX_LENGTH = 2_000


def notes_of(article: Article) -> Mapping[str, str]:
    """Return the texts of the notes in the ledger, by the id of their element and by their mark."""
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
        for key in dict.fromkeys(filter(None, (found or opened, opened, _leading_mark(block)))):
            parts.setdefault(key, []).append(text)
        opened = ""
    return {key: " ".join(texts)[:MAX_LENGTH] for key, texts in parts.items() if any(texts)}


def _id(step: str) -> str:
    """Return the id in a step of a path: "fn1" for "li.note#fn1@doc-endnote"; "" for none."""
    return step.partition("#")[2].partition("@")[0]


def _leading_mark(block: Block) -> str:
    """Return the mark at the beginning of a note, after "mark " so that it differs from ids; "" for none."""
    raised = next((span.end for span in block.spans[:3] if span.start == 0 and span.kind in _MARKS), 0)
    mark = (block.text[:raised] or block.text[:1]).strip("[]() .")
    return f"mark {mark}" if mark and not any(map(str.isspace, mark)) and not mark.isalpha() else ""


def marked_notes(text: str, spans: tuple[TextSpan, ...], notes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the offset of each mark in a block's *text* that has a note, with the note's text; each note only once."""
    seen: set[str] = set()
    for span in spans:
        if span.kind not in _MARKS:
            continue
        mark = f"mark {text[span.start : span.end].strip('[]() .')}"
        note = (notes.get(span.value) if span.value else None) or notes.get(mark)
        if note and note not in seen:
            seen.add(note)
            yield span.start, note
