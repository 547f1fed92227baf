"""Lines of captures, made for tests: each as the reader and the phrases see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.features import Line, make_line
from audiogen.readers.text import read_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARAGRAPH = (
    "The harbour of Norhaven froze in the third week of January, and no ferry has left it since Tuesday, "
    "the pilots' office said."
)
OTHER = (
    "Shops on the outer islands reported on Friday that their flour and fuel would last for about ten days, "
    "or twelve with care."
)
THIRD = (
    "Forecasters expect the cold to hold until the end of the month, when a southern wind may break the ice "
    "between the quays."
)


def line(text: str, language: str = "en") -> Line:
    """Take one line apart."""
    return make_line(read_text(f"* x\n{text}").blocks[1], language)


def lines(*texts: str, language: str = "en") -> list[Line]:
    """Take lines apart."""
    return [line(text, language) for text in texts]


def chances(*values: float) -> NDArray[np.float64]:
    """Write an opinion down."""
    return np.array(values, dtype=float)
