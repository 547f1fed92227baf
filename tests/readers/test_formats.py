"""Which form a document has, by its bytes."""

from __future__ import annotations

import pytest

from audiogen.readers.encoding import unmarked_utf16
from audiogen.readers.formats import detect_format
from audiogen.readers.kinds import binary_kind
from tests.readers.saved import PAGE, TEXT, make_epub, make_mhtml, make_singlefile, make_webarchive, zipped

FORMS = {
    "a page": (PAGE.encode(), "", "html"),
    "a page in UTF-16": (PAGE.encode("utf-16"), "", "html"),
    "a page without a head": (f"<div><p>{TEXT}</p></div>".encode(), "", "html"),
    "a page under a comment": (f"<!-- saved from url=(0019)https://example.org -->\n{PAGE}".encode(), "", "html"),
    "a page as XML": (f'<?xml version="1.0"?><html xmlns="x"><p>{TEXT}</p></html>'.encode(), "", "html"),
    "a page called .txt": (PAGE.encode(), "page.txt", "html"),
    "a fragment called .html": (f"<p>{TEXT}".encode(), "page.html", "html"),
    "text": (TEXT.encode(), "", "text"),
    "text with a sign": (b"Prices fell by 3 < 4 percent, and rates rose > 2.", "", "text"),
    "text that names a tag": (b"Put <p> before it.\nThen go on.", "", "text"),
    "a text strewn with two tags": (b"<div><p>Ice</div>\n" + b"It froze.\n\n" * 40, "", "text"),
    "a page of long paragraphs": (b"<div><p>Ice</div>\n" + b"It froze.\n\n" * 39, "", "html"),
    "a page of few tags by its name": (b"<div><p>Ice</div>\n" + b"It froze.\n\n" * 40, "ice.html", "html"),
    "text in UTF-16": ("Порт замерз, і пороми не виходили в море.".encode("utf-16-le"), "", "text"),
    "text with a stray zero": (TEXT.encode() + b"\x00" + TEXT.encode(), "", "text"),
    "a note by its name": (TEXT.encode(), "note.md", "markdown"),
    "a note by its front matter": (b"---\ntitle: Ice\ntags:\n  - port\n---\nText.", "", "markdown"),
    "a note by TOML": (b'+++\ntitle = "Ice"\n+++\nText.', "", "markdown"),
    "a note by headings and links": (b"# Ice\n\nIt [froze](https://example.org) at night.\n", "", "markdown"),
    "a note with a tag in it": (b"# Ice\n\n<div>It [froze](/x)</div>\n\n<p>x</p>", "ice.md", "markdown"),
    "a rule in a text": (b"One paragraph.\n\n---\n\nAnother one.", "", "text"),
    "MHTML": (make_mhtml(), "", "mhtml"),
    "a web archive": (make_webarchive(), "", "webarchive"),
    "a web archive in XML": (make_webarchive(binary=False), "", "webarchive"),
    "SingleFile's page that is a ZIP": (make_singlefile(), "harbour.zip.html", "singlefile"),
    "a page with another ZIP in it": (make_singlefile({"a.txt": "x"}), "", "html"),
    "a page that speaks of ZIPs": (PAGE.encode() + b"PK\x05\x06", "", "html"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "page.html", "pdf"),
    "a PDF under blank lines": (b"\r\n  %PDF-1.7\n", "", "pdf"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "page.html", "picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "", "picture"),
    "a WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "picture"),
    "a Word document": (zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}), "notes.txt", "docx"),
    "a mail": (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Ice\r\n\r\nIt froze.", "", "mail"),
    "a mail that is called one": (b"Subject: Ice\n\nIt froze.", "ice.eml", "mail"),
    "a text with labels": (b"Subject: Ice\n\nIt froze.", "ice.txt", "text"),
    "a mail of Apple's": (b"312  \nFrom: a@b\nTo: c@d\nDate: x\n\nIt froze.", "1.emlx", "mail"),
    "a newsletter of one part with pictures": (
        b"From: a@b\nTo: c@d\nSubject: x\nContent-Type: multipart/related; boundary=b\n\n--b\n", "", "mail"),
    "an article as JSON": (b'{"title": "Ice", "text": "It froze."}', "", "json"),
    "a list as JSON": (b'\xef\xbb\xbf [\n {\n"a": 1', "", "json"),
    "a text in brackets": (b"[Music] The harbour froze, and no ferry left it.", "", "text"),
    "a note that begins with a link to a day": (b"[[2024-01-01]] The harbour froze.", "day.md", "markdown"),
    "a text that begins with one": (b"[[2024-01-01]] The harbour froze, and no ferry left it.", "", "text"),
    "a list of texts as JSON": (b'["a", "b"]', "", "json"),
    "JSON that is cut off": (b'[{"title": "Ice", "te', "", "json"),
    "a text in braces": (b"{Ice} was what the sign said.", "", "text"),
    "an EPUB": (make_epub([f"<p>{TEXT}</p>"]), "", "epub"),
}  # fmt: skip
FOREIGN = {
    "HEIC": (b"\x00\x00\x00\x18ftypheic", "a picture"),
    "MP3": (b"ID3\x04\x00", "a sound file"),
    "WAV": (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a sound file"),
    "MP4": (b"\x00\x00\x00\x18ftypmp42", "a video"),
    "gzip": (b"\x1f\x8b\x08\x00", "a compressed file"),
    "ZIP": (zipped({"a.txt": "x"}), "a ZIP archive"),
    "TAR": (b"a.txt".ljust(257, b"\x00") + b"ustar\x00", "a TAR archive"),
}


@pytest.mark.parametrize(("data", "name", "form"), FORMS.values(), ids=FORMS)
def test_a_form_is_known_by_its_bytes(data: bytes, name: str, form: str) -> None:
    assert detect_format(data, name) == form


@pytest.mark.parametrize(("data", "kind"), FOREIGN.values(), ids=FOREIGN)
def test_what_holds_no_page_is_known_by_its_kind(data: bytes, kind: str) -> None:
    found = binary_kind(data)
    assert found
    assert found.name == kind
    assert detect_format(data, "page.html") == ""


def test_a_program_is_no_text() -> None:
    assert detect_format(bytes(range(256)) * 20) == ""


UKRAINIAN = "Порт замерз, і пороми не виходили в море."
WORDS = "The harbour froze over night, and no ferry left."
ZEROS = {
    "ten bytes with zeros": (bytes([1, 0, 2, 0, 3, 0, 65, 0, 66, 0]), ""),
    "letters and controls": (b"A\0B\0C\0\xff\x01\x02\0", ""),
    "ten bytes with a mark of UTF-16": (b"\xff\xfe" + bytes([1, 0, 2, 0, 3, 0, 65, 0, 66, 0]), ""),
    "numbers of two bytes": (b"".join((37 * n % 60_000).to_bytes(2, "little") for n in range(100)), ""),
    "a letter in UTF-16": ("I".encode("utf-16"), "text"),
    "a short text in UTF-16": ("No ferry.".encode("utf-16-le"), "text"),
    "Cyrillic in UTF-16": (UKRAINIAN.encode("utf-16-be"), "text"),
    "Cyrillic with a mark": (UKRAINIAN.encode("utf-16"), "text"),
    "Chinese in UTF-16 with a mark": ("港口结冰了。".encode("utf-16"), "text"),
    "text in UTF-32": (WORDS.encode("utf-32"), "text"),
    "a text with one zero": (WORDS.replace(" ", "\0", 1).encode(), "text"),
    "a text with a zero in each eight bytes": (b"harbour\0" * 20, ""),
}


@pytest.mark.parametrize(("data", "form"), ZEROS.values(), ids=ZEROS)
def test_bytes_with_zeros_are_a_text_only_where_they_read_as_one(data: bytes, form: str) -> None:
    assert detect_format(data, "note.txt") == form


def test_a_zero_in_plain_ascii_turns_no_letter_into_another() -> None:
    assert unmarked_utf16(WORDS.replace(" ", "\0", 2).encode()) == ""
    assert unmarked_utf16(WORDS.encode("utf-16-le")) == "utf-16-le"
    assert unmarked_utf16(UKRAINIAN.encode("utf-16-be")) == "utf-16-be"
