"""Saved pages in the forms that programs save them in, made for the tests."""

from __future__ import annotations

import plistlib
import zipfile
from io import BytesIO

TEXT = "The harbour froze in the third week of January, and no ferry left it for nine days."
PAGE = (
    "<!doctype html><html><head><title>The harbour</title></head>"
    f"<body><article><h1>The harbour</h1><p>{TEXT}</p></article></body></html>"
)
ADDRESS = "https://example.org/harbour"


def make_mhtml(page: str = PAGE, charset: str = "utf-8") -> bytes:
    """Save *page* as Chrome does."""
    quoted = "".join(f"={byte:02X}" if byte > 126 or byte == 61 else chr(byte) for byte in page.encode(charset))
    lines = [
        "From: <Saved by Blink>", f"Snapshot-Content-Location: {ADDRESS}", "Subject: The harbour", "MIME-Version: 1.0",
        "Content-Type: multipart/related;", '\ttype="text/html";', '\tboundary="----Border"', "", "------Border",
        f"Content-Type: text/html; charset={charset}", "Content-Transfer-Encoding: quoted-printable",
        f"Content-Location: {ADDRESS}", "", quoted, "------Border", "Content-Type: image/png",
        "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=", "------Border--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode("ascii")


def make_webarchive(
    page: str = PAGE, kind: str = "text/html", *, binary: bool = True, encoding: str = "utf-8"
) -> bytes:
    """Save *page* as Safari does."""
    main = {
        "WebResourceData": page.encode(encoding),
        "WebResourceMIMEType": kind,
        "WebResourceTextEncodingName": encoding,
        "WebResourceURL": ADDRESS,
    }
    form = plistlib.FMT_BINARY if binary else plistlib.FMT_XML
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": []}, fmt=form)


def make_epub(chapters: list[str], title: str = "The harbour") -> bytes:
    """Bind *chapters*, bodies of pages, to a book."""
    names = [f"chapter-{number}.xhtml" for number, _ in enumerate(chapters)]
    items = "".join(
        f'<item id="c{i}" href="text/{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i, _ in enumerate(names))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>{title}</dc:title><dc:creator>Ada Lind</dc:creator><dc:language>en</dc:language>"
        f"<dc:source>{ADDRESS}</dc:source><dc:date>2024-03-05</dc:date></metadata>"
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'{items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    container = (
        '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    files = {
        "META-INF/container.xml": container,
        "OEBPS/book.opf": package,
        "OEBPS/nav.xhtml": "<html><body>Contents</body></html>",
    }
    files |= {
        f"OEBPS/text/{name}": f"<html><body>{body}</body></html>" for name, body in zip(names, chapters, strict=True)
    }
    return zipped({"mimetype": "application/epub+zip", **files})


def make_singlefile(files: dict[str, str] | None = None, *, before: bytes = b"", after: int = 0) -> bytes:
    """Save a page as SingleFile does in its self-extracting format: a page that waits, the ZIP in it, and its end.

    Args:
        files: What the ZIP holds.
        before: What else stands before the ZIP.
        after: How much the page adds after the ZIP to find its bytes again, in bytes.
    """
    if files is None:
        manifest = f'{{"originalUrl": "{ADDRESS}", "title": "The harbour", "resources": {{}}}}'
        files = {"manifest.json": manifest, "index.html": PAGE, "images/0.svg": "<svg></svg>"}
    head = b"<!doctype html><html><head><meta charset=utf-8><title>The harbour</title></head><body hidden>" + before
    wait = b"<p>Please wait...</p><script>unzip()</script><xmp id=sfz-data>"
    foot = b"</xmp><sfz-extra-data>" + b"A" * after + b"</sfz-extra-data></body></html>"
    return head + wait + zipped(files) + foot


def zipped(files: dict[str, str]) -> bytes:
    """Pack *files* in their order."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def lie(data: bytes, name: str, size: int = 1000) -> bytes:
    """Write a false size of a file into a ZIP's directory and its header."""
    lying = bytearray(data)
    for mark, length, start, place in ((b"PK\x01\x02", 28, 46, 24), (b"PK\x03\x04", 26, 30, 22)):
        at = lying.find(mark)
        while at >= 0:
            end = at + start + int.from_bytes(lying[at + length : at + length + 2], "little")
            if lying[at + start : end] == name.encode():
                lying[at + place : at + place + 4] = size.to_bytes(4, "little")
            at = lying.find(mark, at + 4)
    return bytes(lying)
