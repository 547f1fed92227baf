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


FRENCH = "Le port était gelé, et les ferries ne sont pas partis de la semaine, à cause d’un hiver très dur."
SPANISH = "El puerto estaba helado, y los barcos no salieron en una semana por culpa del frío de enero, señor."
CZECH = "Přístav byl zamrzlý a trajekt týden nevyplul, ale už je to pryč, a lidé jsou rádi, že se dostali domů."
GREEK = "Το λιμάνι ήταν παγωμένο και το πλοίο δεν έφυγε για μια εβδομάδα, αλλά τώρα τελείωσε."
TURKISH = "Liman donmuştu ve feribot bir hafta boyunca kalkmadı, ama bu sona erdi ve herkes için iyi bir gün oldu."
NAMES = {
    "windows-1252": ("windows-1252", "cp1252", FRENCH),
    "Latin 1": ("ISO-8859-1", "latin-1", SPANISH),
    "Latin 2": ("iso-8859-2", "iso-8859-2", CZECH),
    "Latin 5": ("iso-8859-9", "cp1254", TURKISH),
    "Latin 9": ("iso-8859-15", "iso-8859-15", "Das kostet 5 € und ist für die Bäckerin nicht teuer."),
    "windows-1250": ("windows-1250", "cp1250", POLISH),
    "windows-1251": ("Windows-1251", "cp1251", RUSSIAN),
    "windows-1253": ("windows-1253", "cp1253", GREEK),
    "KOI8-R": ("KOI8-R", "koi8-r", RUSSIAN),
    "KOI8-U": ("koi8-u", "koi8-u", UKRAINIAN),
    "Shift JIS": ("Shift_JIS", "cp932", JAPANESE),
    "x-sjis": ("x-sjis", "cp932", JAPANESE),
    "EUC-JP": ("euc-jp", "euc-jp", JAPANESE),
    "GB 2312": ("gb2312", "gb18030", CHINESE),
    "GBK": ("GBK", "gb18030", CHINESE),
    "EUC-KR": ("euc-kr", "cp949", KOREAN),
    "KS C 5601": ("ks_c_5601-1987", "cp949", KOREAN),
    "Macintosh": ("macintosh", "mac-roman", FRENCH),
}


@pytest.mark.parametrize(("declared", "codec", "text"), NAMES.values(), ids=NAMES)
def test_a_page_is_read_by_the_name_it_gives(declared: str, codec: str, text: str) -> None:
    page = f'<meta charset="{declared}"><p>{text}</p>'
    assert decode(page.encode(codec)) == page


def test_japanese_in_escapes_is_read_by_its_name() -> None:
    page = f'<meta charset="iso-2022-jp"><p>{JAPANESE}</p>'
    assert decode(page.encode("iso-2022-jp")) == page


LIES = {
    "UTF-8 that is Windows's": ("utf-8", "cp1252", GERMAN),
    "UTF-8 that is Cyrillic": ("UTF-8", "cp1251", UKRAINIAN),
    "UTF-16 that is Windows's": ("utf-16", "cp1252", GERMAN),
    "a codec of Python's": ("hex", "cp1252", GERMAN),
    "one that always fails": ("undefined", "cp1252", GERMAN),
    "one that runs escapes": ("unicode_escape", "cp1252", GERMAN),
    "a name that nobody knows": ("x-harbour", "cp1251", UKRAINIAN),
    "nothing": ("", "cp1251", UKRAINIAN),
}


@pytest.mark.parametrize(("declared", "codec", "text"), LIES.values(), ids=LIES)
def test_a_name_that_cannot_be_right_is_passed_over(declared: str, codec: str, text: str) -> None:
    assert text in decode(f'<meta charset="{declared}"><p>{text} {text}</p>'.encode(codec))


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("text", [ENGLISH, GERMAN, POLISH], ids=["English", "German", "Polish"])
def test_wide_letters_are_known_by_their_mark_or_their_zeros(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text


def test_zeros_strewn_over_a_text_do_not_make_it_wide() -> None:
    assert decode(b"The harbour\0 froze\0 in January\0 and\0 thawed.").replace("\0", "").startswith("The harbour froze")
