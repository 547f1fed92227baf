"""Pictures are drawn by the rules of the directories, whatever the words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from audiogen import artwork
from audiogen.artwork import _GROUNDS, EPISODE_SIZE, SHOW_SIZE, _font, _lighten, _to_drawable, _wrap, draw

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw as Pen


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_cover_is_a_square_jpeg_in_rgb_at_72_dots_an_inch() -> None:
    image = opened(draw("The Reach, Read Aloud", "The Reach"))
    assert (image.format, image.mode, image.size, image.info["dpi"]) == (
        "JPEG",
        "RGB",
        (SHOW_SIZE, SHOW_SIZE),
        (72, 72),
    )


def test_the_same_words_give_the_same_picture_and_other_words_another() -> None:
    first = draw("One", size=300)
    assert draw("One", size=300) == first
    assert draw("Two", size=300) != first
    assert draw("One", "Maker", size=300) != first


def test_shows_are_told_apart_by_their_grounds() -> None:
    corners = {opened(draw(f"Show {number}", size=60)).getpixel((59, 59)) for number in range(40)}
    assert len(corners) >= len(_GROUNDS) - 1


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", _GROUNDS)
def test_words_stand_out_from_every_ground_and_its_bars(ground: str) -> None:
    """WCAG 2.2 asks for 7 to 1 at its highest level; large words do with 4.5, which they have even on a bar."""
    assert 1.05 / (luminance(ground) + 0.05) >= 7
    assert 1.05 / (luminance(_lighten(ground, 0.24)) + 0.05) >= 4.5


@pytest.mark.parametrize(
    "words",
    ["", "Річка вголос", "نهر الأخبار", "日本の新聞", "x" * 2000, "word " * 500, "\x00\n\t", "😀"],
    ids=["nothing", "Cyrillic", "Arabic", "Japanese", "one long word", "many words", "controls", "emoji"],
)
def test_any_words_can_be_drawn(words: str) -> None:
    assert opened(draw(words, words, EPISODE_SIZE)).size == (EPISODE_SIZE, EPISODE_SIZE)


def test_the_lowest_fifth_is_left_free() -> None:
    image = opened(draw("word " * 200, "maker " * 50, 1000))
    ground = image.getpixel((999, 999))
    assert isinstance(ground, tuple)
    lowest = image.crop((0, 860, 1000, 1000)).getextrema()
    assert all(high - low < 8 for low, high in lowest)  # type: ignore[misc]  # three bands, each a pair


@pytest.mark.parametrize("words", ["W" * 40, "Wide words " * 30, "A"], ids=["one word", "many", "a letter"])
def test_words_keep_off_the_margins(words: str) -> None:
    """Apps round the corners of covers: a twelfth on either side is free of ink, which is white."""
    image = opened(draw(words, "The Harbor Ledger", 600)).convert("L")
    for edge in ((0, 0, 46, 600), (556, 0, 600, 600), (0, 0, 600, 44)):
        assert max(image.crop(edge).tobytes()) < 200
    assert max(image.tobytes()) > 230, "there is ink"


@pytest.fixture
def pen() -> Pen:
    return ImageDraw.Draw(Image.new("RGB", (400, 400)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "word",
        "some words that take more than a line",
        "x" * 90,
        "short " + "y" * 60 + " short",
        " spaces  between ",
    ],
    ids=["nothing", "a word", "lines", "a long word", "one among others", "spaces"],
)
def test_lines_fit_and_lose_no_letter(text: str, pen: Pen) -> None:
    font = _font("", 20)
    lines = _wrap(pen, text, font, 200)
    assert all(pen.textlength(line, font=font) <= 200 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_letter_wider_than_the_room_stands_alone(pen: Pen) -> None:
    assert _wrap(pen, "WWW", _font("", 40), 5) == ["W", "W", "W"]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("The Reach", "The Reach"),
        ("  two \n lines ", "two lines"),
        ("Łódź — “déjà vu” … 5 €", "Łódź — “déjà vu” … 5 €"),
        ("日本", "RiBen"),
        ("", ""),
        ("\u200b\u200b", "Podcast"),
    ],
)
def test_letters_that_no_font_has_are_put_in_latin(text: str, drawn: str) -> None:
    found, font = _to_drawable(text)
    assert (found.replace(" ", "") if text == "日本" else found) == drawn
    assert font == ""


def test_cyrillic_is_drawn_where_a_font_has_it_and_put_in_latin_where_none_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artwork, "_wide_font", lambda: "Some Font.ttf")
    assert _to_drawable("Річка") == ("Річка", "Some Font.ttf")
    monkeypatch.setattr(artwork, "_wide_font", lambda: "")
    assert _to_drawable("Річка") == ("Richka", "")


def test_a_picture_without_a_maker_has_its_name_alone() -> None:
    """Where there is no maker its line is free."""
    image = opened(draw("Name", size=600)).convert("L")
    assert max(image.crop((50, 50, 550, 95)).tobytes()) < 200
    image = opened(draw("Name", "Maker", size=600)).convert("L")
    assert max(image.crop((50, 50, 550, 95)).tobytes()) > 200


def test_where_there_is_no_name_the_maker_stands_for_it() -> None:
    image = opened(draw("", "The Harbor Ledger", 600)).convert("L")
    assert max(image.crop((50, 120, 550, 300)).tobytes()) > 230
