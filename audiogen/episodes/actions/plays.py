"""The play counts of episodes, in the library's `state/plays/`, a small file for each episode.

They do not show who listened. `audiogen.server.plays` counts, by the rules in docs/server.md.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from audiogen.episodes.library import open_library
from audiogen.episodes.state import FOLDER
from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audiogen.episodes.actions.rows import Where

#: Equal parts of an episode's length, each with the number of plays that included it.
PARTS = 20
#: Number of days for which plays are counted by day.
DAYS = 90


@dataclass(frozen=True, slots=True)
class Tally:
    """Plays of one kind of listener."""

    plays: int = 0
    #: Plays, or downloads, up to the end of the episode.
    completed: int = 0
    #: Plays that included each twentieth of the length.
    parts: tuple[int, ...] = (0,) * PARTS

    def __add__(self, other: Tally) -> Tally:
        """Add up; *other* may be a difference."""
        parts = tuple(max(0, one + more) for one, more in zip(self.parts, other.parts, strict=True))
        return Tally(max(0, self.plays + other.plays), max(0, self.completed + other.completed), parts)

    def __sub__(self, other: Tally) -> Tally:
        """Return the difference, in which numbers may be negative."""
        parts = tuple(one - less for one, less in zip(self.parts, other.parts, strict=True))
        return Tally(self.plays - other.plays, self.completed - other.completed, parts)


@dataclass(frozen=True, slots=True)
class Plays:
    """The play counts of an episode."""

    #: Plays by clients that download the sound, such as podcast apps: counted by the downloaded bytes.
    apps: Tally = field(default_factory=Tally)
    #: Plays in the web player, on the episode's page, in a frame or in the app: counted by the played seconds.
    player: Tally = field(default_factory=Tally)
    #: Day of the first play, YYYY-MM-DD, in UTC.
    since: str = ""
    #: Plays by day, of the last days that had any.
    days: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return the number of plays."""
        return self.apps.plays + self.player.plays

    def with_more(self, apps: Tally, player: Tally, day: str) -> Plays:
        """Return the counts with the plays of a day, or with the difference to those counted before."""
        days = dict(self.days)
        if more := apps.plays + player.plays:
            days[day] = max(0, days.get(day, 0) + more)
        kept = {name: days[name] for name in sorted(days)[-DAYS:]}
        return Plays(self.apps + apps, self.player + player, self.since or day, kept)


def file_of_plays(slug: str) -> str:
    """Return the name of an episode's counts within the library."""
    return f"{FOLDER}/plays/{slug}.json"


def plays_of(library: Where, slug: str) -> Plays:
    """Return the play counts of an episode.

    Raises:
        LibraryError: the file exists and cannot be read.
    """
    home = open_library(library)
    content = home.storage.read(file_of_plays(slug))
    return Plays() if content is None else _parsed(content, home.storage.where(file_of_plays(slug)))


def written_plays(plays: Plays) -> bytes:
    """Return the content of the file of an episode's counts."""
    return (json.dumps(asdict(plays)) + "\n").encode()


def _parsed(content: bytes, where: object) -> Plays:
    """Parse the file of an episode's plays."""
    try:
        data = json.loads(content)
        days = {str(day): _count(number) for day, number in data.get("days", {}).items()}
        return Plays(_tally(data["apps"]), _tally(data["player"]), str(data.get("since", "")), days)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise LibraryError(
            where, f"The counts in {where} cannot be read ({error!r}). Delete the file, or put a copy of it back."
        ) from error


def _tally(data: dict[str, Any]) -> Tally:
    parts = tuple(_count(number) for number in data["parts"])
    if len(parts) != PARTS:
        raise ValueError(f"it has {len(parts)} parts")
    return Tally(_count(data["plays"]), _count(data["completed"]), parts)


def _count(number: object) -> int:
    if not isinstance(number, int) or number < 0:
        raise ValueError(f"{number!r} is no count")
    return number
