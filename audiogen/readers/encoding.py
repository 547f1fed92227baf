"""Decodes bytes: with the encoding that a document declares, otherwise with the one that fits its letters best."""

from __future__ import annotations

import codecs
import re
from unicodedata import category

from audiogen.language.detection import likeness
from audiogen.untrusted import is_charset

#: Byte order marks and their encodings; the longer ones first, because UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: A page's declaration: `<meta charset="…">`, `content="text/html; charset=…"`, `<?xml encoding="…"?>`.
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
#: Names that mean a larger encoding on the web (WHATWG Encoding, "names and labels").
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
          "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "euc-kr": "cp949",
          "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "windows-31j": "cp932", "utf8": "utf-8"}  # fmt: skip
#: Encodings that are tried if none is declared; the first one wins a tie.
_TRIED = (
    "cp1252",
    "cp1251",
    "koi8-u",
    "cp1250",
    "iso-8859-2",
    "cp866",
    "cp1253",
    "cp1254",
    "cp932",
    "gb18030",
    "big5",
    "cp949",
)
#: Number of bytes of a document that are examined to choose an encoding.
_SAMPLE = 60_000
#: The same for UTF-16, and the Unicode categories that text does not contain: control, unassigned, private.
_WIDE_SAMPLE = 4000
_ASCII_WITH_ZEROS = re.compile(rb"[\x00\t\n\r\x20-\x7e]*")
_STRANGE = ("Cc", "Cn", "Co", "Cs")


def decode(data: bytes, declared: str = "") -> str:
    """Return *data* as text; bytes that are invalid in the encoding become replacement characters.

    Args:
        declared: The encoding in a header outside of the document, if any.

    >>> decode("Не міг спати.".encode("cp1251"))
    'Не міг спати.'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if name := unmarked_utf16(data):
        return data.decode(name, "replace")
    if b"\x1b" in data and (name := _known(declared) or _known(_declared(data))).lower().startswith("iso-2022"):
        return data.decode(name, "replace")  # its bytes are all ASCII, which is UTF-8 as well
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        name = _known(declared) or _known(_declared(data)) or guess(data)
    return data.decode(name, "replace")


def _declared(data: bytes) -> str:
    """Return the encoding that the document itself declares, or ""."""
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else ""


def _known(name: str) -> str:
    """Return the codec of a declared *name*; "" for UTF-8, which has already failed, and for an unknown name."""
    name = _MEANT.get(name.strip().lower(), name.strip().lower())
    return name if name and is_charset(name) and not codecs.lookup(name).name.startswith("utf") else ""


def unmarked_utf16(data: bytes) -> str:
    """Return the codec of UTF-16 without a byte order mark, or "".

    It is recognised by zero bytes beside Latin letters and spaces; they must not be those of a program's data, or a few
    among plain ASCII.
    """
    sample = data[:_WIDE_SAMPLE]
    if len(sample) < 8 or sample.count(0) < 0.03 * len(sample):
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else ""
    if sample.count(0) < 0.3 * len(sample) and _ASCII_WITH_ZEROS.fullmatch(sample):
        return ""
    return name if name and is_written(sample, name) else ""


def is_written(sample: bytes, name: str) -> bool:
    """Return whether *sample*, in an encoding of two or four bytes per letter (*name*), is text without controls."""
    text = sample[:_WIDE_SAMPLE].decode(name, "ignore")
    strange = sum(category(letter) in _STRANGE and letter not in "\t\n\r\f\ufeff" for letter in text)
    return strange <= 0.01 * len(text)


def guess(data: bytes) -> str:
    """Return the encoding that makes *data* most similar to a language."""
    if _nearly_utf8(data):
        return "utf-8"
    sample = data[:_SAMPLE]
    scores = {}
    for name in _TRIED:
        text = sample.decode(name, "replace")
        scores[name] = likeness(text) - 3 * text.count("\ufffd")
    return max(_TRIED, key=lambda name: scores[name])


def _nearly_utf8(data: bytes) -> bool:
    """Return whether *data* is UTF-8 with a few errors: at least four valid sequences for each invalid one."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(ord(c) > 127 for c in text) - wrong
    return right > 4 * wrong
