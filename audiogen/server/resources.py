"""The JSON of jobs and episodes in the API."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from audiogen.server.jobs import ENDED_BADLY, Priority, State
from audiogen.untrusted import public_address, without_secrets

if TYPE_CHECKING:
    from audiogen.episodes import Row
    from audiogen.podcast.entries import Entry
    from audiogen.server.catalog import Contents
    from audiogen.server.jobs import Job
    from audiogen.server.plays import PlayCounter


#: Names of the priorities in the API; other programs depend on them.
_PRIORITIES = {Priority.CORRECTION: "correction", Priority.SINGLE: "single", Priority.BULK: "pile"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of this library's pages, as seen by one client."""

    #: Address of the server, without a slash at the end.
    server: str
    #: Address of feed, pages and sound: the server's or the show's own, with the key of a private feed.
    public: str

    def feed(self) -> str:
        """Return the address of the show's feed."""
        return f"{self.public}/feed.xml"

    def embed(self, url: str) -> str:
        """Return the address of the player of the article at *url*."""
        return f"{self.public}/embed?url={quote(url, safe='')}" if url else ""

    def episode(self, slug: str, sound: str = "") -> dict[str, str]:
        """Return the addresses of an episode."""
        addresses = {
            "self": f"{self.server}/api/episodes/{slug}",
            "page": f"{self.public}/episodes/{slug}.html",
            "player": f"{self.public}/episodes/{slug}.embed.html",
            "transcript": f"{self.public}/episodes/{slug}.vtt",
            "feed": self.feed(),
        }
        return addresses | ({"audio": f"{self.public}/episodes/{sound}"} if sound else {})


def job_resource(job: Job, contents: Contents, addresses: Addresses) -> dict[str, Any]:
    """Return the JSON of a job."""
    entry = contents.entries.get(job.slug)
    row = contents.by_slug.get(job.slug)
    episode = episode_resource(row, entry, addresses) if row is not None else None
    return {
        "id": job.id,
        "state": str(job.state),
        # The job holds the address as it is fetched; who may only read need not know its tokens.
        "name": without_secrets(job.name),
        "url": public_address(job.url) or None,
        "external_id": job.external_id or None,
        "priority": _PRIORITIES[Priority(job.priority)],
        "by": job.by or None,
        "parent": job.parent or None,
        "created": moment(job.created),
        "started": moment(job.started),
        "finished": moment(job.finished),
        "next_try": moment(job.due) if job.state is State.QUEUED and job.due else None,
        "attempts": job.attempts,
        "progress": {"stage": _stage(job), "spoken": job.spoken, "total": job.total},
        "outcome": job.outcome if job.state is State.DONE else None,
        "error": {"kind": job.error, "message": job.message} if job.error else None,
        "message": job.message or None,
        "actions": _actions(job),
        "episode": episode,
        "embed": addresses.embed(public_address(job.url)) or None,
        "self": f"{addresses.server}/api/jobs/{job.id}",
    }


def _stage(job: Job) -> str:
    """Return the stage of a job in work, otherwise its state."""
    return job.stage if job.state is State.WORKING and job.stage else str(job.state)


def _actions(job: Job) -> list[str]:
    """Return the actions that are possible for a job."""
    if job.is_live:
        return ["cancel"]
    if job.state in ENDED_BADLY:
        return ["retry", "force"] if job.error == "NotAnArticleError" else ["retry"]
    return []


def episode_resource(row: Row, entry: Entry | None, addresses: Addresses) -> dict[str, Any]:
    """Return the JSON of an episode; of a removed or broken one, what is still known."""
    resource: dict[str, Any] = {
        "slug": row.slug,
        "guid": row.guid or None,
        "title": row.title,
        "state": row.state,
        "day": row.day or None,
        "added": row.added or None,
        "duration": row.seconds,
        "site": row.site or None,
        "position": row.position,
        "note": row.note or None,
    }
    if entry is not None:
        resource |= {
            "dek": entry.dek or None,
            "authors": list(entry.authors),
            "tags": list(entry.tags),
            "language": entry.language,
            "url": entry.url or None,
            "published": entry.published or None,
            "bytes": entry.sound.bytes,
            "disclosure": entry.disclosure,
            "embed": addresses.embed(entry.url) or None,
        }
    return resource | {"addresses": addresses.episode(row.slug, entry.sound.file if entry else "")}


def plays_resource(counter: PlayCounter | None, slug: str) -> dict[str, Any] | None:
    """Return the JSON of an episode's plays; None if plays are not counted."""
    if counter is None:
        return None
    plays = counter.plays(slug)
    return {"total": plays.total, **asdict(plays), "since": plays.since or None}


def moment(seconds: float) -> str | None:
    """Format a time as in RFC 3339; None if there is none.

    >>> moment(1757139180.0), moment(0)
    ('2025-09-06T06:13:00Z', None)
    """
    return (
        datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if seconds else None
    )
