"""The verdict of a rule on a block that is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.model import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reason to drop a block, and the name of the rule."""

    reason: Reason
    rule: str
