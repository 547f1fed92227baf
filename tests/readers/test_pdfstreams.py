"""A PDF that unpacks to more than any page has is refused before it is opened."""

from __future__ import annotations

import base64
import zlib

import pytest

from audiogen.errors import UnsupportedSourceError
from audiogen.readers import pdfstreams, read
from audiogen.readers.pdfstreams import is_swollen

#: What the limit is set to in these tests, and what fits into it and does not.
LIMIT = 50_000
FITS, SWELLS = b" " * LIMIT, b" " * (LIMIT + 1)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfstreams, "LARGEST_STREAM", LIMIT)
    monkeypatch.setattr(pdfstreams, "LARGEST_TOGETHER", 3 * LIMIT)


def pdf(*streams: tuple[bytes, bytes]) -> bytes:
    """Write the streams, each with its dictionary, into a PDF; the first is its page's content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(
            b"<</Length %d %s>>stream\n%s\nendstream" % (len(content), dictionary, content)
            for dictionary, content in streams
        ),
    ]
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer<</Size %d/Root 1 0 R>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + head + tail


def flat(content: bytes) -> bytes:
    return zlib.compress(content, 9)


PACKINGS = {
    "flate": (b"/Filter/FlateDecode", flat),
    "flate by its short name": (b"/Filter [ /Fl ]", flat),
    "flate in flate": (b"/Filter[/FlateDecode /FlateDecode]", lambda content: flat(flat(content))),
    "flate in base 85": (b"/Filter [/A85/FlateDecode]", lambda content: base64.a85encode(flat(content)) + b"~>"),
    "flate in hexadecimal": (b"/Filter [/AHx /Fl]", lambda content: flat(content).hex().encode() + b">"),
    "not packed": (b"/Filter[]", bytes),
}  # fmt: skip


@pytest.mark.parametrize(("dictionary", "pack"), PACKINGS.values(), ids=PACKINGS)
def test_a_stream_is_measured_as_it_is_unpacked(dictionary: bytes, pack: object) -> None:
    assert callable(pack)
    assert not is_swollen(pdf((dictionary, pack(FITS))))
    assert is_swollen(pdf((dictionary, pack(SWELLS)))) == (b"[]" not in dictionary)


@pytest.mark.parametrize(("number", "swells"), [(3, False), (4, True)])
def test_all_streams_are_measured_together(number: int, swells: bool) -> None:
    assert is_swollen(pdf(*[(b"/Filter/FlateDecode", flat(FITS))] * number)) == swells


@pytest.mark.parametrize(
    "content",
    [
        (b"/Filter/FlateDecode", b"no flate"),
        (b"/Filter/ASCII85Decode", b"\xff\xff"),
        (b"/Filter/AHx", b"zz"),
        (b"/Filter/DCTDecode", SWELLS),
        (b"/Type/XObject/Subtype/Image/Filter/FlateDecode", flat(SWELLS)),
    ],
)
def test_pictures_and_what_is_broken_are_not_measured(content: tuple[bytes, bytes]) -> None:
    assert not is_swollen(pdf(content))


def test_a_swollen_pdf_is_refused_and_another_is_read() -> None:
    text = b"BT /F 12 Tf 10 700 Td (The harbour froze over night.) Tj ET\n"
    packed = (b"/Filter/FlateDecode", flat(text))
    assert read(pdf(packed)).text == "The harbour froze over night."
    with pytest.raises(UnsupportedSourceError, match="unpacks to more than any article has"):
        read(pdf((b"/Filter/FlateDecode", flat(text + SWELLS))))
