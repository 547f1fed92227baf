"""Scans and photographed pages: read with the extra `ocr`, and refused by what they are without it."""

from __future__ import annotations

import io
from importlib.util import find_spec

import pytest

from audiogen import clean, read
from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.readers import ocr
from tests.readers.printed import draw, make_scan

LINES = [
    "Nine days of ice", "", "The harbour froze in the third week of January, and no", "ferry left it for nine days.",
    "",
    "Über die Brücke gingen größere Möwen als sonst, sagte der", "Bäcker, und niemand lachte.",
]  # fmt: skip
needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra ocr is not installed")


def png() -> bytes:
    held = io.BytesIO()
    draw(LINES).save(held, "PNG")
    return held.getvalue()


@pytest.mark.slow
@needs_ocr
@pytest.mark.parametrize("make", [png, lambda: make_scan(draw(LINES))], ids=["a picture", "a scan"])
def test_a_page_that_is_a_picture_is_read(make: object) -> None:
    article = clean(read(make()))  # type: ignore[operator]
    assert article.title == "Nine days of ice"
    assert [block.text for block in article.blocks] == [f"{LINES[2]} {LINES[3]}", f"{LINES[5]} {LINES[6]}"]


@pytest.mark.slow
@needs_ocr
def test_a_picture_without_text_is_empty() -> None:
    held = io.BytesIO()
    draw([""]).save(held, "JPEG")
    with pytest.raises(EmptyArticleError):
        read(held.getvalue())


@pytest.mark.parametrize(
    ("make", "word"),
    [(png, "is a picture"), (lambda: make_scan(draw(LINES)), "is a scan")],
    ids=["a picture", "a scan"],
)
def test_without_the_extra_it_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, make: object, word: str
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(UnsupportedSourceError, match=rf"{word}; to read it: `.*install .*ocr.*`\."):
        read(make())  # type: ignore[operator]


def test_a_broken_picture_is_refused_with_that_word() -> None:
    with pytest.raises(UnsupportedSourceError, match="is a picture, and broken"):
        read(png()[:60])
