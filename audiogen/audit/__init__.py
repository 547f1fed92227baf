"""The audit: is every episode of a library whole, as loud as it should be, complete and disclosed?

It believes nothing that it can measure: sound is decoded, texts are read, layers of the disclosure are looked for one
by one. It repairs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from audiogen.settings import Settings

#: What is looked at, in order; the columns of the table.
CHECKS = ("file", "sound", "utterances", "timed text", "tags", "disclosure", "credentials", "publication")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be."""

    #: One of `CHECKS`, or "folder" for what belongs to no episode.
    check: str
    #: A sentence for people.
    message: str


@dataclass(frozen=True, slots=True)
class EpisodeAudit:
    """What was found of one episode."""

    slug: str
    faults: tuple[Fault, ...]
    #: What is worth hearing, and no fault: utterances in doubt.
    remarks: tuple[str, ...] = ()
    #: Remarks on its edit: that it is not spoken yet, or does not fit any more.
    edits: tuple[str, ...] = ()
    #: Worth of its Content Credentials: "none", "valid", "trusted", "invalid", "unread".
    credentials: str = "none"
    #: As measured, in seconds, LUFS and dBTP; None if the sound could not be read.
    duration: float | None = None
    loudness: float | None = None
    peak: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of a library."""

    verdicts: tuple[EpisodeAudit, ...]
    #: What belongs to no episode.
    strays: tuple[Fault, ...]
    #: How many episodes were not decoded again: nothing was done to them since they were found good.
    unchanged: int = 0

    @property
    def is_good(self) -> bool:
        """Whether there is no fault at all."""
        return not self.strays and not any(audit.faults for audit in self.verdicts)


def audit(root: str | os.PathLike[str], settings: Settings, *, everything: bool = True, jobs: int = 1) -> Report:
    """Look at the library at *root*, at so many episodes at once as there are *jobs*.

    What is good is noted in the library; without *everything*, an episode to which nothing was done since is not
    decoded again.

    Raises:
        LibraryError: there is no library.
    """
    from audiogen.audit.episode import examine_all
    from audiogen.audit.folder import stray_files
    from audiogen.audit.publication import read_publication
    from audiogen.audit.record import open_record

    folder = Path(root)
    record = open_record(folder, settings, read_publication(folder), empty=everything)
    verdicts = tuple(examine_all(folder, settings, record, jobs))
    record.save()
    return Report(verdicts, tuple(stray_files(folder)), record.unchanged)


def examine(root: str | os.PathLike[str], settings: Settings) -> Iterator[EpisodeAudit]:
    """Look at each episode in turn."""
    from audiogen.audit.episode import examine_all

    return examine_all(Path(root), settings)
