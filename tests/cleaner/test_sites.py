"""Selectors, hosts and layers of site files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner import clean, sites
from audiogen.cleaner.sites import FOLDER, Rule, Site, apply_site_files, load
from audiogen.errors import LimitError, SettingsError
from audiogen.model import Article, Reason, Removed
from tests.cleaner.blocks import PROSE, make_block
from tests.cleaner.pages import PARAGRAPHS, make_article

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "<link rel='canonical' href='https://www.quay.example/clock'>"
FACTS = "<aside class='facts'><p>The clock has forty-one wheels and weighs as much as a calf.</p></aside>"


def cleaned(folder: Path, rules: str, markup: str = FACTS) -> Article:
    (folder / "quay.toml").write_text(f'hosts = ["quay.example"]\n{rules}', encoding="utf-8")
    return clean(make_article(markup, head=ADDRESS), sites=[folder])


RULES = {
    "by selector": "[[drop]]\nselector = 'article > div p'",
    "by class": "[[drop]]\nclass = 'article-body'",
    "by phrase": "[[drop]]\nphrase = '^Last autumn'",
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_a_site_file_drops_and_the_ledger_says_so(tmp_path: Path, rules: str) -> None:
    article = make_article(head=ADDRESS)
    (tmp_path / "quay.toml").write_text(f'hosts = ["quay.example"]\n{rules}', encoding="utf-8")
    result = clean(article, force=True, sites=[tmp_path])
    entry = next(entry for entry in result.removed if entry.block.text == PARAGRAPHS[2])
    assert (entry.reason, entry.rule) == (Reason.SITE_RULE, "site.quay.drop.1")


def test_a_site_file_keeps_what_would_be_dropped(tmp_path: Path) -> None:
    article = cleaned(tmp_path, "[[keep]]\nselector = 'aside.facts'")
    assert "forty-one wheels" in article.text


def test_keep_wins_over_drop_and_a_reason_may_be_named(tmp_path: Path) -> None:
    rules = "[[drop]]\nclass = 'article-body'\nreason = 'related'\n[[keep]]\nphrase = 'tide'"
    article = cleaned(tmp_path, rules)
    assert [block.text for block in article.blocks] == [PARAGRAPHS[0], PARAGRAPHS[4]]
    assert Reason.RELATED in {entry.reason for entry in article.removed}


def test_a_phrase_that_would_be_searched_for_ever_fails_its_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sites, "MAX_SEARCH", 0.05)
    long = f"<p>{'a' * 60} is what they cried in the harbour, for it was cold.</p>"
    with pytest.raises(LimitError, match=r"site\.quay\.drop\.1 was searched for longer than 0\.05 s"):
        cleaned(tmp_path, "[[drop]]\nphrase = '(a|a)*b$'", long)


#: Phrases at the limits of what may be compiled, and beyond them.
NESTED = {
    "eight groups": ("(?:" * 8 + "a" + "{2})" * 8, True),
    "nine groups": ("(?:" * 9 + "a" + "{2})" * 9, False),
    "ten thousand copies": ("(?:a{100}){100}", True),
    "a copy more": ("(?:a{100}){101}", False),
    "counts beside one another": ("a{99} b{99} c{99}", True),
    "groups beside one another": ("(?:tide|ebb) " * 40, True),
    "brackets without a meaning": (r"\(\(\(\(\(\(\(\(\( [(((((((((]", True),
    "brackets hidden by a comment": ("(?#[)" + "(?:" * 8 + "a" + "{2})" * 8, False),
    "brackets hidden by a flag": ("(?x)#[\n" + "(?:" * 8 + "a" + "{2})" * 8, False),
    "as long as may be": ("a" * 10_000, True),
    "longer": ("a" * 10_001, False),
}


@pytest.mark.parametrize(("phrase", "allowed"), NESTED.values(), ids=NESTED)
def test_a_phrase_that_takes_too_much_to_compile_is_refused(tmp_path: Path, phrase: str, allowed: bool) -> None:
    """Fifteen groups with "{2}" in one another take `regex` twenty seconds and 6 GB."""
    (tmp_path / "quay.toml").write_text(f"hosts = ['quay.example']\n[[drop]]\nphrase = {json.dumps(phrase)}", "utf-8")
    if allowed:
        assert len(load(tmp_path)) == 1
    else:
        with pytest.raises(SettingsError, match=r"site\.quay\.drop\.1 in .*: the phrase (nests|is longer)"):
            load(tmp_path)


@pytest.mark.parametrize("phrase", ["(a", "(?<x>a", "[z-a]"])
def test_a_phrase_that_is_no_regular_expression_is_told(tmp_path: Path, phrase: str) -> None:
    with pytest.raises(SettingsError, match=r"phrase of site\.quay\.drop\.1 in .* is no regular expression"):
        cleaned(tmp_path, f"[[drop]]\nphrase = '{phrase}'")


def test_another_host_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "far.toml").write_text("hosts = ['far.example']\n[[drop]]\nphrase = '.'", encoding="utf-8")
    assert len(clean(make_article(head=ADDRESS), sites=[tmp_path]).blocks) == len(PARAGRAPHS)


def test_a_dropped_block_keeps_its_place(tmp_path: Path) -> None:
    whole = make_article(head=ADDRESS)
    article = cleaned(tmp_path, "[[drop]]\nphrase = '^Last autumn'", markup="")
    entry = next(entry for entry in article.removed if entry.rule.startswith("site."))
    assert whole.blocks[entry.position].text == PARAGRAPHS[2]


def test_a_file_that_an_editor_put_a_byte_order_mark_on_is_a_site_file(tmp_path: Path) -> None:
    (tmp_path / "quay.toml").write_text("hosts = ['quay.example']\n[[drop]]\nphrase = 'x'", encoding="utf-8-sig")
    assert [site.hosts for site in load(tmp_path)] == [("quay.example",)]


FAULTS = {
    "no hosts": "[[drop]]\nclass = 'x'",
    "two keys": "hosts = ['a.example']\n[[drop]]\nclass = 'x'\nphrase = 'y'",
    "an attribute": "hosts = ['a.example']\n[[drop]]\nselector = 'a[href]'",
    "a broken expression": "hosts = ['a.example']\n[[drop]]\nphrase = '('",
    "an unknown reason": "hosts = ['a.example']\n[[drop]]\nclass = 'x'\nreason = 'because'",
    "no TOML": "hosts = [",
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_a_fault_in_a_site_file_names_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fault.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="fault"):
        apply_site_files(make_article(head=ADDRESS), [tmp_path])


def test_the_packages_own_site_files_load() -> None:
    assert load(FOLDER)


BLOCK = make_block("The hands were gilded in 1911.", inside=("section.story.wide#s1", "aside.facts", "p.lead"))
SELECTORS = {
    "p": True,
    "aside": True,
    "aside.facts": True,
    ".facts": True,
    "#s1": True,
    "section#s1": True,
    "section.story.wide": True,
    "section.wide": True,
    "*": True,
    "*.lead": True,
    "section p": True,
    "section > aside": True,
    "section > aside > p": True,
    "section>aside": True,
    "main article p.lead": True,
    "body section": True,
    "div": False,
    "section > p": False,
    "p section": False,
    "aside.story": False,
    ".fact": False,
    "#facts": False,
    ".s1": False,
    "section.narrow": False,
    "aside aside": False,
}


@pytest.mark.parametrize(("selector", "fits"), SELECTORS.items())
def test_a_selector_finds_the_block_or_something_around_it(selector: str, fits: bool) -> None:
    assert Rule(False, "selector", selector, Reason.SITE_RULE, "site.a.drop.1").matches(BLOCK) is fits


OTHERS = {
    "a class around": ("class", "facts", True),
    "its own class": ("class", "lead", True),
    "one of several": ("class", "wide", True),
    "an id is no class": ("class", "s1", False),
    "a part of a class": ("class", "fact", False),
    "a phrase": ("phrase", "gilded in \\d+", True),
    "a phrase at the start": ("phrase", "^The hands", True),
    "a phrase in capitals": ("phrase", "THE HANDS", False),
    "a phrase without regard to case": ("phrase", "(?i)THE HANDS", True),
}


@pytest.mark.parametrize(("key", "value", "fits"), OTHERS.values(), ids=OTHERS)
def test_a_class_or_phrase_finds_the_block(key: str, value: str, fits: bool) -> None:
    assert Rule(False, key, value, Reason.SITE_RULE, "site.a.drop.1").matches(BLOCK) is fits


HOSTS = {
    "https://quay.example/a": True,
    "https://www.quay.example/a": True,
    "https://news.quay.example": True,
    "http://QUAY.example:8080/a?b": True,
    "https://notquay.example/a": False,
    "https://quay.example.org/a": False,
    "https://example/quay.example": False,
    "": False,
    "http://[": False,
}


@pytest.mark.parametrize(("url", "covered"), HOSTS.items())
def test_a_file_covers_its_hosts_and_what_is_under_them(url: str, covered: bool) -> None:
    assert Site(("quay.example",), ()).covers(url) is covered


def ledger() -> Article:
    """Make a cleaned article: four blocks, of which the second and the title are in the ledger."""
    blocks = [make_block(text) for text in PROSE[:4]]
    related = Removed(blocks[1], Reason.RELATED, "page.model", 1)
    title = Removed(blocks[2], Reason.TITLE, "page.title", 2)
    return Article(url="https://quay.example/a", blocks=(blocks[0], blocks[3]), removed=(related, title))


def overruled(tmp_path: Path, **files: str) -> Article:
    """Write site files into a folder for each and apply them in order."""
    for name, rules in files.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.toml").write_text(f"hosts = ['quay.example']\n{rules}", encoding="utf-8")
    return apply_site_files(ledger(), [tmp_path / name for name in files])


def test_a_kept_block_comes_back_to_its_place(tmp_path: Path) -> None:
    article = overruled(tmp_path, a="[[keep]]\nclass = 'x'\n[[keep]]\nphrase = 'apprentices'")
    assert [block.text for block in article.blocks] == [PROSE[0], PROSE[1], PROSE[3]]
    assert [entry.position for entry in article.removed] == [2]


def test_the_headline_stays_the_headline(tmp_path: Path) -> None:
    article = overruled(tmp_path, a="[[keep]]\nphrase = '.'")
    assert [entry.rule for entry in article.removed] == ["page.title"]


def test_a_dropped_block_has_its_rule_and_reason(tmp_path: Path) -> None:
    article = overruled(tmp_path, a="[[drop]]\nclass = 'x'\n[[drop]]\nphrase = '^Since Monday'\nreason = 'caption'")
    entry = next(entry for entry in article.removed if entry.position == 3)
    assert (entry.rule, entry.reason) == ("site.a.drop.2", Reason.CAPTION)


LAYERS = {
    "a later file wins": ("[[drop]]\nphrase = '^Since'", "[[keep]]\nphrase = '^Since'", True),
    "the other way": ("[[keep]]\nphrase = '^Since'", "[[drop]]\nphrase = '^Since'", False),
    "keep wins in one file": ("[[keep]]\nphrase = '^Since'\n[[drop]]\nphrase = '.'", "", True),
}


@pytest.mark.parametrize(("first", "second", "heard"), LAYERS.values(), ids=LAYERS)
def test_layers_are_laid_over_one_another(tmp_path: Path, first: str, second: str, heard: bool) -> None:
    article = overruled(tmp_path, a=first, b=second)
    assert (PROSE[3] in [block.text for block in article.blocks]) is heard


def test_every_block_stays_accounted_for(tmp_path: Path) -> None:
    article = overruled(tmp_path, a="[[drop]]\nphrase = '.'", b="[[keep]]\nphrase = 'ferries'")
    assert len(article.blocks) + len(article.removed) == 4
    assert sorted(entry.position for entry in article.removed) == [1, 2, 3]


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert load(tmp_path / "nowhere") == ()
    assert apply_site_files(ledger(), [tmp_path / "nowhere"]) == ledger()


NAMED_FAULTS = {
    "no list of hosts": ("hosts = 'a.example'", "names no hosts"),
    "an empty list": ("hosts = []", "names no hosts"),
    "neither key": ("hosts = ['a.example']\n[[drop]]\nreason = 'related'", "drop.1"),
    "a number": ("hosts = ['a.example']\n[[keep]]\nclass = 7", "keep.1"),
    "an empty selector": ("hosts = ['a.example']\n[[drop]]\nselector = ' '", "selector is empty"),
    "a pseudo-class": ("hosts = ['a.example']\n[[drop]]\nselector = 'p:first-child'", "more than tags"),
    "a sibling": ("hosts = ['a.example']\n[[drop]]\nselector = 'h2 + p'", "more than tags"),
    "a mistyped verb": ("hosts = ['a.example']\n[[dorp]]\nclass = 'b'", "unknown entry 'dorp'"),
    "one table for a list": ("hosts = ['a.example']\n[drop]\nclass = 'b'", r"begin each rule with a line \[\[drop\]\]"),
    "a word for a table": ("hosts = ['a.example']\nkeep = ['b']", r"begin each rule with a line \[\[keep\]\]"),
    "a reason that is none": (
        "hosts = ['a.example']\n[[drop]]\nclass = 'b'\nreason = 7",
        "unknown reason '7'; known are .*related",
    ),
    "an open bracket": ("hosts = ['a.example']\n[[drop]]\nphrase = '['", "is no regular expression"),
}


@pytest.mark.parametrize(("text", "words"), NAMED_FAULTS.values(), ids=NAMED_FAULTS)
def test_a_fault_is_named_with_its_file_and_entry(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words) as caught:
        load(tmp_path)
    assert caught.value.subject == path
    assert "mine" in str(caught.value)


@pytest.mark.parametrize(
    ("segment", "reason"),
    [("sup.reference", Reason.REFERENCES), ("div.hatnote", Reason.RELATED), ("table.infobox", Reason.TABLE),
     ("div.navbox", Reason.NAVIGATION), ("span.mw-editsection", Reason.LABEL)],
)  # fmt: skip
def test_the_packages_own_file_for_an_encyclopaedia(segment: str, reason: Reason) -> None:
    block = make_block("A note of the editors", inside=(segment, "p"))
    article = Article(url="https://en.wikipedia.org/wiki/Tide", blocks=(block, *(make_block(t) for t in PROSE[:2])))
    assert FOLDER.is_dir()
    assert [(entry.reason, entry.position) for entry in apply_site_files(article).removed] == [(reason, 0)]
