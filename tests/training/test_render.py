"""Pages rendered as captures, in the ways programs copy them."""

from __future__ import annotations

import pytest

from training.render import STYLES, Style, capture_lines

BY_NAME = {style.name: style for style in STYLES}
PAGE = """<html><head><title>no</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tides">Tides</a><ul><li>Ebb</li></ul></li></ul></nav>
<article><h1>The <em>frozen</em> harbour</h1>
<p>It froze in <a href="/january">January</a>.<br>No ferry left.</p>
<figure><img src="q.jpg" alt="The east quay"><figcaption>The quay in ice</figcaption></figure>
<ol><li>Flour</li><li>Fuel</li></ol>
<form><input type="email" placeholder="Your address"><input type="hidden" value="7"><button>Join</button></form>
<div style="display: none">Hidden</div><script>var no = 1</script>
<table><tr><td>Ice</td><td>20 cm</td></tr></table>
</article></body></html>"""


def texts(page: str, style: str = "converter") -> list[str]:
    """Render *page* and give its lines."""
    return capture_lines(page, BY_NAME[style])


def test_a_block_is_a_line_and_words_within_it_stay_together() -> None:
    assert texts(PAGE) == [
        "* Home", "* Tides", "+ Ebb", "The frozen harbour", "It froze in January.", "No ferry left.",
        "The quay in ice", "1. Flour", "2. Fuel", "Join", "Ice 20 cm",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("In <a href='/'>January</a>, and later", "In January, and later"),
        ("(<a href='/'>the quay</a>)", "(the quay)"),
        ("<b>T</b>he harbour", "The harbour"),
        ("20 cm<sup>2</sup>", "20 cm2"),
        ("<span>Ada Lind</span><span>Editor</span>", "Ada Lind Editor"),
        ("<a href='/'>Home</a><a href='/'>Tides</a>", "Home Tides"),
        ("<button>Join</button><button>Leave</button>", "Join Leave"),
        ("ice <em>and</em> <a href='/'>quays</a>", "ice and quays"),
    ],
)
def test_words_are_parted_where_browsers_part_them(markup: str, text: str) -> None:
    assert texts(f"<body><p>{markup}</p></body>") == [text]


@pytest.mark.parametrize(
    ("style", "bullets", "number"),
    [
        ("converter", ["* Home", "+ Ebb"], "1. Flour"),
        ("firefox", ["* Home", "* Ebb"], "1. Flour"),
        ("safari", ["• Home", "◦ Ebb"], "1. Flour"),
        ("chromium", ["Home", "Ebb"], "Flour"),
        ("w3m", ["• Home", "◦ Ebb"], "1. Flour"),
    ],
)
def test_lists_are_marked_as_the_program_marks_them(style: str, bullets: list[str], number: str) -> None:
    found = texts(PAGE, style)
    assert [found[0], found[2], number] == [*bullets, number]
    assert number in found


@pytest.mark.parametrize(
    ("style", "expected"), [("lynx", "[The east quay]"), ("reading list", "The east quay"), ("w3m", "[The east quay]")]
)
def test_pictures_are_told_by_their_alternative_texts(style: str, expected: str) -> None:
    assert expected in texts(PAGE, style)
    assert not any("east quay" in line for line in texts(PAGE, "chromium"))


def test_a_picture_without_text_leaves_no_line() -> None:
    assert texts("<body><p>One</p><img src='x'><p>Two</p></body>", "lynx") == ["One", "Two"]


def test_lynx_numbers_its_links() -> None:
    assert "It froze in [3]January." in texts(PAGE, "lynx")


def test_fields_show_what_they_ask_for_and_hidden_ones_nothing() -> None:
    assert "[Your address] Join" in texts(PAGE, "w3m")
    assert not any("7" in line for line in texts(PAGE, "w3m"))


@pytest.mark.parametrize("style", [style.name for style in STYLES])
def test_what_is_not_shown_is_in_no_style(style: str) -> None:
    rendered = " ".join(texts(PAGE, style))
    assert "Hidden" not in rendered
    assert "var no" not in rendered


@pytest.mark.parametrize(
    "markup",
    ["<li>bare item", "<p>unclosed <b>bold", "<div><div><div>deep</div>", "<ul></ul><p>x", "<td>cell"],
)
def test_broken_markup_is_rendered_all_the_same(markup: str) -> None:
    assert texts(f"<body>{markup}</body>")


def test_bytes_are_read_by_the_charset_they_declare() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Порт замёрз</p></body></html>'
    assert capture_lines(page.encode("cp1251")) == ["Порт замёрз"]


def test_styles_differ_and_most_pages_have_the_plainest() -> None:
    assert STYLES.count(Style("converter")) > 1
    assert len({texts(PAGE, name)[0] + " ".join(texts(PAGE, name)) for name in BY_NAME}) == len(BY_NAME)
