"""Recognises documents without an article by their content, and gives advice for each kind.

Binary files are recognised by their first bytes and the names in their archive. Texts that are not read aloud (logs,
tables, source code, keys, lists of numbers) are recognised by their shape, and only if they contain hardly any prose:
what may be an article is read.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Advice for files with an article in a format that is not read.
SAVE = "save the article's page as HTML, Markdown or text"
_WORD = "save it as .docx (Word, LibreOffice and Google Docs do) or as a PDF"
_UNPACK = "unpack it, or pack its files as .zip and hand that to audiogen batch"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is not read."""

    #: With its article: "a font".
    name: str
    #: What the user can do, in the imperative.
    advice: str = SAVE


PICTURE, SOUND, VIDEO, FONT = Kind("a picture"), Kind("a sound file"), Kind("a video"), Kind("a font")
PACKED, PROGRAM, DATABASE = Kind("a compressed file", _UNPACK), Kind("a program"), Kind("a database")
ZIP = Kind("a ZIP archive", "hand it to audiogen batch, which reads the articles in it")
SPREADSHEET = Kind("a spreadsheet")
PRESENTATION = Kind("a presentation")
OLD_OFFICE = Kind("an old Office document", _WORD)
#: Names of the binary formats that are read, by suffix.
_MEANT = {".pdf": "PDF", ".docx": "Word document", ".epub": "EPUB"}
#: First bytes of files; longer ones come before those that they begin with.
_MARKS: tuple[tuple[bytes, Kind], ...] = (
    (b"GIF8", PICTURE), (b"8BPS\x00", PICTURE), (b"\x00\x00\x01\x00", PICTURE), (b"\x00\x00\x00\x0cjP  ", PICTURE),
    (b"\xff\x0a", PICTURE), (b"\x00\x00\x00\x0cJXL ", PICTURE), (b"qoif", PICTURE),
    (b"ID3", SOUND), (b"OggS", SOUND), (b"fLaC", SOUND), (b"FORM", SOUND), (b"#!AMR", SOUND), (b"MThd", SOUND),
    (b"\xff\xfb", SOUND), (b"\xff\xf3", SOUND), (b"\xff\xf1", SOUND), (b"\xff\xf9", SOUND), (b"caff\x00", SOUND),
    (b".snd\x00", SOUND), (b"MAC ", SOUND), (b"wvpk", SOUND),
    (b"\x1aE\xdf\xa3", VIDEO), (b"FLV\x01", VIDEO), (b"\x00\x00\x01\xba", VIDEO), (b"\x00\x00\x01\xb3", VIDEO),
    (b"0&\xb2u\x8ef\xcf\x11", VIDEO),
    (b"\x1f\x8b", PACKED), (b"BZh", PACKED), (b"\xfd7zXZ", PACKED), (b"7z\xbc\xaf", PACKED), (b"Rar!", PACKED),
    (b"(\xb5/\xfd", PACKED), (b"\x04\"M\x18", PACKED), (b"LZIP", PACKED), (b"MSCF\x00", PACKED), (b"xar!", PACKED),
    (b"\x7fELF", PROGRAM), (b"MZ\x90", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM), (b"\xfe\xed\xfa", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM), (b"\xce\xfa\xed\xfe", PROGRAM), (b"\x00asm", PROGRAM), (b"dex\n", PROGRAM),
    (b"SQLite format 3", DATABASE), (b"PAR1", DATABASE), (b"\x89HDF", DATABASE),
    (b"!BDN", Kind("an Outlook mailbox", "export it as .mbox or .eml")),
    (b"{\\rtf", Kind("an RTF document", _WORD)), (b"BOOKMOBI", Kind("a Kindle book")),
    (b"%!PS", Kind("a PostScript document", "convert it to PDF")),
    (b"AT&TFORM", Kind("a DjVu document", "convert it to PDF")),
    (b"wOFF", FONT), (b"wOF2", FONT), (b"\x00\x01\x00\x00\x00", FONT), (b"OTTO\x00", FONT), (b"true\x00", FONT),
    (b"ttcf", FONT), (b"PK\x05\x06", Kind("an empty ZIP archive", "there is nothing in it")),
)  # fmt: skip
_RIFF = {b"WAVE": SOUND, b"AVI ": VIDEO, b"WEBP": PICTURE}
_STILL = (b"heic", b"heix", b"mif1", b"avif", b"avis", b"msf1", b"crx ")
_AUDIO = (b"M4A ", b"M4B ", b"M4P ")
#: Kinds of ZIP files, by the beginning of a name in them or by `mimetype`; the first match wins.
_PACKAGES: tuple[tuple[bytes, Kind], ...] = (
    (b"xl/", SPREADSHEET), (b"ppt/", PRESENTATION),
    (b"oasis.opendocument.spreadsheet", SPREADSHEET),
    (b"oasis.opendocument.presentation", PRESENTATION),
    (b"oasis.opendocument.text", Kind("an OpenDocument text", _WORD)),
    (b"oasis.opendocument", Kind("an OpenDocument file")),
    (b"AndroidManifest.xml", PROGRAM), (b"META-INF/MANIFEST.MF", PROGRAM),
    (b"Index/Document.iwa", Kind("a document of Pages, Numbers or Keynote", "export it as Word or PDF")),
)  # fmt: skip
#: Kinds of old Office files, by the names of their streams.
_STREAMS = (
    ("__substg1.0_", Kind("an Outlook message", "save it as .eml")),
    ("WordDocument", Kind("an old Word document (.doc)", _WORD)),
    ("Workbook", SPREADSHEET),
    ("PowerPoint Document", PRESENTATION),
    ("EncryptedPackage", Kind("an encrypted Office document", "save it without its password")),
)


def binary_kind(data: bytes) -> Kind | None:
    """Return the kind of a binary file by its first bytes; None for unknown files, and for Word documents and EPUBs."""
    start = data[:1024].lstrip(b"\r\n\t \xef\xbb\xbf")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), OLD_OFFICE)
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], Kind("a media file"))
    if data[4:8] == b"ftyp":
        return PICTURE if data[8:12] in _STILL else SOUND if data[8:12] in _AUDIO else VIDEO
    if data.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _PACKAGES if name in data), ZIP)
    if data[257:262] == b"ustar":
        return Kind("a TAR archive", _UNPACK)
    return next((kind for mark, kind in _MARKS if data.startswith(mark) or start.startswith(mark)), _bitmap(data))


def unknown_kind(suffix: str) -> Kind:
    """Return the kind of a file with unknown bytes, by its *suffix*."""
    meant = _MEANT.get(suffix)
    return Kind(f"no {meant}, or a damaged one", "save or download it anew") if meant else Kind("a binary file")


def _bitmap(data: bytes) -> Kind | None:
    """Return the kind of a Windows bitmap, which begins with "BM" and has zeros after its length; otherwise None."""
    return PICTURE if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00" else None


#: Minimum share of characters in prose; below it, the shape of a text is examined.
PROSE = 0.25
#: Number of characters of a text that are examined.
_SEEN = 60_000
#: A line of prose: four consecutive words of letters, or eight letters of a script without spaces.
_WORDS = re.compile(
    r"(?:(?<![\w./\\=:<-])[^\W\d_]+(?:['’-][^\W\d_]+)*[,;:]?\s+){3}[^\W\d_]+|"
    "[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{8}"
)
_LOGGED = re.compile(
    r"\W*(?:\d{4}-\d\d-\d\d[T ,]\d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d \S|\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[|"
    r"(?:DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|TRACE)\b[\]: ]|\[ *\d+\.\d+\] |\d\d:\d\d:\d\d[.,]\d{3} )"
)
_CODED = re.compile(
    r"\s*(?:[{}()\[\]<>;,]+\s*\Z|(?://|/\*|\*/|#!|#include|@\w+\s*(?:\(|\Z))|<\?php|<%|"
    r"(?:def|class|import|from \S+ import|package|using|namespace|public|private|protected|static|function|async|const|"
    r"let|var|return|elif|else|try|except|catch|finally|func|fn|impl|struct|enum|interface|export|local|end|echo|"
    r"SELECT|INSERT|CREATE|UPDATE|DELETE|DROP|ALTER)\b.*[(){}:;=,]\s*\Z|"
    r"(?:if|for|while|switch)\b.*[{:]\s*\Z|[\w.\[\]\"'$-]+\s*(?:[-+*/|&]?=|:=|=>)\s*\S|.*[;{}]\s*\Z|"
    r"[\w.$>-]+\(.*\)[;,]?\s*\Z|[\w.#*:>~ -]+\{\s*\Z|[\w-]+\s*:\s*[^;]{1,80};\s*\Z)"
)
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{48,}\Z")
_CUE = re.compile(r"^(?:\d\d:)?\d\d:\d\d[.,]\d{3} --> ", re.M)
_XML = re.compile(r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([\w:.-]+)", re.S)
_XML_KINDS = {
    "svg": PICTURE, "rss": Kind("a feed", "hand it to audiogen batch, which reads its articles"),
    "feed": Kind("a feed", "hand it to audiogen batch, which reads its articles"),
    "rdf:rdf": Kind("a feed", "hand it to audiogen batch, which reads its articles"), "opml": Kind("a list of feeds"),
    "urlset": Kind("a site map"), "sitemapindex": Kind("a site map"), "plist": Kind("a property list"),
    "kml": Kind("a map"), "gpx": Kind("a map"),
}  # fmt: skip
_OPENINGS: tuple[tuple[str, Kind], ...] = (
    ("-----BEGIN ", Kind("a key or a certificate")), ("BEGIN:VCARD", Kind("an address card")),
    ("BEGIN:VCALENDAR", Kind("a calendar")), ("WEBVTT", Kind("subtitles")), ("#EXTM3U", Kind("a playlist")),
    ("[playlist]", Kind("a playlist")), ("diff --git ", Kind("a patch")),
    ("[InternetShortcut]", Kind("a shortcut", "hand its address to audiogen batch")),
    ("{\\rtf", Kind("an RTF document", _WORD)), ("%PDF-", Kind("a broken PDF")),
)  # fmt: skip


_TABLE_NAMES = frozenset({".csv", ".tsv", ".tab"})
_CODE_NAMES = frozenset({
    ".py", ".js", ".ts", ".jsx", ".tsx", ".c", ".h", ".cpp", ".cc", ".hpp", ".java", ".kt", ".cs", ".go", ".rs", ".rb",
    ".php", ".pl", ".lua", ".swift", ".scala", ".sh", ".bash", ".ps1", ".bat", ".sql", ".css", ".scss", ".less", ".r",
    ".ini", ".cfg", ".conf", ".toml", ".yaml", ".yml", ".properties", ".env",
})  # fmt: skip


def text_kind(text: str, suffix: str = "") -> Kind | None:
    """Return the kind of a text that has no prose; None for one that may be read aloud."""
    start = text.lstrip("\ufeff \t\r\n")
    kind = next((kind for mark, kind in _OPENINGS if start.startswith(mark)), None) or _xml(start)
    if kind is not None:
        return kind
    seen = text[:_SEEN]
    lines = [line for line in seen.splitlines() if line.strip()]
    if _share(lines, _LOGGED.match) > 0.6 and len(lines) > 4:
        return Kind("a log")
    if len(_CUE.findall(seen)) > 2:
        return Kind("subtitles")
    if suffix in _TABLE_NAMES and _has_columns(lines):
        return Kind("a table")
    # Comments are prose; a name that says "source code" settles it where half of the lines are.
    if prose(lines) >= PROSE and not (suffix in _CODE_NAMES and _is_code(lines)):
        return None
    return next((kind for fits, kind in _SHAPES if fits(lines)), None)


def prose(lines: Sequence[str]) -> float:
    """Return the share of characters in lines of prose, from 0 to 1.

    >>> prose(["The harbour froze in the third week.", "x = 3;"]) > 0.8
    True
    """
    total = sum(map(len, lines))
    return sum(len(line) for line in lines if _WORDS.search(line) and not _CODED.match(line)) / max(1, total)


def _xml(start: str) -> Kind | None:
    """Return the kind of an XML file by its root element; None for other text."""
    found = _XML.match(start[:4000])
    kind = _XML_KINDS.get(found[1].lower()) if found else None
    return kind or (Kind("an XML file") if found and start.startswith("<?xml") else None)


def _share(lines: Sequence[str], fits: Callable[[str], object]) -> float:
    """Return the share of characters in the lines for which *fits* is true."""
    return sum(len(line) for line in lines if fits(line)) / max(1, sum(map(len, lines)))


def _is_code(lines: Sequence[str]) -> bool:
    """Return whether most lines are source code."""
    return len(lines) > 4 and _share(lines, _CODED.match) > 0.5


def _has_columns(lines: Sequence[str]) -> bool:
    """Return whether the first line is a header of short names with as many cells as the next row.

    Cells may contain line breaks.
    """
    for mark in "\t;,|":
        try:
            head, *rows = csv.reader(lines[:200], delimiter=mark)
        except (csv.Error, ValueError):
            continue
        named = len(head) > 1 and all(len(cell) <= 40 and not _is_sentence(cell) for cell in head)
        if named and any(len(row) == len(head) for row in rows):
            return True
    return False


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether nearly all lines have the same number of one separator."""
    if len(lines) < 4:
        return False
    for mark in ("\t", ";", ",", "|"):
        counts = [line.count(mark) for line in lines]
        usual = sorted(counts)[len(counts) // 2]
        if usual > 1 and sum(count == usual for count in counts) > 0.8 * len(counts):
            return True
    return False


def _is_sentence(line: str) -> bool:
    """Return whether a line has words and ends like a sentence."""
    return line.rstrip("\"'”’») ")[-1:] in {".", "!", "?", "…", "。"} and _WORDS.search(line) is not None


def _is_numbers(lines: Sequence[str]) -> bool:
    """Return whether the lines consist of numbers and have no sentence."""
    if any(map(_is_sentence, lines)):
        return False
    signs = [sign for line in lines for sign in line if not sign.isspace()]
    letters = sum(sign.isalpha() for sign in signs)
    return len(signs) >= 20 and letters < 0.2 * len(signs)


def _is_encoded(lines: Sequence[str]) -> bool:
    """Return whether most lines are Base64 or similar."""
    return _share(lines, lambda line: _ENCODED.match(line.strip())) > 0.8 and not any(map(_is_sentence, lines))


#: Tests for texts without prose and their kinds, in the order in which they are tried.
_SHAPES: tuple[tuple[Callable[[Sequence[str]], bool], Kind], ...] = (
    (_is_encoded, Kind("encoded data")),
    (_is_numbers, Kind("a list of numbers")),
    (_is_table, Kind("a table")),
    (_is_code, Kind("source code or settings")),
)
