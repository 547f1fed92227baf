"""How a listener wants what cannot be heard as it is: named in a phrase, left out, or read all the same."""

from __future__ import annotations

from dataclasses import dataclass, fields

from audiogen.errors import SettingsError

SAY, SKIP, READ = "say", "skip", "read"
#: What a manner may be.
MANNERS = (SAY, SKIP, READ)


@dataclass(frozen=True, slots=True)
class Unheard:
    """A manner for each kind of thing: "say" puts a phrase in its place, "skip" nothing, "read" the thing itself."""

    table: str = SAY
    code: str = SAY
    formula: str = SAY
    #: Posts of social networks; read as quotes where they are read.
    embed: str = SAY
    #: Players of video and sound; they have no words to read.
    video: str = SKIP
    chart: str = SAY
    link_list: str = SKIP

    def __post_init__(self) -> None:
        """Refuse a manner that does not exist.

        Raises:
            SettingsError: a manner is not one of `MANNERS`.
        """
        for each in fields(self):
            manner = getattr(self, each.name)
            if manner not in MANNERS:
                raise SettingsError(each.name, f"{each.name} is {manner!r}; it may be {', '.join(MANNERS)}.")
