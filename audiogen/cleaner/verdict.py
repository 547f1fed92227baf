"""The verdict of a rule, of any format, on a block that is not heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.model import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a block is not heard."""

    reason: Reason
    rule: str
