"""The settings of tables, code, posts and other content that cannot be narrated as it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from audiogen.errors import SettingsError

#: "say" inserts a phrase, "skip" nothing, "read" the content itself.
Treatment = Literal["say", "skip", "read"]
SAY: Treatment = "say"
SKIP: Treatment = "skip"
READ: Treatment = "read"
MANNERS: tuple[Treatment, ...] = get_args(Treatment)


@dataclass(frozen=True, slots=True)
class Placeholders:
    """The treatment of content that cannot be narrated as it is: it is replaced by a phrase, skipped, or read."""

    #: Tables.
    table: Treatment = "say"
    #: Blocks of program code.
    code: Treatment = "say"
    #: Formulas.
    formula: Treatment = "say"
    #: Posts of social networks, and other content of another site in a frame.
    embed: Treatment = "say"
    #: Video players.
    video: Treatment = "skip"
    #: Charts and interactive graphics.
    chart: Treatment = "say"
    #: Lists of links to other articles.
    link_list: Treatment = "skip"

    def __post_init__(self) -> None:
        """Check the fields.

        Raises:
            SettingsError: a field is not one of `MANNERS`.
        """
        for each in fields(self):
            manner = getattr(self, each.name)
            if manner not in MANNERS:
                raise SettingsError(each.name, f"{each.name} is {manner!r}; it may be {', '.join(MANNERS)}.")
