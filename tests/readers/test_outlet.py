from __future__ import annotations

import json

import pytest

from audiogen.readers.jsonld import json_ld, main_thing
from audiogen.readers.outlet import Outlet, find_outlet, site_of
from audiogen.readers.tree import parse

URL = "https://www.quaypost.example/harbour/clock"


def find(head: str = "", body: str = "", url: str = URL) -> Outlet:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    meta = {e.get("property") or e.get("name") or "": e.get("content") or "" for e in root.iter("meta")}
    things = list(json_ld(root))
    return find_outlet(root, meta, main_thing(things), things, url)


def ld(value: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def title(text: str) -> str:
    return f"<title>{text}</title>"


NAMES = {
    "a tag": ("<meta property='og:site_name' content='The Quay Post'>" + title("Clock - Harbour"), "", "The Quay Post"),
    "the publisher": (ld({"@type": "NewsArticle", "publisher": {"name": "The Quay Post"}}), "", "The Quay Post"),
    "the website": (ld({"@type": "WebSite", "name": "The Quay Post"}), "", "The Quay Post"),
    "the application": ("<meta name='application-name' content='Quay Post'>", "", "Quay Post"),
    "an address is no name": ("<meta property='og:site_name' content='https://quay.example'>", "", ""),
    "a motto": (
        "<meta property='og:site_name' content='Quay Post - News of the harbour since 1911'>",
        "",
        "Quay Post",
    ),
    "a short name with a border": ("<meta property='og:site_name' content='Quay - Post'>", "", "Quay - Post"),
    "the title's tail": (title("The clock is right - Quay Post"), "", "Quay Post"),
    "behind a bar": (title("The clock is right | Harbour | The Quay Post"), "", "The Quay Post"),
    "before the headline": (title("Quay Post » The clock is right"), "", "Quay Post"),
    "a section at the tail": (title("The clock is right - Harbour"), "", ""),
    "a headline that has the outlet's name in it": (title("Quay Post"), "", ""),
    "the logo": ("", "<img class='logo' alt='Quay Post logo'>", "Quay Post"),
    "another's logo": ("", "<img class='logo' alt='Gull Radio'>", ""),
    "a picture": ("", "<img class='lead' alt='Quay Post'>", ""),
    "the link home": ("", "<a href='/'>The Quay Post The Quay Post</a>", "The Quay Post"),
    "the word home": ("", "<a href='/'>Home</a>", ""),
    "nothing": ("", "", ""),
}


@pytest.mark.parametrize(("head", "body", "name"), NAMES.values(), ids=NAMES)
def test_the_outlet_is_called_what_the_page_and_its_address_agree_on(head: str, body: str, name: str) -> None:
    assert find(head, body).name == name


SHORTENED = {
    "some letters": ("The New Harbour Times", "https://nhtimes.example/a", "The New Harbour Times"),
    "first letters": ("Harbour Clock Society", "https://hcs.example/a", "Harbour Clock Society"),
    "letters of something else": ("Gulls and Boats", "https://nhtimes.example/a", ""),
    "two letters": ("Gull Radio", "https://gr.example/a", ""),
}


@pytest.mark.parametrize(("tail", "url", "name"), SHORTENED.values(), ids=SHORTENED)
def test_a_host_may_shorten_the_name(tail: str, url: str, name: str) -> None:
    assert find(title(f"The clock is right | {tail}"), url=url).name == name


def test_without_an_address_the_title_and_the_logo_agree() -> None:
    head = title("The clock is right - Quay Post")
    assert find(head, "<img class='logo' alt='Quay Post'>", url="").name == "Quay Post"
    assert find(head, url="").name == ""


def test_all_names_of_the_outlet_are_known() -> None:
    head = "<meta property='og:site_name' content='The Quay Post'>" + ld({"@type": "WebSite", "name": "QP"})
    assert find(head).aliases == ("The Quay Post", "QP", "quaypost.example", "quaypost")


HOSTS = {
    "www": ("https://www.example.org/a", "example.org"),
    "a mobile page": ("http://m.example.org", "example.org"),
    "a country's ending": ("https://www.quay.co.uk/a", "quay.co.uk"),
    "a port": ("https://quay.example:8080/a", "quay.example"),
    "a short host": ("https://m.example", "m.example"),
    "a number": ("http://127.0.0.1/a", ""),
    "this machine": ("http://localhost/a", ""),
    "a file": ("file:///home/quay.html", ""),
    "none": ("", ""),
    "nonsense": ("https://[", ""),
}


@pytest.mark.parametrize(("url", "name"), HOSTS.values(), ids=HOSTS)
def test_a_site_is_told_by_its_host(url: str, name: str) -> None:
    assert site_of(url) == name
