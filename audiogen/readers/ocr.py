"""Reads pictures of text, with the extra `ocr`: RapidOCR finds and reads the lines; its models are in its wheel.

They know English and other languages in Latin script, Chinese and Japanese, but not Cyrillic.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.installation import install_command
from audiogen.readers.layout import Line, Sheet, read_sheets
from audiogen.readers.sheets import article_of
from audiogen.readers.silenced import silenced

if TYPE_CHECKING:
    from PIL.Image import Image

    from audiogen.model import Article

#: Minimum confidence of a line, 0 to 1; lines below it are mostly drawings.
SURE = 0.6
#: Maximum difference in height of lines of the same size, relative to the median height.
_ALIKE = 0.3
#: Maximum number of pixels of a picture; a page at 600 dots per inch has 35 million.
MOST_PIXELS = 60_000_000
#: Maximum length of the longer side, in pixels, that is processed; a page at 200 dots per inch has 2,340.
LONGEST = 3_000


def read_image(data: bytes, url: str | None = None) -> Article:
    """Read a picture of a page into an article.

    Raises:
        UnsupportedSourceError: It is broken or too large, or the extra `ocr` is not installed.
        EmptyArticleError: There is no text in it.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnsupportedSourceError("the picture", "The file is a picture, and too large; save it smaller.")
            upright = ImageOps.exif_transpose(picture) or picture
            sheet = read_picture(upright, "The file is a picture")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnsupportedSourceError("the picture", "The file is a picture, and broken; save it anew.") from error
    blocks = read_sheets([sheet]) if sheet.lines else []
    if not blocks:
        raise EmptyArticleError("the picture", "There is no text in the picture.")
    return article_of(blocks, url, "picture", {})


def read_picture(picture: Image, what: str) -> Sheet:
    """Return the lines of a picture; *what* begins the error message if nothing can read it.

    Raises:
        UnsupportedSourceError: The extra `ocr` is not installed.
    """
    if not is_installed():
        raise UnsupportedSourceError("the picture", f"{what}; to read it: `{install_command(extra='ocr')}`.")
    import numpy as np

    shown = picture.convert("RGB")
    shown.thumbnail((LONGEST, LONGEST))
    # RapidOCR takes pixels as OpenCV has them: blue, green, red.
    found = _engine()(np.asarray(shown)[:, :, ::-1])
    if found.boxes is None:
        return Sheet(shown.width, shown.height)
    lines = [_line(*each) for each in zip(found.boxes.tolist(), found.txts, found.scores, strict=True)]
    return Sheet(shown.width, shown.height, _evened([line for line in lines if line is not None]))


def is_installed() -> bool:
    """Return whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    """Return RapidOCR, loaded once."""
    from rapidocr import RapidOCR

    with silenced("RapidOCR"):
        return RapidOCR(params={"Global.log_level": "error"})


def _line(box: list[list[float]], text: str, score: float) -> Line | None:
    """Return a line from its box, text and confidence; None if it is empty or uncertain."""
    if score < SURE or not text.strip():
        return None
    xs, ys = [point[0] for point in box], [point[1] for point in box]
    return Line(" ".join(text.split()), min(xs), min(ys), max(xs), max(ys), max(ys) - min(ys))


def _evened(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines with one size for all of nearly the median height; the boxes' heights vary with the letters."""
    usual = median(line.size for line in lines) if lines else 0.0
    return tuple(replace(line, size=usual if abs(line.size - usual) < _ALIKE * usual else line.size) for line in lines)
