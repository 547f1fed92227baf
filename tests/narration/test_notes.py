"""Notes, read where they are marked, for those who want them."""

import pytest
from lxml import html

from audiogen.model import Article, Block, Evidence, Reason, Removed
from audiogen.narration import narrate
from audiogen.narration.notes import notes_of
from audiogen.narration.script import Narration
from audiogen.readers.markdown import read_markdown
from audiogen.readers.walk import Walk

PAGES = {
    "pandoc": (
        '<p>It burned<a href="#fn1" class="footnote-ref"><sup>1</sup></a> in May. It was old.</p>',
        '<ol><li id="fn1"><p>See the minutes.<a href="#fnref1">↩︎</a></p></li></ol>',
    ),
    "substack": (
        '<p>It burned<a class="footnote-anchor" href="#footnote-1">1</a> in May. It was old.</p>',
        '<div><a id="footnote-1" class="footnote-number">1</a><p>See the minutes.</p></div>',
    ),
    "wikipedia": (
        '<p>It burned<sup class="reference"><a href="#cite_note-1">[1]</a></sup> in May. It was old.</p>',
        '<ol><li id="cite_note-1"><a href="#cite_ref-1">^</a> <i>See the minutes.</i></li></ol>',
    ),
    "unlinked": ("<p>It burned<sup>1</sup> in May. It was old.</p>", "<p><sup>1</sup> See the minutes.</p>"),
}


def article(name: str) -> Article:
    """Read a page; its last part is in the ledger."""
    text, notes = PAGES[name]
    first, *rest = Walk().over(html.document_fromstring(f"<html><body>{text}{notes}</body></html>"))
    removed = tuple(Removed(block, Reason.REFERENCES, "page.note", place) for place, block in enumerate(rest, 1))
    return Article(language="en", blocks=(first,), removed=removed)


@pytest.mark.parametrize("name", PAGES)
def test_a_note_is_read_behind_the_sentence_in_which_it_is_marked(name: str) -> None:
    lines = [line.spoken for line in narrate(article(name), Narration(notes=True)).utterances]
    assert lines == ["It burned in May.", "See the minutes.", "It was old."]


@pytest.mark.parametrize("name", PAGES)
def test_notes_are_not_read_unless_they_are_wanted(name: str) -> None:
    assert [line.spoken for line in narrate(article(name)).utterances] == ["It burned in May.", "It was old."]


def test_a_block_of_the_ledger_that_is_no_note_has_no_key_but_its_own_id() -> None:
    menu = Removed(Block("Home", evidence=Evidence(("body", "nav#menu"))), Reason.NAVIGATION, "page.menu")
    plain = Removed(Block("Read on"), Reason.RELATED, "page.more")
    assert notes_of(Article(removed=(menu, plain))) == {"menu": "Home"}


def test_notes_of_markdown_are_read_behind_their_sentences() -> None:
    document = (
        "It burned in May.[^1] It was old.[^x]\n\nNobody had seen it.\n\n[^1]: See the minutes.\n[^x]: By a year.\n"
    )
    read = read_markdown(document)
    heard, notes = [block for block in read.blocks if not block.evidence or not block.evidence.path], read.blocks[2:]
    removed = tuple(Removed(block, Reason.REFERENCES, "note.footnote", place) for place, block in enumerate(notes, 2))
    noted = Article(language="en", blocks=tuple(heard), removed=removed)
    assert [line.spoken for line in narrate(noted, Narration(notes=True)).utterances] == [
        "It burned in May.", "See the minutes.", "It was old.", "By a year.", "Nobody had seen it.",
    ]  # fmt: skip
    assert [line.spoken for line in narrate(noted).utterances] == [
        "It burned in May.", "It was old.", "Nobody had seen it.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("*See the minutes.", {"mark *": "See the minutes."}),
        ("† See the minutes.", {"mark †": "See the minutes."}),
        ("1 See the minutes.", {"mark 1": "See the minutes."}),
        ("See the minutes.", {}),
        ("a See the minutes.", {}),
    ],
)
def test_a_note_without_an_element_of_its_own_is_known_by_its_mark(text: str, notes: dict[str, str]) -> None:
    assert notes_of(Article(removed=(Removed(Block(text), Reason.REFERENCES, "page.note"),))) == notes
