"""Recognises the format of a saved page by its bytes, because file names are unreliable."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF32_LE
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from audiogen.readers.encoding import decode, is_written, unmarked_utf16
from audiogen.readers.kinds import binary_kind

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1|h2|section|span|table|script)\b", re.I
)
_CLOSING = re.compile(rb"</(?:html|head|body|title|article|main|div|p|h1|h2|section|span|table|script|a)\s*>", re.I)
#: A fragment that begins with an unclosed element; it must have attributes, which texts about tags do not write.
_OPENING = re.compile(rb"\s*<(?:article|main|div|p|h1|h2|section|span|table)\s+[\w-]+\s*=", re.I)
#: Maximum number of lines per tag in a page; a text capture may contain a few tags.
_LINES_TO_A_TAG = 20
_MIME = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I)
_FRONT_MATTER = re.compile(
    rb"\A\s*(?:---[ \t]*\r?\n(?:[\w \"'-]+:.*\r?\n|[ \t-].*\r?\n|\r?\n|#.*\r?\n)+?---|\+\+\+[ \t]*\r?\n)"
)
_HEADING = re.compile(rb"^#{1,6} \S", re.M)
_LINK = re.compile(rb"\[[^\]\n]{1,200}\]\(<?(?:https?:|/|\.|#|mailto:)[^)\n]*\)")
_SETEXT = re.compile(rb"^\S.*\r?\n(?:={3,}|-{3,})[ \t]*$", re.M)
#: The line before a message in a mailbox, or Apple Mail's line with the message's length in bytes.
_MAILBOX_LINE = re.compile(rb"\A(?:From [^\n]*\n|\d{1,10} *\n)")
_HEADERS = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+(?=\n|\Z)")
_HEADER_NAME = re.compile(rb"^([!-9;-~]+):", re.M)
_MAIL_HEADERS = frozenset({
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"received", b"return-path", b"delivered-to",
    b"mime-version", b"reply-to", b"sender", b"list-id", b"list-unsubscribe", b"dkim-signature", b"in-reply-to",
    b"references", b"x-mailer", b"content-type", b"content-transfer-encoding",
})  # fmt: skip
#: The sender that browsers write into MHTML files.
_SAVED_PAGE = re.compile(rb"^from:\s*\"?<?saved by ", re.I | re.M)
_MAIL_NAMES = {".eml", ".emlx"}
#: The beginning of JSON: an object's first key, alone or in a list.
_JSON = re.compile(rb"(?:\[\s*)?\{\s*\"(?:[^\"\\\n]|\\.){0,300}\"\s*:")
_JSON_NAMES = {".json", ".jsonl", ".ndjson"}
#: Number of bytes of a document that are examined.
_HEAD = 20_000
#: Byte order marks of UTF-16, and their encodings.
_WIDE_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd", ".qmd"}
_HTML_NAMES = {".html", ".htm", ".xhtml", ".shtml"}


@dataclass(frozen=True, slots=True)
class Format:
    """A format of saved pages, with the function that recognises it."""

    name: str
    #: Returns whether a document has this format, by its bytes and its suffix.
    fits: Callable[[bytes, str], bool]


def _is_epub(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are an EPUB."""
    return data.startswith(b"PK\x03\x04") and b"application/epub+zip" in data[:200]


def _is_docx(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are a Word document."""
    return data.startswith(b"PK\x03\x04") and b"word/document" in data and b"[Content_Types].xml" in data


def _is_pdf(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are a PDF."""
    return b"%PDF-" in data[:1024] and data[:1024].lstrip(b"\r\n\t \xef\xbb\xbf").startswith(b"%PDF-")


def _is_picture(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are a picture in a format that OCR reads."""
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")) or (
        data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    )


def _is_known_otherwise(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are a binary file of a kind that is not read."""
    return binary_kind(data) is not None


def _is_mail(data: bytes, suffix: str) -> bool:
    """Return whether the bytes begin with the headers of a mail message, and not with those of a saved page."""
    head = _MAILBOX_LINE.sub(b"", data[:_HEAD].replace(b"\r\n", b"\n").lstrip(b"\n\t \xef\xbb\xbf"), count=1)
    found = _HEADERS.match(head)
    if not found:
        return False
    names = {name.lower() for name in _HEADER_NAME.findall(found[0])}
    if b"snapshot-content-location" in names or _SAVED_PAGE.search(found[0]):
        return False
    telling = names & _MAIL_HEADERS
    return len(telling) > 2 or (suffix in _MAIL_NAMES and bool(telling))


def _is_json(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are JSON.

    With a suffix of JSON, or a first key, broken JSON counts as well. Otherwise the bytes must parse, as a text may
    also begin with a bracket.
    """
    head = _ascii(data[:_HEAD]).lstrip(b"\r\n\t \xef\xbb\xbf")
    if head[:1] not in (b"{", b"["):
        return False
    if _JSON.match(head) or suffix in _JSON_NAMES:
        return True
    try:
        json.loads(decode(data))
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _is_webarchive(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are Safari's web archive."""
    plist = data.startswith(b"bplist00") or (b"<plist" in data[:600] and b"<?xml" in data[:100])
    return plist and b"WebMainResource" in data


def _is_singlefile(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are an HTML page and at the same time a ZIP with a page in it."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or not _is_html(data, suffix):
        return False
    directory = data[max(0, end - int.from_bytes(data[end + 12 : end + 16], "little")) : end]
    return directory.startswith(b"PK\x01\x02") and b"index.html" in directory


def _is_mhtml(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are MHTML."""
    return bool(_MIME.match(data[:_HEAD].replace(b"\r\n", b"\n").lstrip()))


def _is_html(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are HTML: a document, or a fragment with enough tags."""
    head = _ascii(data[:_HEAD])
    if re.match(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html\b)", head, re.I | re.S):
        return True
    if _is_markdown(data, suffix):
        return False
    tags = len(_TAG.findall(head))
    if suffix in _HTML_NAMES:
        return tags > 0
    closed = _CLOSING.search(head) or _TAG.match(head.lstrip())
    strewn = tags * _LINES_TO_A_TAG < sum(bool(line.strip()) for line in head.splitlines())
    return (tags >= 2 and bool(closed) and not strewn) or bool(_OPENING.match(head))


def _is_markdown(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are Markdown: by suffix, front matter, or links together with headings."""
    if suffix in _MARKDOWN_NAMES:
        return True
    if suffix in _HTML_NAMES:
        return False
    head = _ascii(data[:_HEAD])
    if _FRONT_MATTER.match(head):
        return True
    return bool(_LINK.search(head)) and bool(
        _HEADING.search(head) or _SETEXT.search(head) or len(_LINK.findall(head)) > 2
    )


def _is_text(data: bytes, suffix: str) -> bool:
    """Return whether the bytes are text, with few control characters and zero bytes."""
    head = data[:_HEAD]
    if head.startswith(BOM_UTF32_LE):
        return is_written(head[4:], "utf-32-le")
    if head[:2] in _WIDE_MARKS:
        return is_written(head[2:], _WIDE_MARKS[head[:2]])
    if unmarked_utf16(head):
        return True
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head)
    return controls < 0.02 * max(1, len(head)) or (len(head) < 100 and controls < 3)


def _ascii(head: bytes) -> bytes:
    """Return UTF-16 without its zero bytes, so that the patterns for ASCII match; other bytes unchanged."""
    return head.replace(b"\x00", b"") if head[:2] in _WIDE_MARKS or unmarked_utf16(head) else head


#: The formats that are read, in the order in which they are tried.
FORMATS = (
    Format("epub", _is_epub),
    Format("webarchive", _is_webarchive),
    Format("docx", _is_docx),
    Format("pdf", _is_pdf),
    Format("picture", _is_picture),
    Format("", _is_known_otherwise),
    Format("mail", _is_mail),
    Format("mhtml", _is_mhtml),
    Format("singlefile", _is_singlefile),
    Format("json", _is_json),
    Format("html", _is_html),
    Format("markdown", _is_markdown),
    Format("text", _is_text),
)


def detect_format(data: bytes, name: str = "") -> str:
    """Return the name of the format in `FORMATS` that *data* has; "" if it has none. *name* is the file's name."""
    suffix = PurePath(name).suffix.lower()
    return next((form.name for form in FORMATS if form.fits(data, suffix)), "")
