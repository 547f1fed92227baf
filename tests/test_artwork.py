"""Pictures are drawn by the rules of the directories, whatever the words."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from audiogen.artwork import EPISODE_SIZE, SHOW_SIZE, draw


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
