from __future__ import annotations

import json
from typing import Any

import pytest

from audiogen.readers.jsonld import json_ld, main_thing, names_of, text_of, type_of
from audiogen.readers.tree import parse


def things(*scripts: str, kind: str = "application/ld+json") -> list[dict[str, Any]]:
    marked = "".join(f"<script type='{kind}'>{script}</script>" for script in scripts)
    root = parse(f"<html><head>{marked}</head><body><p>x</p></body></html>")
    assert root is not None
    return list(json_ld(root))


ARTICLE = {"@type": "Article", "headline": "Ice"}
WRAPPED = {
    "bare": json.dumps(ARTICLE),
    "in a list": json.dumps([ARTICLE]),
    "in a graph": json.dumps({"@graph": [ARTICLE]}),
    "as the main entity": json.dumps({"mainEntity": ARTICLE}),
    "in a comment of HTML": f"<!-- {json.dumps(ARTICLE)} -->",
    "with a semicolon": f"{json.dumps(ARTICLE)};",
    "with a line break in a text": '{"@type": "Article", "headline": "Ice", "x": "one\ntwo"}',
}


@pytest.mark.parametrize("script", WRAPPED.values(), ids=WRAPPED)
def test_a_thing_is_found_however_it_is_wrapped(script: str) -> None:
    assert [thing["headline"] for thing in things(script)] == ["Ice"]


def test_the_type_of_the_script_may_say_more() -> None:
    assert things(json.dumps(ARTICLE), kind="application/LD+JSON; charset=utf-8")
    assert not things(json.dumps(ARTICLE), kind="application/json")


def test_a_framework_may_put_it_into_a_meta_tag() -> None:
    content = json.dumps(ARTICLE).replace('"', "&quot;")
    root = parse(
        f'<head><meta name="script:ld+json" content="{content}"><meta name="other" content="{content}"></head>'
    )
    assert root is not None
    assert list(json_ld(root)) == [ARTICLE]


def test_a_broken_script_does_not_hide_the_next() -> None:
    assert things("{'@type': 'Article'", "", "[" * 5000, json.dumps(ARTICLE)) == [ARTICLE]


CHOICES = {
    "an article over a page": ([{"@type": "WebPage"}, ARTICLE], "Ice"),
    "the fuller article": ([{"@type": "Article"}, ARTICLE | {"author": "Ana"}, {"@type": "BlogPosting"}], "Ice"),
    "of several types": ([{"@type": ["NewsArticle", "Thing"], "headline": "Ice"}], "Ice"),
    "no rating": ([{"@type": "ReviewRating", "headline": "5"}, ARTICLE], "Ice"),
    "the page where there is no article": ([{"@type": "Person"}, {"@type": "WebPage", "headline": "Ice"}], "Ice"),
    "nothing": ([{"@type": "Person", "headline": "Ana"}], None),
}


@pytest.mark.parametrize(("given", "headline"), CHOICES.values(), ids=CHOICES)
def test_the_main_thing_is_the_article(given: list[dict[str, Any]], headline: str | None) -> None:
    assert main_thing(given).get("headline") == headline


TEXTS = {
    "a text": (" Ice \n and snow ", "Ice and snow"),
    "entities, put in twice": ("Ice &amp;amp; snow", "Ice & snow"),
    "tags": ("<p>Ice</p><p>snow</p>", "Ice snow"),
    "a value with its language": ({"@value": "Ice", "@language": "en"}, "Ice"),
    "a thing with a name": ({"@type": "Thing", "name": "Ice"}, "Ice"),
    "a thing with an address": ({"@id": "https://a.example/ice"}, "https://a.example/ice"),
    "the first of a list": (["", "Ice", "snow"], "Ice"),
    "a number": (5, ""),
    "a deep thing": ({"name": {"name": "Ice"}}, ""),
    "nothing": (None, ""),
}


@pytest.mark.parametrize(("value", "text"), TEXTS.values(), ids=TEXTS)
def test_a_value_is_read_as_text(value: object, text: str) -> None:
    assert text_of(value) == text


ANA = {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"}
NAMES = {
    "a person": (ANA, ["Ana Ruiz"]),
    "a text": ("Ana Ruiz", ["Ana Ruiz"]),
    "several": ([ANA, "Tom Lee"], ["Ana Ruiz", "Tom Lee"]),
    "by reference": ({"@id": "#ana"}, ["Ana Ruiz"]),
    "by a reference to nobody": ({"@id": "#tom"}, []),
    "an organisation": ({"@type": ["Organization", "Brand"], "name": "Quay Post"}, []),
    "a list of names": ({"@type": "Person", "name": ["Ana Ruiz", "Tom Lee"]}, ["Ana Ruiz", "Tom Lee"]),
    "no name": ({"@type": "Person"}, []),
    "nothing": (None, []),
}


@pytest.mark.parametrize(("value", "names"), NAMES.values(), ids=NAMES)
def test_people_are_named(value: object, names: list[str]) -> None:
    assert names_of(value, [ANA]) == names


def test_more_names_than_any_article_has_are_not_read() -> None:
    assert len(names_of([f"Ana {number}" for number in range(5000)], [])) == 20


def test_a_type_may_be_several_or_none() -> None:
    assert [type_of(thing) for thing in ({"@type": ["A", "B"]}, {"@type": "A"}, {"@type": 5}, {})] == [
        "A B",
        "A",
        "5",
        "",
    ]
