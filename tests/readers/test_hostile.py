"""Broken and hostile documents: an article or a clear refusal, within bounds of time and memory, and never a crash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections import Counter
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen import read
from audiogen.errors import AudiogenError, EmptyArticleError, UnsupportedSourceError
from audiogen.readers import document, html, markdown, mhtml
from audiogen.readers.formats import detect_format
from audiogen.readers.html import read_html
from audiogen.readers.tree import parse
from tests.readers.printed import make_docx, paragraph
from tests.readers.saved import PAGE, TEXT, lie, make_epub, make_mhtml, make_webarchive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
SURVIVED: dict[str, str | bytes] = {
    "unclosed tags": f"<div><p>{TEXT}<li><b><i><table><td>",
    "nested divs": "<div>" * 20_000 + f"<p>{TEXT}",
    "nested tables": "<table><tr><td>" * 5_000 + f"<p>{TEXT}",
    "nested quotes and lists": "<blockquote><ul><li>" * 3_000 + f"<p>{TEXT}",
    "closing tags alone": "<html><body>" + "</div></p></table>" * 5_000 + f"<p>{TEXT}",
    "tiny elements": "<html><body>" + "<b></b>" * 10_000 + f"<p>{TEXT}",
    "a huge attribute": f"<html><body><p class='{'x ' * 300_000}'>{TEXT}",
    "tags of 15,000 attributes": "<html><body>"
    + f"<p title='>' {' '.join(f'a{n}={n}' for n in range(15_000))}></p>" * 30 + f"<p>{TEXT}",
    "a number of 5,000 digits in front matter": f"---\ntitle: {'9' * 5000}\npages: 0x{'f' * 9000}\n---\n{TEXT}",
    "front matter in base 60": f"---\ntitle: 1{':59' * 9000}\nrating: 1{':59' * 400}.5\n---\n{TEXT}",
    "deep TOML": f"+++\na = {'[' * 20_000}{']' * 20_000}\n+++\n{TEXT}",
    "a hexadecimal title": f"+++\ntitle = 0x{'f' * 9000}\n+++\n{TEXT}",
    "a huge style": f"<html><body><p style='{'display ' * 50_000}'>{TEXT}",
    "a huge link": f"<html><body><p><a href='{'/a' * 200_000}'>{TEXT}</a>",
    "an endless comment": f"<html><body><p>{TEXT}</p><!-- " + "x" * 100_000,
    "comments that open comments": f"<html><body><p>{TEXT}</p>" + "<!--" * 50_000,
    "half tags": f"<html><body><p>{TEXT}</p>" + "<a " * 20_000,
    "half ends": f"<html><body><p>{TEXT}</p>" + "</body " * 20_000,
    "ends full of blanks": f"<html><body><p>{TEXT}</p>" + ("</body" + " " * 2_000) * 50,
    "null bytes": f"<html><body><p>{TEXT}</p>".encode().replace(b"e", b"e\0"),
    "controls": f"<html><body><p>\x01\x02{TEXT}\x1f\x7f</p>",
    "no characters": f"<html><body><p>{TEXT}</p>\ufffe\uffff</body></html>",
    "entities that laugh": f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>'
    f"<html><body><p>&m;</p><p>{TEXT}</p></body></html>",
    "an entity of a file": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<html><body><p>&x;</p><p>{TEXT}</p></body></html>",
    "a page that reloads for ever": "<html><head>"
    + "<meta http-equiv='refresh' content='0; url=?again'>" * 50
    + f"</head><body><p>{TEXT}</p></body></html>",
    "pictures written in": f"<html><body><p>{TEXT}</p><img src='data:image/png;base64,{'A' * 400_000}'>",
    "pictures half written in": f"<html><body><p>{TEXT}</p>" + "data:x," * 20_000,
    "deep JSON-LD": "<html><head><script type='application/ld+json'>"
    + '{"a":' * 20_000
    + f"</script></head><body><p>{TEXT}",
    "endless JSON-LD": "<html><head><script type='application/ld+json'>"
    + json.dumps([{"@type": "Article", "headline": "x", "author": [{"name": "y"}] * 50}] * 500)
    + f"</script></head><body><p>{TEXT}",
    "JSON-LD that refers to itself": "<html><head><script type='application/ld+json'>"
    + json.dumps({"@type": "Article", "@id": "#a", "author": {"@id": "#a"}, "publisher": {"@id": "#a"}})
    + f"</script></head><body><p>{TEXT}",
    "a wrong charset": f"<meta charset=utf-16><p>{TEXT}</p>".encode(),
    "a charset that is none of text": b"<html><meta charset=hex><body><p>\xff " + TEXT.encode(),
    "a charset that always fails": b"<html><meta charset=undefined><body><p>\xff " + TEXT.encode(),
    "a charset that runs escapes": b"<html><meta charset=unicode_escape><body><p>\xff \\N{BULLET} " + TEXT.encode(),
    "front matter without an end": b"---\n" + b"a: b\n" * 2_000 + TEXT.encode(),
    "front matter that multiplies": "---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 14))
    + f"title: *a13\nauthor: *a13\ntags: *a13\n---\n{TEXT}",
    "deep front matter": "---\ntitle: " + "[" * 50_000 + f"\n---\n{TEXT}",
    "brackets": "# Ice\n\n[a](/b)\n\n" + "[" * 20_000 + f"\n\n{TEXT}",
    "brackets with words": "# Ice\n\n[a](/b)\n\n" + "[a " * 3_000 + f"\n\n{TEXT}",
    "comments in a note": f"---\ntitle: Ice\n---\n{TEXT}\n\n" + "<!--" * 20_000,
    "quotes in quotes": f"---\ntitle: Ice\n---\n{TEXT}\n\n" + ">" * 5_000 + " x",
}  # fmt: skip


@pytest.mark.parametrize("document", SURVIVED.values(), ids=SURVIVED)
def test_a_hostile_document_keeps_its_article(document: str | bytes) -> None:
    article = read(document)
    shown = " ".join(block.text for block in article.blocks)
    assert TEXT[:40] in shown
    assert "root:" not in shown
    assert len(shown) < 2 * len(document) + 1000


def zip_bomb(names: int, size: int) -> bytes:
    """Pack an EPUB whose chapters are of one letter, thousands of times as large as they are packed."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(make_epub([f"<p>{TEXT}</p>"]))) as book, zipfile.ZipFile(packed, "w") as bomb:
        for item in book.infolist():
            bomb.writestr(item.filename, book.read(item))
        for number in range(names):
            bomb.writestr(f"{number}.xhtml", b"x" * size, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


#: What is large is made when its test runs.
REFUSED: dict[str, tuple[str | bytes | Callable[[], bytes], str]] = {
    "tags without number": ("<html><body>" + "<i>" * 300_001, "300,002|300,003 tags"),
    "characters without number": ("<html><body><p>" + "x" * 10_000_001, "no article is that long"),
    "a text without end": ("word " * 2_000_001, "larger than 10 MB"),
    "a note without end": ("---\na: b\n---\n" + "word " * 200_001, "longer than any article"),
    "a note of lines": ("---\na: b\n---\n" + "- x\n" * 20_001, "longer than any article"),
    "a message of parts": (
        b"Content-Type: multipart/related; boundary=b\n\n" + b"--b\nContent-Type: image/png\n\nx\n" * 10_001,
        "10,000 parts",
    ),
    "a message in messages": (
        b"Content-Type: multipart/related; boundary=b0\n\n"
        + b"".join(
            b"--b%d\nContent-Type: multipart/related; boundary=b%d\n\n" % (depth, depth + 1) for depth in range(60)
        ),
        "too deep",
    ),
    "a web archive that laughs": (
        b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaaaaaaaa">' + LAUGHS.encode()
        + b"]><plist><dict><key>WebMainResource</key><string>&m;</string></dict></plist>",
        "broken",
    ),
    "a web archive of depth": (
        b"<?xml version='1.0'?><plist><dict><key>WebMainResource</key>" + b"<array>" * 20_000,
        "broken",
    ),
    "an EPUB of 10,001 files": (lambda: zip_bomb(10_001, 1), "10,000 files"),
    "an EPUB of 301 chapters": (lambda: make_epub([f"<p>{TEXT}</p>"] * 301), "book of 301 chapters"),
    "an EPUB of long chapters": (lambda: make_epub([f"<p>{TEXT * 40}</p>"] * 5), "book of more than 4 chapters"),
    "a binary web archive of depth": (
        # A list that is its own only item.
        b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xa1\x02\x08\x0b\x1d" + bytes(6) + b"\x01\x01"
        + (3).to_bytes(8, "big") + bytes(8) + (31).to_bytes(8, "big"),
        "broken",
    ),
    "an EPUB that swells": (lambda: zip_bomb(7, 10_000_000), "too large"),
    "an EPUB whose sizes lie": (
        zip_bomb(1, 1000).replace(b"\xe8\x03\x00\x00", b"\xe8\xff\xff\xff"), "too large|broken",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("document", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_no_article_is_is_refused_with_a_sentence(
    document: str | bytes | Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(UnsupportedSourceError, match=sentence) as refusal:
        read(document() if callable(document) else document)
    assert len(str(refusal.value)) < 300


def test_an_article_of_four_long_chapters_and_many_short_ones_is_read() -> None:
    assert len(read(make_epub([f"<p>{TEXT * 40}</p>"] * 4 + [f"<p>{TEXT}</p>"] * 296)).blocks) == 300


@pytest.mark.parametrize(("number", "kept"), [(499, True), (501, False)])
@pytest.mark.parametrize("form", ["a{}={}", "a{}", "a{}='>'", 'a{}="x<y"', "a{} = /{}"])
def test_an_element_has_500_attributes_and_no_more(form: str, number: int, kept: bool) -> None:
    given = " ".join(form.format(place, place) for place in range(number))
    document = f"<html><body><!-- <p {given * 3}> --><script>if (a<b '</script><p {given}>{TEXT}</p></body></html>"
    root = parse(document)
    assert root is not None
    assert [bool(element.attrib) for element in root.iter("p")] == [kept]


def test_front_matter_is_read_as_it_is_written() -> None:
    fields = "title: 1:20:30\nauthor: Yes\nsite: 1.10\npublished: 2024-02-03\nupdated: 2024-02-30\nlang: null"
    article = read(f"---\n{fields}\n---\n{TEXT}")
    assert (article.title, article.site, str(article.published)) == ("1:20:30", "1.10", "2024-02-03")


def test_a_chapter_that_a_spine_repeats_is_read_once() -> None:
    book = make_epub([f"<p>{TEXT}</p>"])
    with zipfile.ZipFile(BytesIO(book)) as archive:
        files = {item.filename: archive.read(item) for item in archive.infolist()}
    files["OEBPS/book.opf"] = files["OEBPS/book.opf"].replace(b'<itemref idref="c0"/>', b'<itemref idref="c0"/>' * 5000)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    assert [block.text for block in read(packed.getvalue()).blocks] == [TEXT]


def test_the_limits_stand_well_over_what_pages_have() -> None:
    assert document.LARGEST >= document.LARGEST_TEXT >= html.LONGEST
    assert html.MOST_TAGS >= 100_000
    assert (markdown.LONGEST >= 1_000_000, mhtml.MOST_PARTS >= 5_000) == (True, True)


FRAGMENTS = {
    "divs that are never closed": "<div>" * 6_000 + TEXT,
    "tables": "<table><tr><td>" * 3_000 + TEXT,
    "an attribute longer than what is looked at": f"<p class='{'x ' * 20_000}'>{TEXT}",
    "one element": f"<article id='a'>{TEXT}",
}


@pytest.mark.parametrize("document", FRAGMENTS.values(), ids=FRAGMENTS)
def test_a_fragment_that_is_never_closed_is_a_page(document: str) -> None:
    assert detect_format(document.encode()) == "html"


@pytest.mark.parametrize("text", ["<p> begins a paragraph.", "Write <div> first.\n<div>", "<3 is a heart = love"])
def test_a_text_about_tags_is_no_page(text: str) -> None:
    assert detect_format(text.encode()) == "text"


WORDS = st.text("abcdefghijklmnopqrstuvwxyzäéїж", min_size=1, max_size=8)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
INLINE = st.sampled_from(["b", "i", "a", "span", "em", "code", "q", "x-y"])
BLOCK = st.sampled_from(["p", "div", "li", "ul", "section", "h2", "blockquote", "td", "tr", "table", "figure", "x-z"])


def _element(tags: st.SearchStrategy[str]) -> Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]:
    def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.tuples(tags, st.lists(inner, max_size=3)).map(lambda p: f"<{p[0]}>{' '.join(p[1])}</{p[0]}>")

    return wrapped


TREES = st.recursive(st.recursive(SENTENCES, _element(INLINE), max_leaves=4), _element(BLOCK), max_leaves=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=4))
def test_every_word_of_a_page_is_in_one_block(parts: list[str]) -> None:
    body = "".join(f"<div>{part}</div>" for part in parts)
    written = Counter(re.sub(r"<[^<>]*>", " ", body).split())
    try:
        article = read_html(f"<html><body>{body}</body></html>")
    except EmptyArticleError:
        assert not written
        return
    assert Counter(word for block in article.blocks for word in block.text.split()) == written


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_page_that_was_torn_ends_in_an_article_or_a_refusal(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from([PAGE.encode(), make_mhtml(), make_webarchive(binary=False)]))
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(page))), data.draw(st.integers(0, 30))
        torn = data.draw(
            st.sampled_from([b"", b"<", b">", b"\0", b"&", b'"', b"</", b"<!--", b"]]>", b"\xff\xfe", b"=\n"])
        )
        page = page[:at] + torn * data.draw(st.integers(1, 3)) + page[at + length :]
    with suppress(AudiogenError):
        assert all(block.text == " ".join(block.text.split()) != "" for block in read(page).blocks)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_in_a_paragraph_is_read_or_refused(text: str) -> None:
    try:
        assert read(f"<html><body><p>{text}</p><p>{TEXT}</p></body></html>").blocks
    except UnsupportedSourceError as error:
        pytest.fail(str(error))


#: Formats that are ZIPs, and a file of each that is read.
PACKED = {
    "EPUB": (make_epub([f"<p>{TEXT}</p>"]), "OEBPS/text/chapter-0.xhtml"),
    "Word": (make_docx(paragraph(TEXT)), "word/document.xml"),
}
LARGE = 80_000_000


def swollen(data: bytes, name: str, packed: int) -> bytes:
    """Pack a file's content of 80 MB into a ZIP, which says that it is of a kilobyte."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(held, "w") as bomb:
        for item in whole.infolist():
            if item.filename == name:
                bomb.writestr(name, b" " * LARGE, packed)
            else:
                bomb.writestr(item, whole.read(item))
    return lie(held.getvalue(), name)


@pytest.mark.slow
@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2], ids=["deflate", "bzip2"])
@pytest.mark.parametrize(("data", "name"), PACKED.values(), ids=PACKED)
def test_a_file_whose_size_is_a_lie_is_not_unpacked(data: bytes, name: str, packed: int) -> None:
    bomb = swollen(data, name, packed)
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(UnsupportedSourceError, match="broken"):
            read(bomb)
        assert tracemalloc.get_traced_memory()[1] < LARGE / 4
    finally:
        tracemalloc.stop()


MEASURE = """
import sys
from pathlib import Path
import audiogen
from tests.memory import peak
try:
    audiogen.read(Path(sys.argv[1]))
    print("read")
except audiogen.AudiogenError as error:
    print(type(error).__name__)
print(peak())
"""
#: What a page begins with, what it repeats and how often, how it ends, and the most memory it may take, in MB.
ENORMOUS = {
    "200 MB on one line": (b"<html><body><p>", b"word ", 40_000_000, "UnsupportedSourceError", 60),
    "60 MB on one line": (b"<html><body><p>", b"word ", 12_000_000, "UnsupportedSourceError", 300),
    "9 MB on one line": (b"<html><body><p>", b"word ", 1_800_000, "read", 600),
    "100,000 nested divs": (b"<html><body><p>x</p>", b"<div>", 100_000, "read", 200),
    "a million tiny elements": (b"<html><body>", b"<b>x</b>", 1_000_000, "UnsupportedSourceError", 120),
    "as many elements as are read": (b"<html><body>", b"<b>x</b> ", 149_000, "read", 400),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="resource is of Unix")
@pytest.mark.parametrize(("start", "again", "times", "end", "megabytes"), ENORMOUS.values(), ids=ENORMOUS)
def test_memory_stays_bounded(start: bytes, again: bytes, times: int, end: str, megabytes: int, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        file.write(start)
        for _ in range(100):
            file.write(again * (times // 100))
    output = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True, timeout=300
    ).stdout.split()
    assert output[0] == end
    assert int(output[1]) < megabytes * 1000
