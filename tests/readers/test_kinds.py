"""What is no article is known by what it holds, and what may be one is never taken for something else."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from audiogen import read
from audiogen.errors import UnsupportedSourceError
from audiogen.readers.kinds import text_kind, unknown_kind

SENTENCE = "The harbour froze in the third week of January, and no ferry left it for nine days."


def packed(*names: str, mimetype: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(100)


BINARY = {
    "a spreadsheet": packed("[Content_Types].xml", "xl/workbook.xml"),
    "a presentation": packed("[Content_Types].xml", "ppt/presentation.xml"),
    "an OpenDocument text": packed(mimetype="application/vnd.oasis.opendocument.text"),
    "an old Word document": old_office("WordDocument"),
    "an Outlook message": old_office("__substg1.0_001A001F"),
    "an encrypted Office document": old_office("EncryptedPackage"),
    "a font": b"wOF2" + bytes(200),
    "a program": b"\x7fELF" + bytes(200),
    "a sound file": b"ID3\x04\x00\x00" + bytes(200),
    "a video": b"\x00\x00\x00\x18ftypmp42" + bytes(200),
    "a picture": b"GIF89a" + bytes(200),
    "a database": b"SQLite format 3\x00" + bytes(200),
    "an RTF document": b"{\\rtf1\\ansi The harbour froze.}",
    "a compressed file": b"\x1f\x8b\x08\x00" + bytes(200),
}
TEXTS = {
    "a list of numbers": "\n".join(f"{n * 7}.{n}" for n in range(40)),
    "encoded data": base64.encodebytes(bytes(range(256)) * 4).decode(),
    "a log": "\n".join(f"2024-01-12 10:00:{n:02} INFO Started the pump and opened valve {n}." for n in range(20)),
    "a table": "name,depth,tonnes\n" + "\n".join(f"Quay {n},{n},{n * 100}" for n in range(12)),
    "source code or settings": "import os\n\n\ndef main(path):\n"
    "    for name in os.listdir(path):\n        print(name)\n"
    "        total = count(name)\n    return total\n\n\nif __name__ == '__main__':\n    main('.')\n",
    "subtitles": "WEBVTT\n\n00:01.000 --> 00:02.000\nThe harbour froze.",
    "a key or a certificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "a feed": '<?xml version="1.0"?><rss version="2.0"><channel><title>Ice</title></channel></rss>',
    "a calendar": "BEGIN:VCALENDAR\nSUMMARY:The harbour froze in the third week.\nEND:VCALENDAR",
}
ARTICLES = {
    "a sentence": SENTENCE,
    "a few words": "Buy bread and candles",
    "verses": "Ice on the quay,\nice on the sea,\nand nobody left\nto wait here with me.\n" * 3,
    "a table in an article": f"{SENTENCE}\n{SENTENCE}\nQuay,1,2\nQuay,2,3\nQuay,3,4\nQuay,4,5\n",
    "code in an article": f"{SENTENCE}\n\ndef main():\n    return 1\n\n{SENTENCE}\n",
    "minutes of a talk": f"10:32 Ruth: {SENTENCE}\n10:33 Tom: It did, and nobody was glad of it.\n" * 3,
    "figures and one sentence": "1 2 3\n" * 30 + SENTENCE,
    "Chinese": "港口在一月的第三周结冰了，九天没有渡船离开。",
    "a list of names": "Ruth Okafor\nTom Lee\nAda Lind\nMira Tolland\nJan Novak\nOlha Petrenko\n",
    "a recipe": "2 eggs\n100 g flour\n1 pinch of salt\nStir the eggs and the flour until no lumps are left.\n",
}


@pytest.mark.parametrize(("kind", "data"), BINARY.items(), ids=BINARY)
def test_a_file_is_refused_by_what_it_is_and_not_by_its_name(kind: str, data: bytes) -> None:
    with pytest.raises(UnsupportedSourceError, match=f"is {kind}"):
        read(data)


@pytest.mark.parametrize(("kind", "text"), TEXTS.items(), ids=TEXTS)
def test_a_text_that_nobody_reads_aloud_is_refused_by_its_kind(kind: str, text: str) -> None:
    with pytest.raises(UnsupportedSourceError, match=f"is {kind}; "):
        read(text.encode())


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_what_may_be_an_article_is_read(text: str) -> None:
    assert text_kind(text) is None
    assert read(text.encode()).blocks


NAMED = {
    "a table of sentences": (f'title,text\nIce,"{SENTENCE}"\nSnow,"{SENTENCE}"\n', ".csv", "a table"),
    "a text with that name": (f"{SENTENCE}\n{SENTENCE} It did.\n", ".csv", ""),
    "code with comments": (
        f"# {SENTENCE}\nimport os\nx = 3\ny = f(x)\nprint(x)\nfor a in x:\n    print(a, x, y)\n    call(a, x)\n" * 2
        + "z = call(x, y)\n" * 10,
        ".py",
        "source code or settings",
    ),
    "a text with the name of code": (f"{SENTENCE}\n" * 6, ".py", ""),
}


@pytest.mark.parametrize(("text", "suffix", "kind"), NAMED.values(), ids=NAMED)
def test_a_name_breaks_a_tie_and_no_more(text: str, suffix: str, kind: str) -> None:
    found = text_kind(text, suffix)
    assert (found.name if found else "") == kind


@pytest.mark.parametrize(
    ("suffix", "message"),
    [(".pdf", "no PDF, or a damaged one"), (".docx", "no Word document, or a damaged one"), (".bin", "a binary file")],
)
def test_what_is_no_known_kind_is_told_by_what_it_was_meant_for(suffix: str, message: str) -> None:
    assert unknown_kind(suffix).name == message
