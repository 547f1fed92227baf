"""Reads PDF files through pypdfium2 (PDFium, which Chrome uses): each page's lines with their positions.

Pages without text are scans, which the extra `ocr` reads. docs/formats.md compares other libraries.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.readers.layout import Line, Sheet, read_sheets
from audiogen.readers.ocr import read_picture
from audiogen.readers.pdfstreams import is_swollen
from audiogen.readers.sheets import article_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audiogen.model import Article


#: Maximum number of pages of a document; a long report has two hundred.
MOST_PAGES = 500
#: Maximum number of letters on a page; a newspaper's page has twenty thousand.
MOST_LETTERS = 100_000
#: Minimum number of letters on a page with text; a page with fewer is a scan.
FEW = 25
#: Resolution at which a scan is rendered, in dots per inch, and the number of points in an inch.
DPI, POINTS = 200, 72
#: PDFium is not thread-safe.
_LOCK = Lock()
#: Characters that PDFium returns for a hyphen at a line's end.
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)
#: Minimum gap between two words, and between two separate pieces of text, relative to the text's size.
_SPACE, _GAP = 0.18, 1.0
#: Maximum size of a note's number relative to the letters around it.
_RAISED = 0.78


@dataclass(slots=True)
class _Letter:
    """A letter with its position on the page, its size, and its index in PDFium's text."""

    text: str
    left: float
    right: float
    base: float
    size: float
    index: int


def read_pdf(data: bytes, url: str | None = None) -> Article:
    """Read a PDF into an article.

    Raises:
        UnsupportedSourceError: It is encrypted, broken, too long, or a scan and the extra `ocr` is not installed.
        EmptyArticleError: There is no text in it.
    """
    if is_swollen(data):
        raise _unsupported("unpacks to more than any article has; save the article's pages alone")
    with _LOCK:
        properties, sheets = _opened(data)
    blocks = read_sheets(sheets)
    if not blocks:
        raise EmptyArticleError(properties.get("Title") or "the PDF", "There is no text in the PDF.")
    return article_of(blocks, url, "pdf", properties)


def _opened(data: bytes) -> tuple[Mapping[str, str], list[Sheet]]:
    """Return the metadata and the pages of a PDF; pages without text are recognised by OCR."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "is encrypted; save it without its password" if "assword" in str(error) else "is broken; save it anew"
        raise _unsupported(reason) from error
    try:
        if len(document) > MOST_PAGES:
            raise _unsupported(f"has {len(document)} pages and is no article; save the article's pages alone")
        sheets = [_sheet(document[number]) for number in range(len(document))]
        return document.get_metadata_dict(), _with_scans(document, sheets)
    except pypdfium2.PdfiumError as error:
        raise _unsupported("is broken; save it anew") from error
    finally:
        document.close()


def _unsupported(reason: str) -> UnsupportedSourceError:
    """Return an error with *reason*, which begins with a verb."""
    return UnsupportedSourceError("the PDF", f"The PDF {reason}.")


def _with_scans(document: Any, sheets: list[Sheet]) -> list[Sheet]:
    """Return the pages with OCR's text for scans, if at least half of the pages are scans.

    A picture among pages of text is an illustration.
    """
    scanned = [number for number, sheet in enumerate(sheets) if sum(len(x.text) for x in sheet.lines) < FEW]
    pictures = [number for number in scanned if any(item.type == 3 for item in document[number].get_objects())]
    if not pictures or len(pictures) * 2 < len(sheets):
        return sheets
    for number in pictures:
        picture = document[number].render(scale=DPI / POINTS).to_pil()
        sheets[number] = read_picture(picture, "The PDF is a scan")
    return sheets


def _sheet(page: Any) -> Sheet:
    """Return the size and the lines of a page."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        lines = [line for letters in _stretches(_letters(textpage, height)) if (line := _line(letters, textpage))]
    finally:
        textpage.close()
        page.close()
    return Sheet(width, height, tuple(lines))


def _letters(textpage: Any, height: float) -> Iterator[_Letter]:
    """Yield a page's upright letters in the order of the file, with y growing downwards."""
    import pypdfium2.raw as pdfium

    raw, box = textpage.raw, pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(min(textpage.count_chars(), MOST_LETTERS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0, 10, 13) or not pdfium.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        if abs(pdfium.FPDFText_GetCharAngle(raw, index)) > 0.1:
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        text = _HYPHENS.get(code) or chr(code).translate(_LIGATURES)
        size = abs(box.top - box.bottom)
        yield _Letter(text, box.left, box.right, height - y.value, size, index)


def _stretches(letters: Iterator[_Letter]) -> Iterator[list[_Letter]]:
    """Yield letters in pieces of text on one line without a wide gap."""
    held: list[_Letter] = []
    last: _Letter | None = None
    for letter in letters:
        if letter.text.isspace():
            if held:
                held.append(letter)
            continue
        if last is not None and _is_apart(last, letter):
            yield held
            held = []
        held.append(letter)
        last = letter
    if held:
        yield held


def _is_apart(last: _Letter, letter: _Letter) -> bool:
    """Return whether a letter begins another piece of text than *last*."""
    size = max(last.size, letter.size, 0.1)
    gap = letter.left - last.right
    return abs(letter.base - last.base) > 0.45 * size or gap > _GAP * size or gap < -1.5 * size


def _line(letters: list[_Letter], textpage: Any) -> Line | None:
    """Return a line with the text of these letters, without the raised numbers of notes.

    None if it has no visible letter.
    """
    shown = [letter for letter in letters if not letter.text.isspace()]
    if not shown:
        return None
    size = sorted(letter.size for letter in shown)[len(shown) // 2]
    base = sorted(letter.base for letter in shown)[len(shown) // 2]
    text, last = "", None
    for letter in letters:
        if letter.text.isspace():
            text += " "
            continue
        if _is_note_number(letter, size, base) and text.strip():
            continue
        if last is not None and letter.left - last.right > _SPACE * size:
            text += " "
        text, last = text + letter.text, letter
    text = " ".join(text.split())
    if not text:
        return None
    return Line(
        text, shown[0].left, base - 0.8 * size, shown[-1].right, base + 0.2 * size, round(size, 1),
        _is_bold(textpage, shown[len(shown) // 2].index),
    )  # fmt: skip


def _is_note_number(letter: _Letter, size: float, base: float) -> bool:
    """Return whether a letter is a raised number of a note, in a line of this size and baseline."""
    return letter.size < _RAISED * size and letter.base < base - 0.1 * size and letter.text in "0123456789*†‡§,"


def _is_bold(textpage: Any, index: int) -> bool:
    """Return whether a letter is bold, by the font's weight or by its name, which most PDF writers use for it."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_GetFontWeight(textpage.raw, index) >= 600:
        return True
    name = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(textpage.raw, index, name, 256, flags)
    return length > 0 and re.search(rb"(?i)bold|black|heavy|semib|demi", name.value) is not None
