"""Word documents and PDFs made for the tests: packages of XML as Word writes them, pages as programs set them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: Ids differ from language to language of Word, names do not.
_STYLES = {
    "Title": "Title", "Subtitle": "Subtitle", "berschrift1": "heading 1", "Heading2": "heading 2", "Quote": "Quote",
    "Caption": "caption",
}  # fmt: skip


def run(text: str) -> str:
    """Write a run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", depth: int = -1) -> str:
    """Write a paragraph of text or of runs, with a style or as an item of a list."""
    numbers = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>' if depth >= 0 else ""
    result = (f'<w:pStyle w:val="{style}"/>' if style else "") + numbers
    return f"<w:p><w:pPr>{result}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def make_docx(body: str, *, notes: str = "", properties: str = "") -> bytes:
    """Pack a Word document with running heads and a comment besides."""
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="bullet"/></w:lvl>' for n in range(3))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _STYLES.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "numbering", "footnotes", "header", "comments")
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="d" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>",
        "word/numbering.xml": f'<w:numbering {_SPACES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{notes}</w:footnotes>",
        "word/header.xml": f"<w:hdr {_SPACES}>{paragraph('A running head')}</w:hdr>",
        "word/comments.xml": f'<w:comments {_SPACES}><w:comment w:id="0" w:author="x">{paragraph("A remark")}'
        "</w:comment></w:comments>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{properties}</cp:coreProperties>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return held.getvalue()


#: Bitstream Vera, which comes with reportlab.
_FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=6, alignment=4)
INDENTED = ParagraphStyle("indented", parent=TEXT, firstLineIndent=14, spaceAfter=0)
HEADLINE = ParagraphStyle("headline", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=10)
SECTION = ParagraphStyle("section", parent=TEXT, fontName="Times-Bold", spaceBefore=6)


def make_pdf(
    flow: Sequence[Any], *, columns: int = 1, head: str = "", note: str = "", headline: bool = False, **fields: Any
) -> bytes:
    """Set paragraphs on pages with a running head, a page number, a note under the first, and in columns."""
    width, height = A4
    gap, held = 18, io.BytesIO()
    column = (width - 120 - gap * (columns - 1)) / columns

    def around(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 40, head)
        canvas.drawCentredString(width / 2, 30, f"Page {document.page}")
        if document.page == 1:
            canvas.drawString(60, 62, note)

    below = 80 if headline else 0
    frames = [Frame(60, height - 150, width - 120, 80, 0, 0, 0, 0)] if headline else []
    frames += [Frame(60 + n * (column + gap), 75, column, height - 145 - below, 0, 0, 0, 0) for n in range(columns)]
    document = BaseDocTemplate(held, pagesize=A4, **fields)
    document.addPageTemplates(PageTemplate("page", frames, onPage=around))
    document.build(list(flow))
    return held.getvalue()


def make_lines(lines: Sequence[str]) -> bytes:
    """Set lines as they are."""
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4)
    canvas.setFont("Times-Roman", 11)
    for number, line in enumerate(lines):
        canvas.drawString(72, 750 - 14 * number, line)
    canvas.save()
    return held.getvalue()


def set_text(text: str, style: ParagraphStyle = TEXT) -> Any:
    """Give a paragraph to set."""
    return Paragraph(text, style)


def draw(lines: Sequence[str]) -> Image.Image:
    """Draw lines of text as a photographed page has them; an empty one parts paragraphs."""
    picture = Image.new("RGB", (1500, 60 * len(lines) + 120), "white")
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((60, 60 + 60 * number), line, font=ImageFont.truetype(_FONT, 34), fill="black")
    return picture


def make_scan(picture: Image.Image) -> bytes:
    """Make a PDF that is a picture."""
    held = io.BytesIO()
    picture.save(held, "PDF", resolution=150)
    return held.getvalue()
