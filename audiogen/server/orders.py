"""What goes between the server and whoever does its work: orders, how far they are, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.server.jobs import Job


@dataclass(frozen=True, slots=True)
class Order:
    """A job with what a worker needs to know of the server."""

    job: Job
    #: The library's folder or address.
    library: str
    #: Folder of the documents.
    uploads: str
    #: Workers of this server, which share the cores.
    workers: int = 1
    #: File for what is spoken so far, which may be listened to meanwhile; empty for none.
    preview: str = ""
    #: The document itself, for a machine that does not reach the folder.
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """An order to load what the next job needs, before there is one."""

    library: str
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker made of a job."""

    #: "new", "changed" or "unchanged".
    outcome: str
    slug: str
    guid: str
    title: str
    #: Seconds of sound.
    duration: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a worker is: its stage, what will come of the job, utterances spoken, of so many."""

    stage: str = ""
    outcome: str = ""
    spoken: int = 0
    total: int = 0
