"""Words of blocks and of markup: folded, matched, grouped."""

from __future__ import annotations

import pytest

from audiogen.cleaner.lexis import (
    fold,
    groups,
    hinted_reasons,
    match_phrase,
    outlet_names,
    pronoun_mask,
    segment_mask,
    segment_tag,
)
from audiogen.model import Article, Reason


def has(segment: str, group: str) -> bool:
    return bool(segment_mask(segment) >> groups().index(group) & 1)


NAMES = {
    "camel case": ("div.relatedPosts", "related"),
    "double underscore": ("div.card__newsletter-signup", "appeal"),
    "an id": ("section#comments", "comments"),
    "a whole name": ("p.wp-caption-text", "caption"),
    "a role": ("div@banner", "header"),
}


@pytest.mark.parametrize(("segment", "group"), NAMES.values(), ids=NAMES)
def test_a_class_name_belongs_to_the_groups_of_its_words(segment: str, group: str) -> None:
    assert has(segment, group)


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert not has("div.shadow", "advertisement")
    assert not has("p.paywall", "appeal")


def test_a_segment_gives_its_tag() -> None:
    assert segment_tag("div.story#main@main") == "div"


def test_typography_does_not_tell_texts_apart() -> None:
    assert fold("It’s – “Here”!") == fold("it's here")


def test_phrases_are_asked_once_for_each_line() -> None:
    found = match_phrase("en", "Sign up for our weekly newsletter")
    assert found is not None
    assert found.reason is Reason.CALL_TO_ACTION
    assert match_phrase("en", "Sign up for our weekly newsletter") is found
    assert match_phrase("en", "word " * 1000) is None
    assert isinstance(hinted_reasons("en", "our newsletter"), frozenset)


VOICES = {
    "our": 1, "us": 1, "unsere": 1, "nous": 1, "nuestra": 1, "nosso": 1, "nostra": 1, "nasze": 1, "наш": 1, "мы": 1,
    "you": 2, "your": 2, "sie": 2, "vous": 2, "usted": 2, "você": 2, "tuo": 2, "twoja": 2, "ваш": 2, "ви": 2,
    "I": 4, "my": 4, "ich": 4, "je": 4, "yo": 4, "eu": 4, "io": 4, "я": 4,
    "you're": 2, "we’ll": 1, "hour": 0, "youth": 0, "mystery": 0, "clock": 0, "": 0,
}  # fmt: skip


@pytest.mark.parametrize(("word", "bits"), VOICES.items())
def test_a_word_is_the_outlets_the_readers_or_the_authors(word: str, bits: int) -> None:
    assert pronoun_mask(word) == bits


OUTLETS = {
    "both": ("The Quay Post", "https://www.quaypost.example/a", {"thequaypost", "quaypost"}),
    "a blog's host": ("", "https://blog.quaypost.example", {"quaypost"}),
    "a host under two tops": ("", "https://www.quaypost.co.uk/a", {"quaypost"}),
    "no address": ("Quay Post", "", {"quaypost"}),
    "nothing": ("", "", set()),
    "two letters": ("QP", "https://qp.example", set()),
}


@pytest.mark.parametrize(("site", "url", "names"), OUTLETS.values(), ids=OUTLETS)
def test_an_outlet_has_its_names(site: str, url: str, names: set[str]) -> None:
    assert set(outlet_names(Article(site=site, url=url))) == names
