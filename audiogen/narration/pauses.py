"""The pauses after utterances, in seconds, and the punctuation for pauses inside a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from audiogen.errors import SettingsError
from audiogen.model import Role
from audiogen.narration.data import load_table

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The ends of sentences, each with the name of the pause before the next sentence of the block.
_ENDINGS = (("...", "ellipsis"), ("…", "ellipsis"), ("?", "question"), ("!", "exclamation"), (":", "colon"))
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Pauses:
    """The lengths of pauses, in seconds, and the punctuation for pauses inside sentences."""

    #: After the last utterance of a block, by role.
    after: Mapping[Role, float]
    #: Between the sentences of a block, by the end of the first one: "sentence", "question"…
    between: Mapping[str, float]
    #: The shortest pause before an utterance of that role.
    before: Mapping[Role, float] = field(default_factory=dict)
    #: The punctuation that replaces "dash", "bracket", "colon" and "ellipsis" inside a sentence.
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def row(self) -> float:
        """Return the shortest pause, in seconds, for a row of symbols between two parts of a text."""
        return self.between.get("row", 0.0)

    def following(self, written: str, role: Role, *, last: bool, next_role: Role | None, line: bool = False) -> float:
        """Return the pause after an utterance, in seconds.

        *last* is whether it is the last one of a block, *line* whether the next one begins a new line, *next_role* the
        role of the next one (None at the end).
        """
        if not last:
            ending = _ending(written)
            length = self.between[ending]
            return self.between.get("line", length) if line and ending == "sentence" and _is_open(written) else length
        return max(self.after[role], self.before.get(next_role, 0.0) if next_role else 0.0)

    def adjusted(self, seconds: Mapping[str, float]) -> Pauses:
        """Return the pauses with the given *seconds*, by role ("title") or by the end of a sentence ("question").

        Raises:
            SettingsError: a name is unknown, or a length is negative.
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
    """Return whether the sentence ends without punctuation."""
    return not written.rstrip().rstrip(_CLOSING).endswith(".")


def _ending(written: str) -> str:
    """Return the name of the pause after a sentence, by its final punctuation."""
    text = written.rstrip().rstrip(_CLOSING)
    return next((name for mark, name in _ENDINGS if text.endswith(mark)), "sentence")


@cache
def default_pauses() -> Pauses:
    """Return the pauses of the package."""
    data = load_table(__file__, "pauses.toml")
    return Pauses(
        after={Role(role): seconds for role, seconds in data["after"].items()},
        between=data["between"],
        before={Role(role): seconds for role, seconds in data["before"].items()},
        marks=data["marks"],
    )
