"""Builds the script of an article: its utterances in order, with spoken texts, pauses and languages."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from audiogen.language.passages import passages
from audiogen.model import BlockKind, Role, Script, SpanKind, Utterance
from audiogen.narration.lexicon import Lexicon, package_lexicon
from audiogen.narration.notes import marked_notes, notes_of
from audiogen.narration.packs import SILENT, Pack, load_pack
from audiogen.narration.pauses import Pauses, default_pauses
from audiogen.narration.rewriting import Grammar, grammar_of, rewrite
from audiogen.narration.sentences import sentences
from audiogen.narration.speaking import spoken_and_aligned
from audiogen.narration.structure import is_row, narrated_text
from audiogen.narration.transliteration import in_latin_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from audiogen.model import Article, Pronunciation, Span, TextSpan
    from audiogen.narration.narrated import NarratedText

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Narration:
    """Options of `narrate`."""

    #: BCP 47 tag for articles without a language.
    language: str = "en"
    pauses: Pauses = field(default_factory=default_pauses)
    #: Lexicons that override the package's own; later ones override earlier ones: language, show, voice.
    lexicons: tuple[Lexicon, ...] = ()
    #: Whether the package's starter lexicon is used, too.
    starter_lexicon: bool = True
    #: Whether each spoken word is aligned with its written ones.
    align: bool = True
    #: Whether passages in another language become separate utterances, in that language.
    foreign: bool = True
    #: Whether notes are read after the sentences in which they are marked.
    notes: bool = False

    def lexicon(self) -> Lexicon:
        """Return all lexicons merged into one."""
        below = package_lexicon() if self.starter_lexicon else Lexicon()
        for lexicon in self.lexicons:
            below = lexicon.over(below)
        return below


_ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.LIST_ITEM: Role.LIST_ITEM,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.QUESTION: Role.QUESTION,
    BlockKind.ANSWER: Role.ANSWER,
    BlockKind.STAND_IN: Role.STAND_IN,
}
#: Roles that are one utterance, even with several sentences: the headline "Dr. No. A Review.".
_ONE_UTTERANCE = frozenset((Role.TITLE, Role.HEADING))
#: Seconds of silence at a change of language inside a sentence.
_LANGUAGE_PAUSE = 0.12
#: BCP 47's tag of an undetermined language, which has no pack.
UNKNOWN = "und"
#: A text with fewer characters is too short for its language to be detected.
MIN_DETECTABLE_LENGTH = 400


def script_of(article: Article, options: Narration) -> Script:
    """Return the script of a cleaned article: title, standfirst, then its blocks in order."""
    known = article.language or _detect_language(article.text, options.language)
    language = options.language if known == UNKNOWN else known
    sections = list(_sections(article, known))
    without = sorted({section.language for section in sections if load_pack(section.language) is None})
    if without:
        log.warning("No language pack for %s: numbers and abbreviations are left to the voice.", ", ".join(without))
    readers = _readers_by_language(options)
    notes = notes_of(article) if options.notes else {}
    utterances: list[Utterance] = []
    for number, section in enumerate(sections):
        if is_row(section.text):
            if utterances:
                utterances[-1] = _with_pause(utterances[-1], options.pauses.row)
            continue
        following = sections[number + 1].role if number + 1 < len(sections) else None
        lines = _utterances(section, following, language, readers, options)
        if notes and section.spans:
            lines = _with_notes(lines, section, notes, lambda note: _utterances(note, None, language, readers, options))
        utterances.extend(lines)
    return Script(tuple(utterances), language, tuple(without))


def _with_notes(
    lines: Iterator[Utterance],
    section: _Section,
    notes: Mapping[str, str],
    say: Callable[[_Section], Iterator[Utterance]],
) -> Iterator[Utterance]:
    """Yield the utterances of *section*, and those of each note after the sentence with its mark."""
    marked = list(marked_notes(section.text, section.spans, notes))
    at = 0
    for utterance in lines:
        yield utterance
        found = section.text.find(utterance.written, at)
        at = found + len(utterance.written) if found >= 0 else at
        while marked and marked[0][0] <= at:
            yield from say(section._replace(text=marked.pop(0)[1], spans=()))


def _with_pause(utterance: Utterance, seconds: float) -> Utterance:
    return replace(utterance, pause_after=max(utterance.pause_after, seconds))


def _detect_language(text: str, otherwise: str) -> str:
    """Return the detected language of a text, `UNKNOWN` if none is; *otherwise* for a short text."""
    if len(text) < MIN_DETECTABLE_LENGTH:
        return otherwise
    from audiogen.language.detection import detect

    return detect(text) or UNKNOWN


class _Section(NamedTuple):
    """A block of the article, or its title or standfirst, with its role and language."""

    text: str
    role: Role
    language: str = ""
    block: int = -1
    spans: tuple[TextSpan, ...] = ()


def _sections(article: Article, language: str) -> Iterator[_Section]:
    """Yield the title, the standfirst and the blocks of an article, without empty ones."""
    for text, role in ((article.title, Role.TITLE), (article.dek, Role.DEK)):
        if text.strip():
            yield _Section(text, role, language)
    for index, block in enumerate(article.blocks):
        if block.text.strip():
            yield _Section(
                block.text, _ROLES.get(block.kind, Role.PARAGRAPH), block.language or language, index, block.spans
            )


class _Part(NamedTuple):
    """A part of a section in one language."""

    narrated: NarratedText
    language: str
    #: Whether its last sentence continues in the next part.
    open: bool = False


def _split_by_language(section: _Section, reader: _LanguageReader, *, foreign: bool) -> list[_Part]:
    """Return the parts of a section, split where its language changes; roles that are one utterance are not split."""
    narrated = narrated_text(section.text, section.spans, section.language, reader.knows)
    text = narrated.text
    found = passages(text, section.language, list(_marked_ranges(section, narrated))) if foreign else ()
    if section.role in _ONE_UTTERANCE:
        whole = len(found) == 1 and found[0].end - found[0].start >= len(text.strip())
        return [_Part(narrated, found[0].language if whole else section.language)]
    parts: list[_Part] = []
    at = 0
    for passage in found:
        parts.append(_Part(narrated.part(at, passage.start), section.language, open=not passage.whole))
        parts.append(_Part(narrated.part(passage.start, passage.end), passage.language, open=not passage.whole))
        at = passage.end
    parts.append(_Part(narrated.part(at, len(text)) if at else narrated, section.language))
    return [part for part in parts if part.narrated.text.strip()]


def _marked_ranges(section: _Section, narrated: NarratedText) -> Iterator[tuple[int, int, str]]:
    """Yield the ranges of the narrated text that the page marks as another language, with its tag."""
    for span in section.spans:
        if span.kind is SpanKind.LANGUAGE:
            yield *narrated.narrated_range(span.start, span.end), span.value


def _utterances(
    section: _Section,
    following: Role | None,
    language: str,
    readers: Callable[[str], _LanguageReader],
    options: Narration,
) -> Iterator[Utterance]:
    """Yield the utterances of a section, each part by the rules of its own language."""
    parts = _split_by_language(section, readers(section.language), foreign=options.foreign)
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        mark = part.language if part.language not in (language, UNKNOWN) else ""
        made = list(readers(part.language).utterances(part.narrated, section, following, mark, ends=last))
        if part.open and not last and made:
            made[-1] = replace(made[-1], pause_after=_LANGUAGE_PAUSE)
        yield from made


class _LanguageReader(NamedTuple):
    """The pack, rules and options for all sections in one language."""

    pack: Pack
    #: The rules of the lexicon, then those of the pack.
    grammar: Grammar
    options: Narration
    language: str

    def knows(self, short: str) -> bool:
        """Return whether the pack or a lexicon expands an abbreviation."""
        stem = short.rstrip(".")
        listed = stem in self.pack.abbreviations or stem in self.pack.final_abbreviations
        return listed or next(rewrite(short, self.grammar), None) is not None

    def utterances(
        self, narrated: NarratedText, section: _Section, following: Role | None, language: str, *, ends: bool = True
    ) -> Iterator[Utterance]:
        """Yield the utterances of a part of *section*; a sentence without letters or digits has none.

        *language* is the utterances' tag, *following* the role of the next section, *ends* whether the part is the last
        one.
        """
        role = section.role
        lines = [(part.original, *self.spoken(part)) for part in self._sentences(narrated, role)]
        lines = [line for line in lines if any(map(str.isalnum, line[1]))]
        for number, (written, spoken, spans, pronunciations) in enumerate(lines):
            last = ends and number == len(lines) - 1
            pause = self.options.pauses.following(
                written, role, last=last, next_role=following, line=bool(narrated.breaks)
            )
            yield Utterance(written, spoken, pause, role, language, spans, section.block, pronunciations)

    def spoken(self, narrated: NarratedText) -> tuple[str, tuple[Span, ...], tuple[Pronunciation, ...]]:
        """Return the spoken text of a sentence, its alignment with the written text, and its pronunciations."""
        spoken, spans, pronunciations = spoken_and_aligned(
            narrated.text, self.pack, self.grammar, self.options.pauses.marks
        )
        spoken, spans, pronunciations = in_latin_letters(spoken, spans, self.language, pronunciations)
        if not self.options.align:
            return spoken, (), pronunciations
        if narrated.starts is not None:
            spans = tuple(_to_written(span, narrated) for span in spans)
        return spoken, spans, pronunciations

    def _sentences(self, narrated: NarratedText, role: Role) -> Iterator[NarratedText]:
        """Yield the sentences of a narrated text; all of it for roles that are one utterance."""
        if role in _ONE_UTTERANCE:
            yield _strip(narrated, 0, len(narrated.text))
            return
        edges = [0, *narrated.breaks, len(narrated.text)]
        for first, last in pairwise(edges):
            for start, end in sentences(narrated.text[first:last], self.pack):
                yield narrated.part(first + start, first + end)


def _strip(narrated: NarratedText, start: int, end: int) -> NarratedText:
    """Return a range of a narrated text without white space at its ends."""
    text = narrated.text[start:end]
    return narrated.part(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _to_written(span: Span, narrated: NarratedText) -> Span:
    """Return a span with its written range converted to the original text."""
    start, end = narrated.written_range(span.written_start, span.written_end)
    return replace(span, written_start=start, written_end=end)


def _readers_by_language(options: Narration) -> Callable[[str], _LanguageReader]:
    """Return a function that returns the `_LanguageReader` of a language, the same one at each call."""
    lexicon = options.lexicon()

    @cache
    def reader(language: str) -> _LanguageReader:
        pack = load_pack(language) or SILENT
        rules = (*lexicon.rules(language), *pack.article_rules, *pack.rules)
        return _LanguageReader(pack, grammar_of(rules), options, language)

    return reader
