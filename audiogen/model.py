"""The data types: what travels from a saved page to a finished episode.

Every type is a frozen, slotted dataclass of plain values; sequences are tuples. Nothing here acts, and nothing
here imports another module of ours. Durations and times are seconds as `float`; dates carry their time zone when
the source gave one; languages are BCP 47 tags in lower case for the language part ("en", "uk", "pt-BR").
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
    #: A phrase that replaces what cannot be heard ("A table of five rows is in the article").
    STAND_IN = "stand-in"


class Reason(StrEnum):
    """Why a block is not heard. The list is closed: manifests and the `--json` output depend on it."""

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
    #: In a language that nobody speaks here, or that is not wanted.
    LANGUAGE = "language"
    #: Somebody dropped it.
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the reader saw around a block, for the cleaner to judge it by."""

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
    #: A formula, however many times the text holds it; its value is the formula in TeX, or "" if nothing tells it.
    FORMULA = "formula"
    #: Its value is the title: what the abbreviation stands for.
    ABBREVIATION = "abbreviation"
    #: Its value is the machine-readable time, as the page writes it.
    TIME = "time"
    #: Its value is what machines read instead of the text.
    DATA = "data"
    QUOTATION = "quotation"
    #: Its value is the language tag, as the page writes it.
    LANGUAGE = "language"
    #: The space that stands in the text for a line break.
    LINE_BREAK = "line break"


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A stretch of a block's text with inline markup; offsets in characters, end exclusive.

    An empty stretch is a place in the text: there stands something that the text does not hold, such as a formula
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
    #: Heading level 1 to 6, or depth of a list item from 1; 0 if it means nothing.
    level: int = 0
    #: The block's own language where it is marked and differs from the article's.
    language: str | None = None
    evidence: Evidence | None = field(default=None, compare=False, repr=False)
    #: Inline markup, in order of the starts. Two blocks with the same text and other markup are equal.
    spans: tuple[TextSpan, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Removed:
    """A block that is not heard: an entry of the ledger."""

    block: Block
    reason: Reason
    #: Name of the rule that decided, for `audiogen text --explain`.
    rule: str
    #: Place of the block among all blocks of the page, heard or not, from 0.
    position: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A saved page: as read, with all its blocks; once cleaned, with what is heard, and the rest in `removed`."""

    title: str = ""
    #: The standfirst: the sentence under the headline.
    dek: str = ""
    #: People, in the page's order; never "Staff" or an address.
    authors: tuple[str, ...] = ()
    published: datetime | date | None = None
    modified: datetime | date | None = None
    #: The outlet's name as it calls itself.
    site: str = ""
    #: The canonical address.
    url: str = ""
    language: str = ""
    #: Address or path of the lead image.
    image: str = ""
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    #: Whether `blocks` is what is heard.
    cleaned: bool = False
    #: Format it was read from: "html", "text", "markdown"…
    format: str = ""
    #: Path of the saved page; empty if it was handed over as a text. It is not part of what the article says.
    source: str = field(default="", compare=False, repr=False)
    #: What the page says of its own kind, for the cleaner: {"types": "newsarticle og:article", "free": "no"}; once
    #: it is cleaned, under "opening", what shows that only the article's opening was saved.
    signs: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    tags: tuple[str, ...] = ()
    #: The id by which a feed, a CMS or a newsletter knows the article: a feed's guid, a `Message-ID`, a post's number.
    #: It ties a later version of the article to its episode, and is not heard.
    external_id: str = field(default="", compare=False, repr=False)
    #: Digest ("sha256:…") of the document as it was found; empty if the article was read from none.
    document: str = field(default="", compare=False, repr=False)

    @property
    def text(self) -> str:
        """Title, standfirst and blocks, a line each, as written."""
        return "\n".join(line for line in (self.title, self.dek, *(block.text for block in self.blocks)) if line)


class Role(StrEnum):
    """What an utterance is in the reading; pauses and voices are chosen by it."""

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
    """A stretch of spoken text and the stretch of written text it says; offsets in characters, end exclusive."""

    spoken_start: int
    spoken_end: int
    written_start: int
    written_end: int


class Saying(StrEnum):
    """How a stretch of spoken text is pronounced, if its letters do not show it."""

    #: Letters by their names: "F B I".
    LETTERS = "letters"
    #: Phonemes are given.
    IPA = "ipa"
    #: The text is a respelling of a name: "kee-yiv".
    RESPELLED = "respelled"


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How a stretch of the spoken text is pronounced; offsets in characters, end exclusive."""

    start: int
    end: int
    kind: Saying
    #: The stretch as it is written where `spoken` respells it: "Kyiv".
    written: str = ""
    #: Broad IPA in English sounds, for every engine that takes phonemes: "ˈkiːjɪv".
    ipa: str = ""
    #: Pairs of an engine's name and phonemes in that engine's own alphabet, for it alone.
    phonemes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence: what is printed and what is said, and the silence that follows."""

    written: str
    spoken: str
    #: Silence after it, in seconds.
    pause_after: float = 0.0
    role: Role = Role.PARAGRAPH
    #: BCP 47 tag; empty means the script's.
    language: str = ""
    #: Which written words each spoken word stands for, in spoken order; empty if unknown.
    alignment: tuple[Span, ...] = ()
    #: Index of the article's block it comes from; -1 for title, dek and disclosure.
    block: int = -1
    #: Stretches of `spoken` that are more than their letters tell, in order and without overlap.
    pronunciations: tuple[Pronunciation, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """What is read aloud, in order."""

    utterances: tuple[Utterance, ...] = ()
    language: str = "en"
    #: Languages of the article that audiogen has no pack for: their text was cleaned, and is otherwise read as written.
    unsupported: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The spoken text, an utterance a line."""
        return "\n".join(utterance.spoken for utterance in self.utterances)


class Synthesis(StrEnum):
    """How a voice makes sound; decides the machine-readable disclosure."""

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
    #: Written form to respelling, laid over the show's lexicon.
    lexicon: Mapping[str, str] = field(default_factory=dict)
    #: What only this engine understands.
    options: Mapping[str, str | int | float | bool | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordTime:
    """When a spoken word is heard, in seconds from the clip's start; `start` and `end` index the spoken text."""

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
    #: Decibels by which it is raised when it is joined. Noted, not done: 16 bits cannot hold more than full scale.
    gain: float = 0.0
    #: Why it may not be the whole utterance, a phrase for people; empty if nothing speaks against it.
    doubt: str = ""
    #: Of everything that makes its sound; empty if pieces, another seed or another voice stand in for what the voice
    #: says at once.
    digest: str = ""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.sample_rate


@dataclass(frozen=True, slots=True)
class Cue:
    """When an utterance is heard in the recording, in seconds from its start, without the pause after it."""

    start: float
    end: float
    words: tuple[WordTime, ...] = ()
    #: The clip's doubt and digest.
    doubt: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished sound file and what was measured while it was made."""

    path: Path
    #: Length in seconds, as a decoder gives it.
    duration: float
    sample_rate: int
    #: kbit/s.
    bitrate: int
    #: One for each utterance of the script, in order.
    cues: tuple[Cue, ...] = ()
    #: Integrated loudness in LUFS as heard after decoding; None if it could not be measured (silence).
    loudness: float | None = None
    #: True peak in dBTP as heard after decoding.
    peak: float | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """An article in the library: its recording and the manifest that tells of it."""

    #: Stem shared by the episode's files.
    slug: str
    #: Paths; addresses where the library is at one.
    audio: Path | str
    manifest: Path | str
    title: str
    duration: float
    #: "of M utterances, N were spoken": equal but where an utterance in a foreign script had no sound.
    utterances: int
    spoken: int
    #: Bytes of the sound file.
    size: int = 0
    #: Utterances that are heard, but perhaps not whole.
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Something that may be an article: a file, an address, or a document inside an export, and what is known of it."""

    #: What people and the batch know it by: a path, an address, "export.zip#entry".
    name: str
    #: The file it is in; with neither `path` nor `document` it is only an address, and is fetched.
    path: Path | None = None
    document: str | bytes | None = field(default=None, repr=False)
    url: str = ""
    #: Where what was found in it began: the path, pattern or address that was asked for.
    origin: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    published: datetime | date | None = None
    #: When it was saved to be read.
    saved: datetime | None = None
    #: Whether it was read or archived; None if unknown.
    read: bool | None = None
    #: See `Article.external_id`.
    external_id: str = ""
    #: Why it could not be opened. Only this source fails; the others go on.
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source of a batch: an episode, or the error that prevented it."""

    source: str
    episode: Episode | None = None
    error: Exception | None = None
    #: "new", "done", "changed", "healed", "duplicate", "removed", "refused", "damaged", "failed".
    status: str = "new"
    #: A remark: which source a duplicate is the same story as.
    note: str = ""
    #: Seconds of work it took, on whatever machine did it.
    work: float = 0.0
