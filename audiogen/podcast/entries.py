"""The facts of manifests that feeds and pages need, and a fast way to read those of a whole library.

A manifest contains the whole script; the feed needs a few facts. These are stored in an index in the library with the
manifest's time and size, so that only changed manifests are read again. The index is a cache.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.episodes.manifest import FORMAT, added_of
from audiogen.episodes.shape import shape_faults
from audiogen.episodes.state import DRAFTS, read_state
from audiogen.episodes.timed import chapters
from audiogen.errors import FeedError
from audiogen.trust import is_inside, is_trusted
from audiogen.untrusted import UNSEEN, public_address, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    #: A file of an episode.
    File = os.DirEntry[str] | Path

#: Media types of an episode's sound files by suffix, the preferred ones first.
SOUND_TYPES = {".mp3": "audio/mpeg", ".m4b": "audio/mp4", ".m4a": "audio/mp4", ".opus": "audio/ogg"}
#: Suffixes of an episode's square picture.
_CARDS = (".jpg", ".png")
_BESIDE = (".vtt", ".chapters.json", *_CARDS)
_SOUND_SUFFIXES = tuple(SOUND_TYPES)
#: Maximum number of episodes whose files are found by the beginnings of names.
_FEW = 16
_SPACE = re.compile(r"\s+")
#: Lone surrogates, which UTF-8 cannot encode.
_HALVES = re.compile("[\ud800-\udfff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s\"<>\\]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
#: Version of the index; an index of another version is ignored.
_INDEX = f"{__version__}/5"


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file of an episode."""

    file: str
    type: str
    bytes: int
    #: SHA-256 of the file, in hexadecimal; empty if unknown.
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts of an episode for feeds and lists; texts are clean and in one line."""

    slug: str
    guid: str
    title: str
    dek: str
    authors: tuple[str, ...]
    site: str
    url: str
    language: str
    tags: tuple[str, ...]
    #: Dates in ISO 8601; `published` is the article's and may be empty.
    published: str
    created: str
    #: When the episode was first made; a new revision does not change it.
    added: str
    sound: Sound
    #: Length in seconds.
    duration: float
    disclosure: str
    source_type: str
    #: Pairs of start, in seconds, and title.
    chapters: tuple[tuple[float, str], ...]
    #: Names of its other files; empty if missing.
    transcript: str
    chapters_file: str
    card: str
    others: tuple[Sound, ...]
    #: Version of a revision after the first one, for addresses of texts, so that caches fetch the new ones. Sound
    #: files have it in their names.
    version: str
    #: When it was saved in a read-later service, ISO 8601, and whether it was read there.
    saved: str = ""
    read: bool = False

    def when(self, dates: str = "published") -> datetime:
        """Return the episode's date by the setting `feed.dates`; a date without time is midnight in UTC.

        An article without a date has the date when its episode was first made.
        """
        by_setting = {"published": self.published or self.added, "created": self.created, "added": self.added}
        return parse_date(by_setting[dates])


@dataclass(frozen=True, slots=True)
class Broken:
    """An episode that cannot be published, and why."""

    slug: str
    reason: str


@dataclass(frozen=True, slots=True)
class Index:
    """The episodes of a library at the time of reading."""

    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]
    #: Digests of the state of an episode's files, by slug.
    marks: Mapping[str, str]

    def by_slug(self) -> dict[str, Entry | Broken]:
        """Return all episodes, including broken ones, by slug."""
        return {**{entry.slug: entry for entry in self.entries}, **{lost.slug: lost for lost in self.broken}}


def plain(text: object) -> str:
    r"""Return a text in one line without invisible and control characters; "" for another type.

    >>> plain(" A title\x00 \u202eof\ntwo lines ")
    'A title of two lines'
    """
    if isinstance(text, str) and text.isprintable() and "  " not in text:
        # Nearly every text, and five times as fast.
        return text.strip()
    return _SPACE.sub(" ", _HALVES.sub("", UNSEEN.sub("", text if isinstance(text, str) else ""))).strip()


def parse_date(text: str) -> datetime:
    """Parse a date of a manifest; a date without time or zone is in UTC.

    >>> parse_date("2024-09-07").isoformat()
    '2024-09-07T00:00:00+00:00'
    """
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        day = date.fromisoformat(text[:10])
        when = datetime(day.year, day.month, day.day)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def web_address(text: object) -> str:
    """Return *text* without secrets if it is an HTTP address, otherwise "".

    >>> web_address("javascript:alert(1)"), web_address("https://a.example/b")
    ('', 'https://a.example/b')
    """
    address = plain(text)
    return public_address(address) if _WEB_ADDRESS.fullmatch(address) else ""


def read_index(root: Path, *, drafts: bool = False) -> Index:
    """Return the index of the library at *root*; only manifests that have changed are read.

    Drafts are included only if *drafts*.

    Raises:
        FeedError: There is no such folder.
        LibraryError: It cannot be determined which episodes are drafts.
    """
    folder = root / "episodes"
    known = _load(root)
    hidden = frozenset() if drafts else read_state(root, DRAFTS).keys()
    entries, broken, marks = [], [], {}
    for slug, files in sorted(_by_slug(root, folder).items()):
        if f"{slug}.json" not in files or slug in hidden:
            continue
        mark = _mark(slug, files)
        entry = known.get(slug, {}).get(mark) or _read(slug, files)
        if isinstance(entry, Broken):
            broken.append(entry)
        else:
            entries.append(entry)
            marks[slug] = mark
    return Index(tuple(entries), tuple(broken), marks)


class IndexReader:
    """Reads one library repeatedly, and only the files that have changed since the last time; drafts are included.

    New, removed and replaced files are recognised by the names and inodes of one listing of the folder, and by times
    and sizes of the manifests, because inodes are reused. A file that is overwritten in place is not noticed; audiogen
    does that only with manifests.
    """

    def __init__(self, root: Path) -> None:
        """Create a reader of the library at *root*."""
        self._root, self._folder = root, root / "episodes"
        #: Numbers of the files by name.
        self._files: dict[str, int] = {}
        #: Time and size of each manifest, by name.
        self._stamps: dict[str, tuple[int, int]] = {}
        self._found: dict[str, Entry | Broken] = {}
        self._marks: dict[str, str] = {}
        #: What was returned last.
        self._last: Index | None = None

    def read(self) -> Index:
        """Return the current index.

        Raises:
            FeedError: There is no such folder.
        """
        files = self._listed()
        before = self._files
        names = set[str]()
        if files != before:
            names = {name for name, number in files.items() if before.get(name) != number}
            names |= before.keys() - files.keys()
        stamps = dict(self._stamped(names, files))
        if self._last is not None and not (names or self._last.broken) and stamps == self._stamps:
            return self._last
        if not self._found:
            index = read_index(self._root, drafts=True)
            self._found = index.by_slug()
            self._marks = dict(index.marks)
        else:
            self._renew(files, names, stamps)
        self._files, self._stamps = files, stamps
        self._last = self._index()
        return self._last

    def _listed(self) -> dict[str, int]:
        """Return the inodes of the files in the folder, by name; FeedError if there is no such folder."""
        try:
            return {item.name: item.inode() for item in os.scandir(self._folder)}
        except OSError as error:
            raise _no_episodes(self._root) from error

    def _stamped(self, new: Iterable[str], files: Mapping[str, int]) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the manifests, known ones and those among the *new* names, with their times and sizes."""
        manifests = [name for name in new if name.endswith(".json") and name.count(".") == 1]
        folder = f"{self._folder}{os.sep}"
        for name in (*self._stamps, *(name for name in manifests if name not in self._stamps)):
            if name not in files:
                continue
            try:
                status = os.stat(folder + name)  # noqa: PTH116 - a Path for each of thousands takes as long again
            except OSError:
                continue
            yield name, (status.st_mtime_ns, status.st_size)

    def _renew(self, files: Mapping[str, int], names: set[str], stamps: Mapping[str, tuple[int, int]]) -> None:
        """Read the episodes with changed files again; broken ones are always read again."""
        names |= {name for name, stamp in stamps.items() if self._stamps.get(name) != stamp}
        changed = {name.partition(".")[0] for name in names}
        changed |= {slug for slug, known in self._found.items() if isinstance(known, Broken)}
        theirs: dict[str, dict[str, File]] = {}
        for name in _of_slugs(files, changed):
            theirs.setdefault(name.partition(".")[0], {})[name] = self._folder / name
        for slug in changed:
            self._renew_one(slug, theirs.get(slug, {}))

    def _renew_one(self, slug: str, files: Mapping[str, File]) -> None:
        """Read an episode again if its files have changed since they were read."""
        mark = ""
        # It may have gone away since the folder was listed.
        with suppress(OSError):
            mark = _mark(slug, files) if f"{slug}.json" in files else ""
        if mark and mark == self._marks.get(slug):
            return
        self._found.pop(slug, None)
        self._marks.pop(slug, None)
        if mark:
            self._found[slug] = entry = _read(slug, files)
            if isinstance(entry, Entry):
                self._marks[slug] = mark

    def _index(self) -> Index:
        """Return the index of the episodes that were read."""
        found = [self._found[slug] for slug in sorted(self._found)]
        entries = tuple(known for known in found if isinstance(known, Entry))
        broken = tuple(known for known in found if isinstance(known, Broken))
        return Index(entries, broken, dict(self._marks))


def _of_slugs(names: Iterable[str], slugs: set[str]) -> list[str]:
    """Return the names of files of these episodes."""
    if len(slugs) > _FEW:
        return [name for name in names if name.partition(".")[0] in slugs]
    # Of few out of tens of thousands this finds them in a third of the time.
    beginnings = tuple(f"{slug}." for slug in slugs)
    return [name for name in names if name.startswith(beginnings) or name in slugs]


def _by_slug(root: Path, folder: Path) -> dict[str, dict[str, os.DirEntry[str]]]:
    """Return the files of each episode from one listing; they begin with its slug and a dot."""
    found: dict[str, dict[str, os.DirEntry[str]]] = {}
    try:
        for item in os.scandir(folder):
            found.setdefault(item.name.partition(".")[0], {})[item.name] = item
    except OSError as error:
        raise _no_episodes(root) from error
    return found


def _no_episodes(root: Path) -> FeedError:
    """Return the error for a library without episodes."""
    return FeedError(root, f"There are no episodes in {root}; `audiogen batch` puts some in.")


def _mark(slug: str, files: Mapping[str, File]) -> str:
    """Return a digest of the state of an episode's files: time and size of those that are read, names of the others."""
    stat = files[f"{slug}.json"].stat()
    parts = [f"{stat.st_mtime_ns:x}.{stat.st_size:x}"]
    for name in sorted(files):
        if name.endswith(_SOUND_SUFFIXES):
            stat = files[name].stat()
            parts.append(f"{name.removeprefix(slug)}.{stat.st_mtime_ns:x}.{stat.st_size:x}")
        elif name.endswith(_BESIDE):
            parts.append(name.removeprefix(slug))
    if _leading_out(files):
        parts.append("out")
    return "/".join(parts)


def _read(slug: str, files: Mapping[str, File]) -> Entry | Broken:
    """Return the entry of an episode, or why it is broken."""
    import orjson

    try:
        if name := _leading_out(files):
            return Broken(slug, f"{name} is a link that leads out of the library")
        manifest = orjson.loads(read_file(files[f"{slug}.json"]))
        if manifest["format"] > FORMAT:
            return Broken(slug, f"its manifest is of format {manifest['format']}, made by a newer audiogen")
        if faults := shape_faults(manifest, slug):
            return Broken(slug, f"its manifest cannot be read ({faults[0].rstrip('.')})")
        return _entry(slug, manifest, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        return Broken(slug, f"its manifest cannot be read ({type(error).__name__}: {error})")


def _leading_out(files: Mapping[str, File]) -> str:
    """Return the name of the first file that is a link out of the library, unless the user allows it; otherwise ""."""
    for name, file in files.items():
        if file.is_symlink():
            path = Path(file)
            root = path.parent.parent
            if not (is_inside(path.parent, name) or is_inside(root, f"{path.parent.name}/{name}") or is_trusted(root)):
                return name
    return ""


def _entry(slug: str, manifest: dict[str, Any], files: Mapping[str, File]) -> Entry | Broken:
    """Return the entry of an episode by its manifest and the files beside it."""
    article, audio = manifest["article"], manifest["audio"]
    main = files.get(audio["file"])
    if main is None or not main.is_file():
        return Broken(slug, f"its sound file {audio['file']} is missing")
    beside = {suffix: slug + suffix for suffix in _BESIDE if slug + suffix in files}
    marks = tuple((float(mark["startTime"]), plain(mark["title"])) for mark in chapters(manifest))
    published, revision = article.get("published") or "", manifest.get("revision", 1)
    created, added, saved = manifest["created"], added_of(manifest), manifest.get("saved") or {}
    for value in filter(None, (published, created, added)):
        parse_date(value)
    return Entry(
        slug=slug,
        guid=plain(manifest["guid"]),
        title=plain(article["title"]) or slug,
        dek=plain(article["dek"]),
        authors=_texts(article["authors"]),
        site=plain(article["site"]),
        url=web_address(article["url"]),
        language=_language(article["language"]),
        tags=_texts(article["tags"]),
        published=published,
        created=created,
        added=added,
        sound=_sound(main, audio["type"], audio),
        duration=float(audio["duration"]),
        disclosure=plain(manifest["disclosure"]["text"]),
        source_type=plain(manifest["disclosure"]["source_type"]),
        chapters=marks,
        transcript=beside.get(".vtt", ""),
        chapters_file=beside.get(".chapters.json", "") if marks else "",
        card=next((beside[suffix] for suffix in _CARDS if suffix in beside), ""),
        others=_other_formats(main, files),
        version=str(revision) if revision > 1 else "",
        saved=plain(saved.get("at")),
        read=bool(saved.get("read")),
    )


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    """Return the values as clean texts, without empty ones."""
    return tuple(filter(None, map(plain, values)))


def _language(tag: object) -> str:
    """Return a valid language tag; "en" for an invalid one."""
    text = plain(tag)
    return text if _LANGUAGE.fullmatch(text) else "en"


def _sound(file: File, kind: str, audio: Mapping[str, Any]) -> Sound:
    """Return the main sound file; with the manifest's digest only if the size is unchanged."""
    size = file.stat().st_size
    return Sound(file.name, plain(kind), size, audio["sha256"] if size == audio["bytes"] else "")


def _other_formats(main: File, files: Mapping[str, File]) -> tuple[Sound, ...]:
    """Return the same recording in other formats: files that differ only in the suffix."""
    import hashlib

    stem = main.name.rpartition(".")[0]
    found = []
    for suffix, kind in SOUND_TYPES.items():
        file = files.get(stem + suffix)
        if file is not None and file.name != main.name:
            with Path(file).open("rb") as sound:
                digest = hashlib.file_digest(sound, "sha256").hexdigest()
            found.append(Sound(file.name, kind, file.stat().st_size, digest))
    return tuple(found)


def index_path(root: Path) -> Path:
    """Return the path of the index."""
    return root / ".audiogen" / "feed-index.json"


def _load(root: Path) -> dict[str, dict[str, Entry]]:
    """Return the stored entries by slug and state; empty if the index is unreadable or of another version."""
    import orjson

    try:
        kept = orjson.loads(read_file(index_path(root)))
        if kept["index"] != _INDEX:
            return {}
        return {row[0]: {row[1]: _thaw(row[2])} for row in kept["entries"]}
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def dump_index(index: Index) -> bytes:
    """Return the index as JSON; an entry is the list of its fields."""
    import orjson

    rows = [
        (entry.slug, index.marks[entry.slug], [getattr(entry, name) for name in _FIELDS]) for entry in index.entries
    ]
    return orjson.dumps({"index": _INDEX, "entries": rows})


_FIELDS = tuple(field.name for field in fields(Entry))
_LISTS = tuple(_FIELDS.index(name) for name in ("authors", "tags"))
_CHAPTERS, _SOUND, _OTHERS = (_FIELDS.index(name) for name in ("chapters", "sound", "others"))


def _thaw(row: list[Any]) -> Entry:
    """Return an entry from its list of fields."""
    for column in _LISTS:
        row[column] = tuple(row[column])
    row[_CHAPTERS] = tuple((start, title) for start, title in row[_CHAPTERS])
    row[_SOUND] = Sound(**row[_SOUND])
    row[_OTHERS] = tuple(Sound(**sound) for sound in row[_OTHERS])
    return Entry(*row)
