from __future__ import annotations

import json

import pytest

from audiogen.readers.authors import Authors, find_authors, letters
from audiogen.readers.jsonld import json_ld, main_thing
from audiogen.readers.tree import parse


def find(head: str = "", body: str = "", outlet: tuple[str, ...] = ("Quay Post",)) -> Authors:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    things = list(json_ld(root))
    return find_authors(root, main_thing(things), things, outlet)


def ld(author: object) -> str:
    value = {"@type": "NewsArticle", "author": author}
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def meta(name: str, content: str) -> str:
    return f"<meta name='{name}' content='{content}'>"


SPOKEN = {
    "two people in one name": (ld(person("Ana Ruiz og Tom Lee")), ("Ana Ruiz", "Tom Lee")),
    "an agency that is called a person": (ld(person("dpa")), ("dpa",)),
    "an agency beside people": (ld([person("Reuters"), person("Ana Ruiz")]), ("Reuters", "Ana Ruiz")),
    "an outlet and an agency": (ld(person("Quay Post et AFP")), ("Quay Post et AFP",)),
    "a team beside people": (ld([person("Ana Ruiz"), person("Gear Team")]), ("Ana Ruiz", "Gear Team")),
    "the outlet's team beside people": (ld([person("Ana Ruiz"), person("Quay Post Team")]), ("Ana Ruiz",)),
    "a firm beside people": (ld([person("Ana Ruiz"), {"@type": "Organization", "name": "Quay"}]), ("Ana Ruiz",)),
    "a person's university": (meta("author", "Ana Ruiz, Quay University"), ("Ana Ruiz",)),
    "a person before an outlet": (ld([person("Ana Ruiz"), person("Quay Post")]), ("Ana Ruiz",)),
    "the outlet behind a name": (ld(person("Ana Ruiz Quaypost")), ("Ana Ruiz",)),
    "a tag where JSON-LD knows the outlet alone": (ld(person("Quay Post")) + meta("author", "Ana Ruiz"), ("Ana Ruiz",)),
    "the first tag that names somebody": (
        meta("author", "Ana Ruiz") + meta("parsely-author", "ana-ruiz"),
        ("Ana Ruiz",),
    ),
    "several tags of a name": (
        meta("citation_author", "Ruiz, Ana") + meta("citation_author", "Lee, Tom"),
        ("Ana Ruiz", "Tom Lee"),
    ),
    "an outlet and its place": (meta("author", "quaypost.info, Frankfurt, Germany"), ()),
    "a label": (meta("twitter:label1", "Written by") + meta("twitter:data1", "Ana Ruiz"), ("Ana Ruiz",)),
    "another label": (meta("twitter:label1", "Price") + meta("twitter:data1", "Ana Ruiz"), ()),
}


@pytest.mark.parametrize(("head", "expected"), SPOKEN.values(), ids=SPOKEN)
def test_machines_are_told_people_and_agencies(head: str, expected: tuple[str, ...]) -> None:
    assert find(head).declared == expected


GROUPS = {
    "the staff": (ld(person("QP Staff")), ("QP Staff",)),
    "an organisation": (ld({"@type": "Organization", "name": "Harbour Union"}), ("Harbour Union",)),
    "the outlet": (ld({"@type": "NewsMediaOrganization", "name": "Quay Post"}), ("Quay Post",)),
    "nobody": (ld(person("admin")), ()),
}


@pytest.mark.parametrize(("head", "groups"), GROUPS.values(), ids=GROUPS)
def test_a_group_is_kept_apart_from_people(head: str, groups: tuple[str, ...]) -> None:
    assert find(head) == Authors(groups=groups)


HEAD = "<h1>The harbour clock is right again</h1>"
ANA, TOM = "<a rel='author' href='#'>Ana Ruiz</a>", "<a rel='author' href='#'>Tom Lee</a>"
MARKED = {
    "a name": (HEAD + ANA, ("Ana Ruiz",)),
    "names side by side": (f"{HEAD}<div><p>{ANA}</p><p>{TOM}</p></div>", ("Ana Ruiz", "Tom Lee")),
    "another article's further down": (
        f"{HEAD}<div>{ANA}</div><p>{'The clock is right. ' * 30}</p><div>{TOM}</div>",
        ("Ana Ruiz",),
    ),
    "another article's over the headline": (f"<div>{TOM}</div>{HEAD}<div>{ANA}</div>", ("Ana Ruiz",)),
    "a teaser's": (f"{HEAD}<ul class='related'><li>{TOM}</li></ul>", ()),
    "a picture's": (f"{HEAD}<figure><span itemprop='author'>Tom Lee</span></figure>", ()),
    "a thing's that is a picture": (
        f"{HEAD}<div itemscope itemtype='https://schema.org/ImageObject'><b itemprop='author'>Tom Lee</b></div>",
        (),
    ),
    "a comment's": (f"{HEAD}<div class='comment-list'><b itemprop='author'>Tom Lee</b></div>", ()),
}


@pytest.mark.parametrize(("body", "expected"), MARKED.values(), ids=MARKED)
def test_the_marked_name_that_is_nearest_to_the_headline_is_the_authors(body: str, expected: tuple[str, ...]) -> None:
    assert find("", body).declared == expected


def test_a_byline_that_names_more_people_than_machines_are_told_is_the_whole_one() -> None:
    both = f"{HEAD}<div>{TOM}{ANA}</div>"
    assert find(ld(person("Ana Ruiz")), both).declared == ("Tom Lee", "Ana Ruiz")
    assert find(ld(person("Mai Ito")), both).declared == ("Mai Ito",)


BYLINES = {
    "under the headline before those over it": (
        f"<p class='byline'>By Tom Lee</p>{HEAD}<p class='byline'>By Ana Ruiz</p>",
        ("Ana Ruiz",),
        (),
    ),
    "links": (f"{HEAD}<p class='byline'><a>Ana Ruiz</a> <a>Tom Lee</a></p>", ("Ana Ruiz", "Tom Lee"), ()),
    "a page about somebody": (f"{HEAD}<a href='/authors/ana'>Ana Ruiz</a>", ("Ana Ruiz",), ()),
    "a teaser's": (f"{HEAD}<div class='teaser'><p class='byline'>By Tom Lee</p></div>", (), ()),
    "the staff's": (f"{HEAD}<p class='byline'>By Quay Staff</p>", (), ("Quay Staff",)),
}


@pytest.mark.parametrize(("body", "people", "groups"), BYLINES.values(), ids=BYLINES)
def test_bylines_are_looked_for_where_nobody_is_said(
    body: str, people: tuple[str, ...], groups: tuple[str, ...]
) -> None:
    assert find("", body) == Authors(bylines=people, groups=groups)
    assert find(ld(person("Mai Ito")), body).declared == ("Mai Ito",)


def test_names_are_compared_by_their_letters() -> None:
    assert letters("The Quay-Post") == letters("thequaypost")
    assert letters("Quay Post") != letters("Quay Past")
