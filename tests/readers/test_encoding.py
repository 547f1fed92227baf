"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.readers.encoding import decode, guess

UKRAINIAN = "Порт замерз, і пороми не виходили в море цілий тиждень. Мешканці чекали на хліб, який везли здалеку."
RUSSIAN = "Порт замёрз, и паромы не выходили в море целую неделю. Жители ждали хлеба, который везли издалека."
GERMAN = "Der Hafen war zugefroren, und die Fähren fuhren für eine Woche nicht. Die Bäckerin übte Geduld."
POLISH = "Port zamarzł i promy nie wypływały przez tydzień. Mieszkańcy czekali na chleb, który się nie zjawiał."
ENGLISH = "The port’s café was “frozen” — and the ferries did not leave for a week."
JAPANESE = "港は凍り、フェリーは一週間出なかった。人々はパンを待っていた。"
CHINESE = "港口结冰了，渡轮一个星期都没有离开。人们在等面包，这是不好的。"
KOREAN = "항구가 얼어서 페리가 일주일 동안 떠나지 않았다. 사람들은 빵을 기다렸다."
UNDECLARED = [
    (UKRAINIAN, ("cp1251", "koi8-u", "utf-16", "utf-16-le", "utf-16-be")),
    (RUSSIAN, ("cp1251", "koi8-r", "cp866")),
    (GERMAN, ("cp1252",)),
    (POLISH, ("cp1250", "iso-8859-2")),
    (ENGLISH, ("cp1252", "utf-8-sig", "utf-32")),
    (JAPANESE, ("cp932",)),
    (CHINESE, ("gb18030",)),
    (KOREAN, ("cp949",)),
]


@pytest.mark.parametrize(("text", "names"), UNDECLARED)
def test_an_undeclared_encoding_is_known_by_its_language(text: str, names: tuple[str, ...]) -> None:
    for name in names:
        assert decode(text.encode(name)) == text, name


@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta charset="windows-1251"></head><body>Порт</body></html>',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Порт</p>',
        "<?xml version='1.0' encoding='windows-1251'?><html><body>Порт</body></html>",
    ],
    ids=["meta charset", "http-equiv", "xml"],
)
def test_a_declared_encoding_is_taken(page: str) -> None:
    assert decode(page.encode("cp1251")) == page


def test_a_declared_encoding_gives_way_to_bytes_that_are_plainly_utf_8() -> None:
    page = '<meta charset="iso-8859-1"><p>Порт замерз</p>'
    assert decode(page.encode()) == page


def test_latin_1_means_windows_1252_as_browsers_have_it() -> None:
    assert decode('<meta charset="iso-8859-1"><p>“ice”</p>'.encode("cp1252")).endswith("<p>“ice”</p>")


def test_an_unknown_name_is_no_reason_to_fail() -> None:
    assert "Fähren" in decode(b'<meta charset="x-nonsense"><p>' + GERMAN.encode("cp1252"))


def test_a_broken_byte_does_not_make_utf_8_anything_else() -> None:
    broken = UKRAINIAN.encode() + b"\xff" + UKRAINIAN.encode()
    assert guess(broken) == "utf-8"
    assert decode(broken).count(UKRAINIAN) == 2


def test_a_header_outside_of_the_document_counts_first() -> None:
    assert decode("Порт".encode("koi8-u"), "koi8-u") == "Порт"


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange_to_become_text(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.text(max_size=200).filter(lambda text: "\x00" not in text and not text.startswith("\ufeff")))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode("utf-8", "replace")) == text.encode("utf-8", "replace").decode()
