"""Pictures of text, with the extra `ocr`: RapidOCR finds the lines and reads them; its models are in its wheel.

They know the letters of English and the other languages in Latin script, and Chinese and Japanese; no Cyrillic.
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

#: Least certainty of a line that is kept, 0 to 1; what is below is mostly a drawing.
SURE = 0.6
#: Share of the usual height by which lines of one size differ in theirs.
_ALIKE = 0.3
#: Most pixels of a picture; a page at 600 dots an inch has 35 millions.
MOST_PIXELS = 60_000_000
#: Most pixels on the longer side that are looked at; a page at 200 dots an inch has 2,340.
LONGEST = 3_000


def read_image(data: bytes, url: str | None = None) -> Article:
    """Read a picture of a page into an article.

    Raises:
        UnsupportedSourceError: it is broken or too large, or the extra `ocr` is not there.
        EmptyArticleError: there is no text in it.
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
    """Find the lines of a picture; *what* it is begins the sentence that refuses it where nothing can read it.

    Raises:
        UnsupportedSourceError: the extra `ocr` is not there.
    """
    if not is_there():
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


def is_there() -> bool:
    """Return whether the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    with silenced("RapidOCR"):
        return RapidOCR(params={"Global.log_level": "error"})


def _line(box: list[list[float]], text: str, score: float) -> Line | None:
    if score < SURE or not text.strip():
        return None
    xs, ys = [point[0] for point in box], [point[1] for point in box]
    return Line(" ".join(text.split()), min(xs), min(ys), max(xs), max(ys), max(ys) - min(ys))


def _evened(lines: list[Line]) -> tuple[Line, ...]:
    """Give lines of nearly the usual height one size: a box is higher or lower by its letters."""
    usual = median(line.size for line in lines) if lines else 0.0
    return tuple(replace(line, size=usual if abs(line.size - usual) < _ALIKE * usual else line.size) for line in lines)
