"""The messages between the server and its workers: orders, progress and results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.server.jobs import Job


@dataclass(frozen=True, slots=True)
class Order:
    """A job, with the facts of the server that a worker needs."""

    job: Job
    #: The library's folder or address.
    library: str
    #: Folder of the documents.
    uploads: str
    #: Number of the server's workers, which share the cores.
    workers: int = 1
    #: File for the sound so far, for listeners; "" for none.
    preview: str = ""
    #: The document itself, for a machine that cannot read the folder.
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """An order to load what the next job needs, sent before there is a job."""

    library: str
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a job."""

    #: "new", "changed" or "unchanged".
    outcome: str
    slug: str
    guid: str
    title: str
    #: Seconds of sound.
    duration: float


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a job: its stage, its expected outcome, utterances spoken, and their number."""

    stage: str = ""
    outcome: str = ""
    spoken: int = 0
    total: int = 0
