"""The tags of an episode's file, and ID3, their form in MP3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mutagen import id3 as frames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

#: ISO 639-2/T codes by ISO 639-1, for frames with a language; others are "und".
_LANGUAGES = {
    "ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "hy": "hye", "id": "ind", "it": "ita", "ja": "jpn", "ka": "kat", "ko": "kor", "lt": "lit", "lv": "lav",
    "mk": "mkd", "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus",
    "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip

#: Descriptions of our TXXX frames.
DISCLOSURE = "AI-DISCLOSURE"
SOURCE_TYPE = "DigitalSourceType"
GUID = "audiogen-guid"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the recording; times in seconds."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of an episode's file."""

    title: str
    #: The authors or the outlet.
    artist: str
    #: The show or the site.
    album: str
    #: BCP 47.
    language: str
    #: The disclosure's sentence.
    disclosure: str
    #: IPTC digital source type, a full address.
    source_type: str
    guid: str
    #: The written text, one block per line.
    text: str = ""
    #: A summary in one or two sentences.
    summary: str = ""
    publisher: str = ""
    copyright: str = ""
    published: date | None = None
    #: The article's address.
    url: str = ""
    #: Length in seconds.
    duration: float = 0.0
    chapters: tuple[Chapter, ...] = ()
    #: JPEG or PNG.
    cover: bytes = b""


def tag_mp3(path: Path, tags: Tags) -> None:
    """Write ID3v2.3 tags, the version that most players read."""
    id3 = frames.ID3()
    for frame in _frames(tags):
        id3.add(frame)
    id3.update_to_v23()
    id3.save(path, v1=0, v2_version=3)


def comment_of(tags: Tags) -> str:
    """Return the comment that players show: the disclosure, the summary and the article's address."""
    return "\n".join(line for line in (tags.disclosure, tags.summary, tags.url) if line)


def language_code(tag: str) -> str:
    """Return the ISO 639-2 code that ID3 requires.

    >>> language_code("pt-BR"), language_code("tlh")
    ('por', 'und')
    """
    return _LANGUAGES.get(tag.partition("-")[0].lower(), "und")


def _frames(tags: Tags) -> Iterator[frames.Frame]:
    """Yield the ID3 frames of an episode."""
    language = language_code(tags.language)
    yield frames.TIT2(encoding=3, text=tags.title)
    yield frames.TPE1(encoding=3, text=tags.artist)
    yield frames.TALB(encoding=3, text=tags.album)
    yield frames.TCON(encoding=3, text="Podcast")
    yield frames.TLAN(encoding=3, text=language)
    yield frames.TLEN(encoding=3, text=str(round(tags.duration * 1000)))
    yield frames.TSSE(encoding=3, text="audiogen, LAME")
    yield frames.COMM(encoding=3, lang=language, desc="", text=comment_of(tags))
    yield frames.TXXX(encoding=3, desc=DISCLOSURE, text=tags.disclosure)
    yield frames.TXXX(encoding=3, desc=SOURCE_TYPE, text=tags.source_type)
    yield frames.TXXX(encoding=3, desc=GUID, text=tags.guid)
    yield from _optional(tags, language)
    yield from _chapters(tags.chapters)


def _optional(tags: Tags, language: str) -> Iterator[frames.Frame]:
    """Yield the frames for facts that only some articles have."""
    if tags.published:
        form = "%Y-%m-%dT%H:%M:%S" if isinstance(tags.published, datetime) else "%Y-%m-%d"
        yield frames.TDRC(encoding=3, text=tags.published.strftime(form))
    if tags.publisher:
        yield frames.TPUB(encoding=3, text=tags.publisher)
    if tags.copyright:
        yield frames.TCOP(encoding=3, text=tags.copyright)
    if tags.url:
        yield frames.WOAS(url=tags.url)
        yield frames.WXXX(encoding=3, desc="Article", url=tags.url)
    if tags.text:
        yield frames.USLT(encoding=3, lang=language, desc="", text=tags.text)
    if tags.cover:
        mime = "image/png" if tags.cover.startswith(b"\x89PNG") else "image/jpeg"
        yield frames.APIC(encoding=3, mime=mime, type=3, desc="Cover", data=tags.cover)


def _chapters(chapters: tuple[Chapter, ...]) -> Iterator[frames.Frame]:
    """Yield a frame for each chapter, and the table of contents that players require."""
    if not chapters:
        return
    # mutagen sorts frames by size, then by name: names that make all alike keep the chapters in order for those readers
    # that do not look at the table.
    longest = max(_utf16_units(chapter.title) for chapter in chapters)
    names = [
        f"ch{number:04}".ljust(6 + 2 * (longest - _utf16_units(chapter.title)), ".")
        for number, chapter in enumerate(chapters)
    ]
    flags = frames.CTOCFlags.TOP_LEVEL | frames.CTOCFlags.ORDERED
    yield frames.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])
    for name, chapter in zip(names, chapters, strict=True):
        yield frames.CHAP(
            element_id=name,
            start_time=round(chapter.start * 1000),
            end_time=round(chapter.end * 1000),
            start_offset=0xFFFFFFFF,
            end_offset=0xFFFFFFFF,
            sub_frames=[frames.TIT2(encoding=3, text=chapter.title)],
        )


def _utf16_units(text: str) -> int:
    """Return the length of *text* in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def guid_of_mp3(path: Path) -> str:
    """Return the GUID in the tags; "" if there is none."""
    frame = frames.ID3(path).get(f"TXXX:{GUID}")
    return str(frame.text[0]) if frame else ""
