"""Pauses, as data: how long a silence follows each utterance, and which marks make one inside a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

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

    def following(self, written: str, role: Role, *, last: bool, next_role: Role | None) -> float:
        """Tell how long to pause after an utterance; *last* where it ends its block, *next_role* None at the end of all."""
        if not last:
            return self.between[_ending(written)]
        return max(self.after[role], self.before.get(next_role, 0.0) if next_role else 0.0)


def _ending(written: str) -> str:
    text = written.rstrip().rstrip(_CLOSING)
    return next((name for mark, name in _ENDINGS if text.endswith(mark)), "sentence")


@cache
def default_pauses() -> Pauses:
    """Read the room's own pauses."""
    data = load_table(__file__, "pauses.toml")
    return Pauses(
        after={Role(role): seconds for role, seconds in data["after"].items()},
        between=data["between"],
        before={Role(role): seconds for role, seconds in data["before"].items()},
        marks=data["marks"],
    )
