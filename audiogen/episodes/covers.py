"""The cover inside an episode's file: the article's image, the show's, or one drawn with the title."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from audiogen.artwork import EPISODE_SIZE, draw
from audiogen.untrusted import file_name_of, is_file, read_file, split_address

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from audiogen.model import Article

#: Pictures whose shorter side has fewer pixels are logos and tracking pixels.
_SMALLEST = 300
#: How browsers name the folder beside a page that was saved "complete".
_FOLDERS = ("{stem}_files", "{stem}.files", "{stem}-Dateien", "{stem}_fichiers", "{stem}_archivos")


def episode_cover(article: Article, page: Path | None = None, show_cover: Path | None = None) -> bytes:
    """Return the cover as a square JPEG.

    Args:
        article: the article.
        page: the saved page of the article; its image is searched beside it.
        show_cover: the show's own picture.
    """
    page_image = saved_image(article.image, page) if page else None
    for path in (page_image, show_cover):
        if path is not None and (picture := _fitted(path, path.stat().st_mtime_ns if is_file(path) else 0)):
            return picture
    return draw(article.title, article.site, EPISODE_SIZE)


def saved_image(address: str, page: Path) -> Path | None:
    """Return the article's image from the files saved with the page; None if it was not saved.

    Only files below the page's folder are used: the address is untrusted, and may name any file of this machine.
    """
    parts, last = split_address(address), file_name_of(address)
    if not last:
        return None
    name, home = unquote(parts.path), page.resolve().parent
    candidates = [home / folder.format(stem=page.stem) / last for folder in _FOLDERS] + [home / last]
    if not parts.scheme and not parts.netloc and not name.startswith("/"):
        candidates.insert(0, home / name)
    for candidate in candidates:
        if is_file(candidate) and candidate.resolve().is_relative_to(home):
            return candidate
    return None


@lru_cache(maxsize=8)
def _fitted(path: Path, changed: int) -> bytes | None:
    """Return the picture at *path* as a square; None if it is too small or no picture. *changed* is its file's time."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(read_file(path))) as image:
            if min(image.size) < _SMALLEST:
                return None
            # JPEGs can be decoded at a fraction of their size, which is faster.
            image.draft("RGB", (EPISODE_SIZE, EPISODE_SIZE))
            return _squared(image)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError):
        return None


def _squared(image: Image) -> bytes:
    """Crop a picture to a square of at most the size of an episode's cover, as a JPEG."""
    from PIL import Image as images
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    if "A" in upright.getbands() or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        ground = images.new("RGBA", seen.size, "white")
        upright = images.alpha_composite(ground, seen)
    size = min(EPISODE_SIZE, *upright.size)
    # Faces and headlines of pictures are above the middle more often than below.
    square = ImageOps.fit(upright.convert("RGB"), (size, size), centering=(0.5, 0.4))
    out = io.BytesIO()
    square.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()
