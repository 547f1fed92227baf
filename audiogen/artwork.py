"""Draws square pictures for shows and episodes that have none: a title, a name, bars of sound."""

from __future__ import annotations

import hashlib
import io
import math
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

#: Pixels of a side: Apple prefers 3000 for a show; 1000 are enough for the picture inside an MP3.
SHOW_SIZE, EPISODE_SIZE = 3000, 1000
#: Background colours on which white has a contrast of at least 7 to 1.
_GROUNDS = ("#1f3a4d", "#3a2e4f", "#4a2b33", "#20453c", "#3b3f24", "#2b3550", "#4b3621", "#30343b")
_INK, _BARS = "#ffffff", 0.24
#: Most letters that are drawn: more do not fit at the smallest size, and measuring them takes seconds.
_MAX_LETTERS = 500
#: Fonts of common systems with Cyrillic and Greek; Pillow's own font has only Latin.
_WIDE_FONTS = ("DejaVuSans-Bold.ttf", "NotoSans-Bold.ttf", "arialbd.ttf", "Arial Bold.ttf", "LiberationSans-Bold.ttf")
_LATIN = re.compile(r"[\x20-\u024f\u2010-\u2026\u20ac]*")
_SIMPLE = re.compile(r"[\x20-\u052f\u2010-\u2026\u20ac\u2116]*")


def draw(name: str, maker: str = "", size: int = SHOW_SIZE) -> bytes:
    """Return a picture of *size* by *size* pixels as a JPEG in RGB; the same arguments give the same picture.

    The lowest fifth is empty, as apps put their own marks there.
    """
    from PIL import Image, ImageDraw

    name, font_name = _to_drawable(name or maker)
    digest = hashlib.sha256(f"{name}\n{maker}".encode()).digest()
    ground = _GROUNDS[digest[0] % len(_GROUNDS)]
    image = Image.new("RGB", (size, size), ground)
    pen = ImageDraw.Draw(image)
    _draw_bars(pen, size, digest, _lighten(ground, _BARS))
    margin = size // 12
    if maker:
        small, small_font = _to_drawable(maker)
        _write(pen, small, small_font, (margin, margin), (size - 2 * margin, size // 14), size // 22)
    _write(pen, name, font_name, (margin, margin + size // 9), (size - 2 * margin, size * 33 // 100), size // 8)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, optimize=True, dpi=(72, 72))
    return out.getvalue()


def _draw_bars(pen: ImageDraw, size: int, digest: bytes, colour: str) -> None:
    """Draw bars of sound across the picture. Their heights come from the digest, larger in the middle."""
    count = 36
    step = size / count
    for bar in range(count):
        swell = 0.35 + 0.65 * math.sin(math.pi * (bar + 0.5) / count)
        height = size * 0.16 * swell * (0.25 + digest[bar % 32] / 340)
        left, middle = bar * step + step * 0.28, size * 0.68
        pen.rounded_rectangle((left, middle - height, left + step * 0.44, middle + height), step * 0.22, fill=colour)


def _write(
    pen: ImageDraw, text: str, font_name: str, position: tuple[int, int], room: tuple[int, int], largest: int
) -> None:
    """Write a text as large as it fits, at most *largest* pixels high; cut it if it does not fit at a quarter."""
    size = largest
    while True:
        font = _font(font_name, size)
        lines = _wrap(pen, text, font, room[0])
        fits = len(lines) * size * 1.16 <= room[1] + size * 0.2
        if fits or size <= largest // 4:
            break
        size = size * 9 // 10
    most = max(1, int((room[1] + size * 0.2) / (size * 1.16)))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    for number, line in enumerate(lines):
        pen.text((position[0], position[1] + number * size * 1.16), line, font=font, fill=_INK)


def _wrap(pen: ImageDraw, text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Return a text as lines of at most *width* pixels; a word that is longer than a line is broken, too."""
    lines = [""]
    for word in text.split()[:60]:
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=font) <= width:
            lines[-1] = longer
            continue
        while pen.textlength(word, font=font) > width and len(word) > 1:
            keep = max(1, int(len(word) * width / pen.textlength(word, font=font)) - 1)
            lines.append(word[:keep])
            word = word[keep:]
        lines.append(word)
    return [line for line in lines if line] or [""]


def _to_drawable(text: str) -> tuple[str, str]:
    """Return a text and the name of a font ("" for the default) that can draw it.

    Text in scripts that need shaping, or without an installed font, is transliterated into Latin letters.
    """
    text = " ".join(text.split())[:_MAX_LETTERS]
    if _LATIN.fullmatch(text):
        return text, ""
    if _SIMPLE.fullmatch(text) and (wide := _wide_font()):
        return text, wide
    from anyascii import anyascii

    return " ".join(anyascii(text).split())[:_MAX_LETTERS] or "Podcast", ""


@cache
def _wide_font() -> str:
    """Return the first installed font of `_WIDE_FONTS`; "" if there is none."""
    from PIL import ImageFont

    for name in _WIDE_FONTS:
        try:
            ImageFont.truetype(name, 20)
        except OSError:
            continue
        return name
    return ""


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    # Without FreeType, which every wheel has, the default font would be of another type.
    return ImageFont.truetype(name, size) if name else ImageFont.load_default(size)  # type: ignore[return-value]


def _lighten(colour: str, share: float) -> str:
    """Return a colour ("#rrggbb") mixed with a *share* of white.

    >>> _lighten("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[offset : offset + 2], 16) for offset in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
