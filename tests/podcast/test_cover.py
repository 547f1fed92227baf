"""Cover art is held to Apple's rules where there is one, and drawn where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from audiogen.errors import SettingsError
from audiogen.podcast.cover import cover_files
from tests.podcast.libraries import SHOW

if TYPE_CHECKING:
    from pathlib import Path


def paint(path: Path, size: tuple[int, int] = (1400, 1400), mode: str = "RGB", kind: str = "JPEG") -> None:
    Image.new(mode, size).save(path, kind)


def test_a_good_cover_is_taken_with_a_small_one_for_the_pages(tmp_path: Path) -> None:
    paint(tmp_path / "cover.jpg")
    path, files = cover_files(tmp_path, replace(SHOW, cover="cover.jpg"))
    assert path == "cover.jpg"
    assert list(files) == ["assets/cover-small.jpg"]


@pytest.mark.parametrize(
    ("name", "size", "mode", "kind", "says"),
    [
        ("cover.jpg", (1400, 1500), "RGB", "JPEG", "must be square"),
        ("cover.jpg", (1399, 1399), "RGB", "JPEG", "1400 to 3000"),
        ("cover.jpg", (3001, 3001), "RGB", "JPEG", "1400 to 3000"),
        ("cover.png", (1400, 1400), "RGBA", "PNG", "RGB without transparency"),
        ("cover.jpg", (1400, 1400), "CMYK", "JPEG", "RGB without transparency"),
        ("cover.jpg", (1400, 1400), "RGB", "PNG", "is a PNG named .jpg"),
        ("cover.gif", (1400, 1400), "P", "GIF", "must be a .jpg or .png"),
    ],
)
def test_a_cover_that_directories_refuse_is_refused(
    tmp_path: Path, name: str, size: tuple[int, int], mode: str, kind: str, says: str
) -> None:
    paint(tmp_path / name, size, mode, kind)
    with pytest.raises(SettingsError, match=says) as caught:
        cover_files(tmp_path, replace(SHOW, cover=name))
    assert caught.value.subject == "show.cover"


@pytest.mark.parametrize(
    ("cover", "says"),
    [("none.jpg", "is not there"), ("../cover.jpg", "inside the library"), ("text.jpg", "no picture")],
)
def test_what_is_no_cover_is_said_so(tmp_path: Path, cover: str, says: str) -> None:
    (tmp_path / "text.jpg").write_text("not a picture")
    with pytest.raises(SettingsError, match=says):
        cover_files(tmp_path, replace(SHOW, cover=cover))


def test_a_drawn_cover_is_named_by_its_words_and_drawn_once(tmp_path: Path) -> None:
    path, files = cover_files(tmp_path, SHOW)
    other, _ = cover_files(tmp_path, replace(SHOW, title="Another"))
    assert path != other
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with Image.open(tmp_path / path) as image:
        assert (image.size, image.mode, image.format) == ((3000, 3000), "RGB", "JPEG")
    (tmp_path / path).write_bytes(b"kept as it is")
    assert cover_files(tmp_path, SHOW)[1][path] == b"kept as it is"
