"""PDFs are heard as people read them: columns in order, paragraphs whole, and nothing of what stands around them."""

from __future__ import annotations

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.platypus import FrameBreak, ListFlowable, ListItem, Table

from audiogen import clean, read
from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.model import Article, BlockKind, Reason
from audiogen.readers import pdf
from tests.readers.printed import HEADLINE, INDENTED, SECTION, TEXT, make_lines, make_pdf, set_text

TITLE = "Nine days of ice in Veldmark"
A = (
    "The harbour froze in the third week of January, and no ferry left it for nine days. Ruth Okafor, who runs the "
    "ticket office, kept the lamps lit all the same, and wrote down who came to ask."
)
B = (
    "“It is only a ship, and we have only been waiting,” she said, and put another log into the stove. Outside, the "
    "ice had closed round the piles of the quay so tightly that gulls walked on it."
)
C = (
    "On the tenth day the wind turned. The first to notice was the baker, whose shop stands at the corner of the fish "
    "market and who opens at four in the morning when nobody else is about."
)


def log(count: int) -> list[str]:
    """Write entries of which no two have a line in common."""
    names = ("".join(chr(97 + int(figure)) for figure in f"{number:03}") for number in range(count))
    return [(A, B, C)[n % 3].replace(" the ", f" the {name} ") + f" Entry {n} ends." for n, name in enumerate(names)]


def texts(article: Article) -> list[str]:
    return [block.text for block in clean(article).blocks]


PAGES = {
    "one page": (8, 1, TEXT),
    "many pages": (40, 1, TEXT),
    "indents for paragraphs": (20, 1, INDENTED),
    "two columns": (30, 2, INDENTED),
    "three columns": (30, 3, TEXT),
}


@pytest.mark.parametrize(("count", "columns", "style"), PAGES.values(), ids=PAGES)
def test_paragraphs_are_whole_and_in_order_without_heads_and_page_numbers(
    count: int, columns: int, style: object
) -> None:
    flow = [set_text(text, style) for text in log(count)]
    assert texts(read(make_pdf(flow, columns=columns, head="Harbour Studies 12, 2024"))) == log(count)


def test_columns_below_a_headline_are_read_one_after_the_other() -> None:
    flow = [set_text(TITLE, HEADLINE), FrameBreak(), *(set_text(text, INDENTED) for text in log(24))]
    article = read(make_pdf(flow, columns=2, headline=True, title="Harbour Studies: Nine days of ice in Veldmark"))
    assert article.title == TITLE
    assert texts(article) == log(24)


def test_large_and_bold_lines_are_headings_of_their_levels() -> None:
    flow = [set_text(TITLE, HEADLINE), set_text(A), set_text("The wind turns", SECTION), set_text(B), set_text(C)]
    article = clean(read(make_pdf(flow)))
    assert article.title == TITLE
    assert [(block.kind, block.text) for block in article.blocks] == [
        (BlockKind.PARAGRAPH, A), (BlockKind.HEADING, "The wind turns"), (BlockKind.PARAGRAPH, B),
        (BlockKind.PARAGRAPH, C),
    ]  # fmt: skip


def test_notes_are_set_aside_with_their_numbers() -> None:
    flow = [set_text(TITLE, HEADLINE), set_text(A.replace("days.", 'days.<super size="6">1</super>')), set_text(B)]
    article = clean(read(make_pdf(flow, note="1  Harbour office, log of the year 1924.")))
    assert texts(article) == [A, B]
    assert [entry.block.text for entry in article.removed if entry.reason is Reason.REFERENCES] == [
        "1 Harbour office, log of the year 1924."
    ]


def test_hyphens_at_line_ends_go_and_those_of_compounds_stay() -> None:
    lines = [
        "The harbour froze in the third week of Janu-", "ary, and no ferry left it for nine days. The well-",
        "known captain, a self-made man, waited with the oth-", "ers on the quay under the well-known crane.",
    ]  # fmt: skip
    assert texts(read(make_lines(lines))) == [
        "The harbour froze in the third week of January, and no ferry left it for nine days. The well-known captain, a "
        "self-made man, waited with the others on the quay under the well-known crane."
    ]


def test_items_are_items_and_a_table_is_one() -> None:
    ice = "Ice as thick as a hand, from the pier to the far buoy of the outer harbour and then some more of it behind."
    items = ListFlowable([ListItem(set_text(text)) for text in (ice, "Snow.")], bulletType="bullet", start="•")
    rows = Table([["Quay", "Tonnes", "Ships"], ["North", "40", "3"], ["South", "12", "1"]])
    blocks = clean(read(make_pdf([set_text(A), items, set_text(B), rows, set_text(C)]))).blocks
    assert [block.text for block in blocks if block.kind is BlockKind.LIST_ITEM] == [ice, "Snow."]
    assert [block.kind for block in blocks].count(BlockKind.STAND_IN) == 1
    assert not any("North" in block.text for block in blocks)


TITLES = {"Microsoft Word - ice.docx": "", "untitled": "", "Nine days": "Nine days"}


@pytest.mark.parametrize(("expected", "title"), TITLES.items())
def test_the_properties_name_the_title_only_where_they_make_sense(expected: str, title: str) -> None:
    article = read(make_pdf([set_text(A), set_text(B), set_text(C)], title=expected, author="Ruth Okafor"))
    assert (article.title, article.authors) == (title, ("Ruth Okafor",))


def test_ligatures_are_letters() -> None:
    assert "ﬁnd the ﬂoe".translate(pdf._LIGATURES) == "find the floe"


def test_an_encrypted_and_a_broken_file_are_refused_each_by_its_word() -> None:
    with pytest.raises(UnsupportedSourceError, match="encrypted"):
        read(make_pdf([set_text(A)], encrypt=StandardEncryption("secret", canPrint=0)))
    for broken in (b"%PDF-1.7\n%\xe2\xe3", b"%PDF-1.4\njunk" * 100):
        with pytest.raises(UnsupportedSourceError, match="PDF is broken"):
            read(broken)


def test_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(UnsupportedSourceError, match="3 pages"):
        read(make_pdf([set_text(text) for text in log(45)]))


def test_a_page_without_anything_is_empty() -> None:
    with pytest.raises(EmptyArticleError):
        read(make_lines([]))
