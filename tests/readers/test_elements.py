from __future__ import annotations

import pytest
from lxml import html

from audiogen.readers.elements import (
    POST_PARAGRAPHS,
    is_centred,
    is_code,
    is_concealed,
    is_data_table,
    is_embed,
    is_internal,
    segment,
)

OWN = {
    "relative": ("/a", True),
    "beside": ("a.html", True),
    "a query": ("?page=2", True),
    "same": ("https://www.post.example/a", True),
    "same without its scheme": ("//post.example/a", True),
    "capitals": ("HTTPS://POST.example/a", True),
    "white space": ("  /a\n", True),
    "other": ("https://a.example", False),
    "other without its scheme": ("//a.example/post.example", False),
    "anchor": ("#a", False),
    "mail": ("mailto:ana@post.example", False),
    "telephone": ("tel:+4912345", False),
    "a script": ("javascript:void(0)", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("address", "own"), OWN.values(), ids=OWN)
def test_a_link_to_the_pages_own_site_is_known(address: str, own: bool) -> None:
    assert is_internal(address, "post.example") is own


def test_without_a_host_only_relative_links_are_own() -> None:
    assert is_internal("/a", "")
    assert not is_internal("https://post.example/a", "")


SEGMENTS = {
    "bare": ("p", {}, "p"),
    "a class": ("p", {"class": "lead"}, "p.lead"),
    "classes": ("p", {"class": " lead\n big "}, "p.lead.big"),
    "an id": ("div", {"id": "main story"}, "div#main-story"),
    "a role": ("div", {"role": "complementary"}, "div@complementary"),
    "microdata": ("span", {"itemprop": "author"}, "span@author"),
    "a role before microdata": ("div", {"role": "main", "itemprop": "articleBody"}, "div@main"),
    "all": ("div", {"class": "a b", "id": "c", "role": "main"}, "div.a.b#c@main"),
    "an exclamation mark": ("b", {"class": "md:!hidden"}, "b.md:!hidden"),
    "empty values": ("p", {"class": "", "id": "", "role": ""}, "p"),
    "other attributes": ("p", {"style": "x", "data-a": "b"}, "p"),
}


@pytest.mark.parametrize(("tag", "attributes", "expected"), SEGMENTS.values(), ids=SEGMENTS)
def test_an_element_is_a_step_of_a_path(tag: str, attributes: dict[str, str], expected: str) -> None:
    assert segment(tag, attributes) == expected


def test_a_step_stays_bounded() -> None:
    endless = {"class": "x " * 9000, "id": "y" * 9000, "role": "z" * 9000}
    assert len(segment("p", endless)) < 300


CONCEALED = {
    "the attribute": ({"hidden": ""}, True),
    "the attribute with its name": ({"hidden": "hidden"}, True),
    "until it is found": ({"hidden": "until-found"}, False),
    "display": ({"style": "color: red; DISPLAY : none"}, True),
    "visibility": ({"style": "visibility:hidden"}, True),
    "another style": ({"style": "display: block"}, False),
    "a class of that name": ({"class": "hidden md:!hidden"}, False),
    "nothing": ({}, False),
}


@pytest.mark.parametrize(("attributes", "concealed"), CONCEALED.values(), ids=CONCEALED)
def test_only_its_own_attributes_hide_an_element(attributes: dict[str, str], concealed: bool) -> None:
    assert is_concealed(attributes) is concealed


@pytest.mark.parametrize(
    "attributes", [{"style": "text-align:center"}, {"align": "center"}, {"class": "has-text-center"}]
)
def test_what_is_set_in_the_middle_is_known(attributes: dict[str, str]) -> None:
    assert is_centred(attributes)
    assert not is_centred(dict.fromkeys(attributes, "left"))


@pytest.mark.parametrize("classes", ["twitter-tweet", "a instagram-media b", "bluesky-embed", "fb-post"])
def test_the_classes_of_embedded_posts_are_known(classes: str) -> None:
    assert is_embed(html.fromstring("<div><p>So late.</p></div>"), classes)


@pytest.mark.parametrize("classes", ["", "tweet", "media-instagram", "wp-block-embed"])
def test_other_classes_are_no_post(classes: str) -> None:
    assert not is_embed(html.fromstring("<div><p>So late.</p></div>"), classes)


@pytest.mark.parametrize(("count", "is_post"), [(POST_PARAGRAPHS, True), (POST_PARAGRAPHS + 1, False)])
def test_what_has_more_paragraphs_than_a_post_is_none(count: int, is_post: bool) -> None:
    assert is_embed(html.fromstring(f"<div>{'<p>So late.</p>' * count}</div>"), "instagram-media") is is_post


CODE = {
    "its markup": ("<pre><code>go home</code></pre>", True),
    "its class": ("<pre class='highlight'>go home</pre>", True),
    "its signs": ("<pre>if (a < b) { return a[0]; }</pre>", True),
    "a poem": ("<pre>The tide comes in\n  and goes\nas it has always gone.</pre>", False),
    "nothing": ("<pre></pre>", False),
}


@pytest.mark.parametrize(("markup", "code"), CODE.values(), ids=CODE)
def test_code_is_told_from_preformatted_prose(markup: str, code: bool) -> None:
    assert is_code(html.fromstring(markup)) is code


ROW = "<tr><td>Tide</td><td>4.1 m</td></tr>"
TABLES = {
    "two rows and columns": (f"<table>{ROW}{ROW}</table>", True),
    "with a head": (f"<table><thead><tr><th>What</th><th>How high</th></tr></thead><tbody>{ROW}</tbody></table>", True),
    "one row": (f"<table>{ROW}</table>", False),
    "one column": (
        "<table><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
        False,
    ),
    "by its role": (f"<table role='presentation'>{ROW}{ROW}</table>", False),
    "a table inside": (f"<table><tr><td><table>{ROW}{ROW}</table></td><td>b</td></tr>{ROW}</table>", False),
    "an article inside": (f"<table>{ROW}<tr><td><article>a</article></td><td>b</td></tr></table>", False),
    "long prose in a cell": (f"<table>{ROW}<tr><td>{'tide ' * 130}</td><td>b</td></tr></table>", False),
}


@pytest.mark.parametrize(("markup", "data"), TABLES.values(), ids=TABLES)
def test_a_table_of_data_is_told_from_one_of_layout(markup: str, data: bool) -> None:
    assert is_data_table(html.fromstring(markup)) is data
