"""One episode under the lamp: a table of checks, each of which yields what is wrong."""

from __future__ import annotations

import hashlib
import json
import math
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from audiogen.assembler.credentials import State, inspect
from audiogen.audit import CHECKS, EpisodeAudit, Fault
from audiogen.audit.publication import Publication, publication_faults, read_publication
from audiogen.audit.record import Record
from audiogen.audit.tagging import disclosed_in_file, tag_faults
from audiogen.audit.timing import chapter_faults, transcript_faults, word_faults
from audiogen.disclosure import sentences
from audiogen.episodes.edits import load_edit
from audiogen.episodes.finishing import shown
from audiogen.episodes.library import Library
from audiogen.episodes.manifest import doubtful_lines
from audiogen.episodes.shape import shape_faults
from audiogen.errors import AssemblyError, LibraryError
from audiogen.installation import install_command
from audiogen.settings import FILE_NAME
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from audiogen.audit.listening import Heard
    from audiogen.settings import Settings

#: How far the decoded length may be from the manifest's, in seconds.
_LENGTH = 0.05
#: How far the loudness may be from the wanted, in LU, and the true peak above the highest allowed, in dB.
_LOUDNESS, _PEAK = 0.5, 0.05
#: Recordings under this many seconds have too little sound for integrated loudness to mean much.
_SHORT = 1.0
#: Sound is what reaches this level (-50 dBFS) somewhere in an utterance's time.
_AUDIBLE = 10 ** (-50 / 20)
#: Where the disclosure is heard, in words.
_POSITIONS = {"start": "the start", "end": "the end", "both": "both ends"}


@dataclass
class Subject:
    """An episode with what is known of it; files are read when first asked for."""

    root: Path
    slug: str
    settings: Settings
    manifest: dict[str, Any]
    publication: Publication

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self.root / "episodes"

    @property
    def audio(self) -> Path:
        """Where its sound is."""
        return self.folder / str(self.manifest["audio"]["file"])

    @cached_property
    def heard(self) -> Heard | AssemblyError:
        """Its sound, measured, or why it cannot be."""
        from audiogen.audit.listening import listen

        try:
            return listen(self.audio)
        except AssemblyError as error:
            return error

    @cached_property
    def credentials(self) -> State:
        """Worth of its Content Credentials."""
        anchors = shown(self.settings.c2pa.anchors, self.root)
        return inspect(self.audio, anchors) if self.audio.is_file() else State.NONE


def examine_all(root: Path, settings: Settings, record: Record | None = None, jobs: int = 1) -> Iterator[EpisodeAudit]:
    """Look at each episode of a library, in their order; those that the *record* knows as good are not decoded again.

    Raises:
        LibraryError: there is no library.
    """
    if not (root / "episodes").is_dir():
        if (root / FILE_NAME).is_file():
            raise LibraryError(root, f"There are no episodes in {root}; `audiogen batch` puts some in.")
        raise LibraryError(
            root, f"There is no library in {root}: it has no folder 'episodes'. `audiogen batch … -o {root}` makes one."
        )
    record = record or Record(root, settings, read_publication(root))
    guids: dict[str, str] = {}
    for audit, guid in _in_order(partial(_examine, record), manifest_paths(root), jobs):
        if guid and guids.setdefault(guid, audit.slug) != audit.slug:
            double = Fault("file", f"It has the GUID of {guids[guid]}: podcast apps show only one of them.")
            audit = replace(audit, faults=(*audit.faults, double))
        yield audit


def _in_order(
    work: Callable[[Path], tuple[EpisodeAudit, str]], paths: list[Path], jobs: int
) -> Iterator[tuple[EpisodeAudit, str]]:
    """Do the work on each path, on so many threads, and give what comes of it in the paths' order.

    Decoding, transforms and hashing leave the interpreter's lock, so that threads keep the cores busy; no more work is
    begun than will soon be asked for.
    """
    with ThreadPoolExecutor(jobs, "check") as pool:
        waiting: deque[Future[tuple[EpisodeAudit, str]]] = deque()
        try:
            for path in paths:
                waiting.append(pool.submit(work, path))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def manifest_paths(root: Path) -> list[Path]:
    """List the manifests of a library, by name."""
    beside = (".chapters.json", ".words.json", ".oembed.json")
    return [path for path in sorted((root / "episodes").glob("*.json")) if not path.name.endswith(beside)]


def _examine(record: Record, path: Path) -> tuple[EpisodeAudit, str]:
    """Return the audit of an episode and its GUID, from the record if nothing has changed since."""
    try:
        content = read_file(path)
        manifest = json.loads(content.decode("utf-8"))
        broken = shape_faults(manifest, path.stem)
    except (OSError, ValueError, RecursionError) as error:
        content, manifest, broken = b"", {}, [f"Its manifest cannot be read: {error}."]
    if broken:
        return EpisodeAudit(path.stem, tuple(Fault("file", message) for message in broken)), ""
    subject = Subject(record.root, path.stem, record.settings, manifest, record.publication)
    guid, mark = manifest["guid"], record.mark(path, content, manifest["guid"], manifest["audio"]["file"])
    edits, unread = _edits(subject)
    known = record.find(path.stem, mark)
    # A certificate may have run out since: no file tells of that.
    if known is not None and (known.credentials == State.NONE.value or known.credentials == subject.credentials.value):
        return replace(known, edits=edits, faults=unread), guid
    audit = _judge(subject)
    record.keep(audit, mark)
    return replace(audit, edits=edits, faults=(*audit.faults, *unread)), guid


def _edits(subject: Subject) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """Return the remarks on an episode's edit, and a fault if the edit cannot be read."""
    try:
        edit = load_edit(Library(subject.root), subject.slug, subject.manifest["guid"])
    except LibraryError as error:
        return (), (Fault("file", error.message),)
    stated = subject.manifest.get("edit")
    stated = stated if isinstance(stated, dict) else {}
    unfit = [text for text in stated.get("unfit") or () if isinstance(text, str)]
    remarks = [f"An edit does not fit its source any more: “{text[:60]}”." for text in unfit]
    if edit.revision != stated.get("revision", 0):
        where = f"{subject.root} {subject.slug}"
        remarks.append(f"It was edited, and is not spoken anew yet: run `audiogen edit {where} --speak`.")
    return tuple(remarks), ()


def _judge(subject: Subject) -> EpisodeAudit:
    """Run all checks on an episode."""
    faults = tuple(Fault(name, message) for name in CHECKS for message in _found(name, subject))
    remarks = tuple(_doubts(subject.manifest))
    heard = subject.heard
    if isinstance(heard, AssemblyError):
        return EpisodeAudit(subject.slug, faults, remarks, credentials=subject.credentials.value)
    return EpisodeAudit(
        subject.slug,
        faults,
        remarks=remarks,
        credentials=subject.credentials.value,
        duration=round(heard.duration, 3),
        loudness=_finite(heard.loudness),
        peak=_finite(heard.peak),
    )


def _found(name: str, subject: Subject) -> Iterator[str]:
    """Yield what a check finds; one that falls over its episode is a fault of that episode alone."""
    try:
        yield from _TABLE[name](subject)
    except Exception as error:
        yield f"It could not be looked at ({type(error).__name__}: {error})."


def _finite(level: float) -> float | None:
    return round(level, 2) if math.isfinite(level) else None


def _file(subject: Subject) -> Iterator[str]:
    """The file is there, whole, and the very one that the manifest tells of."""
    audio = subject.manifest["audio"]
    if not subject.audio.is_file():
        yield f"{audio['file']} is missing."
        return
    size = subject.audio.stat().st_size
    if size != audio["bytes"]:
        yield f"{audio['file']} has {size:,} bytes; the manifest says {audio['bytes']:,}."
    elif _digest(subject.audio) != audio["sha256"]:
        yield f"{audio['file']} is not the file that was made: its SHA-256 differs from the manifest's."
    for suffix in (".vtt", ".words.json", ".chapters.json"):
        if not (subject.folder / f"{subject.slug}{suffix}").is_file():
            yield f"{subject.slug}{suffix} is missing."


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sound(subject: Subject) -> Iterator[str]:
    """It can be decoded, and is as long, as loud and as high as it should be."""
    if not subject.audio.is_file():
        return
    heard, stated, wanted = subject.heard, subject.manifest["audio"], subject.settings.audio
    if isinstance(heard, AssemblyError):
        yield heard.message
        return
    if abs(heard.duration - stated["duration"]) > _LENGTH:
        yield f"It is {heard.duration:.2f} s long; the manifest says {stated['duration']:.2f} s."
    if heard.duration > _SHORT and abs(heard.loudness - wanted.loudness) > _LOUDNESS:
        yield f"Its loudness is {heard.loudness:.1f} LUFS; {wanted.loudness:.1f} is wanted."
    if heard.peak > wanted.peak + _PEAK:
        yield f"Its true peak is {heard.peak:.1f} dBTP; {wanted.peak:.1f} is the highest allowed."


def _utterances(subject: Subject) -> Iterator[str]:
    """Every line of the script was spoken, in order, and there is sound where it should be."""
    counts, lines = subject.manifest["utterances"], subject.manifest["script"]
    unspoken = sum(1 for line in lines if line.get("doubtful") and line["start"] == line["end"])
    if counts["spoken"] + unspoken != counts["total"] or counts["total"] != len(lines):
        yield f"Of {counts['total']} utterances {counts['spoken']} were spoken; the script has {len(lines)}."
    latest = 0.0
    for number, line in enumerate(lines):
        if line["start"] < latest - 0.001 or line["end"] < line["start"]:
            yield f"Line {number} is out of order: from {line['start']:.2f} s, the one before to {latest:.2f} s."
        latest = line["end"]
    heard = subject.heard if subject.audio.is_file() else None
    if heard is None or isinstance(heard, AssemblyError):
        return
    silent = [
        line
        for line in lines
        if _speaks(line) and not line.get("doubtful") and heard.level(line["start"], line["end"]) < _AUDIBLE
    ]
    for line in silent:
        yield f"There is no sound at {line['start']:.2f} s, where “{line['written'][:60]}” should be."


def _doubts(manifest: dict[str, Any]) -> Iterator[str]:
    """Name the utterances that are heard, but perhaps not whole."""
    for line in doubtful_lines(manifest):
        yield f"In doubt at {line['start']:.2f} s, “{line['written'][:60]}”: {line['doubtful']}."


def _speaks(line: dict[str, Any]) -> bool:
    return any(character.isalnum() for character in line["spoken"])


def _timed_text(subject: Subject) -> Iterator[str]:
    """Transcript, words and chapters say what the script says, when it says it."""
    stem = subject.folder / subject.slug
    yield from transcript_faults(stem.with_name(f"{subject.slug}.vtt"), subject.manifest)
    yield from word_faults(stem.with_name(f"{subject.slug}.words.json"), subject.manifest)
    yield from chapter_faults(stem.with_name(f"{subject.slug}.chapters.json"), subject.manifest)


def _tags(subject: Subject) -> Iterator[str]:
    if subject.audio.is_file():
        yield from tag_faults(subject.audio, subject.manifest)


def _disclosure(subject: Subject) -> Iterator[str]:
    """Every layer is there: heard, in the manifest, in the tags, in the feed, on the page."""
    stated, lines = subject.manifest["disclosure"], subject.manifest["script"]
    indexes = {"start": (0,), "end": (-1,), "both": (0, -1), "none": ()}[stated["place"]]
    for index in indexes:
        if not lines or lines[index]["role"] != "disclosure" or lines[index]["written"] != stated["text"]:
            yield f"It is not heard at the {'end' if index else 'start'}: the script does not have it there."
    yield from _other_disclosure(subject)
    if not stated["text"].strip():
        yield "It has no text."
    if subject.audio.is_file():
        yield from disclosed_in_file(subject.audio, stated)
    yield from subject.publication.disclosure_faults(subject.slug, subject.manifest)


def _other_disclosure(subject: Subject) -> Iterator[str]:
    """Yield where the episode's disclosure differs from the current settings."""
    stated, wanted = subject.manifest["disclosure"], subject.settings.disclosure
    if stated["place"] != wanted.place:
        heard = "not heard at all" if stated["place"] == "none" else f"heard at {_POSITIONS[stated['place']]}"
        yield f"It is {heard}; the setting disclosure.place is {wanted.place!r}. Make the episode again."
    if wanted.text and stated["text"] != wanted.text:
        yield f"It says “{stated['text']}”; the setting disclosure.text is “{wanted.text}”. Make the episode again."
    elif not wanted.text and stated["text"] not in sentences().values():
        yield f"It says “{stated['text']}”, which is no longer the setting disclosure.text. Make the episode again."


def _credentials(subject: Subject) -> Iterator[str]:
    """What is signed is as it was signed; where the show signs, everything is."""
    state = subject.credentials
    if state is State.INVALID:
        yield "Its Content Credentials are invalid: the file was changed after it was signed."
    elif state is State.UNREAD:
        yield f"Its Content Credentials were not checked: {install_command(extra='c2pa')}"
    elif state is State.NONE and subject.settings.c2pa.certificate and subject.audio.is_file():
        yield "It is not signed, though the show has a certificate."
    elif state is State.VALID and subject.settings.c2pa.anchors:
        yield "It is signed with a certificate that does not lead to one of c2pa.anchors."


def _publication(subject: Subject) -> Iterator[str]:
    yield from publication_faults(subject.publication, subject.slug, subject.manifest)


_TABLE: dict[str, Callable[[Subject], Iterator[str]]] = {
    "file": _file,
    "sound": _sound,
    "utterances": _utterances,
    "timed text": _timed_text,
    "tags": _tags,
    "disclosure": _disclosure,
    "credentials": _credentials,
    "publication": _publication,
}
