"""Word documents are read by their styles; what the printed text does not show is not there."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from audiogen import clean, read
from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.model import BlockKind, Reason
from tests.readers.printed import make_docx, paragraph, run, table
from tests.readers.saved import zipped

A = "The harbour froze in the third week of January, and no ferry left it for nine days."
B = "It is only a ship, the keeper said, and put another log into the stove."
C = "On the tenth day the wind turned, and the first to notice was the baker."
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData uri="x">'
    f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(B)}</w:txbxContent></wps:txbx></wps:wsp>"
    f"</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    f"<w:txbxContent>{paragraph(B)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
BODIES = {
    "tracked changes": (
        paragraph(
            run("The harbour ") + '<w:del w:id="1"><w:r><w:delText>thawed </w:delText></w:r></w:del>'
            f'<w:ins w:id="2">{run("froze.")}</w:ins>'
        )
        + paragraph(f'<w:moveFrom w:id="3">{run("Moved away.")}</w:moveFrom>')
        + paragraph(f'<w:moveTo w:id="4">{run(C)}</w:moveTo>'),
        ["The harbour froze.", C],
    ),
    "a text box": (paragraph(A) + paragraph(BOX) + paragraph(C), [A, B, C]),
    "a table for the layout": (table([[A], [B]]) + paragraph(C), [A, B, C]),
    "a field and a control": (
        paragraph(
            run("The harbour") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(" froze")
            + '<w:r><w:fldChar w:fldCharType="end"/>'
            f"</w:r><w:sdt><w:sdtContent>{run(' in January.')}</w:sdtContent></w:sdt>"
        ),
        ["The harbour froze in January."],
    ),
    "breaks, tabs and hyphens": (
        paragraph(
            "<w:r><w:t>The harbour</w:t><w:br/><w:t>froze over</w:t><w:noBreakHyphen/><w:t>night and</w:t><w:tab/>"
            "<w:t>stayed so.</w:t></w:r>"
        ),
        ["The harbour froze over-night and stayed so."],
    ),
    "a comment": (
        paragraph(f'{run(A)}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'), [A],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_what_the_printed_text_shows_is_heard(body: str, expected: list[str]) -> None:
    assert [block.text for block in clean(read(make_docx(body))).blocks] == expected


def test_styles_become_kinds() -> None:
    body = (
        paragraph("Nine days of ice", "Title") + paragraph("A frozen town", "Subtitle")
        + paragraph("Ice", "berschrift1")
        + paragraph(A) + paragraph("Wind", "Heading2") + paragraph(B, "Quote") + paragraph("Black ice", depth=0)
        + paragraph("Snow", depth=1)
    )  # fmt: skip
    article = clean(read(make_docx(body)))
    assert (article.title, article.dek) == ("Nine days of ice", "A frozen town")
    assert [(block.kind, block.level, block.text) for block in article.blocks] == [
        (BlockKind.HEADING, 1, "Ice"),
        (BlockKind.PARAGRAPH, 0, A),
        (BlockKind.HEADING, 2, "Wind"),
        (BlockKind.QUOTE, 0, B),
        (BlockKind.LIST_ITEM, 1, "Black ice"),
        (BlockKind.LIST_ITEM, 2, "Snow"),
    ]


def test_notes_captions_and_tables_of_figures_are_not_heard() -> None:
    note = f'<w:footnote w:id="2">{paragraph("Harbour office, 1924.")}</w:footnote>'
    body = (
        paragraph(run(A[:20]) + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(A[20:]))
        + paragraph("The quay in winter", "Caption") + table([["Quay", "Tonnes"], ["North", "40"], ["South", "12"]])
        + paragraph(B)
    )  # fmt: skip
    article = clean(read(make_docx(body, notes=note)))
    texts = [block.text for block in article.blocks if block.kind is not BlockKind.STAND_IN]
    assert texts == [A, B]
    reasons = {entry.block.text: entry.reason for entry in article.removed}
    assert reasons["Harbour office, 1924."] is Reason.REFERENCES
    assert reasons["The quay in winter"] is Reason.CAPTION
    assert Reason.TABLE in reasons.values()


def test_the_properties_are_metadata() -> None:
    result = (
        "<dc:title>Microsoft Word - ice.docx</dc:title><dc:creator>Ruth Okafor</dc:creator>"
        "<dcterms:created>2024-01-24T07:00:00Z</dcterms:created>"
    )
    article = read(make_docx(paragraph("Nine days of ice") + paragraph(A) + paragraph(B), properties=result))
    assert (article.title, article.authors, article.format) == ("Nine days of ice", ("Ruth Okafor",), "docx")
    assert article.published == datetime(2024, 1, 24, 7, tzinfo=UTC)
    assert [block.text for block in clean(article).blocks] == [A, B]


BROKEN = {
    "XML cut off": zipped({"[Content_Types].xml": "<Types>", "word/document.xml": "<w:document"}),
    "no relations": zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}),
    "a ZIP cut off": make_docx(paragraph(A))[:-200],
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_document_is_refused_with_that_word(data: bytes) -> None:
    with pytest.raises(UnsupportedSourceError, match="Word document is broken"):
        read(data)


def test_a_document_without_words_is_empty() -> None:
    with pytest.raises(EmptyArticleError):
        read(make_docx(paragraph(run(" "))))


@pytest.mark.parametrize("properties", [b"", b"<", b"<a", b"no markup"])
def test_a_document_whose_properties_are_broken_is_heard(properties: bytes) -> None:
    whole = make_docx(paragraph(A))
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, properties if name == "docProps/core.xml" else source.read(name))
    assert [block.text for block in read(broken.getvalue()).blocks] == [A]
