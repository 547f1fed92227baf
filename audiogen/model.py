"""The data types that the stages exchange, from a saved page to a finished episode.

Every type is a frozen, slotted dataclass of plain values; sequences are tuples. This module has no behaviour, and
imports no other module of the package. Durations and times are seconds as `float`; dates have their time zone if
the source has one; languages are BCP 47 tags with the language part in lower case ("en", "uk", "pt-BR").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from pathlib import Path


class BlockKind(StrEnum):
    """The kind of an article's block, from its markup or its form."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    #: A question in an interview, if the page marks questions and answers.
    QUESTION = "question"
    ANSWER = "answer"
    TABLE = "table"
    CODE = "code"
    FORMULA = "formula"
    EMBED = "embed"
    CHART = "chart"
    LINK_LIST = "link list"
    #: A phrase that replaces what cannot be narrated ("A table of five rows is in the article").
    STAND_IN = "stand-in"


class Reason(StrEnum):
    """Why a block is not narrated. The list is closed: manifests and the `--json` output depend on it."""

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    READING_TIME = "reading time"
    CAPTION = "caption"
    CREDIT = "credit"
    CALL_TO_ACTION = "call to action"
    RELATED = "related"
    FEED = "feed"
    LABEL = "label"
    ADVERTISEMENT = "advertisement"
    NAVIGATION = "navigation"
    FORM = "form"
    SHARE = "share"
    TAGS = "tags"
    COMMENTS = "comments"
    DUPLICATE = "duplicate"
    EMBED = "embed"
    DISCLAIMER = "disclaimer"
    BIOGRAPHY = "biography"
    COPYRIGHT = "copyright"
    REFERENCES = "references"
    TABLE = "table"
    CODE = "code"
    FORMULA = "formula"
    HIDDEN = "hidden"
    BOILERPLATE = "boilerplate"
    SITE_RULE = "site rule"
    #: In a language for which there is no voice, or that is excluded.
    LANGUAGE = "language"
    #: Removed by a user's edit.
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reader observed about a block, for the cleaner."""

    #: Tags from the body down to the block's own, with classes and ids: ("article.story", "div#body", "p.lead").
    path: tuple[str, ...] = ()
    #: Share of the block's characters inside links, 0 to 1.
    link_density: float = 0.0
    #: Further observations of the reader, by name: {"trafilatura": 1.0, "blank_before": 1.0}.
    marks: Mapping[str, float] = field(default_factory=dict)
    #: Ordinals on the page of the path's block elements, outermost first: blocks of one container share a number.
    elements: tuple[int, ...] = ()


class SpanKind(StrEnum):
    """The meaning of inline markup."""

    RAISED = "raised"
    LOWERED = "lowered"
    #: The mark of a note; its value is the id of the note's element, or "".
    NOTE = "note"
    #: A formula, with all copies of it in the text; its value is the formula in TeX, or "" if that is unknown.
    FORMULA = "formula"
    #: Its value is the title: what the abbreviation stands for.
    ABBREVIATION = "abbreviation"
    #: Its value is the machine-readable time, as the page writes it.
    TIME = "time"
    #: Its value is the machine-readable form of the text.
    DATA = "data"
    QUOTATION = "quotation"
    #: Its value is the language tag, as the page writes it.
    LANGUAGE = "language"
    #: The space that replaces a line break in the text.
    LINE_BREAK = "line break"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A range of a block's text with inline markup; offsets in characters, end exclusive.

    An empty range is the position of something that is not in the text, such as a formula
    that the page draws as a picture.
    """

    start: int
    end: int
    kind: SpanKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item… of an article."""

    #: The text as written, in one line, white space collapsed.
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    #: Heading level 1 to 6, or depth of a list item from 1; 0 for other kinds.
    level: int = 0
    #: The block's own language, if it is marked and differs from the article's.
    language: str | None = None
    evidence: Evidence | None = field(default=None, compare=False, repr=False)
    #: Inline markup, in order of the starts. Two blocks with the same text and other markup are equal.
    spans: tuple[TextSpan, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Removed:
    """A block that is not narrated: an entry of the ledger."""

    block: Block
    reason: Reason
    #: Name of the rule that decided, for `audiogen text --explain`.
    rule: str
    #: Index of the block among all blocks of the page, narrated or not.
    position: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A saved page: as read, with all its blocks; after cleaning, with the narrated ones, the others in `removed`."""

    title: str = ""
    #: The standfirst: the sentence under the headline.
    dek: str = ""
    #: People, in the page's order; never "Staff" or an address.
    authors: tuple[str, ...] = ()
    published: datetime | date | None = None
    modified: datetime | date | None = None
    #: The outlet's name.
    site: str = ""
    #: The canonical address.
    url: str = ""
    language: str = ""
    #: Address or path of the lead image.
    image: str = ""
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    #: Whether it is cleaned, so that `blocks` are those that are narrated.
    cleaned: bool = False
    #: Format it was read from: "html", "text", "markdown"…
    format: str = ""
    #: Path of the saved page; empty if it was passed as a text. It is ignored by comparisons.
    source: str = field(default="", compare=False, repr=False)
    #: What the page declares about itself, for the cleaner: {"types": "newsarticle og:article", "free": "no"}; after
    #: cleaning, under "opening", what shows that only the beginning of the article was saved.
    signs: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    tags: tuple[str, ...] = ()
    #: The article's id in a feed, a CMS or a newsletter: a feed's guid, a `Message-ID`, a post's number.
    #: By it a later version of the article is recognised.
    external_id: str = field(default="", compare=False, repr=False)
    #: Digest ("sha256:…") of the document as it was found; empty if the article was read from none.
    document: str = field(default="", compare=False, repr=False)

    @property
    def text(self) -> str:
        """Title, standfirst and blocks, a line each, as written."""
        return "\n".join(line for line in (self.title, self.dek, *(block.text for block in self.blocks)) if line)


class Role(StrEnum):
    """The role of an utterance, by which its pauses and its voice are chosen."""

    TITLE = "title"
    DEK = "dek"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    QUESTION = "question"
    ANSWER = "answer"
    STAND_IN = "stand-in"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class Span:
    """A range of the spoken text and its range of the written text; offsets in characters, end exclusive."""

    spoken_start: int
    spoken_end: int
    written_start: int
    written_end: int


class Saying(StrEnum):
    """The kind of a pronunciation."""

    #: Letters by their names: "F B I".
    LETTERS = "letters"
    #: Phonemes are given.
    IPA = "ipa"
    #: The text is a respelling of a name: "kee-yiv".
    RESPELLED = "respelled"


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """The pronunciation of a range of the spoken text; offsets in characters, end exclusive."""

    start: int
    end: int
    kind: Saying
    #: The written form, if `spoken` respells it: "Kyiv".
    written: str = ""
    #: Broad IPA in English sounds, for every engine that takes phonemes: "ˈkiːjɪv".
    ipa: str = ""
    #: Pairs of an engine's name and phonemes in that engine's own alphabet, for it alone.
    phonemes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence: its written text, its spoken text, and the pause after it."""

    written: str
    spoken: str
    #: Silence after it, in seconds.
    pause_after: float = 0.0
    role: Role = Role.PARAGRAPH
    #: BCP 47 tag; empty means the script's.
    language: str = ""
    #: The written words of each spoken word, in spoken order; empty if unknown.
    alignment: tuple[Span, ...] = ()
    #: Index of its block in the article; -1 for title, dek and disclosure.
    block: int = -1
    #: Pronunciations of ranges of `spoken`, in order and without overlap.
    pronunciations: tuple[Pronunciation, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """The utterances of an article, in order."""

    utterances: tuple[Utterance, ...] = ()
    language: str = "en"
    #: Languages of the article without a pack: their text is read as written, except for symbols.
    unsupported: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The spoken text, one utterance in each line."""
        return "\n".join(utterance.spoken for utterance in self.utterances)


class Synthesis(StrEnum):
    """How a voice makes sound, for the machine-readable disclosure."""

    RULES = "rules"
    RECORDINGS = "recordings"
    TRAINED = "trained"


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice card: a voice of an engine, with the rate, pauses and options that it speaks with."""

    name: str
    engine: str
    #: The engine's own name of the voice: an id, a path or a blend.
    id: str = ""
    language: str = ""
    description: str = ""
    #: Speaking rate in words a minute; None is the engine's own.
    rate: int | None = None
    #: Pitch, 0 to 100 with 50 in the middle; None is the engine's own.
    pitch: int | None = None
    #: Usual integrated loudness of its raw speech in LUFS; None if it was not measured.
    loudness: float | None = None
    synthesis: Synthesis = Synthesis.RULES
    licence: str = ""
    origin: str = ""
    #: Seconds by role that replace the script's own pauses.
    pauses: Mapping[str, float] = field(default_factory=dict)
    #: Name of another card by role: {"quote": "english-us-f"}.
    roles: Mapping[str, str] = field(default_factory=dict)
    #: Written form to respelling; overrides the show's lexicon.
    lexicon: Mapping[str, str] = field(default_factory=dict)
    #: Options of the engine.
    options: Mapping[str, str | int | float | bool | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordTime:
    """The time at which a spoken word starts, from the clip's start; `start` and `end` are offsets in the text."""

    start: int
    end: int
    time: float
    #: Whether it was estimated from the clip's sound, because the engine gives no times.
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """The sound of one utterance: mono, 16-bit little-endian PCM."""

    pcm: bytes
    #: Frames a second.
    sample_rate: int
    words: tuple[WordTime, ...] = ()
    #: Decibels by which it is amplified when clips are joined; not applied to `pcm`, as 16 bits could clip.
    gain: float = 0.0
    #: Why it may be incomplete, for users; empty if it seems complete.
    doubt: str = ""
    #: Digest of everything that determines its sound; empty if it was spoken in another way: in pieces, with another
    #: seed, or by another voice.
    digest: str = ""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.sample_rate


@dataclass(frozen=True, slots=True)
class Cue:
    """Start and end of an utterance in the recording, in seconds, without the pause after it."""

    start: float
    end: float
    words: tuple[WordTime, ...] = ()
    #: The clip's doubt and digest.
    doubt: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished sound file and its measurements."""

    path: Path
    #: Length in seconds, after decoding.
    duration: float
    sample_rate: int
    #: kbit/s.
    bitrate: int
    #: One for each utterance of the script, in order.
    cues: tuple[Cue, ...] = ()
    #: Integrated loudness in LUFS after decoding; None if it cannot be measured (silence).
    loudness: float | None = None
    #: True peak in dBTP after decoding.
    peak: float | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode in the library: its sound and its manifest."""

    #: The common stem of the names of its files.
    slug: str
    #: Paths, or addresses if the library is in a bucket.
    audio: Path | str
    manifest: Path | str
    title: str
    duration: float
    #: Number of utterances, and of those that were spoken: equal unless one in a foreign script had no sound.
    utterances: int
    spoken: int
    #: Bytes of the sound file.
    size: int = 0
    #: Number of utterances whose sound may be incomplete.
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A possible article: a file, an address, or a document in an export, with facts on it."""

    #: Its name for users and for the batch: a path, an address, "export.zip#entry".
    name: str
    #: Its file; a source with neither `path` nor `document` is only an address, and is fetched.
    path: Path | None = None
    document: str | bytes | None = field(default=None, repr=False)
    url: str = ""
    #: The argument by which it was found: a path, a pattern or an address.
    origin: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | date | None = None
    #: When it was saved in a read-later service.
    saved: datetime | None = None
    #: Whether it was read or archived; None if unknown.
    read: bool | None = None
    #: See `Article.external_id`.
    external_id: str = ""
    #: Why it could not be opened; only this source fails.
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one source of a batch: an episode, or the error that prevented it."""

    source: str
    episode: Episode | None = None
    error: Exception | None = None
    #: "new", "done", "changed", "healed", "duplicate", "removed", "refused", "damaged", "failed".
    status: str = "new"
    #: A remark, such as the source that a duplicate has the same story as.
    note: str = ""
    #: Seconds of work, on any machine.
    work: float = 0.0
