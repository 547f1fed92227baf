"""Makes the script of an article: its utterances in order, with their spoken texts, pauses and languages."""

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
    from audiogen.narration.heard import Heard

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Narration:
    """Options of `narrate`."""

    #: BCP 47 tag for articles without a language.
    language: str = "en"
    pauses: Pauses = field(default_factory=default_pauses)
    #: Word lists that override the package's own; later ones override earlier ones: language, show, voice.
    lexicons: tuple[Lexicon, ...] = ()
    #: Whether the package's starter lexicon is used, too.
    starter_lexicon: bool = True
    #: Whether each spoken word is aligned with its written ones.
    align: bool = True
    #: Whether passages in another language are utterances of their own, in that language.
    foreign: bool = True
    #: Whether notes are read after the sentences in which they are marked.
    notes: bool = False

    def lexicon(self) -> Lexicon:
        """Return all word lists as one."""
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
#: Roles that are one utterance each, however many sentences they have: the headline "Dr. No. A Review.".
_ONE_UTTERANCE = frozenset((Role.TITLE, Role.HEADING))
#: Seconds of silence at a change of language inside a sentence.
_WITHIN = 0.12
#: BCP 47's tag of an undetermined language, which has no pack.
UNKNOWN = "und"
#: An article with this many characters whose language was not recognised is in none that has a pack.
UNSURE = 400


def script_of(article: Article, options: Narration) -> Script:
    """Return the script of *article*: title, standfirst, then its blocks in order."""
    known = article.language or _recognised(article.text, options.language)
    language = options.language if known == UNKNOWN else known
    sections = list(_sections(article, known))
    without = sorted({section.language for section in sections if load_pack(section.language) is None})
    if without:
        log.warning("No language pack for %s: numbers and abbreviations are left to the voice.", ", ".join(without))
    readings = _readers_by_language(options)
    notes = notes_of(article) if options.notes else {}
    utterances: list[Utterance] = []
    for number, section in enumerate(sections):
        if is_row(section.text):
            if utterances:
                utterances[-1] = _paused(utterances[-1], options.pauses.row)
            continue
        following = sections[number + 1].role if number + 1 < len(sections) else None
        lines = _utterances(section, following, language, readings, options)
        if notes and section.spans:
            lines = _with_notes(
                lines, section, notes, lambda note: _utterances(note, None, language, readings, options)
            )
        utterances.extend(lines)
    return Script(tuple(utterances), language, tuple(without))


def _with_notes(
    lines: Iterator[Utterance],
    section: _Section,
    notes: Mapping[str, str],
    say: Callable[[_Section], Iterator[Utterance]],
) -> Iterator[Utterance]:
    """Insert each note after the sentence of *section* that has its mark."""
    marked = list(marked_notes(section.text, section.spans, notes))
    at = 0
    for utterance in lines:
        yield utterance
        found = section.text.find(utterance.written, at)
        at = found + len(utterance.written) if found >= 0 else at
        while marked and marked[0][0] <= at:
            yield from say(section._replace(text=marked.pop(0)[1], spans=()))


def _paused(utterance: Utterance, seconds: float) -> Utterance:
    return replace(utterance, pause_after=max(utterance.pause_after, seconds))


def _recognised(text: str, otherwise: str) -> str:
    """Return the language of a text without one: the detected one, or the default language for a short text."""
    if len(text) < UNSURE:
        return otherwise
    from audiogen.language.detection import detect

    return detect(text) or UNKNOWN


class _Section(NamedTuple):
    """A block of the article, or its title or standfirst, with its role."""

    text: str
    role: Role
    language: str = ""
    block: int = -1
    spans: tuple[TextSpan, ...] = ()


def _sections(article: Article, language: str) -> Iterator[_Section]:
    """Yield the title, the standfirst and the blocks of an article with their roles."""
    for text, role in ((article.title, Role.TITLE), (article.dek, Role.DEK)):
        if text.strip():
            yield _Section(text, role, language)
    for index, block in enumerate(article.blocks):
        if block.text.strip():
            yield _Section(
                block.text, _ROLES.get(block.kind, Role.PARAGRAPH), block.language or language, index, block.spans
            )


class _Part(NamedTuple):
    """A range of a section in one language."""

    heard: Heard
    language: str
    #: Whether its last sentence continues in the next part.
    open: bool = False


def _parts(section: _Section, reading: _LanguageReader, *, foreign: bool) -> list[_Part]:
    """Split a section where its language changes; roles that are one utterance are not split."""
    heard = narrated_text(section.text, section.spans, section.language, reading.knows)
    text = heard.text
    found = passages(text, section.language, list(_marked(section, heard))) if foreign else ()
    if section.role in _ONE_UTTERANCE:
        whole = len(found) == 1 and found[0].end - found[0].start >= len(text.strip())
        return [_Part(heard, found[0].language if whole else section.language)]
    parts: list[_Part] = []
    at = 0
    for passage in found:
        parts.append(_Part(heard.part(at, passage.start), section.language, open=not passage.whole))
        parts.append(_Part(heard.part(passage.start, passage.end), passage.language, open=not passage.whole))
        at = passage.end
    parts.append(_Part(heard.part(at, len(text)) if at else heard, section.language))
    return [part for part in parts if part.heard.text.strip()]


def _marked(section: _Section, heard: Heard) -> Iterator[tuple[int, int, str]]:
    """Yield the ranges that the page marks as another language, with its tag."""
    for span in section.spans:
        if span.kind is SpanKind.LANGUAGE:
            yield *heard.heard(span.start, span.end), span.value


def _utterances(
    section: _Section,
    following: Role | None,
    language: str,
    readings: Callable[[str], _LanguageReader],
    options: Narration,
) -> Iterator[Utterance]:
    """Yield the utterances of a section, each part by the rules of its own language."""
    parts = _parts(section, readings(section.language), foreign=options.foreign)
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        mark = part.language if part.language not in (language, UNKNOWN) else ""
        made = list(readings(part.language).utterances(part.heard, section, following, mark, ends=last))
        if part.open and not last and made:
            made[-1] = replace(made[-1], pause_after=_WITHIN)
        yield from made


class _LanguageReader(NamedTuple):
    """The pack, the rules and the options for the sections in one language."""

    pack: Pack
    #: The rules of the lexicon, then those of the pack.
    grammar: Grammar
    options: Narration
    language: str

    def knows(self, short: str) -> bool:
        """Return whether the rules or the word list expand an abbreviation."""
        stem = short.rstrip(".")
        listed = stem in self.pack.abbreviations or stem in self.pack.final_abbreviations
        return listed or next(rewrite(short, self.grammar), None) is not None

    def utterances(
        self, heard: Heard, section: _Section, following: Role | None, language: str, *, ends: bool = True
    ) -> Iterator[Utterance]:
        """Yield the utterances of a part of *section*; sentences of which nothing is narrated have none."""
        role = section.role
        lines = [(part.original, *self.spoken(part)) for part in self._sentences(heard, role)]
        lines = [line for line in lines if any(map(str.isalnum, line[1]))]
        for number, (written, spoken, spans, pronunciations) in enumerate(lines):
            last = ends and number == len(lines) - 1
            pause = self.options.pauses.following(
                written, role, last=last, next_role=following, line=bool(heard.breaks)
            )
            yield Utterance(written, spoken, pause, role, language, spans, section.block, pronunciations)

    def spoken(self, heard: Heard) -> tuple[str, tuple[Span, ...], tuple[Pronunciation, ...]]:
        """Return the spoken text of a sentence, its alignment with the written text, and its pronunciations."""
        spoken, spans, pronunciations = spoken_and_aligned(
            heard.text, self.pack, self.grammar, self.options.pauses.marks
        )
        spoken, spans, pronunciations = in_latin_letters(spoken, spans, self.language, pronunciations)
        if not self.options.align:
            return spoken, (), pronunciations
        if heard.starts is not None:
            spans = tuple(_written(span, heard) for span in spans)
        return spoken, spans, pronunciations

    def _sentences(self, heard: Heard, role: Role) -> Iterator[Heard]:
        if role in _ONE_UTTERANCE:
            yield _stripped(heard, 0, len(heard.text))
            return
        edges = [0, *heard.breaks, len(heard.text)]
        for first, last in pairwise(edges):
            for start, end in sentences(heard.text[first:last], self.pack):
                yield heard.part(first + start, first + end)


def _stripped(heard: Heard, start: int, end: int) -> Heard:
    text = heard.text[start:end]
    return heard.part(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def _written(span: Span, heard: Heard) -> Span:
    start, end = heard.written(span.written_start, span.written_end)
    return replace(span, written_start=start, written_end=end)


def _readers_by_language(options: Narration) -> Callable[[str], _LanguageReader]:
    """Return a function that makes the `_LanguageReader` of a language once for all sections of an article."""
    lexicon = options.lexicon()

    @cache
    def reading(language: str) -> _LanguageReader:
        pack = load_pack(language) or SILENT
        rules = (*lexicon.rules(language), *pack.article_rules, *pack.rules)
        return _LanguageReader(pack, grammar_of(rules), options, language)

    return reading
