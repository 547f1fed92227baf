"""Writes and reads the tags of M4B and Opus files."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from mutagen.flac import Picture
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus

from audiogen.assembler.ffmpeg import remux
from audiogen.assembler.tags import DISCLOSURE, GUID, SOURCE_TYPE, Chapter, Tags, comment_of, language_code

if TYPE_CHECKING:
    from pathlib import Path

_BACKSLASH = "\\"
#: The prefix of free-form atoms in MP4.
_FREE = "----:com.apple.iTunes:"


def tag_m4b(path: Path, tags: Tags) -> None:
    """Write tags as atoms, and chapters with ffmpeg."""
    if tags.chapters:
        remux(path, _ffmetadata(tags.chapters), ("-f", "ipod", "-movflags", "+faststart"))
    file = MP4(path)
    atoms = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9gen": "Podcast",
        "\xa9cmt": comment_of(tags),
        "\xa9lyr": tags.text,
        "\xa9day": tags.published.isoformat() if tags.published else "",
        "\xa9too": "audiogen",
        "desc": tags.summary or tags.disclosure,
        "cprt": tags.copyright,
    }
    for name, value in atoms.items():
        if value:
            file[name] = value
    for name, value in _free(tags).items():
        file[_FREE + name] = MP4FreeForm(value.encode())
    if tags.cover:
        file["covr"] = [MP4Cover(tags.cover, MP4Cover.FORMAT_PNG if _is_png(tags.cover) else MP4Cover.FORMAT_JPEG)]
    file.save()


def tag_opus(path: Path, tags: Tags) -> None:
    """Write tags as Vorbis comments, and chapters as comments `CHAPTER001`… that players of Ogg read."""
    file = OggOpus(path)
    comments = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "genre": "Podcast",
        "comment": comment_of(tags),
        "description": tags.summary,
        "lyrics": tags.text,
        "date": tags.published.isoformat() if tags.published else "",
        "organization": tags.publisher,
        "copyright": tags.copyright,
        "contact": tags.url,
        **_free(tags),
    }
    for name, value in comments.items():
        if value:
            file[name] = value
    for number, chapter in enumerate(tags.chapters, 1):
        file[f"CHAPTER{number:03}"] = _clock(chapter.start)
        file[f"CHAPTER{number:03}NAME"] = chapter.title
    if tags.cover:
        file["metadata_block_picture"] = base64.b64encode(_picture(tags.cover).write()).decode("ascii")
    file.save()


def guid_of_m4b(path: Path) -> str:
    """Return the GUID in the tags; "" if there is none."""
    found = MP4(path).get(_FREE + GUID)
    return bytes(found[0]).decode() if found else ""


def guid_of_opus(path: Path) -> str:
    """Return the GUID in the tags; "" if there is none."""
    found = OggOpus(path).get(GUID)
    return str(found[0]) if found else ""


def _free(tags: Tags) -> dict[str, str]:
    """Return the tags for which the formats have no names of their own."""
    return {
        DISCLOSURE: tags.disclosure,
        SOURCE_TYPE: tags.source_type,
        GUID: tags.guid,
        "LANGUAGE": language_code(tags.language),
        **({"WOAS": tags.url} if tags.url else {}),
    }


def _picture(cover: bytes) -> Picture:
    """Return the cover as the picture block of Vorbis comments."""
    picture = Picture()
    picture.type, picture.desc, picture.data = 3, "Cover", cover
    picture.mime = "image/png" if _is_png(cover) else "image/jpeg"
    return picture


def _is_png(data: bytes) -> bool:
    """Return whether *data* is a PNG."""
    return data.startswith(b"\x89PNG")


def _ffmetadata(chapters: tuple[Chapter, ...]) -> str:
    """Return chapters in ffmpeg's metadata format, in which five characters are escaped.

    ffmpeg treats a backslash at the end of a line, escaped or not, as a continuation, so it is removed from titles.
    """
    escapes = str.maketrans({character: f"\\{character}" for character in "=;#\\\n"})
    parts = [
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={round(chapter.start * 1000)}\nEND={round(chapter.end * 1000)}\n"
        f"title={chapter.title.rstrip(_BACKSLASH).translate(escapes)}\n"
        for chapter in chapters
    ]
    return ";FFMETADATA1\n" + "".join(parts)


def _clock(seconds: float) -> str:
    """Return a time in the format of Ogg's chapters, HH:MM:SS.mmm.

    >>> _clock(3661.5)
    '01:01:01.500'
    """
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"
