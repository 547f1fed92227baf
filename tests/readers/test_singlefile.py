from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen import read
from audiogen.errors import UnsupportedSourceError
from audiogen.readers import singlefile
from tests.readers.saved import ADDRESS, PAGE, TEXT, make_singlefile

if TYPE_CHECKING:
    from pathlib import Path

COPIES = {
    "as it is": make_singlefile(),
    "with other bytes before it": make_singlefile(before=bytes(range(128, 256)) * 20),
    "with more after it than a comment holds": make_singlefile(after=200_000),
    "an end within an end": make_singlefile() + b"<!-- the end -->",
}


@pytest.mark.parametrize("data", COPIES.values(), ids=COPIES)
def test_the_page_in_a_self_extracting_file_is_read(data: bytes) -> None:
    article = read(data)
    assert (article.title, article.url) == ("The harbour", ADDRESS)
    assert [block.text for block in article.blocks] == ["The harbour", TEXT]


def test_it_is_read_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "harbour.u.zip.html"
    path.write_bytes(make_singlefile())
    assert read(path).blocks[-1].text == TEXT


MANIFESTS = {
    "none": None,
    "no JSON": "{",
    "a list": "[]",
    "no address": '{"title": "The harbour"}',
    "an address that is none": '{"originalUrl": "javascript:x"}',
    "an address that is no text": '{"originalUrl": 5}',
    "endless": "[" * 100_000,
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_a_page_without_a_good_manifest_is_read_all_the_same(manifest: str | None) -> None:
    files = {"index.html": PAGE} | ({"manifest.json": manifest} if manifest else {})
    article = read(make_singlefile(files))
    assert (article.blocks[-1].text, article.url) == (TEXT, "")


def protected() -> bytes:
    """Give a file whose members say that they need a password."""
    data = bytearray(make_singlefile())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


BROKEN = {
    "a password": (protected(), "protected by a password"),
    "only a page that is called so elsewhere": (make_singlefile({"frames/0/index.html": PAGE}), "broken"),
    "bytes that are lost": (make_singlefile().replace(TEXT.encode()[:9], b""), "broken"),
    "bytes that are changed": (make_singlefile().replace(TEXT.encode()[:9], b"The docks"), "broken"),
}


@pytest.mark.parametrize(("data", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_opened_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedSourceError, match=reason):
        read(data)


def test_a_page_that_unpacks_to_more_than_a_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(singlefile, "LARGEST", 1000)
    with pytest.raises(UnsupportedSourceError, match="too large"):
        read(make_singlefile({"index.html": PAGE + " " * 1000}))
