"""Whether a file's tags say what its manifest says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutagen import File as open_tags
from mutagen import MutagenError
from mutagen.id3 import ID3

from audiogen.assembler.tags import DISCLOSURE, GUID, SOURCE_TYPE, language_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

#: How far a chapter may be off, in seconds.
_STEP = 0.05


def tag_faults(path: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield the tags that are missing or differ."""
    found = read_tags(path)
    if found is None:
        yield f"{path.name} has no tags."
        return
    article = manifest["article"]
    wanted = {
        "title": article["title"] or manifest["slug"],
        "artist": ", ".join(article["authors"]) or article["site"] or found.get("artist", ""),
        "language": language_code(article.get("language") or "en"),
        "address": article["url"],
        "GUID": manifest["guid"],
    }
    for name, value in wanted.items():
        if value and found.get(name, "") != value:
            yield f"Its tag {name} is {found.get(name, '')!r}; it should be {value!r}."
    for name in ("album", "genre", "text", "cover"):
        if not found.get(name):
            yield f"Its tag {name} is missing."
    if path.suffix == ".mp3":
        yield from _id3_faults(ID3(path), manifest)


def disclosed_in_file(path: Path, stated: Mapping[str, str]) -> Iterator[str]:
    """Yield the layers of the disclosure that the file lacks."""
    found = read_tags(path) or {}
    if stated["text"] not in found.get("comment", ""):
        yield "It is not in the file's comment."
    if found.get("disclosure") != stated["text"]:
        yield f"It is not in the file's tag {DISCLOSURE}."
    if found.get("source type") != stated["source_type"]:
        yield f"The digital source type is not in the file's tag {SOURCE_TYPE}."


def read_tags(path: Path) -> dict[str, str] | None:
    """Read what all formats have, by our own names; None if there are no tags."""
    try:
        file = open_tags(path)
        return _READERS[path.suffix](file.tags) if file is not None and file.tags else None
    except (MutagenError, OSError, KeyError, UnicodeDecodeError):
        # A file of a kind that is not ours, or tags that are not what they say: none that could be read.
        return None


def _of_id3(tags: Any) -> dict[str, str]:
    """Read ID3 frames."""
    comments = [str(frame.text[0]) for frame in tags.getall("COMM") if frame.text]
    lyrics = [str(frame.text) for frame in tags.getall("USLT")]
    user = {frame.desc: str(frame.text[0]) for frame in tags.getall("TXXX") if frame.text}
    plain = {"title": "TIT2", "artist": "TPE1", "album": "TALB", "genre": "TCON", "language": "TLAN"}
    return {
        **{name: _first(tags.get(key)) for name, key in plain.items()},
        "address": next((frame.url for frame in tags.getall("WOAS")), ""),
        "comment": "\n".join(comments),
        "text": "\n".join(lyrics),
        "cover": "yes" if tags.getall("APIC") else "",
        "disclosure": user.get(DISCLOSURE, ""),
        "source type": user.get(SOURCE_TYPE, ""),
        "GUID": user.get(GUID, ""),
    }


def _first(frame: Any) -> str:
    """Return the text of a frame; empty if there is no frame, or nothing in it."""
    return str(frame.text[0]) if frame is not None and frame.text else ""


def _of_m4b(tags: Any) -> dict[str, str]:
    """Read MP4 atoms."""
    plain = {
        "title": "\xa9nam",
        "artist": "\xa9ART",
        "album": "\xa9alb",
        "genre": "\xa9gen",
        "comment": "\xa9cmt",
        "text": "\xa9lyr",
    }
    free = {
        "language": "LANGUAGE",
        "address": "WOAS",
        "disclosure": DISCLOSURE,
        "source type": SOURCE_TYPE,
        "GUID": GUID,
    }
    return {
        **{name: str(tags[key][0]) if key in tags else "" for name, key in plain.items()},
        **{
            name: bytes(tags[f"----:com.apple.iTunes:{key}"][0]).decode()
            if f"----:com.apple.iTunes:{key}" in tags
            else ""
            for name, key in free.items()
        },
        "cover": "yes" if tags.get("covr") else "",
    }


def _of_opus(tags: Any) -> dict[str, str]:
    """Read Vorbis comments."""
    names = {
        "title": "title",
        "artist": "artist",
        "album": "album",
        "genre": "genre",
        "comment": "comment",
        "text": "lyrics",
        "cover": "metadata_block_picture",
        "language": "LANGUAGE",
        "address": "WOAS",
        "disclosure": DISCLOSURE,
        "source type": SOURCE_TYPE,
        "GUID": GUID,
    }
    return {name: tags[key][0] if key in tags else "" for name, key in names.items()}


_READERS: dict[str, Callable[[Any], dict[str, str]]] = {".mp3": _of_id3, ".m4b": _of_m4b, ".opus": _of_opus}


def _id3_faults(tags: ID3, manifest: dict[str, Any]) -> Iterator[str]:
    """Hold what only ID3 has against the manifest: length, date and chapters."""
    length = _first(tags.get("TLEN"))
    if not length.isdigit() or abs(int(length) / 1000 - manifest["audio"]["duration"]) > _STEP:
        yield f"Its tag TLEN is {length!r}; it should be {round(manifest['audio']['duration'] * 1000)}."
    published = (manifest["article"].get("published") or "")[:4]
    if published and not str(tags.get("TDRC", "")).startswith(published):
        yield f"Its date is {str(tags.get('TDRC', ''))!r}; it should be of {published}."
    for name in ("TSSE",):
        if name not in tags:
            yield f"Its tag {name} is missing."
    yield from _chapter_faults(tags, manifest)


def _chapter_faults(tags: ID3, manifest: dict[str, Any]) -> Iterator[str]:
    """Compare the chapter frames with the chapters of the manifest."""
    from audiogen.episodes.timed import chapters

    wanted = [(entry["startTime"], entry["title"]) for entry in chapters(manifest)]
    frames = {frame.element_id: frame for frame in tags.getall("CHAP")}
    tables = tags.getall("CTOC")
    listed = [frames[name] for name in tables[0].child_element_ids if name in frames] if tables else []
    found = [(frame.start_time / 1000, _first(frame.sub_frames.get("TIT2"))) for frame in listed]
    same = len(found) == len(wanted) and all(
        abs(start - due) <= _STEP and title == name for (start, title), (due, name) in zip(found, wanted, strict=True)
    )
    if not same:
        yield f"Its chapter tags are {len(found)}, or out of step; the script has {len(wanted)} chapters."
