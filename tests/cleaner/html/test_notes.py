"""Notes at the end go into the ledger, by the marks they begin with."""

import pytest

from audiogen.cleaner.html.notes import note_indexes
from audiogen.model import Block, SpanKind, TextSpan


def block(text: str) -> Block:
    """Make a block; "^" stands before a raised character or "{…}" around several."""
    spans, plain = [], ""
    for piece in text.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if piece.startswith("{"):
            spans.append(TextSpan(len(plain), len(plain) + len(piece) - 2, SpanKind.RAISED))
            piece = piece[1:-1]
        plain += piece
    return Block(plain, spans=tuple(spans))


@pytest.mark.parametrize(
    ("texts", "notes"),
    [
        (["The hall burned{1} in May.", "It was old.", "{1} See the minutes of 1881."], {2}),
        (["The hall burned{12} in May.", "{12}See the minutes of 1881."], {1}),
        (["The hall burned* in May.", "* See the minutes of 1881."], {1}),
        (["The hall burned[3] in May.", "[3] See the minutes of 1881."], {1}),
        (["The hall burned.† It rained.", "† See the minutes of 1881."], {1}),
        (["The hall burned in May.", "{1} In the beginning it rained."], set()),
        (["A lot of 3 m{2} is for sale.", "{3} In the beginning it rained."], set()),
        (["Old wood{14} burns.", "{14}C tells its age."], set()),
        (["* The first of the list", "* The second of the list"], set()),
        (["{1} In the beginning {2} and then", "{2} it rained."], set()),
        (["[3] See the minutes.", "The hall burned[3] in May."], set()),
    ],
)
def test_a_note_begins_with_a_mark_that_stands_behind_a_word_before_it(texts: list[str], notes: set[int]) -> None:
    assert note_indexes([block(text) for text in texts]) == notes
