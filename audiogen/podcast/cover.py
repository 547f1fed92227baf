"""The show's cover art: the user's is checked by Apple's rules; if there is none, one is drawn."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from audiogen.errors import SettingsError
from audiogen.podcast.entries import plain
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from PIL.Image import Image

    from audiogen.settings import Show

#: Minimum and maximum side that Apple accepts, in pixels; it prefers the larger.
MIN_SIDE, MAX_SIDE = 1400, 3000
#: Side of the picture on audiogen's own pages, in pixels.
SMALL = 480
#: Required formats by suffix.
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
_PREVIEW = "assets/cover-small.jpg"


def cover_files(root: Path, show: Show) -> tuple[str, dict[str, bytes]]:
    """Return the path of the cover, relative to the library, and the files to write, by path.

    The name of a drawn cover depends on its content, because directories fetch a new cover only from a new address.

    Raises:
        SettingsError: The show's own cover is missing, or directories would reject it.
    """
    if show.cover:
        image = check_cover(root, show.cover)
        return PurePosixPath(*Path(show.cover).parts).as_posix(), {_PREVIEW: _preview(image)}
    name = plain(show.title), plain(show.author)
    path = f"assets/cover-{hashlib.sha256(repr(name).encode()).hexdigest()[:8]}.jpg"
    if (root / path).is_file() and (root / _PREVIEW).is_file():
        return path, {path: (root / path).read_bytes(), _PREVIEW: (root / _PREVIEW).read_bytes()}
    from audiogen.artwork import draw

    return path, {path: draw(*name), _PREVIEW: draw(*name, SMALL)}


def check_cover(root: Path, cover: str) -> Image:
    """Open the cover and check it: square, 1400 to 3000 pixels, RGB without transparency, the right suffix.

    Raises:
        SettingsError: A rule is broken; the message says which.
    """
    from PIL import Image as pictures

    path = root / cover
    if Path(cover).is_absolute() or ".." in Path(cover).parts:
        raise _wrong(cover, "must be a path inside the library")
    try:
        image = pictures.open(io.BytesIO(read_file(path)))
        image.load()
    except FileNotFoundError as error:
        raise _wrong(cover, f"is not there: {path}") from error
    except (OSError, ValueError, SyntaxError, pictures.DecompressionBombError) as error:
        raise _wrong(cover, "is no picture that can be read") from error
    if fault := _fault(image, path.suffix):
        raise _wrong(cover, fault)
    return image


def _fault(image: Image, suffix: str) -> str:
    """Return what is wrong with a cover; "" if it follows the rules."""
    width, height = image.size
    if _FORMATS.get(suffix) != image.format:
        return f"is a {image.format} named {suffix or 'without an ending'}; it must be a .jpg or .png that is one"
    if width != height:
        return f"is {width} by {height} pixels; it must be square"
    if not MIN_SIDE <= width <= MAX_SIDE:
        return f"is {width} pixels wide; it must have {MIN_SIDE} to {MAX_SIDE}"
    if image.mode != "RGB" or "transparency" in image.info:
        return f"has the colours {image.mode}; it must be RGB without transparency"
    return ""


def _wrong(cover: str, fault: str) -> SettingsError:
    """Return the error for a fault of the cover; *fault* begins with a verb."""
    message = f"The cover {cover!r} {fault}. Change the file or show.cover; without the key, one is drawn."
    return SettingsError("show.cover", message)


def _preview(image: Image) -> bytes:
    """Return the cover as a small JPEG."""
    out = io.BytesIO()
    # A JPEG is decoded no larger than need be, and what is left is halved before it is resized with care.
    image.draft("RGB", (2 * SMALL, 2 * SMALL))
    image.resize((SMALL, SMALL), reducing_gap=2.0).save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
