"""The play counts of episodes, in the library's `state/plays/`, a small file for each episode.

Nothing in them tells who listened. `audiogen.server.plays` counts; docs/server.md says by which rules.
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

#: Equal parts of an episode's length, for each of which it is counted in how many plays it was heard.
PARTS = 20
#: Days for which plays are kept by day.
DAYS = 90


@dataclass(frozen=True, slots=True)
class Tally:
    """Plays of one kind of listener."""

    plays: int = 0
    #: Plays that heard, or fetched, the episode to its end.
    completed: int = 0
    #: Plays that heard each twentieth of the length.
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
    """How often an episode was played."""

    #: Plays by what fetches the sound itself, as podcast apps do: known by the bytes that they fetched.
    apps: Tally = field(default_factory=Tally)
    #: Plays in the web player, on the episode's page, in a frame or in the app: known by the seconds that were heard.
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
        """Add what was played on a day, or what is different from what was counted of it before."""
        days = dict(self.days)
        if more := apps.plays + player.plays:
            days[day] = max(0, days.get(day, 0) + more)
        kept = {name: days[name] for name in sorted(days)[-DAYS:]}
        return Plays(self.apps + apps, self.player + player, self.since or day, kept)


def file_of_plays(slug: str) -> str:
    """Return the name of an episode's counts within the library."""
    return f"{FOLDER}/plays/{slug}.json"


def plays_of(library: Where, slug: str) -> Plays:
    """Return how often an episode was played.

    Raises:
        LibraryError: the file is there and cannot be read.
    """
    home = open_library(library)
    content = home.storage.read(file_of_plays(slug))
    return Plays() if content is None else _parsed(content, home.storage.where(file_of_plays(slug)))


def written_plays(plays: Plays) -> bytes:
    """Write the content of an episode's counts."""
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
