"""Pauses, as data: how long a silence follows each utterance, and which marks make one inside a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from audiogen.errors import SettingsError
from audiogen.model import Role
from audiogen.narration.data import load_table

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a sentence may end with, and the name of the pause between it and the next of its block.
_ENDINGS = (("...", "ellipsis"), ("…", "ellipsis"), ("?", "question"), ("!", "exclamation"), (":", "colon"))
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds of silence, and marks."""

    #: After the last utterance of a block, by role.
    after: Mapping[Role, float]
    #: Between the sentences of a block, by how the first ends: "sentence", "question"…
    between: Mapping[str, float]
    #: At least so much before an utterance of that role.
    before: Mapping[Role, float] = field(default_factory=dict)
    #: What "dash", "bracket", "colon" and "ellipsis" become inside a sentence.
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def row(self) -> float:
        """Seconds, at the least, in place of a row of signs."""
        return self.between.get("row", 0.0)

    def following(self, written: str, role: Role, *, last: bool, next_role: Role | None, line: bool = False) -> float:
        """Return how long to pause after an utterance; *last* where it ends its block, *next_role* None at the end.

        *line* is set where the next one begins a line of its own.
        """
        if not last:
            ending = _ending(written)
            length = self.between[ending]
            return self.between.get("line", length) if line and ending == "sentence" and _is_open(written) else length
        return max(self.after[role], self.before.get(next_role, 0.0) if next_role else 0.0)

    def adjusted(self, seconds: Mapping[str, float]) -> Pauses:
        """Lay other lengths over these, by role ("title") or by how a sentence ends ("question").

        Raises:
            SettingsError: a name is neither, or a length is negative.
        """
        for name, length in seconds.items():
            if name not in self.after and name not in self.between:
                known = ", ".join((*self.after, *self.between))
                raise SettingsError(f"pauses.{name}", f"There is no pause called {name!r}; known are {known}.")
            if length < 0:
                raise SettingsError(f"pauses.{name}", f"The pause {name!r} is {length}; it cannot be negative.")
        after = {role: seconds.get(role, length) for role, length in self.after.items()}
        between = {ending: seconds.get(ending, length) for ending, length in self.between.items()}
        return replace(self, after=after, between=between)


def _is_open(written: str) -> bool:
    """Return whether no full stop ends the sentence."""
    return not written.rstrip().rstrip(_CLOSING).endswith(".")


def _ending(written: str) -> str:
    text = written.rstrip().rstrip(_CLOSING)
    return next((name for mark, name in _ENDINGS if text.endswith(mark)), "sentence")


@cache
def default_pauses() -> Pauses:
    """Read the package's pauses."""
    data = load_table(__file__, "pauses.toml")
    return Pauses(
        after={Role(role): seconds for role, seconds in data["after"].items()},
        between=data["between"],
        before={Role(role): seconds for role, seconds in data["before"].items()},
        marks=data["marks"],
    )
