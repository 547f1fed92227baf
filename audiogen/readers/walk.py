"""Walks over a page's element tree and returns its blocks.

The walk is iterative, and the evidence of each block is bounded. Every visible word is in exactly one block; scripts,
styles and templates have no words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from audiogen.model import Block, BlockKind, Evidence, SpanKind
from audiogen.readers.double_encoding import repair_encoding, unescape_entities
from audiogen.readers.elements import (
    AMP_EMBEDS,
    BLOCKS,
    CELLS,
    CHARTS,
    DROP_CAP,
    HEADINGS,
    LEAVES,
    LISTS,
    MEANING,
    PICTURES,
    PLAYERS,
    SECTIONS,
    SKIPPED,
    is_apart,
    is_centred,
    is_code,
    is_concealed,
    is_data_table,
    is_embed,
    is_internal,
    is_unseen,
    segment,
)
from audiogen.readers.formulas import tex_alone, tex_of_picture
from audiogen.readers.markup import LONGEST_VALUE, meaning_of
from audiogen.readers.remarks import find_remark, is_remark
from audiogen.readers.runs import INVISIBLE, LINE_BREAK, Inline, Run
from audiogen.readers.spans import text_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import html

#: Maximum number of innermost elements in a path; real pages have fewer.
PATH_DEPTH = 32
#: Maximum number of inline elements around a block's whole text in a path.
INLINE_DEPTH = 4
#: Maximum number of blocks; the longest real pages have a tenth, and the reader refuses pages with more.
MOST_BLOCKS = 15_000
#: Maximum number of columns of a table that are distinguished.
MOST_COLUMNS = 50
#: Words of one letter, in several languages; a drop cap with such a letter may be a whole word.
ONE_LETTER = frozenset("AIOYEÀÉÓÈUZWАОУИВКСЯІЇЄЙЖ")
SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
#: Kinds of blocks that all elements inside them have, too.
_WHOLE = frozenset({BlockKind.EMBED, BlockKind.CHART, BlockKind.CODE})
_NO_ATTRIBUTES: Mapping[str, str] = {}


@dataclass(slots=True)
class Frame:
    """An open block element."""

    tag: str
    hidden: bool
    kind: BlockKind | None
    level: int
    #: Number of the data table that it is in, or 0.
    table: int = 0
    centred: bool = False
    #: Whether it is hidden itself, and not only an element around it.
    concealed: bool = False
    #: Column of the data table it is in, from 1, or 0.
    column: int = 0
    #: Segments and numbers of the innermost frames, including itself.
    path: tuple[str, ...] = ()
    elements: tuple[int, ...] = ()


class Walk:
    """The state of a walk over a page: open elements, the text of the current block, and the finished blocks."""

    def __init__(self, host: str = "", hidden: frozenset[str] = frozenset()) -> None:
        """Prepare a walk over a page on *host*, with the *hidden* names from `hidden_names`."""
        #: The page's host, to tell links to its own site.
        self.host = host
        #: Classes and ids that the page's style sheet hides: `.name`, `#name`.
        self.hidden = hidden
        #: A drop cap in an element of its own, until its word follows.
        self.letter = ""
        self.elements = 0
        self.depth = 0
        self.frames: list[Frame] = []
        self.inline: list[Inline] = []
        self.run = Run()
        self.blocks: list[Block] = []
        self.ordinal = 0

    def over(self, root: html.HtmlElement) -> list[Block]:
        """Return the blocks of the tree below *root* in order."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            tag = element.tag
            seen = isinstance(tag, str) and tag not in SKIPPED
            if event == "start":
                if seen:
                    self._open(element, tag)
                else:
                    if tag == "script":
                        self._formula(tex_alone(element))
                    if tag == "svg":
                        self._drawn_letter(element, element.get("aria-label") or element.findtext("{*}title") or "")
                    steps.skip_subtree()
                continue
            if seen:
                self._close(tag)
            if (tail := element.tail) and element is not root:
                self._text(tail)
            if len(self.blocks) > MOST_BLOCKS:
                break
        self._flush()
        return self.blocks

    def _open(self, element: html.HtmlElement, tag: str) -> None:
        """Handle the start of an element and its text."""
        self.elements += 1
        self.depth = max(self.depth, len(self.frames) + len(self.inline))
        if tag == "br":
            self._break()
        elif tag in PICTURES:
            self._picture(element)
        elif tag in BLOCKS or ("-" in tag and not tag.startswith("mjx-") and not self._in_text()):
            self._flush()
            self.frames.append(self._frame(element, tag))
            if tag in {"iframe", "amp-iframe"}:
                self._player(element)
        else:
            if tag == "a":
                self._space_links(element)
            self.inline.append(inline := self._inline(element, tag))
            if inline.apart:
                self._space()
        if text := element.text:
            self._text(text)

    def _space_links(self, element: html.HtmlElement) -> None:
        """Add a space between two links that only the page's style separates."""
        pieces = self.run.pieces
        if not pieces or pieces[-1][-1:].isspace() or (self.inline and self.inline[-1].tag == "a"):
            return
        before = element.getprevious()
        if before is not None and before.tag == "a":
            pieces.append(" ")

    def _drawn_letter(self, element: html.HtmlElement, letter: str) -> bool:
        """Use the letter that a picture shows as a drop cap, if a word continues after it; return whether it does."""
        if len(letter) != 1 or not letter.isalpha() or self.run.total:
            return False
        parent = element.getparent()
        after = element.tail or (parent.tail if parent is not None else "") or ""
        if not after[:1].islower():
            return False
        self._text(letter)
        return True

    def _picture(self, element: html.HtmlElement) -> None:
        """Add a picture to the block: as a letter, as a formula, or as a mark."""
        if self._drawn_letter(element, element.get("alt") or ""):
            return
        if (tex := tex_of_picture(element)) and self.frames:
            self._formula(tex)
            return
        if element.get("width") in {"0", "1"} or element.get("height") in {"0", "1"}:
            return
        if self.run.total:
            self.run.inside += 1
        else:
            self.run.before += 1

    def _formula(self, tex: str) -> None:
        """Add a formula that has no text on the page."""
        if tex and self.frames:
            index = len(self.run.pieces)
            self.run.marked.append((index, index, (SpanKind.FORMULA, tex[:LONGEST_VALUE])))

    def _inline(self, element: html.HtmlElement, tag: str) -> Inline:
        """Return the state of an inline element inside those that are open."""
        attributes = _attributes(element)
        link = tag == "a" and ("href" in attributes or "onclick" in attributes or "role" in attributes)
        internal = link and is_internal(attributes.get("href", ""), self.host)
        self.run.links += link
        step = (segment(tag, attributes), tag != "a" and self._is_concealed(attributes), internal)
        around = self.inline[-1] if self.inline else None
        unseen = bool(attributes) and (step[1] or is_unseen(attributes) or self._is_hidden(attributes, "~"))
        inline = Inline.inside(
            around, tag, step, link=link, apart=bool(attributes) and is_apart(attributes), unseen=unseen
        )
        meaning = meaning_of(element, tag, attributes) if attributes or tag in MEANING else None
        if meaning is None:
            return inline
        return inline._replace(meaning=meaning, run=self.run, opened=len(self.run.pieces))

    def _is_concealed(self, attributes: Mapping[str, str]) -> bool:
        """Return whether an element's attributes, or the page's style sheet, hide it."""
        if not attributes:
            return False
        if is_concealed(attributes):
            return True
        return self._is_hidden(attributes)

    def _is_hidden(self, attributes: Mapping[str, str], mark: str = "") -> bool:
        """Return whether the page's style sheet hides an element.

        With *mark* "~", strikes it through or moves it out of sight.
        """
        names, identity = attributes.get("class"), attributes.get("id")
        if not self.hidden or not (names or identity):
            return False
        hidden = (f"{mark}.{name}" in self.hidden for name in (names or "").split())
        return f"{mark}#{identity}" in self.hidden or any(hidden)

    def _space(self) -> None:
        """Add a space to the block's text, if it has begun."""
        if self.run.pieces:
            self.run.pieces.append(" ")

    def _close(self, tag: str) -> None:
        """Handle the end of an element."""
        if tag == "br" or tag in PICTURES:
            return
        if self.inline and self.inline[-1].tag == tag:
            closed = self.inline.pop()
            if closed.meaning is not None:
                self.run.close(closed)
            if self.run.total == 1 and DROP_CAP.search(closed.step[0]):
                self.run.initial = True
            elif closed.apart:
                self._space()
        elif self.frames:
            self._flush()
            self.frames.pop()

    def _in_text(self) -> bool:
        """Return whether the innermost block element holds a block's text."""
        return bool(self.frames) and self.frames[-1].tag in LEAVES

    def _frame(self, element: html.HtmlElement, tag: str) -> Frame:
        """Return the state of a block element inside the innermost open one."""
        above = self.frames[-1] if self.frames else None
        self.ordinal += 1
        attributes = _attributes(element)
        kind, level = self._kind(element, tag, attributes, above)
        table = above.table if above else 0
        if tag == "table" and not table and is_data_table(element):
            table = self.ordinal
        steps, ordinals = (above.path, above.elements) if above else ((), ())
        concealed = self._is_concealed(attributes)
        column = above.column if above else 0
        if table and tag in CELLS:
            column = 1 + sum(1 for _ in islice(element.itersiblings(*CELLS, preceding=True), MOST_COLUMNS))
        return Frame(
            tag,
            (above is not None and above.hidden) or concealed,
            kind,
            level,
            table,
            is_centred(attributes),
            concealed,
            column,
            (*steps[1 - PATH_DEPTH :], segment(tag, attributes)),
            (*ordinals[1 - PATH_DEPTH :], self.ordinal),
        )

    def _kind(
        self, element: html.HtmlElement, tag: str, attributes: Mapping[str, str], above: Frame | None
    ) -> tuple[BlockKind | None, int]:
        """Return the kind and level of the text in an element, by itself and by the frame *above* it."""
        kind, level = (above.kind, above.level) if above else (None, 0)
        if kind in _WHOLE:
            return kind, level
        if tag in AMP_EMBEDS or is_embed(element, attributes.get("class", "")):
            return BlockKind.EMBED, 0
        if tag in HEADINGS:
            return BlockKind.HEADING, HEADINGS[tag]
        if attributes.get("role") == "heading":
            depth = attributes.get("aria-level") or "2"
            return BlockKind.HEADING, min(6, max(1, int(depth))) if depth.isdecimal() and len(depth) < 3 else 2
        if tag in LISTS:
            return kind, level + 1 if kind is BlockKind.LIST_ITEM else 0
        if tag == "li":
            return BlockKind.LIST_ITEM, max(1, level)
        if tag == "blockquote":
            return BlockKind.QUOTE, 0
        if tag == "pre" and is_code(element):
            return BlockKind.CODE, 0
        if kind is BlockKind.LIST_ITEM and tag in SECTIONS:
            return None, 0
        return kind, level

    def _text(self, text: str) -> None:
        """Add text to the block, with double encoding repaired."""
        run = self.run
        if self.frames and not text.isspace():
            if "&" in text and ";" in text and not self._is_verbatim():
                text = unescape_entities(text)
            text = repair_encoding(text)
            if run.initial:
                text = self._after_initial(text)
            self._add(text)
        elif run.pieces:
            run.pieces.append(" ")

    def _add(self, text: str) -> None:
        """Add a piece of text; remarks about links are added as invisible."""
        run, inline = self.run, self.inline
        if not inline:
            run.add(text, inline)
            return
        end = 0 if is_remark(text, inline[-1].tag) else find_remark(text) if inline[-1].linked else len(text)
        if end:
            run.add(text[:end], inline)
        if end < len(text):
            run.add_unseen(text[end:], inline)

    def _after_initial(self, text: str) -> str:
        """Return the text that continues a drop cap's word, and join both."""
        run = self.run
        run.initial = False
        letter = "".join(run.pieces).strip()
        if letter not in ONE_LETTER and text.lstrip()[:1].islower():
            run.pieces[:] = [letter]
            run.marked.clear()
            return text.lstrip()
        return text

    def _is_verbatim(self) -> bool:
        """Return whether the current text is literal, such as code."""
        code = bool(self.frames) and self.frames[-1].kind is BlockKind.CODE
        return code or (bool(self.inline) and self.inline[-1].verbatim)

    def _break(self) -> None:
        """End the block at a line break that ends a paragraph: after another break, or after a whole sentence."""
        if not self.run.total:
            return
        pieces = self.run.pieces
        tail = "".join(pieces[-6:]).rstrip(" \t\r\n")
        if tail.endswith(LINE_BREAK) or (self.run.total > 80 and SENTENCE_END.search(tail)):
            self._flush()
        else:
            self.run.break_line()

    def _player(self, element: html.HtmlElement) -> None:
        """Add a block for an embedded player or chart."""
        source = element.get("src") or element.get("data-src") or ""
        kind = BlockKind.CHART if CHARTS.search(source) else BlockKind.EMBED if PLAYERS.search(source) else None
        if kind is None:
            return
        self.run.pieces.append(element.get("title") or "")
        self._flush(kind=kind, extra={"player": 1.0})

    def _flush(self, kind: BlockKind | None = None, extra: Mapping[str, float] | None = None) -> None:
        """End the block, and add it to the blocks if it has text.

        *kind* replaces the frame's kind, and *extra* are further marks.
        """
        run = self.run
        if not run.pieces:
            run.links = 0
            return
        self.run = Run()
        text = run.text
        text = " ".join((text if text.isascii() else INVISIBLE.sub("", text)).split())
        if not text or not self.frames:
            self.run.before = run.before + run.inside
            return
        frame = self.frames[-1]
        if self._is_letter(text, frame):
            self.letter = text
            return
        bare = len(text)
        if self.letter:
            text = self._with_letter(text)
        spans = tuple(text_spans(run.shown(), run.marked, len(text) - bare)) if run.marked else ()
        shown = BlockKind.TABLE if frame.table else frame.kind or BlockKind.PARAGRAPH
        level = 0 if frame.table or frame.kind is None else frame.level
        self.blocks.append(Block(text, kind or shown, level, None, self._evidence(run, frame, extra), spans))

    def _is_letter(self, text: str, frame: Frame) -> bool:
        """Return whether a block is nothing but a drop cap."""
        return len(text) == 1 and text.isalpha() and bool(frame.path) and bool(DROP_CAP.search(frame.path[-1]))

    def _with_letter(self, text: str) -> str:
        """Return the text with the drop cap before it, without a space if a small letter follows."""
        letter, self.letter = self.letter, ""
        if text[:1].islower():
            return letter + text
        return f"{letter} {text}"

    def _evidence(self, run: Run, frame: Frame, extra: Mapping[str, float] | None) -> Evidence:
        """Return the evidence of a block for the cleaner: its path, its links and its marks."""
        inline = run.common
        marks = run.marks()
        if frame.hidden or (inline and any(hidden for _, hidden, _ in inline)):
            marks["hidden"] = 1.0
        if frame.concealed and frame.tag in LEAVES:
            marks["concealed"] = 1.0
        if frame.table:
            marks["table"] = float(frame.table)
            marks["column"] = float(frame.column)
        if frame.centred:
            marks["centred"] = 1.0
        marks.update(extra or {})
        return Evidence(
            (*frame.path, *(step for step, _, _ in inline[:INLINE_DEPTH])) if inline else frame.path,
            round(min(1.0, run.linked / max(1, run.total)), 3),
            marks,
            frame.elements,
        )


def _attributes(element: html.HtmlElement) -> Mapping[str, str]:
    """Return all attributes of an element; one call is faster than asking for some by name."""
    return dict(items) if (items := element.items()) else _NO_ATTRIBUTES
