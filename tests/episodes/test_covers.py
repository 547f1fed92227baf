"""The picture inside an episode: its own, the show's, or a drawn one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from audiogen.artwork import EPISODE_SIZE, draw
from audiogen.episodes.covers import episode_cover, saved_image
from audiogen.model import Article

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = Article(
    title="The ferry sails again", site="The Harbor Ledger", image="https://harborledger.example/img/lead.jpg"
)


def picture(path: Path, size: tuple[int, int] = (1600, 900), colour: object = (200, 30, 30), mode: str = "RGB") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, colour).save(path)  # type: ignore[arg-type]
    return path


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://harborledger.example/img/lead.jpg", "page_files/lead.jpg"),
        ("https://harborledger.example/img/lead.jpg?w=1200", "page_files/lead.jpg"),
        ("https://harborledger.example/img/the%20lead.jpg", "page_files/the lead.jpg"),
        ("page_files/lead.jpg", "page_files/lead.jpg"),
        ("./pictures/lead.jpg", "pictures/lead.jpg"),
        ("lead.jpg", "lead.jpg"),
    ],
)
def test_the_article_s_own_image_is_found_beside_its_page(address: str, place: str, tmp_path: Path) -> None:
    saved = picture(tmp_path / place)
    found = saved_image(address, tmp_path / "page.html")
    assert found is not None
    assert found.resolve() == saved.resolve()


@pytest.mark.parametrize(
    "address", ["../secret.jpg", "/etc/hostname", "file:///etc/hostname", "", "https://a.example/", ".."]
)
def test_no_address_leads_out_of_the_page_s_folder(address: str, tmp_path: Path) -> None:
    picture(tmp_path / "secret.jpg")
    (tmp_path / "pages").mkdir()
    assert saved_image(address, tmp_path / "pages" / "page.html") is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    picture(tmp_path / "secret.jpg")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "lead.jpg").symlink_to(tmp_path / "secret.jpg")
    assert saved_image("lead.jpg", tmp_path / "pages" / "page.html") is None


def test_the_own_image_goes_before_the_show_s(tmp_path: Path) -> None:
    picture(tmp_path / "page_files" / "lead.jpg", colour=(200, 30, 30))
    show = picture(tmp_path / "cover.png", colour=(30, 30, 200))
    red = opened(episode_cover(ARTICLE, tmp_path / "page.html", show)).getpixel((500, 500))
    blue = opened(episode_cover(ARTICLE, None, show)).getpixel((400, 400))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] > 150 > red[2]
    assert blue[2] > 150 > blue[0]


@pytest.mark.parametrize("size", [(1600, 900), (900, 1600), (3000, 3000), (4000, 400), (320, 640)])
def test_a_picture_is_cut_to_a_square_and_never_made_larger(size: tuple[int, int], tmp_path: Path) -> None:
    picture(tmp_path / "lead.jpg", size)
    image = opened(episode_cover(ARTICLE, tmp_path / "page.html"))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert image.size == (min(*size, EPISODE_SIZE),) * 2


@pytest.mark.parametrize("name", ["lead.png", "lead.gif", "lead.webp"])
def test_what_is_transparent_stands_on_white(name: str, tmp_path: Path) -> None:
    mode = "RGBA" if name != "lead.gif" else "RGB"
    picture(tmp_path / name, (800, 800), (0, 0, 0, 0) if mode == "RGBA" else (255, 255, 255), mode)
    article = Article(title="A title", image=name)
    pixel = opened(episode_cover(article, tmp_path / "page.html")).getpixel((400, 400))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


@pytest.mark.parametrize("content", ["a logo", "no picture", "nothing", "half a picture"])
def test_what_does_not_serve_is_passed_over(content: str, tmp_path: Path) -> None:
    path = tmp_path / "lead.jpg"
    if content == "a logo":
        picture(path, (120, 60))
    elif content == "no picture":
        path.write_text("<html>")
    elif content == "half a picture":
        path.write_bytes(picture(path).read_bytes()[:400])
    assert episode_cover(ARTICLE, tmp_path / "page.html") == draw(ARTICLE.title, ARTICLE.site, EPISODE_SIZE)


def test_a_cover_that_was_changed_is_read_again(tmp_path: Path) -> None:
    show = picture(tmp_path / "cover.png", colour=(30, 30, 200))
    before = episode_cover(ARTICLE, None, show)
    picture(show, colour=(200, 30, 30))
    import os

    os.utime(show, ns=(1, 1))
    assert episode_cover(ARTICLE, None, show) != before


def test_a_drawn_cover_is_small_enough_for_every_player() -> None:
    assert len(episode_cover(ARTICLE)) < 300_000
