"""Every form of document goes the whole way to an MP3, and what is none ends with a sentence and no file."""

from __future__ import annotations

import json
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from tests.cli.pages import SENTENCES
from tests.readers.printed import HEADLINE, make_docx, make_pdf, paragraph, set_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CHEAPLY = ("--voice", "tone", "--quality", "small", "--no-cache")


def make_mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Quay Letters <a@quay.example>", "b@quay.example", "The lock opens"
    mail["Date"], mail["Message-ID"] = "Wed, 24 Jan 2024 07:00:00 +0100", "<1@quay.example>"
    mail.set_content("\n\n".join(SENTENCES))
    mail.add_alternative("".join(f"<p>{sentence}</p>" for sentence in SENTENCES), subtype="html", cte="base64")
    return mail.as_bytes()


def make_json() -> bytes:
    return json.dumps({"title": "The lock opens", "blocks": list(SENTENCES)}).encode()


def make_word() -> bytes:
    return make_docx(paragraph("The lock opens", "Title") + "".join(map(paragraph, SENTENCES)))


def make_page() -> bytes:
    return make_pdf([set_text("The lock opens", HEADLINE), *map(set_text, SENTENCES)])


FORMS = {"letter.eml": make_mail, "article.json": make_json, "article.docx": make_word, "article.pdf": make_page}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_becomes_an_mp3(audiogen: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FORMS[name]())
    done = audiogen("narrate", name, *CHEAPLY, "--json")
    assert done.returncode == 0, done.stderr
    manifest = json.loads(done.stdout)
    written = [line["written"] for line in manifest["script"]]
    assert written == ["The lock opens", *SENTENCES, "This audio is created with AI assistance."]
    assert len(list(tmp_path.glob("*.mp3"))) == 1


REFUSED = {
    "page.html": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "junk.pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 4, "PDF"),
    "article.txt": (b'{"name": "audiogen", "version": 3}', "JSON"),
    "notes.txt": (b"PK\x03\x04" + bytes(26) + b"xl/workbook.xml" + bytes(100), "a spreadsheet"),
    "article.md": (b"\x00\x01\x00\x00\x00\x0c" + bytes(100), "a font"),
    "numbers.txt": (b"3.5 4.1 9\n" * 40, "a list of numbers"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_article_is_refused_by_its_kind_and_leaves_no_file(audiogen: Run, tmp_path: Path, name: str) -> None:
    data, kind = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    done = audiogen("narrate", name, *CHEAPLY)
    assert done.returncode == 1
    assert kind in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [name]
